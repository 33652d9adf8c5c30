"""Hints after a commit, ids only: to open screens that something changed, to workers that an order waits (ruling 25).

With Redis down nothing is lost: screens poll, and the reconciler finds the orders (idea 8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import redis
import structlog
from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from members.live import publish

if TYPE_CHECKING:
    from moderation.models import CommentOrder

log = structlog.get_logger()


def changed(comment_id: int) -> None:
    """A comment's case changed: pages that show it fetch it anew."""
    transaction.on_commit(lambda: publish("comment", comment_id), robust=True)


def arrived(count: int) -> None:
    """New comments wait."""
    if count:
        transaction.on_commit(lambda: publish("queue", count), robust=True)


def opened(comment_id: int) -> None:
    """An officer opened a comment: have somebody look whether it still stands as it was received."""
    transaction.on_commit(lambda: _send("moderation.tasks.look", comment_id), robust=True)


def ordered(order: CommentOrder) -> None:
    """Hint to a worker that an order waits. What goes wrong here undoes nothing: the reconciler finds the order."""
    transaction.on_commit(lambda: hint(order), robust=True)


def hint(order: CommentOrder) -> bool:
    """Send the order's id to the broker. False when the broker is down: the reconciler carries the order then."""
    task = "moderation.tasks.carry_out_urgent" if order.urgent else "moderation.tasks.carry_out"
    wait = (order.not_before - timezone.now()).total_seconds()
    return _send(task, order.pk, countdown=wait if wait > 0 else None)


def _send(task: str, key: int, *, countdown: float | None = None) -> bool:
    try:
        current_app.send_task(task, args=(key,), countdown=countdown)
    except (OperationalError, redis.RedisError, OSError) as error:
        log.warning("broker_down", task=task, key=key, error=type(error).__name__)
        return False
    return True
