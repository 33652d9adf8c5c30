"""What moderation tells of an account (settings.ACCOUNT_FIGURES, ACCOUNT_DAYS): its backlog, and what came in a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, QuerySet
from django.urls import reverse

from accounts.figures import Day, Figure
from accounts.models import Account
from members.models import Member
from moderation.models import CommentOrder, QueueEntry, SetAside


def of_accounts(accounts: Sequence[Account], member: Member) -> dict[int, list[Figure]]:
    """The backlog, the orders that need a person, and the items set aside, of each account."""
    waiting = QueueEntry.objects.visible_to(member).filter(account__in=accounts).order_by().values("account")
    backlog = {
        row["account"]: (row["count"], row["oldest"]) for row in waiting.annotate(count=Count("pk"), oldest=Min("at"))
    }
    stuck = _counts(CommentOrder.objects.filter(account__in=accounts, state__in=["failed", "by_hand"]))
    aside = _counts(SetAside.objects.visible_to(member).filter(account__in=accounts))
    figures = {}
    for account in accounts:
        count, oldest = backlog.get(account.pk, (0, None))
        queue = f"{reverse('queue')}?account={account.pk}"
        figures[account.pk] = [
            Figure("comments waiting", count, queue, oldest),
            Figure("orders for a person", stuck.get(account.pk, 0), warn=account.pk in stuck),
            Figure("items set aside", aside.get(account.pk, 0), f"{reverse('set_aside')}?account={account.pk}"),
        ]
    return figures


def _counts(rows: QuerySet[Any]) -> dict[int, int]:
    return {row["account"]: row["count"] for row in rows.order_by().values("account").annotate(count=Count("pk"))}


# What was archived when it came (an account with a past, ruling 8) says nothing of how fast things come in.
_DAY = """
WITH came AS MATERIALIZED (
    SELECT account_id, date_trunc('hour', received_at, 'UTC') AS hour, posted_at,
        CASE WHEN posted_at > received_at - make_interval(days => %s)
            THEN greatest(extract(epoch FROM received_at - posted_at), 0) END AS late
    FROM moderation_comment WHERE received_at >= %s AND account_id = ANY(%s) AND NOT ours
)
SELECT account_id, hour, count(*), max(posted_at),
    percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY late) FILTER (WHERE late IS NOT NULL)
FROM came GROUP BY GROUPING SETS ((account_id, hour), (account_id))
"""


def of_the_day(accounts: Sequence[Account], since: datetime) -> dict[int, Day]:
    """What came in since `since`: one query for all accounts."""
    days = {account.pk: Day() for account in accounts}
    with connection.cursor() as cursor:
        cursor.execute(_DAY, [settings.QUEUE_CUT_OFF_DAYS, since, list(days)])
        for key, hour, count, newest, late in cursor.fetchall():
            if hour is not None:
                days[key].by_hour[hour] = count
            else:
                days[key].newest = newest
                days[key].late_half, days[key].late_most = late or (None, None)
    return days
