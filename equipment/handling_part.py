"""What an item's page tells of its handling: what was asked for and decided (3.6)."""

from __future__ import annotations

from typing import Any

from equipment.models import Item
from members.authority import holds
from members.models import Member
from members.powers import Power

MOST = 30


def of_item(item: Item, member: Member) -> dict[str, Any]:
    """As the part is drawn with."""
    asked = item.modifications.select_related("asked_by", "decision__by").order_by("-pk")
    return {
        "asked": list(asked[:MOST]) if "modifications" in item.beside else [],
        "may_ask": holds(member, Power.CARRY_OUT) and item.state not in Item.GONE,
        "may_void": holds(member, Power.KEEP_EQUIPMENT) and item.warranty_void_on is None,
        "may_let_stand": holds(member, Power.KEEP_EQUIPMENT) and item.warranty_void_on is not None,
    }
