"""The figures of a period in words, for the page and the sheet alike."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format

from moderation.activity import Activity
from moderation.models import Level


def period(found: Activity) -> str:
    """The period in words: one day, or the first and the last."""
    first = timezone.localtime(found.since).date()
    last = timezone.localtime(found.until - timedelta(microseconds=1)).date()
    said = date_format(first, "l j F Y")
    return said if first == last else f"{said} to {date_format(last, 'l j F Y')}"


def level_word(level: int | None) -> str:
    """A level by its number and name."""
    return f"{level} {Level(level).label}" if level else "not graded"


def duration(seconds: float | None) -> str:
    """Seconds as people say them."""
    if seconds is None:
        return "–"
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 172_800 else f"{seconds / 86_400:.1f} days"
