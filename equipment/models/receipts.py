"""Receipts (3.4): one for several items, and each item with its own (what others have asked for since 2019)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from equipment.models.files import KeptFile
from equipment.models.items import Item
from members.facts import Fact
from members.models import Member

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Questions about receipts."""

    def standing(self) -> ReceiptQuerySet:
        """Those that nobody took back."""
        return self.filter(withdrawal__isnull=True)


class Receipt(Fact):
    """A receipt as it was given. One that was noted wrongly is taken back, and noted anew."""

    number = models.CharField(max_length=60, blank=True)  # as the supplier writes it
    supplier = models.CharField(max_length=120)
    on = models.DateField()
    total = models.DecimalField(max_digits=12, decimal_places=2)  # dollars
    file = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="receipts")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ReceiptQuerySet.as_manager()
    lines: RelatedManager[ReceiptLine]
    withdrawal: ReceiptWithdrawal

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(supplier=""), name="receipt_is_somebodys"),
            models.CheckConstraint(condition=Q(total__gte=0), name="receipt_is_of_nothing_or_more"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.number}".strip()

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("receipt", args=[self.pk])


class ReceiptLine(Fact):
    """An item that the receipt is for, and what it cost there."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="receipt_lines")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # null: the receipt does not say
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(fields=["receipt", "item"], name="item_once_a_receipt"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="line_is_nothing_or_more"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt}: {self.item}"


class ReceiptWithdrawal(Fact):
    """That a receipt was noted wrongly, and why."""

    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="withdrawal")
    why = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="withdrawal_of_a_receipt_says_why")]

    def __str__(self) -> str:
        return f"{self.receipt} taken back"
