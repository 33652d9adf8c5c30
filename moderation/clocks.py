"""Response clocks: how long the public waited, around the clock and by office hours (D.1: Monday to Friday, 9 to 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(9), time(17)  # Tab D
_DAY = 3600.0 * (CLOSES.hour - OPENS.hour)
_WEEK = 5 * _DAY


def office_seconds(since: datetime, until: datetime, zone: ZoneInfo) -> float:
    """The seconds of office hours between two moments, by the clocks on the wall of `zone`; never less than none."""
    return max(0.0, _elapsed(until.astimezone(zone)) - _elapsed(since.astimezone(zone)))


def is_open(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the office is open at a moment."""
    local = moment.astimezone(zone)
    return local.weekday() < 5 and OPENS <= local.time() < CLOSES


def _elapsed(local: datetime) -> float:
    """Office seconds from a Monday long ago until `local`."""
    weeks, weekday = divmod(local.toordinal() - 1, 7)  # the first day of the calendar was a Monday
    if weekday > 4:
        return (weeks + 1) * _WEEK
    at = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second) - timedelta(hours=OPENS.hour)
    return weeks * _WEEK + weekday * _DAY + min(max(at.total_seconds(), 0.0), _DAY)


@dataclass(frozen=True)
class Clock:
    """How long something took: how often it was done, and for the half and for all but one in twenty, in seconds."""

    count: int = 0
    half: float | None = None
    most: float | None = None
    office_half: float | None = None
    office_most: float | None = None


def clock_of(spans: Iterable[tuple[datetime, datetime]], zone: ZoneInfo) -> Clock:
    """The clock over spans of (came, was done)."""
    pairs = list(spans)
    if not pairs:
        return Clock()
    all_day = sorted(max(0.0, (done - came).total_seconds()) for came, done in pairs)
    office = sorted(office_seconds(came, done, zone) for came, done in pairs)
    return Clock(len(pairs), _at(all_day, 0.5), _at(all_day, 0.95), _at(office, 0.5), _at(office, 0.95))


def _at(ordered: Sequence[float], share: float) -> float:
    """The value that `share` of them do not exceed."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
