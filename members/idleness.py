"""Idle means no act of a person (ruling 15): a session ends 30 minutes after the last, and 12 hours after sign-in.

Streams, polls and fragments that a page fetches by itself are no acts: their views are marked `background`, and what a
script fetches unasked from an ordinary address says so in a header. Everything else that a browser sends is one.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from members.freshness import page_before
from members.models import Session
from members.sessions import SIGNED_IN, SessionStore

HEADER = "Background"  # of what a script fetches without a person
ENDED = "session_ended"  # the cookie that says why, until the next sign-in
UNSHOWN = re.compile(r"password|code|token|secret|credential|csrf|^(key|next|back|version)$", re.IGNORECASE)

View = TypeVar("View", bound=Callable[..., Any])


def background(view: View) -> View:
    """Mark a view that pages ask by themselves: asking it is no act of a person."""
    view.background = True  # type: ignore[attr-defined]
    return view


def is_act_of_a_person(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Whether somebody did something, as far as a request can tell. A browser that reads ahead is nobody."""
    unasked = HEADER in request.headers or "prefetch" in request.headers.get("Sec-Purpose", "")
    return not unasked and not getattr(view, "background", False)


def precision() -> timedelta:
    """How exactly the last act is known: to a minute, so that not every request writes."""
    return timedelta(seconds=min(60, settings.SESSION_IDLE_SECONDS / 30))


class Idleness(MiddlewareMixin):
    """Notes the acts of persons, and says on an ended session what happened, without losing what was typed.

    Stands between AuthenticationMiddleware and LoginRequiredMiddleware.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the request pass."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        session = cast(SessionStore, request.session)
        if request.user.is_authenticated:
            request.user = get_user(request)  # himself: whatever asks him passes the lazy one's wrapping no more
            if is_act_of_a_person(request, view):
                note_act(session)
            return None
        if not session.ended or not getattr(view, "login_required", True):
            return None
        answer = _ended(request, view)
        answer["Session-Ended"] = session.ended
        return answer

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Nothing that a member saw stays in the browser's cache; why a session ended is remembered until the next."""
        session = cast(SessionStore, request.session)
        if response.status_code >= 500 or not session.accessed:
            return response  # what failed may not ask the database again
        if SIGNED_IN in session:
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_store=True)
            if ENDED in request.COOKIES:
                response.delete_cookie(ENDED)
        elif session.ended and settings.SESSION_COOKIE_NAME in request.COOKIES:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(ENDED, session.ended, max_age=3600, httponly=True, samesite="Lax", secure=secure)
        return response


def note_act(session: SessionStore) -> None:
    """Note that a person acted in `session` now."""
    now = timezone.now()
    if session.last_act_at is not None and session.last_act_at <= now - precision():
        Session.objects.filter(session_key=session.session_key, last_act_at__lt=now).update(last_act_at=now)
        session.last_act_at = now


def sentence(why: str) -> str:
    """What happened to a session that ended: `idle`, `limit` or `gone`."""
    if why == "idle":
        minutes = settings.SESSION_IDLE_SECONDS // 60
        return f"You were signed out after {minutes} minutes without an act." if minutes else "You were signed out."
    if why == "limit":
        return f"You were signed out: a session lasts {settings.SESSION_MAX_SECONDS // 3600} hours at most."
    return "You were signed out: this session was ended."


def _ended(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse:
    htmx = bool(getattr(request, "htmx", False)) and is_act_of_a_person(request, view)
    if request.method in {"GET", "HEAD"}:
        back = page_before(request) if htmx else request.get_full_path()
        address = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}"
        return HttpResponse(status=204, headers={"HX-Redirect": address}) if htmx else redirect(address)
    session = cast(SessionStore, request.session)
    context = {"sentence": sentence(session.ended), "typed": _typed(request), "back": page_before(request)}
    answer = render(request, "members/session_ended.html", context, status=403)
    if htmx:
        answer["HX-Reswap"] = "none"  # the form stays as it is; the script says what happened (static/session.js)
    return answer


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person wrote into the form that came too late, without passwords, codes and what only machines read."""
    return [
        (name.replace("_", " "), value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and not UNSHOWN.search(name) and not _is_uuid(value)
    ]


def _is_uuid(value: str) -> bool:
    try:
        return bool(uuid.UUID(value))
    except ValueError:
        return False


def seconds_left(request: HttpRequest) -> dict[str, int]:
    """For the browser's own clock: the limit without an act, and what is left of it and of the session."""
    session = cast(SessionStore, request.session)
    last: datetime = session.last_act_at or timezone.now()
    idle: int = settings.SESSION_IDLE_SECONDS
    end = session.get(SIGNED_IN, time.time()) + settings.SESSION_MAX_SECONDS
    return {
        "idle": idle,
        "idle_left": max(0, idle - int((timezone.now() - last).total_seconds())),
        "left": max(0, int(end - time.time())),
    }


def clock(request: HttpRequest) -> dict[str, Any]:
    """For templates: how long the session still lasts, and why the last one ended."""
    why = request.COOKIES.get(ENDED) or getattr(request.session, "ended", "")
    return {
        "session_clock": SimpleLazyObject(lambda: seconds_left(request)),
        "session_ended": sentence(why) if why in {"idle", "limit", "gone"} else "",
    }
