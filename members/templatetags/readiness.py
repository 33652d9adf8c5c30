"""The check-list of a new unit, on the home of whoever sets it up."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from members.models import Agency
from members.models.agency import agency
from members.powers import Power
from members.readiness import check_list

register = template.Library()


@register.inclusion_tag("members/_readiness.html", takes_context=True)
def readiness(context: RequestContext) -> dict[str, Any]:
    """Draws nothing for others, in the demonstration, and when nothing is open any more."""
    request = context["request"]
    ours: Agency = getattr(request, "agency", None) or agency()
    stored = not ours._state.adding  # noqa: SLF001  (Django's own word for not stored yet)
    if not stored or ours.demonstration or not request.user.may(Power.SET_UP_UNIT):
        return {"list": None}
    found = check_list(ours)
    return {"list": found if found.open else None, "csrf_token": context.get("csrf_token")}
