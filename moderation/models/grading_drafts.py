"""The next version of the Comment Grading System in the making (4.0)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models.drafts import VersionDraft
from moderation.models.grades import GradingSystem


class GradingDraft(VersionDraft):
    """Drawn up from the newest version. One at a time.

    `levels`: the eight rows as GradingLevel has them, in their order.
    """

    based_on = models.ForeignKey(GradingSystem, models.PROTECT, related_name="drafts")
    levels = models.JSONField()
    system = models.OneToOneField(GradingSystem, models.PROTECT, null=True, related_name="draft")

    class Meta(VersionDraft.Meta):
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
    def said(self) -> list[dict[str, Any]]:
        """What would be published, as JSON has it."""
        levels: list[dict[str, Any]] = self.levels
        return levels
