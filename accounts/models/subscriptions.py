"""Whether a platform tells us of what happens on an account by itself (webhooks), and whether it really does."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone

from accounts.models.account import Account
from members.facts import Narrow

SILENT_AFTER = 3  # comments met by polling alone, one after the other, until the subscription is said to be silent
LATE = timedelta(minutes=5)  # so long a webhook may take before what a poll brings counts as missed


class WebhookSubscription(Narrow):
    """The narrow row beside an account that its subscription changes. Polling goes on whatever stands here."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="webhook_subscription")
    wanted = models.BooleanField(default=True)
    active = models.BooleanField(default=False)  # as the platform says
    active_since = models.DateTimeField(null=True)
    fields = models.JSONField(default=list)  # what it tells of, in the platform's words
    remote_id = models.TextField(blank=True)  # the platform's own number for it
    callback = models.TextField(blank=True)  # the address that was last asked for
    says = models.TextField(blank=True)  # why it is not active, in a sentence
    checked_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(default=timezone.now, db_index=True)  # when it is looked at next
    failures = models.IntegerField(default=0)  # in a row
    last_event_at = models.DateTimeField(null=True)  # when something last came by itself
    events = models.BigIntegerField(default=0)
    missed = models.BigIntegerField(default=0)  # comments that only a poll brought while it was active
    missed_in_a_row = models.IntegerField(default=0)  # of these, since something last came by itself
    missed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"webhook subscription of account {self.pk}"

    @property
    def silent(self) -> bool:
        """Whether the platform says that it tells us, and does not."""
        return self.active and self.missed_in_a_row >= SILENT_AFTER

    @property
    def sentence(self) -> str:
        """How it stands, for a person."""
        if self.silent:
            return (
                f"{self.account.get_platform_display()} says that it tells us, but polling found {self.missed_in_a_row}"
                " comments one after the other of which nothing was told. Comments come by polling."
            )
        if self.active:
            return "What happens is told at once; polling stands behind it."
        return self.says or "Not set up yet: comments come by polling."

    @classmethod
    def heard(cls, account: Account, count: int, at: datetime) -> None:
        """Something came by itself: `count` changes, the last at `at`."""
        cls.objects.filter(account=account).update(events=F("events") + count, last_event_at=at, missed_in_a_row=0)

    @classmethod
    def miss(cls, account: Account, count: int) -> None:
        """A poll brought so many comments of which the platform should have told."""
        cls.objects.filter(account=account, active=True).update(
            missed=F("missed") + count, missed_in_a_row=F("missed_in_a_row") + count, missed_at=timezone.now()
        )
