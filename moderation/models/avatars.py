"""The small picture beside a poster's name, fetched from where the platform said it is and kept for a while."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.facts import Narrow
from moderation.models.comments import Poster

# What is shown is this old at most: platforms want what they gave refreshed or deleted within 30 days (facts.md 4.4).
KEPT = timedelta(days=28)
AGAIN = (timedelta(minutes=10), timedelta(hours=2), timedelta(days=1), timedelta(days=7))  # after each failure in a row
LEASE = timedelta(minutes=2)  # as long one worker fetches it


class Avatar(Narrow):
    """The picture of one poster as it was last fetched, or why there is none.

    `source` is where it was sought, without the signature that such addresses carry; another source is another picture.
    """

    poster = models.OneToOneField(Poster, models.CASCADE, primary_key=True, related_name="avatar")
    source = models.TextField(blank=True)
    content = models.BinaryField(null=True)
    mime = models.CharField(max_length=40, blank=True)
    digest = models.BinaryField(max_length=32, null=True)
    fetched_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(default=timezone.now)  # not sought before
    failures = models.IntegerField(default=0)  # in a row
    trouble = models.TextField(blank=True)  # why there is no picture, in a sentence

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(content__isnull=True, digest__isnull=True, fetched_at__isnull=True)
                | Q(content__isnull=False, digest__isnull=False, fetched_at__isnull=False),
                name="avatar_is_whole_or_absent",
            ),
        ]
        indexes = [models.Index(fields=["fetched_at"], condition=Q(fetched_at__isnull=False), name="avatars_by_age")]

    def __str__(self) -> str:
        return f"avatar of poster {self.pk}"

    @property
    def version(self) -> str:
        """Tells one picture from the next; empty where there is none."""
        return bytes(self.digest).hex()[:16] if self.digest else ""
