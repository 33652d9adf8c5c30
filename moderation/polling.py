"""Polling (C.11): which accounts are due, and one account read through its client into intake."""

from __future__ import annotations


def due() -> list[int]:
    """The accounts whose next poll has come, each claimed by a lease so that it is read once."""
    return []


def poll(account_id: int) -> None:
    """Read one account; what fails leaves a sentence on its PollState."""
