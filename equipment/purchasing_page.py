"""The chain of a purchase, walked both ways (3.3): each step with who, when and what; and from an item back to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from equipment.models import (
    Delivery,
    Item,
    OrderPlacing,
    OrderSending,
    Proposal,
    ProposalDecision,
    ProposalEnd,
    PurchaseOrder,
    Receipt,
    ReceivedItem,
)
from members.days import spoken_day
from members.models import Member


@dataclass(frozen=True)
class Step:
    """One step of the road."""

    word: str
    at: datetime
    by: Member | None = None
    says: str = ""
    tone: str = ""
    delivery: Delivery | None = None
    items: list[Item] = field(default_factory=list)


def road(proposal: Proposal, order: PurchaseOrder | None) -> list[Step]:
    """What was done so far, in its order."""
    steps = [Step("Begun", proposal.made_at, proposal.asked_by)]
    if proposal.submitted_at is not None:
        steps.append(Step("Handed in", proposal.submitted_at, proposal.submitted_by))
    tones = {"approve": "good", "return": "warn", "decline": "bad"}
    decisions = ProposalDecision.objects.filter(version__proposal=proposal).select_related("by", "version")
    for one in decisions:
        word = f"{one.get_verdict_display().capitalize()} (version {one.version.number})"
        steps.append(Step(word, one.at, one.by, one.reason, tones[one.verdict]))
    if order is not None:
        steps += _of_the_order(order)
    for end in ProposalEnd.objects.filter(proposal=proposal).select_related("by"):
        steps.append(Step(proposal.get_state_display().capitalize(), end.at, end.by, end.reason, "warn"))
    return sorted(steps, key=lambda step: step.at)


def _of_the_order(order: PurchaseOrder) -> list[Step]:
    steps = [Step(f"Purchase order {order.number}", order.at, order.by)]
    steps += [_sent(one) for one in order.sendings.select_related("by")]
    for placed in OrderPlacing.objects.filter(order=order).select_related("by"):
        says = f"on {spoken_day(placed.on)}{f', their reference {placed.reference}' if placed.reference else ''}"
        if placed.expected_on is not None:
            says += f", expected by {spoken_day(placed.expected_on)}"
        steps.append(Step("Ordered by the Budget Unit", placed.at, placed.by, says))
    deliveries = order.deliveries.select_related("by", "receipt").prefetch_related("lines__line", "lines__items__item")
    for came in deliveries:
        what = ", ".join(f"{line.count} × {line.line.what}" for line in came.lines.all())
        items = [received.item for line in came.lines.all() for received in line.items.all()]
        says = f"{what}{f' ({came.remark})' if came.remark else ''}"
        steps.append(Step("Received", came.at, came.by, says, "good", came, items))
    return steps


def paid(order: PurchaseOrder) -> Decimal:
    """What the receipts of its deliveries come to, each counted once."""
    of_it = Receipt.objects.standing().filter(deliveries__order=order).distinct().values_list("total", flat=True)
    return sum(of_it, Decimal(0))


def _sent(one: OrderSending) -> Step:
    how = f"{one.get_way_display()}: {one.to}"
    if one.sent_at is not None:
        return Step("Sent to the Budget Unit", one.sent_at, one.by, how)
    if one.mail_at is not None:
        return Step("On its way to the Budget Unit", one.at, one.by, how, "warn")
    return Step("Did not reach the Budget Unit", one.at, one.by, f"{how}: {one.why_not}", "bad")


def of_item(item: Item, member: Member) -> dict[str, Any] | None:
    """For the page of an item: how it was bought; None where it was not bought by a proposal."""
    if "received" not in item.beside:
        return None
    chain = ReceivedItem.objects.filter(item=item).select_related(
        "delivered__delivery__receipt",
        "delivered__delivery__by",
        "delivered__delivery__order__version__proposal__asked_by",
        "delivered__delivery__order__decision__by",
    )
    return {"bought": chain.first()}
