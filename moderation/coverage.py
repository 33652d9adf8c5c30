"""Coverage (S.O.P. 4, “not monitored at all times”; C.11): by account and hour, who was on watch, whether the account
was read, what came and what waited. Gaps are stated, not hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.models import Q, Sum
from django.utils import timezone

from accounts.models import Account
from accounts.models.tallies import Blindness, CallTally
from members.days import midnight
from members.roster import watches_between
from moderation.models import QueueEntry

HOUR = timedelta(hours=1)
BACK = 31  # days that can be looked back at
READING = Q(call__startswith="list_")  # as the clients name their calls

# What came to be graded and what left the queue by its first grade, hour by hour since the day began.
_MOVED = """
SELECT account_id, date_trunc('hour', at, 'UTC'), sum(came), sum(went) FROM (
    SELECT comment.account_id, comment.received_at AS at, 1 AS came, 0 AS went
    FROM moderation_comment comment JOIN moderation_case standing ON standing.comment_id = comment.id
    WHERE comment.received_at >= %s AND NOT comment.ours AND standing.state NOT IN ('ours', 'archived')
        AND comment.account_id = ANY(%s)
    UNION ALL
    SELECT comment.account_id, given.at, 0, 1
    FROM moderation_grade given JOIN moderation_comment comment ON comment.id = given.comment_id
    WHERE given.at >= %s AND given.supersedes_id IS NULL AND comment.account_id = ANY(%s)
) moved GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Cell:
    """One account in one hour. `waiting`: at its end; None for an hour that has not ended."""

    came: int
    waiting: int | None
    calls: int
    blind: bool  # it could not be read for some of the hour

    @property
    def tone(self) -> str:
        """How the hour is drawn."""
        if self.waiting is None:
            return ""
        return "bad" if self.blind else "good" if self.calls else "warn"

    @property
    def word(self) -> str:
        """Whether it was read, in words: colour is not enough."""
        if self.waiting is None:
            return "to come"
        return "not read" if self.blind else "read" if self.calls else "no reading counted"

    @property
    def short(self) -> str:
        """What came and what waited, as the grid shows it: a dash where nothing did."""
        if self.waiting is None:
            return str(self.came or "–")
        return f"{self.came} / {self.waiting}" if self.came or self.waiting else "–"

    @property
    def says(self) -> str:
        """The same in words, with whether it was read."""
        if self.waiting is None:
            return f"{self.came} came so far" if self.came else "to come"
        return f"{self.word}; {self.came} came, {self.waiting} waited"


@dataclass(frozen=True)
class Hour:
    """One hour of the day: who was on watch, and whether somebody was all the while."""

    begins: datetime
    watchers: tuple[str, ...]
    covered: bool


@dataclass(frozen=True)
class Coverage:
    """A day's grid."""

    day: date
    hours: list[Hour]
    rows: list[tuple[Account, list[Cell]]]

    @property
    def unwatched(self) -> int:
        """Hours in which nobody was on watch for some of the time."""
        return sum(not hour.covered for hour in self.hours)

    @property
    def blind(self) -> int:
        """Hours of accounts that could not be read."""
        return sum(cell.blind for _, cells in self.rows for cell in cells)


def coverage(accounts: Sequence[Account], day: date) -> Coverage:
    """The grid of a day in the agency's zone, at most BACK days ago. A handful of queries, whatever the accounts."""
    # In UTC, where an hour is an hour on the nights on which the clocks change too.
    begins, ends = (midnight(one).astimezone(UTC) for one in (day, day + timedelta(days=1)))
    marks = [begins + number * HOUR for number in range(int((ends - begins) / HOUR))]
    calls, blind, moved = _calls(accounts, begins, ends), _blind(accounts, begins), _moved(accounts, begins)
    return Coverage(
        day,
        _hours(marks),
        [(account, _cells(account.pk, marks, calls, blind[account.pk], moved)) for account in accounts],
    )


def _hours(marks: Sequence[datetime]) -> list[Hour]:
    watches = watches_between(marks[0], marks[-1] + HOUR) if marks else []
    hours = []
    for mark in marks:
        here = [one for one in watches if one.since < mark + HOUR and one.ends > mark]
        at = mark
        for one in sorted(here, key=lambda watch: watch.since):
            if one.since <= at:
                at = max(at, one.ends)
        hours.append(Hour(mark, tuple(dict.fromkeys(one.member.name for one in here)), at >= mark + HOUR))
    return hours


def _calls(accounts: Sequence[Account], begins: datetime, ends: datetime) -> dict[tuple[int, datetime], int]:
    """Readings that went well, by account and hour."""
    rows = CallTally.objects.filter(READING, account__in=accounts, hour__gte=begins, hour__lt=ends)
    told = rows.values_list("account_id", "hour").annotate(calls=Sum("calls"), errors=Sum("errors"))
    return {(account, hour): calls - errors for account, hour, calls, errors in told}


def _blind(accounts: Sequence[Account], begins: datetime) -> dict[int, list[Blindness]]:
    found: dict[int, list[Blindness]] = defaultdict(list)
    for one in Blindness.objects.since(begins).filter(account__in=accounts):
        found[one.account_id].append(one)
    return found


def _moved(accounts: Sequence[Account], begins: datetime) -> dict[int, dict[datetime, tuple[int, int]]]:
    found: dict[int, dict[datetime, tuple[int, int]]] = defaultdict(dict)
    numbers = [account.pk for account in accounts]
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [begins, numbers, begins, numbers])
        for account, hour, came, went in cursor.fetchall():
            found[account][hour] = (int(came), int(went))
    return found


def _cells(
    account: int,
    marks: Sequence[datetime],
    calls: dict[tuple[int, datetime], int],
    blind: Sequence[Blindness],
    moved: dict[int, dict[datetime, tuple[int, int]]],
) -> list[Cell]:
    """The account's hours. What waited at an hour's end: what waits now, less what came since, and what went since."""
    now, mine = timezone.now(), moved[account]
    waiting_now = QueueEntry.objects.filter(account=account).count()
    cells = []
    for mark in marks:
        ends = mark + HOUR
        since = [(came, went) for hour, (came, went) in mine.items() if hour >= ends]
        waiting = waiting_now - sum(came for came, _ in since) + sum(went for _, went in since)
        dark = any(one.since < min(ends, now) and (one.until is None or one.until > mark) for one in blind)
        cells.append(
            Cell(
                came=mine.get(mark, (0, 0))[0],
                waiting=max(0, waiting) if ends <= now else None,
                calls=calls.get((account, mark), 0),
                blind=dark and mark < now,
            )
        )
    return cells
