"""What things are worth, and what is to be replaced in which year (3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from equipment import outlook
from members.asking import member_of
from members.models import Member
from members.spreadsheets import LARGEST, csv_answer

SHOWN = 200  # things of one year; all are in the file
HEAD = [
    "asset tag",
    "name",
    "kind",
    "state",
    "cost",
    "acquired on",
    "life in months",
    "worth today",
    "to be replaced by",
    "maintenance so far",
    "not known",
]
WORDS = {"past": "Overdue", "later": "Later", "unknown": "Not reckoned"}


@require_safe
def outlook_page(request: HttpRequest) -> HttpResponseBase:
    """By year; `year=2027`, `past`, `later` or `unknown` names the things; `format=csv`: all of them as a file."""
    member = member_of(request)
    if request.GET.get("format") == "csv":
        return _csv(member)
    year = request.GET.get("year", "")
    things = outlook.ending(outlook.valued(member), year)
    rows = None if things is None else list(outlook.with_maintenance(things).order_by("ends_on", "tag")[: SHOWN + 1])
    context = {
        "found": outlook.outlook(member),
        "year": year if rows is not None else "",
        "word": WORDS.get(year, year),
        "rows": rows and [(one, outlook.missing(one)) for one in rows[:SHOWN]],
        "more": rows is not None and len(rows) > SHOWN,
    }
    return render(request, "equipment/outlook.html", context)


def _csv(member: Member) -> HttpResponseBase:
    found = outlook.with_maintenance(outlook.valued(member)).order_by("-pk")[:LARGEST]

    def rows() -> Iterator[list[object]]:
        for one in found.iterator(chunk_size=1000):
            of_it = [one.value, one.acquired_on, one.months, one.worth, one.ends_on, one.maintenance]
            known = ", ".join(outlook.missing(one))
            yield [one.tag, one.name, one.kind.name, one.get_state_display(), *of_it, known]

    return csv_answer("equipment-outlook", HEAD, rows())
