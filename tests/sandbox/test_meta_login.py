"""Meta's authorization server on the stand-in: who is sent where, good codes, what tokens open (facts 1.6)."""

import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from sandbox import authorizing, meta_login
from tests import conformance
from tests.sandbox.conftest import GRAM, GRAPH, PAGE, Town

pytestmark = pytest.mark.sop("1.FB")
DIALOG = "/www.facebook.com/v26.0/dialog/oauth"
BACK = "https://unit.example/back?from=facebook"
APP = {"client_id": "270", "client_secret": "the secret"}
SCOPES = "pages_show_list,pages_read_engagement,pages_read_user_content"


@pytest.fixture(autouse=True)
def _registered(town: Town) -> None:
    town.control("PUT", "/apps/facebook", APP | {"redirect_uris": [BACK]})


def dialog(town: Town, **more: str) -> httpx.Response:
    query = {"client_id": "270", "redirect_uri": BACK, "response_type": "code", "scope": SCOPES, "state": "s"}
    return town.client.get(DIALOG, params=query | more)


def brought(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 302
    return {name: held[0] for name, held in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def token(town: Town, **given: str) -> httpx.Response:
    answer = town.client.get(f"{GRAPH}/oauth/access_token", params=APP | given)
    if answer.status_code >= 400:
        conformance.check_meta_error(answer.status_code, answer.json())
    return answer


def signed_in(town: Town) -> str:
    code = brought(dialog(town))["code"]
    return str(token(town, code=code, redirect_uri=BACK).json()["access_token"])


def ask(town: Town, held: str, path: str, **params: str) -> Any:
    return town.client.get(f"{GRAPH}/{path}", params=params, headers={"Authorization": f"Bearer {held}"}).json()


def test_the_browser_is_sent_back_with_code_and_state_beside_what_the_address_had(town: Town):
    told = brought(dialog(town, state="a&b"))
    assert (told["from"], told["state"]) == ("facebook", "a&b")
    assert told["code"]


@pytest.mark.parametrize(
    "wrong", [{"client_id": "271"}, {"redirect_uri": "https://evil.example/"}, {"response_type": "token"}]
)
def test_who_is_not_known_or_asks_otherwise_is_sent_nowhere(town: Town, wrong: dict[str, str]):
    answer = dialog(town, **wrong)
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_the_person_may_refuse_or_grant_less(town: Town):
    town.control("PUT", "/consents/facebook", {"deny": True})
    assert brought(dialog(town))["error"] == "access_denied"
    town.control("PUT", "/consents/facebook", {"scopes": ["pages_show_list"]})
    held = ask(town, signed_in(town), "me/permissions")["data"]
    assert held == [{"permission": "pages_show_list", "status": "granted"}]


def test_a_code_is_good_once_for_its_app_and_its_address(town: Town, monkeypatch: pytest.MonkeyPatch):
    code = brought(dialog(town))["code"]
    assert token(town, code=code, redirect_uri=BACK).status_code == 200
    again = token(town, code=code, redirect_uri=BACK)
    assert again.json()["error"]["error_subcode"] == 36009
    other = token(town, code=brought(dialog(town))["code"], redirect_uri="https://unit.example/")
    assert other.json()["error"]["error_subcode"] == 36008
    assert token(town, code="invented", redirect_uri=BACK).status_code == 400
    code = brought(dialog(town))["code"]
    assert token(town, code=code, redirect_uri=BACK, client_secret="another").json()["error"]["code"] == 1
    monkeypatch.setattr(meta_login, "CODE_SECONDS", -1)
    late = token(town, code=brought(dialog(town))["code"], redirect_uri=BACK)
    assert late.json()["error"]["error_subcode"] == 36007


def test_a_token_is_exchanged_for_one_that_lives_longer_with_the_same_scopes(town: Town):
    short = signed_in(town)
    long = token(town, grant_type="fb_exchange_token", fb_exchange_token=short).json()
    assert long["expires_in"] == 5_183_944
    assert ask(town, short, "me/permissions") == ask(town, long["access_token"], "me/permissions")


def test_pages_come_with_tokens_of_their_own_and_what_is_linked_to_them(town: Town):
    town.put_account("instagram", page_id=PAGE)
    town.control("PUT", "/accounts/facebook/1928777", {"name": "County", "tasks": []})
    fields = "id,name,access_token,tasks,instagram_business_account{id,username},picture"
    pages = {one["id"]: one for one in ask(town, signed_in(town), "me/accounts", fields=fields)["data"]}
    assert "access_token" not in pages["1928777"]
    assert pages[PAGE]["instagram_business_account"] == {"id": GRAM, "username": "townpolice"}
    held = pages[PAGE]["access_token"]
    proof = proof_of(held)
    assert ask(town, held, f"{PAGE}/published_posts", appsecret_proof=proof)["data"]
    assert ask(town, held, f"{PAGE}/published_posts")["error"]["code"] == 100


def proof_of(held: str) -> str:
    return hmac.new(APP["client_secret"].encode(), held.encode(), hashlib.sha256).hexdigest()


def test_a_pages_token_does_only_what_was_granted(town: Town):
    (page,) = ask(town, signed_in(town), "me/accounts")["data"]
    held, proof = page["access_token"], proof_of(page["access_token"])
    refused = town.client.post(
        f"{GRAPH}/{PAGE}/feed",
        data={"message": "Not granted", "appsecret_proof": proof},
        headers={"Authorization": f"Bearer {held}"},
    )
    assert refused.status_code == 403
    assert len(town.truth("facebook")["posts"]) == 1


def test_a_token_is_inspected_by_the_app_and_by_nobody_else(town: Town):
    held = signed_in(town)
    data = ask(town, "270|the secret", "debug_token", input_token=held)["data"]
    assert (data["is_valid"], data["app_id"], data["type"]) == (True, "270", "USER")
    assert set(SCOPES.split(",")) <= set(data["scopes"])
    assert data["data_access_expires_at"] > data["expires_at"] > 0
    assert ask(town, "270|guessed", "debug_token", input_token=held)["error"]["code"] == 100
    assert ask(town, "270|the secret", "debug_token", input_token="invented")["data"]["is_valid"] is False


def test_a_callback_that_does_not_shake_hands_is_not_registered(town: Town):
    given = {"object": "page", "callback_url": f"{town.client.base_url}/nobody", "verify_token": "w", "fields": "feed"}
    headers = {"Authorization": "Bearer 270|the secret"}
    assert town.client.post(f"{GRAPH}/270/subscriptions", data=given).json()["error"]["code"] == 15
    # The stand-in asks the address while it answers, and this one is the stand-in itself: nobody answers in time.
    refused = town.client.post(
        f"{GRAPH}/270/subscriptions", data=given | {"callback_url": "http://127.0.0.1:9/"}, headers=headers
    )
    assert refused.json()["error"]["code"] == 2200
    assert town.client.get(f"{GRAPH}/270/subscriptions", headers=headers).json() == {"data": []}


def test_the_challenge_of_pkce_is_that_of_its_specification():
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
    assert authorizing.s256(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
