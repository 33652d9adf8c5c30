"""What custody shows on the page of an item: who has it, and each hand-over (3.7)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from equipment.models import Handover, Item
from members.models import Member

MOST = 10  # hand-overs shown; a page of its own shows all
_SHOWN = [
    *("way", "place", "vehicle", "purpose", "event", "condition", "remark", "waived", "due_back", "at", "item"),
    *("photo", "signature", "giver__name", "taker__name", "by__name", "waived_by__name"),
]


def of_item(item: Item, member: Member) -> dict[str, Any]:
    """The newest hand-overs, and whether there are more."""
    newest = list(handovers_of(item).order_by("-pk")[: MOST + 1])
    return {"handovers": newest[:MOST], "more": len(newest) > MOST}


def handovers_of(item: Item) -> QuerySet[Handover]:
    """All its hand-overs, with what is shown of them."""
    return item.handovers.select_related("giver", "taker", "by", "waived_by").only(*_SHOWN)
