"""Deliveries that no worker took: the reconciler hints at them again, then takes them in itself (ruling 24)."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog
from django.db import DatabaseError, connections
from django.utils import timezone

from accounts import hints
from moderation import webhooks
from moderation.models import WebhookWork

log = structlog.get_logger()

GRACE = timedelta(seconds=2)  # the broker's own time to bring a hint to a worker
CARRIES_AFTER = timedelta(seconds=8)  # later than this they are not left to the broker any more
HINT_AGAIN = 5.0  # seconds


class _Watch:
    """What one reconciler remembers from one look to the next."""

    def __init__(self) -> None:
        self.hinted_at = float("-inf")
        self.busy = threading.Lock()
        self.hand = ThreadPoolExecutor(1, thread_name_prefix="deliveries")

    def look(self) -> None:
        """One look; what is to be taken in here is taken in beside it."""
        now = timezone.now()
        oldest = WebhookWork.due(now - GRACE).order_by("next_at").first()
        if oldest is None:
            return
        broker_is_up = True
        if time.monotonic() - self.hinted_at >= HINT_AGAIN:
            self.hinted_at = time.monotonic()
            broker_is_up = hints.send("moderation.tasks.process_deliveries")
        since = max(oldest.next_at, oldest.lease_until or oldest.next_at)
        if (not broker_is_up or now - since > CARRIES_AFTER) and self.busy.acquire(blocking=False):
            self.hand.submit(self._take_in)

    def _take_in(self) -> None:
        try:
            count = webhooks.process_due()
            log.info("deliveries_taken_in_by_the_reconciler", count=count)
        except DatabaseError as error:
            log.warning("deliveries_left", error=type(error).__name__)
        finally:
            connections.close_all()
            self.busy.release()


look = _Watch().look
