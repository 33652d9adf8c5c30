"""What maintenance shows on the page of an item: what comes again, and what was done (3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from equipment import recurring
from equipment.maintenance_log import rows_of, shown
from equipment.models import Item, Service
from members.authority import holds
from members.models import Member
from members.powers import Power

MOST = 10  # entries shown


def of_item(item: Item, member: Member) -> dict[str, Any]:
    """The newest entries, the services with when they are due next, and the hours of use."""
    newest = list(shown(item.works.standing()).order_by("-pk")[: MOST + 1])
    return {
        "rows": rows_of(newest[:MOST]),
        "more": len(newest) > MOST,
        "services": [(one, recurring.next_due(one)) for one in _services(item)],
        "reading": item.readings.select_related("by").order_by("-pk").first() if "readings" in item.beside else None,
        "may_keep": holds(member, Power.KEEP_EQUIPMENT) and item.state not in Item.GONE,
        "may_read": member.may(Power.CARRY_OUT) and item.state not in Item.GONE,
    }


def _services(item: Item) -> Iterable[Service]:
    if "services" not in item.beside:
        return ()
    return recurring.reckoned(item.services.filter(ended_at=None)).order_by("pk")
