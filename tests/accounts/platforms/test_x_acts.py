"""What the unit does on X in its own name, on the stand-in: messages, comments of its own, blocking, the account."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.platforms.capabilities import Act, Way, capability
from accounts.platforms.contract import (
    Counts,
    Gone,
    Kind,
    NotPossible,
    PlatformError,
    RateLimited,
    Ref,
    Uncertain,
)
from accounts.platforms.x_length import weighted
from accounts.platforms.x_polling import MESSAGES_EVERY
from tests.accounts.platforms.conftest import ANN, Town

pytestmark = pytest.mark.sop("1.X")
Settle = Callable[..., Town]
SHY = {"id": "9002", "name": "Ben Shy", "handle": "ben", "receives_your_dm": False}


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


def truth(town: Town) -> Any:
    return town.control("GET", "/truth/x")["x"]


def record(town: Town, call: str, body: Any, status: int = 200) -> None:
    packed = base64.b64encode(json.dumps(body).encode()).decode()
    town.control("POST", "/recorded", {"platform": "x", "call": call, "body_base64": packed, "status": status})


def written_by_us(town: Town) -> list[Any]:
    return [one for one in truth(town)["comments"].values() if one["ours"] and not one["deleted"]]


def message_from(town: Town, text: str = "Is the bridge open?", **more: Any) -> Ref:
    name = town.say(text, kind="message", post=None, **more)
    return Ref(name, author_remote_id="9001", kind=Kind.MESSAGE)


# Private messages


def test_private_messages_are_polled_with_who_wrote_them_and_ours_are_known_as_ours(settle: Settle) -> None:
    town = settle("x")
    ref = message_from(town)
    town.client().reply(ref, "Yes, both lanes")
    found = {comment.remote_id: comment for page in town.poll() for comment in page.comments}
    asked = found[ref.remote_id]
    assert (asked.kind, asked.text, asked.ours) == (Kind.MESSAGE, "Is the bridge open?", False)
    assert asked.author is not None
    assert (asked.author.remote_id, asked.author.name, asked.author.handle) == ("9001", "Ann Example", "ann")
    assert asked.permalink.startswith("https://x.com/messages/")
    (ours,) = [comment for comment in found.values() if comment.ours]
    assert (ours.kind, ours.text) == (Kind.MESSAGE, "Yes, both lanes")
    assert asked.posted_at is not None


def test_messages_are_asked_for_no_oftener_than_x_answers(settle: Settle) -> None:
    town = settle("x")
    for _ in range(3):
        town.poll()
    assert len(town.calls("list_messages")) == 1
    town.memory["messages"]["asked"] -= MESSAGES_EVERY
    ref = message_from(town)
    assert ref.remote_id in {comment.remote_id for page in town.poll() for comment in page.comments}
    assert len(town.calls("list_messages")) == 2


def test_many_messages_are_read_over_several_polls_and_none_is_missing(settle: Settle) -> None:
    town = settle("x")
    count = 620
    one = {"platform": "x", "account": town.account, "kind": "message", "author": ANN}
    town.control("PUT", "/seed", {"comments": [one | {"text": f"Message {n}"} for n in range(count)]})
    seen: set[str] = set()
    for _ in range(2):
        seen |= {comment.text for page in town.poll() for comment in page.comments}
        town.memory["messages"]["asked"] -= MESSAGES_EVERY
    assert seen == {f"Message {n}" for n in range(count)}
    calls = len(town.calls("list_messages"))
    assert not [page for page in town.poll() if any(comment.text.startswith("Message 0") for comment in page.comments)]
    assert len(town.calls("list_messages")) == calls + 1


def test_a_token_that_may_not_read_messages_does_not_spoil_the_poll(settle: Settle) -> None:
    town = settle("x")
    comment = town.say()
    body = {"title": "Forbidden", "detail": "no", "type": "about:blank", "status": 403}
    record(town, "list_messages", body, status=403)
    assert comment in {each.remote_id for page in town.poll() for each in page.comments}
    town.memory["messages"]["asked"] -= MESSAGES_EVERY
    town.poll()
    assert len(town.calls("list_messages")) == 1
    town.memory["messages"]["refused"] = 0
    town.poll()
    assert len(town.calls("list_messages")) == 2


def test_a_message_is_answered_in_its_conversation_and_found_there(settle: Settle) -> None:
    town = settle("x")
    ref = message_from(town)
    sent = town.client().reply(ref, "Yes")
    (ours,) = written_by_us(town)
    assert (ours["kind"], ours["text"]) == ("message", "Yes")
    assert ours["post"] == town.truth(ref.remote_id)["post"]
    found = town.client().own_reply(ref, "Yes", since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert town.client().own_reply(ref, "No", since=just_now()) is None
    assert town.client().own_reply(ref, "Yes", since=just_now() + timedelta(hours=1)) is None


def test_a_message_is_looked_at_by_its_id_and_a_reply_of_the_same_id_is_not_taken_for_it(settle: Settle) -> None:
    town = settle("x")
    ref = message_from(town)
    assert town.client().look(ref).text == "Is the bridge open?"
    with pytest.raises(Gone):
        town.client().look(Ref(ref.remote_id))
    with pytest.raises(Gone):
        town.client().look(Ref("12", kind=Kind.MESSAGE))


@pytest.mark.parametrize("known", ["author", "comment"])
def test_a_commenter_is_written_to_in_private(known: str, settle: Settle) -> None:
    town = settle("x")
    comment = town.say()
    ref = town.ref(comment, **({"author_remote_id": "9001"} if known == "author" else {}))
    sent = town.client().message(ref, "Please call us")
    (ours,) = written_by_us(town)
    assert (ours["kind"], ours["text"]) == ("message", "Please call us")
    found = town.client().own_message(ref, "Please call us", since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert sent.at is not None
    assert abs((sent.at - datetime.now(UTC)).total_seconds()) < 60


def test_who_takes_no_messages_from_us_is_not_written_to(settle: Settle) -> None:
    town = settle("x")
    comment = town.say(author=SHY)
    with pytest.raises(NotPossible, match="takes no private messages"):
        town.client().message(town.ref(comment), "Please call us")
    assert not town.calls("message")
    # X may also know it only when the message is sent.
    record(town, "get_author", {"data": {"id": "9002", "name": "Ben", "username": "ben"}})
    with pytest.raises(NotPossible, match="delivers no message"):
        town.client().message(town.ref(comment), "Please call us")
    assert not written_by_us(town)


@pytest.mark.parametrize("fault", ["applied_then_timeout", "cut", "garbage"])
def test_a_message_without_an_answer_is_uncertain_and_never_sent_twice(fault: str, settle: Settle) -> None:
    town = settle("x")
    ref = town.ref(town.say(), author_remote_id="9001")
    town.fault("message", fault, seconds=0.1)
    with pytest.raises(Uncertain):
        town.client().message(ref, "Please call us")
    assert len(town.calls("message")) == 1
    found = town.client().own_message(ref, "Please call us", since=just_now())
    assert (found is not None) == bool(written_by_us(town))


def test_what_cannot_be_done_to_a_message_is_said(settle: Settle) -> None:
    town = settle("x")
    ref, client = message_from(town), town.client()
    for act in (client.hide, client.unhide, client.delete_own, client.delete):
        with pytest.raises(NotPossible):
            act(ref)
    with pytest.raises(PlatformError, match="at most"):
        client.reply(ref, "x" * 10_001)
    assert not written_by_us(town)


# What stands in our own name


def test_a_comment_of_our_own_stands_under_our_post_and_is_deleted(settle: Settle) -> None:
    town = settle("x")
    client = town.client()
    sent = client.comment(town.post, "Now open again")
    assert town.truth(sent.remote_id)["post"] == town.post
    found = client.own_comment(town.post, "Now open again", since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert client.own_comment(town.post, "Still closed", since=just_now()) is None
    client.delete_own(Ref(sent.remote_id, town.post))
    assert town.truth(sent.remote_id)["deleted"]
    with pytest.raises(Gone):
        client.delete_own(Ref(sent.remote_id, town.post))


def test_another_persons_post_is_deleted_by_nobody(settle: Settle) -> None:
    town = settle("x")
    ref, client = town.ref(town.say()), town.client()
    with pytest.raises(NotPossible, match="nobody delete"):
        client.delete(ref)
    with pytest.raises(NotPossible):
        client.delete_own(ref)
    assert capability("x", Act.DELETE).way == Way.NEVER
    assert not town.truth(ref.remote_id)["deleted"]


def test_editing_is_for_a_person_at_x(settle: Settle) -> None:
    town = settle("x")
    for act in (town.client().edit_own, lambda ref, text: town.client().edit_post(ref.remote_id, text)):
        with pytest.raises(NotPossible, match="Premium"):
            act(Ref(town.post), "New")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("a" * 280, 280),
        ("é" * 10, 10),
        ("e\u0301", 1),
        ("日本", 4),
        ("👍", 2),
        ("👨‍👩‍👧‍👦 🇭🇹 👍🏽", 8),
        ("https://city.example/a/very/long/address/that/goes/on/and/on?and=on", 23),
        ("see city.gov/streets now", 31),
        ("3.5 miles, e.g. here", 20),
    ],
)
def test_a_text_is_as_long_as_x_counts_it(text: str, length: int) -> None:
    assert weighted(text) == length


def test_a_text_that_x_counts_too_long_is_refused_before_it_is_sent(settle: Settle) -> None:
    town = settle("x")
    comment = town.say()
    with pytest.raises(PlatformError, match="282") as caught:
        town.client().reply(town.ref(comment), "👍" * 141)
    assert caught.value.permanent
    town.client().reply(town.ref(comment), "👍" * 140)
    assert len(town.calls("reply")) == 1


# Blocking


def test_on_enterprise_a_person_is_blocked_listed_and_unblocked(settle: Settle) -> None:
    town = settle("x")
    client = town.client(tier="enterprise")
    ref = town.ref(town.say())
    for _ in range(2):
        client.ban(ref)
        assert truth(town)["bans"][town.account] == ["9001"]
    (banned,) = client.bans()
    assert (banned.remote_id, banned.name, banned.handle) == ("9001", "Ann Example", "ann")
    for _ in range(2):
        client.unban(ref)
        assert not truth(town)["bans"][town.account]
    assert not list(client.bans())


def test_every_blocked_person_is_listed(settle: Settle) -> None:
    town = settle("x")
    client = town.client(tier="enterprise")
    people = [{"id": str(9100 + n), "name": f"Person {n}", "handle": f"person{n}"} for n in range(3)]
    for who in people:
        client.ban(town.ref(town.say(author=who)))
    pages = [
        {"data": [{"id": "9100", "name": "Person 0", "username": "person0"}], "meta": {"next_token": "x" * 16}},
        {"data": [{"id": "9101", "name": "Person 1", "username": "person1"}, 7], "meta": {"result_count": 1}},
    ]
    assert [who.remote_id for who in client.bans()] == ["9100", "9101", "9102"]
    for page in pages:
        record(town, "list_bans", page)
    assert [who.handle for who in client.bans()] == ["person0", "person1"]


def test_on_self_serve_blocking_is_an_officers_task_and_the_list_is_read_all_the_same(settle: Settle) -> None:
    town = settle("x", tier="self-serve")
    ref = town.ref(town.say(), author_remote_id="9001")
    for tier in ("self-serve", ""):
        client = town.client(tier=tier)
        for act in (client.ban, client.unban):
            with pytest.raises(NotPossible, match="officer"):
                act(ref)
        assert not list(client.bans())
    assert not town.calls("ban")
    # Where the account's tier is not what we think it is, X says so.
    with pytest.raises(NotPossible, match="tier") as caught:
        town.client(tier="enterprise").ban(ref)
    assert caught.value.code == "client-forbidden"
    assert not truth(town)["bans"][town.account]


@pytest.mark.parametrize(
    ("act", "self_serve", "enterprise", "unknown"),
    [
        (Act.BAN, Way.BY_HAND, Way.API, Way.CONDITIONAL),
        (Act.UNBAN, Way.BY_HAND, Way.API, Way.CONDITIONAL),
        (Act.REPLY, Way.CONDITIONAL, Way.API, Way.CONDITIONAL),
        (Act.HIDE, Way.CONDITIONAL, Way.CONDITIONAL, Way.CONDITIONAL),
    ],
)
def test_the_table_says_what_the_tier_allows(act: Act, self_serve: Way, enterprise: Way, unknown: Way) -> None:
    ways = [capability("x", act, tier).way for tier in ("self-serve", "enterprise", "")]
    assert ways == [self_serve, enterprise, unknown]
    assert capability("facebook", act, "self-serve") is capability("facebook", act)


def test_every_act_that_may_fall_to_an_officer_has_steps_and_a_place() -> None:
    handed = {Act.WEBHOOK, Act.AUTHOR, Act.AVATAR}
    for tier in ("", "self-serve", "enterprise"):
        for act in Act:
            cell = capability("x", act, tier)
            assert cell.way == Way.NEVER or act in handed or (cell.steps and cell.site.startswith("https://x.com/"))
            assert cell.way in (Way.API, Way.NEVER) or cell.says


# The account itself


@pytest.mark.parametrize("spelling", ["post", "tweet"])
def test_followers_and_posts_are_counted_in_either_spelling(spelling: str, settle: Settle) -> None:
    town = settle("x", followers=5502, spelling=spelling)
    assert town.client().counts() == Counts(followers=5502, posts=1)


def test_the_profile_is_read_with_its_address_written_out(settle: Settle) -> None:
    town = settle("x", description="Not monitored at night. Terms below.", url="https://city.example/terms/")
    assert town.client().presented() == "Not monitored at night. Terms below.\nhttps://city.example/terms/"
    bare = settle("x")
    assert bare.client().presented() == ""
    short, long = "https://t.co/abc", "https://city.example/terms/"
    entities = {"description": {"urls": [{"start": 6, "end": 22, "url": short, "expanded_url": long}, None]}}
    told = {"id": "1", "name": "T", "username": "t", "description": f"Terms {short}", "entities": entities}
    record(town, "get_author", {"data": told})
    assert town.client().presented() == f"Terms {long}"


def test_what_x_says_of_our_token(settle: Settle) -> None:
    town = settle("x")
    until = datetime.now(UTC) + timedelta(hours=1)
    facts = town.client(expires_at=until).token_facts()
    assert (facts.valid, facts.remote_id, facts.expires_at) == (True, town.account, until)
    wrong = town.client(access_token="wrong", refresh_token="")
    assert not wrong.token_facts().valid


def test_a_pause_that_x_asks_for_names_the_call(settle: Settle) -> None:
    town = settle("x")
    town.fault("list_bans", "429", reset=120)
    with pytest.raises(RateLimited) as caught:
        list(town.client().bans())
    assert caught.value.call == "list_bans"
    assert 100 < caught.value.retry_after <= 122
