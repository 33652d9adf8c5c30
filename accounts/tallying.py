"""Keeps count of what is asked of the platforms: around a poll, an order or a look, `with tallied(account): …`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from accounts.models import Account, CallTally, FailureTally
from accounts.platforms.counting import Counts, counted

log = structlog.get_logger()


@contextmanager
def tallied(account: Account) -> Iterator[Counts]:
    """Count every call made within for `account`, and add it to the hour's rows at the end.

    A count that cannot be kept is lost, and never undoes or fails what was counted.
    """
    with counted() as counts:
        try:
            yield counts
        finally:
            _keep(account, counts)


def _keep(account: Account, counts: Counts) -> None:
    try:
        CallTally.add(account, counts, timezone.now())
    except DatabaseError as error:
        log.warning("tally_lost", account=account.pk, error=type(error).__name__)


def forget_old() -> int:
    """Delete the hours of longer than settings.TALLIES_KEPT_DAYS ago; how many rows."""
    before = timezone.now() - timedelta(days=settings.TALLIES_KEPT_DAYS)
    gone = [model.objects.filter(hour__lt=before).delete()[0] for model in (CallTally, FailureTally)]
    return sum(gone)
