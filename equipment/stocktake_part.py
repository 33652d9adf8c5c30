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
    seen = Sighting.objects.filter(item=item, taken_back=False).select_related("by", "take")
    return {
        "came": ImportedItem.objects.filter(item=item).select_related("batch__file").first(),
        "seen": list(seen.order_by("-pk")[:MOST]),
        "may_keep": holds(member, Power.KEEP_EQUIPMENT),
    }
