"""What a label leads to: one thing, or a kit with its things, and who has each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from equipment.codes import is_code
from equipment.handing import may_give_away
from equipment.models import Custody, Handover, Item, Kit
from members.models import Member


@dataclass(frozen=True)
class Thing:
    """A thing, and the custody that stands."""

    item: Item
    custody: Custody | None


@dataclass(frozen=True)
class Scanned:
    """Whatever bears the label; of a kit all things that the unit still has."""

    code: str
    thing: Item | Kit
    things: list[Thing]

    @property
    def kit(self) -> Kit | None:
        """The kit whose label it is."""
        return self.thing if isinstance(self.thing, Kit) else None

    @property
    def item(self) -> Item | None:
        """The thing whose label it is."""
        return self.thing if isinstance(self.thing, Item) else None

    @property
    def custody(self) -> Custody | None:
        """That of all of it, where one member has it all."""
        first = self.things[0].custody if self.things else None
        if first is None:
            return None
        return first if all(one.custody and one.custody.holder_id == first.holder_id for one in self.things) else None

    @property
    def is_here(self) -> bool:
        """Whether all of it is in the office and may go out."""
        return bool(self.things) and all(one.custody is None and one.item.state in Item.GOES_OUT for one in self.things)

    @property
    def items(self) -> list[Item]:
        """All of it."""
        return [one.item for one in self.things]

    @property
    def last(self) -> int:
        """The number of its last hand-over: what was typed before that is stale."""
        return Handover.objects.filter(item__in=self.items).aggregate(last=Max("pk"))["last"] or 0

    def to_give(self, member: Member) -> list[Custody]:
        """What `member` may return: his own; for the Supervisor all that one member has of it."""
        out = [one.custody for one in self.things if one.custody is not None]
        mine = [one for one in out if one.holder_id == member.pk]
        whole = [self.custody] if self.custody else []
        return [one for one in mine or (out if whole else []) if may_give_away(one, member)]


def find(code: str) -> Scanned | None:
    """What bears the label with this code."""
    if not is_code(code):
        return None
    item = Item.objects.filter(code=code).select_related("kind", "kit", "photo").first()
    if item is not None:
        return Scanned(code, item, _with_custodies([item]))
    kit = Kit.objects.filter(code=code).first()
    if kit is None:
        return None
    return Scanned(code, kit, _with_custodies(list(kit.items.select_related("kind", "photo").order_by("pk"))))


def _with_custodies(items: list[Item]) -> list[Thing]:
    out = Custody.objects.open().filter(item__in=items).select_related("holder", "item", "begun__by")
    by_item = {one.item_id: one for one in out}
    return [Thing(item, by_item.get(item.pk)) for item in items]
