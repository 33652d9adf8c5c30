"""Devices in words, where a request comes from, and word to a member when he signs in from a device not seen before.

A browser is known by a token in a cookie of its member's own; what is stored of it is a digest.
"""

from __future__ import annotations

import re
from typing import Any

from allauth.account.signals import user_logged_in
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from members.models import KnownDevice, Member
from members.models.joining import digest_of_token, new_token
from members.models.notifications import Kind
from members.notifying import tell

REMEMBERED = 400 * 24 * 3600  # seconds; browsers keep no cookie longer

# Order matters: most browsers also call themselves what they descend from.
_BROWSERS = (
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
)
_SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"CrOS", "ChromeOS"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"Linux|X11", "Linux"),
)


def words_of(user_agent: str) -> str:
    """What a person calls the device that sends `user_agent`: "Firefox on Windows"."""
    browser = next((word for sign, word in _BROWSERS if re.search(sign, user_agent)), "A browser")
    system = next((word for sign, word in _SYSTEMS if re.search(sign, user_agent)), "")
    return f"{browser} on {system}" if system else browser


def address_of(request: HttpRequest) -> str | None:
    """The address a request comes from; behind a proxy, what the proxy says (settings.ALLAUTH_TRUSTED_PROXY_COUNT)."""
    address: str | None = get_client_ip(request)
    return address


def know_devices() -> None:
    """Look at each sign-in's device; called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="members.devices")


def _signed_in(request: HttpRequest, user: Member, response: HttpResponse | None = None, **kwargs: Any) -> None:
    if response is None:
        return
    now, words = timezone.now(), words_of(request.META.get("HTTP_USER_AGENT", ""))
    name = f"device_{user.pk}" if settings.PLAIN_HTTP else f"__Host-device_{user.pk}"
    token = request.get_signed_cookie(name, default="", salt="device") or ""
    known = KnownDevice.objects.filter(member=user, digest=digest_of_token(token)) if token else None
    if known is None or not known.update(last_at=now, words=words):
        token = _new_device(user, words)
    response.set_signed_cookie(
        name,
        token,
        salt="device",
        max_age=REMEMBERED,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _new_device(member: Member, words: str) -> str:
    """Keep it, and tell the member unless it is his first; its token, which is made here, never taken from outside."""
    token, digest = new_token()
    with transaction.atomic():
        first = not KnownDevice.objects.filter(member=member).exists()
        KnownDevice.objects.create(member=member, digest=digest, words=words)
        if not first:
            tell(
                [member],
                Kind.SECURITY,
                f"You signed in from a device that was not seen before: {words}. If that was not you, end that session "
                "at once, change your password, and tell your superior.",
                reverse("sessions"),
            )
    return token
