"""`ingest.new` and `ingest.repoll`: the whole intake against COPY with guarded inserts, and against `update_or_create`.

All three write into the same tables with the same indexes and triggers, each in a database of its own, by turns, so
that whatever else the machine does falls on all alike. Only their own work is timed, not the making of the comments;
of the limit and of `update_or_create` not even the preparing of the rows, of ours everything.
"""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
from django.conf import settings
from django.db import connection

from accounts.models import Account, Post
from accounts.platforms.contract import Page
from moderation import staging
from moderation.intake import take_in
from moderation.language import language_of
from moderation.models import Case, Comment, Poster, QueueEntry, ReceivedPage, SearchEntry
from moderation.packing import joined, packed
from smu.stack.postgres import APP
from tests.benchmarks.baseline import SETUP, copy_and_insert, update_or_create
from tests.benchmarks.corpus import PAGE, Corpus
from tests.benchmarks.machine import Machine, begin_memory, peak_memory
from tests.benchmarks.report import Figure
from tests.standing import standing_account

PAGES_A_TURN = 50
# Rows in a transaction. A poll commits each page before it asks for the next one, so the limit does too; that larger
# transactions would be faster is told beside it.
LIMITS = {"limit": PAGE, "limit_5000": 5000}
NAIVE_SHARE = 20  # of each turn, one page in so many goes through `update_or_create` too
TABLES = (Comment, Case, Poster, QueueEntry, SearchEntry, ReceivedPage)


class Clock:
    """Seconds spent in one way of writing, and the rows it wrote."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.rows = 0

    @contextmanager
    def running(self, rows: int) -> Iterator[None]:
        """Time what happens within."""
        started = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - started
        self.rows += rows

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds


def ingest(machine: Machine, rows: int) -> Iterator[Figure]:
    """New comments, then the same pages again with other likes and signatures."""
    for name in ("ours", *LIMITS, "naive"):
        machine.fresh(name)
    corpus = Corpus(rows)
    accounts = {alias: _account(alias, corpus) for alias in ("default", *LIMITS, "naive")}
    language_of("Quelque chose de nouveau")  # loads the model of languages, as a worker does once
    with ExitStack() as stack:
        fast = {}
        for name in LIMITS:
            fast[name] = stack.enter_context(psycopg.connect(machine.cluster.url(APP, name), autocommit=True))
            fast[name].execute(SETUP)
        clocks, peak = _write(corpus, accounts, fast)
    yield _new(rows, clocks, peak)
    yield _again(corpus, accounts["default"], clocks)


def _account(alias: str, corpus: Corpus) -> Account:
    account = standing_account("facebook", "9000", name="Bayside Police", using=alias)
    for post in corpus.posts():
        Post.objects.using(alias).create(
            account=account, remote_id=post.remote_id, text=post.text, posted_at=post.posted_at
        )
    return account


def _write(
    corpus: Corpus, accounts: dict[str, Account], fast: dict[str, psycopg.Connection]
) -> tuple[dict[str, Clock], float]:
    clocks = {name: Clock() for name in ("ours", *LIMITS, "naive")}
    begin_memory()
    done = 0
    for turn, pages in enumerate(_batched(corpus.read())):
        count = sum(len(page.comments) for page in pages)
        rows = [row for page in pages for row in _rows(page)]
        kept = [_kept(page) for page in pages]
        ways = ["ours", *LIMITS]
        for way in ways[turn % 3 :] + ways[: turn % 3]:
            with clocks[way].running(count):
                if way == "ours":
                    for page in pages:
                        take_in(accounts["default"], page)
                else:
                    step = LIMITS[way]
                    for start in range(0, count, step):
                        part, items = rows[start : start + step], kept[start // PAGE : -(-(start + step) // PAGE)]
                        copy_and_insert(fast[way], accounts[way].pk, part, items, done + start, datetime.now(UTC))
        done += count
        for page in pages[::NAIVE_SHARE]:
            with clocks["naive"].running(len(page.comments)):
                update_or_create(accounts["naive"], page, _rows(page), _kept(page), "naive")
    return clocks, peak_memory()


def _rows(page: Page) -> list[staging.Row]:
    cut_off = page.received_at - timedelta(days=settings.QUEUE_CUT_OFF_DAYS)
    return [staging.row_of(item, place, cut_off=cut_off) for place, item in enumerate(page.comments)]


def _kept(page: Page) -> tuple[bytes, bytes]:
    """The items of a page packed together, and their digest."""
    together = joined([(item.offset, item.raw) for item in page.comments])
    return packed(together), hashlib.sha256(together).digest()


def _new(rows: int, clocks: dict[str, Clock], peak: float) -> Figure:
    ours, limit, naive = (clocks[name].rate for name in ("ours", "limit", "naive"))
    stored = {model.__name__: model.objects.count() for model in TABLES}
    whole = stored["Comment"] == stored["Case"] == stored["QueueEntry"] == stored["SearchEntry"] == rows
    return Figure(
        name="ingest.new",
        rows=rows,
        value=ours,
        unit="comments/s",
        limit=limit,
        naive=naive,
        ratio_to_limit=ours / limit,
        ratio_to_naive=ours / naive,
        target="ratio_to_limit >= 0.5 and ratio_to_naive >= 10",
        holds=whole and ours / limit >= 0.5 and ours / naive >= 10,
        peak_memory_mb=peak,
        more={
            "limit_is": f"COPY and guarded inserts of rows prepared before, {PAGE} a transaction as of ours",
            "limit_at_5000_a_transaction": clocks["limit_5000"].rate,
            "ratio_to_limit_at_5000": ours / clocks["limit_5000"].rate,
            "naive_is": "update_or_create of each row of each table, a transaction a comment",
            "naive_rows": clocks["naive"].rows,
        },
    )


def _again(corpus: Corpus, account: Account, clocks: dict[str, Clock]) -> Figure:
    before = _state()
    clock = Clock()
    begin_memory()
    for page in corpus.read(again=True):
        with clock.running(len(page.comments)):
            take_in(account, page)
    limit = max(clocks[name].rate for name in LIMITS)
    unchanged = _state() == before
    return Figure(
        name="ingest.repoll",
        rows=corpus.rows,
        value=clock.rate,
        unit="comments/s",
        limit=limit,
        naive=clocks["naive"].rate,
        ratio_to_limit=clock.rate / limit,
        ratio_to_naive=clock.rate / clocks["naive"].rate,
        target="ratio_to_limit >= 1.5 and no new row",
        holds=unchanged and clock.rate / limit >= 1.5,
        peak_memory_mb=peak_memory(),
        more={
            "limit_is": "the rate of COPY and guarded inserts on new rows, the better one",
            "rows_written": 0 if unchanged else "some",
        },
    )


def _state() -> list[tuple[int, int]]:
    """Rows of every table, and how many versions of them are the newest transaction's: an update would show."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        states = []
        for model in TABLES:
            table = model._meta.db_table
            cursor.execute(f"SELECT count(*), max(xmin::text::bigint) FROM {table}")
            states.append(cursor.fetchone())
    return states


def _batched(pages: Iterator[Page]) -> Iterator[list[Page]]:
    while batch := list(itertools.islice(pages, PAGES_A_TURN)):
        yield batch
