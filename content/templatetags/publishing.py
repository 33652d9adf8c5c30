"""What pages of every room show of publishing: the red banner, results, links, and what a post was published as."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Post
from content import links, results, standing
from content.manuscript import Manuscript
from content.models import Item, PostDifference
from content.models.holds import standing_hold

register = template.Library()


@register.inclusion_tag("content/_hold.html", takes_context=True)
def hold_banner(context: dict[str, Any]) -> dict[str, Any]:
    """That everything is held, in red, on every page of content; elsewhere nothing is asked."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or not match.func.__module__.startswith("content.views."):
        return {}
    return {"hold": standing_hold() if request.user.is_authenticated else None, "here": match.url_name == "held"}


@register.inclusion_tag("content/_results.html", takes_context=True)
def results_of(context: dict[str, Any], item: Item) -> dict[str, Any]:
    """What became of an item on each account and site."""
    request = context["request"]
    return {"results": results.of(item, request.user), "csrf_token": context.get("csrf_token"), "request": request}


@register.inclusion_tag("content/_links.html")
def links_of(manuscript: Manuscript) -> dict[str, Any]:
    """Every link with its title and where it leads in the end (2.A)."""
    return {"links": links.checked(manuscript)}


@register.inclusion_tag("content/_published_as.html")
def published_as(post: Post | None) -> dict[str, Any]:
    """The item that a post of ours was published as, and what another hand did to it."""
    order = standing.order_of(post) if post is not None else None
    item = order.item if order else None
    open_one = PostDifference.objects.filter(post=post, state=PostDifference.State.OPEN).first() if order else None
    return {"order": order, "item": item, "difference": open_one}
