"""The next version of the Comment Grading System in the making (4.0)."""

from __future__ import annotations

import hashlib
import json

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful
from moderation.models.grades import GradingSystem


class GradingDraft(Narrow, Stateful):
    """Drawn up from the newest version. One at a time; published or dropped, never both.

    `levels`: the eight rows as GradingLevel has them, in their order.
    """

    class State(models.TextChoices):
        """A draft's life."""

        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        DROPPED = "dropped", "dropped"

    MOVES = {State.DRAFT: {State.DRAFT, State.PUBLISHED, State.DROPPED}}

    based_on = models.ForeignKey(GradingSystem, models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=30, choices=State, default=State.DRAFT, editable=False)
    levels = models.JSONField()
    reason = models.TextField()  # why the system changes
    revision = models.IntegerField(default=1)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    system = models.OneToOneField(GradingSystem, models.PROTECT, null=True, related_name="draft")

    class Meta:
        ordering = ["-id"]
        verbose_name = "draft of the grading system"
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="one_grading_draft_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="published", system__isnull=False) | ~Q(state="published") & Q(system__isnull=True),
                name="grading_draft_published_names_its_system",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="grading_draft_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'draft'"),
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of the Comment Grading System"

    @property
    def digest(self) -> bytes:
        """Of what would be published."""
        return hashlib.sha256(json.dumps(self.levels, sort_keys=True, ensure_ascii=False).encode()).digest()


def may_write(member: Member) -> bool:
    """The Unit Commander or designee (4.0)."""
    return member.may(Power.UPDATE_GRADING)
