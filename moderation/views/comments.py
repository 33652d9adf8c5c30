"""One comment: its page with everything that ever happened to it, and the verbs of its case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members import naming
from members.asking import member_of
from members.idleness import background
from moderation import measures, mentions
from moderation.desk import Beneath, desk_for, panel_for
from moderation.following_up import grade_and_follow_up
from moderation.forms import GradeForm, NoteForm, ReasonForm, ReplyForm, fresh_key, given
from moderation.models import Case, Comment, Level, QueueEntry, ReplyDraft
from moderation.models.grades import ANSWERED_FREELY
from moderation.models.queue import Taken
from moderation.referral_forms import FollowUpForm
from moderation.refusals import REFUSALS, status_of
from moderation.sources import rests_on
from moderation.stream import Filters
from moderation.timeline import timeline_of
from moderation.views.answers import desk_answer, filters_of, last_act, next_for
from moderation.views.fetching import comment_of, number_of, put_in


def _level(text: str | None) -> int | None:
    level = number_of(text)
    return level if level in Level.values else None


@require_safe
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The comment's page; with `draft`, what was returned to the member stands in the reply's field again."""
    returned = ReplyDraft.objects.filter(
        pk=number_of(request.GET.get("draft")) or 0, comment=comment_id, by=member_of(request), state="returned"
    ).first()
    typed = {"reply": returned.text} if returned else put_in(request)
    return _page(request, comment_of(request, comment_id), level=_level(request.GET.get("level")), typed=typed)


def _page(
    request: HttpRequest,
    comment: Comment,
    *,
    level: int | None = None,
    typed: Mapping[str, Any] | None = None,
    refusal: Exception | None = None,
) -> HttpResponse:
    """The page, or the page with a refusal's sentence and what was typed, under the refusal's status."""
    member, case = member_of(request), comment.case
    wrong, wording = getattr(refusal, "field", ""), number_of(request.GET.get("wording"))
    desk = desk_for(comment, member, level=level, wording=wording, typed=typed, wrong=wrong)
    context = {
        "desk": desk,
        "timeline": timeline_of(comment, member),
        "filters": Filters(),
        "levels": Level,
        "typed": typed or {},
        "refusal": str(refusal) if refusal else "",
        "may_reply": case.level in ANSWERED_FREELY and case.may_reply(member),
        "may_address": case.state == Case.State.OUTSTANDING and case.may_address(member),
        "measures": measures.forms_for(comment, member),
        "key": fresh_key(),
        "colleagues": naming.colleagues(),
        "on_page": True,
    }
    return render(request, "moderation/comment.html", context, status=status_of(refusal) if refusal else 200)


@require_safe
def panel(request: HttpRequest, comment_id: int) -> HttpResponse:
    """What a level demands for this comment, before it is given."""
    comment = comment_of(request, comment_id, graded=False)
    level = _level(request.GET.get("level"))
    if level is None:
        raise Http404
    context = {
        "panel": panel_for(
            comment.case,
            member_of(request),
            level,
            wording=number_of(request.GET.get("wording")),
            typed=put_in(request),
        ),
        "desk": Beneath(comment, comment.case),
        "filters": filters_of(request),
        "on_page": request.GET.get("on") == "page",
    }
    return render(request, "moderation/_panel.html", context)


