"""The newest rows of a list that a question asks for, at five million as at five (idea 7; performance.md, A3).

Two ways lead there, both exact. Along the time: from the newest row on, each is looked at until the page is full; quick
where many match. By the matches: the indexes give all that match, of which the newest are taken; quick where few do.
PostgreSQL chooses by what it believes of a LIMIT and was seen to read the whole table for a word that nobody wrote, so
the choice is made here, from its estimate of how many match. The way along the time is given up when it takes long.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import OperationalError, connection, models, transaction
from psycopg.errors import QueryCanceled

from members.moments import below, key_at, read_key

Row = TypeVar("Row")

SIZE = 50  # rows of a page
SECONDS = 1.8  # for the whole question, the two seconds that a person waits less the page itself
ALONG = 0.5  # of these, for the way along the time where the matches are still to be tried
TO_A_FILE = 60.0  # the same where somebody waits for a file
CAP = 200_000  # matches that are put in order; beyond, the page says that it is not all

_ALONG = "bitmapscan", "seqscan", "sort", "hashjoin", "mergejoin"  # what is no walk along an index
_MATCHES = """
WITH found (pk, at) AS MATERIALIZED ({sql})
SELECT pk, at, (SELECT count(*) FROM found) FROM found ORDER BY at DESC, pk DESC LIMIT %s
"""


TOO_LONG = "The search was stopped, because it would have taken too long. Give a period, an account or a rarer word."


class TooLong(Exception):
    """The database was stopped: the question would have taken longer than a person waits."""


@dataclass(frozen=True)
class Found:
    """A page of keys, newest first. `older`: where the next page begins, empty at the end."""

    keys: list[int]
    older: str = ""
    matches: int | None = None  # how many there are, where they were counted
    capped: bool = False  # more than CAP match: these are not surely the newest
    too_long: bool = False  # nothing was found in time


@dataclass(frozen=True)
class Shown(Generic[Row]):
    """A page as a template shows it: the rows of `found`, and where it stands in its list."""

    rows: list[Row]
    after: str
    found: Found

    @property
    def next(self) -> str:
        """The key to go on from; empty at the end."""
        return self.found.older

    @property
    def says(self) -> str:
        """What a person must know of how it was searched; empty where all is plain."""
        if self.found.too_long:
            return TOO_LONG
        if self.found.capped:
            return f"More than {CAP:,} match, and these need not be the newest of them: refine the search by a period."
        return ""


def batched(keys: list[int], size: int = 500) -> Iterator[list[int]]:
    """The keys, some at a time: a file is written while it is read."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def newest(
    rows: models.QuerySet[Any], *, narrowed: bool, after: str = "", size: int = SIZE, seconds: float = SECONDS
) -> Found:
    """The `size` newest of `rows`, by `at` and primary key, behind the key `after`.

    `narrowed`: whether anything was asked for; else the index over `at` is simply followed. Never raises for what takes
    too long, but says so.
    """
    if everything(rows, narrowed=narrowed):
        return page_of_keys(all_along(rows.model, walk, after, size + 1), size)
    rows = below(rows, after).values_list("pk", "at").order_by()
    if not narrowed:
        return page_of_keys(list(_in_order(rows)[: size + 1]), size)
    until = time.monotonic() + seconds
    try:
        if _many(rows, size):
            try:
                return _along(rows, size, min(ALONG * seconds / SECONDS, until - time.monotonic()))
            except TooLong:
                pass
        return _by_matches(rows, size, until - time.monotonic())
    except TooLong:
        return Found([], too_long=True)


def everything(rows: models.QuerySet[Any], *, narrowed: bool) -> bool:
    """Whether all rows of the table are asked for: the index over `at` is then simply followed."""
    return not narrowed and not rows.query.where


def all_along(
    model: type[models.Model], statement: Callable[[type[models.Model], bool], str], after: str, most: int
) -> list[Any]:
    """What `statement` selects of all there are, newest first: what every look at a list begins with.

    `statement(model, behind)` is written with `walk`, which says what it takes.
    """
    cut = read_key(after)
    at, pk = cut or (None, None)
    with connection.cursor() as cursor:
        cursor.execute(statement(model, cut is not None), {"at": at, "pk": pk, "most": most})
        return list(cursor.fetchall())


@cache
def walk(model: type[models.Model], behind: bool, *more: str) -> str:
    """Key, moment and the columns `more` of the `most` newest; `behind`: of those below the row of `at` and `pk`."""
    key, table = str(model._meta.pk.column), model._meta.db_table
    older = f"WHERE at <= %(at)s AND (at < %(at)s OR {key} < %(pk)s)" if behind else ""
    columns = ", ".join((key, "at", *more))
    return f"SELECT {columns} FROM {table} {older} ORDER BY at DESC, {key} DESC LIMIT %(most)s"  # noqa: S608


def _in_order(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    return rows.order_by("-at", "-pk")


def page_of_keys(found: list[Any], size: int = SIZE, **more: Any) -> Found:
    """The page of pairs of key and moment, of which one more was read than it shows."""
    more.setdefault("older", key_at(found[size - 1][1], found[size - 1][0]) if len(found) > size else "")
    return Found([row[0] for row in found[:size]], **more)


def _many(rows: models.QuerySet[Any], size: int) -> bool:
    """Whether the way along the time is the shorter one: it looks at size × all ÷ matching rows, the other at each."""
    sql, params = rows.query.sql_with_params()
    with _within(SECONDS) as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [rows.model._meta.db_table])
        (every,) = cursor.fetchone()
    told = json.loads(plan) if isinstance(plan, str) else plan
    matching = float(told[0]["Plan"]["Plan Rows"])
    return bool(every > 0 and matching * matching > size * every)


def _along(rows: models.QuerySet[Any], size: int, seconds: float) -> Found:
    sql, params = _in_order(rows)[: size + 1].query.sql_with_params()
    with _within(seconds, without=_ALONG) as cursor:
        cursor.execute(sql, params)
        return page_of_keys(cursor.fetchall(), size)


def _by_matches(rows: models.QuerySet[Any], size: int, seconds: float) -> Found:
    sql, params = rows[: CAP + 1].query.sql_with_params()
    with _within(seconds) as cursor:
        cursor.execute(_MATCHES.format(sql=sql), [*params, size + 1])
        found = cursor.fetchall()
    matches = found[0][2] if found else 0
    return page_of_keys(found, size, matches=matches, capped=matches > CAP)


@contextmanager
def _within(seconds: float, *, without: tuple[str, ...] = ()) -> Iterator[Any]:
    """A cursor that only reads, stopped after `seconds`; raises TooLong then. What is set for it ends with it."""
    settings = {"statement_timeout": str(max(1, int(seconds * 1000))), "jit": "off"}
    settings |= {f"enable_{way}": "off" for way in without}
    chosen = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {chosen}", [part for pair in settings.items() for part in pair])
            yield cursor
            transaction.set_rollback(True)  # within another transaction the settings would outlive this one
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooLong from error
        raise
