"""How views fetch: through `visible_to`, so that what is not for somebody is not there for him (404)."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from members.asking import member_of
from moderation.models import Comment
from moderation.whole import read_whole


def put_in(request: HttpRequest) -> dict[str, str] | None:
    """The fact that the address asks to be put into the reply, with what was typed so far; None where it names none."""
    if number_of(request.GET.get("fact")) is None:
        return None
    return {"put": "1", **{name: request.GET[name] for name in ("fact", "reply") if name in request.GET}}


def number_of(text: str | None) -> int | None:
    """A number as an address gives it; None for rubbish, and for what no table counts up to."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


SHOWN = ("account", "post", "poster__avatar", "case")
GRADED = ("case__grade__by", "case__grade__clause__terms")


def comment_of(request: HttpRequest, comment_id: int, *, graded: bool = True) -> Comment:
    """The comment that the address names, with what every screen of it shows. Raises Http404.

    `graded` False, for one that seems to wait: what belongs to a grade is fetched only where there is one.
    """
    comments = Comment.objects.visible_to(member_of(request))
    if graded or comments.query.where:
        rows = comments.select_related(*SHOWN, *(GRADED if graded else ())).defer("poster__avatar__content")
        return get_object_or_404(rows, pk=comment_id)
    found = read_whole(comment_id)  # this member sees every one
    if found is None:
        raise Http404
    return found
