"""Purchase orders (3.3): drawn up from what was approved, sent to the Budget Unit, ordered there, received here.

The chain is walked both ways: proposal, decision, order, delivery with its receipt, item; and back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone

from equipment.models.files import KeptFile
from equipment.models.items import Item
from equipment.models.purchasing import ProposalDecision, ProposalLine, ProposalVersion
from equipment.models.purchasing_rules import (
    ITEMS_OF_A_DELIVERY,
    ORDERED_AS_APPROVED,
    RECEIVED_MEANS_ITEMS,
    RECEIVED_OF_THE_ORDER,
)
from equipment.models.receipts import Receipt
from members.facts import Fact, Narrow
from members.models import Member

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class BudgetUnit(Narrow):
    """To whom purchase orders go, and where what is ordered is to be brought. One row, kept by the Supervisor."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120, default="Budget Unit")
    email = models.EmailField(blank=True)  # none: orders are handed over
    deliver_to = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_budget_unit")]

    def __str__(self) -> str:
        return self.name


class PurchaseOrder(Fact):
    """What was approved, as an order with a number. Its PDF is kept as it was sent."""

    version = models.OneToOneField(ProposalVersion, models.PROTECT, related_name="order")
    decision = models.OneToOneField(ProposalDecision, models.PROTECT, related_name="order")
    digest = models.BinaryField()  # of what was approved
    number = models.CharField(max_length=40)
    supplier = models.CharField(max_length=120)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    file = models.ForeignKey(KeptFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    sendings: RelatedManager[OrderSending]
    deliveries: RelatedManager[Delivery]
    placing: OrderPlacing

    class Meta(Fact.Meta):
        verbose_name = "purchase order"
        constraints = [
            models.UniqueConstraint(Upper("number"), name="one_order_a_number"),
            models.CheckConstraint(condition=~Q(number=""), name="order_has_a_number"),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="ordered_as_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ORDERED_AS_APPROVED,
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderSending(Narrow):
    """One way by which an order goes to the Budget Unit, and what became of it."""

    class Way(models.TextChoices):
        """How it goes there."""

        EMAIL = "email", "by e-mail"
        HAND = "hand", "handed over"

    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="sendings")
    way = models.CharField(max_length=10, choices=Way)
    to = models.CharField(max_length=254)  # the address, or who took it
    mail_at = models.DateTimeField(null=True)  # when it is (next) to be sent; none: nothing is left to be sent
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=200, blank=True)  # of the last try that failed
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="order_to_be_sent")]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(mail_at__isnull=False), name="one_mail_of_an_order_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(to=""), name="order_is_sent_to_somebody"),
        ]
        triggers = [pgtrigger.ReadOnly(name="sending_stands", fields=["order", "way", "to", "by", "at"])]

    def __str__(self) -> str:
        return f"sending {self.pk} of {self.order}"


class OrderPlacing(Fact):
    """That the Budget Unit ordered it: when, under which reference of its own, and when it is expected."""

    order = models.OneToOneField(PurchaseOrder, models.PROTECT, related_name="placing")
    reference = models.CharField(max_length=80, blank=True)
    on = models.DateField()
    expected_on = models.DateField(null=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_on__isnull=True) | Q(expected_on__gte=F("on")),
                name="expected_after_it_was_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"placing of {self.order}"

    @property
    def is_late(self) -> bool:
        """Whether it should have come."""
        return self.expected_on is not None and self.expected_on < timezone.localdate()


class Delivery(Fact):
    """What came on one day, with the receipt."""

    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="deliveries")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="deliveries")
    on = models.DateField()
    remark = models.TextField(blank=True)
    key = models.UUIDField(unique=True)  # of the form: sent twice, it came once
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    lines: RelatedManager[DeliveredLine]

    class Meta(Fact.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"delivery {self.pk} of {self.order}"


class DeliveredLine(Fact):
    """How many of a line came with a delivery: never more than were ordered, and all of them in the inventory."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="lines")
    line = models.ForeignKey(ProposalLine, models.PROTECT, related_name="delivered")
    count = models.IntegerField()

    items: RelatedManager[ReceivedItem]

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(fields=["delivery", "line"], name="a_line_comes_once_a_delivery"),
            models.CheckConstraint(condition=Q(count__gte=1), name="something_came"),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="received_of_the_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=RECEIVED_OF_THE_ORDER,
            ),
            pgtrigger.Trigger(
                name="received_means_items",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=RECEIVED_MEANS_ITEMS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.line}"


class ReceivedItem(Fact):
    """The item of the inventory that a thing became."""

    delivered = models.ForeignKey(DeliveredLine, models.PROTECT, related_name="items")
    item = models.OneToOneField(Item, models.PROTECT, related_name="received")

    class Meta(Fact.Meta):
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="items_of_a_delivery",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ITEMS_OF_A_DELIVERY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} of delivery {self.delivered.delivery_id}"
