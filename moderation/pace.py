"""How soon an account is read again: by its activity, what is left of the platform's limits, and what failed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import Account, PlatformLimit
from accounts.models.polling import RESERVE, UNITS
from accounts.platforms.youtube_api import UNITS_A_DAY

# When something new came less than so long ago: the account is read again after so many seconds.
TIERS = ((timedelta(minutes=10), 12), (timedelta(hours=1), 30), (timedelta(days=1), 60))
QUIET = timedelta(seconds=120)
FIRST_FAILURE, LONGEST_BACK_OFF = timedelta(seconds=30), timedelta(minutes=15)

SPARING, SPENT = 75, 90  # percent of a limit used: from here polls are four times rarer; from here left to officers
SPARING_FACTOR = 4
UNKNOWN_RESET = timedelta(minutes=15)
FEW = 2  # calls left in a window


def pause_until(account: Account, now: datetime) -> datetime | None:
    """Until when the account must not be read: the platform asked for a pause, or little is left of a limit."""
    asked = PlatformLimit.pause_of(account, "*")
    # A quota of uploads is no reason not to read.
    reading = _standing(account, now).exclude(call__startswith="publish_")
    used = reading.filter(Q(used__gt=SPENT) | Q(call__startswith="list_", remaining__lte=FEW))
    ends = [limit.resets_at or limit.seen_at + UNKNOWN_RESET for limit in used]
    return max([*ends, *([asked] if asked else [])], default=None)


def rest(account: Account, last_new_at: datetime | None, now: datetime, *, spent: int = 0) -> timedelta:
    """How long the account is left in peace after a poll that went well and cost `spent` units of a daily quota."""
    quiet_for = now - last_new_at if last_new_at else timedelta.max
    wait = next((timedelta(seconds=seconds) for limit, seconds in TIERS if quiet_for < limit), QUIET)
    for limit in _standing(account, now).exclude(call__startswith="publish_"):
        if limit.used is not None and limit.used > SPARING:
            wait *= SPARING_FACTOR
        if spent and limit.call == UNITS and limit.remaining is not None and limit.resets_at:
            others, elsewhere = _project(account, limit)
            units = limit.remaining - elsewhere - RESERVE
            wait = max(wait, _share(limit.resets_at - now, units, spent * (others + 1)))
    return wait


def _project(account: Account, limit: PlatformLimit) -> tuple[int, int]:
    """How many other accounts draw on the same quota, and what they spent of it: Google gives one to each project."""
    client_id = account.credential.client_id
    if not client_id:
        return 0, 0
    others = PlatformLimit.objects.filter(call=limit.call, resets_at=limit.resets_at).exclude(account=account)
    others = others.filter(account__platform=account.platform, account__credential__client_id=client_id)
    left = list(others.values_list("remaining", flat=True))
    return len(left), sum(UNITS_A_DAY - one for one in left if one is not None)


def _share(left: timedelta, units: int, spent: int) -> timedelta:
    """How far apart polls of `spent` units each must be for `units` to last."""
    return min(left, left * spent / units) if units > 0 else left


def back_off(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: half a minute, doubled each time, at most a quarter hour."""
    doublings = min(failures - 1, 10)
    return min(FIRST_FAILURE * (1 << doublings), LONGEST_BACK_OFF)


def _standing(account: Account, now: datetime) -> QuerySet[PlatformLimit]:
    """What was said of the account's limits and still holds."""
    recent = Q(resets_at__isnull=True, seen_at__gt=now - UNKNOWN_RESET)
    return PlatformLimit.objects.filter(recent | Q(resets_at__gt=now), account=account)
