"""Counts the calls that leave for a platform, for whoever wants to know: `with counted() as counts: …`.

It counts in the thread at hand, through every client and whatever it calls. Imports no models.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from accounts.platforms.contract import Gone, PlatformError


@dataclass(slots=True)
class Count:
    """How often one call was made, how often it failed or had to be repeated, how long it took in all."""

    calls: int = 0
    errors: int = 0
    retries: int = 0
    milliseconds: int = 0


@dataclass(slots=True)
class Failure:
    """How often one kind of failure was met, and its last sentence (which holds no token, message or name)."""

    count: int = 0
    sentence: str = ""


@dataclass(slots=True)
class Counts:
    """By call, and by the kind and the platform's own code of what failed."""

    calls: dict[str, Count] = field(default_factory=dict)
    failures: dict[tuple[str, str], Failure] = field(default_factory=dict)

    def failed(self, error: PlatformError) -> None:
        """Count a failure. A thing that is gone is an answer, no failure."""
        failure = self.failures.setdefault((type(error).__name__, error.code), Failure())
        failure.count += 1
        failure.sentence = str(error)


_counts: ContextVar[Counts | None] = ContextVar("counts", default=None)


@contextmanager
def counted() -> Iterator[Counts]:
    """Within, every request is counted; inside another such block the inner one counts alone."""
    counts = Counts()
    before = _counts.set(counts)
    try:
        yield counts
    finally:
        _counts.reset(before)


@contextmanager
def counting(call: str, *, again: bool = False) -> Iterator[None]:
    """Around one request and the judgement of its answer. `again`: it repeats one that failed."""
    counts = _counts.get()
    if counts is None:
        yield
        return
    one = counts.calls.setdefault(call, Count())
    started = time.monotonic()
    try:
        yield
    except Gone:
        raise
    except PlatformError as error:
        one.errors += 1
        counts.failed(error)
        raise
    finally:
        one.calls += 1
        one.retries += again
        one.milliseconds += round((time.monotonic() - started) * 1000)
