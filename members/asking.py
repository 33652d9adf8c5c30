"""Who asks."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from members.models import Member


def member_of(request: HttpRequest) -> Member:
    """The member signed in. Only for views that LoginRequiredMiddleware guards: nobody else comes so far."""
    return cast(Member, request.user)
