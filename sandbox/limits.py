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
        return self.used > self.limit

    @property
    def percent(self) -> int:
        return 100 * self.used // self.limit if self.limit else 100

    @property
    def seconds_left(self) -> int:
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
    used, reset_at = store.spend(account.platform, owner or account.id, bucket, units, limit, end)
    return Allowance(limit, used, reset_at)
