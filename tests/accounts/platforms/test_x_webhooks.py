"""How X is asked to tell of what happens: the webhook, one subscription for each event, and what X once told again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.platforms.contract import NotPossible, PlatformError, TokenExpired
from accounts.platforms.x import X
from accounts.platforms.x_account import EVENTS
from tests.accounts.platforms.conftest import Town
from tests.accounts.platforms.test_x_acts import record

pytestmark = pytest.mark.sop("1.X")
Settle = Callable[..., Town]
SECRET = "consumer secret"


class Callback:
    """Our address, as X challenges it."""

    def __init__(self) -> None:
        self.answers = True
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                token = parse_qs(urlsplit(self.path).query)["crc_token"][0]
                digest = hmac.new(SECRET.encode(), token.encode(), hashlib.sha256).digest()
                body = json.dumps({"response_token": f"sha256={base64.b64encode(digest).decode()}"}).encode()
                self.send_response(200 if outer.answers else 500)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path: str = "/webhooks/x/") -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"


@pytest.fixture
def callback() -> Iterator[Callback]:
    made = Callback()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def town(settle: Settle, settings: Any) -> Town:
    settings.X_APP_TOKEN = "the app's token"
    made = settle("x")
    made.control("PUT", "/apps/x", {"client_id": "c", "client_secret": "s", "app_token": "the app's token"})
    made.control("PUT", "/webhooks/x", {"secret": SECRET})
    return made


def client_of(town: Town) -> X:
    client = town.client()
    assert isinstance(client, X)
    return client


def told(town: Town) -> Any:
    return town.control("GET", "/truth/x")["x"]["subscriptions"][town.account]


def test_an_account_is_subscribed_to_every_event_once(town: Town, callback: Callback) -> None:
    client = client_of(town)
    before = client.subscription()
    assert (before.active, before.fields) == (False, ())
    assert "not subscribed" in before.says
    made = client.subscribe(callback.url())
    assert (made.active, made.fields, made.says) == (True, EVENTS, "")
    assert client.subscription() == made
    assert client.subscribe(callback.url()) == made
    assert len(town.calls("webhook")) == 1
    assert len(town.calls("subscribe")) == len(EVENTS)


def test_an_address_that_fails_the_challenge_is_not_registered(town: Town, callback: Callback) -> None:
    callback.answers = False
    with pytest.raises(PlatformError):
        client_of(town).subscribe(callback.url())
    assert not client_of(town).subscription().active
    callback.answers = True
    assert client_of(town).subscribe(callback.url()).active


def test_an_address_that_x_no_longer_finds_good_is_challenged_anew(town: Town, callback: Callback) -> None:
    client = client_of(town)
    made = client.subscribe(callback.url())
    callback.answers = False
    failing = [{"id": made.remote_id, "url": callback.url(), "valid": False, "created_at": "2026-11-22T10:00:00.000Z"}]
    body = {"data": failing, "meta": {"result_count": 1}}
    record(town, "list_webhooks", body)
    assert "challenge" in client.subscription().says
    record(town, "list_webhooks", body)
    still = client.subscribe(callback.url())
    assert not still.active
    assert "challenge" in still.says
    callback.answers = True
    assert client.subscribe(callback.url()).active


def test_what_was_told_to_an_address_of_before_moves_to_the_new_one(town: Town, callback: Callback) -> None:
    client = client_of(town)
    old, new = client.subscribe(callback.url()), client.subscribe(callback.url("/new/"))
    assert old.remote_id != new.remote_id
    assert client.subscription() == new
    assert len(town.calls("subscribe")) == len(EVENTS)


def test_an_account_that_is_left_is_told_of_no_more(town: Town, callback: Callback) -> None:
    client = client_of(town)
    client.subscribe(callback.url())
    assert told(town)
    for _ in range(2):
        client.unsubscribe()
        assert not client.subscription().active
    assert not told(town)


def test_what_a_webhook_missed_is_asked_for_once_more(town: Town, callback: Callback) -> None:
    client = client_of(town)
    now = datetime.now(UTC)
    with pytest.raises(NotPossible):
        client.replay(now - timedelta(hours=2), now)
    client.subscribe(callback.url())
    assert client.replay(now - timedelta(hours=2), now).isdecimal()
    with pytest.raises(PlatformError):
        client.replay(now, now - timedelta(hours=2))


def test_without_the_applications_token_there_are_no_webhooks_and_that_is_said(town: Town, settings: Any) -> None:
    settings.X_APP_TOKEN = ""
    for ask in (lambda: client_of(town).subscribe("https://unit.example/"), lambda: client_of(town).subscription()):
        with pytest.raises(NotPossible, match="X_APP_TOKEN"):
            ask()


def test_a_wrong_token_of_the_application_is_not_taken_for_the_accounts(town: Town, settings: Any) -> None:
    settings.X_APP_TOKEN = "wrong"
    with pytest.raises(PlatformError, match="X_APP_TOKEN") as caught:
        client_of(town).subscription()
    assert not isinstance(caught.value, TokenExpired)


@pytest.mark.parametrize(
    "url", ["http://unit.example/", "https://unit.example:8443/", "https://u.example/" + "a" * 200]
)
def test_addresses_that_x_does_not_take_are_refused(url: str, town: Town) -> None:
    with pytest.raises(PlatformError) as caught:
        client_of(town).subscribe(url)
    assert caught.value.permanent
    assert not client_of(town).subscription().active


@pytest.mark.parametrize("body", [{}, {"data": 7}, {"data": [7, {}, {"id": 1}]}, []])
def test_lists_that_are_no_lists_say_that_nothing_is_subscribed(body: Any, town: Town) -> None:
    for call in ("list_webhooks", "list_subscriptions"):
        record(town, call, body)
    assert not client_of(town).subscription().active
