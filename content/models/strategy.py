"""The strategy (F.VC): aims, audiences and measures, planned by the Specialist with the Supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from content.models.items import Purpose
from members.authority import holds
from members.facts import Fact
from members.models import Member
from members.powers import Power

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class StrategyQuerySet(models.QuerySet["Strategy"]):
    """Questions about strategies."""

    def visible_to(self, member: Member) -> StrategyQuerySet:
        """Every member of the unit reads it."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def in_force(self) -> Strategy | None:
        """The last that two agreed on."""
        return self.filter(agreement__isnull=False).order_by("-pk").first()


class Strategy(Fact):
    """One version as it was written; in force once the other of the two has agreed."""

    aims = models.TextField()
    audiences = models.TextField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = StrategyQuerySet.as_manager()
    measures: RelatedManager[StrategyMeasure]

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(aims="") & ~Q(audiences=""), name="strategy_has_aims_and_audiences")
        ]

    def __str__(self) -> str:
        return f"strategy {self.pk}"

    def get_absolute_url(self) -> str:
        """The page that shows it."""
        return reverse("strategy_version", args=[self.pk])

    @property
    def agreed(self) -> StrategyAgreement | None:
        """Who agreed; None while nobody has."""
        return getattr(self, "agreement", None)

    def may_agree(self, member: Member) -> bool:
        """Another than who wrote it: the Supervisor or one above, or the Specialist where a Supervisor wrote it."""
        if not holds(member, Power.MANAGE_ACCOUNTS) or member.pk == self.by_id:
            return False
        return holds(member, Power.ASSIGN_TASKS) or (self.by is not None and holds(self.by, Power.ASSIGN_TASKS))


class StrategyMeasure(Fact):
    """What a strategy is measured by: a figure of content, and how it should be."""

    class Figure(models.TextChoices):
        """Reckoned over the days looked at."""

        PER_WEEK = "per_week", "posts a week, at least"
        EMPTY_DAYS = "empty_days", "days without content in thirty, at most"
        HOURS = "hours", "hours from draft to published, at most"
        SHARE = "share", "of a hundred posts for a purpose, at least"

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="measures")
    figure = models.CharField(max_length=20, choices=Figure)
    purpose = models.CharField(max_length=20, choices=Purpose, blank=True)
    target = models.PositiveSmallIntegerField()

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(figure="share", purpose__in=Purpose.values, target__lte=100)
                | (~Q(figure="share") & Q(purpose="")),
                name="measure_of_a_share_names_its_purpose",
            ),
            models.UniqueConstraint(fields=["strategy", "figure", "purpose"], name="one_measure_a_figure"),
        ]

    def __str__(self) -> str:
        return f"measure {self.figure} of strategy {self.strategy_id}"


class StrategyAgreement(Fact):
    """That the other of the two agreed to it."""

    strategy = models.OneToOneField(Strategy, models.PROTECT, related_name="agreement")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="strategy_is_agreed_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF NEW.by_id IS NOT DISTINCT FROM (SELECT by_id FROM content_strategy WHERE id = NEW.strategy_id) THEN
                    RAISE EXCEPTION 'pgtrigger: a strategy is agreed to by another than who wrote it';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"agreement to {self.strategy}"
