"""The end of a window: what was not sent in it is not published late, and somebody is told (ruling 11).

An item is over when both clocks say so, the application's and the database's: one that jumps ends nothing. What waits
for a hand is left to that hand, who may have posted it in time: it is confirmed or taken back on the item's page.
"""

from __future__ import annotations

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from content import telling
from content.items import locked
from content.models import Item, Placement, Publication, PublicationOrder
from content.models.orders import TIME_IS_OVER, settle
from members.days import spoken

log = structlog.get_logger()

MOST = 20  # items in one look
State = Item.State
# Certainly not sent, and no worker has it. What may have been sent is asked about first, and ends with the answer.
UNSENT = Q(state=PublicationOrder.State.WAITING) | Q(state=PublicationOrder.State.FAILED, sent=False)


def overdue() -> QuerySet[Item]:
    """Items with something that can go out no more."""
    left = PublicationOrder.objects.filter(UNSENT, publication__submission=OuterRef("submission"))
    over = Item.objects.filter(submission__ends_at__lt=timezone.now()).filter(submission__ends_at__lt=Now())
    return over.filter(Q(state=State.APPROVAL) | Q(Exists(left), state=State.SCHEDULED))


def look() -> None:
    """End what is over. Called every second by the reconciler, and by beat; it returns at once."""
    for key in overdue().order_by("submission__ends_at").values_list("pk", flat=True)[:MOST]:
        try:
            expire(key)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  (one item's trouble must hold up no other)
            log.error("item_not_expired", item=key, error=type(error).__name__)


def expire(item_id: int) -> bool:
    """End what of an item was not sent in its time. False: there is nothing to end (any more)."""
    with transaction.atomic():
        item = locked(item_id)
        submission = item.submission
        if submission is None or not overdue().filter(pk=item.pk).exists():
            return False
        until = spoken(submission.ends_at)
        if item.state == State.APPROVAL:
            _end_undecided(item)
            sentence = f"“{item.title}” was not decided by {until}: its time is over. Hand it in with another."
        else:
            ended = _end_unsent(item)
            out = PublicationOrder.objects.filter(publication__submission=submission, state="done").exists()
            out = out or submission.placements.filter(state=Placement.State.DONE).exists()
            where = ", ".join(str(order.account) for order in ended)
            what = f"was not published on {where} by {until}" if out else f"was not published by {until}"
            then = "Begin anew for what is missing." if out else "Hand it in with another time."
            sentence = f"“{item.title}” {what}: nothing goes out late. {then}"
        telling.tell_of(item, sentence)
    return True


def _end_undecided(item: Item) -> None:
    for written in Publication.objects.filter(submission=item.submission_id, state=Publication.State.WRITTEN):
        written.become(written.State.WITHDRAWN, verb="expire", by=None)
    for place in Placement.objects.filter(submission=item.submission_id, state=Placement.State.WAITING):
        place.become(place.State.WITHDRAWN, verb="expire", by=None)
    item.become(State.EXPIRED, verb="expire", by=None)


def _end_unsent(item: Item) -> list[PublicationOrder]:
    """Withdraw what was not sent, each with its sentence; the item is then out, over, or waits for a hand."""
    orders = PublicationOrder.objects.select_for_update(of=("self",)).select_related("account")
    ended = list(orders.filter(UNSENT, publication__submission=item.submission_id))
    for order in ended:
        failed = f"{order.outcome} " if order.state == order.State.FAILED else ""
        order.become(order.State.WITHDRAWN, verb="expire", by=None, outcome=f"{failed}{TIME_IS_OVER}")
    settle(item.pk)
    return ended
