"""Hints after a commit, ids only: to open screens that something changed (ruling 25).

With Redis down nothing is lost: screens poll.
"""

from __future__ import annotations

import os
import threading
from collections import deque

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
    transaction.on_commit(lambda: _looking.want(comment_id), robust=True)


def delivered() -> None:
    """Hint to a worker that something came by itself: many deliveries are one hint, for he takes in all that is due."""
    _hinting.want()


class _Hinting:
    """One thread of the process that speaks to the broker: its callers wait for nothing, whatever the broker does.

    What is wanted while a hint is on its way goes out as one more. A forked worker has a thread of its own.
    """

    def __init__(self, task: str, *, numbered: bool = False) -> None:
        self.task, self.numbered = task, numbered
        self.wanted = threading.Event()
        self.numbers: deque[int] = deque()
        self.process = 0
        self.lock = threading.Lock()

    def want(self, *numbers: int) -> None:
        """Have the task done, for these numbers."""
        self.numbers.extend(numbers)
        self.wanted.set()
        with self.lock:
            if self.process != os.getpid():
                self.process = os.getpid()
                threading.Thread(target=self._hint, name="hints", daemon=True).start()

    def _hint(self) -> None:
        while self.wanted.wait():
            self.wanted.clear()
            numbers = [self.numbers.popleft() for _ in range(len(self.numbers))]
            if numbers or not self.numbered:
                hints.send(self.task, *numbers)


_hinting = _Hinting("moderation.tasks.process_deliveries")
_looking = _Hinting("moderation.tasks.look", numbered=True)
