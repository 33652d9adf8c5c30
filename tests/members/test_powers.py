"""The authority matrix in code says what the authority matrix of the S.O.P. says: positions written out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from members.authority import holds
from members.models import Designation, Member
from members.powers import ABOVE, MATRIX, OUTSIDE, Position, Power

COMMANDER, CO, SUPERVISOR = Position.COMMANDER, Position.COMMANDING_OFFICER, Position.SUPERVISOR
OFFICER, SPECIALIST = Position.OFFICER, Position.SPECIALIST
AUDITOR, LEGAL_ADVISER, CUSTODIAN = Position.AUDITOR, Position.LEGAL_ADVISER, Position.RECORDS_CUSTODIAN
EVERY_MEMBER = {COMMANDER, CO, SUPERVISOR, OFFICER, SPECIALIST}
SUPERVISOR_OR_ABOVE = {SUPERVISOR, CO, COMMANDER}
OUTSIDERS = {AUDITOR, LEGAL_ADVISER, CUSTODIAN}

# Row by row as clauses.md has it, superiors written out. Of a row that is two powers, both; of "never one's own",
# "who took no part" and the like the verb asks.
SAID: dict[Power, set[Position]] = {
    # The S.O.P.
    Power.APPROVE_ACCOUNTS: {COMMANDER},
    Power.ADMINISTER_ACCOUNTS: {COMMANDER},
    Power.REMOVE_PRIVILEGES: {COMMANDER},
    Power.TERMINATE_ACCOUNTS: {COMMANDER},
    Power.APPROVE_CONTENT: {COMMANDER},
    Power.APPROVE_ACTIVE_SCENES: {COMMANDER},
    Power.APPROVE_HASHTAGS: {COMMANDER},
    Power.APPROVE_PROPOSALS: {COMMANDER},
    Power.KEEP_EQUIPMENT: {SUPERVISOR, CO, COMMANDER},
    Power.UPDATE_GRADING: {CO, COMMANDER},
    Power.DECIDE_MONITORING: {COMMANDER},
    Power.DECIDE_DRESS: {COMMANDER},
    Power.APPROVE_DEVIATIONS: {COMMANDER},
    Power.ENDORSE_INSPECTIONS: {COMMANDER},
    Power.APPROVE_OVERTIME: {CO, COMMANDER},
    Power.CHANGE_DUTY: {SUPERVISOR, CO, COMMANDER},
    Power.ASSIGN_TASKS: {SUPERVISOR, CO, COMMANDER},
    Power.MANAGE_ACCOUNTS: {SPECIALIST, SUPERVISOR, CO, COMMANDER},
    Power.DEVELOP_CONTENT: {SPECIALIST, SUPERVISOR, CO, COMMANDER},  # and sworn officers: see below
    Power.CARRY_OUT: EVERY_MEMBER,
    Power.GRADE_COMMENTS: EVERY_MEMBER,
    Power.DECIDE_THREATS: SUPERVISOR_OR_ABOVE,
    # Where the S.O.P. is silent
    Power.ACT_ON_ACCOUNTS: EVERY_MEMBER,
    Power.HIDE_THREATS: EVERY_MEMBER,
    Power.BAN: EVERY_MEMBER,
    Power.APPROVE_BANS: {COMMANDER},
    Power.APPROVE_DELETIONS: SUPERVISOR_OR_ABOVE,
    Power.SECOND_LOOK: EVERY_MEMBER,
    Power.REVIEW_OFFENSIVE: EVERY_MEMBER,
    Power.CLEAR_FLAGGED_CLAUSES: SUPERVISOR_OR_ABOVE,
    Power.DECIDE_APPEALS: SUPERVISOR_OR_ABOVE,
    Power.PROPOSE_DISPOSAL: {CUSTODIAN},
    Power.APPROVE_DISPOSAL: {COMMANDER},
    Power.FLAG_CLAUSES: {LEGAL_ADVISER},
    Power.REVIEW_ACCURACY: {SPECIALIST, SUPERVISOR, CO, COMMANDER},
    Power.MANAGE_MEMBERS: {COMMANDER},
    Power.NAME_OUTSIDERS: {COMMANDER},
    # Of this product
    Power.DESIGNATE: {COMMANDER},
    Power.SET_UP_UNIT: {COMMANDER},
    Power.LIFT_LOCKOUTS: SUPERVISOR_OR_ABOVE,
    Power.READ_UNIT: EVERY_MEMBER | OUTSIDERS,
    Power.READ_TRAIL: SUPERVISOR_OR_ABOVE | {AUDITOR},
    Power.READ_RECORDS: EVERY_MEMBER | OUTSIDERS,
    Power.SETTLE_SET_ASIDE: {SPECIALIST, SUPERVISOR, CO, COMMANDER},
}

OR_DESIGNEE = {
    Power.APPROVE_ACCOUNTS,
    Power.ADMINISTER_ACCOUNTS,
    Power.APPROVE_CONTENT,
    Power.APPROVE_HASHTAGS,
    Power.APPROVE_PROPOSALS,
    Power.UPDATE_GRADING,
    Power.DECIDE_MONITORING,
    Power.DECIDE_DRESS,
    Power.APPROVE_BANS,
    Power.MANAGE_MEMBERS,
}

# What only the Commander decides: no superior, no designee, but an acting Commander.
ALONE = {
    Power.TERMINATE_ACCOUNTS,
    Power.APPROVE_ACTIVE_SCENES,
    Power.APPROVE_DEVIATIONS,
    Power.ENDORSE_INSPECTIONS,
    Power.DESIGNATE,
}


def held_by(member: Member) -> set[Power]:
    return {power for power in Power if member.may(power)}


def of(position: Position) -> set[Power]:
    return {power for power, positions in SAID.items() if position in positions}


@pytest.mark.sop("1.1", "1.2", "4.0")
@pytest.mark.parametrize("power", Power)
def test_each_power_is_held_by_those_whom_the_matrix_names_and_by_nobody_else(power: Power) -> None:
    assert {position for position in Position if MATRIX[power].held(position)} == SAID[power]


@pytest.mark.parametrize("power", Power)
def test_only_the_rows_that_say_or_designee_can_be_handed_over(power: Power) -> None:
    assert MATRIX[power].or_designee == (power in OR_DESIGNEE)


@pytest.mark.parametrize("power", Power)
def test_the_rows_that_say_alone_are_alone(power: Power) -> None:
    assert MATRIX[power].alone == (power in ALONE)
    assert power not in ALONE or SAID[power] == {COMMANDER}


@pytest.mark.sop("E.1")
def test_the_chain_of_command_is_that_of_tab_e() -> None:
    assert ABOVE[OFFICER] == ABOVE[SPECIALIST] == (SUPERVISOR, CO, COMMANDER)
    assert ABOVE[SUPERVISOR] == (CO, COMMANDER)
    assert ABOVE[CO] == (COMMANDER,)
    assert ABOVE[COMMANDER] == ()
    assert set(OUTSIDE) == OUTSIDERS
    assert all(ABOVE[position] == () for position in OUTSIDERS)


@pytest.mark.sop("E.1")
@pytest.mark.parametrize("position", Position)
def test_members_hold_what_their_position_holds(make_member: Callable[..., Member], position: Position) -> None:
    assert held_by(make_member(position, sworn=False)) == of(position)


@pytest.mark.parametrize("position", [OFFICER, CO, SPECIALIST])
def test_of_two_in_one_position_the_sworn_one_develops_content(
    make_member: Callable[..., Member], position: Position
) -> None:
    sworn, civilian = make_member(position, sworn=True), make_member(position, sworn=False)
    assert held_by(sworn) == held_by(civilian) | {Power.DEVELOP_CONTENT}
    assert civilian.may(Power.DEVELOP_CONTENT) == (position in SAID[Power.DEVELOP_CONTENT])


@pytest.mark.parametrize("position", sorted(OUTSIDERS))
def test_who_stands_outside_the_chain_gains_nothing_by_being_sworn(
    make_member: Callable[..., Member], position: Position
) -> None:
    assert held_by(make_member(position, sworn=True)) == of(position)


@pytest.mark.sop("F.I")
@pytest.mark.parametrize("position", sorted(OUTSIDERS))
def test_who_stands_outside_the_chain_holds_nothing_once_the_period_is_over(
    make_member: Callable[..., Member], position: Position
) -> None:
    now = timezone.now()
    member = make_member(position, serves_until=now + timedelta(minutes=1))
    assert member.may(Power.READ_UNIT)
    assert not any(holds(member, power, now + timedelta(minutes=1)) for power in Power)


@pytest.mark.sop("1.3")
@pytest.mark.parametrize("power", Power)
def test_who_has_left_the_unit_holds_no_power(
    transferred: Member, commander: Member, hand_over: Callable[..., Designation], power: Power
) -> None:
    hand_over(commander, transferred)
    assert not holds(transferred, power)
    commander.is_active = False
    assert not holds(commander, power)


@pytest.mark.parametrize("power", Power)
def test_an_invited_member_holds_no_power_yet(make_member: Callable[..., Member], power: Power) -> None:
    assert not make_member(COMMANDER, is_active=False, state=Member.State.INVITED).may(power)


def test_an_acting_commander_holds_what_the_commander_holds_and_loses_nothing(
    commander: Member, officer: Member, hand_over: Callable[..., Designation]
) -> None:
    before = held_by(officer)
    hand_over(commander, officer)
    assert held_by(officer) == before | of(COMMANDER)
    assert officer.may(Power.TERMINATE_ACCOUNTS)
    assert not officer.may(Power.PROPOSE_DISPOSAL)


@pytest.mark.parametrize("power", sorted(OR_DESIGNEE))
def test_a_designee_holds_the_one_power_that_was_handed_over(
    commander: Member, officer: Member, hand_over: Callable[..., Designation], power: Power
) -> None:
    before = held_by(officer)
    hand_over(commander, officer, power)
    assert held_by(officer) == before | {power}


def test_every_power_has_its_row_and_every_row_its_source() -> None:
    assert set(MATRIX) == set(Power) == set(SAID)
    assert all(row.source and row.words and row.who for row in MATRIX.values())
