"""What a platform sent is a comment, a post of ours, known to be neither, or set aside: nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.platforms import client_for
from accounts.platforms.contract import Credentials, Page, Unreadable
from accounts.platforms.reading import Document

PLATFORMS = ("facebook", "instagram", "x", "youtube")
AT = "2026-07-21T21:05:14+0000"
ODD: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.just("") | st.just([]) | st.just({}) | st.just([1])
)


def read(platform: str, body: Any, own: str = "77") -> Page:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client_for(platform, Credentials(remote_id=own)).read(raw)


def bare(number: int, **more: Any) -> dict[str, Any]:
    """A comment as Facebook sends it unasked, without `from`."""
    return {"id": f"900300_{number}", "message": f"text {number}", "created_time": AT} | more


def item(platform: str, name: str) -> dict[str, Any]:
    """A valid item of a list, with all that may come with it."""
    if platform == "facebook":
        link = f"https://www.facebook.com/1/posts/2?comment_id={name}"
        told = {"can_hide": True, "parent": {"id": "900_1"}, "permalink_url": link, "from": {"id": "9", "name": "Ann"}}
        return {"id": f"900_{name}", "message": f"Hi {name}", "created_time": AT} | told
    if platform == "instagram":
        told = {"from": {"id": "9", "username": "ann"}, "media": {"id": "3"}, "hidden": False, "like_count": 2}
        return {"id": name, "text": f"Hi {name}", "timestamp": AT, "username": "ann"} | told
    if platform == "x":
        told = {"author_id": "9", "conversation_id": "1", "referenced_tweets": [{"type": "replied_to", "id": "1"}]}
        return {"id": name, "text": f"Hi {name}", "created_at": AT, "edit_history_tweet_ids": [name]} | told
    snippet = {"textDisplay": f"Hi {name}", "publishedAt": AT, "authorChannelId": {"value": "9"}, "videoId": "v"}
    comment = {"kind": "youtube#comment", "id": name, "snippet": snippet}
    thread = {"videoId": "v", "topLevelComment": comment, "totalReplyCount": 0}
    return {"kind": "youtube#commentThread", "id": name, "snippet": thread} if int(name) % 2 else comment


@st.composite
def mangled(draw: st.DrawFn, platform: str) -> list[dict[str, Any]]:
    """Valid items of which fields, outer or inner, were removed or have another type."""
    items = [item(platform, str(number)) for number in range(draw(st.integers(1, 5)))]
    for each in items:
        for part in [each, *(value for value in each.values() if isinstance(value, dict))]:
            for key in draw(st.lists(st.sampled_from(sorted(part)), max_size=5, unique=True)):
                if draw(st.booleans()):
                    del part[key]
                else:
                    part[key] = draw(ODD)
    return items


@pytest.mark.parametrize("platform", PLATFORMS)
@given(data=st.data())
@settings(deadline=None, max_examples=300)
def test_each_item_of_a_list_is_a_comment_or_set_aside(platform: str, data: st.DataObject) -> None:
    items = [each | {"etag": number} for number, each in enumerate(data.draw(mangled(platform)))]
    body = {"items" if platform == "youtube" else "data": items}
    page = read(platform, body)
    assert len(page.comments) + len(page.bad) >= len(items)
    for kept in page.bad:
        assert kept.reason.endswith(".")
        assert kept.raw in json.dumps(body).encode()


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("body", [{"data": None}, {"data": "abc"}, {"data": {"x": 1}}, {"x": 1}, {"items": 7}])
def test_an_object_that_is_no_answer_is_set_aside(platform: str, body: Any) -> None:
    page = read(platform, body)
    (kept,) = page.bad
    assert kept.reason
    assert not page.comments


@pytest.mark.parametrize(
    ("platform", "body"),
    [
        ("facebook", {"success": True}),
        ("facebook", {"data": []}),
        ("facebook", {"object": "page", "entry": []}),
        ("facebook", {"recipient_id": "1", "message_id": "m_1"}),
        ("facebook", {"data": [{"id": "9", "name": "Ann", "type": "LIKE"}]}),
        ("instagram", {"data": []}),
        ("instagram", {"success": True}),
        ("x", {"meta": {"result_count": 0}}),
        ("x", {"data": {"hidden": True}}),
        ("x", {"errors": [{"title": "Not Found Error"}]}),
        ("youtube", {"kind": "youtube#commentThreadListResponse", "items": []}),
        ("youtube", {"items": [{"kind": "youtube#channel", "id": "UC1"}]}),
    ],
)
def test_what_platforms_send_for_nothing_is_not_set_aside(platform: str, body: Any) -> None:
    page = read(platform, body)
    assert (page.comments, page.posts, page.bad, page.body) == ([], [], [], None)


# Facebook without `from`


@pytest.mark.parametrize(
    "body",
    [
        bare(4, can_hide=True),
        {"id": "6", "message": "only text"},
        {"data": [bare(1), bare(2)]},
        {"data": [bare(1), bare(2, **{"from": {"id": "9", "name": "Ann"}})]},
        {"data": [{"id": "900300_1", "created_time": AT}, bare(2, **{"from": {"id": "9"}})]},
        {"data": [bare(1, id="77_1"), bare(2, can_hide=True)]},
    ],
    ids=["alone", "id and text", "a list", "beside one with it", "without text", "like a post beside a comment"],
)
def test_a_facebook_comment_without_its_author_is_a_comment(body: Any) -> None:
    page = read("facebook", body)
    assert len(page.comments) == len(body.get("data", [0]))
    assert page.comments[0].author is None
    assert (page.posts, page.bad) == ([], [])


@pytest.mark.parametrize("body", [bare(4), {"id": "900300_6", "message": "only text"}])
def test_what_may_be_a_comment_or_another_pages_post_is_set_aside_when_it_comes_alone(body: Any) -> None:
    page = read("facebook", body)
    (kept,) = page.bad
    assert json.loads(kept.raw) == body
    assert (page.comments, page.posts) == ([], [])


def test_an_id_that_begins_with_our_pages_is_a_post_of_ours() -> None:
    page = read("facebook", {"data": [bare(1, id="77_1"), bare(2, id="77_2")]})
    assert [post.remote_id for post in page.posts] == ["77_1", "77_2"]
    assert not page.comments


# What was taken for something else


@pytest.mark.parametrize(
    ("platform", "lost"),
    [
        ("instagram", {"id": "6", "timestamp": AT, "username": "ann", "from": {"id": "9"}}),
        ("x", {"id": "6", "author_id": "9", "created_at": AT}),
        ("youtube", {"kind": "youtube#commentThread", "id": "6", "snippet": {}}),
        ("youtube", {"kind": "youtube#commentThread", "id": "6"}),
        ("youtube", {"id": "6"}),
    ],
)
def test_an_item_without_a_text_is_set_aside_and_its_neighbour_stays(platform: str, lost: dict[str, Any]) -> None:
    body = {"items" if platform == "youtube" else "data": [lost, item(platform, "1")]}
    page = read(platform, body)
    assert [comment.text for comment in page.comments] == ["Hi 1"]
    assert [json.loads(kept.raw) for kept in page.bad] == [lost]


def test_a_thread_without_its_first_comment_keeps_its_replies() -> None:
    thread = {
        "kind": "youtube#commentThread",
        "id": "T",
        "snippet": {},
        "replies": {"comments": [item("youtube", "2")]},
    }
    page = read("youtube", {"items": [thread]})
    assert [comment.parent_remote_id for comment in page.comments] == ["T"]
    assert "first comment" in page.bad[0].reason


@pytest.mark.parametrize("change", [{"field": "feed", "value": {"message": "Hi"}}, {"field": "feed"}, {"field": 5}])
def test_a_change_that_tells_nothing_is_set_aside(change: dict[str, Any]) -> None:
    page = read("facebook", {"object": "page", "entry": [{"id": "77", "changes": [change]}]})
    assert page.bad


# Depth and doubles


@pytest.mark.parametrize("levels", [30, 300, 3000])
def test_replies_nested_beyond_the_bound_are_set_aside_with_their_bytes(levels: int) -> None:
    body = b"".join(
        b'{"id":"900_%d","message":"m","from":{"id":"1"},"comments":{"data":[' % level for level in range(levels)
    )
    raw = b'{"data":[' + body + b"]}}" * levels + b"]}"
    page = read("facebook", raw)
    kept = b"".join(bad.raw for bad in page.bad) + b"".join(comment.raw for comment in page.comments)
    assert page.bad
    assert all(b'"900_%d"' % level in kept for level in range(levels))
    assert b'"900_%d"' % (levels - 1) in b"".join(bad.raw for bad in page.bad)


@pytest.mark.parametrize("levels", [100, 900])
def test_answers_nested_in_answers_never_crash(levels: int) -> None:
    for platform in PLATFORMS:
        try:
            page = read(platform, b'{"data":{"items":' * levels + b"1" + b"}}" * levels)
        except Unreadable as error:
            page = error.page
        assert page.bad


def test_two_lists_of_one_name_are_both_read() -> None:
    first, second = (json.dumps([bare(number)]).encode() for number in (1, 2))
    page = read("facebook", b'{"data":' + first + b',"data":' + second + b"}")
    assert [comment.text for comment in page.comments] == ["text 1", "text 2"]
    assert page.bad == []


def test_of_two_values_of_one_name_the_earlier_is_set_aside() -> None:
    raw = b'{"data":[{"id":"900_1","message":"one","message":"two","from":{"id":"9","id":"8"}}]}'
    page = read("facebook", raw)
    assert [comment.text for comment in page.comments] == ["two"]
    assert sorted(kept.raw for kept in page.bad) == [b'"9"', b'"one"']
    assert all(raw[kept.offset :].startswith(kept.raw) for kept in page.bad)


def test_the_same_value_twice_under_one_name_is_no_loss() -> None:
    document = Document(b'{"data":[{"id":"1","id":"1"}]}')
    assert document.bad == []
    assert document.whole
