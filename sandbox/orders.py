"""Orders of the control API that wait to be met, faults and recorded bodies, and the log of what was asked."""

import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from sandbox.store import Store

KEPT_REQUESTS = 10_000


@dataclass(frozen=True)
class Fault:
    """An ordered misbehaviour for the next `times` answers of a call."""

    id: int
    platform: str
    call: str
    fault: str
    times: int
    seconds: float | None
    reset: int | None


def add_fault(store: Store, order: dict[str, Any]) -> int:
    """Keeps a fault until it is used up; returns its id."""
    sql = "INSERT INTO faults (platform, call, fault, times, seconds, reset) VALUES (?, ?, ?, ?, ?, ?)"
    return store.write(sql, [order.get(name) for name in ("platform", "call", "fault", "times", "seconds", "reset")])


def take_fault(store: Store, platform: str, call: str) -> Fault | None:
    """The oldest fault ordered for this call, used up by one."""
    sql = "SELECT * FROM faults WHERE platform IN (?, '*') AND call IN (?, '*') AND times > 0 ORDER BY id LIMIT 1"
    with store.together():
        found = store.rows(sql, (platform, call))
        if not found:
            return None
        store.write("UPDATE faults SET times = times - 1 WHERE id = ?", (found[0]["id"],))
    return Fault(**dict(found[0]))


def take_recorded(store: Store, platform: str, call: str) -> sqlite3.Row | None:
    """The oldest recorded body ordered for this call, used up by one."""
    sql = "SELECT * FROM recorded WHERE platform = ? AND call = ? AND times > 0 ORDER BY id LIMIT 1"
    with store.together():
        found = store.rows(sql, (platform, call))
        if not found:
            return None
        store.write("UPDATE recorded SET times = times - 1 WHERE id = ?", (found[0]["id"],))
    return found[0]


def log(store: Store, platform: str, call: str, method: str, path: str, status: int) -> None:
    """Counts a call and remembers it among the recent requests; the path has no query, so no token is kept."""
    counted = "INSERT INTO calls VALUES (?, ?, 1) ON CONFLICT (platform, call) DO UPDATE SET n = n + 1"
    seen = "INSERT INTO requests (at, platform, call, method, path, status) VALUES (?, ?, ?, ?, ?, ?)"
    with store.together():
        store.write(counted, (platform, call))
        n = store.write(seen, (time.time(), platform, call, method, path, status))
        store.write("DELETE FROM requests WHERE n <= ?", (n - KEPT_REQUESTS,))
