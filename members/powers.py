"""Who may do what: the authority matrix of the S.O.P. as one table (../shared: sop/clauses.md; docs/sop.md).

A superior in the chain of command may do what those under him may, but not where a row says alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from members.models import Member


class Position(models.TextChoices):
    """The five positions of Tab E, in the order of the chain of command."""

    COMMANDER = "commander", "Section Commander"
    COMMANDING_OFFICER = "commanding_officer", "Commanding Officer"
    SUPERVISOR = "supervisor", "Supervisor"
    OFFICER = "officer", "Police Officer"
    SPECIALIST = "specialist", "Social Media Broadcast Specialist"


# Each position's superiors, nearest first (E.1).
ABOVE: dict[str, tuple[str, ...]] = {
    Position.COMMANDER: (),
    Position.COMMANDING_OFFICER: (Position.COMMANDER,),
    Position.SUPERVISOR: (Position.COMMANDING_OFFICER, Position.COMMANDER),
    Position.OFFICER: (Position.SUPERVISOR, Position.COMMANDING_OFFICER, Position.COMMANDER),
    Position.SPECIALIST: (Position.SUPERVISOR, Position.COMMANDING_OFFICER, Position.COMMANDER),
}


class Power(StrEnum):
    """One power of the matrix; the value is its wording in the S.O.P. or the product's ruling."""

    GRADE_COMMENTS = "grade and answer comments"
    HIDE_THREATS = "hide a level 8"
    DECIDE_THREATS = "decide what follows a threat"
    UPDATE_GRADING = "create and update the Comment Grading System"
    APPROVE_ACCOUNTS = "approve the creation of a platform account"
    ADMINISTER_ACCOUNTS = "be main administrator of every account; name administrators and editors"
    MANAGE_ACCOUNTS = "manage all accounts day to day"
    SETTLE_SET_ASIDE = "look after items that could not be read"
    READ_TRAIL = "read the trail of the whole unit"
    READ_RECORDS = "read retained records"
    MANAGE_MEMBERS = "add or transfer a member, change a position"


@dataclass(frozen=True)
class Row:
    """A row of the matrix: who holds the power, whether superiors do too, and whether it can be handed over."""

    held_by: frozenset[str]
    source: str
    alone: bool = False
    or_designee: bool = False

    def held(self, position: str) -> bool:
        """Whether a member in `position` holds the power by that position."""
        if position in self.held_by:
            return True
        return not self.alone and any(position in ABOVE[holder] for holder in self.held_by)


EVERYBODY = frozenset(Position.values)
COMMANDER = frozenset({Position.COMMANDER.value})
UNIT_COMMANDER = frozenset({Position.COMMANDER.value, Position.COMMANDING_OFFICER.value})
SUPERVISOR = frozenset({Position.SUPERVISOR.value})
SPECIALIST = frozenset({Position.SPECIALIST.value})

MATRIX: dict[Power, Row] = {
    Power.GRADE_COMMENTS: Row(EVERYBODY, "Tab F V.E"),
    Power.HIDE_THREATS: Row(EVERYBODY, "ruling 2"),
    Power.DECIDE_THREATS: Row(SUPERVISOR, "S.O.P. 4 level 8"),
    Power.UPDATE_GRADING: Row(UNIT_COMMANDER, "S.O.P. 4", or_designee=True),
    Power.APPROVE_ACCOUNTS: Row(COMMANDER, "S.O.P. 1", or_designee=True),
    Power.ADMINISTER_ACCOUNTS: Row(COMMANDER, "S.O.P. 1", or_designee=True),
    Power.MANAGE_ACCOUNTS: Row(SPECIALIST, "Tabs E, F V.C"),
    Power.SETTLE_SET_ASIDE: Row(SPECIALIST | SUPERVISOR, "Tab F V.C"),
    Power.READ_TRAIL: Row(SUPERVISOR, "Tab F I"),
    Power.READ_RECORDS: Row(EVERYBODY, "S.O.P. 4"),
    Power.MANAGE_MEMBERS: Row(COMMANDER, "this product", or_designee=True),
}


def holds(member: Member, power: Power) -> bool:
    """Whether `member` holds `power` now. A member who has left the unit holds none (1.3)."""
    return member.is_active and MATRIX[power].held(member.position)
