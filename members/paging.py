"""Lists page by key, never by offset, and never count the table (idea 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.db import models

SIZE = 50


class Keyed(Protocol):
    """A model, or a row of values with its `pk` among them."""

    @property
    def pk(self) -> Any:
        """Its primary key."""


Row = TypeVar("Row", bound=Keyed)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list, newest first. `after`: the key it starts behind; `next`: the key to go on from, if any."""

    rows: list[Row]
    after: int | None
    next: int | None


def page_of(rows: models.QuerySet[Any, Row], after: Any, *, size: int = SIZE) -> Page[Row]:
    """The `size` newest of `rows` by primary key, below `after` (as it stands in the address; rubbish is ignored)."""
    key = int(after) if str(after or "").isdecimal() and len(str(after)) < 19 else None
    if key is not None:
        rows = rows.filter(pk__lt=key)
    found = list(rows.order_by("-pk")[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, key, found[-1].pk if more else None)
