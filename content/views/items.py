"""An item's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content.models import Item
from members.asking import member_of


@require_safe
def item(request: HttpRequest, content_id: int) -> HttpResponse:
    """What it says, where it is on its road, and what the member may do with it."""
    member = member_of(request)
    seen = Item.objects.visible_to(member).select_related("revision__by", "submission", "written_by", "campaign")
    found = get_object_or_404(seen, pk=content_id)
    context = {"item": found, "manuscript": found.manuscript, "verbs": found.verbs_for(member)}
    return render(request, "content/item.html", context)
