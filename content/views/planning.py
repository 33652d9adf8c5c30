"""The board, the calendar and the figures of content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from content import figures, holding, month
from content.board import board
from content.forms import number_of
from content.holidays import between
from content.items import Overtaken
from content.models import Campaign, Idea, Item, Purpose
from content.planning_forms import PeriodForm
from members.asking import member_of
from members.authority import require
from members.days import FIRST
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import csv_answer
from members.states import Invalid

NOT_MOVED: tuple[type[Exception], ...] = (*REFUSALS, Overtaken)
FARTHEST = 2  # years from now that the calendar turns to
LONGEST_FEED = timedelta(days=62)


@require_safe
def content_board(request: HttpRequest) -> HttpResponse:
    """Everything under way, by where it is on its road."""
    member = member_of(request)
    asked = request.GET
    purpose = asked.get("purpose", "")
    chosen = number_of(asked.get("campaign"), digits=18)
    purpose = purpose if purpose in Purpose.values else ""
    context = {
        "board": board(member, mine=asked.get("mine") == "1", purpose=purpose, campaign=chosen),
        "mine": asked.get("mine") == "1",
        "purpose": purpose,
        "purposes": Purpose.choices,
        "campaign": chosen,
        "campaigns": Campaign.objects.filter(state=Campaign.State.APPROVED),
        "narrowed": bool(purpose or chosen or asked.get("mine") == "1"),
        "may_write": member.may(Power.DEVELOP_CONTENT),
        "may_hold": holding.may_hold(member),
    }
    return render(request, "content/board.html", context)


# FullCalendar puts its rules, and in them a font, into a style element of its own making: by this page's nonce alone.
@require_safe
@csp_update({"style-src": [NONCE], "font-src": ["data:"]})
def content_calendar(request: HttpRequest) -> HttpResponse:
    """A month as a table, which a script makes into one whose items can be dragged."""
    return _calendar(request)


def _calendar(request: HttpRequest, refusal: Exception | None = None) -> HttpResponse:
    member, today = member_of(request), timezone.localdate()
    shown = _month_of(request.GET.get("month", "")) or today.replace(day=1)
    weeks = month.weeks(shown.year, shown.month, member=member)
    days = [day for week in weeks for day in week if day.here]
    context = {
        "month": shown,
        "before": (shown - timedelta(days=1)).replace(day=1),
        "after": (shown + timedelta(days=31)).replace(day=1),
        "weeks": weeks,
        "movable": [one for day in days for one in day.entries if one.movable],
        "colliding": [one for day in days for one in day.entries if one.collides],
        "empty": [day.day for day in days if day.empty and day.day >= today],
        "today": today,
        "may_write": member.may(Power.DEVELOP_CONTENT),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "content/calendar.html", context, status=status_of(refusal) if refusal else 200)


def _month_of(text: str) -> date | None:
    try:
        found = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  (a month is no moment)
    except ValueError:
        return None
    return found if abs(found.year - timezone.localdate().year) <= FARTHEST else None


@require_safe
def calendar_feed(request: HttpRequest) -> JsonResponse:
    """What the calendar's script draws between two moments, `start` and `end`."""
    since, until = _day(request.GET.get("start", "")), _day(request.GET.get("end", ""))
    if since is None or until is None or not timedelta(0) <= until - since <= LONGEST_FEED:
        return JsonResponse({"sentence": "Name a start and an end, two months apart at most."}, status=422)
    member = member_of(request)
    found: list[dict[str, Any]] = [_drawn(one) for one in month.entries(since, until, member=member)]
    ideas = Idea.objects.all().visible_to(member).new().filter(happens_on__range=(since, until))
    found += [
        {"title": f"Idea: {one.title}", "start": one.happens_on, "allDay": True, "url": one.get_absolute_url(),
         "classNames": ["is-idea"], "editable": False}
        for one in ideas
    ]  # fmt: skip
    found += [
        {"title": name, "start": day, "allDay": True, "classNames": ["is-holiday"], "editable": False}
        for day, name in between(since, until).items()
    ]
    found += [
        {"title": one.name, "start": one.since, "end": (one.until or until) + timedelta(days=1), "allDay": True,
         "url": one.get_absolute_url(), "classNames": ["is-campaign"], "editable": False}
        for one in month.campaigns_between(since, until)
    ]  # fmt: skip
    filled = figures.filled_days(since, until)
    days = (since + timedelta(days=count) for count in range((until - since).days + 1))
    return JsonResponse({"events": found, "empty": [day for day in days if day not in filled]})


