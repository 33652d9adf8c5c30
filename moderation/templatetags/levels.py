"""The row of the eight levels on the desk, from which a grade is chosen."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from django.template.context import Context
from django.urls import reverse

from moderation.desk import Desk
from moderation.models import Level
from moderation.stream import Filters

register = template.Library()


class Cell(NamedTuple):
    """One level: `href` leads to its panel on a page, `ask` brings the panel alone."""

    value: str
    word: str
    href: str
    ask: str
    chosen: bool


@register.inclusion_tag("moderation/_levels.html", takes_context=True)
def levels(context: Context, desk: Desk) -> dict[str, Any]:
    """Addresses are put together here, not in the template: each next comment on the desk has all of them."""
    filters: Filters = context["filters"]
    key, on_page, chosen = desk.comment.pk, bool(context.get("on_page")), desk.panel.level if desk.panel else None
    query, panel = filters.query, reverse("panel", args=[key])
    opens = "?" if on_page else f"{reverse('queue')}?{query}{'&' if query else ''}open={key}&"
    more = "&on=page" if on_page else f"&{query}" if query else ""
    return {
        "cells": [
            Cell(
                str(one.value),
                one.label,
                f"{opens}level={one.value}#panel",
                f"{panel}?level={one.value}{more}",
                one == chosen,
            )
            for one in Level
            if one != Level.THREATENING
        ],
        "threatening": Level.THREATENING,
        "desk": desk,
        "query": query,
        "on_page": on_page,
        "grade_at": reverse("grade", args=[key]),
        "csrf_token": context.get("csrf_token"),
    }
