"""The ground that faults are injected on, and the printing of their figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from accounts.models import Account
from members.models import Member
from moderation.models import Comment
from tests.faults.ground import Ground, Tally
from tests.moderation.conftest import Stage, no_hints, stage

__all__ = ["no_hints", "stage"]


@pytest.fixture
def ground(
    transactional_db: None,
    stage: Stage,
    accounts: dict[str, Account],
    make_comment: Callable[..., Comment],
    officer: Member,
    settings: Any,
    no_hints: None,
) -> Ground:
    """No hint is sent from this process: a forked child would send it through its parent's connection."""
    settings.UNDO_SECONDS = 0
    return Ground(stage, accounts, make_comment, officer)


@pytest.fixture
def tell() -> Iterator[Callable[[Tally], None]]:
    """Prints a scenario's figures, and fails the test when they do not hold."""
    told: list[Tally] = []

    def say(tally: Tally) -> None:
        sys.stdout.write(tally.line() + "\n")
        sys.stdout.flush()
        told.append(tally)

    yield say
    failed = [tally.line() for tally in told if not tally.holds]
    assert not failed, failed
