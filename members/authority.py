"""The person's side of every verb: does he hold the power now, and if not, who does.

Everything asks here, and asks at the moment of acting: a designation that has run out, or was ended a second ago, is
worth nothing, in an open page too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from members.days import spoken
from members.powers import ABOVE, MATRIX, OUTSIDE, UNIT, Position, Power, Row, powers_of
from members.states import Refused

if TYPE_CHECKING:
    from members.models import Designation, Member


def holds(member: Member, power: Power, at: datetime | None = None) -> bool:
    """Whether `member` holds `power` at `at` (now, if not said).

    By his position, as acting Commander, or as designee. Costs one query the first time a member is asked, none after
    that: the moment is judged anew each time, but a designation given or ended since is seen by a member read anew, as
    each request reads him. Who has left, or whose period is over, holds none (1.3).
    """
    at = at or timezone.now()
    if not member.serves(at):
        return False
    if power in powers_of(member.position, sworn=member.sworn):
        return True
    return any(
        handed.in_force(at)
        for handed in member.handed
        if handed.power == power or (handed.acting and power in powers_of(Position.COMMANDER))
    )


def is_commander(member: Member, at: datetime | None = None) -> bool:
    """Whether `member` is the Commander, or is it for the time of an appointment."""
    return holds(member, Power.DESIGNATE, at)


def changes_at(member: Member, at: datetime | None = None) -> datetime | None:
    """The next moment at which something handed to `member` begins or ends, or his period does; None: none is known."""
    at = at or timezone.now()
    moments = [moment for handed in member.handed for moment in (handed.since, handed.until)]
    return min((moment for moment in [*moments, member.serves_until] if moment and moment > at), default=None)


def standing(member: Member) -> str:
    """A mark of all that `member` may do by the matrix now: while it stays the same, his open page tells the truth."""
    now = timezone.now()
    held = ",".join(power for power in Power if holds(member, power, now))
    return hashlib.sha256(held.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Holder:
    """Somebody who could act now, and by what: his position, what was handed to him, or his `role` on an account."""

    member: Member
    designation: Designation | None = None
    role: str = ""

    @property
    def how(self) -> str:
        """By what, in words."""
        if self.designation is None:
            return self.role or str(self.member.get_position_display())
        what = "acting Commander" if self.designation.acting else "designee"
        return f"{what} until {spoken(self.designation.until)}"

    def __str__(self) -> str:
        return f"{self.member.name} ({self.how})"


def holders(power: Power, at: datetime | None = None) -> list[Holder]:
    """Who holds `power` at `at`: first by position, nearest to the work first, then acting Commander and designees."""
    return Holders(at).of(power)


class Holders:
    """Who holds what at `at` (now, if not said), of all powers: two queries, made once."""

    def __init__(self, at: datetime | None = None) -> None:
        from members.models import Designation, Member

        at = at or timezone.now()
        order = list(Position.values)
        self._serving = sorted(Member.objects.serving(at), key=lambda one: (-order.index(one.position), one.name))
        here = {member.pk: member for member in self._serving}
        handed = Designation.objects.in_force(at).filter(designee__in=here).order_by("until", "pk")
        self._handed = [Holder(here[one.designee_id], one) for one in handed]

    def of(self, power: Power) -> list[Holder]:
        """As `holders`."""
        row = MATRIX[power]
        by_position = [one for one in self._serving if row.held(one.position, sworn=one.sworn)]
        by_position.sort(key=lambda one: one.position not in row.held_by)
        found = {member.pk: Holder(member) for member in by_position}
        for holder in self._handed:
            one = holder.designation
            if one is not None and (row.held(Position.COMMANDER) if one.acting else one.power == power):
                found.setdefault(holder.member.pk, holder)
        return list(found.values())


SHOWN = 4  # names in a refusal; a power that everybody holds is not refused for want of names


def only(power: Power) -> str:
    """What a refusal says: whose it is by the S.O.P., and who could do it now."""
    return f"{_whose(power)} {who_now(holders(power))}"


def who_now(able: Sequence[Holder]) -> str:
    """Who could do it now, as the end of a refusal."""
    names = ", ".join(str(holder) for holder in able[:SHOWN]) or "nobody"
    more = f" and {len(able) - SHOWN} more" if len(able) > SHOWN else ""
    return f"Now: {names}{more}."


def refused(power: Power) -> Refused:
    """The refusal of somebody who does not hold `power`, with those who do."""
    able = holders(power)
    return Refused(f"{_whose(power)} {who_now(able)}", able=able)


def _whose(power: Power) -> str:
    *most, last = _named(MATRIX[power])
    return f"Only {', '.join(most)}{' or ' if most else ''}{last} {power.label}."


def _named(row: Row) -> list[str]:
    """Whose the power is, in the order of the chain of command."""
    if row.held_by >= UNIT:
        return ["a member of the unit"]
    held = [Position(position) for position in Position.values if position in row.held_by]
    named = [f"the {position.label}" for position in held if position not in OUTSIDE]
    if row.sworn:
        named.append("a sworn member")
    if not row.alone and any(superior not in row.held_by for position in held for superior in ABOVE[position]):
        named.append("one above")
    named += [f"the {position.label.lower()}" for position in held if position in OUTSIDE]
    return [*named, "a designee"] if row.or_designee else named


def require(member: Member, power: Power) -> None:
    """Raises Refused, which says who could, unless `member` holds `power` now."""
    if not holds(member, power):
        raise refused(power)
