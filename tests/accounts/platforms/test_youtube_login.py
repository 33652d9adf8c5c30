"""Signing in at Google for a YouTube channel, with the stand-in playing Google, and with answers nobody ordered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from accounts.platforms import client_for
from accounts.platforms.contract import Credentials, Platform, PlatformError, TokenExpired
from accounts.platforms.login import Choice, Grant
from accounts.platforms.youtube_login import SCOPE, YouTubeLogin
from sandbox.authorizing import s256
from tests.accounts.platforms.conftest import Town

pytestmark = pytest.mark.sop("1.YT")
Settle = Callable[..., Town]
BACK = "https://unit.example/accounts/connect/back/"
VERIFIER = "v" * 43
login = YouTubeLogin()


@pytest.fixture
def town(settle: Settle, settings: Any) -> Town:
    """A channel, and this product registered at Google."""
    app = {"client_id": "unit.apps.example", "client_secret": "the secret"}
    settings.PLATFORM_APPS = settings.PLATFORM_APPS | {Platform.YOUTUBE: app}
    made = settle("youtube")
    made.control("PUT", "/apps/youtube", app | {"redirect_uris": [BACK]})
    return made


def visit(address: str) -> httpx.Response:
    return httpx.get(address, trust_env=False)


def came_back(redirect_uri: str = BACK) -> dict[str, str]:
    """What Google's redirect brings, after the person consented."""
    answer = visit(login.address(state="the state", challenge=s256(VERIFIER), redirect_uri=redirect_uri))
    assert answer.status_code == 302, answer.text
    assert answer.headers["location"].startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def test_a_channel_is_connected_and_its_client_speaks_and_renews(town: Town) -> None:
    back = came_back()
    assert back["state"] == "the state"
    grant = login.exchange(back["code"], verifier=VERIFIER, redirect_uri=BACK)
    assert grant.scopes >= login.needed
    (choice,) = login.choices(grant)
    assert (choice.remote_id, choice.name, choice.handle) == (town.account, "Town Police", town.handle)
    credentials = login.credentials(grant, choice)
    renewed: list[Credentials] = []
    client = client_for("youtube", credentials, renewed=renewed.append)
    client.comment(town.post, "Hello")
    town.fault("comment", "expired_token")
    client.comment(town.post, "Hello again")
    assert renewed[0].refresh_token == grant.refresh_token
    assert renewed[0].access_token != grant.access_token


def test_what_is_asked_brings_a_lasting_token_and_nothing_more_than_needed() -> None:
    query = parse_qs(urlsplit(login.address(state="s", challenge="c", redirect_uri=BACK)).query)
    assert (query["access_type"], query["prompt"], query["scope"]) == (["offline"], ["consent"], [SCOPE])
    assert (query["code_challenge"], query["code_challenge_method"], query["state"]) == (["c"], ["S256"], ["s"])


def test_who_refuses_comes_back_with_the_refusal_and_no_code(town: Town) -> None:
    town.control("PUT", "/consents/youtube", {"deny": True})
    assert came_back() == {"error": "access_denied", "state": "the state"}


def test_a_scope_that_was_not_granted_is_missing_in_the_grant(town: Town) -> None:
    town.control("PUT", "/consents/youtube", {"scopes": []})
    grant = login.exchange(came_back()["code"], verifier=VERIFIER, redirect_uri=BACK)
    assert login.needed - grant.scopes == {SCOPE}
    with pytest.raises(PlatformError, match="does not let"):
        login.choices(grant)


def test_a_code_is_good_once_and_for_its_verifier_and_address(town: Town) -> None:
    code = came_back()["code"]
    login.exchange(code, verifier=VERIFIER, redirect_uri=BACK)
    with pytest.raises(TokenExpired):
        login.exchange(code, verifier=VERIFIER, redirect_uri=BACK)
    with pytest.raises(TokenExpired):
        login.exchange(came_back()["code"], verifier="w" * 43, redirect_uri=BACK)
    with pytest.raises(PlatformError, match="address"):
        login.exchange(came_back()["code"], verifier=VERIFIER, redirect_uri=BACK + "other")
    with pytest.raises(TokenExpired):
        login.exchange("4/0Anonsense", verifier=VERIFIER, redirect_uri=BACK)


