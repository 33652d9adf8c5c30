"""The inventory's verbs: what the unit owns, what it says, in what state it is (3.2, 3.4).

Each writes the history of the item (ItemChange, in words) and the trail in the act's own transaction.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from equipment import writing
from equipment.marking import Disposal, mark
from equipment.models import Item, ItemChange, Kind
from equipment.tags import next_tag, next_tags
from members.authority import require
from members.models import Member
from members.powers import Power
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

_LONGEST_KIND = 80


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
