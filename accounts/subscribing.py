"""Keeps each account subscribed to its platform's webhooks, and says where a platform tells nothing (S.O.P. 1, C.11).

Nothing rests on it: polling reads everything, sooner or later. A subscription that fails, or is said to stand and tells
nothing, is asked for again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, PlatformLimit, WebhookSubscription
from accounts.platforms.contract import NotPossible, PlatformError, RateLimited, Subscription, TokenExpired
from accounts.platforms.webhooks import SENDERS
from members.states import record

log = structlog.get_logger()

LEASE = timedelta(minutes=3)  # longer than the few calls take
AGAIN = timedelta(hours=1)  # how often one that stands is looked at
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=1)
NOT_FOR_US = timedelta(hours=6)  # how soon what the platform does not let us have is asked for again
WORKING = (Account.State.ACTIVE, Account.State.SUSPENDED)


def callback_of(account: Account) -> str:
    """Where the platform tells us of the account."""
    return f"{settings.UNIT_URL.rstrip('/')}{reverse('webhook', args=[account.platform])}"


def due() -> list[int]:
    """The accounts whose subscription is to be looked at, each claimed by a lease."""
    now = timezone.now()
    open_ = Account.objects.filter(platform__in=SENDERS, state__in=WORKING, credential__isnull=False)
    new = open_.filter(webhook_subscription__isnull=True).values_list("pk", flat=True)
    rows = [WebhookSubscription(account_id=account_id, next_at=now) for account_id in new]
    WebhookSubscription.objects.bulk_create(rows, ignore_conflicts=True)
    ready = WebhookSubscription.objects.filter(account__in=open_, wanted=True, next_at__lte=now).order_by("next_at")
    return [row.pk for row in ready if _claim(row.pk, now)]


def _claim(account_id: int, now: datetime) -> bool:
    rows = WebhookSubscription.objects.filter(pk=account_id, next_at__lte=now)
    return bool(rows.update(next_at=now + LEASE))


def check(account_id: int) -> None:
    """Look how the subscription of one account stands, and ask for it where it does not, or tells nothing."""
    row = WebhookSubscription.objects.select_related("account__credential").get(pk=account_id)
    account, callback = row.account, callback_of(row.account)
    client = account.client(limits=lambda limit: PlatformLimit.note(account, limit))
    now = timezone.now()
    try:
        found = client.subscription()
        if not found.active or row.silent or row.callback != callback:
            found = client.subscribe(callback)
    except RateLimited as error:
        PlatformLimit.block(account, call=error.call, until=error.until)
        _note(row, checked_at=now, next_at=error.until, says=str(error))
    except NotPossible as error:
        _note(row, checked_at=now, next_at=now + NOT_FOR_US, active=False, active_since=None, says=str(error))
    except TokenExpired as error:  # the next poll meets it too, and says so
        _note(row, checked_at=now, next_at=now + AGAIN, active=False, active_since=None, says=str(error))
    except PlatformError as error:
        log.warning("subscription_failed", account=account.pk, error=type(error).__name__, code=error.code)
        failures = row.failures + 1
        wait = min(FIRST_WAIT * (1 << min(failures - 1, 10)), LONGEST_WAIT)
        _note(row, checked_at=now, next_at=now + wait, failures=failures, says=str(error))
    else:
        _stands(row, found, callback, now)


def _stands(row: WebhookSubscription, found: Subscription, callback: str, now: datetime) -> None:
    """Note how the platform says that it stands."""
    began = found.active and not row.active
    changes: dict[str, Any] = {
        "active": found.active,
        "active_since": now if began else row.active_since if found.active else None,
        "fields": list(found.fields),
        "remote_id": found.remote_id,
        "callback": callback,
        "says": found.says,
        "checked_at": now,
        "next_at": now + (AGAIN if found.active else LONGEST_WAIT),
        "failures": 0,
    }
    if began or row.silent:
        changes["missed_in_a_row"] = 0
    _note(row, **changes)
    if began:
        record("subscribe", row.account, by=None)


def _note(row: WebhookSubscription, **changes: Any) -> None:
    WebhookSubscription.objects.filter(pk=row.pk).update(**changes)
