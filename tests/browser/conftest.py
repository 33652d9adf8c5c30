"""Browsers in which members have signed in, on a running unit with the platforms' stand-ins behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from members.models import Member
from tests.cast import BACKEND, prove_second_factor
from tests.live import LiveUnit
from tests.moderation.conftest import stage  # noqa: F401  (a fixture)

EXPECTED = (
    "Error Code 4",
    "status of 403",
    "status of 404",
    "status of 409",
    "status of 410",
    "status of 422",
    "net::ERR_FAILED",  # a connection that a test broke
    'EventSource\'s response has a MIME type ("text/html")',  # a stream that asks once more, signed out
)  # the browser's own words for a refusal


@pytest.fixture
def sign_in(live_unit: LiveUnit, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`sign_in(officer, dark=True)` opens a browser window of the member's; what it complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def signed_in(member: Member | None, *, dark: bool = False, **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 860})
        context = browser.new_context(base_url=live_unit.web, **options)
        contexts.append(context)
        cookies = [{"name": "theme", "value": "dark" if dark else "light", "url": live_unit.web}]
        if member is not None:
            client = Client()
            client.force_login(member, backend=BACKEND)
            prove_second_factor(client, member)
            cookies.append({"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_unit.web})
        context.add_cookies(cookies)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        return page

    expect.set_options(timeout=10_000)
    yield signed_in
    for context in contexts:
        context.close()
    assert [words for words in complaints if not any(known in words for known in EXPECTED)] == []
