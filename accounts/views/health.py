"""How all accounts do, at one glance (C.1): the last 24 hours, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.drawing import drawn
from accounts.health import Health, health_of
from accounts.hours import Hours, hours_of
from accounts.models import Account
from members.asking import member_of
from members.spreadsheets import csv_answer

HEAD = [
    *("platform", "handle", "state", "trouble", "token until", "last read", "next", "last webhook", "blind since"),
    *("blind minutes in 24 h", "lag seconds", "half came within seconds", "95 % came within seconds", "new in 24 h"),
    *("calls in 24 h", "errors in 24 h", "repeated in 24 h", "mean milliseconds", "last error", "units left"),
    *("units given anew", "followers", "followers change", "posts", "posts change", "change since"),
]


@require_safe
def health(request: HttpRequest) -> HttpResponseBase:
    """Every account that is not terminated; `format=csv` as a file."""
    member = member_of(request)
    accounts = list(Account.objects.visible_to(member).open().select_related("poll_state"))
    found = hours_of(accounts)
    rows = [(one, found[one.account.pk]) for one in health_of(accounts, member)]
    rows.sort(key=lambda row: (row[1].standing is None, ["bad", "warn", "good"].index(row[0].tone)))
    if request.GET.get("format") == "csv":
        return csv_answer("account-health", HEAD, _lines(rows))
    shown = [{"health": one, "hours": hours, "chart": drawn(hours)} for one, hours in rows]
    blind = [hours for _, hours in rows if hours.standing]
    return render(request, "accounts/health.html", {"shown": shown, "blind": blind, "now": timezone.now()})


def _lines(rows: list[tuple[Health, Hours]]) -> Iterator[list[object]]:
    for one, hours in rows:
        account, poll, audience, units = one.account, one.poll, hours.audience, one.units
        yield [
            account.get_platform_display(),
            account.handle,
            account.get_state_display(),
            one.trouble,
            _at(hours.expires_at),
            _at(poll.last_ok_at if poll else None),
            _at(poll.next_at if poll else None),
            _at(hours.webhook.last_event_at if hours.webhook else None),
            _at(hours.standing.since if hours.standing else None),
            hours.blind_minutes,
            round(hours.lag.total_seconds()) if hours.lag is not None else "",
            _seconds(hours.day.late_half),
            _seconds(hours.day.late_most),
            hours.day.count,
            hours.calls,
            hours.errors,
            hours.retries,
            hours.mean,
            hours.troubles[0].sentence if hours.troubles else "",
            units.remaining if units else "",
            _at(units.resets_at if units else None),
            audience.last.followers if audience else "",
            audience.followers_change if audience else "",
            audience.last.posts if audience else "",
            audience.posts_change if audience else "",
            audience.since if audience else "",
        ]


def _at(moment: object) -> str:
    return timezone.localtime(moment).isoformat() if moment else ""  # type: ignore[arg-type]


def _seconds(value: float | None) -> object:
    return round(value) if value is not None else ""
