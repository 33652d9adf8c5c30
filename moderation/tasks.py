"""Tasks load by key and call one function; the broker carries ids only (idea 8)."""

from __future__ import annotations

from celery import shared_task

from accounts.orders import carry_out as carry_out_order
from moderation import looking, polling
from moderation.models import CommentOrder


@shared_task(name="moderation.tasks.carry_out")
def carry_out(order_id: int) -> None:
    """Carry out an order, if it is still to be carried out. Idempotent."""
    carry_out_order(CommentOrder.objects.select_related("account", "comment__poster").get(pk=order_id))


@shared_task(name="moderation.tasks.carry_out_urgent")
def carry_out_urgent(order_id: int) -> None:
    """The same on the urgent worker: hides wait behind no reply and no poll (ruling 24)."""
    carry_out(order_id)


@shared_task(name="moderation.tasks.poll_due")
def poll_due() -> None:
    """Send each account that is due to a worker of its own: one account never waits for another."""
    for account_id in polling.due():
        poll.delay(account_id)


@shared_task(name="moderation.tasks.poll")
def poll(account_id: int) -> None:
    """Read one account."""
    polling.poll(account_id)


@shared_task(name="moderation.tasks.look")
def look(comment_id: int) -> None:
    """Look at one comment on its platform."""
    looking.look(comment_id)
