"""How much a caller may still ask: real counting of calls or units in the platform's own window."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.store import Account, Store


@dataclass(frozen=True)
class Allowance:
    """What a window allows, what is used of it, and when it ends (unix seconds)."""

    limit: int
    used: int
    reset_at: float

    @property
    def passed(self) -> bool:
        """Whether the call at hand is one too many."""
        return self.used > self.limit

    @property
    def percent(self) -> int:
        """What is used, of a hundred."""
        return 100 * self.used // self.limit if self.limit else 100

    @property
    def seconds_left(self) -> int:
        """How long the window still lasts."""
        return max(1, round(self.reset_at - time.time()))


def spend(
    store: Store,
    account: Account,
    call: str,
    *,
    default: int,
    window_end: Callable[[float], float],
    owner: str | None = None,
    units: int = 1,
    shared: bool = True,
) -> Allowance:
    """Counts a call against the account's own `rate_limit` for it, for "*", or the platform's default, in that order.

    `shared` says that the default counts all calls together; else it counts each call by itself.
    """
    own = account.data.get("rate_limit") or {}
    limit = int(own.get(call, own.get("*", default)))
    bucket = call if call in own or not (shared or "*" in own) else "*"
    end = window_end(time.time())
    used, reset_at = _add(store, (account.platform, owner or account.id, bucket), units, limit, end)
    return Allowance(limit, used, reset_at)


def _add(store: Store, key: tuple[str, str, str], units: int, limit: int, end: float) -> tuple[int, float]:
    """Adds to a bucket unless that would pass the limit; returns what is used, or would be, and when the window ends.

    A new window, up to `end`, begins with the first call after the last one ended.
    """
    with store.together():
        sql = "SELECT used, reset_at FROM usage WHERE platform = ? AND owner = ? AND bucket = ?"
        found = store.rows(sql, key)
        used, until = (found[0]["used"], found[0]["reset_at"]) if found else (0, 0.0)
        if until <= time.time():
            used, until = 0, end
        if used + units <= limit:
            store.write("INSERT OR REPLACE INTO usage VALUES (?, ?, ?, ?, ?)", (*key, used + units, until))
        return used + units, until
