"""What an account did in the last 24 hours, for its page: `{% day_of account %}`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import template

from accounts.drawing import Chart, drawn
from accounts.hours import Hours, calls_of, hours_of
from accounts.models import Account
from accounts.models.polling import RESERVE

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86400  # seconds


@register.inclusion_tag("accounts/_day.html")
def day_of(account: Account) -> dict[str, Any]:
    """Chart, calls by kind, failures, audience and the blind times of one account."""
    hours = hours_of([account])[account.pk]
    blind = account.blind_times.all()[:5]
    return {"hours": hours, "chart": drawn(hours), "calls": calls_of(account, hours.since), "blind_times": blind}


@register.inclusion_tag("accounts/_chart.html")
def chart_of(hours: Hours, chart: Chart, table: str = "") -> dict[str, Any]:
    """The chart with its words; with `table`, the same as a table, else the way to the page that has it."""
    return {"hours": hours, "chart": chart, "table": table}


@register.inclusion_tag("accounts/_units.html")
def units_of(units: Any) -> dict[str, Any]:
    """The ledger of a daily quota."""
    return {"units": units, "reserve": RESERVE}


@register.filter
def span(value: float | timedelta | None) -> str:
    """A span of time in the largest unit that fits: 40 s, 12 min, 5 h, 3 days."""
    if value is None:
        return "–"
    seconds = value.total_seconds() if isinstance(value, timedelta) else value
    if seconds < 2 * MINUTE:
        return f"{round(seconds)} s"
    if seconds < 2 * HOUR:
        return f"{round(seconds / MINUTE)} min"
    return f"{round(seconds / HOUR)} h" if seconds < 2 * DAY else f"{round(seconds / DAY)} days"


@register.filter
def signed(number: int | None) -> str:
    """A change with its sign: +12, −3, ±0; nothing where there is none to tell."""
    if number is None:
        return ""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "±0"
