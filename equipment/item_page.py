"""What the parts of the equipment show on an item's page.

Each adds one row to PARTS: its template, drawn with `item`, `member` and `part`, which is what its callable returns.
A part whose callable returns None has nothing to say there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from equipment import purchasing_page
from equipment.models import Item
from members.models import Member

MOST_CHANGES = 30


@dataclass(frozen=True)
class Part:
    """One part: `templates/equipment/item/_<part>.html` and what it is drawn with."""

    template: str
    of: Callable[[Item, Member], dict[str, Any] | None]


def changes(item: Item, member: Member) -> dict[str, Any]:
    """What was changed in it, newest first."""
    newest = list(item.changes.select_related("by").order_by("-pk")[: MOST_CHANGES + 1])
    return {"entries": newest[:MOST_CHANGES], "more": len(newest) > MOST_CHANGES}


PARTS: list[Part] = [
    Part("equipment/item/_purchase.html", purchasing_page.of_item),
    Part("equipment/item/_changes.html", changes),
]


def parts_of(item: Item, member: Member) -> list[tuple[str, dict[str, Any]]]:
    """The parts that have something to say, with what they are drawn with."""
    found = ((part.template, part.of(item, member)) for part in PARTS)
    return [(template, said) for template, said in found if said is not None]
