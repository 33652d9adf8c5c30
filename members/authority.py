"""The person's side of every verb: does he hold the power now, and if not, who does.

Everything asks here, and asks at the moment of acting: a designation that has run out, or was ended a second ago, is
worth nothing, in an open page too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from members.powers import MATRIX, Position, Power

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
    row = MATRIX[power]
    if row.held(member.position, sworn=member.sworn):
        return True
    return any(
        row.held(Position.COMMANDER) if handed.acting else handed.power == power
        for handed in member.handed
        if handed.in_force(at)
    )


def is_commander(member: Member, at: datetime | None = None) -> bool:
    """Whether `member` is the Commander, or is it for the time of an appointment."""
    return holds(member, Power.DESIGNATE, at)


@dataclass(frozen=True)
class Holder:
    """Somebody who could act now, and by what."""

    member: Member
    designation: Designation | None = None

    @property
    def how(self) -> str:
        """Position, or what was handed to him and until when."""
        if self.designation is None:
            return str(self.member.get_position_display())
        until = timezone.localtime(self.designation.until)
        what = "acting Commander" if self.designation.acting else "designee"
        return f"{what} until {until.day} {until:%b %H:%M}"

    def __str__(self) -> str:
        return f"{self.member.name} ({self.how})"


def holders(power: Power, at: datetime | None = None) -> list[Holder]:
    """Who holds `power` at `at`: first by position, nearest to the work first, then acting Commander and designees."""
    from members.models import Designation, Member

    at = at or timezone.now()
    row = MATRIX[power]
    serving = Member.objects.serving(at)
    order = list(Position.values)
    by_position = [one for one in serving if row.held(one.position, sworn=one.sworn)]
    by_position.sort(key=lambda one: (one.position not in row.held_by, -order.index(one.position), one.name))
    found = [Holder(member) for member in by_position]
    already = {member.pk for member in by_position}
    handed = Designation.objects.in_force(at).filter(designee__in=serving).select_related("designee")
    for one in handed.order_by("until"):
        gives = row.held(Position.COMMANDER) if one.acting else one.power == power
        if gives and one.designee_id not in already:
            already.add(one.designee_id)
            found.append(Holder(one.designee, one))
    return found


SHOWN = 4  # names in a refusal; a power that everybody holds is not refused for want of names


def only(power: Power) -> str:
    """What a refusal says: whose it is by the S.O.P., and who could do it now."""
    row = MATRIX[power]
    able = holders(power)
    now = ", ".join(str(holder) for holder in able[:SHOWN]) or "nobody"
    more = f" and {len(able) - SHOWN} more" if len(able) > SHOWN else ""
    return f"Only {_whom(row.held_by, alone=row.alone, or_designee=row.or_designee)} {power.label}. Now: {now}{more}."


def _whom(held_by: frozenset[str], *, alone: bool, or_designee: bool) -> str:
    if len(held_by) >= 5:
        return "a member of the unit"
    names = [f"the {Position(position).label}" for position in Position.values if position in held_by]
    whom = " or ".join(names)
    if or_designee:
        return f"{whom} or a designee"
    if not alone and Position.COMMANDER not in held_by and any(position in held_by for position in ("supervisor",)):
        return f"{whom} or one above him"
    return whom


def require(member: Member, power: Power) -> None:
    """Raises Refused, which says who could, unless `member` holds `power` now."""
    from members.states import Refused

    if not holds(member, power):
        raise Refused(only(power))
