"""The organization chart (B.1)."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.asking import member_of
from members.authority import require
from members.chart import chart_at
from members.days import Day, midnight
from members.powers import Power


class DayForm(forms.Form):
    """As of which day; empty: today."""

    on = Day(label="As it stood on", required=False)


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The chain of command as it stands, or as it stood at the end of the day `on`. Prints on one page."""
    require(member_of(request), Power.READ_UNIT)
    form = DayForm(request.GET)
    day: date | None = form.cleaned_data["on"] if form.is_valid() else None
    if day is not None and day >= timezone.localdate():
        day = None
    moment = midnight(day + timedelta(days=1)) - timedelta(seconds=1) if day else None
    context = {"chart": chart_at(moment), "form": form, "day": day, "now": timezone.now()}
    return render(request, "members/chart.html", context, status=200 if form.is_valid() else 422)
