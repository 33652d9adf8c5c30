"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def unit(request: HttpRequest) -> dict[str, Any]:
    """The agency's name, and whether this is the demonstration."""
    return {
        "agency": settings.AGENCY_NAME,
        "agency_short": settings.AGENCY_SHORT_NAME,
        "demonstration": settings.DEMONSTRATION,
    }
