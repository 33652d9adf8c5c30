"""Lists by time page by the moment and the number of a row, both ways, and never count the table (idea 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)
SIZE = 50
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_KEY = re.compile(r"(-?\d{1,17})\.(\d{1,18})")


@dataclass(frozen=True)
class Stretch(Generic[Row]):
    """Some rows of a list, newest first; the keys behind which older ones follow, and before which newer ones stand."""

    rows: list[Row]
    older: str = ""
    newer: str = ""


def key_of(row: Any) -> str:
    """Where a row stands in its list, as the address carries it: microseconds since 1970, and its number."""
    return key_at(row.at, row.pk)


def key_at(at: datetime, pk: int) -> str:
    """The same of a row that is known by its moment and number alone."""
    return f"{(at - _BEGIN) // timedelta(microseconds=1)}.{pk}"


def below(rows: models.QuerySet[Row], key: str) -> models.QuerySet[Row]:
    """Those of `rows` that are older than the row of that key; all of them where it is none."""
    read = read_key(key)
    return _below(rows, *read) if read else rows


def stretch_of(rows: models.QuerySet[Row], *, older: str = "", newer: str = "", size: int = SIZE) -> Stretch[Row]:
    """The `size` newest of `rows`; or those older, or newer, than the row of that key. Rubbish is ignored."""
    below, above = read_key(older), read_key(newer)
    if above is not None and below is None:
        found = list(_above(rows, *above)[: size + 1])
        if len(found) > size:
            found = found[size - 1 :: -1]
            return Stretch(found, key_of(found[-1]), key_of(found[0]))
        below = None  # nothing newer than these is left out: the newest page
    found = list((_below(rows, *below) if below else rows.order_by("-at", "-pk"))[: size + 1])
    more, found = len(found) > size, found[:size]
    return Stretch(found, key_of(found[-1]) if more else "", key_of(found[0]) if below and found else "")


def all_of(rows: models.QuerySet[Row], *, at_once: int = 1000) -> Any:
    """Every row, newest first, some at a time: each query ends before the rows are used."""
    stretch: list[Row] = list(rows.order_by("-at", "-pk")[:at_once])
    while stretch:
        yield stretch
        last: Any = stretch[-1]
        stretch = list(_below(rows, last.at, last.pk)[:at_once]) if len(stretch) == at_once else []


def _below(rows: models.QuerySet[Row], at: datetime, pk: int) -> models.QuerySet[Row]:
    # The first condition is what the index is walked by, the second what it cannot say.
    return rows.filter(Q(at__lt=at) | Q(pk__lt=pk), at__lte=at).order_by("-at", "-pk")


def _above(rows: models.QuerySet[Row], at: datetime, pk: int) -> models.QuerySet[Row]:
    return rows.filter(Q(at__gt=at) | Q(pk__gt=pk), at__gte=at).order_by("at", "pk")


def read_key(key: str) -> tuple[datetime, int] | None:
    """The moment and the number that a key names; None for what is no key."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    try:
        return _BEGIN + timedelta(microseconds=int(found[1])), int(found[2])
    except OverflowError:
        return None
