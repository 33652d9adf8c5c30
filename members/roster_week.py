"""A week of the roster as its page draws it: a row of quarter hours for each day, 23 or 25 hours long where it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from members.days import FIRST, LAST, midnight
from members.models import Watch
from members.roster import Span, uncovered, watches_between

QUARTER = timedelta(minutes=15)
HOURS_APART = 3  # of the marks above a day
NARROW = timedelta(hours=4)


@dataclass(frozen=True)
class Cell:
    """Some quarter hours of a lane: a watch, a gap, or nothing."""

    width: int
    watch: Watch | None = None
    gap: Gap | None = None


@dataclass(frozen=True)
class Gap:
    """Hours of one day in which nobody is on watch."""

    since: datetime
    until: datetime
    past: bool

    @property
    def hours(self) -> str:
        """From when to when by the clock on the wall; the midnight at its end is 24:00."""
        since, until = timezone.localtime(self.since), timezone.localtime(self.until)
        ends = "24:00" if until.date() > since.date() else f"{until:%H:%M}"
        return f"{since:%H:%M}–{ends}"

    @property
    def narrow(self) -> bool:
        """Whether a lane has no room for the words."""
        return self.until - self.since < NARROW

    @property
    def asks(self) -> datetime:
        """From when on somebody can still be put on watch."""
        return max(self.since, timezone.now().replace(second=0, microsecond=0))


@dataclass(frozen=True)
class ShownDay:
    """One day."""

    day: date
    since: datetime
    until: datetime
    watches: list[Watch]
    gaps: list[Gap]
    lanes: list[list[Cell]] = field(default_factory=list)

    @property
    def today(self) -> bool:
        """Whether it is today."""
        return self.day == timezone.localdate()

    @property
    def in_order(self) -> list[Watch | Gap]:
        """Its watches and gaps, by their beginning."""
        return sorted([*self.watches, *self.gaps], key=lambda one: one.since)

    @property
    def narrow_gaps(self) -> list[Gap]:
        """Those to come for which a lane has no room."""
        return [gap for gap in self.gaps if gap.narrow and not gap.past]

    @property
    def hours(self) -> int:
        """How many it has."""
        return round((self.until - self.since) / timedelta(hours=1))

    @property
    def marks(self) -> list[tuple[int, datetime]]:
        """The hours written above it, each with the quarter hours until the next."""
        step = timedelta(hours=HOURS_APART)
        at, marks = self.since, []
        while at < self.until:
            marks.append((min(step, self.until - at) // QUARTER, at))
            at += step
        return marks


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on."""

    monday: date
    days: list[ShownDay]

    @property
    def before(self) -> date | None:
        """The Monday before; None where the calendar ends."""
        return self.monday - timedelta(days=7) if self.monday - timedelta(days=7) > FIRST else None

    @property
    def after(self) -> date | None:
        """The Monday after."""
        return self.monday + timedelta(days=7) if self.monday + timedelta(days=14) < LAST else None

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.monday + timedelta(days=6)

    @property
    def watches(self) -> list[Watch]:
        """Every watch of it, once, by its beginning."""
        return list({one.pk: one for day in self.days for one in day.watches}.values())


def monday_of(asked: str) -> date:
    """The Monday of the week in which the day `asked` lies; of this one, where that is no day."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = timezone.localdate()
    if not FIRST + timedelta(days=7) < day < LAST - timedelta(days=14):
        day = timezone.localdate()
    return day - timedelta(days=day.weekday())


def week_of(monday: date) -> Week:
    """The week that begins on `monday`, with two queries."""
    bounds = [midnight(monday + timedelta(days=n)).astimezone(UTC) for n in range(8)]
    watches = watches_between(bounds[0], bounds[-1])
    open_spans = uncovered(((one.since, one.ends) for one in watches), bounds[0], bounds[-1])
    days = [
        _day(monday + timedelta(days=n), since, until, watches, open_spans)
        for n, (since, until) in enumerate(pairwise(bounds))
    ]
    return Week(monday, days)


def _day(day: date, since: datetime, until: datetime, watches: list[Watch], open_spans: list[Span]) -> ShownDay:
    own = [one for one in watches if one.since < until and one.ends > since]
    now = timezone.now()
    gaps = [Gap(max(a, since), min(b, until), b <= now) for a, b in open_spans if a < until and b > since]
    shown = ShownDay(day, since, until, own, gaps)
    shown.lanes.extend(_lane(shown, lane) for lane in _lanes(own))
    if gaps:
        shown.lanes.append(_lane(shown, gaps))
    return shown


def _lanes(watches: Iterable[Watch]) -> list[list[Watch]]:
    """The watches in as few lanes as hold them side by side."""
    lanes: list[list[Watch]] = []
    for one in watches:
        lane = next((lane for lane in lanes if lane[-1].ends <= one.since), None)
        if lane is None:
            lanes.append([one])
        else:
            lane.append(one)
    return lanes


def _lane(day: ShownDay, things: Iterable[Watch | Gap]) -> list[Cell]:
    """The cells that fill the day; each thing at least a quarter hour wide."""
    width = (day.until - day.since) // QUARTER
    cells: list[Cell] = []
    at = 0
    for thing in things:
        ends_at = thing.ends if isinstance(thing, Watch) else thing.until
        begins = min(max(at, (thing.since - day.since) // QUARTER), width - 1)
        ends = min(max(begins + 1, -((day.since - ends_at) // QUARTER)), width)
        if begins < at:
            continue  # no room is left in this lane
        if begins > at:
            cells.append(Cell(begins - at))
        watch, gap = (thing, None) if isinstance(thing, Watch) else (None, thing)
        cells.append(Cell(ends - begins, watch, gap))
        at = ends
    if at < width:
        cells.append(Cell(width - at))
    return cells
