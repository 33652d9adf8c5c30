"""Free replies that wait for another member's look: the list, one of them, yes or back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.paging import page_of
from moderation import second_looks as looks
from moderation.desk import around
from moderation.forms import ReasonForm, given
from moderation.models import ReplyDraft
from moderation.models.second_looks import DraftQuerySet
from moderation.refusals import REFUSALS, sentence_of, status_of

TOO_LONG = "The reason is too long: 2,000 characters at most."


def _seen_by(request: HttpRequest) -> DraftQuerySet:
    return (
        ReplyDraft.objects.all()
        .visible_to(member_of(request))
        .select_related(
            "comment__account",
            "comment__case",
            "comment__post",
            "post__account",
            "own__account",
            "by",
            "decided_by",
            "grade",
        )
    )


@require_safe
def second_looks(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first; then what was decided, newest first."""
    seen = _seen_by(request)
    decided = seen.exclude(state=ReplyDraft.State.ASKED)
    context = {"open": list(seen.open().order_by("pk")[:200]), "page": page_of(decided, request.GET.get("after"))}
    return render(request, "moderation/second_looks.html", context)


@require_safe
def second_look(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The comment, what is to be said to it and by whom; the forms for who looks."""
    return _page(request, get_object_or_404(_seen_by(request), pk=draft_id))


def _page(request: HttpRequest, draft: ReplyDraft, refusal: Exception | None = None) -> HttpResponse:
    context = {
        "draft": draft,
        **_answered(draft),
        "verbs": draft.verbs_for(member_of(request)),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/second_look.html", context, status=status_of(refusal) if refusal else 200)


def _answered(draft: ReplyDraft) -> dict[str, Any]:
    """The comment that the draft answers, as it was graded, among its neighbours; nothing where it answers nobody."""
    comment, grade = draft.comment, draft.grade
    if comment is None or grade is None:
        return {}
    above, below = around(comment)
    return {"comment": comment, "text": comment.case.text_of(grade.version), "above": above, "below": below}


def _decide(request: HttpRequest, draft_id: int, act: Callable[[ReplyDraft], str]) -> HttpResponse:
    draft = get_object_or_404(_seen_by(request), pk=draft_id)
    try:
        said = act(draft)
    except REFUSALS as refusal:
        return _page(request, get_object_or_404(_seen_by(request), pk=draft_id), refusal)
    messages.success(request, said)
    following = _seen_by(request).open().exclude(by=member_of(request)).order_by("pk").first()
    return redirect("second_look", following.pk) if following else redirect("second_looks")


@require_POST
def approve_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Yes: it goes out. The next that waits is opened."""

    def yes(draft: ReplyDraft) -> str:
        looks.approve(draft, by=member_of(request))
        return "Approved: it goes out in a few seconds."

    return _decide(request, draft_id, yes)


@require_POST
def return_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Back to who wrote it, with what is to be changed."""

    def back(draft: ReplyDraft) -> str:
        looks.give_back(draft, by=member_of(request), why=given(ReasonForm(request.POST), "reason", TOO_LONG))
        return f"Returned to {draft.by.name}; nothing was sent."

    return _decide(request, draft_id, back)


@require_POST
def withdraw_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Taken back by who wrote it."""

    def withdraw(draft: ReplyDraft) -> str:
        looks.withdraw(draft, by=member_of(request))
        return "Taken back; nothing was sent."

    return _decide(request, draft_id, withdraw)
