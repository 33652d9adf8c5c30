"""What a thing has cost: what it was bought for, and its maintenance since (3.4, 3.5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from equipment import outlook
from equipment.models import Item, Receipt, ReceiptLine
from members.models import Member


@dataclass(frozen=True)
class Cost:
    """What a thing has cost over its life. `bought` is None where neither the item nor a receipt says it."""

    bought: Decimal | None
    maintenance: Decimal

    @property
    def together(self) -> Decimal:
        """What is known of it."""
        return (self.bought or Decimal(0)) + self.maintenance


def cost_of(item: Item) -> Cost:
    """Over its life: what stands in the item as its price, else what its receipts that stand say."""
    bought = item.value
    if bought is None:
        lines = ReceiptLine.objects.filter(item=item, receipt__in=Receipt.objects.standing())
        bought = lines.aggregate(said=Sum("amount"))["said"]
    return Cost(bought, maintenance_of([item.pk]).get(item.pk, Decimal(0)))


def maintenance_of(items: Collection[int], since: date | None = None) -> dict[int, Decimal]:
    """Item → what its maintenance has cost, of what was found on `since` or later; in one question."""
    entries = outlook.paid().filter(work__item__in=items, amount__isnull=False)
    if since is not None:
        entries = entries.filter(work__found_on__gte=since)
    return dict(entries.values_list("work__item").annotate(all=Sum("amount")))


@dataclass(frozen=True)
class Since:
    """A thing of a receipt: what it cost there, what its maintenance has cost since, and both."""

    line: ReceiptLine
    maintenance: Decimal

    @property
    def bought(self) -> Decimal | None:
        """As the receipt says, else as the item."""
        return self.line.amount if self.line.amount is not None else self.line.item.value

    @property
    def together(self) -> Decimal:
        """What is known of it."""
        return (self.bought or Decimal(0)) + self.maintenance


@dataclass(frozen=True)
class SinceThen:
    """All things of a receipt together."""

    rows: list[Since]

    @property
    def bought(self) -> Decimal:
        """What they cost, as far as it is known."""
        return sum((row.bought or Decimal(0) for row in self.rows), Decimal(0))

    @property
    def maintenance(self) -> Decimal:
        """What their maintenance has cost since."""
        return sum((row.maintenance for row in self.rows), Decimal(0))

    @property
    def together(self) -> Decimal:
        """Both."""
        return self.bought + self.maintenance


def since(receipt: Receipt, lines: list[ReceiptLine]) -> SinceThen:
    """What the things of `receipt` have cost since its day; `lines` are its lines, with their items."""
    spent = maintenance_of([line.item_id for line in lines], receipt.on)
    return SinceThen([Since(line, spent.get(line.item_id, Decimal(0))) for line in lines])


def of_item(item: Item, member: Member) -> dict[str, Any]:
    """For the page of an item: its cost over its life, and what it is worth still."""
    return {"cost": cost_of(item), "worth": outlook.worth_of(item), "missing": outlook.missing(item)}
