"""Signing in at X, with the stand-in playing X, and with answers nobody ordered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from accounts.platforms import client_for
from accounts.platforms.contract import Credentials, NotPossible, Platform, PlatformError, TokenExpired
from accounts.platforms.login import Grant
from accounts.platforms.logins import login_for
from accounts.platforms.x_login import BLOCKING, XLogin
from sandbox import x_authorizing
from sandbox.authorizing import s256
from tests.accounts.platforms.conftest import Town

pytestmark = pytest.mark.sop("1.X")
Settle = Callable[..., Town]
BACK = "https://unit.example/accounts/connect/back/"
VERIFIER = "v" * 43


@pytest.fixture
def town(settle: Settle, settings: Any) -> Town:
    """An account, and this product registered at X."""
    app = {"client_id": "dW5pdA", "client_secret": "the secret"}
    settings.PLATFORM_APPS = settings.PLATFORM_APPS | {Platform.X: app}
    settings.X_TIER = "enterprise"
    made = settle("x")
    made.control("PUT", "/apps/x", app | {"redirect_uris": [BACK]})
    return made


def visit(address: str) -> httpx.Response:
    return httpx.get(address, trust_env=False)


def address(**changes: str) -> str:
    told = {"state": "the state", "challenge": s256(VERIFIER), "redirect_uri": BACK}
    return login_for("x").address(**(told | changes))


def came_back() -> dict[str, str]:
    """What X's redirect brings, after the person answered."""
    answer = visit(address())
    assert answer.status_code == 302, answer.text
    assert answer.headers["location"].startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def granted() -> Grant:
    return login_for("x").exchange(came_back()["code"], verifier=VERIFIER, redirect_uri=BACK)


def test_an_account_is_connected_and_its_client_speaks_and_renews(town: Town) -> None:
    login, back = login_for("x"), came_back()
    assert back["state"] == "the state"
    grant = login.exchange(back["code"], verifier=VERIFIER, redirect_uri=BACK)
    assert grant.scopes == set(login.asked)
    assert grant.scopes >= login.needed
    (choice,) = login.choices(grant)
    assert (choice.remote_id, choice.name, choice.handle) == (town.account, "Town Police", town.handle)
    credentials = login.credentials(grant, choice, tier="enterprise")
    renewed: list[Credentials] = []
    client = client_for("x", credentials, renewed=renewed.append)
    client.comment(town.post, "Hello")
    town.fault("reply", "expired_token")
    client.comment(town.post, "Hello again")
    (fresh,) = renewed
    assert fresh.refresh_token not in ("", credentials.refresh_token)
    client.ban(town.ref(town.say()))  # the scopes survive the renewal
    assert client.counts().posts == 1


def test_a_code_is_good_once_with_its_own_verifier_and_address(town: Town) -> None:
    login = login_for("x")
    for wrong in ({"verifier": "w" * 43}, {"redirect_uri": "https://elsewhere.example/"}):
        told = {"verifier": VERIFIER, "redirect_uri": BACK} | wrong
        with pytest.raises(TokenExpired):
            login.exchange(came_back()["code"], **told)
    code = came_back()["code"]
    login.exchange(code, verifier=VERIFIER, redirect_uri=BACK)
    for spent in (code, "made up"):
        with pytest.raises(TokenExpired, match="Sign in again"):
            login.exchange(spent, verifier=VERIFIER, redirect_uri=BACK)