def _drawn(one: month.Entry) -> dict[str, Any]:
    words = [f"is-{one.item.state}", *(["is-colliding"] if one.collides else [])]
    state = one.item.get_state_display()
    close = f"; close to {', '.join(one.collides)}" if one.collides else ""
    return {
        "id": str(one.item.pk),
        "title": one.item.title,
        "start": timezone.localtime(one.at).replace(tzinfo=None).isoformat(timespec="minutes"),
        "url": one.item.get_absolute_url(),
        "classNames": words,
        "editable": one.movable,
        "extendedProps": {
            "says": f"{state}{close}",
            "on": one.item.revision.number if one.item.revision else 0,
            "move": reverse("move_item", args=[one.item.pk]),
        },
    }


def _day(text: str) -> date | None:
    try:
        found = parse_date(text[:10])
    except ValueError:
        return None
    return found if found and found >= FIRST else None


@require_POST
def move_item(request: HttpRequest, content_id: int) -> HttpResponse:
    """Plan it for another day: from the month's table, or dragged by the script, which asks for JSON."""
    member = member_of(request)
    require(member, Power.DEVELOP_CONTENT)
    item = get_object_or_404(Item.objects.all().visible_to(member).select_related("revision"), pk=content_id)
    day, on = _day(request.POST.get("day", "")), number_of(request.POST.get("on"))
    by_script = "application/json" in request.headers.get("accept", "")
    try:
        if day is None or on is None:
            raise Invalid("Choose the day that it moves to.", "day")
        month.move(item, day, by=member, on=on)
    except NOT_MOVED as refusal:
        if by_script:
            return JsonResponse({"sentence": sentence_of(refusal)}, status=_status(refusal))
        messages.error(request, sentence_of(refusal))
        return redirect(_month_page(item))
    item.refresh_from_db()
    if by_script:
        return JsonResponse({"on": item.revision.number if item.revision else 0})
    messages.success(request, f"“{item.title}” is planned for {day:%A, %-d %B}.")
    return redirect(f"{reverse('content_calendar')}?month={day:%Y-%m}")


def _status(refusal: Exception) -> int:
    return 409 if isinstance(refusal, Overtaken) else status_of(refusal)


def _month_page(item: Item) -> str:
    at = timezone.localtime(item.starts_at) if item.starts_at else timezone.localtime()
    return f"{reverse('content_calendar')}?month={at:%Y-%m}"


@require_safe
def content_figures(request: HttpRequest) -> HttpResponseBase:
    """The mix of purposes, how long a post takes, days without content, each account; `format=csv` as a file."""
    form = PeriodForm(request.GET)
    until = timezone.localdate()
    since = until - timedelta(days=29)
    if form.is_valid():
        until = form.cleaned_data["until"] or until
        since = form.cleaned_data["since"] or until - timedelta(days=29)
        if since > until or until - since > figures.LONGEST:
            form.add_error("since", "Choose a first day before the last, 400 days apart at most.")
            until = timezone.localdate()
            since = until - timedelta(days=29)
    found = figures.of_period(since, until)
    if request.GET.get("format") == "csv" and not form.errors:
        return csv_answer(f"content-{since}-{until}", ["figure", "of", "value"], _rows(found))
    context = {"form": form, "figures": found, "since": since, "until": until}
    return render(request, "content/figures.html", context, status=422 if form.errors else 200)


def _rows(found: figures.Figures) -> Iterator[list[object]]:
    yield ["published", "", found.published]
    yield ["hours from draft to published, the middle one", "", "" if found.hours is None else round(found.hours, 1)]
    yield ["days without content", f"of {found.days}", len(found.empty_days)]
    for share in found.mix:
        yield ["purpose", share.word, share.count]
    for one in found.accounts:
        yield ["published on", str(one.account), one.published]
        yield ["failed on", str(one.account), one.failed]
        yield ["by hand on", str(one.account), one.by_hand]
    for day in found.empty_days:
        yield ["day without content", day, ""]
