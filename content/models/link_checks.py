"""What was found at the address of a link, each time somebody looked (2.A)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from members.facts import Fact


class LinkCheck(Fact):
    """One look at one address: whether something is there, where it leads in the end, and how that calls itself."""

    class Found(models.TextChoices):
        """What a look can find."""

        THERE = "there", "there"
        DEAD = "dead", "nothing is there"
        INSIDE = "inside", "no address of the open web"
        UNKNOWN = "unknown", "could not be looked at"

    address = models.TextField()
    key = models.CharField(max_length=64)  # SHA-256 of the address, by which it is found
    found = models.CharField(max_length=10, choices=Found)
    status = models.SmallIntegerField(null=True)  # of HTTP, where an answer came
    final = models.TextField(blank=True)  # the address after all redirects
    title = models.CharField(max_length=300, blank=True)
    says = models.CharField(max_length=300, blank=True)  # what was wrong, in a sentence
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-id"]
        indexes = [models.Index(fields=["key", "-id"], name="link_checked_last")]

    def __str__(self) -> str:
        return f"look {self.pk} at a link"
