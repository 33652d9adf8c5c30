"""An import of a list: the file as it came, how its columns were read, and that it was carried out once (3.4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from equipment.models.files import KeptFile
from equipment.models.items import Item
from equipment.models.kits import Kind
from members.authority import holds
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power


class ImportQuerySet(models.QuerySet["Import"]):
    """Questions about imports."""

    def visible_to(self, member: Member) -> ImportQuerySet:
        """Those who keep the inventory see what was imported into it."""
        return self if holds(member, Power.KEEP_EQUIPMENT) else self.none()


class Import(Narrow):
    """One list. Nothing of it is in the inventory until it is carried out, whole."""

    class Days(models.TextChoices):
        """How 03/04/2025 is meant."""

        AUTO = "auto", "as the list itself shows"
        MONTH_FIRST = "month_first", "month first (04/13/2025)"
        DAY_FIRST = "day_first", "day first (13/04/2025)"

    file = models.ForeignKey(KeptFile, models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=100, blank=True)  # of a workbook; none: the first with something in it
    columns = models.JSONField(default=dict)  # number of the column, from 0, as text → what it means
    days = models.CharField(max_length=20, choices=Days, default=Days.AUTO)
    kind = models.ForeignKey(Kind, models.PROTECT, null=True, blank=True, related_name="+")  # of lines that name none
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    count = models.IntegerField(null=True)  # items that came of it

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, count__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False, count__isnull=False),
                name="import_is_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("import_check", args=[self.pk])


class ImportedItem(Fact):
    """From which line of which list an item came."""

    batch = models.ForeignKey(Import, models.PROTECT, related_name="items")
    item = models.OneToOneField(Item, models.PROTECT, related_name="imported")
    line = models.IntegerField()

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="one_item_a_line")]

    def __str__(self) -> str:
        return f"{self.item_id} of line {self.line}"
