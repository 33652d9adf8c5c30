"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from moderation.models import QueueEntry
from smu.navigation import sections
from smu.preferences import THEMES, theme_of

MOST = 1000  # the navigation says 999+ beyond: counting all of a long queue on every page is not worth its time


def unit(request: HttpRequest) -> dict[str, Any]:
    """The agency's name, the colours chosen, the navigation. What costs a query is asked only where it is drawn."""
    return {
        "agency": settings.AGENCY_NAME,
        "agency_short": settings.AGENCY_SHORT_NAME,
        "demonstration": settings.DEMONSTRATION,
        "theme": theme_of(request),
        "themes": THEMES,
        "sections": SimpleLazyObject(lambda: sections(request)),
        "waiting": SimpleLazyObject(_waiting),
    }


def _waiting() -> int:
    return QueueEntry.objects.order_by()[:MOST].count()
