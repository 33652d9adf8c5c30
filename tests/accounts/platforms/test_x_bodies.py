"""Private messages and quotes as X may send them: every shape, wrong types, and what nobody wrote."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.platforms.contract import Kind, PlatformError, Unreadable
from tests.accounts.platforms.conftest import Town
from tests.accounts.platforms.test_bodies import client, only, read
from tests.accounts.platforms.test_x_acts import message_from, record

pytestmark = pytest.mark.sop("1.X")
Settle = Callable[..., Town]


def event(**fields: Any) -> dict[str, Any]:
    """A message as the list of events shows it."""
    made = {
        "id": "1585321444547837956",
        "text": "Hello",
        "event_type": "MessageCreate",
        "dm_conversation_id": "9-77",
        "created_at": "2026-07-21T21:05:14.000Z",
        "sender_id": "9",
    }
    return {name: value for name, value in (made | fields).items() if value is not ...}


def messages(*events: Any, **more: Any) -> dict[str, Any]:
    return {"data": list(events), "meta": {"result_count": len(events)}, **more}


def test_a_message_is_told_with_its_sender_its_conversation_and_its_pictures() -> None:
    users = [{"id": "9", "name": "Ann", "username": "ann"}]
    media = [{"media_key": "3_1", "type": "photo", "url": "https://pbs.example/1.jpg", "alt_text": "A road"}]
    body = messages(event(attachments={"media_keys": ["3_1"]}), includes={"users": users, "media": media})
    found = only(read("x", body, "list_messages"))
    assert (found.kind, found.text, found.post_remote_id, found.parent_remote_id) == (Kind.MESSAGE, "Hello", "", "")
    assert found.author is not None
    assert (found.author.remote_id, found.author.handle) == ("9", "ann")
    assert found.permalink == "https://x.com/messages/9-77"
    assert [(each.kind, each.url, each.alt) for each in found.attachments] == [
        ("photo", "https://pbs.example/1.jpg", "A road")
    ]


def test_a_message_that_is_only_a_picture_is_taken_in() -> None:
    found = only(read("x", messages(event(text=..., attachments={"media_keys": ["3_1"]})), "list_messages"))
    assert (found.text, len(found.attachments)) == ("", 1)


def test_a_message_without_its_kind_of_event_is_one_by_the_question() -> None:
    assert only(read("x", messages(event(event_type=...)), "list_messages")).kind == Kind.MESSAGE


@pytest.mark.parametrize("kind", ["ParticipantsJoin", "ParticipantsLeave"])
def test_comings_and_goings_are_nothing_that_anybody_wrote(kind: str) -> None:
    page = read("x", messages(event(text=..., event_type=kind), event()), "list_messages")
    assert (len(page.comments), page.bad) == (1, [])


@pytest.mark.parametrize(
    "wrong", [event(text=7), event(text=None, id=[]), event(text=...), event(sender_id={}), {}, 7, None, [event()]]
)
def test_a_message_of_wrong_types_is_set_aside_and_its_neighbour_stays(wrong: Any) -> None:
    page = read("x", messages(wrong, event(id="2", text="Neighbour")), "list_messages")
    assert "Neighbour" in {found.text for found in page.comments}
    assert len(page.comments) + len(page.bad) == 2


@pytest.mark.parametrize("conversation", ["../../evil", "1?x=", 7, None, "a" * 100])
def test_a_conversation_that_is_none_gives_no_address(conversation: Any) -> None:
    page = read("x", messages(event(dm_conversation_id=conversation)), "list_messages")
    assert only(page).permalink in ("", "https://x.com/messages/7")


def test_a_picture_in_a_message_that_a_webhook_tells_of_is_kept() -> None:
    media = {"id_str": "5", "type": "photo", "media_url_https": "https://pbs.example/5.jpg"}
    data = {"text": "See", "attachment": {"type": "media", "media": media}}
    told = {"id": "1", "created_timestamp": "1784928224372", "message_create": {"sender_id": "9", "message_data": data}}
    body = {"data": {"event_type": "dm.received", "payload": {"direct_message_events": [told]}}}
    found = only(read("x", body))
    assert [(each.url, each.remote_id) for each in found.attachments] == [("https://pbs.example/5.jpg", "5")]


NAMES = [
    "id",
    "data",
    "meta",
    "text",
    "event_type",
    "sender_id",
    "dm_conversation_id",
    "attachments",
    "media_keys",
    "includes",
    "users",
    "message_create",
    "message_data",
    "attachment",
    "media",
    "payload",
    "filter",
    "direct_message_events",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(NAMES), part, max_size=4),
    max_leaves=15,
)


@given(VALUES)
@settings(max_examples=300, deadline=None)
def test_any_json_with_the_names_of_messages_is_read(body: Any) -> None:
    for call in ("list_messages", "get_message", "own_messages"):
        with suppress(Unreadable):
            client("x").read(json.dumps(body).encode(), call=call)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"data":[{"id":"1","te', b'{"data":7}', b"7"])
def test_a_list_of_messages_that_is_none_is_said_and_the_rest_of_the_poll_stands(body: bytes, settle: Settle) -> None:
    town = settle("x")
    comment = town.say()
    packed = base64.b64encode(body or b" ").decode()
    order = {"platform": "x", "call": "list_messages", "body_base64": packed}
    town.control("POST", "/recorded", order)
    found: set[str] = set()

    def poll() -> None:
        for page in town.client().poll(town.memory):
            found.update(each.remote_id for each in page.comments)

    with pytest.raises(PlatformError):
        poll()
    assert comment in found
    ref = message_from(town)
    town.memory["messages"]["asked"] = 0
    assert ref.remote_id in {each.remote_id for page in town.poll() for each in page.comments}


def test_a_place_in_the_list_that_x_forgot_is_given_up(settle: Settle) -> None:
    town = settle("x")
    town.poll()
    town.memory["messages"] |= {"asked": 0, "cursor": "x" * 16}
    ref = message_from(town)
    town.poll()
    assert "cursor" not in town.memory["messages"]
    town.memory["messages"]["asked"] = 0
    assert ref.remote_id in {each.remote_id for page in town.poll() for each in page.comments}


def test_a_post_that_quotes_ours_is_found_by_its_address_and_is_a_mention(settle: Settle) -> None:
    town = settle("x")
    text = f"Is this true? https://x.com/{town.handle}/status/{town.post}"
    quote = town.say(text, kind="mention", post=None)
    record(town, "list_mentions", {"meta": {"result_count": 0}})
    (found,) = [each for page in town.poll() for each in page.comments]
    assert (found.remote_id, found.kind) == (quote, Kind.MENTION)
