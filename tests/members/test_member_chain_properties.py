"""Whatever is done in whatever order: one Commander, no circle, each who serves reports to one who serves (E.1)."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members import membership, positions, transferring
from members.chain import line_above
from members.models import Member
from members.powers import ABOVE, OUTSIDE, UNIT, Position
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("E.1")]

NUMBERS = itertools.count(1)
UNIT_POSITIONS = [one.value for one in Position if one.value in UNIT]
ACTS = st.tuples(
    st.sampled_from(["invite", "accept", "withdraw", "take_back", "transfer", "change_position", "change_line"]),
    st.integers(0, 11),
    st.integers(-1, 11),
    st.sampled_from(UNIT_POSITIONS),
)


class Unit:
    """A unit that things are done to, by its Commander or whoever acts as one."""

    def __init__(self, commander: Member, acting: Member) -> None:
        self.commander, self.acting = commander, acting
        self.tokens: dict[int, str] = {}

    def member(self, number: int) -> Member | None:
        members = list(Member.objects.order_by("pk"))
        return members[number % len(members)] if number >= 0 else None

    def do(self, what: str, whom: int, superior: int, position: str) -> None:
        """Try; a refusal in words is as good as an act."""
        member = self.member(whom)
        assert member is not None
        by = self.acting if member.pk == self.commander.pk else self.commander
        try:
            with transaction.atomic():
                getattr(self, what)(Member.objects.get(pk=by.pk), member, self.member(superior), position)
        except (Invalid, Refused, WrongState):
            pass

    def invite(self, by: Member, member: Member, superior: Member | None, position: str) -> None:
        number = next(NUMBERS)
        invited, token = membership.invite(
            by=by,
            username=f"p{number}",
            number=f"p{number}",
            name=f"Person {number}",
            email=f"p{number}@bayside.example",
            position=position,
            sworn=True,
            reports_to=superior,
        )
        self.tokens[invited.pk] = token

    def accept(self, by: Member, member: Member, *_: Any) -> None:
        membership.accept(self.tokens.get(member.pk, ""), "seven herons over the causeway")

    def withdraw(self, by: Member, member: Member, *_: Any) -> None:
        membership.withdraw(member, by=by, reason="")

    def take_back(self, by: Member, member: Member, superior: Member | None, position: str) -> None:
        self.tokens[member.pk] = membership.take_back(member, by=by, position=position, sworn=True, reports_to=superior)

    def transfer(self, by: Member, member: Member, *_: Any) -> None:
        if member.pk not in {self.commander.pk, self.acting.pk}:  # they do the rest
            transferring.transfer(member, by=by, reason="Elsewhere.")

    def change_position(self, by: Member, member: Member, superior: Member | None, position: str) -> None:
        positions.change_position(
            member, by=by, position=position, sworn=member.sworn, reports_to=superior, reason="So."
        )

    def change_line(self, by: Member, member: Member, superior: Member | None, _: str) -> None:
        self.change_position(by, member, superior, member.position)


def assert_it_holds() -> None:
    everybody = list(Member.objects.select_related("reports_to"))
    assert sum(one.position == Position.COMMANDER and one.is_active for one in everybody) == 1
    serving = {one.position for one in everybody if one.is_active}
    for one in everybody:
        line = line_above(one)
        assert line[-1].reports_to is None, f"{one} stands in a circle"
        if one.state == Member.State.LEFT or one.position in OUTSIDE:
            continue
        superior = one.reports_to
        if superior is None:
            assert not serving & set(ABOVE[one.position]), f"{one} reports to nobody"
        elif one.is_active:
            assert superior.is_active, f"{one} reports to somebody who does not serve"
            assert superior.position in ABOVE[one.position], f"{one} reports to somebody not above him"
        else:
            assert superior.state != Member.State.LEFT, f"{one} is to report to somebody who has left"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts=st.lists(ACTS, min_size=4, max_size=25))
def test_the_chain_of_command_holds_whatever_is_done(acts, commander, supervisor, officer, hand_over):
    point = transaction.savepoint()
    hand_over(commander, officer)
    unit = Unit(commander, officer)
    for act in acts:
        unit.do(*act)
        assert_it_holds()
    transaction.savepoint_rollback(point)
