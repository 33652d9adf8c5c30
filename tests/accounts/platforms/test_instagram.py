"""Instagram on its stand-in: what is tagged, who mentions and who writes privately; answers, bans, and who may not."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.platforms import client_for, instagram_inbox
from accounts.platforms.contract import (
    Credentials,
    Gone,
    Kind,
    NotPossible,
    Page,
    PlatformError,
    RateLimited,
    Ref,
    RemoteComment,
    Sight,
    Uncertain,
)
from accounts.platforms.instagram import Instagram
from tests.accounts.platforms.conftest import ANN, Town

pytestmark = pytest.mark.sop("1.IG")
Settle = Callable[..., Town]
PAGE = "19280000990001"
BEN = {"id": "9002", "name": "Ben", "handle": "ben.example"}


@pytest.fixture
def town(settle: Settle) -> Town:
    made = settle("instagram", page_id=PAGE, biography="Comment policy below", website="https://city.example/terms")
    made.secrets["page_id"] = PAGE
    return made


@pytest.fixture
def client(town: Town) -> Instagram:
    made = town.client()
    assert isinstance(made, Instagram)
    return made


def mail(town: Town, text: str, author: Any = ANN, **more: Any) -> str:
    return town.say(text, kind="message", post=None, author=author, **more)


def mention(town: Town, text: str, author: Any = ANN, **more: Any) -> str:
    return town.say(text, **{"kind": "mention", "post": None, "author": author, **more})


def seen(pages: list[Page]) -> dict[str, RemoteComment]:
    return {comment.remote_id: comment for page in pages for comment in page.comments}


def of_now(town: Town, platform: str = "instagram") -> dict[str, Any]:
    found: dict[str, Any] = town.control("GET", f"/truth/{platform}")[platform]
    return found


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def asked_again(town: Town) -> None:
    """As if the time had come to ask again for what is asked for seldom."""
    for stream in ("tags", "messages"):
        town.memory[stream]["asked"] = 1


# What a poll brings


def test_a_poll_brings_what_we_are_tagged_in_and_what_is_written_privately(town: Town) -> None:
    tagged = mention(town, f"Thanks @{town.handle} for the help")
    written = mail(town, "My bicycle is gone")
    found = seen(town.poll())
    assert (found[tagged].kind, found[tagged].text) == (Kind.MENTION, f"Thanks @{town.handle} for the help")
    assert (found[written].kind, found[written].text) == (Kind.MESSAGE, "My bicycle is gone")
    author = found[written].author
    assert author is not None
    assert (author.remote_id, author.handle) == (ANN["id"], "ann")
    assert not found[written].ours
    assert found[tagged].post_remote_id == ""


def test_what_we_wrote_privately_comes_back_as_ours(town: Town, client: Instagram) -> None:
    written = mail(town, "Hello?")
    sent = client.reply(Ref(written, author_remote_id=ANN["id"], kind=Kind.MESSAGE), "How can we help?")
    assert seen(town.poll())[sent.remote_id].ours


def test_a_poll_in_which_nothing_changed_asks_for_our_media_alone(town: Town) -> None:
    mention(town, "tagged")
    mail(town, "One")
    town.poll()
    before = len(town.calls())
    town.poll()
    assert [one["call"] for one in town.calls()[before:]] == ["list_posts"]


def test_of_the_conversations_only_those_that_changed_are_read_again(town: Town) -> None:
    for number in range(3):
        mail(town, "One", author={"id": f"77{number}", "handle": f"p{number}"}, created_at=days_ago(3 - number))
    town.poll()
    mail(town, "Two", author={"id": "771", "handle": "p1"})
    asked_again(town)
    before = len(town.calls("list_messages"))
    assert "Two" in {comment.text for comment in seen(town.poll()).values()}
    assert len(town.calls("list_messages")) == before + 1


def test_more_conversations_than_one_poll_reads_come_with_the_next_polls(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instagram_inbox, "MOST_READ", 2)
    monkeypatch.setattr(instagram_inbox, "A_PAGE", 2)
    for number in range(5):
        mail(town, f"{number}", author={"id": f"77{number}", "handle": f"p{number}"}, created_at=days_ago(number))
    brought: set[str] = set()
    for _ in range(3):
        brought |= {comment.text for comment in seen(town.poll()).values()}
    assert brought >= {f"{number}" for number in range(5)}
    assert not town.memory["messages"]["behind"]


def test_a_poll_goes_on_without_what_the_application_may_not_read(town: Town) -> None:
    said = {"error": {"message": "(#10)", "type": "OAuthException", "code": 10, "fbtrace_id": "A"}}
    record(town, "list_conversations", 403, said)
    record(town, "list_tags", 403, said)
    comment = town.say()
    assert comment in seen(town.poll())
    before = len(town.calls("list_conversations"))
    asked_again(town)
    town.poll()
    assert len(town.calls("list_conversations")) == before, "who may not is asked once a day"


def record(town: Town, call: str, status: int, body: Any) -> None:
    packed = base64.b64encode(json.dumps(body).encode()).decode()
    order = {"platform": "instagram", "call": call, "status": status, "body_base64": packed, "times": 1}
    town.control("POST", "/recorded", order)


@pytest.mark.parametrize("call", ["list_tags", "list_conversations", "list_messages"])
@pytest.mark.parametrize("fault", ["500", "cut", "garbage", "truncated"])
def test_nothing_is_missing_after_a_stream_that_failed(town: Town, call: str, fault: str) -> None:
    tagged, written, comment = mention(town, "tagged"), mail(town, "One"), town.say()
    town.fault(call, fault, times=4)
    brought: set[str] = set()
    for _ in range(5):
        pages: list[Page] = []
        with suppress(PlatformError):
            for page in town.client().poll(town.memory):
                page.fresh = town._store(page)
                pages.append(page)
        brought |= set(seen(pages))
    assert {tagged, written, comment} <= brought


def test_a_conversation_without_a_proper_name_is_passed_by(town: Town) -> None:
    for one in (5, None, [], {"id": 5}, {"id": {}}, {"id": "../me/accounts"}, {"id": "a?b=c"}, {"updated_time": "x"}):
        record(town, "list_conversations", 200, {"data": [one]})
        comment = town.say()
        assert comment in seen(town.poll()), one
        asked_again(town)
    assert not town.calls("list_messages")


def test_without_a_page_private_messages_are_left_alone(town: Town) -> None:
    mail(town, "One")
    pages = list(town.client(page_id="").poll({}))
    assert not [comment for comment in seen(pages).values() if comment.kind == Kind.MESSAGE]


# Mentions


def test_a_mention_of_which_only_ids_are_known_is_read_whole(town: Town, client: Instagram) -> None:
    media = mention(town, f"@{town.handle} look")
    comment = mention(town, f"ask @{town.handle}", post=media, author=BEN)
    found = client.look(Ref(comment, post_remote_id=media, kind=Kind.MENTION))
    assert (found.text, found.kind, found.post_remote_id) == (f"ask @{town.handle}", Kind.MENTION, media)
    assert found.author is not None
    assert found.author.handle == "ben.example"
    found = client.look(Ref(media, kind=Kind.MENTION))
    assert (found.text, found.kind, found.remote_id) == (f"@{town.handle} look", Kind.MENTION, media)


def test_a_media_that_only_tags_us_is_found_among_the_tagged(town: Town, client: Instagram) -> None:
    media = mention(town, "look at them")
    assert client.look(Ref(media, kind=Kind.MENTION)).text == "look at them"


@pytest.mark.parametrize("named", ["17800000000000001", "1){id},name", ""])
def test_a_mention_that_is_not_there_is_gone(named: str, client: Instagram) -> None:
    with pytest.raises(Gone):
        client.look(Ref(named, kind=Kind.MENTION))
    with pytest.raises(Gone):
        client.look(Ref(named, post_remote_id="17800000000000002", kind=Kind.MENTION))


@pytest.mark.parametrize("where", ["media", "comment"])
def test_an_answer_to_a_mention_stands_there_and_is_found(where: str, town: Town, client: Instagram) -> None:
    media = mention(town, f"@{town.handle} look")
    ref = Ref(media, kind=Kind.MENTION)
    if where == "comment":
        ref = Ref(mention(town, f"ask @{town.handle}", post=media), post_remote_id=media, kind=Kind.MENTION)
    sent = client.reply(ref, "Thank you for telling us")
    truth = town.truth(sent.remote_id)
    assert (truth["text"], truth["post"], truth["ours"]) == ("Thank you for telling us", media, True)
    found = client.own_reply(ref, "Thank you for telling us", since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert client.own_reply(ref, "Something else", since=just_now()) is None


def test_whether_we_answered_is_not_known_where_nothing_is_shown(town: Town, client: Instagram) -> None:
    media = mention(town, f"@{town.handle} look")
    ref = Ref(mention(town, f"ask @{town.handle}", post=media), post_remote_id=media, kind=Kind.MENTION)
    with pytest.raises(NotPossible, match="officer looks"):
        client.own_reply(ref, "Thank you", since=just_now())


def test_where_we_are_only_tagged_an_officer_answers(town: Town, client: Instagram) -> None:
    with pytest.raises(NotPossible, match="named with @"):
        client.reply(Ref(mention(town, "look at them"), kind=Kind.MENTION), "Thank you")


def test_what_stands_under_anothers_post_can_be_neither_hidden_nor_deleted(town: Town, client: Instagram) -> None:
    ref = Ref(mention(town, f"@{town.handle} look"), kind=Kind.MENTION)
    before = len(town.calls())
    for act in (client.hide, client.unhide, client.delete, client.delete_own, lambda ref: client.message(ref, "Hi")):
        with pytest.raises(NotPossible, match="under a post of ours"):
            act(ref)
    assert len(town.calls()) == before


# Private messages


def test_a_message_is_answered_within_a_day_and_not_later(town: Town, client: Instagram) -> None:
    young, old = mail(town, "Hello"), mail(town, "Hello", author=BEN, created_at=days_ago(1.1))
    sent = client.reply(Ref(young, author_remote_id=ANN["id"], kind=Kind.MESSAGE), "How can we help?")
    assert town.truth(sent.remote_id)["text"] == "How can we help?"
    with pytest.raises(NotPossible, match="24 hours"):
        client.reply(Ref(old, author_remote_id=BEN["id"], kind=Kind.MESSAGE), "How can we help?")


def test_a_private_answer_to_a_comment_is_sent_once_within_seven_days(town: Town, client: Instagram) -> None:
    comment, old = town.say(), town.say("Old", created_at=days_ago(7.1))
    sent = client.message(town.ref(comment, author_remote_id=ANN["id"]), "Please write to us")
    assert town.truth(sent.remote_id)["parent"] == comment
    found = client.own_message(town.ref(comment), "Please write to us", since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    with pytest.raises(NotPossible, match="once"):
        client.message(town.ref(comment), "Please write to us")
    with pytest.raises(NotPossible, match="seven days"):
        client.message(town.ref(old), "Please write to us")
    assert len([one for one in of_now(town)["comments"].values() if one["kind"] == "message"]) == 1


def test_a_private_answer_that_is_too_long_is_not_sent(town: Town, client: Instagram) -> None:
    comment = town.say()
    with pytest.raises(PlatformError, match="1000 bytes") as refused:
        client.message(town.ref(comment), "é" * 501)
    assert refused.value.permanent
    assert not town.calls("message")
    client.message(town.ref(comment), "é" * 500)


def test_no_private_answer_is_found_before_one_was_sent(town: Town, client: Instagram) -> None:
    comment = town.say()
    assert client.own_message(town.ref(comment), "Hi", since=just_now()) is None
    mail(town, "Hi")
    assert client.own_message(town.ref(comment), "Hi", since=just_now()) is None


@pytest.mark.parametrize("fault", ["applied_then_timeout", "cut", "truncated", "500"])
def test_a_private_answer_without_an_answer_is_in_doubt_and_then_looked_for(
    fault: str, town: Town, client: Instagram
) -> None:
    comment = town.say()
    town.fault("message", fault, seconds=0)
    since = just_now()
    with pytest.raises(Uncertain):
        client.message(town.ref(comment), "Please write to us")
    found = client.own_message(town.ref(comment), "Please write to us", since=since)
    sent = [one for one in of_now(town)["comments"].values() if one["kind"] == "message"]
    assert bool(found) == bool(sent)
    assert len(sent) == (1 if fault in ("applied_then_timeout", "truncated") else 0)


def test_a_message_is_looked_at_and_is_gone_once_it_was_taken_back(town: Town, client: Instagram) -> None:
    kept, taken_back = mail(town, "One"), mail(town, "Two")
    ref = Ref(taken_back, author_remote_id=ANN["id"], kind=Kind.MESSAGE)
    assert client.look(ref).text == "Two"
    town.delete(taken_back)
    with pytest.raises(Gone):
        client.look(ref)
    assert client.look(Ref(kept, author_remote_id=ANN["id"], kind=Kind.MESSAGE)).text == "One"


def test_a_message_older_than_what_is_shown_is_not_called_gone(town: Town, client: Instagram) -> None:
    first = mail(town, "first", created_at=days_ago(2))
    for number in range(20):
        mail(town, f"{number}")
    with pytest.raises(NotPossible, match="20 newest"):
        client.look(Ref(first, author_remote_id=ANN["id"], kind=Kind.MESSAGE))


def test_a_message_is_not_called_gone_where_no_conversation_is_shown(client: Instagram) -> None:
    with pytest.raises(NotPossible, match="newest messages"):
        client.look(Ref("m1", author_remote_id="9009", kind=Kind.MESSAGE))


def test_a_webhook_of_a_message_that_was_taken_back_says_that_it_is_gone() -> None:
    told = {"sender": {"id": "5"}, "recipient": {"id": "77"}, "timestamp": 1767323045000}
    for message, sight in (({"mid": "m1", "is_deleted": True}, Sight.GONE), ({"mid": "m1"}, Sight.UNKNOWN)):
        (found,) = read(
            {"object": "instagram", "entry": [{"id": "77", "messaging": [told | {"message": message}]}]}
        ).comments
        assert (found.remote_id, found.kind, found.sight) == ("m1", Kind.MESSAGE, sight)


# Comments of our own, and what is taken away


def test_a_comment_of_our_own_stands_under_the_post_and_is_found_and_deleted(town: Town, client: Instagram) -> None:
    assert client.own_comment(town.post, "The road is open again", since=just_now()) is None
    sent = client.comment(town.post, "The road is open again")
    assert town.truth(sent.remote_id)["parent"] is None
    found = client.own_comment(town.post, "The road is open again", since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    client.delete_own(town.ref(sent.remote_id))
    assert town.truth(sent.remote_id)["deleted"]
    assert client.own_comment(town.post, "The road is open again", since=just_now()) is None


def test_our_reply_is_not_taken_for_a_comment_of_ours(town: Town, client: Instagram) -> None:
    client.reply(town.ref(town.say()), "Thank you")
    assert client.own_comment(town.post, "Thank you", since=just_now()) is None


def test_anothers_comment_is_deleted_with_what_is_below_and_a_second_time_it_is_gone(
    town: Town, client: Instagram
) -> None:
    comment = town.say()
    below = town.say("below", parent=comment)
    client.delete(town.ref(comment))
    assert town.truth(comment)["deleted"]
    assert town.truth(below)["deleted"]
    with pytest.raises(Gone):
        client.delete(town.ref(comment))


def test_a_comment_can_not_be_changed(town: Town, client: Instagram) -> None:
    sent = client.comment(town.post, "Teh road is open")
    with pytest.raises(NotPossible, match="no application change a comment"):
        client.edit_own(town.ref(sent.remote_id), "The road is open")


# Bans


def test_who_has_a_conversation_with_us_is_blocked_and_unblocked(town: Town, client: Instagram) -> None:
    comment = town.say()
    mail(town, "Hello")
    client.ban(town.ref(comment, author_remote_id=ANN["id"]))
    assert of_now(town)["bans"][town.account] == [ANN["id"]]
    client.ban(town.ref(comment))  # of a comment whose author is not known here
    client.unban(town.ref(comment, author_remote_id=ANN["id"]))
    assert of_now(town)["bans"][town.account] == []


def test_who_has_no_conversation_with_us_is_blocked_by_hand(town: Town, client: Instagram) -> None:
    ref = town.ref(town.say(), author_remote_id=ANN["id"])
    for act in (client.ban, client.unban):
        with pytest.raises(NotPossible, match="there is none: an officer does it by hand"):
            act(ref)
    assert not town.calls("ban")
    assert of_now(town)["bans"][town.account] == []


def test_whom_instagram_does_not_name_is_blocked_by_hand(town: Town, client: Instagram) -> None:
    with pytest.raises(NotPossible, match="officer"):
        client.ban(town.ref(town.say(author=None)))
    with pytest.raises(NotPossible, match="Page"):
        town.client(page_id="").ban(town.ref(town.say(), author_remote_id=ANN["id"]))


def test_nobody_lists_whom_we_blocked(client: Instagram) -> None:
    with pytest.raises(NotPossible, match="whom an account has blocked"):
        client.bans()


# Authors and the account itself


def test_the_avatar_is_told_of_professional_accounts_alone(town: Town, client: Instagram) -> None:
    shop = {"id": "9003", "name": "The Shop", "handle": "the.shop", "professional": True}
    author = client.author(town.ref(town.say(author=shop)))
    assert (author.handle, author.name) == ("the.shop", "The Shop")
    assert author.avatar_url.startswith("http://127.0.0.1")
    author = client.author(town.ref(town.say()))
    assert (author.remote_id, author.handle, author.avatar_url) == (ANN["id"], "ann", "")


def test_the_account_says_what_it_counts_and_how_it_presents_itself(settle: Settle) -> None:
    town = settle("instagram", followers=1234, biography="Comment policy below", website="https://city.example/terms")
    counts = town.client().counts()
    assert (counts.followers, counts.posts) == (1234, 1)
    assert town.client().presented() == "Comment policy below\nhttps://city.example/terms"


def test_a_subscription_is_made_by_the_page_and_told_with_its_caveat(town: Town) -> None:
    town.control("PUT", "/apps/instagram", {"client_id": "1", "client_secret": "s"})
    client = town.client(client_id="1")
    assert not client.subscription().active
    made = client.subscribe("")
    assert made.active
    assert "Advanced Access" in made.says
    assert client.subscription() == made
    with pytest.raises(NotPossible, match="Page"):
        town.client(page_id="").subscription()


# Bodies


def read(body: Any, call: str = "") -> Page:
    return client_for("instagram", Credentials("77")).read(json.dumps(body).encode(), call=call)


def test_a_body_of_messages_is_read_by_its_shape_alone() -> None:
    people = {"from": {"id": "5", "username": "ann"}, "to": {"data": [{"id": "77"}]}}
    photo = {"data": [{"id": "1", "mime_type": "image/jpeg", "image_data": {"url": "https://cdn.example/a.jpg"}}]}
    body = {"data": [{"id": "m1", "message": "Hi", "created_time": "2026-01-02T03:04:05+0000", **people}]}
    body["data"].append({"id": "m2", "message": "", "attachments": photo, "from": {"id": "77"}, "to": people["to"]})
    first, second = read(body).comments
    assert (first.kind, first.text, first.ours) == (Kind.MESSAGE, "Hi", False)
    assert first.posted_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (second.ours, second.attachments[0].url) == (True, "https://cdn.example/a.jpg")


@pytest.mark.parametrize(
    "item", [{"message": "no id"}, {"id": {}, "message": "x"}, {"id": "5", "message": 7}, 5, None, "x", []]
)
@pytest.mark.parametrize("call", ["list_messages", "list_tags"])
def test_a_broken_item_costs_only_itself_and_leaves_its_bytes(item: Any, call: str) -> None:
    good = (
        {"id": "1", "message": "Hi", "from": {"id": "5"}} if call == "list_messages" else {"id": "1", "caption": "Hi"}
    )
    if call == "list_tags" and isinstance(item, dict) and "message" in item:
        item = {"caption": 7, "id": "5"}
    page = read({"data": [item, good]}, call)
    assert [comment.text for comment in page.comments] == ["Hi"]
    assert len(page.bad) == 1
    assert page.bad[0].raw


def test_the_address_of_a_tagged_picture_is_an_address_or_nothing() -> None:
    tagged = {"id": "1", "caption": "Hi", "media_type": "IMAGE", "media_url": "javascript:alert(1)"}
    (found,) = read({"data": [tagged]}, "list_tags").comments
    assert found.attachments == ()
    assert found.sight == Sight.UNKNOWN


def test_a_full_hour_of_private_answers_asks_for_a_pause(town: Town, client: Instagram) -> None:
    order = {"handle": town.handle, **town.secrets, "rate_limit": {"private_reply": 1}}
    town.control("PUT", f"/accounts/instagram/{town.account}", order)
    first, second = town.say(), town.say("Other", author=BEN)
    client.message(town.ref(first), "Hi")
    with pytest.raises(RateLimited) as refused:
        client.message(town.ref(second), "Hi")
    assert refused.value.call == "message", "the rest of the account goes on"
