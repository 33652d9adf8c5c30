"""Days as people give them in searches, and the moment at which each begins in the agency's zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format

FIRST, LAST = date(1970, 1, 1), date(9000, 1, 1)  # beyond these no moment can be reckoned with


class Day(forms.DateField):
    """A day within reach; a day that the calendar can hold but a moment cannot is refused with a sentence."""

    widget = forms.DateInput(attrs={"type": "date"})
    default_validators = [MinValueValidator(FIRST), MaxValueValidator(LAST)]


def midnight(day: date) -> datetime:
    """The moment at which `day` begins in the agency's zone."""
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


def last_day(until: datetime) -> date:
    """The last day of a period that ends at `until`, in the agency's zone: where that is a midnight, the day before."""
    return timezone.localtime(until - timedelta(microseconds=1)).date()


def spoken(moment: datetime) -> str:
    """A moment as a sentence says it, in the agency's zone: 3 Dec 14:00; with the year where it is another one."""
    local = timezone.localtime(moment)
    return date_format(local, "j M H:i" if local.year == timezone.localtime().year else "j M Y H:i")


def spoken_day(day: date) -> str:
    """A day as a sentence says it: 3 Dec; with the year where it is another one."""
    return date_format(day, "j M" if day.year == timezone.localdate().year else "j M Y")
