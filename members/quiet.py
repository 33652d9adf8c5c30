"""Quiet hours and the daily digest: when something that can wait may be told, in the agency's zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def is_quiet(at: datetime, since: time | None, until: time | None, zone: ZoneInfo) -> bool:
    """Whether the clock on the wall stands between `since` and `until` at `at`; the span may reach over midnight."""
    if since is None or until is None or since == until:
        return False
    clock = at.astimezone(zone).time()
    return since <= clock < until if since < until else clock >= since or clock < until


def end_of_quiet(at: datetime, since: time | None, until: time | None, zone: ZoneInfo) -> datetime:
    """`at` itself, when it is not quiet then, else the first full minute that is not.

    It walks there by minutes. The nights when the clock is changed have hours twice or not at all, and an `until` that
    no clock shows; walking needs no rule for them.
    """
    if not is_quiet(at, since, until, zone):
        return at
    minute = at.astimezone(UTC).replace(second=0, microsecond=0) + MINUTE
    while is_quiet(minute, since, until, zone):
        minute += MINUTE
    return minute


def next_digest(at: datetime, digest_at: time, zone: ZoneInfo) -> datetime:
    """The next moment after `at` when the clock on the wall shows `digest_at`.

    Where that hour is left out it is the same time by the old clock, where it comes twice the first of the two.
    """
    local = at.astimezone(zone)
    for days in range(2):
        found = datetime.combine(local.date() + timedelta(days), digest_at, zone).astimezone(UTC)
        if found > at:
            return found
    return found
