"""The inventory as its filters in the address narrow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from equipment.capabilities import CAPABILITIES
from equipment.folding import wanted
from equipment.models import Custody, Item, Place
from equipment.models.items import ItemQuerySet

WHERE = {"office": "in the office", "out": "out with somebody"}
ALL = "all"
_STATES = {ALL: "whatever its state", **dict(Item.State.choices)}


@dataclass(frozen=True)
class Narrowed:
    """What the address asks for; rubbish counts as nothing asked. Without a state: what the unit owns."""

    q: str = ""
    state: str = ""
    kind: str = ""
    can: str = ""
    where: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Narrowed:
        """Out of the address."""

        def one_of(name: str, known: Mapping[str, str]) -> str:
            return given.get(name, "") if given.get(name, "") in known else ""

        kind = given.get("kind", "")
        return cls(
            given.get("q", "").replace("\x00", "").strip()[:100],
            one_of("state", _STATES),
            kind if kind.isdecimal() and kind.isascii() and len(kind) < 10 else "",
            one_of("can", CAPABILITIES),
            one_of("where", WHERE),
        )

    @property
    def query(self) -> str:
        """As an address says it."""
        said = {"q": self.q, "state": self.state, "kind": self.kind, "can": self.can, "where": self.where}
        return urlencode({name: value for name, value in said.items() if value})

    def of(self, items: ItemQuerySet) -> ItemQuerySet:
        """Those of `items` that fit."""
        found = items
        if not self.state:
            found = found.owned()
        elif self.state != ALL:
            found = found.filter(state=self.state)
        if self.q:
            found = _matching(found, wanted(self.q))
        if self.kind:
            found = found.filter(kind=int(self.kind))
        if self.can:
            found = found.filter(capabilities__contains=[self.can])
        if self.where:
            out = Exists(Custody.objects.filter(item=OuterRef("pk"), ended_at__isnull=True))
            found = found.filter(out) if self.where == "out" else found.filter(~out, state__in=_HERE)
        return found


def _matching(items: ItemQuerySet, asked: str) -> ItemQuerySet:
    """Those with the words asked for.

    Rare ones are found by the index of words first: asked for in the order of the list, the planner walks the whole
    table by its key in the hope of meeting them soon.
    """
    if not asked:
        return items.none()
    words = SearchQuery(asked, search_type="raw", config="simple")
    few = list(Item.objects.filter(words=words).values_list("pk", flat=True)[: _RARE + 1])
    return items.filter(pk__in=few) if len(few) <= _RARE else items.filter(words=words)


_RARE = 1000  # matches
_HERE = (Item.State.SERVICEABLE, Item.State.ATTENTION, Item.State.MAINTENANCE)


@dataclass(frozen=True)
class Row:
    """An item as the list draws it: worked out here, for fifty rows of a template's own branches cost milliseconds."""

    number: int
    address: str
    tag: str
    name: str
    about: str
    kind: str
    state: str
    tone: str
    where: str
    overdue: bool


_TONES = {"serviceable": " tag-good", "needs_attention": " tag-warn", "maintenance": " tag-warn"}
_TONES |= dict.fromkeys(Item.MISSING, " tag-bad")
_SHOWN = ("pk", "tag", "name", "maker", "model", "serial", "state", "office_place", "kind__name")


def shown(items: ItemQuerySet) -> QuerySet[Item, Any]:
    """`items` as values, with what a row needs alone."""
    return items.values_list(*_SHOWN, named=True)


def rows_of(items: list[Any]) -> list[Row]:
    """Each, as `shown` gives it, as its row, with who has it; one question for all."""
    open_ones = Custody.objects.filter(item__in=[one.pk for one in items], ended_at__isnull=True)
    fields = ("item", "holder__name", "place", "vehicle", "due_back")
    found = {item: rest for item, *rest in open_ones.values_list(*fields)}
    base, now = reverse("equipment"), timezone.now()
    return [_row(one, found.get(one.pk), base, now) for one in items]


def _row(item: Any, custody: list[Any] | None, base: str, now: datetime) -> Row:
    overdue = False
    if custody is not None:
        holder, place, vehicle, due_back = custody
        where = f"{holder}, trunk of {vehicle}" if place == Place.TRUNK else holder
        overdue = due_back is not None and due_back < now
    elif item.state in _HERE:
        where = f"in the office, {item.office_place}" if item.office_place else "in the office"
    else:
        where = "–"
    about = " ".join(word for word in (item.maker, item.model, item.serial) if word)
    state, tone = _STATES[item.state], _TONES.get(item.state, "")
    said = (item.tag, item.name, about, item.kind__name, state, tone, where, overdue)
    return Row(item.pk, f"{base}{item.pk}/", *said)


def with_custody(items: list[Item]) -> list[tuple[Item, Custody | None]]:
    """Each with who has it, in one question."""
    open_ones = Custody.objects.filter(item__in=[one.pk for one in items], ended_at__isnull=True)
    by_item = {one.item_id: one for one in open_ones.select_related("holder")}
    return [(one, by_item.get(one.pk)) for one in items]
