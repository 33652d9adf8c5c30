"""Hints after a commit, ids only: to open screens that something changed (ruling 25).

With Redis down nothing is lost: screens poll.
"""

from __future__ import annotations

import os
import threading

from django.db import transaction

from accounts import hints
from members.live import publish


def changed(comment_id: int) -> None:
    """A comment's case changed: pages that show it fetch it anew."""
    transaction.on_commit(lambda: publish("comment", comment_id), robust=True)


def arrived(count: int) -> None:
    """New comments wait."""
    if count:
        transaction.on_commit(lambda: publish("queue", count), robust=True)


def opened(comment_id: int) -> None:
    """An officer opened a comment: have somebody look whether it still stands as it was received."""
    transaction.on_commit(lambda: hints.send("moderation.tasks.look", comment_id), robust=True)


def delivered() -> None:
    """Hint to a worker that something came by itself. Costs its caller nothing, whatever the broker does.

    One thread of the process speaks to the broker, and many deliveries are one hint: a worker takes in all that is due.
    """
    _hinting.wanted.set()
    _hinting.begin()


class _Hinting:
    """The thread that hints. A forked worker has one of its own."""

    def __init__(self) -> None:
        self.wanted = threading.Event()
        self.process = 0
        self.lock = threading.Lock()

    def begin(self) -> None:
        """Start it, once in each process."""
        with self.lock:
            if self.process != os.getpid():
                self.process = os.getpid()
                threading.Thread(target=self._hint, name="hints", daemon=True).start()

    def _hint(self) -> None:
        while self.wanted.wait():
            self.wanted.clear()
            hints.send("moderation.tasks.process_deliveries")


_hinting = _Hinting()