@background
@require_safe
def last(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The bar that says what became of the act just done."""
    return render(
        request,
        "moderation/_last.html",
        {"last": last_act(comment_of(request, comment_id)), "filters": filters_of(request)},
    )


@background
@require_safe
def standing(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The grade that stands and what has become of its orders; nothing when none stands."""
    comment = comment_of(request, comment_id)
    context = {
        "desk": desk_for(comment, member_of(request)),
        "comment": comment,
        "case": comment.case,
        "filters": filters_of(request),
        "on_page": request.GET.get("on") == "page",
    }
    return render(request, "moderation/_standing.html", context)


@require_POST
def grade(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Give a grade; on the desk, go on with the next in order, but stay with a level 8 to see what was done."""
    filters, member = filters_of(request), member_of(request)
    comment = comment_of(request, comment_id, graded=False)
    level = _level(request.POST.get("level"))
    try:
        decision, follow = GradeForm(request.POST).decision(), FollowUpForm(request.POST).follow_up()
        grade_and_follow_up(comment, decision, follow, by=member)
    except REFUSALS as refusal:
        return _refused(request, comment_id, refusal, level=level)
    if _on_page(request):
        messages.success(request, f"Graded {level} {Level(level or 0).label}.")
        return redirect("comment", comment_id)
    if level == Level.THREATENING:
        return desk_answer(request, comment_of(request, comment_id), filters=filters)
    return desk_answer(request, next_for(request, filters), filters=filters, last=comment)


@require_POST
def undo(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Take the grade back, and open the comment again."""
    filters, member = filters_of(request), member_of(request)
    comment = comment_of(request, comment_id)
    try:
        comment.case.undo(by=member, reason=given(ReasonForm(request.POST), "reason", "The reason is too long."))
    except REFUSALS as refusal:
        return _refused(request, comment_id, refusal)
    if _on_page(request):
        messages.success(request, "The grade is taken back. The comment waits again; records stay.")
        return redirect("comment", comment_id)
    with suppress(Taken, QueueEntry.DoesNotExist):  # a colleague was quicker to open it: the desk shows who
        QueueEntry.claim(comment_id, by=member)
    return desk_answer(request, comment_of(request, comment_id), filters=filters)


@require_POST
def reply(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Answer a graded comment."""

    def answer(case: Case) -> str:
        form = ReplyForm(request.POST)
        text = given(form, "reply", "The reply cannot be sent as it stands.")
        rests = rests_on(form.cleaned_data)
        order = case.reply(text, by=member_of(request), key=str(form.cleaned_data["key"]), rests=rests)
        if order is None:
            return f"Another member looks at it before it is sent: level {case.level} asks for that."
        return "The reply goes out in a few seconds."

    return _verb(request, comment_id, answer)


@require_POST
def address(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Close without the reply that the level asks for, with the reason."""

    def close(case: Case) -> str:
        case.address(by=member_of(request), reason=given(ReasonForm(request.POST), "reason", "The reason is too long."))
        return "Addressed without a reply; the reason is on the timeline."

    return _verb(request, comment_id, close)


@require_POST
def note(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Keep a remark for colleagues; on the desk, stay with the comment."""

    def keep(case: Case) -> str:
        form, member = NoteForm(request.POST), member_of(request)
        text = given(form, "note", "The note is too long.")
        named = naming.named_in(text, form.cleaned_data["mention"])
        with transaction.atomic():
            mentions.tell_named(case.note(text, by=member), named, by=member)
        told = ", ".join(one.name for one in named if one != member)
        return (
            f"The note is on the comment’s timeline; told: {told}."
            if told
            else "The note is on the comment’s timeline."
        )

    return _verb(request, comment_id, keep)


def _verb(request: HttpRequest, comment_id: int, act: Callable[[Case], str]) -> HttpResponse:
    """Do one verb and say so where it was asked for; or the refusal, with everything typed kept."""
    comment = comment_of(request, comment_id)
    try:
        said = act(comment.case)
    except REFUSALS as refusal:
        return _refused(request, comment_id, refusal)
    messages.success(request, said)
    if _on_page(request):
        return redirect("comment", comment_id)
    return desk_answer(request, comment_of(request, comment_id), filters=filters_of(request))


def _refused(request: HttpRequest, comment_id: int, refusal: Exception, *, level: int | None = None) -> HttpResponse:
    """The refusal's sentence where the act was asked for, the comment as it stands now, what was typed kept."""
    comment = comment_of(request, comment_id)
    if _on_page(request):
        return _page(request, comment, level=level, typed=request.POST.dict(), refusal=refusal)
    return desk_answer(
        request, comment, filters=filters_of(request), level=level, typed=request.POST.dict(), refusal=refusal
    )


def refused_on_page(request: HttpRequest, comment_id: int, refusal: Exception) -> HttpResponse:
    """The comment's page with the refusal of a verb on one of its orders."""
    return _page(request, comment_of(request, comment_id), typed=request.POST.dict(), refusal=refusal)


def _on_page(request: HttpRequest) -> bool:
    """Whether the form stood on the comment's page rather than on the desk."""
    return request.POST.get("on") == "page"
