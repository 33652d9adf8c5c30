"""What every page knows."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from members import plainly
from members.asking import member_of
from members.models.agency import Agency, unnamed
from members.templatetags import bell
from members.views.agency import mark_address
from moderation.alerting import RedLine
from moderation.own_keys import moved_of
from smu.navigation import navigation
from smu.preferences import THEMES, theme_of
from smu.rooms import rooms

# What the frame of a page says of the moment, in one question.
_FRAME = """
SELECT
    (SELECT count(*) FROM (SELECT FROM moderation_queueentry LIMIT %(waiting)s) counted),
    (SELECT keys::text FROM moderation_owndesk WHERE member_id = %(member)s),
    (SELECT count(*) FROM (
        SELECT FROM members_notification WHERE member_id = %(member)s AND seen_at IS NULL LIMIT %(unseen)s
    ) counted)
"""
MOST = 1000  # the navigation says 999+ beyond: counting all of a long queue on every page is not worth its time


def unit(request: HttpRequest) -> dict[str, Any]:
    """The agency, the colours chosen, the navigation. What costs a query is asked only where it is drawn.

    The agency was read at the request's beginning; an error page that is drawn without it asks no database.
    """
    ours: Agency = getattr(request, "agency", None) or unnamed()
    frame = cache(partial(_asked, request))
    return {
        "agency": ours.name,
        "agency_short": ours.short_name,
        "agency_mark": mark_address(ours),
        "demonstration": settings.DEMONSTRATION,
        "identity_provider": settings.OIDC_NAME,
        "theme": theme_of(request),
        "themes": THEMES,
        "navigation": navigation(request),
        "rooms": cache(partial(rooms, request)),
        "in_queue": lambda: frame()[0],
        "own_keys": lambda: frame()[1],
        "bell_count": lambda: frame()[2],
        "red_line": RedLine(getattr(request, "user", AnonymousUser())),
    }


def _asked(request: HttpRequest) -> tuple[int, str, int]:
    """How many wait, the keys that the member has moved as JSON (empty for none), how many notifications are unseen."""
    member = member_of(request).pk if request.user.is_authenticated else None
    ((waiting, keys, unseen),) = plainly.rows(_FRAME, {"member": member, "waiting": MOST, "unseen": bell.MOST})
    own = moved_of(json.loads(keys)) if keys else {}
    return waiting, json.dumps(own) if own else "", unseen
