"""A poster's page: what this unit exchanged with one person of the public (ruling 5)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.platforms.contract import Platform
from members.asking import member_of
from members.paging import page_of
from moderation.desk import comments_of
from moderation.models import Poster


@require_safe
def poster(request: HttpRequest, poster_id: int) -> HttpResponse:
    """The poster's comments with their grades, newest first."""
    poster = get_object_or_404(Poster.objects.visible_to(member_of(request)), pk=poster_id)
    only_ours = poster.platform == Platform.X
    page = page_of(comments_of(poster.pk, only_ours=only_ours), request.GET.get("after"))
    return render(request, "moderation/poster.html", {"poster": poster, "page": page, "only_ours": only_ours})
