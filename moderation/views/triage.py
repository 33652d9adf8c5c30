"""Triage: what orders the queue, the learned model in force, how often members agree, and when they see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.authority import holds
from members.powers import Power
from members.spreadsheets import csv_answer
from moderation.agreement import NEWEST, agreement, as_rows
from moderation.learning import FEWEST
from moderation.models import LearnedModel, Level, Showing
from moderation.refusals import REFUSALS, sentence_of, status_of

KEPT = 30  # models in the list, the newest


@require_safe
def triage(request: HttpRequest) -> HttpResponseBase:
    """The page; `format=csv`: the agreement as a file."""
    if request.GET.get("format") == "csv":
        head = ["by", "what", "suggested", "chosen_too", "seen_first", "seen_first_chosen_too"]
        return csv_answer("triage-agreement", [*head, "percent", "percent_seen", "percent_unseen"], as_rows())
    return _page(request)


def _page(request: HttpRequest, refusal: Exception | None = None) -> HttpResponse:
    learned = LearnedModel.objects.defer("weights").order_by("-version")
    models = list(learned[:KEPT])
    in_force = next((model for model in models if model.serves), None) or learned.filter(serves=True).first()
    agreed = agreement()
    context = {
        "in_force": in_force,
        "levels_learned": _levels(in_force),
        "models": models,
        "fewest": FEWEST,
        "newest": NEWEST,
        "when": Showing.in_force(),
        "whens": Showing.When,
        "may_set": holds(member_of(request), Power.UPDATE_GRADING),
        "refusal": sentence_of(refusal) if refusal else "",
        "digest": bytes(in_force.digest).hex() if in_force else "",
        "agreements": [("Level", agreed["levels"]), ("Band", agreed["bands"]), ("Suggested by", agreed["sources"])],
    }
    return render(request, "moderation/triage.html", context, status=status_of(refusal) if refusal else 200)


def _levels(model: LearnedModel | None) -> list[tuple[Level, int, dict[str, int]]]:
    """Of the model in force: each level, the grades learned from, and its figures on what was held out."""
    if model is None:
        return []
    figures = model.held_out.get("levels", {})
    return [(level, model.counts.get(str(level.value), 0), figures.get(str(level.value), {})) for level in Level]


@require_POST
def set_showing(request: HttpRequest) -> HttpResponse:
    """Show suggestions before members' own choice, or after it."""
    try:
        Showing.choose(request.POST.get("when", ""), by=member_of(request))
    except REFUSALS as refusal:
        return _page(request, refusal)
    messages.success(request, "Saved. It holds from the next comment on.")
    return redirect("triage")
