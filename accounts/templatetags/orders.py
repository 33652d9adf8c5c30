"""Orders in templates: where a person's form for one of them goes."""

from __future__ import annotations

from django import template

from accounts.orders import Order

register = template.Library()


@register.simple_tag
def door(order: Order, verb: str) -> str:
    """The address that takes the form."""
    return order.door(verb)
