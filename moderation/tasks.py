"""Tasks load by key and call one function; the broker carries ids only (idea 8)."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from members.models.agency import agency_zone
from moderation import (
    alerting,
    avatars,
    learning,
    looking,
    neutrality,
    polling,
    reviews,
    section_mail,
    suggesting,
    webhooks,
)


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
def look(*comment_ids: int) -> None:
    """Look at each comment on its platform, and fetch the picture of whoever wrote it."""
    for comment_id in comment_ids:
        looking.look(comment_id)
        avatars.fetch_of(comment_id)


@shared_task(name="moderation.tasks.process_deliveries")
def process_deliveries() -> None:
    """Take in what the platforms sent by themselves. Idempotent; the reconciler does it where no worker comes."""
    webhooks.process_due()


@shared_task(name="moderation.tasks.tell_of_threats")
def tell_of_threats() -> None:
    """Tell again of threats that nobody has acknowledged; the reconciler does it too, without a broker."""
    alerting.look()


@shared_task(name="moderation.tasks.tell_of_overdue_reviews")
def tell_of_overdue_reviews() -> None:
    """Tell those who may of second reviews past their time, once."""
    reviews.tell_of_overdue()


@shared_task(name="moderation.tasks.write_to_sections")
def write_to_sections() -> None:
    """Send the mails by which sections learn what is referred to them."""
    section_mail.send_due()


@shared_task(name="moderation.tasks.fetch_new_avatars")
def fetch_new_avatars() -> None:
    """Let the pictures of new posters be fetched before their addresses expire."""
    avatars.fetch_new()


@shared_task(name="moderation.tasks.fetch_avatar")
def fetch_avatar(poster_id: int) -> None:
    """Fetch one poster's picture."""
    avatars.fetch_avatar(poster_id)


@shared_task(name="moderation.tasks.forget_old_avatars")
def forget_old_avatars() -> None:
    """Empty the pictures that could not be renewed in time."""
    avatars.forget_old()


@shared_task(name="moderation.tasks.learn")
def learn() -> None:
    """Learn the triage model anew from the unit's own grades."""
    learning.learn()


@shared_task(name="moderation.tasks.suggest")
def suggest() -> None:
    """Let the learned model read what came in since."""
    suggesting.read_waiting()


@shared_task(name="moderation.tasks.draw_audit")
def draw_audit() -> None:
    """Draw the neutrality audit of the month that is over, once."""
    with timezone.override(agency_zone()):
        neutrality.draw_due()
