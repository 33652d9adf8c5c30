"""Level 7 under clause (d) or a flagged clause: what waits for a Supervisor, one of them, his yes or no; the flags."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Terms
from members.asking import member_of
from members.paging import page_of
from members.powers import Power
from moderation import clearing
from moderation.desk import around
from moderation.forms import ReasonForm, given
from moderation.models import ClauseFlag, Clearance
from moderation.models.clearances import OFF_TOPIC, ClearanceQuerySet
from moderation.refusals import REFUSALS, sentence_of, status_of

TOO_LONG = "The reason is too long: 2,000 characters at most."


def _seen_by(request: HttpRequest) -> ClearanceQuerySet:
    return (
        Clearance.objects.all()
        .visible_to(member_of(request))
        .select_related("comment__account", "comment__case", "comment__post", "asked_by", "decided_by")
        .select_related("flag__by", "grade__clause__terms")
    )


@require_safe
def clearances(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first; then what was decided, newest first."""
    seen = _seen_by(request)
    decided = seen.exclude(state=Clearance.State.ASKED)
    context = {"open": list(seen.open().order_by("pk")[:200]), "page": page_of(decided, request.GET.get("after"))}
    return render(request, "moderation/clearances.html", context)


@require_safe
def clearance(request: HttpRequest, clearance_id: int) -> HttpResponse:
    """The comment under its post, the clause, what our post is about; the forms for who clears."""
    return _page(request, get_object_or_404(_seen_by(request), pk=clearance_id))


def _page(request: HttpRequest, asked: Clearance, refusal: Exception | None = None) -> HttpResponse:
    above, below = around(asked.comment)
    context = {
        "asked": asked,
        "comment": asked.comment,
        "case": asked.comment.case,
        "text": asked.comment.case.text_of(asked.grade.version),
        "above": above,
        "below": below,
        "verbs": asked.verbs_for(member_of(request)),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/clearance.html", context, status=status_of(refusal) if refusal else 200)


def _decide(request: HttpRequest, clearance_id: int, act: Callable[[Clearance, str], str]) -> HttpResponse:
    asked = get_object_or_404(_seen_by(request), pk=clearance_id)
    try:
        said = act(asked, given(ReasonForm(request.POST), "reason", TOO_LONG))
    except REFUSALS as refusal:
        return _page(request, get_object_or_404(_seen_by(request), pk=clearance_id), refusal)
    messages.success(request, said)
    return redirect("clearance", clearance_id)


@require_POST
def clear(request: HttpRequest, clearance_id: int) -> HttpResponse:
    """The second person's yes: hidden now."""

    def yes(asked: Clearance, why: str) -> str:
        clearing.clear(asked, by=member_of(request), why=why)
        return "Cleared: the comment is being hidden. It is reviewed by another member afterwards, as every level 7."

    return _decide(request, clearance_id, yes)


@require_POST
def refuse(request: HttpRequest, clearance_id: int) -> HttpResponse:
    """The second person's no: the comment stays in sight and waits for another grade."""

    def no(asked: Clearance, why: str) -> str:
        clearing.refuse(asked, by=member_of(request), why=why)
        return "Refused: the comment stays in sight and waits for another grade. The record is kept."

    return _decide(request, clearance_id, no)


# --- flags -----------------------------------------------------------------------------------------------------------


@require_safe
def clause_flags(request: HttpRequest) -> HttpResponse:
    """The clauses of the terms in force, which of them are flagged, by whom and why."""
    return _flags_page(request)


def _flags_page(request: HttpRequest, refusal: Exception | None = None) -> HttpResponse:
    terms, standing = Terms.objects.in_force(), clearing.standing_flags()
    clauses = terms.clauses.filter(grounds=True) if terms else []
    context = {
        "terms": terms,
        "clauses": [(clause, standing.get(clause.letter)) for clause in clauses],
        "off_topic": OFF_TOPIC,
        "earlier": ClauseFlag.objects.filter(lifted_at__isnull=False).select_related("by", "lifted_by")[:100],
        "may_flag": member_of(request).may(Power.FLAG_CLAUSES),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/clause_flags.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def flag_clause(request: HttpRequest, letter: str) -> HttpResponse:
    """The legal adviser's: no hide under this clause without a Supervisor."""
    terms = Terms.objects.in_force()
    clause = terms.clauses.filter(letter=letter).first() if terms else None
    if clause is None:
        raise Http404
    try:
        clearing.flag(clause, given(ReasonForm(request.POST), "reason", TOO_LONG), by=member_of(request))
    except REFUSALS as refusal:
        return _flags_page(request, refusal)
    messages.success(request, f"Clause ({letter}) is flagged: a Supervisor or above clears each hide under it first.")
    return redirect("clause_flags")


@require_POST
def lift_flag(request: HttpRequest, flag_id: int) -> HttpResponse:
    """The legal adviser's: the clause is applied again as the others."""
    standing = get_object_or_404(ClauseFlag, pk=flag_id)
    try:
        clearing.lift(standing, given(ReasonForm(request.POST), "reason", TOO_LONG), by=member_of(request))
    except REFUSALS as refusal:
        return _flags_page(request, refusal)
    messages.success(request, f"The flag on clause ({standing.letter}) is lifted.")
    return redirect("clause_flags")
