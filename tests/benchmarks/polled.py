"""A unit that polls, as it runs: sandbox, beat, workers and reconciler as processes; what was read when, and asked."""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from smu.stack.environment import any_port, python, sandbox_addresses
from smu.stack.postgres import APP, SUPERUSER
from smu.stack.service import Service
from smu.stack.unit import answers
from tests.benchmarks.machine import Machine

WORKERS = 2
OFF_THE_RECORD = "benchmark"  # the accounts' token and the client's secret
# Each change of a PollState, written down by the database itself: a claim overwrites when the account was due.
WATCH = """
CREATE TABLE poll_watch (account_id bigint, next_at timestamptz, lease_until timestamptz, began timestamptz,
  failures integer, at timestamptz DEFAULT clock_timestamp());
CREATE FUNCTION watch_poll() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  INSERT INTO public.poll_watch
  VALUES (NEW.account_id, NEW.next_at, NEW.lease_until, NEW.last_started_at, NEW.failures); RETURN NULL; END $$;
CREATE TRIGGER watch_poll AFTER INSERT OR UPDATE ON accounts_pollstate FOR EACH ROW EXECUTE FUNCTION watch_poll();
"""


@dataclass
class Read:
    """One reading of one account: when it was to begin, when it began, how long it was to be left in peace before."""

    account: int
    due: datetime
    began: datetime
    interval: float

    @property
    def late(self) -> float:
        """Seconds after it was due."""
        return (self.began - self.due).total_seconds()


@dataclass
class Polled:
    """The unit's processes and the sandbox's control."""

    machine: Machine
    control: httpx.Client
    environment: dict[str, str]
    seen: int = 0  # the last request of the sandbox's log that was looked at
    calls: list[dict[str, Any]] = field(default_factory=list)

    def told(self, method: str, path: str, order: Any = None) -> Any:
        """What the sandbox answers to an order."""
        answer = self.control.request(method, path, content=None if order is None else json.dumps(order))
        answer.raise_for_status()
        return answer.json()

    def look_at_calls(self) -> list[dict[str, Any]]:
        """The requests that came since the last look: the sandbox keeps ten thousand."""
        fresh: list[dict[str, Any]] = self.told("GET", f"/calls?since={self.seen}")
        self.seen = fresh[-1]["n"] if fresh else self.seen
        self.calls += fresh
        return fresh

    def watch(self) -> None:
        """From now on every change of a PollState is written down."""
        with self.machine.cluster.connection(SUPERUSER, "ours") as connection:
            for statement in WATCH.split("\n\n"):
                connection.execute(statement)  # type: ignore[arg-type]  # ours, no input

    def reads(self, until: float) -> tuple[list[Read], list[float]]:
        """The readings that began before `until`, and of those that did not, for how many seconds they were due."""
        with self.machine.cluster.connection(SUPERUSER, "ours") as connection:
            query = "SELECT account_id, next_at, lease_until, began, at FROM poll_watch ORDER BY at"
            rows = connection.execute(query).fetchall()
        found: list[Read] = []
        due: dict[int, tuple[datetime, float]] = {}
        begun: dict[int, datetime] = {}
        for account, next_at, lease_until, began, at in rows:
            if began is not None and began != begun.get(account) and began.timestamp() < until:
                begun[account] = began
                if account in due:
                    found.append(Read(account, due[account][0], began, due[account][1]))
                    del due[account]
            if lease_until is None and at.timestamp() < until:
                due[account] = (next_at, (next_at - at).total_seconds())
        return found, [until - at.timestamp() for at, _ in due.values()]

    def ended(self) -> dict[int, Counter[str]]:
        """How many readings of each account went well and how many failed."""
        with self.machine.cluster.connection(SUPERUSER, "ours") as connection:
            rows = connection.execute(
                "SELECT account_id, failures FROM poll_watch WHERE lease_until IS NULL"
            ).fetchall()
        told: dict[int, Counter[str]] = defaultdict(Counter)
        for account, failures in rows:
            told[account]["failed" if failures else "well"] += 1
        return told


@contextmanager
def polled(machine: Machine) -> Iterator[Polled]:
    """Within, the sandbox answers, and the database has every table and no row; the unit's processes come `at_work`."""
    machine.fresh("ours")
    port = any_port()
    environment = {
        **os.environ,
        **sandbox_addresses(port),
        "DJANGO_SETTINGS_MODULE": "smu.settings",
        "DATABASE_URL": machine.cluster.url(APP, "ours"),
    }
    state = machine.places.data / f"sandbox-{port}.sqlite3"
    sandbox = Service("sandbox", python("-m", "sandbox", "--port", str(port), "--state", str(state)), environment)
    sandbox.answers = functools.partial(answers, f"http://127.0.0.1:{port}/_sandbox/health")
    with running(machine, sandbox), httpx.Client(base_url=f"http://127.0.0.1:{port}/_sandbox", timeout=60) as control:
        yield Polled(machine, control, environment)


@contextmanager
def at_work(unit: Polled, *, urgent: bool = False) -> Iterator[list[Service]]:
    """Within, two workers of eight threads and beat run as in `make run`; if asked, also what carries orders out."""
    celery = python("-m", "celery", "-A", "smu")
    schedule = unit.machine.places.data / "beat-schedule"
    schedule.unlink(missing_ok=True)
    words = ["worker", "-l", "INFO", "-P", "threads", "--without-gossip", "--without-mingle"]
    commands = {
        f"ordinary{n}": [*celery, *words, "-Q", "ordinary", "-c", "8", "-n", f"ordinary{n}@%h"] for n in range(WORKERS)
    }
    if urgent:
        commands["urgent"] = [*celery, *words, "-Q", "urgent", "-c", "4", "-n", "urgent@%h"]
        commands["reconciler"] = python("manage.py", "reconcile")
    commands["beat"] = [*celery, "beat", "-l", "INFO", "-s", str(schedule), "--pidfile="]
    services = [Service(name, command, unit.environment) for name, command in commands.items()]
    for service in services:
        signs = {"beat": b"beat: Starting...", "reconciler": None}
        sign = signs.get(service.name, b" ready.")
        service.answers = functools.partial(service.logged, sign) if sign else None
    with running(unit.machine, *services):
        yield services


@contextmanager
def running(machine: Machine, *services: Service) -> Iterator[None]:
    """Within, all of these answer."""
    try:
        for service in services:
            service.log = machine.places.logs / f"{service.name}.log"
            service.spawn()
        until = time.monotonic() + 120
        while not all(service.is_ready() for service in services):
            for service in services:
                if service.poll() is not None or time.monotonic() > until:
                    sys.exit(f"{service.name} does not answer:\n{service.last_words()}")
            time.sleep(0.1)
        yield
    finally:
        for service in reversed(services):
            service.ask_to_stop()
        for service in services:
            service.see_ended()


def load() -> str:
    """What else the machine does, as it says itself."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def seconds(default: int) -> int:
    """How long to measure: BENCH_SECONDS, else as is said."""
    return int(os.environ.get("BENCH_SECONDS", default))
