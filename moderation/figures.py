"""What moderation tells of an account to its page (settings.ACCOUNT_FIGURES): what waits, failed, is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse

from accounts.figures import Figure
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
