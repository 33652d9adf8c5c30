"""The bell of the top bar."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import connection
from django.template.context import RequestContext

from members.models import Notification

register = template.Library()

MOST = 100  # counted no further: 99+
_UNSEEN = """
SELECT count(*) FROM (SELECT FROM members_notification WHERE member_id = %s AND seen_at IS NULL LIMIT %s) unseen
"""


@register.inclusion_tag("members/_bell.html", takes_context=True)
def bell(context: RequestContext) -> dict[str, Any]:
    """How many notifications its member has not seen, and the newest of them."""
    request = context["request"]
    with connection.cursor() as cursor:
        cursor.execute(_UNSEEN, [request.user.pk, MOST])
        (count,) = cursor.fetchone()
    newest = Notification.objects.filter(member=request.user.pk, seen_at__isnull=True).first() if count else None
    here = request.resolver_match is not None and request.resolver_match.url_name == "notifications"
    return {"count": count, "number": f"{MOST - 1}+" if count >= MOST else str(count), "newest": newest, "here": here}
