"""The trail and the log of reads: who did what, when, to what, whether it is sealed, and the proof of it (F.I)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.models import LogEntry, Member, TrailEntry
from members.models.trail import Entry
from members.moments import stretch_of
from members.powers import Power
from members.proof import checks_of, standing_of
from members.sealing import Ledger, ledgers
from members.streaming import streamed
from members.trail_export import spreadsheet, with_proof
from members.trail_search import SEARCHES, shown
from members.verification import seal_over

PAGES = {TrailEntry.ledger: "trail", LogEntry.ledger: "reads"}
FILES = {"csv": (spreadsheet, "text/csv; charset=utf-8", "csv"), "json": (with_proof, "application/jsonl", "jsonl")}


def _ledger(name: str) -> Ledger:
    return next(one for one in ledgers() if one.name == name)


@require_safe
def entries(request: HttpRequest, ledger: str) -> HttpResponseBase:
    """The whole unit's for those who read it by position, one's own for everybody else; `format` csv or json as a file.

    Of the log only what was read and taken out. Taking the trail out is itself on the log.
    """
    member = member_of(request)
    search = SEARCHES[ledger](request.GET, member=member)
    found = search.entries()
    if request.GET.get("format") in FILES:
        return _file(found, member, request.GET["format"])
    stretch = stretch_of(
        found.select_related("by"), older=request.GET.get("older", ""), newer=request.GET.get("newer", "")
    )
    context = {
        "search": search,
        "here": PAGES[ledger],
        "page": stretch,
        "shown": shown(stretch.rows),
        "whole": member.may(Power.READ_TRAIL),
        "standing": standing_of(_ledger(ledger), timezone.now()),
    }
    return render(request, "members/trail.html", context, status=200 if search.is_valid() else 422)


def _file(found: models.QuerySet[Any], member: Member, kind: str) -> HttpResponseBase:
    label = found.model._meta.label_lower
    LogEntry.objects.create(by=member, verb="export", subject_type=label, subject_id="")
    make, media_type, ending = FILES[kind]
    day = timezone.localdate().isoformat()
    return streamed(make(found), name=f"{PAGES[found.model.ledger]}-{day}.{ending}", media_type=media_type)


@require_safe
def entry(request: HttpRequest, entry_id: int, ledger: str) -> HttpResponse:
    """One entry, with its seal."""
    return _page(request, _found(request, entry_id, ledger), "members/trail_entry.html")


@require_POST
def verify_entry(request: HttpRequest, entry_id: int, ledger: str) -> HttpResponse:
    """Recompute its digest, its seal and the chain from there, before one's eyes."""
    one = _found(request, entry_id, ledger)
    template = "members/_trail_proof.html" if getattr(request, "htmx", False) else "members/trail_entry.html"
    return _page(request, one, template, checks=checks_of(_ledger(ledger), one.pk))


def _found(request: HttpRequest, entry_id: int, ledger: str) -> Entry:
    if entry_id >= 2**63:
        raise Http404
    search = SEARCHES[ledger]({}, member=member_of(request))
    found: Entry = get_object_or_404(search.visible().select_related("by"), pk=entry_id)
    return found


def _page(request: HttpRequest, one: Entry, template: str, **more: Any) -> HttpResponse:
    seal = seal_over(one.ledger, one.pk)
    context = {
        "line": shown([one])[0],
        "here": PAGES[one.ledger],
        "content": one.sealed_content(),
        "seal": seal,
        "verify": "verify_entry" if one.ledger == TrailEntry.ledger else "verify_read",
        **more,
    }
    return render(request, template, context)
