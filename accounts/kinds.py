"""The kinds of orders that the rooms above have, by name: imports go downwards only (ruling 22)."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings

from accounts.orders import Order


def kinds() -> list[type[Order]]:
    """Every kind of order that the rooms above have (settings.ORDERS, ruling 22)."""
    return [apps.get_model(label) for label in settings.ORDERS]


def read_order(label: str, key: int) -> Order:
    """The order of that kind and key, as it stands, with what carrying it out needs. Raises LookupError."""
    if label not in settings.ORDERS:
        raise LookupError(f"No kind of order is called “{label}”.")
    kind: type[Order] = apps.get_model(label)
    order: Order = kind.objects.select_related(*kind.RELATED).get(pk=key)
    return order
