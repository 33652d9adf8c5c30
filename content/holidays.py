"""Days of the year that content keeps in mind: federal holidays, and those that a department speaks of."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

FIXED = {
    (1, 1): "New Year’s Day",
    (5, 15): "Peace Officers Memorial Day",
    (6, 19): "Juneteenth",
    (7, 4): "Independence Day",
    (9, 11): "September 11",
    (10, 31): "Halloween",
    (11, 11): "Veterans Day",
    (12, 24): "Christmas Eve",
    (12, 25): "Christmas Day",
    (12, 31): "New Year’s Eve",
}
# Which one of a month: month, weekday (Monday is 0), and the first, second … or last (-1) of them.
MOVING = (
    (1, 0, 3, "Martin Luther King Jr. Day"),
    (2, 0, 3, "Presidents’ Day"),
    (5, 6, 2, "Mother’s Day"),
    (5, 0, -1, "Memorial Day"),
    (6, 6, 3, "Father’s Day"),
    (8, 1, 1, "National Night Out"),
    (9, 0, 1, "Labor Day"),
    (10, 0, 2, "Columbus Day"),
    (11, 3, 4, "Thanksgiving"),
)


def of_year(year: int) -> dict[date, str]:
    """The days of `year` with their names."""
    found = {date(year, month, day): name for (month, day), name in FIXED.items()}
    for month, weekday, which, name in MOVING:
        found[_nth(year, month, weekday, which)] = name
    return found


def between(since: date, until: date) -> dict[date, str]:
    """Those from the first day to the last."""
    years = range(since.year, until.year + 1)
    return {day: name for year in years for day, name in of_year(year).items() if since <= day <= until}


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    if which < 0:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
