"""What no application reaches, entered by a member: who, when, where he saw it, with the file that shows it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import Account
from members.facts import Fact
from members.models import Member
from members.powers import Power


class CaptureQuerySet(models.QuerySet["Capture"]):
    """Questions about captures."""

    def visible_to(self, member: Member) -> CaptureQuerySet:
        """Every member of the unit sees what was entered by hand."""
        return self if member.may(Power.READ_UNIT) else self.none()


class Capture(Fact):
    """One entering by hand: a comment that was typed, with a picture where there is one, or a file of several."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="captures")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    source = models.TextField()  # where it was seen: an address, or words
    why = models.TextField(blank=True)  # why by hand
    file = models.BinaryField(null=True)  # as given, byte for byte
    mime = models.CharField(max_length=60, blank=True)
    digest = models.BinaryField()  # SHA-256 of the file, or of what was typed
    comments = models.IntegerField()  # how many came in by it

    objects = CaptureQuerySet.as_manager()

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~models.Q(source=""), name="capture_names_its_source")]

    def __str__(self) -> str:
        return f"capture {self.pk}"
