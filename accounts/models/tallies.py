"""How an account did, hour by hour (C.1): its calls, what failed, what it showed, and when it could not be read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.account import Account
from accounts.platforms.counting import Counts
from members.facts import ORDINARY, Fact, Narrow

_ADD_CALLS = """
INSERT INTO accounts_calltally AS held (account_id, hour, call, calls, errors, retries, milliseconds)
SELECT %s, %s, told.* FROM unnest(%s::text[], %s::int[], %s::int[], %s::int[], %s::bigint[]) told ORDER BY 3
ON CONFLICT (account_id, hour, call) DO UPDATE SET calls = held.calls + excluded.calls,
    errors = held.errors + excluded.errors, retries = held.retries + excluded.retries,
    milliseconds = held.milliseconds + excluded.milliseconds
"""
_ADD_FAILURES = """
INSERT INTO accounts_failuretally AS held (account_id, hour, kind, code, count, sentence, last_at)
SELECT %s, %s, told.*, %s FROM unnest(%s::text[], %s::text[], %s::int[], %s::text[]) told ORDER BY 3, 4
ON CONFLICT (account_id, hour, kind, code) DO UPDATE SET count = held.count + excluded.count,
    sentence = excluded.sentence, last_at = excluded.last_at
"""


def hour_of(moment: datetime) -> datetime:
    """The hour that a moment lies in."""
    return moment.replace(minute=0, second=0, microsecond=0)


class CallTally(models.Model):
    """What one account asked of its platform in one hour, by call. Old hours are deleted (accounts.tallying)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    hour = models.DateTimeField()
    call = models.CharField(max_length=60)
    calls = models.IntegerField(default=0)
    errors = models.IntegerField(default=0)
    retries = models.IntegerField(default=0)
    milliseconds = models.BigIntegerField(default=0)
    grants = ORDINARY

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "hour", "call"], name="one_tally_an_hour_and_call")]

    def __str__(self) -> str:
        return f"{self.call} of account {self.account_id} at {self.hour}"

    @classmethod
    def add(cls, account: Account, counts: Counts, at: datetime) -> None:
        """Add what was counted to the hour's rows: one statement, however many calls, and the like for failures."""
        hour = hour_of(at)
        with connection.cursor() as cursor:
            if counts.calls:
                calls = counts.calls.values()
                columns: list[list[Any]] = [
                    [name[:60] for name in counts.calls],
                    [one.calls for one in calls],
                    [one.errors for one in calls],
                    [one.retries for one in calls],
                    [one.milliseconds for one in calls],
                ]
                cursor.execute(_ADD_CALLS, [account.pk, hour, *columns])
            if counts.failures:
                failures = counts.failures.values()
                kinds = [kind[:40] for kind, _ in counts.failures]
                codes = [code[:100] for _, code in counts.failures]
                said: list[list[Any]] = [
                    kinds,
                    codes,
                    [one.count for one in failures],
                    [one.sentence for one in failures],
                ]
                cursor.execute(_ADD_FAILURES, [account.pk, hour, at, *said])


class FailureTally(models.Model):
    """What failed for one account in one hour, by kind and the platform's own code, with its last sentence."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    hour = models.DateTimeField()
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=100, blank=True)
    count = models.IntegerField(default=0)
    sentence = models.TextField()
    last_at = models.DateTimeField()
    grants = ORDINARY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "hour", "kind", "code"], name="one_tally_an_hour_and_failure")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of account {self.account_id} at {self.hour}"


class Newest(Narrow):
    """The newest thing of the public's that the platform showed of an account: when it was written, when we saw it."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="newest")
    posted_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"newest of account {self.pk}"

    @classmethod
    def note(cls, account: Account, posted_at: datetime, seen_at: datetime) -> None:
        """Keep it if it is newer than what was noted; a page read again writes nothing."""
        if cls.objects.filter(pk=account.pk, posted_at__gte=posted_at).exists():
            return
        cls.objects.update_or_create(account=account, defaults={"posted_at": posted_at, "seen_at": seen_at})


class BlindnessQuerySet(models.QuerySet["Blindness"]):
    """Questions about blind hours."""

    def standing(self) -> BlindnessQuerySet:
        """Those that have not ended."""
        return self.filter(until__isnull=True)

    def since(self, moment: datetime) -> BlindnessQuerySet:
        """Those that reach beyond `moment`."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment))


class Blindness(Narrow):
    """A time in which an account could not be read for longer than settings.BLIND_MINUTES: told once (c 10).

    `since`: when it was last read; `until`: when it was read again.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="blind_times")
    since = models.DateTimeField()
    noticed_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    objects = BlindnessQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(until__isnull=True), name="one_blindness_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="blindness_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"blindness of account {self.account_id} since {self.since}"


class AudienceCount(Fact):
    """What the platform counted of an account on one day: followers and posts, as far as it tells."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="audience", db_index=False)
    day = models.DateField()  # in the agency's zone
    followers = models.BigIntegerField(null=True)
    posts = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"audience of account {self.account_id} on {self.day}"
