"""The chart of an account's last 24 hours, as paths of an SVG that the server draws: no script, no style in the page.

Two panels, one over the other: what came in, and the calls with those among them that failed. Hours in which the
account could not be read lie behind both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.hours import HOURS, Hours

STEP, GAP = 20, 3  # of one hour, and of the space between two bars
WIDTH = HOURS * STEP
PANEL, BETWEEN = 44, 10
NEW_FLOOR = PANEL  # where the bars of what came in stand
CALLS_FLOOR = 2 * PANEL + BETWEEN
HEIGHT = CALLS_FLOOR + 1


@dataclass(frozen=True)
class Chart:
    """Paths, and what each scale ends at."""

    blind: str
    new: str
    calls: str
    errors: str
    most_new: int
    most_calls: int
    marks: list[tuple[int, str]]  # x, and the hour on the agency's clocks
    width: int = WIDTH
    height: int = HEIGHT
    new_floor: int = NEW_FLOOR
    calls_floor: int = CALLS_FLOOR


def drawn(hours: Hours, clock: str = "%H:%M") -> Chart:
    """The chart of `hours`."""
    most_new = max([hour.new for hour in hours.hours], default=0)
    most_calls = max([hour.calls for hour in hours.hours], default=0)
    return Chart(
        blind=_blind(hours),
        new=_bars((hour.new for hour in hours.hours), most_new, NEW_FLOOR),
        calls=_bars((hour.calls for hour in hours.hours), most_calls, CALLS_FLOOR),
        errors=_bars((hour.errors for hour in hours.hours), most_calls, CALLS_FLOOR),
        most_new=most_new,
        most_calls=most_calls,
        marks=[
            (number * STEP, timezone.localtime(hours.hours[number].at).strftime(clock)) for number in range(0, HOURS, 6)
        ],
    )


def _bars(values: Iterable[int], most: int, floor: int) -> str:
    """One path for all bars; what is more than nothing is never drawn as nothing."""
    bars = []
    for number, value in enumerate(values):
        if value:
            tall = max(2, round(PANEL * min(value, most) / most))
            bars.append(f"M{number * STEP + GAP} {floor}v-{tall}h{STEP - GAP}v{tall}z")
    return "".join(bars)


def _blind(hours: Hours) -> str:
    """To the minute, at least as wide as is seen."""
    parts = []
    for since, until in hours.blind:
        left = STEP * ((since - hours.since) / timedelta(hours=1))
        wide = max(2.0, STEP * ((until - since) / timedelta(hours=1)))
        parts.append(f"M{left:.1f} 0h{wide:.1f}v{HEIGHT}h-{wide:.1f}z")
    return "".join(parts)
