"""Signing in at Meta, against its authorization server on the stand-in: a Page, and the Instagram linked to one."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.conf import settings as unit

from accounts.platforms import client_for
from accounts.platforms.contract import PlatformError, TokenExpired
from accounts.platforms.facebook_login import FacebookLogin, InstagramLogin, MetaLogin
from accounts.platforms.login import Choice, Grant
from tests.accounts.platforms.conftest import Town

pytestmark = pytest.mark.sop("1.FB")
Settle = Callable[..., Town]
BACK = "https://unit.example/accounts/connected/facebook/"
APP = {"client_id": "270341188541962", "client_secret": "the app's secret"}
LINKED = "17841400000000077"


def registered(town: Town, settings: Any, **more: Any) -> None:
    settings.PLATFORM_APPS = {**settings.PLATFORM_APPS, "facebook": APP, "instagram": APP}
    settings.META_DIALOG_URL = f"{town.address}/www.facebook.com/v26.0/dialog/oauth"
    town.control("PUT", "/apps/facebook", APP | {"redirect_uris": [BACK]} | more)


@pytest.fixture
def town(settle: Settle, settings: Any) -> Town:
    made = settle("facebook")
    registered(made, settings)
    return made


def at_the_dialog(login: MetaLogin, redirect: str = BACK) -> dict[str, str]:
    """What the browser brings back from the dialog."""
    answer = httpx.get(login.address(state="s t&a=te", challenge="", redirect_uri=redirect), trust_env=False)
    assert answer.status_code == 302, answer.text
    address = answer.headers["location"]
    assert address.startswith(redirect)
    return {name: held[0] for name, held in parse_qs(urlsplit(address).query).items()}


def signed_in(login: MetaLogin) -> Grant:
    return login.exchange(at_the_dialog(login)["code"], verifier="", redirect_uri=BACK)


def choice_of(login: MetaLogin, named: str) -> Choice:
    return next(one for one in login.choices(signed_in(login)) if one.remote_id == named)


def connected(town: Town, redirect: str, *, without: Set[str] = frozenset()) -> str:
    """The token of the town's Page, granted without some scopes. The town's own secret is the app's."""
    app = {"client_id": "270", "client_secret": town.secrets["app_secret"]}
    unit.PLATFORM_APPS = {**unit.PLATFORM_APPS, "facebook": app}
    unit.META_DIALOG_URL = f"{town.address}/www.facebook.com/v26.0/dialog/oauth"
    login = FacebookLogin()
    town.control("PUT", "/consents/facebook", {"scopes": sorted(set(login.asked) - without)})
    code = at_the_dialog(login, redirect)["code"]
    grant = login.exchange(code, verifier="", redirect_uri=redirect)
    return next(one.access_token for one in login.choices(grant) if one.remote_id == town.account)


def test_a_page_is_connected_by_signing_in(town: Town) -> None:
    login = FacebookLogin()
    brought = at_the_dialog(login)
    assert brought["state"] == "s t&a=te"
    grant = login.exchange(brought["code"], verifier="", redirect_uri=BACK)
    assert login.needed <= grant.scopes
    assert grant.expires_at is not None
    (choice,) = login.choices(grant)
    assert (choice.remote_id, choice.name, choice.lacks) == (town.account, "Town Police", "")
    client = client_for("facebook", login.credentials(grant, choice))
    comment = town.say()
    assert client.look(town.ref(comment)).text == "Thank you"
    facts = client.token_facts()
    assert facts.valid
    assert login.needed <= facts.scopes
    assert facts.remote_id == town.account


def test_the_persons_own_token_is_not_what_a_page_is_kept_with(town: Town) -> None:
    login = FacebookLogin()
    grant = signed_in(login)
    (choice,) = login.choices(grant)
    kept = login.credentials(grant, choice)
    assert kept.access_token == choice.access_token != grant.access_token
    assert not kept.refresh_token
    assert grant.access_token not in repr(grant)
    assert choice.access_token not in repr(choice)


def test_a_code_is_good_once(town: Town) -> None:
    login = FacebookLogin()
    code = at_the_dialog(login)["code"]
    login.exchange(code, verifier="", redirect_uri=BACK)
    with pytest.raises(TokenExpired):
        login.exchange(code, verifier="", redirect_uri=BACK)


