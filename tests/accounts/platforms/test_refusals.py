"""Each platform's refusals in the contract's words (facts.md 1.4, 2.4, 3.4, 4.4), for reads and for writes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accounts.platforms import client_for
from accounts.platforms.client import Client
from accounts.platforms.contract import (
    Credentials,
    Gone,
    NotPossible,
    PlatformError,
    RateLimited,
    Ref,
    TokenExpired,
    Uncertain,
)

REF = Ref("5", post_remote_id="1", author_remote_id="9")


def client(platform: str) -> Client:
    return client_for(platform, Credentials("77", "town", access_token="T"))


def refusal(speaking: Client, act: str) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        speaking.reply(REF, "Hi") if act == "reply" else getattr(speaking, act)(REF)
    return caught.value


def meta(code: int, subcode: int | None = None, **more: Any) -> dict[str, Any]:
    return {"error": {"message": "no", "type": "OAuthException", "code": code, "error_subcode": subcode, **more}}


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
@pytest.mark.parametrize(
    ("status", "body", "of_a_read", "of_a_write"),
    [
        (400, meta(190, 463), TokenExpired, TokenExpired),
        (400, meta(190, 458), TokenExpired, TokenExpired),
        (400, meta(102), TokenExpired, TokenExpired),
        (400, meta(4), RateLimited, RateLimited),
        (400, meta(17), RateLimited, RateLimited),
        (400, meta(32), RateLimited, RateLimited),
        (400, meta(613), RateLimited, RateLimited),
        (403, meta(80001), RateLimited, RateLimited),
        (400, meta(100, 33), Gone, Gone),
        (400, meta(100, None, message="Object with ID '5' does not exist, cannot be loaded"), Gone, Gone),
        (404, meta(803), Gone, Gone),
        (400, meta(10), NotPossible, NotPossible),
        (403, meta(200), NotPossible, NotPossible),
        (400, meta(283), NotPossible, NotPossible),
        (400, meta(368), NotPossible, NotPossible),
        (400, meta(506), Uncertain, Uncertain),
        (400, meta(1), PlatformError, Uncertain),
        (500, meta(2), PlatformError, Uncertain),
        (400, meta(12345, is_transient=True), PlatformError, Uncertain),
        (500, meta(12345), PlatformError, Uncertain),
        (400, meta(100), PlatformError, PlatformError),
        (400, meta(2500), PlatformError, PlatformError),
    ],
)
def test_metas_codes(platform: str, status: int, body: Any, of_a_read: type, of_a_write: type, answering: Any) -> None:
    answering(lambda request: (status, {}, body))
    read = refusal(client(platform), "look")
    assert type(read) is of_a_read or (of_a_read is PlatformError and isinstance(read, PlatformError))
    for act in ("reply", "hide", "unhide"):
        written = refusal(client(platform), act)
        assert type(written) is of_a_write
        assert written.permanent is (of_a_write not in (RateLimited, Uncertain))
        assert written.code.startswith(str(body["error"]["code"]))


def problem(kind: str, detail: str = "no") -> dict[str, Any]:
    kind = kind if kind == "about:blank" else f"https://api.x.com/2/problems/{kind}"
    return {"title": "No", "detail": detail, "type": kind}


@pytest.mark.parametrize(
    ("status", "body", "error", "permanent"),
    [
        (401, problem("about:blank"), TokenExpired, True),
        (403, problem("about:blank", "You are not permitted to perform this action."), NotPossible, True),
        (403, problem("client-forbidden"), NotPossible, True),
        (
            403,
            problem("about:blank", "You attempted to reply to a Tweet that is deleted or not visible to you."),
            Gone,
            True,
        ),
        (404, problem("resource-not-found"), Gone, True),
        (429, problem("rate-limit-exceeded"), RateLimited, False),
        (429, problem("usage-capped"), PlatformError, True),
        (402, problem("about:blank"), PlatformError, True),
        (400, problem("invalid-request"), PlatformError, True),
        (503, problem("internal-error"), Uncertain, False),
        (200, {"data": {"hidden": "maybe"}}, Uncertain, False),
    ],
)
def test_the_problems_of_x(status: int, body: Any, error: type, permanent: bool, answering: Any) -> None:
    answering(lambda request: (status, {}, body))
    found = refusal(client("x"), "reply")
    assert type(found) is error
    assert found.permanent is permanent


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("not allowed because you have not been mentioned or otherwise engaged", "mentioned us"),
        ("You are not allowed to create a Tweet with duplicate content.", "same text"),
        ("You are not permitted to perform this action.", "does not permit"),
    ],
)
def test_x_says_which_rule_forbids_it(detail: str, said: str, answering: Any) -> None:
    answering(lambda request: (403, {}, problem("about:blank", detail)))
    assert said in str(refusal(client("x"), "reply"))


def google(reason: str) -> dict[str, Any]:
    return {"error": {"code": 0, "message": "no", "errors": [{"domain": "d", "reason": reason, "message": "no"}]}}


@pytest.mark.parametrize(
    ("status", "body", "of_a_read", "of_a_write"),
    [
        (401, google("authError"), TokenExpired, TokenExpired),
        (403, google("quotaExceeded"), RateLimited, RateLimited),
        (403, google("dailyLimitExceeded"), RateLimited, RateLimited),
        (403, google("rateLimitExceeded"), RateLimited, RateLimited),
        (429, google("x"), RateLimited, RateLimited),
        (403, google("forbidden"), NotPossible, NotPossible),
        (403, google("commentsDisabled"), NotPossible, NotPossible),
        (400, google("operationNotSupported"), NotPossible, NotPossible),
        (400, google("banWithoutReject"), NotPossible, NotPossible),
        (404, google("commentNotFound"), Gone, Gone),
        (400, google("parentCommentNotFound"), Gone, Gone),
        (400, google("commentTextTooLong"), PlatformError, PlatformError),
        (500, google("backendError"), None, Uncertain),
        (400, google("processingFailure"), None, Uncertain),
        (400, {"error": "error message"}, PlatformError, PlatformError),
    ],
)
def test_the_reasons_of_youtube(
    status: int, body: Any, of_a_read: type | None, of_a_write: type, answering: Any
) -> None:
    answering(lambda request: (status, {}, body))
    read = refusal(client("youtube"), "look")
    assert type(read) is of_a_read or (of_a_read is None and not read.permanent)
    for act in ("reply", "hide", "unhide"):
        assert type(refusal(client("youtube"), act)) is of_a_write


def test_a_used_up_quota_lasts_until_midnight_in_california(answering: Any) -> None:
    answering(lambda request: (403, {}, google("quotaExceeded")))
    found = refusal(client("youtube"), "look")
    assert isinstance(found, RateLimited)
    there = found.until.astimezone(ZoneInfo("America/Los_Angeles"))
    assert (there.hour, there.minute, there.second) == (0, 0, 0)
    assert found.until > datetime.now(UTC)


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_a_success_that_is_denied_is_no_success(platform: str, answering: Any) -> None:
    answering(lambda request: (200, {}, {"success": False}))
    assert type(refusal(client(platform), "hide")) is PlatformError


@pytest.mark.parametrize("platform", ["facebook", "instagram", "x", "youtube"])
@pytest.mark.parametrize("act", ["look", "author", "reply", "hide"])
def test_an_error_page_of_a_proxy_is_no_reason_to_give_up_for_ever(platform: str, act: str, answering: Any) -> None:
    answering(lambda request: (502, {}, b"<html>Bad gateway</html>"))
    assert not refusal(client(platform), act).permanent


def test_no_client_speaks_to_an_unknown_platform() -> None:
    with pytest.raises(LookupError, match="myspace"):
        client_for("myspace", Credentials("77"))
