"""The running unit that browser tests use: on the test's own database, with a fresh sandbox, in a real browser."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import Page

from tests.live import LiveUnit


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_finds_a_unit_that_answers_and_a_sandbox_without_a_past(live_unit: LiveUnit, time: str) -> None:
    with urllib.request.urlopen(f"{live_unit.web}/health/") as response:
        assert response.status == 200
    body = json.dumps({"handle": "bayside", "name": "Bayside Police", "access_token": "token"}).encode()
    with urllib.request.urlopen(f"{live_unit.sandbox}/_sandbox/truth") as response:
        assert not json.load(response)["x"]["posts"]
    address = f"{live_unit.sandbox}/_sandbox/accounts/x/100"
    headers = {"Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(address, body, headers, method="PUT"))
    post = json.dumps({"platform": "x", "account": "100", "text": "Good morning"}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{live_unit.sandbox}/_sandbox/posts", post, headers))
    with urllib.request.urlopen(f"{live_unit.sandbox}/_sandbox/truth") as response:
        assert json.load(response)["x"]["posts"]


def test_a_browser_is_shown_the_unit(live_unit: LiveUnit, page: Page) -> None:
    answer = page.goto(f"{live_unit.web}/health/")
    assert answer is not None
    assert answer.status == 200
