"""The inventory as its filters in the address narrow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef

from equipment.capabilities import CAPABILITIES
from equipment.folding import wanted
from equipment.models import Custody, Item
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
            asked = wanted(self.q)
            found = (
                found.filter(words=SearchQuery(asked, search_type="raw", config="simple")) if asked else found.none()
            )
        if self.kind:
            found = found.filter(kind=int(self.kind))
        if self.can:
            found = found.filter(capabilities__contains=[self.can])
        if self.where:
            out = Exists(Custody.objects.filter(item=OuterRef("pk"), ended_at__isnull=True))
            found = found.filter(out) if self.where == "out" else found.filter(~out, state__in=_HERE)
        return found


_HERE = (Item.State.SERVICEABLE, Item.State.ATTENTION, Item.State.MAINTENANCE)


def with_custody(items: list[Item]) -> list[tuple[Item, Custody | None]]:
    """Each with who has it, in one question."""
    open_ones = Custody.objects.filter(item__in=[one.pk for one in items], ended_at__isnull=True)
    by_item = {one.item_id: one for one in open_ones.select_related("holder")}
    return [(one, by_item.get(one.pk)) for one in items]
