"""The authority matrix in code says what the authority matrix of the S.O.P. says, as far as it is built."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from members.authority import holds
from members.models import Member
from members.powers import ABOVE, MATRIX, Position, Power

COMMANDER, CO, SUPERVISOR = Position.COMMANDER, Position.COMMANDING_OFFICER, Position.SUPERVISOR
EVERYBODY = set(Position)

# Row by row as the S.O.P. has it, superiors written out. A power that is built and not here fails the last test.
SAID: dict[Power, set[Position]] = {
    Power.GRADE_COMMENTS: EVERYBODY,
    Power.HIDE_THREATS: EVERYBODY,
    Power.DECIDE_THREATS: {SUPERVISOR, CO, COMMANDER},
    Power.UPDATE_GRADING: {CO, COMMANDER},
    Power.APPROVE_ACCOUNTS: {COMMANDER},
    Power.ADMINISTER_ACCOUNTS: {COMMANDER},
    Power.MANAGE_ACCOUNTS: {Position.SPECIALIST, SUPERVISOR, CO, COMMANDER},
    Power.SETTLE_SET_ASIDE: {Position.SPECIALIST, SUPERVISOR, CO, COMMANDER},
    Power.READ_TRAIL: {SUPERVISOR, CO, COMMANDER},
    Power.READ_RECORDS: EVERYBODY,
    Power.MANAGE_MEMBERS: {COMMANDER},
}

OR_DESIGNEE = {Power.UPDATE_GRADING, Power.APPROVE_ACCOUNTS, Power.ADMINISTER_ACCOUNTS, Power.MANAGE_MEMBERS}


@pytest.mark.sop("1.2", "4.0")
@pytest.mark.parametrize("power", Power)
def test_each_power_is_held_by_those_whom_the_matrix_names_and_by_nobody_else(power: Power) -> None:
    assert {position for position in Position if MATRIX[power].held(position)} == SAID[power]


@pytest.mark.parametrize("power", Power)
def test_only_the_rows_that_say_or_designee_can_be_handed_over(power: Power) -> None:
    assert MATRIX[power].or_designee == (power in OR_DESIGNEE)


@pytest.mark.sop("E.1")
def test_the_chain_of_command_is_that_of_tab_e() -> None:
    assert ABOVE[Position.OFFICER] == ABOVE[Position.SPECIALIST] == (SUPERVISOR, CO, COMMANDER)
    assert ABOVE[SUPERVISOR] == (CO, COMMANDER)
    assert ABOVE[CO] == (COMMANDER,)
    assert ABOVE[COMMANDER] == ()


@pytest.mark.parametrize("position", Position)
def test_members_hold_what_their_position_holds(make_member: Callable[..., Member], position: Position) -> None:
    member = make_member(position)
    assert {power for power in Power if member.may(power)} == {power for power in Power if position in SAID[power]}


@pytest.mark.sop("1.3")
@pytest.mark.parametrize("power", Power)
def test_who_has_left_the_unit_holds_no_power(transferred: Member, commander: Member, power: Power) -> None:
    assert not holds(transferred, power)
    commander.is_active = False
    assert not holds(commander, power)


def test_every_power_has_its_row_and_every_row_its_source() -> None:
    assert set(MATRIX) == set(Power) == set(SAID)
    assert all(row.source for row in MATRIX.values())
