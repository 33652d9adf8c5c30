"""`manage.py deliver`: carries notifications out, by e-mail and by members' own services, until SIGTERM."""

from __future__ import annotations

import signal
import threading
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connections

from members.delivering import deliver

log = structlog.get_logger()

EVERY = 1.0  # seconds between two looks while nothing waits
AGAIN = 10.0  # after the database was away
HANDS = [True, True, False, False]  # two for threats alone: no mail server that hangs over a digest holds them up


class Command(BaseCommand):
    """Needs the database alone, no broker. Any number may run; each message is one process's."""

    help = "Send what members are told, by e-mail and by their services. Ends with SIGTERM, the message in hand first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, for trying."""
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Until told to stop."""
        if once:
            while deliver(urgent=True) or deliver(urgent=False):
                pass
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        hands = [threading.Thread(target=work, args=[stop], kwargs={"urgent": urgent}) for urgent in HANDS]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()


def work(stop: threading.Event, *, urgent: bool) -> None:
    """One hand: message after message, until told to stop."""
    wait = 0.0
    while not stop.wait(wait):
        wait = _look(urgent=urgent)


def _look(*, urgent: bool) -> float:
    """Carry out what is due next; how long to wait before the next look."""
    try:
        return 0.0 if deliver(urgent=urgent) else EVERY
    except DatabaseError as error:
        log.warning("database_away", error=type(error).__name__)
        return AGAIN
    except Exception as error:  # noqa: BLE001  (the hand goes on; the row comes again when its lease has run out)
        log.error("delivery_broke_off", error=type(error).__name__)
        return EVERY
    finally:
        connections.close_all()
