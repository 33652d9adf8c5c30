"""Remarks of colleagues on a comment, and the reasons for closing one without what its level asks for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from members.facts import Fact
from members.models import Member
from moderation.models.comments import Comment
from moderation.models.grades import Grade


class Note(Fact):
    """A colleague's remark on a comment. `closes`: it says why what that grade asks for is not done."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="notes")
    closes = models.ForeignKey(Grade, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    LIMIT: ClassVar[int] = 5000

    def __str__(self) -> str:
        return f"note {self.pk} on comment {self.comment_id}"
