"""The trail: who did what, when, to what, and whether it is sealed."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.asking import member_of
from members.models.trail import TrailQuerySet
from members.paging import page_of
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.trail_search import TrailSearch, shown, word_for


@require_safe
def trail(request: HttpRequest) -> HttpResponseBase:
    """The whole unit's for those who read it by position, one's own for everybody else; `format=csv` as a file."""
    member = member_of(request)
    search = TrailSearch(request.GET, member=member)
    entries = search.entries().select_related("by")
    if request.GET.get("format") == "csv":
        return _file(entries)
    page = page_of(entries, request.GET.get("after"))
    context = {"search": search, "page": page, "shown": shown(page.rows), "whole": member.may(Power.READ_TRAIL)}
    return render(request, "members/trail.html", context, status=200 if search.is_valid() else 422)


def _file(entries: TrailQuerySet) -> HttpResponseBase:
    head = ["entry", "at", "who", "number", "verb", "subject", "id", "before", "after", "decision", "digest", "act"]

    def rows() -> Iterator[list[object]]:
        for entry in entries.order_by("-id")[:LARGEST].iterator(chunk_size=2000):
            yield [
                entry.pk,
                entry.at.isoformat(),
                entry.by.name if entry.by else "system",
                entry.by.number if entry.by else "",
                entry.verb,
                word_for(entry.subject_type),
                entry.subject_id,
                entry.before,
                entry.after,
                f"{entry.decision_type} {entry.decision_id}".strip(),
                entry.decision_digest,
                entry.act,
            ]

    return csv_answer("trail", head, rows())
