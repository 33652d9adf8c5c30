"""Moments as the members write them: local time of the agency, across daylight saving (ruling 11)."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from members.states import Invalid


def moment_of(local: datetime, zone: ZoneInfo, fold: int = 0, *, field: str = "starts_at") -> datetime:
    """The moment that a clock on the wall means in `zone`; in the hour that comes twice, the first (0) or second (1).

    `local` carries no zone. Raises Invalid at `field` for an hour that does not exist, because the clocks go forward.
    """
    meant = local.replace(tzinfo=zone, fold=fold)
    shown = meant.astimezone(UTC).astimezone(zone)
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None, fold=shown.fold):
        raise Invalid("That hour does not exist: the clocks go forward that night. Choose another time.", field)
    return meant


def comes_twice(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock shows this time twice, because it goes back: then which of the two has to be said."""
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset() and first.astimezone(UTC) < second.astimezone(UTC)
