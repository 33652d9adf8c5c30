"""A poster's picture in templates, or his initials."""

from __future__ import annotations

from typing import Any

from django import template

from moderation.avatars import ask_for
from moderation.models import Avatar, Poster

register = template.Library()


@register.inclusion_tag("moderation/_face.html")
def face(poster: Poster | None, name: str) -> dict[str, Any]:
    """The round badge. A picture that is not here yet is asked for, and stands on the next page; nothing waits for it.

    `name`: as it is shown, also where the platform did not say who wrote.
    """
    return {"poster": poster, "name": name, "version": _version(poster) if poster else ""}


def _version(poster: Poster) -> str:
    """Which picture there is, empty for none: looked up once a page, where one face stands in several places."""
    if "face" not in poster.__dict__:
        found = _avatar_of(poster)
        if "sought" not in poster.__dict__:
            ask_for(poster, found)
        poster.__dict__["face"] = found.version if found else ""
    return str(poster.__dict__["face"])


def _avatar_of(poster: Poster) -> Avatar | None:
    """As it was read with the poster, else by a query of its own."""
    place: Any = Poster.avatar
    if place.is_cached(poster):
        return getattr(poster, "avatar", None)
    return Avatar.objects.filter(pk=poster.pk).defer("content").first()
