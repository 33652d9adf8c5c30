"""The small picture beside a poster's name."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from members.asking import member_of
from moderation.avatars import ask_for
from moderation.models import Avatar, Poster

SECONDS = 3_600  # a browser keeps it; another picture has another address


@require_safe
def avatar(request: HttpRequest, poster_id: int) -> HttpResponse:
    """The picture as it was last fetched. 404 where there is none (yet): whoever shows it has initials instead."""
    poster = get_object_or_404(Poster.objects.visible_to(member_of(request)), pk=poster_id)
    found = Avatar.objects.filter(pk=poster.pk).first()
    ask_for(poster, found)
    if found is None or found.content is None:
        raise Http404
    tag = f'"{found.version}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(bytes(found.content), content_type=found.mime)
    answer["ETag"] = tag
    answer["Cache-Control"] = f"private, max-age={SECONDS}"
    answer["Content-Disposition"] = 'inline; filename="avatar.webp"'
    return answer
