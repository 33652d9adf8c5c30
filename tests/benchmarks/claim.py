"""`queue.claim`: eight officers take the next comment at once, by the product's own verb, each in a process of its own.

What a claim takes is timed from the call to the held entry, with the log entry it writes. After each the entry goes out
of the queue, as when it is graded, and the officer pauses: so short that eight do the work of hundreds, and not none,
which would only measure how long eight Python processes wait for two cores. No claimed id may come twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.benchmarks.machine import Machine
from tests.benchmarks.report import Figure

CLIENTS, CLAIMS = 8, 10_000
PAUSE = 0.04  # seconds between an officer's claims
TARGET_MS = 5.0


def claim(machine: Machine, rows: int) -> Iterator[Figure]:
    """Fill the queue with `rows` comments, then claim 10,000 of them."""
    from django.db import connection

    connection.close()  # the benchmark before may have left it in the database that now goes
    machine.fresh("ours")
    _fill(max(rows, CLAIMS))
    connection.close()
    command = [sys.executable, "-m", "tests.benchmarks.claim"]
    environment = {**os.environ, "CLAIMS": str(CLAIMS // CLIENTS)}
    started = time.perf_counter()
    clients = [
        subprocess.Popen([*command, f"officer{n}"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for n in range(CLIENTS)
    ]
    for client in clients:
        client.stdout.readline()  # type: ignore[union-attr]  # it is ready
    started = time.perf_counter()
    for client in clients:
        client.stdin.close()  # type: ignore[union-attr]  # all begin together
    told = [json.loads(client.stdout.read()) for client in clients]  # type: ignore[union-attr]
    seconds = time.perf_counter() - started
    for client in clients:
        client.wait()
    yield _figure(max(rows, CLAIMS), told, seconds)


def _figure(rows: int, told: list[dict[str, list[float]]], seconds: float) -> Figure:
    times = sorted(took for one in told for took in one["milliseconds"])
    claimed = [number for one in told for number in one["claimed"]]
    double = len(claimed) - len(set(claimed))
    p50, p95, p99 = (times[int(len(times) * part)] for part in (0.50, 0.95, 0.99))
    return Figure(
        name="queue.claim",
        rows=rows,
        value=p95,
        unit="ms, p95",
        limit=None,
        naive=None,
        ratio_to_limit=None,
        ratio_to_naive=None,
        target=f"p95 <= {TARGET_MS:g} ms and no double claim in {CLAIMS}",
        holds=p95 <= TARGET_MS and double == 0 and len(claimed) >= CLAIMS,
        peak_memory_mb=max(one["peak_memory_mb"] for one in told),  # type: ignore[type-var]
        more={
            "clients": CLIENTS,
            "pause_ms": PAUSE * 1000,
            "claims": len(claimed),
            "double_claims": double,
            "p50_ms": p50,
            "p99_ms": p99,
            "claims_per_s": len(claimed) / seconds,
        },
    )


def _fill(rows: int) -> None:
    """So many comments in the queue, through the intake."""
    from members.models import Member
    from moderation.intake import take_in
    from tests.benchmarks.corpus import Corpus
    from tests.standing import standing_account

    account = standing_account("facebook", "9000", name="Bayside Police")
    for n in range(CLIENTS):
        Member.objects.create_user(username=f"officer{n}", number=str(n), name=f"Officer {n}", position="officer")
    for page in Corpus(rows).read():
        take_in(account, page)


def _client(name: str, count: int) -> None:
    """One officer: claims, and takes out of the queue, `count` times."""
    import django

    django.setup()
    from django.db import connection

    from members import plainly
    from members.models import Member
    from moderation.models import QueueEntry
    from tests.benchmarks.machine import begin_memory, peak_memory

    plainly.prepares_after = 5  # as the web server has it (smu.asgi)
    officer = Member.objects.get(username=name)
    QueueEntry.objects.visible_to(officer).free_for(officer).exists()  # the connection is there
    begin_memory()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    claimed: list[int] = []
    times: list[float] = []
    for _ in range(count):
        started = time.perf_counter()
        entry = QueueEntry.claim_next(by=officer)
        times.append((time.perf_counter() - started) * 1000)
        if entry is None:
            break
        claimed.append(entry.pk)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM moderation_queueentry WHERE comment_id = %s", [entry.pk])
        time.sleep(PAUSE)
    json.dump({"claimed": claimed, "milliseconds": times, "peak_memory_mb": peak_memory()}, sys.stdout)


if __name__ == "__main__":
    _client(sys.argv[1], int(os.environ["CLAIMS"]))
