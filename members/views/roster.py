"""The roster of the watch (Tab D): who watches, when nobody does, who is called; setting and taking off."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.asking import member_of
from members.authority import require
from members.models import Watch
from members.powers import Power
from members.roster import call_list, may_set, on_watch
from members.roster import take_off as take_off_watch
from members.roster_forms import WatchForm, asked_in
from members.roster_week import Week, monday_of, week_of
from members.spreadsheets import csv_answer
from members.states import Invalid

CALLED = 4  # names of those who are called next


@require_safe
def roster(request: HttpRequest) -> HttpResponseBase:
    """Who is on watch now and this week; `format=csv` as a file."""
    member = member_of(request)
    require(member, Power.READ_UNIT)
    week = week_of(monday_of(request.GET.get("week", "")))
    if request.GET.get("format") == "csv":
        return _file(week)
    called = call_list(Power.DECIDE_THREATS)
    context = {
        "week": week,
        "this_week": monday_of(""),
        "running": on_watch(),
        "called": called[:CALLED],
        "more": called[CALLED:],
        "may_set": may_set(member),
    }
    return render(request, "members/roster.html", context)


def _file(week: Week) -> HttpResponseBase:
    def rows() -> Iterator[list[object]]:
        lines = [(one.since, one.ends, one.member.name, one.member.number, one.by.name) for one in week.watches]
        gaps = [(gap.since, gap.until, "nobody", "", "") for day in week.days for gap in day.gaps]
        for since, until, *who in sorted(lines + gaps):
            yield [timezone.localtime(since).isoformat(), timezone.localtime(until).isoformat(), *who]

    return csv_answer(f"roster-{week.monday}", ["from", "until", "who", "number", "set by"], rows())


@require_http_methods(["GET", "HEAD", "POST"])
def set_watch(request: HttpRequest) -> HttpResponse:
    """Put somebody on watch, once or on several days."""
    member = member_of(request)
    require(member, Power.DECIDE_MONITORING)
    form = WatchForm(request.POST or None, initial=asked_in(request.GET))
    if request.method == "POST" and form.is_valid():
        try:
            made = form.carry_out(member)
        except Invalid as error:
            form.refuse(error)
        else:
            times = f" {len(made)} times" if len(made) > 1 else ""
            messages.success(request, f"{made[0].member.name} is on the roster{times} and has been told.")
            return _to_week(made[0])
    return render(request, "members/roster_set.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def watch(request: HttpRequest, watch_id: int) -> HttpResponse:
    """One watch: who, from, until, by whom set, and how it is taken off."""
    return _page(request, _found(request, watch_id))


@require_POST
def take_off(request: HttpRequest, watch_id: int) -> HttpResponse:
    """Take it off the roster."""
    one = _found(request, watch_id)
    try:
        take_off_watch(one, by=member_of(request))
    except Invalid as error:
        return _page(request, one, str(error))
    messages.success(request, f"{one.member.name} was taken off the roster and has been told.")
    return _to_week(one)


def _found(request: HttpRequest, watch_id: int) -> Watch:
    require(member_of(request), Power.READ_UNIT)
    return get_object_or_404(Watch.objects.select_related("member", "by", "withdrawn_by"), pk=watch_id)


def _page(request: HttpRequest, one: Watch, refusal: str = "") -> HttpResponse:
    now = timezone.now()
    context = {
        "one": one,
        "monday": monday_of(timezone.localtime(one.since).date().isoformat()),
        "running": one.since <= now < one.ends,
        "over": one.ends <= now,
        "refusal": refusal,
        "may_take_off": one.withdrawn_at is None and one.until > now and may_set(member_of(request)),
    }
    return render(request, "members/roster_watch.html", context, status=422 if refusal else 200)


def _to_week(one: Watch) -> HttpResponse:
    monday = monday_of(timezone.localtime(one.since).date().isoformat())
    answer: HttpResponse = redirect("roster")
    answer["Location"] += f"?week={monday}"
    return answer
