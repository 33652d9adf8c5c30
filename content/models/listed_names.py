"""The unit's list of names that never go out: juveniles and victims (2.C, 2.D).

A name lies encrypted, and goes for good when it is taken off the list. It stands in no trail and no log.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.secrets import SecretField


class ListedNameQuerySet(models.QuerySet["ListedName"]):
    """Questions about the list."""

    def visible_to(self, member: Member) -> ListedNameQuerySet:
        """Those who write content, and nobody outside the unit."""
        return self if member.may(Power.DEVELOP_CONTENT) else self.none()

    def standing(self) -> ListedNameQuerySet:
        """Those that nobody took off."""
        return self.filter(removed_at=None)


class ListedName(Narrow):
    """One name, of a juvenile or a victim."""

    class Kind(models.TextChoices):
        """Whose name it is."""

        JUVENILE = "juvenile", "juvenile"
        VICTIM = "victim", "victim"

    LONGEST = 120

    name = SecretField(blank=True)  # empty: taken off
    kind = models.CharField(max_length=10, choices=Kind)
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = ListedNameQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "listed name"
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True) & ~Q(name="")
                | Q(removed_at__isnull=False, removed_by__isnull=False, name=""),
                name="listed_name_goes_when_taken_off",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="listed_as_added", fields=["kind", "added_by", "added_at"]),
            pgtrigger.Protect(
                name="taken_off_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.removed_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"listed name {self.pk}"
