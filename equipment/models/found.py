"""What a stranger says of a thing that he found, by the page that its label leads to; and what became of it."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from equipment.models.items import Item
from equipment.models.kits import Kit
from members.facts import Narrow
from members.models import Member


class FoundReport(Narrow):
    """That somebody found it: his words stand as he sent them, and a member says once what became of it."""

    LONGEST = 2000  # characters of each text

    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="found_reports")
    kit = models.ForeignKey(Kit, models.PROTECT, null=True, related_name="found_reports")
    where = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    reach = models.CharField(max_length=200, blank=True)  # how to reach him; nobody has to say
    at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=True, kit__isnull=False) | Q(item__isnull=False, kit__isnull=True),
                name="found_is_an_item_or_a_kit",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True, outcome="")
                | (Q(settled_by__isnull=False, settled_at__isnull=False) & ~Q(outcome="")),
                name="found_is_settled_by_somebody_with_a_word",
            ),
        ]
        indexes = [models.Index(fields=["-id"], condition=Q(settled_at__isnull=True), name="found_unsettled")]
        triggers = [
            pgtrigger.ReadOnly(name="found_stands_as_sent", exclude=["settled_by", "settled_at", "outcome"]),
            pgtrigger.Protect(
                name="found_is_settled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.settled_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} found"

    @property
    def thing(self) -> Item | Kit | None:
        """What was found."""
        return self.item or self.kit
