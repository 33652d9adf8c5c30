"""What bookings and skills show on an item's page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from equipment.models import Item, SkillDemand
from members.authority import holds
from members.models import Member
from members.powers import Power

MOST = 10


def of_item(item: Item, member: Member) -> dict[str, Any]:
    """Who has it booked, the next first; and the skills that its kind needs."""
    standing = item.bookings.filter(stands=True, booking__until__gt=timezone.now()).order_by("booking__since")
    demands = SkillDemand.objects.filter(kind=item.kind_id, ended_at__isnull=True, skill__ended_at__isnull=True)
    return {
        "next": standing.select_related("booking__member", "kit")[:MOST] if "bookings" in item.beside else [],
        "needs": [one.skill for one in demands.select_related("skill").order_by("skill__letter", "skill__name")],
        "may_book": holds(member, Power.CARRY_OUT) and item.state not in (*Item.MISSING, *Item.GONE),
    }
