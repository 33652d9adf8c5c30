"""Who is told what became of publishing: its author, whoever handed it in, and those who could have approved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.models.orders import TIME_IS_OVER
from members.authority import holders
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power

if TYPE_CHECKING:
    from content.models import Item, PublicationOrder


def concerned(item: Item) -> list[Member]:
    """Its author, who handed it in, and those who approve."""
    power = Power.APPROVE_ACTIVE_SCENES if item.needs_commander else Power.APPROVE_CONTENT
    found = [item.written_by, item.handed_in_by, *(one.member for one in holders(power))]
    return list({one.pk: one for one in found if one is not None and one.is_active}.values())


def of_outcome(order: PublicationOrder) -> None:
    """Tell of an order that ended otherwise than done, or waits for a hand. Within the transaction that ends it."""
    account = f"{order.account} ({order.account.get_platform_display()})"
    sentence = {
        order.State.FAILED: f"It could not be carried out on {account}: {order.outcome}",
        order.State.BY_HAND: f"It waits for a hand on {account}.",
    }.get(order.State(order.state), "")
    if order.state == order.State.WITHDRAWN and order.outcome == TIME_IS_OVER:
        sentence = f"Not published on {account}: {TIME_IS_OVER}"
    if not sentence:
        return
    if order.item is None:
        told = {one.pk: one for one in (order.publication.written_by, order.by) if one is not None and one.is_active}
        tell(list(told.values()), Kind.CONTENT, sentence, order.publication.get_absolute_url())
    else:
        tell_of(order.item, f"“{order.item.title}”: {sentence}")


def tell_of_post(order: PublicationOrder, sentence: str, path: str) -> None:
    """Tell of a post of ours that stands: those whom its item concerns, or who approves."""
    approvers = [one.member for one in holders(Power.APPROVE_CONTENT)]
    tell(concerned(order.item) if order.item else approvers, Kind.CONTENT, sentence, path)


def tell_of(item: Item, sentence: str) -> None:
    """Tell all whom it concerns."""
    tell(concerned(item), Kind.CONTENT, sentence, item.get_absolute_url())
