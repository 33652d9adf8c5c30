"""The Comment Grading System as the unit keeps it (4.0): what is in force, what was, what comes, and the draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import authority
from members.asking import member_of
from members.days import midnight
from members.freshness import fresh_second_factor
from members.powers import Power
from members.spreadsheets import csv_answer
from members.states import Invalid, WrongState
from moderation import grading_writing
from moderation.grading_forms import GradingForm, PublishForm
from moderation.models import GradingDraft, GradingSystem, Level
from moderation.models.grading_drafts import may_write


@require_safe
def grading_system(request: HttpRequest) -> HttpResponseBase:
    """The version in force, level by level, and every other; `format=csv`: all rows of all versions."""
    authority.require(member_of(request), Power.READ_UNIT)
    if request.GET.get("format") == "csv":
        names = [*grading_writing.TEXTS, *grading_writing.DEMANDED]
        return csv_answer("grading-system", ["version", "effective from", "level", *names], _lines(names))
    return _version_page(request, GradingSystem.objects.in_force())


@require_safe
def grading_version(request: HttpRequest, version: int) -> HttpResponse:
    """One version as it stands or stood, and what it changed."""
    authority.require(member_of(request), Power.READ_UNIT)
    return _version_page(request, get_object_or_404(GradingSystem, version=version))


def _version_page(request: HttpRequest, shown: GradingSystem | None) -> HttpResponse:
    versions = list(GradingSystem.objects.order_by("-version"))
    before = next((one for one in versions if shown and one.version < shown.version), None)
    context = {
        "shown": shown,
        "rows": [row | {"label": Level(row["level"]).label} for row in grading_writing.rows_of(shown)] if shown else [],
        "changes": grading_writing.changes(grading_writing.rows_of(shown), grading_writing.rows_of(before))
        if shown and before
        else [],
        "before": before,
        "versions": versions,
        "in_force": GradingSystem.objects.in_force(),
        "draft": GradingDraft.objects.filter(state=GradingDraft.State.DRAFT).select_related("by").first(),
        "demanded": grading_writing.DEMANDED,
        "may_write": may_write(member_of(request)),
    }
    return render(request, "moderation/grading_system.html", context)


def _lines(names: list[str]) -> Iterator[list[object]]:
    for system in GradingSystem.objects.order_by("version").prefetch_related("levels"):
        begins = timezone.localtime(system.effective_from).isoformat()
        for row in system.levels.all():
            yield [system.version, begins, row.level, *(getattr(row, name) for name in names)]


@require_POST
def begin_grading(request: HttpRequest) -> HttpResponse:
    """Draw up the next version, or go on with the draft that is open."""
    return redirect("grading_draft", grading_writing.begin(by=member_of(request)).pk)


@require_http_methods(["GET", "HEAD", "POST"])
def grading_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft, to be written, and word by word where it differs from the version before."""
    found = _draft_of(request, draft_id)
    form = GradingForm(request.POST or None, draft=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            grading_writing.write(
                found,
                by=member_of(request),
                revision=said["revision"],
                levels=form.levels(),
                reason=said["reason"],
            )
        except Invalid as error:
            form.refuse(error)
        except WrongState as error:
            form.add_error(None, f"{error} What you typed is below; the draft as it stands is on its own page.")
            return _draft_page(request, found, form, PublishForm(), status=409)
        else:
            messages.success(request, "Kept. What changes stands beside it.")
            return redirect("grading_draft", found.pk)
    return _draft_page(request, found, form, PublishForm(initial={"revision": found.revision}))


@require_POST
def publish_grading(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """Make it the next version."""
    return _publish(request, _draft_of(request, draft_id))


@fresh_second_factor
def _publish(request: HttpRequest, found: GradingDraft) -> HttpResponse:
    form = PublishForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["effective_from"]
        begins = midnight(day) if day else None
        try:
            made = grading_writing.publish(
                found, by=member_of(request), revision=form.cleaned_data["revision"], effective_from=begins
            )
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, f"Version {made.version} is published; the unit has been told.")
            return redirect("grading_system")
    return _draft_page(request, found, GradingForm(draft=found), form)


@require_POST
def drop_grading(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Let the draft go."""
    grading_writing.drop(_draft_of(request, draft_id), by=member_of(request))
    messages.success(request, "The draft was dropped; the version in force stays.")
    return redirect("grading_system")


def _draft_of(request: HttpRequest, draft_id: int) -> GradingDraft:
    authority.require(member_of(request), Power.UPDATE_GRADING)
    return get_object_or_404(GradingDraft.objects.select_related("based_on", "by", "system"), pk=draft_id)


def _draft_page(
    request: HttpRequest, found: GradingDraft, form: GradingForm, publishing: PublishForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "draft": found,
        "form": form,
        "publishing": publishing,
        "changes": grading_writing.changes(found.levels, grading_writing.rows_of(found.based_on)),
        "open": found.state == GradingDraft.State.DRAFT,
    }
    wrong = form.errors or publishing.errors
    return render(request, "moderation/grading_draft.html", context, status=422 if wrong and status == 200 else status)
