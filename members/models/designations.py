"""What was handed over: one power to a designee, or the whole command to an acting Commander, with dates."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from members.facts import Narrow
from members.models.member import Member
from members.powers import TO_HAND_OVER, Power

if TYPE_CHECKING:
    from collections.abc import Iterable


class DesignationQuerySet(models.QuerySet["Designation"]):
    """Questions about what was handed over."""

    def in_force(self, at: datetime | None = None) -> DesignationQuerySet:
        """What counts at `at` (now, if not said)."""
        at = at or timezone.now()
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), since__lte=at, until__gt=at)

    def not_over(self) -> DesignationQuerySet:
        """What is in force, or will be."""
        return self.filter(ended_at__isnull=True, until__gt=timezone.now())

    def past(self, at: datetime | None = None) -> DesignationQuerySet:
        """What was ended or has run out by `at` (now, if not said)."""
        at = at or timezone.now()
        return self.filter(Q(ended_at__lte=at) | Q(until__lte=at))

    def visible_to(self, member: Member) -> DesignationQuerySet:
        """To everybody who reads what the unit does: who holds which power is no secret inside."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def overlapping(self, since: datetime, until: datetime) -> DesignationQuerySet:
        """What counts at some moment between the two."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=since), since__lt=until, until__gt=since)

    def of(self, members: Iterable[Member]) -> DesignationQuerySet:
        """What was handed to any of `members`."""
        return self.filter(designee__in=members)


class Designation(Narrow):
    """A power handed to a designee by the Commander for a stated period; without a power, the whole command.

    Everything but its end stands as it was given; an end is written once. Of acting Commanders there is one at a time.
    """

    power = models.CharField(max_length=30, choices=Power, blank=True)  # empty: acting Commander
    designee = models.ForeignKey(Member, models.PROTECT, related_name="designations")
    since = models.DateTimeField("from")
    until = models.DateTimeField("until")
    reason = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField(blank=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="designation_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(designee=F("by")), name="nobody_designates_himself"),
            models.CheckConstraint(
                condition=Q(power="") | Q(power__in=TO_HAND_OVER), name="designation_of_a_power_that_says_so"
            ),
            ExclusionConstraint(
                name="one_acting_commander_at_a_time",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            F("since"),
                            Greatest(F("since"), Least(F("until"), F("ended_at"))),
                            Value("[)"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(power=""),
            ),
        ]
        indexes = [models.Index(fields=["designee", "until"]), models.Index(fields=["power", "until"])]
        triggers = [
            pgtrigger.ReadOnly(name="stands_as_given", exclude=["ended_at", "ended_by", "end_reason"]),
            pgtrigger.Protect(
                name="ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} handed to {self.designee}"

    @property
    def acting(self) -> bool:
        """Whether this makes the designee acting Commander."""
        return not self.power

    @property
    def what(self) -> str:
        """What was handed over, in words."""
        return "the command" if self.acting else str(Power(self.power).label)

    @property
    def over(self) -> bool:
        """Whether it was ended or has run out."""
        return self.ended_at is not None or self.until <= timezone.now()

    def standing_at(self, at: datetime) -> str:
        """To come, in force, run out or ended, at `at`."""
        if self.ended_at is not None and self.ended_at <= at:
            return "ended"
        if at >= self.until:
            return "run out"
        return "to come" if at < self.since else "in force"

    def in_force(self, at: datetime | None = None) -> bool:
        """Whether it counts at `at` (now, if not said)."""
        at = at or timezone.now()
        return self.since <= at < self.until and (self.ended_at is None or self.ended_at > at)
