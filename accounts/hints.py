"""Hints to the workers that an order waits, ids only (idea 8). What goes wrong here undoes nothing.

With Redis down nothing is lost: the reconciler finds the orders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import redis
import structlog
from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

if TYPE_CHECKING:
    from accounts.orders import Order

log = structlog.get_logger()


def ordered(order: Order) -> None:
    """Hint to a worker, after the commit, that an order waits."""
    transaction.on_commit(lambda: hint(order), robust=True)


def hint(order: Order) -> bool:
    """Send the order's kind and id to the broker. False when the broker is down: the reconciler carries it then."""
    task = "accounts.tasks.carry_out_urgent" if order.urgent else "accounts.tasks.carry_out"
    wait = (order.not_before - timezone.now()).total_seconds()
    return send(task, order._meta.label, order.pk, countdown=wait if wait > 0 else None)


def send(task: str, *ids: Any, countdown: float | None = None) -> bool:
    """Send a task to the broker. False when the broker is down."""
    try:
        current_app.send_task(task, args=ids, countdown=countdown)
    except (OperationalError, redis.RedisError, OSError) as error:
        log.warning("broker_down", task=task, ids=ids, error=type(error).__name__)
        return False
    return True
