"""What an item's page tells of lists and counts: from which list it came, when it was seen last, its label (3.4)."""

from __future__ import annotations

from typing import Any

from equipment.models import ImportedItem, Item, Sighting
from members.authority import holds
from members.models import Member
from members.powers import Power

MOST = 5


def of_item(item: Item, member: Member) -> dict[str, Any]:
    """As the part is drawn with."""
    came = ImportedItem.objects.filter(item=item).select_related("batch__file")
    seen = Sighting.objects.filter(item=item, taken_back=False).select_related("by", "take").order_by("-pk")
    return {
        "came": came.first() if "imports" in item.beside else None,
        "seen": list(seen[:MOST]) if "sightings" in item.beside else [],
        "may_keep": holds(member, Power.KEEP_EQUIPMENT),
    }
