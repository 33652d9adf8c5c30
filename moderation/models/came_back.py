"""What the public answers to us (ruling 9): which comments we answered, and which new ones came back to whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, Post
from members.facts import Narrow
from members.models import Member
from moderation.models.comments import Comment, Poster
from moderation.models.referrals import Referral


class Exchange(Narrow):
    """A comment that we answered, in public or in private, and by whom: what intake looks new comments up in.

    Small beside the comments, and found by its poster: so that looking costs intake next to nothing.
    """

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="exchange")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    poster = models.ForeignKey(Poster, models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    remote_id = models.TextField(blank=True)  # of our answer, where the platform gave one
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["poster", "account"], name="exchange_of_poster")]

    def __str__(self) -> str:
        return f"exchange about comment {self.comment_id}"


class CameBack(Narrow):
    """A comment that is somebody's before others: its poster answers him, or a question that he handed over is back."""

    class Why(models.TextChoices):
        """Why it is his."""

        POSTER = "poster", "answers you"
        ANSWER = "answer", "the answer that you asked for is here"
        OVERDUE = "overdue", "no answer came in time"

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="came_back")
    why = models.CharField(max_length=10, choices=Why, default=Why.POSTER, db_default=Why.POSTER)
    answers = models.ForeignKey(Comment, models.PROTECT, related_name="+", db_index=False)  # what we had answered
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)  # since when he knows

    class Meta:
        indexes = [
            models.Index(fields=["member", "comment"], name="came_back_to"),
            models.Index(fields=["at"], condition=Q(told_at__isnull=True), name="came_back_untold"),
        ]

    def __str__(self) -> str:
        return f"comment {self.comment_id}, come back"
