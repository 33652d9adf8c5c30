"""What waits for a member (screens.md, Home): each room of the house adds its lines from its own querysets.

`settings.WAITING` names the rooms' tables in their order. A table's row is a line and those for whom it is drawn: by
position, or by a power, so that a designee or an acting Commander sees what was handed to him.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from members.models import Member
from members.powers import Position, Power

PRESSING = ["bad", "warn", ""]  # tones, in the order in which they are shown
MOST = 1000  # counted no further: that there are very many says enough


@dataclass(frozen=True)
class Line:
    """One line of the home page. `since`: of the one it leads to, `which` that is; `tone`: how much it presses."""

    word: str
    count: int = 0
    address: str = ""
    since: datetime | None = None
    tone: str = ""  # bad, warn, or nothing
    which: str = "oldest"
    icon: str = "point"
    says: str = ""  # what to do, or what it is about

    @property
    def number(self) -> str:
        """The count as it is shown."""
        return up_to(self.count)


@dataclass(frozen=True)
class Waits:
    """A line and whom it is drawn for: members in one of `positions`, and holders of `power`.

    A line that is None is not mentioned at all: what is hardly ever so need not be said to be not so.
    """

    line: Callable[[Member], Line | None]
    positions: frozenset[str] = frozenset()
    power: Power | None = None

    def for_(self, member: Member) -> bool:
        """Whether it is his business. An acting Commander has the Commander's."""
        if member.position in self.positions or (self.power is not None and member.may(self.power)):
            return True
        return Position.COMMANDER in self.positions and member.is_acting_commander


def lines_for(member: Member) -> list[Line]:
    """What waits for `member`, what presses most first; of the same pressure, in the order of the house."""
    tables: list[Sequence[Waits]] = [import_string(path) for path in settings.WAITING]
    drawn = [row.line(member) for table in tables for row in table if row.for_(member)]
    lines = [line for line in drawn if line is not None]
    return sorted(lines, key=lambda line: PRESSING.index(line.tone) if line.count else len(PRESSING))


def up_to(count: int) -> str:
    """A count that ends at MOST, as it is shown."""
    return f"{MOST - 1}+" if count >= MOST else str(count)


def counted(rows: QuerySet[Any]) -> int:
    """How many there are, counted up to MOST."""
    return rows.order_by()[:MOST].count()
