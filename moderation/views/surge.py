"""Surge mode: what waits in near copies, the largest group first, and one sitting for a group (S.O.P. 4)."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from moderation import surge
from moderation.forms import clauses, fresh_key
from moderation.models import Comment, GroupAct, Level
from moderation.near_copies import group_of, groups
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.views.fetching import number_of

LISTED = 30  # groups on the page


@require_safe
def near_copies(request: HttpRequest) -> HttpResponse:
    """The groups; with `group`, one of them and its form."""
    key = request.GET.get("group", "")
    if key:
        return _group(request, key)
    found = groups(member_of(request))
    context = {"groups": found[:LISTED], "in_groups": sum(len(one.entries) for one in found)}
    return render(request, "moderation/near_copies.html", context)


def _group(
    request: HttpRequest, key: str, typed: Mapping[str, str] | None = None, refusal: Exception | None = None
) -> HttpResponse:
    group = group_of(member_of(request), key)
    if group is None and refusal is None:
        messages.info(request, "This group waits no more.")
        return redirect("near_copies")
    chosen = set(request.POST.getlist("comment"))
    context = {
        "group": group,
        "entries": group.entries[: surge.MOST] if group else [],
        "levels": [(level.value, level.label) for level in surge.LEVELS],
        "clauses": clauses() if group and group.identical else [],
        "typed": typed or {},
        "chosen": {int(number) for number in chosen if number.isdecimal()} if typed else None,
        "refusal": sentence_of(refusal) if refusal else "",
        "key": fresh_key(),
        "most": surge.MOST,
    }
    return render(request, "moderation/near_copies_group.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def grade_group(request: HttpRequest) -> HttpResponse:
    """Grade what was left ticked, and show what came of it."""
    post = request.POST
    wanted = [number for text in post.getlist("comment") if (number := number_of(text)) is not None]
    visible = Comment.objects.visible_to(member_of(request)).select_related("account", "post", "poster", "case__grade")
    comments = visible.in_bulk(wanted[: surge.MOST + 1])
    seen = {comments[pk]: number_of(post.get(f"version-{pk}")) or 1 for pk in wanted if pk in comments}
    try:
        sitting = surge.grade_all(
            seen,
            number_of(post.get("level")) or 0,
            by=member_of(request),
            key=post.get("key", ""),
            reply=post.get("reply", ""),
            source=post.get("source", ""),
            clause=clauses().filter(pk=number_of(post.get("clause")) or 0).first(),
        )
    except REFUSALS as refusal:
        return _group(request, post.get("group", ""), post.dict(), refusal)
    _say(request, sitting)
    return redirect("group_act", sitting.act.pk)


@require_safe
def group_act(request: HttpRequest, act_id: int) -> HttpResponse:
    """One sitting: each comment with its own grade and what became of its answer, and the way back."""
    member = member_of(request)
    act = get_object_or_404(GroupAct.objects.select_related("by"), pk=act_id)
    graded = act.members.select_related("grade__comment__case", "grade__comment__account").order_by("pk")
    shown = list(graded.filter(grade__comment__in=Comment.objects.visible_to(member)))
    standing = sum(one.grade.comment.case.grade_id == one.grade_id for one in shown)
    context = {"act": act, "graded": shown, "standing": standing, "level": Level(act.level)}
    return render(request, "moderation/group_act.html", context)


@require_POST
def undo_group(request: HttpRequest, act_id: int) -> HttpResponse:
    """Take the whole sitting back."""
    act = get_object_or_404(GroupAct, pk=act_id)
    _say(request, surge.undo_all(act, by=member_of(request)), undone=True)
    return redirect(reverse("group_act", args=[act.pk]))


def _say(request: HttpRequest, sitting: surge.Sitting, *, undone: bool = False) -> None:
    for number, why in list(sitting.left_out.items())[:10]:
        messages.warning(request, f"Comment {number} was left out: {why}")
    if len(sitting.left_out) > 10:
        messages.warning(request, f"{len(sitting.left_out) - 10} more were left out.")
    if undone:
        messages.success(request, "The sitting is taken back: its comments wait again; records stay.")
