"""In what state a thing is: serviceable, in need of attention, at a shop, lost, stolen, retired, disposed of (3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from equipment import handing
from equipment.models import Item, ItemChange
from members.authority import holders, holds, refused
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import UNIT, Power
from members.states import Invalid, WrongState

State = Item.State
_LONGEST_NUMBER = 60
REPORTED = (State.ATTENTION, State.LOST, State.STOLEN)  # what any member says of a thing; the Supervisor sees to it


@dataclass(frozen=True)
class Disposal:
    """How the unit parted with a thing."""

    class How(TextChoices):
        """By which way."""

        SOLD = "sold", "sold"
        AUCTIONED = "auctioned", "sold at auction"
        GIVEN = "given", "given to another unit or agency"
        RETURNED = "returned", "returned to the supplier"
        RECYCLED = "recycled", "recycled"
        DESTROYED = "destroyed", "destroyed"

    how: str
    on: date
    to: str

    def check(self) -> None:
        """Raises Invalid at what is missing or cannot be."""
        if self.how not in self.How.values:
            raise Invalid("Say how it went.", "how")
        if self.on > timezone.localdate():
            raise Invalid("It cannot have gone after today.", "gone_on")
        if not self.to.strip():
            raise Invalid("Say to whom it went.", "to")

    def said(self) -> dict[str, str]:
        """As the history keeps it."""
        return {"how": self.How(self.how).label, "on": self.on.isoformat(), "to whom": self.to.strip()}


def mark(
    item: Item,
    state: str,
    *,
    by: Member,
    reason: str,
    report_number: str = "",
    disposal: Disposal | None = None,
) -> None:
    """Move it to another state, with the reason; who has it is seen to by custody.

    The Supervisor does; that a thing needs attention every member of the unit may say, and that what he has himself is
    lost or stolen: the Supervisor is told. Stolen needs the number of the report; disposed of, that it was retired
    before, and how, when and to whom it went. What somebody has out comes back before it goes to a shop or is retired;
    what is lost or stolen comes no more: retired, it is in nobody's hands. Raises Refused, WrongState, Invalid.
    """
    with transaction.atomic():
        locked = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if not may_mark(locked, state, by):
            raise refused(Power.KEEP_EQUIPMENT)
        changes, said = _demanded(locked, state, reason, report_number, disposal)
        before = locked.get_state_display()
        if state == State.RETIRED:
            handing.write_off(locked, by=by, reason=reason.strip())
        locked.become(state, verb=f"mark_{state}", by=by, **changes)
        ItemChange.objects.create(
            item=locked,
            verb="mark",
            before={"state": before},
            after={"state": locked.get_state_display(), **said},
            reason=reason.strip(),
            by=by,
        )
        if state in REPORTED:
            keepers = [holder.member for holder in holders(Power.KEEP_EQUIPMENT)]
            tell(keepers, Told.EQUIPMENT, f"{locked}: {State(state).label}.", locked.get_absolute_url(), but=by)
    item.refresh_from_db()


def may_mark(item: Item, state: str, member: Member) -> bool:
    """Whether it is his to say so."""
    return holds(member, Power.KEEP_EQUIPMENT) or _may_report(item, state, member, _holder(item))


def _may_report(item: Item, state: str, member: Member, holder: Member | None) -> bool:
    """Of whoever does not keep the equipment: each may say that it needs attention, its holder that it is missing."""
    if not member.serves() or member.position not in UNIT:
        return False
    if state == State.ATTENTION:
        return item.state == State.SERVICEABLE
    return state in Item.MISSING and holder == member


def _demanded(
    item: Item, state: str, reason: str, report_number: str, disposal: Disposal | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """What else changes with the state, and what the history says beside it. Raises Invalid."""
    if state == State.DISPOSED and item.state not in Item.GONE:
        raise Invalid("Retire it first: only what is retired is disposed of.", "state")
    if not item.can_become(state):
        raise WrongState(item, f"mark_{state}")
    if not reason.strip():
        raise Invalid("Say why.", "reason")
    holder = _holder(item)
    if holder is not None and not item.is_missing and state in {State.MAINTENANCE, *Item.GONE}:
        raise Invalid(f"{holder.name} has it: it comes back first.", "state")
    if state == State.STOLEN:
        number = _judged(report_number)
        return {"report_number": number}, {"report number": number}
    if state == State.DISPOSED:
        if disposal is None:
            raise Invalid("Say how, when and to whom it went.", "how")
        disposal.check()
        return {}, disposal.said()
    if state == State.RETIRED and item.kit_id is not None:
        return {"kit": None}, {"kit": "none any more"}
    return {}, {}


def _judged(report_number: str) -> str:
    number = " ".join(report_number.split())
    if not number:
        raise Invalid("Give the number of the report of the theft.", "report_number")
    if len(number) > _LONGEST_NUMBER:
        raise Invalid(f"The number is longer than {_LONGEST_NUMBER} characters.", "report_number")
    return number


def _holder(item: Item) -> Member | None:
    open_one = item.custodies.filter(ended_at__isnull=True).select_related("holder").first()
    return open_one.holder if open_one else None


def states_for(item: Item, member: Member) -> list[str]:
    """The states that `member` may move it to now."""
    within = [state for state in State.values if item.can_become(state)]
    if holds(member, Power.KEEP_EQUIPMENT):
        return within
    holder = _holder(item)
    return [state for state in within if _may_report(item, state, member, holder)]