def test_a_code_is_good_for_the_address_that_it_was_sent_to(town: Town) -> None:
    login = FacebookLogin()
    with pytest.raises(TokenExpired):
        login.exchange(at_the_dialog(login)["code"], verifier="", redirect_uri=f"{BACK}?other")
    with pytest.raises(TokenExpired):
        login.exchange("invented", verifier="", redirect_uri=BACK)


def test_an_address_that_is_not_registered_is_never_sent_a_code(town: Town) -> None:
    answer = httpx.get(
        FacebookLogin().address(state="s", challenge="", redirect_uri="https://evil.example/"), trust_env=False
    )
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_a_refusal_comes_back_as_one(town: Town) -> None:
    town.control("PUT", "/consents/facebook", {"deny": True})
    brought = at_the_dialog(FacebookLogin())
    assert brought["error"] == "access_denied"
    assert brought["state"] == "s t&a=te"
    assert "code" not in brought


def test_scopes_that_were_not_granted_are_known(town: Town) -> None:
    town.control("PUT", "/consents/facebook", {"scopes": ["pages_show_list"]})
    login = FacebookLogin()
    assert login.needed - signed_in(login).scopes == login.needed - {"pages_show_list"}


def test_a_page_on_which_the_person_may_not_moderate_says_what_he_lacks(town: Town, settle: Settle) -> None:
    order = {"name": "County", "handle": "county", "tasks": ["ANALYZE", "ADVERTISE"]}
    town.control("PUT", "/accounts/facebook/192800777", order)
    choice = choice_of(FacebookLogin(), "192800777")
    assert "moderate" in choice.lacks
    assert "County" in choice.lacks
    assert choice_of(FacebookLogin(), town.account).lacks == ""


def test_every_page_is_offered_though_there_are_many(town: Town) -> None:
    for number in range(60):
        town.control("PUT", f"/accounts/facebook/192801{number:04}", {"name": f"Page {number}"})
    assert len(FacebookLogin().choices(signed_in(FacebookLogin()))) == 61


@pytest.mark.sop("1.IG")
def test_the_instagram_that_is_linked_to_a_page_is_connected(town: Town) -> None:
    order = {"name": "Town Police", "handle": "townpolice", "page_id": town.account}
    town.control("PUT", f"/accounts/instagram/{LINKED}", order)
    town.control("PUT", "/accounts/facebook/192800778", {"name": "No Instagram"})
    login = InstagramLogin()
    grant = signed_in(login)
    assert login.needed <= grant.scopes
    (choice,) = login.choices(grant)
    assert (choice.remote_id, choice.handle, choice.page_id) == (LINKED, "townpolice", town.account)
    assert client_for("instagram", login.credentials(grant, choice)).counts()


def test_an_account_that_ends_is_no_longer_told_of(town: Town) -> None:
    login = FacebookLogin()
    grant = signed_in(login)
    (choice,) = login.choices(grant)
    kept = login.credentials(grant, choice)
    client = client_for("facebook", kept)
    client.subscribe("")
    login.revoke(kept)
    assert not client.subscription().active


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b"{}", b'{"access_token": 5}', b'{"access_token": "", "expires_in": "x"}']
)
def test_an_answer_to_the_sign_in_that_is_none_connects_nothing(body: bytes, answering: Any, settings: Any) -> None:
    settings.PLATFORM_APPS = {"facebook": APP}
    answering(lambda request: (200, {}, body))
    with pytest.raises(PlatformError):
        FacebookLogin().exchange("code", verifier="", redirect_uri=BACK)


def test_neither_code_nor_secret_nor_token_stands_in_an_address(answering: Any, settings: Any) -> None:
    settings.PLATFORM_APPS = {"facebook": APP}
    told = {"access_token": "TOKEN", "expires_in": 60, "data": []}
    made = answering(lambda request: (200, {}, told))
    grant = FacebookLogin().exchange("CODE", verifier="", redirect_uri=BACK)
    FacebookLogin().choices(grant)
    for request in made:
        assert not any(word in str(request.url) for word in ("TOKEN", "CODE", "secret"))
