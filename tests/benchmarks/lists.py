"""`list.comments`: the queue, all comments and the retained records as pages, for one person, by the real web server.

Each page is asked for again and again, the first and one from the middle of the table by turns, so that both meet the
same weather. The same rows are then shown by Django's admin, as it comes: it counts the table for each page.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.machine import Machine
from tests.benchmarks.multiplied import fill
from tests.benchmarks.report import Figure
from tests.benchmarks.search import search
from tests.benchmarks.web import Browser, cookie_of, part, server

ROUNDS, OF_ADMIN = 80, 5
P50_MS, P95_MS, DEEP, FASTER = 20.0, 40.0, 1.3, 25.0
AT_FIVE_MILLION = 5_000_000  # the admin counts the table: at fewer rows that is no burden, and the ratio only told
LISTS = {"queue": "/comments/", "comments": "/comments/all/", "records": "/records/"}
ADMIN = {"comments": "/admin/moderation/comment/", "records": "/admin/moderation/retainedrecord/"}


def lists(machine: Machine, rows: int) -> Iterator[Figure]:
    """Fill the tables and ask for the pages; then, of the same tables, `search.records`."""
    from django.db import connection

    connection.close()
    machine.fresh("ours")
    fill(machine, rows)
    yield _lists(machine, rows)
    yield search(machine, rows)


def _lists(machine: Machine, rows: int) -> Figure:
    from django.db import connection

    cookie = cookie_of("officer0")
    deep = _deep()
    connection.close()
    with server(machine) as port:
        browser = Browser(port, cookie)
        times = {name: _timed(browser, address, deep[name]) for name, address in LISTS.items()}
    application = "django.core.wsgi:get_wsgi_application()"
    with server(machine, settings="tests.benchmarks.admin_settings", application=application) as port:
        browser = Browser(port)
        naive = {name: [browser.get(address)[0] for _ in range(OF_ADMIN)] for name, address in ADMIN.items()}
    return _figure(rows, times, naive)


def _figure(rows: int, times: dict[str, tuple[list[float], list[float]]], naive: dict[str, list[float]]) -> Figure:
    p50 = {name: part(first, 0.5) for name, (first, _) in times.items()}
    p95 = {name: part(first + later, 0.95) for name, (first, later) in times.items()}
    deep = {name: part(later, 0.5) / p50[name] for name, (_, later) in times.items()}
    faster = {name: part(found, 0.5) / p50[name] for name, found in naive.items()}
    quick = max(p50.values()) <= P50_MS and max(p95.values()) <= P95_MS
    ahead = min(faster.values()) >= FASTER or rows < AT_FIVE_MILLION
    return Figure(
        name="list.comments",
        rows=rows,
        value=max(p95.values()),
        unit="ms, p95 of the slowest list",
        limit=None,
        naive=max(part(found, 0.5) for found in naive.values()),
        ratio_to_limit=None,
        ratio_to_naive=min(faster.values()),
        target=f"p50 <= {P50_MS:g} ms, p95 <= {P95_MS:g} ms, deep <= {DEEP:g} of the first, at five million"
        f" {FASTER:g} times as fast as Django's admin",
        holds=quick and ahead and max(deep.values()) <= DEEP,
        peak_memory_mb=0.0,
        more={
            **{f"{name}_p50_ms": value for name, value in p50.items()},
            **{f"{name}_p95_ms": value for name, value in p95.items()},
            **{f"{name}_deep_of_first": value for name, value in deep.items()},
            **{f"{name}_admin_p50_ms": part(found, 0.5) for name, found in naive.items()},
            **{f"{name}_faster_than_admin": value for name, value in faster.items()},
        },
    )


def _timed(browser: Browser, address: str, deep: str) -> tuple[list[float], list[float]]:
    """The times of the first page and of the one deep in the list, by turns; each worker has met both before."""
    for _ in range(6):
        browser.get(address)
        browser.get(f"{address}?after={deep}")
    first, later = [], []
    for _ in range(ROUNDS):
        first.append(browser.get(address)[0])
        later.append(browser.get(f"{address}?after={deep}")[0])
    return first, later


def _deep() -> dict[str, str]:
    """Where the middle of each list begins."""
    from members.moments import key_of
    from moderation.models import QueueEntry, RecordEntry, SearchEntry

    found = {}
    for name, model in (("comments", SearchEntry), ("records", RecordEntry)):
        rows = model.objects.order_by("-at", "-pk")
        middle = rows[rows.count() // 2]
        found[name] = key_of(middle)
    waiting = QueueEntry.objects.all().in_order()
    middle = waiting[waiting.count() // 2]
    return found | {"queue": f"{middle.urgency},{middle.at.isoformat()},{middle.pk}".replace("+", "%2B")}
