"""A file that belongs to the equipment: a photo, a receipt, an instruction, a report of a shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.facts import Fact
from members.models import Member

if TYPE_CHECKING:
    from members.kept_files import Kept


class KeptFile(Fact):
    """Bytes as they came, under their SHA-256 in the private folder (members.kept_files)."""

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=150)  # as who gave it called it
    mime = models.CharField(max_length=100)
    size = models.BigIntegerField()  # bytes
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="equipment_file_lies_in_its_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, kept: Kept, *, by: Member) -> KeptFile:
        """The row of a file that lies in its place."""
        return cls.objects.create(digest=kept.digest, name=kept.name, mime=kept.mime, size=kept.size, by=by)
