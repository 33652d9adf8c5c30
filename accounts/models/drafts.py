"""A later version of a published text in the making: of the terms, of the Comment Grading System."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.utils import timezone

from members.facts import Narrow
from members.models import Member
from members.states import Stateful


class VersionDraft(Narrow, Stateful):
    """Drawn up from the newest version. Published or dropped, never both; those who have it keep one open at a time."""

    class State(models.TextChoices):
        """A draft's life."""

        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        DROPPED = "dropped", "dropped"

    MOVES = {State.DRAFT: {State.DRAFT, State.PUBLISHED, State.DROPPED}}

    state = models.CharField(max_length=30, choices=State, default=State.DRAFT, editable=False)
    reason = models.TextField()  # why the text changes
    revision = models.IntegerField(default=1)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-id"]

    @property
    def said(self) -> Any:
        """What would be published, as JSON has it."""
        raise NotImplementedError

    @property
    def digest(self) -> bytes:
        """Of what would be published."""
        return hashlib.sha256(json.dumps(self.said, sort_keys=True, ensure_ascii=False).encode()).digest()
