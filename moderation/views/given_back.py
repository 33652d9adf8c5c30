"""What was passed over: the list of skipped and released comments, apart from decisions; and the release itself."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.paging import page_of
from members.spreadsheets import LARGEST, csv_answer
from moderation import passing_over
from moderation.models import GivenBack
from moderation.models.desks import GivenBackQuerySet
from moderation.views.answers import desk_answer, filters_of
from moderation.views.fetching import comment_of

KINDS = {"skipped": True, "released": False}


def _wanted(request: HttpRequest) -> GivenBackQuerySet:
    """What the address asks for."""
    rows = GivenBack.objects.visible_to(member_of(request))
    kind, reason = request.GET.get("kind", ""), request.GET.get("reason", "")
    if kind in KINDS:
        rows = rows.filter(skipped=KINDS[kind])
    if reason in GivenBack.Reason.values and reason:
        rows = rows.filter(reason=reason)
    return rows


@require_safe
def skipped(request: HttpRequest) -> HttpResponse:
    """Everything that was passed over, newest first."""
    rows = _wanted(request).select_related("comment__account", "comment__case", "held_by", "by")
    context = {
        "page": page_of(rows, request.GET.get("after")),
        "kind": request.GET.get("kind", ""),
        "reason": request.GET.get("reason", ""),
        "reasons": [(value, word) for value, word in GivenBack.Reason.choices if value],
        "query": request.GET.urlencode(),
    }
    return render(request, "moderation/skipped.html", context)


@require_safe
def skipped_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV."""
    rows = _wanted(request).select_related("comment__account", "held_by", "by").order_by("-pk")[:LARGEST]
    head = ["comment", "account", "at", "what", "held by", "by", "reason", "in words"]

    def lines() -> Iterator[list[object]]:
        for one in rows.iterator(chunk_size=1000):
            what = "skipped" if one.skipped else "released"
            reason = one.get_reason_display() if one.skipped else ""
            names = [one.held_by.name, one.by.name, reason, one.words]
            yield [one.comment_id, one.comment.account, one.at.isoformat(), what, *names]

    return csv_answer("comments-skipped", head, lines())


@require_POST
def free(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Take a comment out of a colleague's hands; on the desk it stays in view, free to be taken."""
    comment = comment_of(request, comment_id)
    freed = passing_over.free(comment, by=member_of(request), words=request.POST.get("words", ""))
    if freed is None:
        messages.success(request, "Nobody else holds the comment any more.")
    else:
        messages.success(request, f"The comment is free. {freed.held_by.name} was told.")
    if request.POST.get("on") == "page":
        return redirect("comment", comment_id)
    return desk_answer(request, comment_of(request, comment_id), filters=filters_of(request))
