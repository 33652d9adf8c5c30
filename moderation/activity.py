"""What a period brought and what became of it (C.6, C.11): received, addressed by level and account, and how soon.

Addressed means graded with an outcome, not answered: a level 6 is addressed when it is left standing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Min

from accounts.models import Account
from members.models.agency import agency_zone
from moderation.clocks import Clock, clock_of
from moderation.models import Appeal, Case, CommentOrder, Level, QueueEntry, Referral, Threat
from moderation.models.notices import Notice

_BY_LEVEL = """
SELECT comment.account_id, standing.level, standing.state, count(*),
    count(*) FILTER (WHERE EXISTS (
        SELECT FROM moderation_commentorder answer
        WHERE answer.comment_id = comment.id AND answer.verb = 'reply' AND answer.state = 'done'
    )), count(*) FILTER (WHERE standing.hidden)
FROM moderation_comment comment JOIN moderation_case standing ON standing.comment_id = comment.id
WHERE comment.received_at >= %s AND comment.received_at < %s AND NOT comment.ours
    AND standing.state NOT IN ('ours', 'archived') AND comment.account_id = ANY(%s)
GROUP BY 1, 2, 3
"""
_GRADED = """
SELECT comment.account_id, comment.received_at, given.at
FROM moderation_comment comment JOIN moderation_grade given ON given.comment_id = comment.id
WHERE comment.received_at >= %s AND comment.received_at < %s AND NOT comment.ours AND given.supersedes_id IS NULL
    AND comment.account_id = ANY(%s)
"""
_ANSWERED = """
SELECT comment.account_id, comment.received_at, min(answer.done_at)
FROM moderation_comment comment JOIN moderation_commentorder answer ON answer.comment_id = comment.id
WHERE comment.received_at >= %s AND comment.received_at < %s AND NOT comment.ours
    AND answer.verb = 'reply' AND answer.state = 'done' AND comment.account_id = ANY(%s)
GROUP BY comment.id
"""


@dataclass
class Row:
    """One account's, or one level's, share of a period."""

    received: int = 0
    waiting: int = 0
    outstanding: int = 0
    addressed: int = 0
    gone: int = 0  # by their authors, before they were graded: kept here
    answered: int = 0
    left_standing: int = 0  # level 6
    hidden: int = 0

    def add(self, state: str, level: int | None, count: int, answered: int, hidden: int) -> None:
        """Count `count` comments of one state and level in."""
        self.received += count
        self.waiting += count if state == Case.State.WAITING else 0
        self.outstanding += count if state == Case.State.OUTSTANDING else 0
        self.addressed += count if state == Case.State.ADDRESSED else 0
        self.gone += count if state == Case.State.GONE else 0
        self.answered += answered
        self.left_standing += count if level == Level.NEGATIVE and state == Case.State.ADDRESSED else 0
        self.hidden += hidden

    @property
    def share(self) -> float | None:
        """The percentage that was addressed, what its authors took back included; None where nothing came."""
        return 100 * (self.addressed + self.gone) / self.received if self.received else None


@dataclass
class Activity:
    """A period's figures. `oldest`: since when the oldest comment waits now, of whatever day."""

    since: datetime
    until: datetime
    total: Row = field(default_factory=Row)
    by_account: dict[Account, Row] = field(default_factory=dict)
    by_level: dict[int | None, Row] = field(default_factory=dict)
    graded: Clock = field(default_factory=Clock)
    answered: Clock = field(default_factory=Clock)
    waiting_now: int = 0
    oldest: datetime | None = None
    beside: list[tuple[str, int, str]] = field(default_factory=list)  # word, count, the page that lists them


def activity(accounts: Sequence[Account], since: datetime, until: datetime) -> Activity:
    """The figures of what came in between two moments, on these accounts. Three passes over the period's comments."""
    found = Activity(since, until, by_account={account: Row() for account in accounts})
    named = {account.pk: account for account in accounts}
    levels: dict[int | None, Row] = defaultdict(Row)
    for account_id, level, state, count, answered, hidden in _rows(_BY_LEVEL, since, until, named):
        for row in (found.total, found.by_account[named[account_id]], levels[level]):
            row.add(state, level, count, answered, hidden)
    found.by_level = {level: levels[level] for level in [*Level.values, None] if level in levels}
    zone = agency_zone()
    found.graded = clock_of(((came, at) for _, came, at in _rows(_GRADED, since, until, named)), zone)
    found.answered = clock_of(((came, at) for _, came, at in _rows(_ANSWERED, since, until, named)), zone)
    now = QueueEntry.objects.filter(account__in=accounts).aggregate(count=Count("pk"), oldest=Min("at"))
    found.waiting_now, found.oldest = now["count"], now["oldest"]
    found.beside = _beside(accounts, since, until)
    return found


def _rows(statement: str, since: datetime, until: datetime, named: dict[int, Account]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [since, until, list(named)])
        return list(cursor.fetchall())


def _beside(accounts: Sequence[Account], since: datetime, until: datetime) -> list[tuple[str, int, str]]:
    """What was done in the period, whenever its comments came."""
    within = {"comment__account__in": accounts}
    hides = CommentOrder.objects.filter(account__in=accounts, done_at__gte=since, done_at__lt=until, state="done")
    return [
        ("Threats raised", Threat.objects.filter(**within, raised_at__range=(since, until)).count(), "threats"),
        ("Threats not yet decided", Threat.objects.filter(**within).undecided().count(), "threats"),
        ("Comments hidden", hides.filter(verb="hide").count(), "records"),
        ("Comments shown again", hides.filter(verb="unhide").count(), "records"),
        ("Notices to posters", Notice.objects.filter(**within, at__range=(since, until)).count(), "records"),
        ("Referrals opened", Referral.objects.filter(**within, opened_at__range=(since, until)).count(), "referrals"),
        ("Appeals received", Appeal.objects.filter(**within, received_at__range=(since, until)).count(), "appeals"),
    ]
