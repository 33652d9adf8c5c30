"""What is asked about the roster. A form reads; `roster` judges (idea 2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from members import roster
from members.days import Day
from members.forms import Asked
from members.models import Member, Watch
from members.powers import Position

WEEKDAYS = [(str(n), (date(2026, 6, 1) + timedelta(days=n)).strftime("%a")) for n in range(7)]  # a Monday
WEEKS = 24


class WatchForm(Asked):
    """Who is on watch, on which day, from when to when, and on which days again."""

    member = forms.ChoiceField(label="Who", error_messages={"required": "Choose who is on watch."})
    day = Day(label="Day")
    since = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    until = forms.TimeField(
        label="To",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="Not later than “From”: on the day after.",
    )
    weekdays = forms.MultipleChoiceField(
        label="Again on", required=False, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    weeks = forms.IntegerField(
        label="For how many weeks",
        required=False,
        min_value=1,
        max_value=WEEKS,
        initial=1,
        help_text="Counts where days are marked; the first week begins on the day above.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices("member", _watchers())

    def days(self) -> list[date]:
        """The days on which a watch begins."""
        asked = self.cleaned_data
        if not asked["weekdays"]:
            return [asked["day"]]
        span = range(7 * (asked["weeks"] or 1))
        days = [asked["day"] + timedelta(days=n) for n in span]
        return [day for day in days if str(day.weekday()) in asked["weekdays"]]

    def carry_out(self, by: Member) -> list[Watch]:
        """Set what was asked, all or nothing. Raises what the verb raises."""
        asked = self.cleaned_data
        over_night = timedelta(days=int(asked["until"] <= asked["since"]))
        spans = [
            (
                roster.moment_at(day, asked["since"]),
                roster.moment_at(day + over_night, asked["until"], ends=True),
            )
            for day in self.days()
        ]
        return roster.set_watches(Member.objects.get(pk=int(asked["member"])), spans, by=by)


def _watchers() -> list[Any]:
    """Who can be on watch, by position, nearest to the work first; the verb judges again."""
    serving = Member.objects.serving().of_the_unit()
    groups: list[Any] = [("", "Choose")]
    for position in reversed(Position):
        names = [(str(one.pk), one.name) for one in serving if one.position == position.value]
        if names:
            groups.append((position.label, names))
    return groups


def asked_in(given: Any) -> dict[str, Any]:
    """What a link to the form (from a gap) fills in: its member, or the moments at which the watch begins and ends."""
    initial = {"member": given.get("member", ""), "weeks": 1, "day": timezone.localdate()}
    for name in ("since", "until"):
        try:
            moment = timezone.localtime(datetime.fromisoformat(given.get(name, "")))
        except (ValueError, OverflowError):
            continue
        initial[name] = moment.time()
        if name == "since":
            initial["day"] = moment.date()
    return initial
