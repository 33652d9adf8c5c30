"""Polling the stand-ins over HTTP: everything once, what changed again, little asked, nothing lost in a failure."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.platforms import facebook_polling, http
from accounts.platforms.contract import Page, PlatformError, RateLimited, RemoteComment, Sight, TokenExpired, Unreadable
from accounts.platforms.x_api import id_at
from accounts.platforms.x_polling import LONGEST_QUERY, queries
from tests.accounts.platforms.conftest import ANN, Town
from tests.accounts.platforms.test_recorded_bodies import EXPECTED

PLATFORMS = ("facebook", "instagram", "x", "youtube")
Settle = Callable[..., Town]


def seen(pages: list[Page]) -> dict[str, RemoteComment]:
    return {comment.remote_id: comment for page in pages for comment in page.comments}


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def due(town: Town) -> None:
    """As if every tier's time had come."""
    for entry in [*town.memory.get("posts", {}).values(), *town.memory.get("media", {}).values()]:
        if isinstance(entry, dict):
            entry.update(read=0, threads=0)
    town.memory["deep"] = 0


# What a poll brings


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_poll_brings_posts_comments_and_replies_with_author_time_and_parent(platform: str, settle: Settle) -> None:
    town = settle(platform)
    first = town.say("  Thank you\n")
    reply = town.say("@them indeed", parent=first, author={"id": "9002", "name": "Ben", "handle": "ben"})
    pages = town.poll()
    found = seen(pages)
    assert set(found) == {first, reply}
    assert found[first].text == "  Thank you\n"
    assert (found[first].post_remote_id, found[first].parent_remote_id) == (town.post, "")
    assert (found[reply].post_remote_id, found[reply].parent_remote_id) == (town.post, first)
    author = found[reply].author
    assert author is not None
    assert (author.remote_id, author.name.lower()) == ("9002", "ben")
    posted_at = found[first].posted_at
    assert posted_at is not None
    assert abs((posted_at - datetime.now(UTC)).total_seconds()) < 60
    assert not found[first].ours
    assert town.post in {post.remote_id for page in pages for post in page.posts}
    for page in pages:
        assert not page.bad
        assert page.body is None


@pytest.mark.parametrize("platform", PLATFORMS)
def test_many_pages_are_all_read_and_the_next_poll_reads_little(platform: str, settle: Settle) -> None:
    town = settle(platform)
    ids = {f"comment {number}": "" for number in range(230)}
    order = [
        {"platform": platform, "account": town.account, "post": town.post, "text": text, "author": ANN} for text in ids
    ]
    town.control("PUT", "/seed", {"posts": [], "comments": order})
    assert {comment.text for comment in seen(town.poll()).values()} == set(ids)
    before = len(town.calls())
    pages = town.poll()
    assert sum(page.fresh for page in pages) == 0
    assert len(town.calls()) - before <= 5
    town.say("one more")
    assert "one more" in {comment.text for comment in seen(town.poll()).values()}


def test_more_than_one_poll_can_take_comes_with_the_next_polls(settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facebook_polling, "MOST_PAGES", 2)
    monkeypatch.setattr(facebook_polling, "OVERLAP", 0)
    town = settle("facebook")
    order = [
        {"platform": "facebook", "account": town.account, "post": town.post, "text": f"{number}", "author": ANN}
        | {"created_at": days_ago((1000 - number) / 100_000)}
        for number in range(650)
    ]
    town.control("PUT", "/seed", {"posts": [], "comments": order})
    brought: set[str] = set()
    for _ in range(8):
        brought |= {comment.text for comment in seen(town.poll()).values()}
        town.memory = json.loads(json.dumps(town.memory))
    assert brought == {f"{number}" for number in range(650)}
    assert "behind" not in town.memory["posts"][town.post]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_new_reply_in_an_old_thread_is_found(platform: str, settle: Settle) -> None:
    town = settle(platform)
    threads = [town.say(f"thread {number}") for number in range(3)]
    town.poll()
    for number in range(8):  # more than come along with a thread
        town.say(f"reply {number}", parent=threads[0])
    if platform == "youtube":
        due(town)
    found = {comment.text for comment in seen(town.poll()).values()}
    assert {f"reply {number}" for number in range(8)} <= found


