"""The Comment Grading System as the unit keeps it (4.0): what is in force, what was, what comes, and the draft."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models.terms import may_write
from accounts.views.drafts import DraftPages
from members import authority
from members.asking import member_of
from members.powers import Power
from members.spreadsheets import csv_answer
from moderation import grading_writing
from moderation.grading_forms import GradingForm
from moderation.models import GradingDraft, GradingSystem, Level


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


PAGES = DraftPages(
    drafts=GradingDraft,
    form=GradingForm,
    said=lambda form: {"levels": form.levels()},
    write=grading_writing.write,
    publish=grading_writing.publish,
    changes=lambda draft: grading_writing.changes(draft.levels, grading_writing.rows_of(draft.based_on)),
    template="moderation/grading_draft.html",
    page="grading_draft",
    register="grading_system",
)


@require_http_methods(["GET", "HEAD", "POST"])
def grading_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft, to be written, and word by word where it differs from the version before."""
    return PAGES.show(request, draft_id)


@require_POST
def publish_grading(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """Make it the next version."""
    return PAGES.make(request, draft_id)


@require_POST
def drop_grading(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Let the draft go."""
    return PAGES.drop(request, draft_id)
