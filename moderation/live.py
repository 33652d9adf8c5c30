"""Hints after a commit, ids only: to open screens that something changed (ruling 25).

With Redis down nothing is lost: screens poll.
"""

from __future__ import annotations

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
