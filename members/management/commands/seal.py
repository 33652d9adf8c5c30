"""`manage.py seal`: seals the trail, the log and the retained records as they grow (ruling 20)."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from members.sealing import HeadDiffers, Ledger, begin_head, ledgers, seal
from members.timestamps import stamp_due

log = structlog.get_logger()

STAMPING = 60.0  # seconds between two looks for heads without a time stamp
AGAIN = 10.0  # seconds to the next try where the database was away or a head differs


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT; any number may run, they take turns."""

    help = "Seal what was recorded since the last seal, again and again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, or a head begun anew."""
        parser.add_argument("--once", action="store_true", help="seal everything that waits now, and end")
        parser.add_argument("--new-head", metavar="LEDGER", help="keep the database's newest seal as head, and end")

    def handle(self, *args: Any, once: bool, new_head: str | None, **options: Any) -> None:
        """Ends with 1 where a head differs (`--once`); else logs it and leaves that ledger alone."""
        if new_head:
            self._begin(new_head)
        elif once:
            try:
                counts = {ledger.name: _seal_all(ledger) for ledger in ledgers()}
            except HeadDiffers as error:
                raise CommandError(str(error)) from error
            self.stdout.write(", ".join(f"{name}: {count} sealed" for name, count in counts.items()))
        else:
            self._run()

    def _begin(self, name: str) -> None:
        for ledger in ledgers():
            if ledger.name == name:
                self.stdout.write(f"The head of {name} is now: {begin_head(ledger) or 'none, nothing is sealed yet'}")
                return
        raise CommandError(f"There is no ledger {name!r}.")

    def _run(self) -> None:
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        if settings.TIMESTAMP_URL:  # beside the sealing: an authority that does not answer holds up nothing
            threading.Thread(target=_have_stamped, args=(stopped,), daemon=True).start()
        due = dict.fromkeys(ledgers(), 0.0)
        while not stopped.wait(max(0.05, min(due.values()) - time.monotonic())):
            for ledger, at in due.items():
                if at <= time.monotonic():
                    due[ledger] = time.monotonic() + _seal_or_put_off(ledger)


def _have_stamped(stopped: threading.Event) -> None:
    while not stopped.wait(STAMPING):
        try:
            stamp_due()
        except Exception as error:  # noqa: BLE001  (whatever it is, the next round tries again)
            log.warning("stamping_failed", error=type(error).__name__)


def _seal_or_put_off(ledger: Ledger) -> float:
    """Seal what waits; how long to wait before the next time."""
    try:
        _seal_all(ledger)
    except HeadDiffers as error:
        log.error("head_differs", ledger=ledger.name, reason=str(error))
        return AGAIN
    except DatabaseError as error:
        log.warning("database_away", ledger=ledger.name, error=type(error).__name__)
        connection.close()
        return AGAIN
    return ledger.every


def _seal_all(ledger: Ledger) -> int:
    total = 0
    while count := seal(ledger):
        total += count
    return total
