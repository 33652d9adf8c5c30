"""Tasks load by key and call one function; the broker carries ids only (idea 8)."""

from __future__ import annotations

from celery import shared_task

from moderation import looking, polling, webhooks


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


@shared_task(name="moderation.tasks.process_deliveries")
def process_deliveries() -> None:
    """Take in what the platforms sent by themselves. Idempotent; the reconciler does it where no worker comes."""
    webhooks.process_due()
