"""Followers and posts of each account, counted once a day as far as the platform tells, and how they changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from accounts.models import Account, AudienceCount, PlatformLimit
from accounts.platforms.contract import NotPossible, PlatformError, RateLimited
from accounts.tallying import tallied
from members.models.agency import agency_zone

log = structlog.get_logger()
SPAN = timedelta(days=30)  # over which the change is told


@dataclass(frozen=True)
class Audience:
    """What was counted last, and what about a month before; `since` is that day, None where there is none."""

    last: AudienceCount
    before: AudienceCount | None = None

    @property
    def followers_change(self) -> int | None:
        """How many more followers than about a month before."""
        return _change(self.last.followers, self.before.followers if self.before else None)

    @property
    def posts_change(self) -> int | None:
        """How many more posts than about a month before."""
        return _change(self.last.posts, self.before.posts if self.before else None)

    @property
    def since(self) -> date | None:
        """From which day the change is told."""
        return self.before.day if self.before else None


def _change(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


def audience_of(accounts: Sequence[Account]) -> dict[int, Audience]:
    """Of each account that was ever counted; the change over 30 days, or as far back as there is one."""
    rows = AudienceCount.objects.filter(account__in=accounts)
    last = {one.account_id: one for one in rows.order_by("account_id", "-day").distinct("account_id")}
    if not last:
        return {}
    span = max(one.day for one in last.values()) - SPAN
    first = rows.filter(day__gte=span).order_by("account_id", "day").distinct("account_id")
    before = {one.account_id: one for one in first}
    return {
        key: Audience(one, then if (then := before.get(key)) is not None and then.day < one.day else None)
        for key, one in last.items()
    }


def count_all(now: datetime | None = None) -> int:
    """Ask for the numbers of every account that has not been counted today; of how many they came."""
    today = (now or timezone.now()).astimezone(agency_zone()).date()
    asked = Account.objects.filter(state=Account.State.ACTIVE, credential__isnull=False)
    left = asked.exclude(pk__in=AudienceCount.objects.filter(day=today).values("account"))
    return sum(_count(account, today) for account in left.select_related("credential"))


def _count(account: Account, today: date) -> bool:
    """False where the platform tells nothing, or not now: then it is asked again later in the day."""
    if PlatformLimit.pause_of(account, "counts") is not None:
        return False
    try:
        with tallied(account):
            client = account.client(limits=lambda limit: PlatformLimit.note(account, limit))
            counts = client.counts()
    except RateLimited as error:
        PlatformLimit.block(account, call=error.call, until=error.until)
        return False
    except NotPossible:
        return False
    except PlatformError as error:
        log.info("not_counted", account=account.pk, error=type(error).__name__, code=error.code)
        return False
    if counts.followers is None and counts.posts is None:
        return False
    with transaction.atomic():
        numbers = {"followers": counts.followers, "posts": counts.posts}
        return AudienceCount.objects.get_or_create(account=account, day=today, defaults=numbers)[1]
