"""Take, return, hand over, move, accept, deny, and forms sent again, in whatever order (3.7).

Hypothesis looks for a sequence after which two have one thing, or what stands is not what was handed over last.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from equipment import custody as verbs
from equipment.models import Custody, Handover, Item
from members.models import Member
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.7")]
REFUSALS = (Refused, WrongState, Invalid)
people = st.integers(0, 2)
things = st.sets(st.integers(0, 1), min_size=1)
again = st.booleans()


class Custodies(RuleBasedStateMachine):
    """Two things and three people, one of them the Supervisor."""

    people: list[Member]
    items: list[Item]

    @initialize()
    def begin(self) -> None:
        """All in the office."""
        self.key: UUID = uuid4()
        self.point = transaction.savepoint()

    def teardown(self) -> None:
        """As it was before."""
        transaction.savepoint_rollback(self.point)

    def of(self, chosen: set[int]) -> list[Item]:
        return [self.items[one] for one in chosen]

    def said(self, again: bool) -> dict[str, object]:
        if not again:
            self.key = uuid4()
        return {"place": "field", "due_back": timezone.now() + timedelta(hours=1), "key": self.key}

    @rule(who=people, to=people, chosen=things, again=again)
    def take(self, who: int, to: int, chosen: set[int], again: bool) -> None:
        with suppress(*REFUSALS):
            by, taker = self.people[who], self.people[to]
            verbs.check_out(self.of(chosen), by=by, to=taker, purpose="Parade", **self.said(again))  # type: ignore[arg-type]

    @rule(who=people, to=people, chosen=things, again=again)
    def pass_on(self, who: int, to: int, chosen: set[int], again: bool) -> None:
        with suppress(*REFUSALS):
            verbs.hand_over(self.of(chosen), by=self.people[who], to=self.people[to], **self.said(again))  # type: ignore[arg-type]

    @rule(who=people, chosen=things, again=again)
    def move(self, who: int, chosen: set[int], again: bool) -> None:
        with suppress(*REFUSALS):
            verbs.move(self.of(chosen), by=self.people[who], **self.said(again))  # type: ignore[arg-type]

    @rule(who=people, chosen=things, again=again)
    def bring(self, who: int, chosen: set[int], again: bool) -> None:
        key = self.said(again)["key"]
        with suppress(*REFUSALS):
            verbs.check_in(self.of(chosen), by=self.people[who], condition="good", key=key)  # type: ignore[arg-type]

    @rule(who=people, chosen=st.integers(0, 1), has=st.booleans())
    def answer(self, who: int, chosen: int, has: bool) -> None:
        custody = verbs.open_custody(self.items[chosen])
        if custody is not None:
            with suppress(*REFUSALS):
                (verbs.accept if has else verbs.deny)(custody, by=self.people[who])

    @invariant()
    def what_stands_is_what_was_handed_over_last(self) -> None:
        for item in self.items:
            last = Handover.objects.filter(item=item).order_by("-pk").first()
            standing = list(Custody.objects.open().filter(item=item))
            out = last is not None and last.taker_id is not None
            assert [one.begun_id for one in standing] == ([last.pk] if last and out else [])
            assert all(one.holder_id == one.begun.taker_id for one in standing)


def test_no_order_of_things_gives_one_thing_to_two(
    camera: Item, lens: Item, supervisor: Member, officer: Member, other_officer: Member
) -> None:
    Custodies.people, Custodies.items = [officer, other_officer, supervisor], [camera, lens]
    few = hypothesis_settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Custodies, settings=few)
