"""Whatever is handed over, ended or runs out, whoever moves or leaves meanwhile: who acts holds the power just then.

The oracle beside it is written anew, from clauses.md, over plain records; it knows nothing of members/authority.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from members import authority, chain, handing_over, positions, transferring
from members.models import Designation, Member
from members.powers import Position, Power
from members.states import Invalid, Refused, WrongState

BEGINNING = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

# Who holds what by position, and what can be handed over: from the table of clauses.md, by hand.
BY_POSITION = {
    Power.APPROVE_CONTENT: {"commander"},
    Power.TERMINATE_ACCOUNTS: {"commander"},
    Power.UPDATE_GRADING: {"commander", "commanding_officer"},
    Power.DECIDE_THREATS: {"commander", "commanding_officer", "supervisor"},
    Power.MANAGE_ACCOUNTS: {"commander", "commanding_officer", "supervisor", "specialist"},
}
HANDED_OVER = {Power.APPROVE_CONTENT, Power.UPDATE_GRADING}
MEMBERS = st.integers(0, 5)
# Weighted, so that most is allowed and the unit does not run empty; what is refused comes often enough.
ACTING = -1  # whoever acts as Commander just then; the Commander where nobody does
GIVERS = st.sampled_from([0, 0, 0, 0, ACTING, ACTING, ACTING, 1, 2, 3, 4, 5])
DESIGNEES = st.sampled_from([1, 2, 3, 3, 4, 4, 5, 5, 0])
GIVEN_POWERS = st.sampled_from([*sorted(HANDED_OVER) * 4, *sorted(BY_POSITION)])


@dataclass
class Given:
    """What was handed over: to whom, from when, until when; `power` empty: the command."""

    power: str
    to: int
    since: datetime
    until: datetime
    row: Designation | None = None

    def covers(self, at: datetime) -> bool:
        return self.since <= at < self.until

    def overlaps(self, since: datetime, until: datetime) -> bool:
        return self.since < until and since < self.until


class Interleavings(RuleBasedStateMachine):
    """A unit of six, a clock, and what the oracle remembers."""

    given = Bundle("given")
    people: list[Member]  # as the test made them; read anew for each act

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(BEGINNING, tick=False)
        self.traveller = self.clock.start()
        self.now = BEGINNING
        self.point = transaction.atomic()
        self.point.__enter__()
        self.position = {number: str(member.position) for number, member in enumerate(self.people)}
        self.handed: list[Given] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)
        self.clock.stop()

    # --- the oracle ---

    def holds(self, who: int, power: str, at: datetime | None = None) -> bool:
        position = self.position.get(who)
        if position is None:
            return False
        at = at or self.now
        if self.acts_as_commander(who, at) and "commander" in BY_POSITION[Power(power)]:
            return True
        handed = any(one.power == power and one.to == who and one.covers(at) for one in self.handed)
        return handed or position in BY_POSITION[Power(power)]

    def acts_as_commander(self, who: int, at: datetime) -> bool:
        return any(not one.power and one.to == who and one.covers(at) for one in self.handed)

    def commands(self, who: int) -> bool:
        return self.position.get(who) == "commander" or (who in self.position and self.acts_as_commander(who, self.now))

    def giver(self, number: int) -> int:
        acting = (one.to for one in self.handed if not one.power and one.covers(self.now))
        return next(acting, 0) if number == ACTING else number

    def can_take(self, by: int, to: int) -> bool:
        return by != to and to in self.position and self.position[to] != "commander"

    # --- what happens ---

    def member(self, number: int) -> Member:
        return Member.objects.get(pk=self.people[number].pk)

    def tried(self, act: Any) -> Any:
        """What the act gave; None where it was refused in words."""
        try:
            with transaction.atomic():
                return act()
        except (Refused, Invalid, WrongState):
            return None

    @rule(target=given, by=GIVERS, to=DESIGNEES, power=GIVEN_POWERS, begins=st.integers(0, 2), lasts=st.integers(1, 3))
    def designate(self, by: int, to: int, power: str, begins: int, lasts: int) -> Given:
        by = self.giver(by)
        since, until = self.now + begins * HOUR, self.now + (begins + lasts) * HOUR
        row = self.tried(
            lambda: handing_over.designate(
                by=self.member(by), power=power, designee=self.member(to), since=since, until=until, reason="Leave."
            )
        )
        allowed = (
            self.commands(by)
            and self.can_take(by, to)
            and power in HANDED_OVER
            and self.position[to] not in BY_POSITION[Power(power)]
            and not any(one.to == to and one.power in {power, ""} and one.overlaps(since, until) for one in self.handed)
        )
        assert (row is not None) == allowed
        return self.remember(Given(power, to, since, until, row))

    @rule(target=given, by=GIVERS, to=DESIGNEES, begins=st.integers(0, 2), lasts=st.integers(1, 3))
    def appoint(self, by: int, to: int, begins: int, lasts: int) -> Given:
        by = self.giver(by)
        since, until = self.now + begins * HOUR, self.now + (begins + lasts) * HOUR
        row = self.tried(
            lambda: handing_over.appoint_acting(
                by=self.member(by), designee=self.member(to), since=since, until=until, reason="Leave."
            )
        )
        allowed = (
            self.position.get(by) == "commander"
            and self.can_take(by, to)
            and not any(not one.power and one.overlaps(since, until) for one in self.handed)
        )
        assert (row is not None) == allowed
        return self.remember(Given("", to, since, until, row))

    def remember(self, one: Given) -> Given:
        if one.row is not None:
            self.handed.append(one)
        return one

    @rule(which=given, by=GIVERS)
    def end(self, which: Given, by: int) -> None:
        if which.row is None:
            return
        by = self.giver(by)
        row = Designation.objects.get(pk=which.row.pk)
        allowed = which.until > self.now and (self.commands(by) or (by == which.to and by in self.position))
        done = self.tried(lambda: handing_over.end(row, by=self.member(by), reason="Back.") or True)
        assert bool(done) == allowed
        if done:
            which.until = self.now
            self.handed = [one for one in self.handed if one is not which]

    @rule(minutes=st.sampled_from([1, 59, 60, 61, 180]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.traveller.move_to(self.now)

    @rule(who=MEMBERS, seldom=st.integers(0, 5))
    def leaves(self, who: int, seldom: int) -> None:
        if seldom or self.position.get(who) in {None, "commander"}:
            return
        transferring.transfer(self.member(who), by=self.member(0), reason="To Patrol.")
        del self.position[who]
        for one in self.handed:
            one.until = min(one.until, self.now) if one.to == who else one.until

    @rule(who=MEMBERS, position=st.sampled_from(["commanding_officer", "supervisor", "officer", "specialist"]))
    def moves(self, who: int, position: str) -> None:
        if self.position.get(who) in {None, "commander", position}:
            return
        superior = chain.nearest_above(position, None)
        moved = self.tried(
            lambda: (
                positions.change_position(
                    self.member(who),
                    by=self.member(0),
                    position=position,
                    sworn=True,
                    reports_to=superior,
                    reason="As ordered.",
                )
                or True
            )
        )
        if moved:
            self.position[who] = position

    @rule()
    def everybody_tries_everything(self) -> None:
        """As every verb does: the member read anew, the power asked for."""
        for who in range(len(self.people)):
            member = self.member(who)
            acted = {power for power in BY_POSITION if self.acted(member, power)}
            assert acted == {power for power in BY_POSITION if self.holds(who, power)}

    def acted(self, member: Member, power: Power) -> bool:
        try:
            authority.require(member, power)
        except Refused:
            return False
        return True

    # --- what holds at every moment ---

    @invariant()
    def everybody_holds_what_he_was_given_and_no_more(self) -> None:
        numbers = {member.pk: number for number, member in enumerate(self.people)}
        found = authority.Holders()
        for power in BY_POSITION:
            able = {numbers[holder.member.pk] for holder in found.of(power) if holder.member.pk in numbers}
            assert able == {who for who in numbers.values() if self.holds(who, power)}

    @invariant()
    def there_is_one_acting_commander_at_most(self) -> None:
        assert sum(self.acts_as_commander(who, self.now) for who in range(6)) <= 1
        assert self.position[0] == str(Position.COMMANDER)


@pytest.mark.sop("E.1", "1.3")
def test_whoever_acts_holds_the_power_at_that_moment(db: None, cast: list[Member]) -> None:
    Interleavings.people = cast
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Interleavings,
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
