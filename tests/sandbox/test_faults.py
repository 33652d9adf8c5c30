"""Ordered misbehaviour, met over a real socket."""

import base64
import json
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.sandbox.conftest import BIRD, CHANNEL, GRAM, PAGE, Town

MENTIONS = f"/2/users/{BIRD}/mentions"


def ask(town: Town, platform: str) -> httpx.Response:
    """Our posts, from each platform, unchecked."""
    paths = {
        "facebook": f"/graph.facebook.com/v26.0/{PAGE}/published_posts",
        "instagram": f"/graph.facebook.com/v26.0/{GRAM}/media",
        "x": f"/api.x.com/2/users/{BIRD}/tweets",
        "youtube": f"/youtube.googleapis.com/youtube/v3/playlistItems?part=id&playlistId=UU{CHANNEL[2:]}",
    }
    return town.client.get(paths[platform], headers={"Authorization": f"Bearer token-{platform}"})


PLATFORMS = ["facebook", "instagram", "x", "youtube"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_429_is_the_platforms_own_and_says_when_to_come_back(town: Town, platform: str):
    town.fault(platform, "list_posts", "429", reset=120)
    refused = ask(town, platform)
    if platform == "x":
        assert refused.status_code == 429
        assert 115 < int(refused.headers["x-rate-limit-reset"]) - time.time() <= 120
        assert refused.headers["x-rate-limit-remaining"] == "0"
    elif platform == "youtube":
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "120")
        assert refused.json()["error"]["errors"][0]["reason"] == "rateLimitExceeded"
    else:
        assert refused.json()["error"]["code"] == {"facebook": 80001, "instagram": 80002}[platform]
        usage = next(iter(json.loads(refused.headers["x-business-use-case-usage"]).values()))[0]
        assert (usage["call_count"], usage["estimated_time_to_regain_access"]) == (100, 2)
    assert ask(town, platform).status_code == 200


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_expired_token_is_told_in_the_platforms_own_words(town: Town, platform: str):
    town.fault(platform, "list_posts", "expired_token")
    refused = ask(town, platform)
    meta = platform in ("facebook", "instagram")
    assert refused.status_code == (400 if meta else 401)
    if meta:
        assert (refused.json()["error"]["code"], refused.json()["error"]["error_subcode"]) == (190, 463)
    assert ask(town, platform).status_code == 200


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_500_is_told_in_the_platforms_own_words(town: Town, platform: str):
    town.fault(platform, "*", "500")
    refused = ask(town, platform)
    assert refused.status_code == 500
    assert refused.json()
    assert ask(town, platform).status_code == 200


def test_garbage_is_html_with_200(town: Town):
    town.fault("x", "list_posts", "garbage")
    answer = ask(town, "x")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.text.startswith("<!DOCTYPE html>")


def test_truncated_is_the_first_half_of_the_truth(town: Town):
    whole = ask(town, "facebook").content
    town.fault("facebook", "list_posts", "truncated")
    half = ask(town, "facebook").content
    assert half == whole[: len(whole) // 2]
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        json.loads(half)


def test_slow_comes_late_and_true(town: Town):
    town.fault("youtube", "list_posts", "slow", seconds=0.3)
    begun = time.monotonic()
    assert len(ask(town, "youtube").json()["items"]) == 1
    assert time.monotonic() - begun >= 0.3


def test_cut_closes_the_connection_with_no_answer_and_nothing_done(town: Town):
    named = town.say("x")
    town.fault("x", "hide", "cut")
    with pytest.raises(httpx.RemoteProtocolError):
        town.x("PUT", f"/2/tweets/{named}/hidden", json={"hidden": True})
    assert town.truth("x")["comments"][named]["hidden"] is False


def test_applied_then_timeout_does_the_write_and_never_answers(town: Town):
    named = town.say("facebook")
    town.fault("facebook", "reply", "applied_then_timeout", seconds=0.2)
    with pytest.raises(httpx.RemoteProtocolError):
        town.graph("POST", "Comment/comments", f"{named}/comments", {"message": "Thank you"})
    assert [one["text"] for one in town.truth("facebook")["comments"].values() if one["ours"]] == ["Thank you"]


def test_a_client_that_gives_up_waiting_finds_the_server_well(town: Town):
    named = town.say("facebook")
    town.fault("facebook", "hide", "applied_then_timeout", seconds=30)
    url = f"/graph.facebook.com/v26.0/{named}?access_token=token-facebook"
    with pytest.raises(httpx.ReadTimeout):
        town.client.post(url, data={"is_hidden": "true"}, timeout=0.2)
    assert town.truth("facebook")["comments"][named]["hidden"] is True


def test_while_one_call_waits_another_is_answered(town: Town):
    town.fault("x", "list_posts", "slow", seconds=1)
    with ThreadPoolExecutor() as others:
        waiting = others.submit(ask, town, "x")
        time.sleep(0.1)
        begun = time.monotonic()
        ask(town, "youtube")
        assert time.monotonic() - begun < 0.5
        assert waiting.result().status_code == 200


def test_a_fault_is_for_its_call_and_its_number_of_times(town: Town):
    town.fault("x", "list_mentions", "500", times=2)
    assert ask(town, "x").status_code == 200
    assert [town.x("GET", MENTIONS).status_code for _ in range(3)] == [500, 500, 200]


def test_faults_are_listed_and_cleared(town: Town):
    town.fault("*", "*", "500", times=3)
    ask(town, "x")
    assert [(one["fault"], one["times"]) for one in town.control("GET", "/faults")] == [("500", 2)]
    town.control("DELETE", "/faults")
    assert town.control("GET", "/faults") == []
    assert ask(town, "x").status_code == 200


def test_an_unknown_fault_is_refused(town: Town):
    order = {"platform": "x", "call": "*", "fault": "earthquake"}
    assert town.client.post("/_sandbox/faults", json=order).status_code == 400


def test_a_recorded_body_is_served_byte_for_byte_as_often_as_ordered(town: Town):
    raw = b'{"data": [{"id": "1", "text": "\\ud83d\\udc4d\\u0000"}],  "meta": {}}\n'
    order = {"platform": "x", "call": "list_mentions", "body_base64": base64.b64encode(raw).decode(), "times": 2}
    town.control("POST", "/recorded", order)
    for _ in range(2):
        answer = town.client.get(f"/api.x.com{MENTIONS}", headers={"Authorization": "Bearer token-x"})
        assert answer.content == raw
        assert "x-rate-limit-remaining" in answer.headers
    assert town.x("GET", MENTIONS).json() == {"meta": {"result_count": 0}}


def test_a_recorded_body_may_have_a_status_and_headers_and_no_write_is_done(town: Town):
    body = base64.b64encode(b"not json").decode()
    more = {"status": 502, "headers": {"content-type": "text/plain", "x-odd": "1"}}
    town.control("POST", "/recorded", {"platform": "facebook", "call": "reply", "body_base64": body} | more)
    url = f"/graph.facebook.com/v26.0/{town.say('facebook')}/comments?access_token=token-facebook"
    answer = town.client.post(url, data={"message": "Hello"})
    assert (answer.status_code, answer.content, answer.headers["x-odd"]) == (502, b"not json", "1")
    assert len(town.truth("facebook")["comments"]) == 1
