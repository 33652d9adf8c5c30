"""What a poster's page may hold on each platform, as the legal adviser reads the platform's terms (ruling 5)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.platforms.contract import Platform
from members.facts import Fact
from members.models import Member
from moderation.models.comments import Poster


class Holding(Fact):
    """What may be held of posters on one platform, from then on. The latest counts."""

    class Holds(models.TextChoices):
        """Everything, or nothing that would be a profile."""

        ALL = "all", "all that the poster wrote to us"
        OURS = "ours", "this unit’s own exchanges, breaches and notices"

    platform = models.CharField(max_length=20, choices=Platform)
    holds = models.CharField(max_length=10, choices=Holds)
    reason = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="holding_has_a_reason")]

    def __str__(self) -> str:
        return f"holding {self.pk}"


class PosterNote(Fact):
    """A colleague's remark about a poster, where the platform's terms let us keep one."""

    poster = models.ForeignKey(Poster, models.PROTECT, related_name="remarks")
    text = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    LIMIT: ClassVar[int] = 2000

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="poster_note_is_not_empty")]

    def __str__(self) -> str:
        return f"note {self.pk} on poster {self.poster_id}"
