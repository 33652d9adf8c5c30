"""What every page knows."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.asking import member_of
from members.models.agency import Agency, unnamed
from members.views.agency import mark_address
from moderation.alerting import RedLine
from moderation.own_keys import moved
from smu.navigation import navigation
from smu.preferences import THEMES, theme_of
from smu.rooms import rooms

MOST = 1000  # the navigation says 999+ beyond: counting all of a long queue on every page is not worth its time


def unit(request: HttpRequest) -> dict[str, Any]:
    """The agency, the colours chosen, the navigation. What costs a query is asked only where it is drawn.

    The agency was read at the request's beginning; an error page that is drawn without it asks no database.
    """
    ours: Agency = getattr(request, "agency", None) or unnamed()
    return {
        "agency": ours.name,
        "agency_short": ours.short_name,
        "agency_mark": mark_address(ours),
        "demonstration": settings.DEMONSTRATION,
        "identity_provider": settings.OIDC_NAME,
        "theme": theme_of(request),
        "themes": THEMES,
        "navigation": navigation(request),
        "rooms": rooms(request),
        "waiting": SimpleLazyObject(_waiting),
        "own_keys": SimpleLazyObject(lambda: _own_keys(request)),
        "red_line": RedLine(getattr(request, "user", AnonymousUser())),
    }


def _own_keys(request: HttpRequest) -> str:
    """The keys that the member has moved, as JSON; empty for none."""
    found = moved(member_of(request)) if request.user.is_authenticated else {}
    return json.dumps(found) if found else ""


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM moderation_queueentry LIMIT %s) counted", [MOST])
        (count,) = cursor.fetchone()
    return int(count)
