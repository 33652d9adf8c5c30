"""Any text, author and time comes through, escaped as each platform would."""

import json
from typing import Any

import pytest

from tests.sandbox.conftest import ANN, CHANNEL, Town

ODD = {
    "a null byte": "before\x00after",
    "a lone surrogate": "high \ud800 and low \udfff",
    "right to left": "\u202eoverride \u05d0\u05d1\u05d2 \u2066isolate\u2069",
    "emoji": "👍🏽 👨‍👩‍👧",
    "Haitian Creole": "Mèsi anpil, n ap tann nou",
    "markup": "<script>alert('&amp;')</script>",
    "control characters": "".join(map(chr, range(32))) + "\x7f\u2028\ufeff",
    "nothing": "",
}
PLATFORMS = ["facebook", "instagram", "x", "youtube"]


def put(town: Town, platform: str, text: str, author: dict[str, Any] | None = None) -> str:
    """Sends the order with every odd character escaped: httpx itself could not spell a lone surrogate."""
    order = {"platform": platform, "account": town.truth(platform)["posts"][town.posts[platform]]["account"]}
    order |= {"post": town.posts[platform], "text": text, "author": author or ANN}
    raw = json.dumps(order, ensure_ascii=True).encode()
    answer = town.client.post("/_sandbox/comments", content=raw)
    assert answer.status_code == 200, answer.text
    return answer.json()["id"]


def read(town: Town, platform: str) -> tuple[str, bytes]:
    """The text of the one comment, and the bytes it came in."""
    if platform == "facebook":
        path = f"/graph.facebook.com/v26.0/{town.posts['facebook']}/comments?fields=message"
    elif platform == "instagram":
        path = f"/graph.facebook.com/v26.0/{town.posts['instagram']}/comments?fields=text"
    elif platform == "x":
        query = f"query=conversation_id:{town.posts['x']}&post.fields=note_post"
        path = f"/api.x.com/2/tweets/search/recent?{query}"
    else:
        query = f"part=snippet&textFormat=plainText&allThreadsRelatedToChannelId={CHANNEL}"
        path = f"/youtube.googleapis.com/youtube/v3/commentThreads?{query}"
    raw = town.client.get(path, headers={"Authorization": f"Bearer token-{platform}"}).content
    one = json.loads(raw)
    if platform == "youtube":
        return one["items"][0]["snippet"]["topLevelComment"]["snippet"]["textDisplay"], raw
    one = one["data"][0]
    if "note_post" in one:
        return one["note_post"]["text"], raw
    return one["message" if platform == "facebook" else "text"], raw


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("kind", list(ODD))
def test_odd_texts_come_through_as_they_were_put_in(town: Town, platform: str, kind: str):
    named = put(town, platform, ODD[kind])
    text, raw = read(town, platform)
    assert text == ODD[kind]
    assert (
        json.loads(town.client.get(f"/_sandbox/truth/{platform}").content)[platform]["comments"][named]["text"] == text
    )
    raw.decode("utf-8")


def test_meta_escapes_all_that_is_not_ascii(town: Town):
    put(town, "facebook", ODD["emoji"])
    raw = read(town, "facebook")[1]
    assert raw.isascii()
    assert b"\\ud83d\\udc4d" in raw


def test_x_sends_utf8_and_escapes_only_what_has_none(town: Town):
    put(town, "x", "👍 \ud800")
    raw = read(town, "x")[1]
    assert "👍".encode() in raw
    assert b"\\ud800" in raw


def test_google_escapes_what_could_be_markup(town: Town):
    put(town, "youtube", ODD["markup"])
    raw = read(town, "youtube")[1]
    assert b"<script" not in raw
    assert b"\\u003cscript" in raw


@pytest.mark.parametrize("platform", PLATFORMS)
def test_ten_megabytes_come_through(town: Town, platform: str):
    text = "0123456789abcdef" * (10 * 65536)
    put(town, platform, text)
    assert read(town, platform)[0] == text


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_authors_odd_name_comes_through(town: Town, platform: str):
    put(town, platform, "Hello", {"id": "9002", "name": "\u202eevil\x00\ud800"})
    assert b"evil\\u0000\\ud800" in read_whole(town, platform)


def read_whole(town: Town, platform: str) -> bytes:
    paths = {
        "facebook": f"/graph.facebook.com/v26.0/{town.posts['facebook']}/comments?fields=from",
        "instagram": f"/graph.facebook.com/v26.0/{town.posts['instagram']}/comments?fields=from",
        "x": f"/api.x.com/2/tweets/search/recent?query=conversation_id:{town.posts['x']}&expansions=author_id",
        "youtube": f"/youtube.googleapis.com/youtube/v3/commentThreads?part=snippet&videoId={town.posts['youtube']}",
    }
    return town.client.get(paths[platform], headers={"Authorization": f"Bearer token-{platform}"}).content


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("2026-11-20T12:34:56+05:00", "2026-11-20T07:34:56+0000"),
        ("2026-11-20T12:34:56", "2026-11-20T12:34:56+0000"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00+0000"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+0000"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59+0000"),
        ("the day before yesterday", "the day before yesterday"),
    ],
)
def test_any_time_is_taken_and_what_is_none_goes_out_as_it_is(town: Town, given: str, sent: str):
    named = town.say("facebook", created_at=given)
    path = f"/graph.facebook.com/v26.0/{named}?fields=created_time&access_token=token-facebook"
    assert town.client.get(path).json()["created_time"] == sent
    assert town.truth("facebook")["comments"][named]["created_at"] == given


@pytest.mark.parametrize("given", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "no time"])
def test_times_at_the_edges_break_no_platform(town: Town, given: str):
    for platform in PLATFORMS:
        assert town.say(platform, created_at=given)
        read_whole(town, platform)
