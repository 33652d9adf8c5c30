"""The layer that speaks HTTP: secrets stay secret, answers are bounded, reads are tried again and writes are not."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import logging
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from accounts.platforms import client_for, http, oauth
from accounts.platforms.client import Client
from accounts.platforms.contract import (
    Credentials,
    Limit,
    PlatformError,
    RateLimited,
    Ref,
    TokenExpired,
    Uncertain,
    Unreadable,
)

SECRETS = {
    "access_token": "AT-secret",
    "refresh_token": "RT-secret",
    "client_secret": "CS-secret",
    "app_secret": "AS-secret",
}
PLATFORMS = ("facebook", "instagram", "x", "youtube")
REF = Ref("5", post_remote_id="1")


def client(platform: str, limits: list[Limit] | None = None, renewed: Any = None, **more: Any) -> Client:
    credentials = replace(Credentials("77", "town", client_id="app", **SECRETS), **more)
    return client_for(platform, credentials, limits=limits.append if limits is not None else None, renewed=renewed)


def fine(platform: str) -> dict[str, Any]:
    if platform == "youtube":
        snippet = {"textDisplay": "Hi", "moderationStatus": "published"}
        return {"items": [{"kind": "youtube#comment", "id": "5", "snippet": snippet}]}
    if platform == "x":
        return {"data": [{"id": "5", "text": "Hi"}]}
    return {"id": "5", "message": "Hi", "text": "Hi", "is_hidden": False, "hidden": False}


# Secrets


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_token_travels_in_the_header_and_nowhere_else(platform: str, answering: Any) -> None:
    made = answering(lambda request: (200, {}, fine(platform)))
    client(platform).look(REF)
    for request in made:
        assert request.headers["authorization"] == "Bearer AT-secret"
        assert "-secret" not in str(request.url) + request.content.decode()
        assert "cookie" not in request.headers


def test_meta_gets_proof_of_the_apps_secret(answering: Any) -> None:
    made = answering(lambda request: (200, {}, fine("facebook")))
    client("facebook").look(REF)
    client("facebook", app_secret="").look(REF)
    proof = hmac.new(b"AS-secret", b"AT-secret", hashlib.sha256).hexdigest()
    assert made[0].url.params["appsecret_proof"] == proof
    assert "appsecret_proof" not in made[1].url.params


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_no_error_or_log_holds_a_secret_a_text_or_an_address(
    platform: str, status: int, answering: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answering(lambda request: (status, {}, {"detail": "AT-secret our text", "error": {"message": "our text"}}))
    with pytest.raises(PlatformError) as caught:
        client(platform, refresh_token="").reply(REF, "our text")
    own = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    for said in (*told_by(caught.value), *own):
        assert "our text" not in said
        assert "secret" not in said
        assert "https:" not in said


def told_by(error: BaseException | None) -> list[str]:
    """What an error and all that stand behind it would print."""
    return [] if error is None else [repr(error), str(error), *told_by(error.__cause__), *told_by(error.__context__)]


def test_credentials_and_requests_print_no_secret() -> None:
    credentials = Credentials("77", **SECRETS)
    ask = http.Ask("reply", "POST", "https://a.test", form={"message": "text"}, auth=http.Bearer("AT-secret"))
    assert "secret" not in repr(credentials) + repr(ask) + repr(http.Bearer("AT-secret"))
    assert "text" not in repr(ask)


def test_cookies_are_neither_kept_nor_sent() -> None:
    http._clients.clear()
    speaking = http._client()
    response = httpx.Response(200, headers={"set-cookie": "a=b"}, request=httpx.Request("GET", "https://a.test/"))
    speaking.cookies.extract_cookies(response)
    assert not list(speaking.cookies.jar)
    http._clients.clear()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_redirect_is_not_followed(platform: str, answering: Any) -> None:
    made = answering(lambda request: (302, {"location": "https://evil.test/"}))
    with pytest.raises(PlatformError):
        client(platform).look(REF)
    assert {request.url.host for request in made} == {httpx.URL(str(made[0].url)).host}


def test_only_harmless_headers_are_kept_as_evidence(answering: Any) -> None:
    sent = {"set-cookie": "s=1", "authorization": "Bearer AT-secret", "x-fb-trace-id": "T", "Date": "today"}
    answering(lambda request: (200, sent, {"data": []}))
    (page,) = client("facebook").poll({})
    assert page.headers.keys() >= {"x-fb-trace-id", "date"}
    assert not {"set-cookie", "authorization"} & page.headers.keys()


# Bounds


def test_an_answer_that_is_too_long_is_set_aside_with_its_beginning(answering: Any, settings: Any) -> None:
    settings.LARGEST_BODY = 200_000
    body = b'{"data":[' + b" " * 300_000 + b"]}"
    answering(lambda request: (200, {"content-length": str(len(body))}, body))
    with pytest.raises(Unreadable) as caught:
        list(client("facebook").poll({}))
    page = caught.value.page
    assert page.body == body[: 64 * 1024]
    assert page.size == len(body)
    assert page.bad[0].reason


@pytest.mark.parametrize("twice", [False, True])
def test_an_answer_that_swells_when_unpacked_is_cut_short(answering: Any, settings: Any, twice: bool) -> None:
    settings.LARGEST_BODY = 1_000_000
    bomb = gzip.compress(b"[" + b" " * 80_000_000)
    bomb, packing = (gzip.compress(bomb), "gzip, gzip") if twice else (bomb, "gzip")
    headers = {"content-encoding": packing}
    answering(lambda request: httpx.Response(200, headers=headers, stream=httpx.ByteStream(bomb)))
    tracemalloc.start()
    with pytest.raises(Unreadable):
        list(client("facebook").poll({}))
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_a_packed_answer_is_read(answering: Any) -> None:
    packed = httpx.ByteStream(gzip.compress(b'{"data":[{"id":"77_1","message":"Hi","status_type":"x"}]}'))
    headers = {"content-encoding": "gzip"}
    answering(lambda request: httpx.Response(200, headers=headers, stream=packed))
    (page, *_) = client("facebook").poll({})
    assert page.posts[0].text == "Hi"


def test_an_answer_that_drips_for_ever_is_given_up(answering: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LONGEST_READ", -1)
    monkeypatch.setattr(http, "LONGEST_WRITE", -1)
    made = answering(lambda request: (200, {}, b'{"id":"5"}'))
    with pytest.raises(Uncertain):
        client("facebook").reply(REF, "Hi")
    assert len(made) == 1


# Trying again


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ReadTimeout("slow"),
        httpx.ConnectError("away"),
        httpx.RemoteProtocolError("cut"),
        (500,),
        (503,),
        (200, {}, b""),
    ],
    ids=["timeout", "unreachable", "cut", "500", "503", "empty"],
)
def test_a_read_is_tried_again_and_a_write_is_not(platform: str, trouble: Any, answering: Any) -> None:
    answers = iter([trouble, trouble])
    made = answering(lambda request: next(answers, None) or (200, {}, fine(platform)))
    if trouble != (200, {}, b""):
        assert client(platform).look(REF).text == "Hi"
        assert len(made) == 3
    made.clear()
    answering(lambda request: trouble)
    with pytest.raises(PlatformError) as caught:
        client(platform).reply(REF, "Hi")
    assert len(made) == 1
    assert isinstance(caught.value, Uncertain) == (not isinstance(trouble, httpx.ConnectError))
    assert not caught.value.permanent


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("act", ["reply", "hide", "unhide"])
@pytest.mark.parametrize("body", [b"<html>", b'{"data', b"[]", b"{}", b'"yes"'])
def test_a_write_whose_answer_says_nothing_is_uncertain(platform: str, act: str, body: bytes, answering: Any) -> None:
    answering(lambda request: (200, {}, body))
    with pytest.raises(Uncertain):
        client(platform).reply(REF, "Hi") if act == "reply" else getattr(client(platform), act)(REF)


def test_a_read_that_stays_out_of_reach_is_an_error_that_may_pass(answering: Any) -> None:
    made = answering(lambda request: httpx.ConnectTimeout("away"))
    with pytest.raises(PlatformError) as caught:
        client("x").look(REF)
    assert not caught.value.permanent
    assert len(made) == 3


# Limits


def test_metas_usage_is_told_in_percent(answering: Any) -> None:
    counts = '"call_count":97,"total_cputime":23,"total_time":3,"estimated_time_to_regain_access":0'
    usage = '{"77":[{"type":"pages",' + counts + "}]}"
    limits: list[Limit] = []
    answering(lambda request: (200, {"x-business-use-case-usage": usage}, fine("facebook")))
    client("facebook", limits).look(REF)
    assert limits == [Limit("*", used=97)]


@pytest.mark.parametrize(
    "usage", ["{", "[]", '"x"', '{"77":7}', '{"77":[7,null]}', '{"77":[{"call_count":"many"}]}', "null"]
)
def test_a_usage_header_that_makes_no_sense_is_no_trouble(usage: str, answering: Any) -> None:
    headers = {"x-business-use-case-usage": usage, "x-app-usage": usage}
    answering(lambda request: (200, headers, fine("facebook")))
    assert client("facebook").look(REF).text == "Hi"


def test_xs_window_is_told_for_the_call(answering: Any) -> None:
    reset = datetime.now(UTC) + timedelta(minutes=10)
    headers = {"x-rate-limit-remaining": "7", "x-rate-limit-reset": str(int(reset.timestamp()))}
    limits: list[Limit] = []
    answering(lambda request: (200, headers, fine("x")))
    client("x", limits).look(REF)
    assert (limits[0].call, limits[0].remaining) == ("get_comment", 7)
    assert limits[0].resets_at is not None
    assert abs((limits[0].resets_at - reset).total_seconds()) < 2


@pytest.mark.parametrize(
    ("platform", "answer", "seconds"),
    [
        (
            "facebook",
            (400, {"x-business-use-case-usage": '{"7":[{"estimated_time_to_regain_access":10}]}'}, 80001),
            600,
        ),
        ("facebook", (400, {}, 4), 300),
        ("instagram", (400, {}, 80002), 300),
        ("x", (429, {"x-rate-limit-reset": "RESET"}, 0), 420),
        ("x", (429, {}, 0), 900),
        ("x", (429, {"x-rate-limit-reset": "99999999999"}, 0), 900),
        ("x", (429, {"x-rate-limit-reset": "4000000000"}, 0), 86_400),
        ("youtube", (429, {"retry-after": "30"}, 0), 30),
        ("youtube", (429, {"retry-after": "soon"}, 0), 60),
        ("youtube", (429, {"retry-after": "-5"}, 0), 60),
    ],
)
def test_a_pause_lasts_as_long_as_the_platform_asks(platform: str, answer: Any, seconds: int, answering: Any) -> None:
    status, headers, code = answer
    soon = str(int(datetime.now(UTC).timestamp()) + 420)
    headers = {name: value.replace("RESET", soon) for name, value in headers.items()}
    made = answering(lambda request: (status, headers, {"error": {"code": code, "message": "slow down"}}))
    for act in (lambda: client(platform).look(REF), lambda: client(platform).reply(REF, "Hi")):
        with pytest.raises(RateLimited) as caught:
            act()
        assert abs(caught.value.retry_after - seconds) < 3
    assert len(made) == 2


# Tokens


@pytest.mark.parametrize("platform", ["x", "youtube"])
def test_a_refused_token_is_refreshed_once_and_kept_before_it_is_used(platform: str, answering: Any) -> None:
    kept: list[Credentials] = []
    used: list[str] = []

    def answer(request: httpx.Request) -> Any:
        if request.url.path.endswith("token"):
            fresh = {"access_token": "AT2-secret", "refresh_token": "RT2-secret", "expires_in": 7200}
            return 200, {}, fresh
        used.append(f"{request.headers['authorization']} {len(kept)}")
        return (401, {}) if request.headers["authorization"] == "Bearer AT-secret" else (200, {}, fine(platform))

    made = answering(answer)
    speaking = client(platform, renewed=kept.append)
    assert speaking.look(REF).text == "Hi"
    assert used == ["Bearer AT-secret 0", "Bearer AT2-secret 1"]
    assert (kept[0].access_token, kept[0].refresh_token) == ("AT2-secret", "RT2-secret")
    assert kept[0].expires_at is not None
    token = next(request for request in made if request.url.path.endswith("token"))
    assert "RT-secret" in token.content.decode()
    assert "secret" not in str(token.url)
    assert speaking.look(REF).text == "Hi"
    assert len(kept) == 1


@pytest.mark.parametrize("platform", ["x", "youtube"])
def test_a_token_about_to_end_is_refreshed_first(platform: str, answering: Any) -> None:
    def answer(request: httpx.Request) -> Any:
        fresh = {"access_token": "AT2-secret", "expires_in": 7200}
        return 200, {}, fresh if request.url.path.endswith("token") else fine(platform)

    made = answering(answer)
    kept: list[Credentials] = []
    client(platform, renewed=kept.append, expires_at=datetime.now(UTC)).look(REF)
    assert made[0].url.path.endswith("token")
    assert kept[0].refresh_token == "RT-secret"


def test_a_write_is_not_sent_again_after_a_refresh_that_took_long(
    answering: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oauth, "_LATE", -1)
    fresh = {"access_token": "AT2-secret", "expires_in": 7200}
    made = answering(lambda request: (200, {}, fresh) if request.url.path.endswith("token") else (401, {}))
    with pytest.raises(PlatformError) as caught:
        client("x").reply(REF, "Hi")
    assert caught.value.code == "renewed"
    assert not caught.value.permanent
    assert len(made) == 2


@pytest.mark.parametrize("platform", ["x", "youtube"])
@pytest.mark.parametrize(
    ("answer", "error", "permanent"),
    [
        ((400, {}, b'{"error":"invalid_grant"}'), TokenExpired, True),
        ((500, {}, b""), PlatformError, False),
        (httpx.ConnectError("away"), PlatformError, False),
        ((200, {}, b"<html>"), PlatformError, False),
    ],
)
def test_a_refresh_that_fails_says_whether_to_sign_in_again(
    platform: str, answer: Any, error: type[PlatformError], permanent: bool, answering: Any
) -> None:
    answering(lambda request: answer if request.url.path.endswith("token") else (401, {}))
    with pytest.raises(error) as caught:
        client(platform).look(REF)
    assert caught.value.permanent is permanent


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_dead_token_without_a_refresh_is_expired(platform: str, answering: Any) -> None:
    answering(lambda request: (401, {}, {"error": {"code": 190}}))
    with pytest.raises(TokenExpired):
        client(platform, refresh_token="").look(REF)