def test_a_code_is_too_old_after_its_time(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert x_authorizing.CODE_SECONDS == 30
    monkeypatch.setattr(x_authorizing, "CODE_SECONDS", -1)
    with pytest.raises(TokenExpired):
        granted()


def test_who_declines_comes_back_with_that_and_no_code(town: Town) -> None:
    town.control("PUT", "/consents/x", {"deny": True})
    assert came_back() == {"error": "access_denied", "state": "the state"}


def test_what_was_not_granted_is_told_and_holds(town: Town) -> None:
    login = login_for("x")
    scopes = sorted(set(login.asked) - {"dm.write", "offline.access"})
    town.control("PUT", "/consents/x", {"scopes": scopes})
    grant = granted()
    assert grant.scopes == set(scopes)
    assert not grant.scopes >= login.needed
    assert grant.refresh_token == ""
    (choice,) = login.choices(grant)
    client = client_for("x", login.credentials(grant, choice, tier="enterprise"))
    with pytest.raises(NotPossible):
        client.message(town.ref(town.say()), "Please call us")


def test_blocking_is_asked_for_where_the_tier_has_it(town: Town, settings: Any) -> None:
    assert BLOCKING in XLogin().asked
    settings.X_TIER = "self-serve"
    assert BLOCKING not in XLogin().asked
    assert visit(address()).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": "https://elsewhere.example/"},
        {"state": ""},
        {"challenge": ""},
    ],
)
def test_x_sends_nobody_back_to_who_asks_wrongly(wrong: dict[str, str], town: Town) -> None:
    answer = visit(address(**wrong))
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_another_product_is_not_known(town: Town, settings: Any) -> None:
    code = came_back()["code"]
    settings.PLATFORM_APPS = settings.PLATFORM_APPS | {Platform.X: {"client_id": "dW5pdA", "client_secret": "wrong"}}
    with pytest.raises(PlatformError, match="secret is wrong") as caught:
        login_for("x").exchange(code, verifier=VERIFIER, redirect_uri=BACK)
    assert caught.value.permanent
    assert not isinstance(caught.value, TokenExpired)
    settings.PLATFORM_APPS = settings.PLATFORM_APPS | {Platform.X: {"client_id": "other", "client_secret": "s"}}
    assert visit(address()).status_code == 400


def test_tokens_that_were_given_back_open_nothing_and_may_be_given_back_twice(town: Town) -> None:
    login, grant = login_for("x"), granted()
    (choice,) = login.choices(grant)
    credentials = login.credentials(grant, choice)
    for _ in range(2):
        login.revoke(credentials)
        assert not client_for("x", credentials).token_facts().valid
        with pytest.raises(TokenExpired):
            login.choices(grant)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, {}, PlatformError),
        (200, {"access_token": 7}, PlatformError),
        (200, [], PlatformError),
        (200, b"<html>", PlatformError),
        (400, {"error": ["x"]}, TokenExpired),
        (401, {"error": "unauthorized_client"}, PlatformError),
        (500, b"", PlatformError),
    ],
)
def test_answers_to_a_code_that_nobody_ordered_are_said_plainly(
    status: int, body: Any, kind: type[PlatformError], answering: Any, settings: Any
) -> None:
    made = answering(lambda request: (status, {}, body))
    with pytest.raises(kind) as caught:
        XLogin().exchange("the code", verifier=VERIFIER, redirect_uri=BACK)
    assert type(caught.value) is kind
    assert len(made) == 1
    assert "the code" not in str(caught.value)


@pytest.mark.parametrize("body", [{}, {"data": []}, {"data": {"id": None}}, b"", [1]])
def test_who_signed_in_must_be_said(body: Any, answering: Any) -> None:
    answering(lambda request: (200, {}, body))
    with pytest.raises(PlatformError, match="whose"):
        XLogin().choices(Grant(access_token="t"))


def test_the_secret_and_the_verifier_stand_in_no_address(answering: Any, settings: Any) -> None:
    settings.PLATFORM_APPS = settings.PLATFORM_APPS | {Platform.X: {"client_id": "id", "client_secret": "the secret"}}
    made = answering(lambda request: (200, {}, {"access_token": "t", "scope": "tweet.read", "expires_in": 7200}))
    XLogin().exchange("the code", verifier=VERIFIER, redirect_uri=BACK)
    XLogin().revoke(Credentials("1", access_token="the token", refresh_token="the other"))
    assert len(made) == 3
    for request in made:
        assert request.headers["authorization"].startswith("Basic ")
        assert request.url.query == b""
        assert "the secret" not in request.content.decode()
