"""Orders that wait for a person: the platform lets no application do them, or they failed for good."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.kinds import kinds
from accounts.models import Account
from accounts.orders import Order

MOST = 200  # of each kind, the oldest


def for_a_person(accounts: QuerySet[Account]) -> list[Order]:
    """Those of these accounts, of every kind, oldest first."""
    found: list[Order] = []
    for kind in kinds():
        stuck = kind.objects.filter(account__in=accounts, state__in=[Order.State.BY_HAND, Order.State.FAILED])
        found += stuck.select_related(*kind.RELATED, "by").order_by("created_at")[:MOST]
    return sorted(found, key=lambda order: order.created_at)
