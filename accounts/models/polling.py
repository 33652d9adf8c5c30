"""When an account is read next, and what is left of its platform's limits; shared by all workers."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F
from django.utils import timezone

from accounts.models.account import Account
from accounts.platforms.contract import Limit
from members.facts import Narrow

UNITS = "units"  # the call under which a daily quota is kept (YouTube's)
RESERVE = 2000  # units of a daily quota that polls leave to officers (facts.md 4.2)


class PollState(Narrow):
    """The narrow row beside an account that its poll changes. `memory` is the client's own (contract.Memory)."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="poll_state")
    memory = models.JSONField(default=dict)
    next_at = models.DateTimeField(default=timezone.now, db_index=True)
    lease_until = models.DateTimeField(null=True)  # a worker reads this account until then
    last_started_at = models.DateTimeField(null=True)
    last_ok_at = models.DateTimeField(null=True)
    last_new_at = models.DateTimeField(null=True)  # when a poll last brought something new
    last_whole_at = models.DateTimeField(null=True)  # when everything young enough was last re-read (ruling 7)
    failures = models.IntegerField(default=0)  # in a row
    trouble = models.TextField(blank=True)  # what failed last, in a sentence; empty when all is well

    def __str__(self) -> str:
        return f"poll of account {self.pk}"


class PlatformLimit(models.Model):
    """What an answer last said is left of one limit of one account."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="limits")
    call = models.CharField(max_length=60)
    remaining = models.IntegerField(null=True)
    used = models.IntegerField(null=True)  # percent
    resets_at = models.DateTimeField(null=True)
    blocked_until = models.DateTimeField(null=True)  # the platform asked for a pause
    seen_at = models.DateTimeField(default=timezone.now)
    grants = ("SELECT", "INSERT", "UPDATE")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "call"], name="one_row_a_limit")]

    def __str__(self) -> str:
        return f"{self.call} of account {self.account_id}"

    @classmethod
    def note(cls, account: Account, limit: Limit) -> None:
        """Keep what an answer said, for every worker to read."""
        if limit.quota:
            cls._spend(account, limit)
            return
        cls.objects.update_or_create(
            account=account,
            call=limit.call,
            defaults={
                "remaining": limit.remaining,
                "used": limit.used,
                "resets_at": limit.resets_at,
                "seen_at": timezone.now(),
            },
        )

    @classmethod
    def _spend(cls, account: Account, limit: Limit) -> None:
        """Take from a quota that is given anew at `resets_at`; of the time before nothing is left over."""
        left = F("remaining") - limit.spent
        running = cls.objects.filter(account=account, call=limit.call, resets_at=limit.resets_at)
        taken = {"remaining": left, "used": 100 - left * 100 / limit.quota}
        if running.update(**taken, seen_at=timezone.now()):
            return
        # Of two workers that make the day's first calls at once, one gives the quota anew and both take from it.
        anew = {"remaining": limit.quota, "used": 0, "resets_at": limit.resets_at}
        cls.objects.get_or_create(account=account, call=limit.call, defaults=anew)
        cls.objects.filter(account=account, call=limit.call).exclude(resets_at=limit.resets_at).update(**anew)
        running.update(**taken, seen_at=timezone.now())

    @classmethod
    def block(cls, account: Account, *, call: str, until: datetime) -> None:
        """The platform asked for a pause of this call (`*`: of the account) until then."""
        cls.objects.update_or_create(account=account, call=call, defaults={"blocked_until": until})

    @classmethod
    def pause_of(cls, account: Account, call: str) -> datetime | None:
        """Until when `call` must not be made on this account, or None when it may be made now."""
        rows = cls.objects.filter(account=account, call__in=[call, "*"], blocked_until__gt=timezone.now())
        until: datetime | None = rows.aggregate(until=models.Max("blocked_until"))["until"]
        return until
