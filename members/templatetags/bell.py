"""The bell of the top bar."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from members.models import Notification

register = template.Library()

MOST = 100  # counted no further: 99+


@register.inclusion_tag("members/_bell.html", takes_context=True)
def bell(context: RequestContext) -> dict[str, Any]:
    """How many notifications its member has not seen, as every page knows (`bell_count`), and the newest of them."""
    request = context["request"]
    count: int = context["bell_count"]()
    newest = Notification.objects.filter(member=request.user.pk, seen_at__isnull=True).first() if count else None
    here = request.resolver_match is not None and request.resolver_match.url_name == "notifications"
    return {"count": count, "number": f"{MOST - 1}+" if count >= MOST else str(count), "newest": newest, "here": here}
