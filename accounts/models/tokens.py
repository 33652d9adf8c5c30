"""What the platform last said of an account's token."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from accounts.models.account import Account
from members.facts import Narrow

WARN_AHEAD = timedelta(days=14)


class TokenQuerySet(models.QuerySet["TokenCheck"]):
    """Questions about tokens."""

    def ending(self) -> TokenQuerySet:
        """Those that end within 14 days, of accounts that are read."""
        return self.filter(account__in=Account.objects.open(), ends_at__lt=timezone.now() + WARN_AHEAD)


class TokenCheck(Narrow):
    """The daily question to the platform, and its answer. `ends_at`: when it ends for good unless somebody signs in."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="token_check")
    checked_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    scopes = models.JSONField(default=list)
    lacks = models.JSONField(default=list)  # needed scopes that it has not (any more)
    warned_of = models.DateTimeField(null=True, blank=True)  # the end of which those who administer were told

    objects = TokenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"token of account {self.pk}"
