"""What the parts of the equipment show on an item's page.

Each adds one row to PARTS: its template, drawn with `item`, `member` and `part`, which is what its callable returns.
A part whose callable returns None has nothing to say there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from equipment import costs, custody_page, handling_part, maintenance_page, purchasing_page
from equipment.booking_part import of_item as booked
from equipment.models import Item, ItemChange
from equipment.stocktake_part import of_item as counted
from equipment.writing import FIELDS
from members.models import Member

MOST_CHANGES = 30
_DOES = {
    "add": "Taken into the inventory",
    "change": "Changed",
    "mark": "Another state",
    "put_in_kit": "Put into a kit",
    "take_out": "Taken out of its kit",
    "void_warranty": "The warranty ended",
    "let_warranty_stand": "The warranty did not end",
}


@dataclass(frozen=True)
class Part:
    """One part: `templates/equipment/item/_<part>.html` and what it is drawn with."""

    template: str
    of: Callable[[Item, Member], dict[str, Any] | None]


@dataclass(frozen=True)
class Changed:
    """An entry of an item's history as it is shown: each field with what stood there before and after."""

    verb: str
    does: str
    fields: list[tuple[str, str, str]]
    reason: str
    by: Member
    at: datetime

    @classmethod
    def of(cls, entry: ItemChange) -> Changed:
        """Out of the row."""
        names = [*entry.after, *(name for name in entry.before if name not in entry.after)]
        fields = [(FIELDS.get(name, name), entry.before.get(name, ""), entry.after.get(name, "")) for name in names]
        return cls(
            entry.verb, _DOES.get(entry.verb, entry.verb.replace("_", " ")), fields, entry.reason, entry.by, entry.at
        )


def changes(item: Item, member: Member) -> dict[str, Any]:
    """What was changed in it, newest first."""
    newest = item.changes.select_related("by").order_by("-pk")[: MOST_CHANGES + 1]
    entries = [Changed.of(entry) for entry in newest]
    return {"entries": entries[:MOST_CHANGES], "more": len(entries) > MOST_CHANGES}


def receipts(item: Item, member: Member) -> dict[str, Any]:
    """What it stands on, the newest first."""
    lines = item.receipt_lines.select_related("receipt__file", "receipt__withdrawal").order_by("-pk")
    return {"lines": lines[:MOST_CHANGES] if "receipts" in item.beside else []}


PARTS: list[Part] = [
    Part("equipment/item/_custody.html", custody_page.of_item),
    Part("equipment/item/_bookings.html", booked),
    Part("equipment/item/_maintenance.html", maintenance_page.of_item),
    Part("equipment/item/_purchase.html", purchasing_page.of_item),
    Part("equipment/item/_receipts.html", receipts),
    Part("equipment/item/_cost.html", costs.of_item),
    Part("equipment/item/_handling.html", handling_part.of_item),
    Part("equipment/item/_counted.html", counted),
    Part("equipment/item/_changes.html", changes),
]


def parts_of(item: Item, member: Member) -> list[tuple[str, dict[str, Any]]]:
    """The parts that have something to say, with what they are drawn with."""
    found = ((part.template, part.of(item, member)) for part in PARTS)
    return [(template, said) for template, said in found if said is not None]
