"""The inventory's verbs: what the unit owns, what it says, in what state it is (3.2, 3.4).

Each writes the history of the item (ItemChange, in words) and the trail in the act's own transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import TextChoices
from django.utils import timezone

from equipment import writing
from equipment.models import Item, ItemChange, Kind
from equipment.tags import next_tag, next_tags
from members.authority import holders, holds, refused, require
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import UNIT, Power
from members.states import Invalid, WrongState, record

__all__ = [
    "Disposal",
    "add_item",
    "add_kind",
    "change_item",
    "change_kind",
    "draft_of",
    "mark",
    "next_tag",
    "next_tags",
]

State = Item.State
_LONGEST_NUMBER = 60
_LONGEST_KIND = 80
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
            raise Invalid("It cannot have gone after today.", "on")
        if not self.to.strip():
            raise Invalid("Say to whom it went.", "to")

    def said(self) -> dict[str, str]:
        """As the history keeps it."""
        return {"how": self.How(self.how).label, "on": self.on.isoformat(), "to whom": self.to.strip()}


def draft_of(*, by: Member, **fields: Any) -> Item:
    """An item as `add_item` would make it, judged but not saved; without a tag where none is given.

    Whether its tag and serial are free is not asked. Raises Invalid at the field.
    """
    kind = fields.get("kind")
    if not isinstance(kind, Kind):
        raise Invalid("Say what kind of thing it is.", "kind")
    item = Item(added_by=by, kind=kind)
    if not fields.get("capabilities"):
        fields["capabilities"] = list(kind.capabilities)
    tag = " ".join(str(fields.pop("tag", "") or "").split())
    writing.write(item, {**fields, "tag": tag or "SMU"})
    item.tag = tag
    item.folded = item.words_of()
    return item


def add_item(*, by: Member, **fields: Any) -> Item:
    """Take a thing into the inventory; it begins with the capabilities of its kind unless some are given.

    Without a tag it gets the next free one. Raises Refused, Invalid at the field: also for a tag or serial that
    another has, which the sentence names.
    """
    require(by, Power.KEEP_EQUIPMENT)
    item = draft_of(by=by, **fields)
    with transaction.atomic():
        item.tag = item.tag or next_tag()
        _save(item)
        ItemChange.objects.create(item=item, verb="add", after=writing.all_of(item), by=by)
        record("add", item, by=by, after=item.state)
    return item


def change_item(item: Item, *, by: Member, reason: str = "", on: int | None = None, **fields: Any) -> ItemChange | None:
    """Write what differs; None where nothing does. What replaces what stood there says why; filling in needs no reason.

    `on` is the history entry on which the form was drawn: WrongState where another was written since. Raises Refused,
    Invalid at the field.
    """
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        locked = Item.objects.select_for_update(of=("self",)).select_related("kind", "belongs_to").get(pk=item.pk)
        if on is not None and on != last_change(locked):
            raise WrongState(locked, "change")
        before = {name: writing.as_read(name, getattr(locked, name)) for name in fields}
        writing.write(locked, fields)
        after = {name: writing.as_read(name, getattr(locked, name)) for name in fields}
        changed = [name for name in fields if before[name] != after[name]]
        if not changed:
            return None
        if any(before[name] for name in changed) and not reason.strip():
            words = ", ".join(writing.FIELDS[name] for name in changed if before[name])
            raise Invalid(f"Say why: {words}.", "reason")
        if not locked.tag:
            raise Invalid("A thing keeps a tag.", "tag")
        _save(locked)
        entry = ItemChange.objects.create(
            item=locked,
            verb="change",
            before={name: before[name] for name in changed if before[name]},
            after={name: after[name] for name in changed},
            reason=reason.strip(),
            by=by,
        )
        record("change", locked, by=by)
    item.refresh_from_db()
    return entry


def last_change(item: Item) -> int:
    """The number of the newest entry of its history; 0: none."""
    return ItemChange.objects.filter(item=item).order_by("-pk").values_list("pk", flat=True).first() or 0


def _save(item: Item) -> None:
    """Raises Invalid for a tag or serial that is taken, by somebody at this moment too."""
    writing.of_its_own(item)
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError:
        writing.of_its_own(item)
        raise


# --- its state ---


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
    before, and how, when and to whom it went. What somebody has out comes back before it goes to a shop or is retired.
    Raises Refused, WrongState, Invalid.
    """
    with transaction.atomic():
        locked = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if not may_mark(locked, state, by):
            raise refused(Power.KEEP_EQUIPMENT)
        changes, said = _demanded(locked, state, reason, report_number, disposal)
        before = locked.get_state_display()
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
    if holds(member, Power.KEEP_EQUIPMENT):
        return True
    if not member.serves() or member.position not in UNIT:
        return False
    if state == State.ATTENTION:
        return item.state == State.SERVICEABLE
    return state in Item.MISSING and _holder(item) == member


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
    if holder is not None and state in {State.MAINTENANCE, *Item.GONE}:
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


# --- kinds ---


def add_kind(name: str, *, by: Member, capabilities: list[str] | None = None, life_months: int | None = None) -> Kind:
    """Name a sort of things; one of that name: that. Raises Refused, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    name = " ".join(name.split())
    found = Kind.objects.filter(name__iexact=name).first()
    if found is not None:
        return found
    kind = Kind(name=name, capabilities=writing.known(capabilities or []), life_months=life_months)
    _check_kind(kind)
    with transaction.atomic():
        kind.save()
        record("add", kind, by=by)
    return kind


def change_kind(kind: Kind, *, by: Member, name: str, capabilities: list[str], life_months: int | None) -> None:
    """Say anew what new things of this sort begin with; those that are there stay as they are. Raises as `add_kind`."""
    require(by, Power.KEEP_EQUIPMENT)
    kind.name, kind.capabilities, kind.life_months = " ".join(name.split()), writing.known(capabilities), life_months
    _check_kind(kind)
    with transaction.atomic():
        kind.save()
        record("change", kind, by=by)


def _check_kind(kind: Kind) -> None:
    if not kind.name or len(kind.name) > _LONGEST_KIND:
        raise Invalid(f"A kind has a name of at most {_LONGEST_KIND} characters.", "name")
    if kind.life_months is not None and not 1 <= kind.life_months <= writing.MOST_MONTHS:
        raise Invalid(f"A life is 1 to {writing.MOST_MONTHS} months.", "life_months")
    if Kind.objects.filter(name__iexact=kind.name).exclude(pk=kind.pk).exists():
        raise Invalid(f"There is a kind “{kind.name}” already.", "name")
