"""How the queue answers: a fragment to htmx, a redirect or the whole page to a browser without JavaScript (idea 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from members import naming
from members.asking import member_of
from members.models import Member
from moderation import avatars, live, saved_filters
from moderation.coming_back import claim_own
from moderation.desk import desk_for
from moderation.models import Comment, Level, QueueEntry
from moderation.models.suggestions import bands_to_ask_for
from moderation.own_answers import marked
from moderation.readers import kept_for_readers
from moderation.refusals import status_of
from moderation.stream import Filters, stream_for
from moderation.views.fetching import comment_of

SKIPPED = "skipped"  # in the session: what this member passed over, and is not offered again at once


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks, for a part of the page."""
    return bool(getattr(request, "htmx", False))


def filters_of(request: HttpRequest) -> Filters:
    """The stream's filters, from the address or, of a form, from its field `back`."""
    back = request.POST.get("back")
    return Filters.read(QueryDict(back) if back is not None else request.GET)


def address(filters: Filters, **more: Any) -> str:
    """The queue's address with its filters and what is open in it."""
    opened = urlencode({name: value for name, value in more.items() if value})
    query = "&".join(part for part in (filters.query, opened) if part)
    return reverse("queue") + (f"?{query}" if query else "")


def next_for(request: HttpRequest, filters: Filters, *, left: int | None = None) -> Comment | None:
    """Claim the next in order for the member, what he skipped last of all; None when nothing waits for him."""
    member = member_of(request)
    skipped: list[int] = request.session.get(SKIPPED, [])
    among = filters.of(QueueEntry.objects.visible_to(member))
    asked_for = bool(filters.language)  # who filters by a language is offered it, whoever reads it
    fresh = among.exclude(pk__in=skipped) if skipped else among  # a condition of none would cost each claim time
    entry = claim_own(member, fresh) or QueueEntry.claim_next(by=member, among=fresh, any_language=asked_for)
    if entry is None and skipped:
        request.session[SKIPPED] = [left] if left else []
        among = among.exclude(pk__in=request.session[SKIPPED])
        entry = QueueEntry.claim_next(by=member, among=among, any_language=asked_for)
    if entry is None:
        return None
    live.opened(entry.pk)
    comment = comment_of(request, entry.pk, graded=False)
    comment.queue_entry = entry  # read with the claim: the desk need not ask for it again
    avatars.leave_to_the_look(comment.poster)
    return comment


def desk_answer(
    request: HttpRequest,
    comment: Comment | None,
    *,
    filters: Filters,
    last: Comment | None = None,
    level: int | None = None,
    refusal: Exception | None = None,
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Put `comment` on the desk, with the bar of the `last` act, or with a refusal and everything that was typed."""
    opened = comment.pk if comment else None
    if refusal is None and not is_fragment(request):
        return redirect(address(filters, open=opened, level=level, last=last.pk if last else None))
    context = desk_context(request, comment, filters, last=last, level=level, typed=typed, refusal=refusal)
    status = status_of(refusal) if refusal else 200
    if not is_fragment(request):
        return render(request, "moderation/queue.html", {**context, **page_context(request, filters)}, status=status)
    answer = render(request, "moderation/_desk.html", context, status=status)
    answer["HX-Push-Url"] = address(filters, open=opened, last=last.pk if last else None)
    return answer


def desk_context(
    request: HttpRequest,
    comment: Comment | None,
    filters: Filters,
    *,
    last: Comment | None = None,
    level: int | None = None,
    wording: int | None = None,
    typed: Mapping[str, Any] | None = None,
    refusal: Exception | None = None,
    unit: Sequence[Member] = (),
) -> dict[str, Any]:
    """What `_desk.html` needs. `unit`: all who serve, where they were read already."""
    wrong, member = getattr(refusal, "field", ""), member_of(request)
    among = filters.of(QueueEntry.objects.visible_to(member))
    return {
        "desk": desk_for(comment, member, level=level, wording=wording, typed=typed, wrong=wrong) if comment else None,
        "last": last_act(last),
        "filters": filters,
        "levels": Level,
        "refusal": str(refusal) if refusal else "",
        "kept": 0 if comment else kept_for_readers(among, member, unit),
    }


def last_act(comment: Comment | None) -> dict[str, Any] | None:
    """What `_last.html` needs: the grade just given, and what became of its orders so far."""
    if comment is None or comment.case.level is None:
        return None
    if comment.case.ordered_nothing:
        return {"comment": comment, "orders": []}
    orders = comment.orders.filter(grade=comment.case.grade).order_by("id")
    return {"comment": comment, "orders": marked(list(orders))}


def page_context(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """What `queue.html` needs beside the desk."""
    member = member_of(request)
    stream = stream_for(member, filters, request.GET.get("after", ""))
    return {
        "stream": stream,
        "in_queue": stream.whole.waiting,
        "accounts": stream.accounts,
        "bands": bands_to_ask_for(stream.whole.when),
        "saved": saved_filters.of(member),
        "colleagues": naming.colleagues(),
        "languages": stream.whole.languages,
        "filters": filters,
        "levels": Level,
    }
