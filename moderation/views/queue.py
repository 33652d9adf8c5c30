"""The grading queue: the stream of what waits, and the desk with the comment in hand (S.O.P. 4)."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.idleness import background
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid
from moderation import live, passing_over
from moderation.models import Comment, GivenBack, Level, QueueEntry
from moderation.models.queue import Taken
from moderation.models.suggestions import veil
from moderation.stream import arrived_since, waiting
from moderation.stream_rows import row_of
from moderation.views.answers import (
    SKIPPED,
    desk_answer,
    desk_context,
    filters_of,
    is_fragment,
    next_for,
    page_context,
)
from moderation.views.fetching import comment_of, number_of, put_in


def _opened(request: HttpRequest, name: str) -> Comment | None:
    number = number_of(request.GET.get(name))
    if number is None:
        return None
    try:
        return comment_of(request, number)
    except Http404:
        return None


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The whole screen; to htmx, for the stream alone, the stream. Opens what `open` names; looking claims nothing."""
    filters = filters_of(request)
    context = page_context(request, filters)
    if is_fragment(request):
        return render(request, "moderation/_stream.html", context)
    level = number_of(request.GET.get("level"))
    comment = _opened(request, "open")
    context |= desk_context(
        request,
        comment,
        filters,
        last=_opened(request, "last"),
        level=level if level in Level.values and level != Level.THREATENING else None,
        wording=number_of(request.GET.get("wording")),
        typed=put_in(request),
        unit=context["colleagues"],
    )
    return render(request, "moderation/queue.html", context)


@require_safe
def queue_csv(request: HttpRequest) -> HttpResponseBase:
    """What waits within the filters, as CSV."""
    entries = filters_of(request).of(QueueEntry.objects.visible_to(member_of(request))).in_order()
    head = ["comment", "account", "posted", "author", "language", "suspected", "because", "held by", "text"]

    def rows() -> Iterator[list[object]]:
        for entry in entries.select_related("comment__account", "held_by")[:LARGEST].iterator(chunk_size=1000):
            veil([entry])
            comment, holder = entry.comment, entry.holder
            yield [
                comment.pk,
                comment.account,
                entry.at.isoformat(),
                comment.author_shown,
                entry.language,
                entry.suspected,
                entry.because,
                holder.name if holder else "",
                comment.text,
            ]

    return csv_answer("comments-waiting", head, rows())


@background
@require_safe
def row(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One row of the stream as it stands now: held, free, or graded meanwhile."""
    comment = comment_of(request, comment_id)
    entry = QueueEntry.objects.select_related("held_by").filter(pk=comment.pk).first()
    context = {"row": row_of(comment, entry), "filters": filters_of(request)}
    return render(request, "moderation/_row.html", context)


@background
@require_safe
def pulse(request: HttpRequest) -> JsonResponse:
    """How much waits, and how much came since the comment `newest`: numbers only, for browsers without a stream too."""
    member, filters = member_of(request), filters_of(request)
    return JsonResponse(
        {
            "waiting": waiting(QueueEntry.objects.visible_to(member)),
            "here": waiting(filters.of(QueueEntry.objects.visible_to(member))),
            "arrived": arrived_since(member, filters, number_of(request.GET.get("newest")) or 0),
        }
    )


@require_POST
def claim_next(request: HttpRequest) -> HttpResponse:
    """Take the next in order."""
    filters = filters_of(request)
    comment = next_for(request, filters)
    if comment is not None:
        live.changed(comment.pk)
    return desk_answer(request, comment, filters=filters)


@require_POST
def claim(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Open a comment: take it, and give back the one that was open. A colleague's opens all the same (409)."""
    filters, member = filters_of(request), member_of(request)
    comment = comment_of(request, comment_id)
    _give_back(request, except_for=comment_id)
    try:
        QueueEntry.claim(comment.pk, by=member)
    except QueueEntry.DoesNotExist:
        return desk_answer(request, comment, filters=filters)  # graded meanwhile: it is shown as it stands
    except Taken as taken:
        return desk_answer(request, comment, filters=filters, refusal=taken)
    live.changed(comment.pk)
    live.opened(comment.pk)
    return desk_answer(request, comment, filters=filters)


@require_POST
def release(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Give a comment back. From the desk (`skip`): go on with the next in order, this one last of all.

    Words of his own, sent by the keyboard and no button, are a skip with a reason too.
    """
    filters, member = filters_of(request), member_of(request)
    comment = comment_of(request, comment_id)
    words = request.POST.get("skip_words", "").strip()
    if "skip" not in request.POST and not words:
        entry = QueueEntry.objects.filter(pk=comment.pk).first()
        if entry is not None:
            entry.release(by=member)
            live.changed(comment.pk)
        return desk_answer(request, None, filters=filters)
    chosen = request.POST.get("skip", "1")  # `1`, or the reason that was pressed
    reason = chosen if chosen != "1" else GivenBack.Reason.OTHER if words else ""
    try:
        passing_over.skip(comment, by=member, reason=reason, words=words)
    except Invalid as refusal:
        return desk_answer(request, comment, filters=filters, refusal=refusal, typed=request.POST.dict())
    request.session[SKIPPED] = [*request.session.get(SKIPPED, []), comment.pk][-200:]
    following = next_for(request, filters, left=comment.pk)
    if following is not None:
        live.changed(following.pk)
    return desk_answer(request, following, filters=filters)


def _give_back(request: HttpRequest, *, except_for: int) -> None:
    """Release what the member had open on this screen before he opened another."""
    left = number_of(request.POST.get("left"))
    if left is None or left == except_for:
        return
    entry = QueueEntry.objects.filter(pk=left, held_by=member_of(request)).first()
    if entry is not None:
        entry.release(by=member_of(request))
        live.changed(left)
