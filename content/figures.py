"""Figures of content (C.3, C.4, C.9): the mix of purposes, how long a post takes, days without content, per account."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import Account
from content.models import Campaign, Item, Publication, PublicationOrder, Purpose
from members.days import midnight

LONGEST = timedelta(days=400)  # a period that is reckoned at once


@dataclass(frozen=True)
class Share:
    """One purpose: how many were published, and how many of a hundred that is."""

    purpose: str
    word: str
    count: int
    of_hundred: int


@dataclass(frozen=True)
class OfAccount:
    """What went out on one account."""

    account: Account
    published: int
    failed: int
    by_hand: int
    last_at: datetime | None


@dataclass(frozen=True)
class Figures:
    """What was published within a period; `hours` from draft to published, the middle one; None where nothing was."""

    since: date
    until: date
    published: int
    mix: list[Share]
    hours: float | None
    longest_hours: float | None
    empty_days: list[date]
    days: int
    accounts: list[OfAccount]


def of_period(since: date, until: date) -> Figures:
    """The figures from the first day to the last, in the agency's zone. Days to come are not reckoned as empty."""
    items = Item.objects.filter(
        state=Item.State.PUBLISHED, published_at__gte=midnight(since), published_at__lt=midnight(until + timedelta(1))
    )
    taken = [
        (out - begun).total_seconds() / 3600 for begun, out in items.values_list("created_at", "published_at") if out
    ]
    filled = days_with_content(since, until)
    past = _days(since, min(until, timezone.localdate()))
    return Figures(
        since=since,
        until=until,
        published=len(taken),
        mix=_mix(Counter(items.values_list("purpose", flat=True))),
        hours=median(taken) if taken else None,
        longest_hours=max(taken, default=None),
        empty_days=[day for day in past if day not in filled],
        days=len(past),
        accounts=_accounts(since, until),
    )


def days_with_content(since: date, until: date) -> set[date]:
    """The days on which something was published on an account, by an item or as a single post."""
    done = PublicationOrder.objects.filter(
        state=PublicationOrder.State.DONE,
        publication__does=Publication.Does.PUBLISH,
        done_at__gte=midnight(since),
        done_at__lt=midnight(until + timedelta(1)),
    )
    items = Item.objects.filter(published_at__gte=midnight(since), published_at__lt=midnight(until + timedelta(1)))
    zone = timezone.get_current_timezone()
    found = set(done.order_by().values_list(TruncDate("done_at", tzinfo=zone), flat=True).distinct())
    return found | set(items.order_by().values_list(TruncDate("published_at", tzinfo=zone), flat=True).distinct())


def filled_days(since: date, until: date) -> set[date]:
    """The days on which something was published, or is planned: the others are days without content (C.9)."""
    planned = Item.objects.under_way().filter(
        published_at=None, starts_at__gte=midnight(since), starts_at__lt=midnight(until + timedelta(1))
    )
    found = {timezone.localtime(at).date() for at in planned.values_list("starts_at", flat=True) if at}
    return found | days_with_content(since, until)


def _days(since: date, until: date) -> list[date]:
    return [since + timedelta(days=count) for count in range((until - since).days + 1)]


def _mix(counted: Counter[str]) -> list[Share]:
    whole = sum(counted.values())
    return [
        Share(value, str(word), counted[value], round(100 * counted[value] / whole) if whole else 0)
        for value, word in Purpose.choices
    ]


def _accounts(since: date, until: date) -> list[OfAccount]:
    orders = PublicationOrder.objects.filter(
        publication__does=Publication.Does.PUBLISH,
        created_at__gte=midnight(since),
        created_at__lt=midnight(until + timedelta(1)),
    )
    states = PublicationOrder.State
    counted = {
        row["account"]: row
        for row in orders.values("account")
        .order_by()
        .annotate(
            done=Count("pk", filter=Q(state=states.DONE)),
            failed=Count("pk", filter=Q(state=states.FAILED)),
            by_hand=Count("pk", filter=Q(state=states.BY_HAND)),
        )
    }
    last = dict(
        PublicationOrder.objects.filter(state=states.DONE, publication__does=Publication.Does.PUBLISH)
        .order_by("account", "done_at")
        .values_list("account", "done_at")
    )
    none = {"done": 0, "failed": 0, "by_hand": 0}
    found = []
    for account in Account.objects.open().order_by("platform", "name"):
        row = counted.get(account.pk, none)
        found.append(OfAccount(account, row["done"], row["failed"], row["by_hand"], last.get(account.pk)))
    return found


@dataclass(frozen=True)
class OfCampaign:
    """What stands in a campaign: items by where they are on their road, and the days that had one."""

    states: list[tuple[str, int]]
    published: int
    days: int
    mix: list[Share]


def of_campaign(campaign: Campaign) -> OfCampaign:
    """The figures of its items."""
    items = campaign.items.order_by()
    counted = Counter(items.values_list("state", flat=True))
    out = items.filter(state=Item.State.PUBLISHED)
    zone = timezone.get_current_timezone()
    return OfCampaign(
        states=[(str(word), counted[value]) for value, word in Item.State.choices if counted[value]],
        published=counted[Item.State.PUBLISHED],
        days=out.values(day=TruncDate("published_at", tzinfo=zone)).distinct().count(),
        mix=[share for share in _mix(Counter(out.values_list("purpose", flat=True))) if share.count],
    )
