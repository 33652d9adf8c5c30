"""What a day or a period brought (C.6, E.2), as a page, a PDF and CSV; and the coverage of a day, hour by hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Account
from members.asking import member_of
from members.days import Day, midnight
from members.spreadsheets import csv_answer
from moderation.activity import Activity, Row, activity
from moderation.activity_words import duration, level_word, period
from moderation.coverage import BACK, Coverage, coverage

LONGEST = 92  # days of one sheet
_HEAD = ["of", "received", "waiting", "outstanding", "addressed", "answered", "left standing", "hidden", "gone"]


class Period(forms.Form):
    """From a day to a day, both counted in; a day alone is that day, nothing is today."""

    since = Day(label="From", required=False)
    until = Day(label="To", required=False)

    def days(self) -> tuple[date, date]:
        """The first and the last; today where the question makes no sense."""
        today = timezone.localdate()
        if not self.is_valid():
            return today, today
        first = self.cleaned_data["since"] or self.cleaned_data["until"] or today
        last = min(self.cleaned_data["until"] or first, first + timedelta(days=LONGEST - 1))
        return first, max(first, last)


def _found(request: HttpRequest) -> tuple[Period, Activity, date, date]:
    form = Period(request.GET)
    first, last = form.days()
    accounts = list(Account.objects.visible_to(member_of(request)))
    return form, activity(accounts, midnight(first), midnight(last + timedelta(days=1))), first, last


@require_safe
def activity_page(request: HttpRequest) -> HttpResponse:
    """The figures of a period; today's, if not said."""
    form, found, first, last = _found(request)
    context = {
        "form": form,
        "found": found,
        "period": period(found),
        "first": first,
        "last": last,
        "before": first - timedelta(days=1),
        "accounts": [(str(one), row) for one, row in found.by_account.items()],
        "levels": [(level_word(level), row) for level, row in found.by_level.items()],
        "clocks": [
            (
                word,
                clock.count,
                [duration(one) for one in (clock.half, clock.most, clock.office_half, clock.office_most)],
            )
            for word, clock in (("to the first grade", found.graded), ("to the first answer", found.answered))
        ],
    }
    return render(request, "moderation/activity.html", context)


@require_safe
def activity_pdf(request: HttpRequest) -> HttpResponse:
    """The activity sheet, to be printed and signed."""
    from moderation.activity_sheet import sheet  # what draws a PDF takes as much memory as the page itself

    _, found, first, last = _found(request)
    grid = _grid(request, first) if first == last and _within(first) else None
    answer = HttpResponse(sheet(found, grid), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="activity-{first}.pdf"'
    return answer


@require_safe
def activity_csv(request: HttpRequest) -> HttpResponseBase:
    """The same figures as a file."""
    _, found, first, _ = _found(request)

    def rows() -> Iterator[list[object]]:
        for account, row in found.by_account.items():
            yield _cells(str(account), row)
        for level, row in found.by_level.items():
            yield _cells(level_word(level), row)
        yield _cells("all", found.total)

    return csv_answer(f"activity-{first}", _HEAD, rows())


def _cells(word: str, row: Row) -> list[object]:
    counts = (row.received, row.waiting, row.outstanding, row.addressed, row.answered, row.left_standing, row.hidden)
    return [word, *counts, row.gone]


# --- coverage --------------------------------------------------------------------------------------------------------


class DayForm(forms.Form):
    """A day of the last month."""

    day = Day(label="Day", required=False)

    def chosen(self) -> date:
        """Today, unless a day is asked for that can be looked back at."""
        asked = self.cleaned_data["day"] if self.is_valid() else None
        return asked if asked is not None and _within(asked) else timezone.localdate()


def _within(day: date) -> bool:
    today = timezone.localdate()
    return today - timedelta(days=BACK) <= day <= today


def _grid(request: HttpRequest, day: date) -> Coverage:
    return coverage(list(Account.objects.visible_to(member_of(request)).open()), day)


@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Who watched, what was read, what came and waited: each hour of a day."""
    form = DayForm(request.GET)
    day = form.chosen()
    grid = _grid(request, day)
    context = {
        "form": form,
        "grid": grid,
        "lines": [(hour, [cells[at] for _, cells in grid.rows]) for at, hour in enumerate(grid.hours)],
        "before": day - timedelta(days=1) if _within(day - timedelta(days=1)) else None,
        "after": day + timedelta(days=1) if day < timezone.localdate() else None,
        "back": BACK,
    }
    return render(request, "moderation/coverage.html", context)


@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponseBase:
    """The grid as a file: a row an account and hour."""
    grid = _grid(request, DayForm(request.GET).chosen())
    head = ["hour", "account", "on watch", "watched throughout", "read", "came", "waiting at its end"]

    def rows() -> Iterator[list[object]]:
        for account, cells in grid.rows:
            for hour, cell in zip(grid.hours, cells, strict=True):
                watched = "yes" if hour.covered else "no"
                yield [
                    timezone.localtime(hour.begins).isoformat(timespec="minutes"),
                    account,
                    ", ".join(hour.watchers),
                    watched,
                    cell.word,
                    cell.came,
                    "" if cell.waiting is None else cell.waiting,
                ]

    return csv_answer(f"coverage-{grid.day}", head, rows())
