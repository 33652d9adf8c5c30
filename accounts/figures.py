"""What the rooms above know of an account (its backlog, say): asked of them by name, since imports go downwards only.

settings.ACCOUNT_FIGURES lists dotted callables; each is given the accounts and the member, and answers in `Figure`s.
settings.ACCOUNT_DAYS likewise; each answers with what came in of the public's since a moment, as a `Day`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Account
from members.models import Member


@dataclass(frozen=True)
class Figure:
    """One figure about an account. `since` is the age of the oldest thing counted; `warn`: somebody should look."""

    word: str
    count: int
    address: str = ""
    since: datetime | None = None
    warn: bool = False


def figures_of(accounts: Sequence[Account], member: Member) -> dict[int, list[Figure]]:
    """The figures of each account, by its key, in the order of the settings."""
    figures: dict[int, list[Figure]] = {account.pk: [] for account in accounts}
    for path in settings.ACCOUNT_FIGURES:
        for key, found in import_string(path)(accounts, member).items():
            figures[key].extend(found)
    return figures


@dataclass
class Day:
    """What came in of an account since a moment: by the hour, and how long after it was written (seconds)."""

    by_hour: dict[datetime, int] = field(default_factory=dict)
    late_half: float | None = None  # half of it came within this
    late_most: float | None = None  # nineteen in twenty
    newest: datetime | None = None  # when the newest of it was written

    @property
    def count(self) -> int:
        """All of it."""
        return sum(self.by_hour.values())


def days_of(accounts: Sequence[Account], since: datetime) -> dict[int, Day]:
    """What came in of each account since `since`, by its key."""
    days = {account.pk: Day() for account in accounts}
    for path in settings.ACCOUNT_DAYS:
        days |= import_string(path)(accounts, since)
    return days
