"""The roster of the watch: who watches the accounts, from when, until when (Tab D)."""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from members.facts import Narrow
from members.models.member import Member


class WatchQuerySet(models.QuerySet["Watch"]):
    """Questions to the roster."""

    def standing(self) -> WatchQuerySet:
        """Those that were not taken off."""
        return self.filter(withdrawn_at__isnull=True)

    def at(self, moment: datetime | None = None) -> WatchQuerySet:
        """Those that run at `moment` (now, if not said), of members who serve."""
        moment = moment or timezone.now()
        return self.standing().filter(since__lte=moment, until__gt=moment, member__in=Member.objects.serving(moment))

    def between(self, since: datetime, until: datetime) -> WatchQuerySet:
        """Those that touch the time from `since` to `until`."""
        return self.standing().filter(since__lt=until, until__gt=since)

    def kept_between(self, since: datetime, until: datetime) -> WatchQuerySet:
        """The same, with those that were taken off after they had begun, for the time until then."""
        kept = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=F("since"), withdrawn_at__gte=since)
        return self.filter(kept, since__lt=until, until__gt=since)


class Watch(Narrow):
    """One member on watch from one moment to another. Set by whoever decides the schedule; taken off, never deleted."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="watches")
    since = models.DateTimeField("from")
    until = models.DateTimeField("until")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="watch_ends_after_it_begins"),
            ExclusionConstraint(
                name="one_watch_a_member_at_a_time",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            F("member_id"),
                            F("member_id"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("since"),
                            F("until"),
                            Value("[)"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["until", "since"])]
        triggers = [pgtrigger.ReadOnly(name="watch_stands_as_set", exclude=["withdrawn_at", "withdrawn_by"])]

    def __str__(self) -> str:
        return f"{self.member} on watch"

    @property
    def ends(self) -> datetime:
        """When it ends, or ended: at the latest when it was taken off."""
        return min(self.until, self.withdrawn_at or self.until)
