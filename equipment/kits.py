"""Kits: things that go out together. The kit itself has a label; each thing keeps its own."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from equipment.models import Item, ItemChange, Kit
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, record

_LONGEST = 120


def make_kit(name: str, *, by: Member, items: Sequence[Item] = ()) -> Kit:
    """A kit of that name with `items` in it. Raises Refused, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    kit = Kit(name=_judged(name), made_by=by)
    with transaction.atomic():
        kit.save()
        record("make", kit, by=by)
        for item in items:
            put_in_kit(item, kit, by=by)
    return kit


def rename_kit(kit: Kit, name: str, *, by: Member) -> None:
    """Call it otherwise. Raises Refused, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    kit.name = _judged(name, of=kit)
    with transaction.atomic():
        kit.save(update_fields=["name"])
        record("rename", kit, by=by)


def end_kit(kit: Kit, *, by: Member) -> None:
    """Its things go by themselves from now on. Raises Refused."""
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        for item in kit.items.order_by("pk"):
            take_out(item, by=by)
        kit.ended_at = timezone.now()
        kit.save(update_fields=["ended_at"])
        record("end", kit, by=by)


def put_in_kit(item: Item, kit: Kit, *, by: Member) -> None:
    """Let it go out with the kit. A thing is in one kit at most. Raises Refused, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        locked_kit = Kit.objects.select_for_update().get(pk=kit.pk)
        locked = Item.objects.select_for_update(of=("self",)).select_related("kit").get(pk=item.pk)
        if locked_kit.ended_at is not None:
            raise Invalid(f"{kit} is no kit any more.", "kit")
        if locked.state in Item.GONE:
            raise Invalid(f"{locked} is {locked.get_state_display()}.", "item")
        if locked.kit_id == kit.pk:
            return
        if locked.kit is not None:
            raise Invalid(f"{locked} is in the kit “{locked.kit}”: take it out there first.", "item")
        _set(locked, locked_kit, by)
    item.kit = kit


def take_out(item: Item, *, by: Member) -> None:
    """Let it go by itself again. Raises Refused."""
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        locked = Item.objects.select_for_update(of=("self",)).select_related("kit").get(pk=item.pk)
        if locked.kit is not None:
            _set(locked, None, by)
    item.kit = None


def _set(item: Item, kit: Kit | None, by: Member) -> None:
    before = item.kit
    item.kit = kit
    item.save(update_fields=["kit"])
    ItemChange.objects.create(
        item=item,
        verb="put_in_kit" if kit else "take_out",
        before={"kit": before.name} if before else {},
        after={"kit": kit.name} if kit else {"kit": "none any more"},
        by=by,
    )
    record("put_in_kit" if kit else "take_out", item, by=by)


def _judged(name: str, *, of: Kit | None = None) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise Invalid(f"A kit has a name of at most {_LONGEST} characters.", "name")
    same = Kit.objects.filter(name__iexact=name, ended_at__isnull=True)
    if (same.exclude(pk=of.pk) if of else same).exists():
        raise Invalid(f"There is a kit “{name}” already.", "name")
    return name
