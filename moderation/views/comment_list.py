"""All comments (C.11): what came in, whatever became of it, found by words, poster, account, state, level, language."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.asking import member_of
from members.authority import require
from members.models import LogEntry
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from moderation.comment_search import CommentSearch, comments_with
from moderation.finding import TO_A_FILE, TOO_LONG, Found, Shown, batched, newest
from moderation.listed import listed_comments
from moderation.models import Comment

HEAD = [
    "comment",
    "account",
    "id there",
    "posted",
    "received",
    "poster",
    "language",
    "state",
    "level",
    "hidden",
    "text",
]


@require_safe
def all_comments(request: HttpRequest) -> HttpResponseBase:
    """Every comment, newest first; `format=csv` as a file, whose making is logged."""
    member = member_of(request)
    require(member, Power.READ_UNIT)
    search = CommentSearch(request.GET, member=member)
    if request.GET.get("format") == "csv":
        LogEntry.objects.create(by=member, verb="export", subject_type=Comment._meta.label_lower, subject_id="")
        found = newest(search.entries(), narrowed=search.narrowed, size=LARGEST, seconds=TO_A_FILE)
        return csv_answer("comments", HEAD, _lines(found))
    after = request.GET.get("after", "")
    found = newest(search.entries(), narrowed=search.narrowed, after=after)
    page = Shown(listed_comments(found.keys, search.accounts), after, found)
    context = {"search": search, "page": page}
    return render(request, "moderation/all_comments.html", context, status=200 if search.is_valid() else 422)


def _lines(found: Found) -> Iterator[list[object]]:
    if found.too_long:
        yield [TOO_LONG]
    for some in batched(found.keys):
        for comment in comments_with(some):
            case = comment.case
            yield [
                comment.pk,
                comment.account,
                comment.remote_id,
                comment.posted_at.isoformat() if comment.posted_at else "",
                comment.received_at.isoformat(),
                comment.author_shown,
                comment.language,
                case.get_state_display(),
                case.level,
                "yes" if case.hidden else "no",
                comment.text,
            ]
