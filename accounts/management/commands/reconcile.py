"""`manage.py reconcile`: look after orders that the broker or a worker lost, until SIGTERM."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from accounts.reconciling import Reconciler


class Command(BaseCommand):
    """Runs for ever. Needs the database; the broker may be down."""

    help = "Find orders that were lost on the way to a worker and see that they are carried out. Ends with SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look every second, until told to stop; a call in hand is finished first."""
        stop = threading.Event()

        def end(number: int, frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        Reconciler().run(stop)
