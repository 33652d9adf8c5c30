"""What the modules of the control API share: how an order is read and refused."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from sandbox.store import PLATFORMS, Store

Verb = Callable[[Store, Request, dict[str, Any]], object]


class OrderError(Exception):
    """Raised for an order that cannot be carried out; the text says why."""

    def __init__(self, said: str, status: int = 400) -> None:
        super().__init__(said)
        self.status = status


def text_of(order: dict[str, Any], name: str) -> str:
    """A text that the order must have."""
    value = order.get(name)
    if not isinstance(value, str) or not value:
        raise OrderError(f"{name} is missing")
    return value


def platform_of(value: object) -> str:
    """One of the platforms."""
    if value not in PLATFORMS:
        raise OrderError(f"platform must be one of {', '.join(PLATFORMS)}")
    return str(value)
