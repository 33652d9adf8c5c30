"""Times in which nothing of an account could be read, and whether what was written meanwhile was read afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.account import Account
from accounts.platforms.contract import Platform
from members.facts import Narrow
from members.powers import Power

if TYPE_CHECKING:
    from members.models import Member

# How far back a platform lets us read what was missed (facts.md 3.2); of the others everything young enough is re-read.
REACH = {Platform.X: timedelta(days=7)}


class GapQuerySet(models.QuerySet["Gap"]):
    """Questions about gaps, and the two moments of one."""

    def visible_to(self, member: Member) -> GapQuerySet:
        """Whoever reads the accounts reads how they were read."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def unfilled(self) -> GapQuerySet:
        """Those of which nobody has read yet what they missed."""
        return self.filter(filled_at__isnull=True)

    def begin(self, account: Account, *, since: datetime, why: str) -> Gap | None:
        """From `since` on nothing of `account` was read. None when that is known already."""
        found, made = self.get_or_create(account=account, until=None, defaults={"since": since, "why": why})
        return found if made else None

    def fill(self, account: Account, *, at: datetime) -> int:
        """Everything young enough has been read since: what was open ends at `at`, and all of it is filled."""
        unfilled = self.filter(account=account).unfilled()
        unfilled.filter(until__isnull=True).update(until=at)
        return unfilled.update(filled_at=at)


class Gap(Narrow):
    """One such time. `since`: the last reading that went well before it; `until`: the first after."""

    class Why(models.TextChoices):
        """What stood in the way."""

        TOKEN = "token", "the platform refused the token"
        FAILING = "failing", "reading failed again and again"

    account = models.ForeignKey(Account, models.PROTECT, related_name="gaps")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=20, choices=Why)
    noticed_at = models.DateTimeField(default=timezone.now)
    filled_at = models.DateTimeField(null=True, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(until__isnull=True), name="one_open_gap_an_account"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="gap_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(filled_at__isnull=True) | Q(filled_at__gte=F("until"), until__isnull=False),
                name="gap_is_filled_after_its_end",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="gap_stands_as_noticed", exclude=["until", "filled_at"]),
            pgtrigger.Protect(
                name="filled_gap_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.filled_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"gap of {self.account} since {self.since:%Y-%m-%d %H:%M}"

    @property
    def beyond_reach(self) -> timedelta | None:
        """How far back the platform lets us read, where that is less than this gap; else None."""
        reach = REACH.get(Platform(self.account.platform))
        lasted = (self.until or timezone.now()) - self.since
        return reach if reach and lasted > reach else None