@pytest.mark.parametrize("platform", PLATFORMS)
def test_replies_beyond_an_expansion_are_fetched(platform: str, settle: Settle) -> None:
    town = settle(platform)
    thread = town.say("thread")
    for number in range(60):
        town.say(f"reply {number}", parent=thread)
    found = seen(town.poll())
    assert len(found) == 61
    replies = [comment for comment in found.values() if comment.text != "thread"]
    assert {comment.parent_remote_id for comment in replies} == {thread}
    assert {comment.post_remote_id for comment in replies} == {town.post}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_we_wrote_ourselves_comes_back_as_ours(platform: str, settle: Settle) -> None:
    town = settle(platform)
    comment = town.say()
    sent = town.client().reply(town.ref(comment), "We are here")
    found = seen(town.poll())
    assert found[sent.remote_id].ours
    assert found[sent.remote_id].text == "We are here"
    assert not found[comment].ours


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_comment_without_an_author_is_brought_all_the_same(platform: str, settle: Settle) -> None:
    town = settle(platform)
    comment = town.say("nobody", author=None)
    found = seen(town.poll())[comment]
    assert found.text == "nobody"
    assert found.author is None or not found.author.remote_id


@pytest.mark.parametrize("platform", PLATFORMS)
def test_hostile_texts_come_through_whole_pages(platform: str, settle: Settle) -> None:
    town = settle(platform)
    texts = ["nul \x00 x", "lone \ud800 x", "\u202eleft", "a" * 100_000, '"quoted" \\ and </script>', " "]
    ids = [town.say(text) for text in texts]
    found = seen(town.poll())
    told = [text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd") for text in texts]
    assert [found[each].text for each in ids] == told


@pytest.mark.parametrize("platform", ["facebook", "instagram", "youtube"])
def test_a_hidden_comment_is_seen_as_hidden(platform: str, settle: Settle) -> None:
    town = settle(platform)
    comment = town.say()
    assert seen(town.poll())[comment].sight == Sight.VISIBLE
    town.client().hide(town.ref(comment))
    due(town)
    found = seen(town.poll(whole=True))[comment]
    assert found.sight == Sight.HIDDEN
    town.client().unhide(town.ref(comment))
    due(town)
    assert seen(town.poll(whole=True))[comment].sight == Sight.VISIBLE


# Whole re-reads


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_whole_reading_brings_what_was_edited(platform: str, settle: Settle) -> None:
    town = settle(platform)
    comment, other = town.say("before"), town.say("other")
    town.poll()
    town.edit(comment, "after")
    found = seen(town.poll(whole=True))
    assert (found[comment].text, found[other].text) == ("after", "other")


@pytest.mark.parametrize("platform", ["facebook", "instagram", "youtube"])
def test_a_whole_reading_names_the_posts_whose_every_comment_it_gave(platform: str, settle: Settle) -> None:
    town = settle(platform)
    comment, other = town.say("going"), town.say("staying")
    ordinary = town.poll()
    assert not any(page.whole_of for page in ordinary)
    town.delete(comment)
    pages = town.poll(whole=True)
    assert set(seen(pages)) == {other}
    assert [page.whole_of for page in pages if page.whole_of] == [(town.post,)]


def test_on_x_what_is_gone_is_told_by_looking_ids_up_a_hundred_a_call(settle: Settle) -> None:
    town = settle("x")
    ids = [town.say(f"reply {number}") for number in range(205)]
    town.poll()
    town.delete(ids[0])
    town.edit(ids[1], "edited")
    found = seen(town.poll(whole=True))
    assert (found[ids[0]].sight, found[ids[0]].text) == (Sight.GONE, "")
    assert found[ids[1]].text == "edited"
    assert len(town.calls("get_comment")) == 3


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_a_whole_reading_leaves_old_posts_alone(platform: str, settle: Settle) -> None:
    town = settle(platform)
    old = town.say_as_us("old", created_at=days_ago(20))
    town.say("late", post=old)
    town.poll()
    before = len(town.calls("list_comments"))
    pages = town.poll(whole=True)
    assert [page.whole_of for page in pages if page.whole_of] == [(town.post,)]
    assert len(town.calls("list_comments")) - before == 1


# What a poll spends


@pytest.mark.parametrize(("platform", "key"), [("facebook", "posts"), ("instagram", "media")])
def test_a_post_whose_count_stands_still_is_read_again_in_its_time_at_no_further_cost(
    platform: str, key: str, settle: Settle
) -> None:
    town = settle(platform)
    comment = town.say()
    town.poll()
    town.edit(comment, "edited")
    assert comment not in seen(town.poll())
    town.memory[key][town.post]["read"] -= 100_000
    before = len(town.calls())
    assert seen(town.poll())[comment].text == "edited"
    assert [call["call"] for call in town.calls()[before:]] == ["list_posts"]
    assert comment not in seen(town.poll())


@pytest.mark.parametrize(("platform", "key", "along"), [("facebook", "posts", 10), ("instagram", "media", 25)])
def test_a_post_with_more_comments_than_come_along_is_read_by_itself(
    platform: str, key: str, along: int, settle: Settle
) -> None:
    town = settle(platform)
    comments = [town.say(f"comment {number}") for number in range(along + 1)]
    town.poll()
    town.edit(comments[0], "edited")
    town.memory[key][town.post]["read"] -= 100_000
    assert seen(town.poll())[comments[0]].text == "edited"


@pytest.mark.parametrize(("platform", "key"), [("facebook", "posts"), ("instagram", "media")])
def test_comments_that_come_along_are_new_ones_too(platform: str, key: str, settle: Settle) -> None:
    town = settle(platform)
    town.say()
    town.poll()
    late = town.say("late")
    town.memory[key][town.post]["read"] -= 100_000
    before = len(town.calls())
    assert late in seen(town.poll())
    assert [call["call"] for call in town.calls()[before:]] == ["list_posts"]


@pytest.mark.parametrize(("platform", "key"), [("facebook", "posts"), ("instagram", "media")])
def test_where_meta_sends_no_comments_along_posts_are_read_by_themselves(
    platform: str, key: str, settle: Settle
) -> None:
    town = settle(platform)
    comment = town.say()
    town.poll()
    town.edit(comment, "edited")
    town.memory[key][town.post]["read"] -= 100_000
    refusal = {"error": {"code": 1, "message": "Please reduce the amount of data you're asking for"}}
    body = base64.b64encode(json.dumps(refusal).encode()).decode()
    order = {"platform": platform, "call": "list_posts", "body_base64": body, "status": 500, "times": http.TRIES}
    town.control("POST", "/recorded", order)
    pages, error = attempt(town)
    assert error is not None
    assert not error.permanent
    town.memory[key][town.post]["read"] -= 100_000
    assert comment in seen(pages) | seen(town.poll())


def test_on_x_nothing_is_asked_for_that_was_given_before(settle: Settle) -> None:
    town = settle("x")
    for number in range(5):
        town.say(f"@{town.handle} {number}")
    town.poll()
    again = [page for page in town.poll() if page.call == "list_mentions"]
    assert [len(page.comments) for page in again] == [0]


def test_on_x_since_moves_only_when_the_last_page_was_stored(settle: Settle) -> None:
    town = settle("x")
    for number in range(230):
        town.say(f"@{town.handle} {number}")
    poll = town.client().poll(town.memory)
    stored = set()
    for page in poll:
        stored |= {comment.text for comment in page.comments}
        if page.call == "list_mentions":
            next(poll)  # the first page is stored, the worker dies at the second
            break
    poll.close()
    assert "since" not in town.memory["mentions"]
    kept = json.loads(json.dumps(town.memory))
    town.memory = kept
    later = town.say(f"@{town.handle} later")
    first = [page for page in town.poll() if page.call == "list_mentions"]
    rest = [page for page in town.poll() if page.call == "list_mentions"]
    stored |= {comment.text for page in [*first, *rest] for comment in page.comments}
    assert stored >= {f"@{town.handle} {number}" for number in range(230)}
    assert later in seen(rest) or later in seen(first)


def test_on_x_a_search_from_long_ago_asks_no_further_than_seven_days(settle: Settle) -> None:
    town = settle("x")
    town.memory["search"] = {"since": str(id_at(time.time() - 30 * 86_400))}
    comment = town.say()
    assert comment in seen(town.poll())


@pytest.mark.parametrize("spelling", ["tweet", "post"])
def test_on_x_either_spelling_is_asked_and_understood(spelling: str, settle: Settle, settings: Any) -> None:
    town = settle("x", spelling=spelling)
    if spelling == "tweet":
        http._client().event_hooks = {}  # the specification knows the new spelling only
    settings.X_SPELLING = spelling
    thread = town.say("thread")
    reply = town.say("reply", parent=thread)
    found = seen(town.poll())
    assert (found[reply].parent_remote_id, found[reply].post_remote_id) == (thread, town.post)
    assert found[thread].author is not None
    assert found[thread].author.handle == "ann"


def test_queries_stay_within_the_length_and_name_every_conversation() -> None:
    posts = {str(2_124_515_016_848_703_488 + number): 0.0 for number in range(40)}
    made = queries("town", posts)
    assert all(len(query) <= LONGEST_QUERY for query in made)
    assert all(any(f"conversation_id:{name}" in query for query in made) for name in posts)
    assert sum("to:town" in query for query in made) == 1
    assert queries("", {}) == []


# When it goes wrong


def attempt(town: Town) -> tuple[list[Page], PlatformError | None]:
    """What a poll gave before it ended, and the error that it ended with."""
    pages: list[Page] = []
    try:
        pages.extend(town.client().poll(town.memory))
    except PlatformError as error:
        return pages, error
    return pages, None


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("fault", ["500", "cut", "garbage", "truncated"])
@pytest.mark.parametrize("times", [1, 4])
def test_nothing_is_missing_after_a_failing_poll(platform: str, fault: str, times: int, settle: Settle) -> None:
    town = settle(platform)
    ids = {town.say(f"comment {number}") for number in range(12)}
    town.fault("*", fault, times=times)
    brought = set()
    for _ in range(6):
        pages, error = attempt(town)
        brought |= set(seen(pages))
        assert error is None or not error.permanent
        due(town)
    assert brought == ids


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("fault", ["garbage", "truncated"])
def test_an_unreadable_answer_is_raised_with_its_bytes_after_the_other_streams(
    platform: str, fault: str, settle: Settle
) -> None:
    town = settle(platform)
    town.say()
    other = town.say_as_us("Another post")
    late = town.say("on the other", post=other)
    town.fault("list_comments", fault, times=1)
    pages, error = attempt(town)
    assert error is not None
    assert not error.permanent
    kept = [error.page] if isinstance(error, Unreadable) else [page for page in pages if page.body]
    assert kept[0].body
    assert kept[0].bad
    due(town)
    assert late in seen(town.poll()) | seen(pages)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_pause_ends_the_poll_at_once(platform: str, settle: Settle) -> None:
    town = settle(platform)
    town.say()
    town.fault("list_posts", "429", times=5, reset=120)
    with pytest.raises(RateLimited) as caught:
        town.poll()
    assert 1 < caught.value.retry_after <= 901
    assert len(town.calls("list_posts")) == 1


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_a_dead_token_ends_the_poll_at_once(platform: str, settle: Settle) -> None:
    town = settle(platform)
    town.fault("*", "expired_token", times=5)
    with pytest.raises(TokenExpired):
        town.poll()
    assert len(town.calls()) == 1


@pytest.mark.parametrize("platform", ["x", "youtube"])
def test_an_expired_token_is_refreshed_within_the_poll(platform: str, settle: Settle) -> None:
    town = settle(platform)
    comment = town.say()
    town.fault("*", "expired_token", times=1)
    assert comment in seen(town.poll())
    assert len(town.renewed) == 1
    town.secrets |= {"access_token": town.renewed[0].access_token, "refresh_token": town.renewed[0].refresh_token}
    town.poll()


def endless(platform: str, cursor: str) -> bytes:
    """A page that always names another one."""
    if platform == "youtube":
        return json.dumps({"items": [], "nextPageToken": cursor}).encode()
    if platform == "x":
        meta = {"result_count": 1, "next_token": cursor, "newest_id": "5", "oldest_id": "5"}
        return json.dumps({"data": [{"id": "5", "text": "again"}], "meta": meta}).encode()
    paging = {"cursors": {"after": cursor}, "next": "https://graph.facebook.com/next"}
    return json.dumps({"data": [], "paging": paging}).encode()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_pages_that_go_in_a_circle_end(platform: str, settle: Settle) -> None:
    town = settle(platform)
    town.say()
    town.poll()
    due(town)
    body = base64.b64encode(endless(platform, "round and round")).decode()
    order = {"platform": platform, "call": "list_comments", "body_base64": body, "times": 10_000}
    town.control("POST", "/recorded", order)
    before = len(town.calls("list_comments"))
    with pytest.raises(PlatformError) as caught:
        town.poll(whole=True)
    assert caught.value.code == "circle"
    assert len(town.calls("list_comments")) - before <= 6


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_bad_item_in_a_page_costs_only_itself(platform: str, settle: Settle) -> None:
    town = settle(platform)
    town.say()
    items = "items" if platform == "youtube" else "data"
    good = {"facebook": {"message": "Hi"}, "instagram": {"text": "Hi"}, "x": {"text": "Hi"}}
    snippet = {"snippet": {"topLevelComment": {"id": "7", "snippet": {"textDisplay": "Hi"}}}}
    body = json.dumps({items: [{"id": "7"} | good.get(platform, snippet), "BAD"], "meta": {"result_count": 2}})
    raw = body.replace('"BAD"', '{"id":"8","message":tru}').encode()
    order = {"platform": platform, "call": "list_comments", "body_base64": base64.b64encode(raw).decode()}
    town.control("POST", "/recorded", order)
    pages = town.poll()
    assert seen(pages)["7"].text == "Hi"
    (bad,) = [bad for page in pages for bad in page.bad]
    assert bad.raw == b'{"id":"8","message":tru}'


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_recorded_body_served_to_the_poller_gives_the_same_comments(
    platform: str, settle: Settle, shared: Path
) -> None:
    town = settle(platform)
    town.say()
    for name, ids in EXPECTED.items():
        if not name.startswith(platform):
            continue
        body = (shared / "platforms" / "payloads" / name).read_bytes()
        order = {"platform": platform, "call": "list_comments", "body_base64": base64.b64encode(body).decode()}
        town.control("POST", "/recorded", order)
        town.memory = {}
        pages, error = attempt(town)
        served = [*pages, *([error.page] if isinstance(error, Unreadable) else [])]
        page = next(page for page in served if page.digest == hashlib.sha256(body).digest())
        assert [comment.remote_id for comment in page.comments] == ids, name
        assert not page.bad, name


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_a_post_that_is_gone_does_not_stop_the_others(platform: str, settle: Settle) -> None:
    town = settle(platform)
    key = "posts" if platform == "facebook" else "media"
    gone = f"{town.account}_99" if platform == "facebook" else "17990000000000099"
    town.memory[key] = {gone: {"posted": time.time()}}
    comment = town.say()
    assert comment in seen(town.poll())
