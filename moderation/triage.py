"""Triage: rules that order the queue and say why. They never act; a person decides (dependencies.md, 5)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Where a comment goes in the queue (models.queue.Urgency), the level suspected, and why in a few words."""

    urgency: int = 3
    level: int | None = None
    because: str = ""


def judge(text: str) -> Suspicion:
    """What the rules suspect of `text`. Pure; no I/O."""
    return Suspicion()
