"""`manage.py trickle`: what the members did with the comments that are in, then new ones while one watches."""

from __future__ import annotations

import random
import signal
import threading
from typing import Any

import httpx
import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from smu.demonstration import public, shift

log = structlog.get_logger()


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT."""

    help = "Work on what the polls brought, once; then add a comment of the public to the sandbox every so often."

    def add_arguments(self, parser: CommandParser) -> None:
        """How long to wait between two."""
        parser.add_argument("--every", nargs=2, type=float, default=(20.0, 40.0), metavar=("LEAST", "MOST"))

    def handle(self, *args: Any, every: tuple[float, float], **options: Any) -> None:
        """The shift, once; then one comment after each wait: a sandbox that does not answer is tried with the next."""
        if not settings.DEMONSTRATION or not settings.SANDBOX_URL:
            raise CommandError("This is not the demonstration: start it with `make run`.")
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        shift.work(stopped)
        connections.close_all()  # what follows needs the sandbox alone
        with public.sandbox() as control:
            for comment in public.trickle():
                # Not a secret: how long the public takes to answer.
                if stopped.wait(random.uniform(*every)):  # noqa: S311
                    return
                try:
                    control.post("/comments", json=comment).raise_for_status()
                except httpx.HTTPError as error:
                    log.warning("sandbox_did_not_take_a_comment", error=type(error).__name__)
