"""Devices in words, and where a request comes from."""

from __future__ import annotations

import re

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

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