def test_an_address_or_client_that_google_does_not_know_is_not_sent_back(town: Town, settings: Any) -> None:
    address = login.address(state="s", challenge="c", redirect_uri="https://evil.example/")
    assert visit(address).status_code == 400
    code = came_back()["code"]
    settings.PLATFORM_APPS[Platform.YOUTUBE]["client_secret"] = "wrong"
    with pytest.raises(PlatformError, match="client id or secret"):
        login.exchange(code, verifier=VERIFIER, redirect_uri=BACK)
    settings.PLATFORM_APPS[Platform.YOUTUBE]["client_id"] = "wrong"
    assert visit(login.address(state="s", challenge="c", redirect_uri=BACK)).status_code == 401


def test_a_revoked_sign_in_is_over_and_revoking_again_is_no_error(town: Town) -> None:
    grant = login.exchange(came_back()["code"], verifier=VERIFIER, redirect_uri=BACK)
    credentials = login.credentials(grant, login.choices(grant)[0])
    login.revoke(credentials)
    with pytest.raises(TokenExpired):
        client_for("youtube", credentials).counts()
    login.revoke(credentials)
    assert town.client().counts().posts == 1  # what was agreed before stands
    login.revoke(Credentials("UC1"))


def test_no_secret_stands_in_what_is_printed(town: Town) -> None:
    grant = login.exchange(came_back()["code"], verifier=VERIFIER, redirect_uri=BACK)
    for thing in (grant, login.app, login.credentials(grant, Choice("UC1", "a"))):
        for secret in (grant.access_token, grant.refresh_token, "the secret"):
            assert secret not in repr(thing)


# Answers that nobody ordered


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"null"),
        (200, {"access_token": 7}),
        (200, {"access_token": "a"}),
        (200, {"access_token": "a", "refresh_token": None}),
        (400, {"error": ["invalid_grant"]}),
        (500, b"<html>"),
        (403, b""),
    ],
)
def test_a_strange_answer_to_a_code_is_no_grant(status: int, body: Any, answering: Any) -> None:
    answering(lambda request: (status, {}, body))
    with pytest.raises(PlatformError):
        login.exchange("code", verifier=VERIFIER, redirect_uri=BACK)


def test_a_lost_answer_to_a_code_asks_for_a_new_sign_in(answering: Any) -> None:
    made = answering(lambda request: httpx.ReadTimeout("late"))
    with pytest.raises(PlatformError, match="Sign in again"):
        login.exchange("code", verifier=VERIFIER, redirect_uri=BACK)
    assert len(made) == 1


@pytest.mark.parametrize("seconds", [None, "soon", -1, 10**30, 3599])
def test_a_strange_lifetime_is_no_crash(seconds: Any, answering: Any) -> None:
    body = {"access_token": "a", "refresh_token": "r", "expires_in": seconds, "scope": ["x"]}
    answering(lambda request: (200, {}, body))
    grant = login.exchange("code", verifier=VERIFIER, redirect_uri=BACK)
    assert (grant.expires_at is None) == (seconds != 3599)
    assert grant.scopes == frozenset()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", {"items": None}, {"items": {}}, {"items": [None, 1, {"id": None}, {"snippet": {"title": "a"}}]}],
)
def test_strange_channels_are_none(body: Any, answering: Any) -> None:
    answering(lambda request: (200, {}, body))
    assert login.choices(Grant("a")) == []


def test_a_channel_without_a_name_is_still_one(answering: Any) -> None:
    answering(lambda request: (200, {}, {"items": [{"id": "UC1", "snippet": {"title": 5, "customUrl": "@a"}}]}))
    assert login.choices(Grant("a")) == [Choice("UC1", "a", "a")]
