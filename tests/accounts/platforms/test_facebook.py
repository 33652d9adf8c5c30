"""A Facebook Page on its stand-in: what is said beside its posts, private messages, bans, what it says and presents."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.platforms.capabilities import Act, capability
from accounts.platforms.contract import (
    Credentials,
    Gone,
    Kind,
    NotPossible,
    Page,
    PlatformError,
    Ref,
    RemoteComment,
    Sight,
    Uncertain,
)
from accounts.platforms.facebook import Facebook
from accounts.platforms.facebook_beside import EVERY
from tests.accounts.platforms.conftest import ANN, Town
from tests.accounts.platforms.test_facebook_login import connected

pytestmark = pytest.mark.sop("1.FB")
Settle = Callable[..., Town]
BEN = {"id": "9002", "name": "Ben"}
ABOUT = {"about": "The town's police", "description": "Terms below", "website": "https://city.example/terms"}


@pytest.fixture
def town(settle: Settle) -> Town:
    made = settle("facebook", followers=1234, **ABOUT)
    made.control("PUT", "/apps/facebook", {"client_id": "270", "client_secret": "proof me"})
    made.secrets["client_id"] = "270"
    return made


@pytest.fixture
def client(town: Town) -> Facebook:
    made = town.client()
    assert isinstance(made, Facebook)
    return made


def ago(**time: float) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat()


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


def visit(town: Town, text: str, **more: Any) -> str:
    return town.say(text, **{"kind": "visitor_post", "post": None, **more})


def tag(town: Town, text: str, **more: Any) -> str:
    return town.say(text, **{"kind": "mention", "post": None, **more})


def mail(town: Town, text: str, **more: Any) -> str:
    return town.say(text, **{"kind": "message", "post": None, **more})


def seen(pages: list[Page]) -> dict[str, RemoteComment]:
    return {comment.remote_id: comment for page in pages for comment in page.comments}


def later(town: Town, seconds: float = EVERY + 1) -> None:
    """As though so much time had passed since the last look beside the posts."""
    town.memory["beside"]["asked"] -= seconds


def told(town: Town) -> Any:
    return town.control("GET", "/truth/facebook")["facebook"]


# --- what comes in -------------------------------------------------------------------------------------------------


def test_the_table_has_a_cell_for_every_act() -> None:
    for act in Act:
        cell = capability("facebook", act)
        assert cell.steps, act
        assert cell.site.startswith("https://"), act


def test_a_poll_finds_what_is_said_beside_the_posts(town: Town) -> None:
    visited, tagged, mailed = visit(town, "On your wall"), tag(town, "Look, police"), mail(town, "In private")
    found = seen(town.poll())
    assert {name: found[name].kind for name in (visited, tagged, mailed)} == {
        visited: Kind.VISITOR_POST,
        tagged: Kind.MENTION,
        mailed: Kind.MESSAGE,
    }
    assert [found[name].text for name in (visited, tagged, mailed)] == ["On your wall", "Look, police", "In private"]
    assert all(found[name].author and not found[name].ours for name in (visited, tagged, mailed))


def test_a_visitor_whose_name_is_kept_back_is_still_a_visitor(town: Town) -> None:
    visited = visit(town, "Who am I", author=None)
    found = seen(town.poll())[visited]
    assert (found.kind, found.author) == (Kind.VISITOR_POST, None)


def test_comments_under_a_visitors_post_are_read_as_under_ours(town: Town) -> None:
    visited = visit(town, "On your wall")
    comment = town.say("And I agree", post=visited)
    assert seen(town.poll())[comment].post_remote_id == visited
    second = town.say("Me too", post=visited, author=BEN)
    later(town)
    assert second in seen(town.poll())


def test_the_visitors_post_that_a_comment_stands_under_is_read(town: Town, client: Facebook) -> None:
    visited = visit(town, "On your wall")
    town.say("And I agree", post=visited)
    post = client.post(visited)
    assert (post.remote_id, post.text, post.comments) == (visited, "On your wall", 1)
    town.delete(visited)
    with pytest.raises(Gone):
        client.post(visited)


def test_all_that_is_beside_the_posts_costs_one_call_when_nothing_changed(town: Town) -> None:
    visit(town, "One")
    mail(town, "Two")
    town.poll()
    before = len(town.calls())
    town.poll()
    assert [one["call"] for one in town.calls()[before:]] == ["list_posts"]
    later(town)
    town.poll()
    assert [one["call"] for one in town.calls()[before + 1 :]] == ["list_posts", "get_account"]


def test_only_the_conversation_that_changed_is_read_again(town: Town) -> None:
    mail(town, "First")
    mail(town, "From Ben", author=BEN)
    town.poll()
    before = len(town.calls("list_messages"))
    second = mail(town, "Second", created_at=(datetime.now(UTC) + timedelta(seconds=2)).isoformat())
    later(town)
    assert second in seen(town.poll())
    assert len(town.calls("list_messages")) == before + 1


def test_more_than_one_answer_of_visits_and_conversations_is_all_found(town: Town) -> None:
    visits = {visit(town, f"visit {n}", created_at=ago(minutes=n)) for n in range(60)}
    mails = {mail(town, f"mail {n}", author={"id": f"77{n}", "name": "N"}) for n in range(60)}
    found = set(seen(town.poll()))
    while town.memory["beside"].get("behind"):
        found |= set(seen(town.poll()))
    assert visits | mails <= found


def test_a_list_that_is_refused_costs_only_itself_and_is_not_asked_for_again_that_day(town: Town) -> None:
    town.secrets["access_token"] = connected(town, "https://unit.example/back", without={"pages_messaging"})
    visited = visit(town, "On your wall")
    mail(town, "In private")
    found = seen(town.poll())
    assert visited in found
    assert Kind.MESSAGE not in {comment.kind for comment in found.values()}
    assert set(town.memory["beside"]["refused"]) == {"conversations"}


def test_an_edit_and_a_deletion_of_a_visitors_post_are_seen(town: Town) -> None:
    visited = visit(town, "Before")
    town.poll()
    town.edit(visited, "After")
    later(town)
    assert seen(town.poll())[visited].text == "After"
    ref = Ref(visited, kind=Kind.VISITOR_POST)
    assert town.client().look(ref).text == "After"
    town.delete(visited)
    with pytest.raises(Gone):
        town.client().look(ref)


# --- private messages ----------------------------------------------------------------------------------------------


def test_a_private_message_goes_to_the_author_of_a_comment_once(town: Town, client: Facebook) -> None:
    ref = town.ref(town.say(), author_remote_id=ANN["id"])
    sent = client.message(ref, "May we call you?")
    assert told(town)["comments"][sent.remote_id]["kind"] == "message"
    found = client.own_message(ref, "May we call you?", since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert client.own_message(ref, "Something else", since=just_now()) is None
    with pytest.raises(NotPossible, match="once") as refused:
        client.message(ref, "And again")
    assert refused.value.code == "10900"


def test_what_was_sent_before_by_the_same_text_counts_as_sent(town: Town, client: Facebook) -> None:
    ref = town.ref(town.say())
    town.fault("message", "500")
    with pytest.raises(Uncertain):
        client.message(ref, "May we call you?")
    first = client.message(ref, "May we call you?")
    assert client.message(ref, "May we call you?").remote_id == first.remote_id


def test_a_lost_answer_to_a_message_is_found_by_reading_back(town: Town, client: Facebook) -> None:
    ref = town.ref(town.say())
    town.fault("message", "applied_then_timeout", seconds=0)
    with pytest.raises(Uncertain):
        client.message(ref, "May we call you?")
    assert len([one for one in told(town)["comments"].values() if one["kind"] == "message"]) == 1
    assert client.own_message(ref, "May we call you?", since=just_now()) is not None


@pytest.mark.parametrize(
    ("comment", "account", "sentence"),
    [
        ({"created_at": ago(days=7, minutes=1)}, {}, "older than seven days"),
        ({"author": {**ANN, "takes_messages": False}}, {}, "takes no messages"),
        ({}, {"messages": False}, "messages turned off"),
    ],
)
def test_a_message_that_facebook_does_not_take_is_refused_with_the_reason(
    comment: Any, account: Any, sentence: str, settle: Settle
) -> None:
    town = settle("facebook", **account)
    named = town.say(**comment)
    with pytest.raises(NotPossible, match=sentence):
        town.client().message(town.ref(named), "May we call you?")


def test_a_comment_of_six_days_may_still_be_answered_in_private(town: Town, client: Facebook) -> None:
    assert client.message(town.ref(town.say(created_at=ago(days=6, hours=23))), "Yes").remote_id


def test_a_private_message_because_of_a_visitors_post(town: Town, client: Facebook) -> None:
    ref = Ref(visit(town, "On your wall"), kind=Kind.VISITOR_POST)
    assert client.message(ref, "Thank you").remote_id


def test_a_message_is_answered_within_a_day_and_not_after(town: Town, client: Facebook) -> None:
    ref = Ref(mail(town, "Hello"), kind=Kind.MESSAGE, author_remote_id=ANN["id"])
    sent = client.reply(ref, "Good day")
    found = client.own_reply(ref, "Good day", since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert client.look(ref).text == "Hello"
    old = Ref(
        mail(town, "Old", author=BEN, created_at=ago(hours=25)), kind=Kind.MESSAGE, author_remote_id=str(BEN["id"])
    )
    with pytest.raises(NotPossible, match="24 hours"):
        client.reply(old, "Too late")


def test_our_own_message_comes_back_as_ours(town: Town, client: Facebook) -> None:
    ref = Ref(mail(town, "Hello", created_at=ago(minutes=1)), kind=Kind.MESSAGE, author_remote_id=ANN["id"])
    sent = client.reply(ref, "Good day")
    assert seen(town.poll())[sent.remote_id].ours


@pytest.mark.parametrize("act", ["hide", "unhide", "delete", "delete_own"])
def test_a_private_message_is_neither_hidden_nor_deleted(act: str, town: Town, client: Facebook) -> None:
    ref = Ref(mail(town, "Hello"), kind=Kind.MESSAGE, author_remote_id=ANN["id"])
    with pytest.raises(NotPossible):
        getattr(client, act)(ref)


def test_a_message_that_is_too_long_is_not_sent(town: Town, client: Facebook) -> None:
    with pytest.raises(PlatformError, match="2000"):
        client.message(town.ref(town.say()), "x" * 2001)
    assert not town.calls("message")


# --- what we say ourselves -----------------------------------------------------------------------------------------


def test_a_comment_of_our_own_stands_under_the_post_and_is_found(town: Town, client: Facebook) -> None:
    sent = client.comment(town.post, "The road is open again")
    assert (town.truth(sent.remote_id)["post"], town.truth(sent.remote_id)["parent"]) == (town.post, None)
    found = client.own_comment(town.post, "The road is open again", since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    client.reply(town.ref(town.say()), "Only a reply")
    assert client.own_comment(town.post, "Only a reply", since=just_now()) is None


def test_a_visitors_post_is_answered_by_a_comment_under_it(town: Town, client: Facebook) -> None:
    visited = visit(town, "On your wall")
    ref = Ref(visited, kind=Kind.VISITOR_POST)
    sent = client.reply(ref, "Thank you")
    assert town.truth(sent.remote_id)["post"] == visited
    assert client.own_reply(ref, "Thank you", since=just_now()) is not None


def test_our_own_comment_is_changed_and_taken_away_and_nobody_elses_changed(town: Town, client: Facebook) -> None:
    own, theirs = client.comment(town.post, "Teh road"), town.say()
    client.edit_own(town.ref(own.remote_id), "The road")
    assert town.truth(own.remote_id)["text"] == "The road"
    with pytest.raises(NotPossible):
        client.edit_own(town.ref(theirs), "Put in his mouth")
    assert town.truth(theirs)["text"] == "Thank you"
    client.delete_own(town.ref(own.remote_id))
    assert town.truth(own.remote_id)["deleted"]
    with pytest.raises(Gone):
        client.delete_own(town.ref(own.remote_id))


# --- what others say -----------------------------------------------------------------------------------------------


def test_a_deleted_comment_goes_with_the_answers_to_it(town: Town, client: Facebook) -> None:
    comment = town.say()
    answer = town.say("An answer", parent=comment, author=BEN)
    client.delete(town.ref(comment))
    assert town.truth(comment)["deleted"]
    assert town.truth(answer)["deleted"]
    with pytest.raises(Gone):
        client.look(town.ref(comment))


def test_a_visitors_post_is_hidden_shown_and_deleted(town: Town, client: Facebook) -> None:
    ref = Ref(visit(town, "On your wall"), kind=Kind.VISITOR_POST)
    client.hide(ref)
    assert client.look(ref).sight == Sight.HIDDEN
    client.unhide(ref)
    assert client.look(ref).sight == Sight.VISIBLE
    client.delete(ref)
    with pytest.raises(Gone):
        client.look(ref)


def test_who_is_banned_says_nothing_more_until_he_is_let_in_again(town: Town, client: Facebook) -> None:
    ref = town.ref(town.say(), author_remote_id=ANN["id"])
    client.ban(ref)
    assert told(town)["bans"][town.account] == [ANN["id"]]
    assert town.say("Again") == ""
    assert [(one.remote_id, one.name) for one in client.bans()] == [(ANN["id"], ANN["name"])]
    client.unban(ref)
    assert town.say("Again")
    assert list(client.bans()) == []
    client.unban(ref)


def test_the_list_of_bans_is_read_to_its_end(town: Town, client: Facebook) -> None:
    for number in range(130):
        person = {"id": f"88{number}", "name": f"Person {number}"}
        client.ban(town.ref(town.say(author=person), author_remote_id=person["id"]))
    assert len({one.remote_id for one in client.bans()}) == 130


def test_nobody_is_banned_of_whom_facebook_does_not_tell(town: Town, client: Facebook) -> None:
    with pytest.raises(NotPossible, match="who wrote"):
        client.ban(town.ref(town.say(author=None)))
    with pytest.raises(PlatformError, match="did not do it"):
        client.ban(town.ref("1_1", author_remote_id="404404"))


@pytest.mark.parametrize("act", ["delete", "ban", "edit_own", "comment", "message"])
@pytest.mark.parametrize("fault", ["applied_then_timeout", "500", "garbage"])
def test_a_write_without_an_answer_is_in_doubt_and_sent_once(
    act: str, fault: str, town: Town, client: Facebook
) -> None:
    own = client.comment(town.post, "Ours").remote_id
    ref = town.ref(own if act == "edit_own" else town.say(), author_remote_id=ANN["id"])
    call = {"delete": "delete_comment", "edit_own": "edit_comment", "comment": "reply"}.get(act, act)
    before = len(town.calls(call))
    town.fault(call, fault, seconds=0)
    acts = {
        "comment": lambda: client.comment(town.post, "Second"),
        "message": lambda: client.message(ref, "Hello"),
        "edit_own": lambda: client.edit_own(ref, "Changed"),
    }
    with pytest.raises(Uncertain):
        acts.get(act, lambda: getattr(client, act)(ref))()
    assert len(town.calls(call)) == before + 1


# --- the Page itself -----------------------------------------------------------------------------------------------


def test_the_followers_and_posts_are_counted(town: Town, client: Facebook) -> None:
    town.say_as_us("Second post")
    visit(town, "No post of ours")
    counts = client.counts()
    assert (counts.followers, counts.posts) == (1234, 2)


def test_what_the_page_says_of_itself_is_read_line_by_line(client: Facebook) -> None:
    assert client.presented() == "The town's police\nTerms below\nhttps://city.example/terms"


def test_the_token_is_asked_about(town: Town, client: Facebook) -> None:
    facts = client.token_facts()
    assert facts.valid
    assert facts.remote_id == town.account
    assert facts.expires_at is not None
    assert timedelta(days=88) < facts.expires_at - datetime.now(UTC) < timedelta(days=91)
    dead = town.client(access_token="never given")
    assert not dead.token_facts().valid


def test_a_page_tells_us_of_what_it_is_asked_besides_what_it_told_before(town: Town, client: Facebook) -> None:
    assert not client.subscription().active
    client.subscribe_page(town.account, ("leadgen",))
    assert not client.subscription().active
    found = client.subscribe("")
    assert found.active
    assert set(told(town)["subscriptions"][town.account]) == {"leadgen", "feed", "mention", "messages"}


def test_the_callback_is_registered_only_after_its_handshake(town: Town, client: Facebook, settings: Any) -> None:
    settings.META_VERIFY_TOKEN = "the agreed word"
    with pytest.raises(PlatformError):
        client.subscribe(f"{town.address}/nobody-shakes-hands-here")
    assert not client.subscription().active


# --- bodies that should not be -------------------------------------------------------------------------------------

HOSTILE: list[Any] = [
    {"id": "1_2", "created_time": 5, "message": "no from"},
    {"id": "1_3", "from": "a text", "message": "from is no object"},
    {"id": "1_4", "from": {"id": "5", "name": "N\u0000UL"}, "message": "nul \u0000 and \u202ertl"},
    {"id": ["no id"], "message": "an id that is a list"},
    {"message": {"not": "a text"}, "id": "1_5"},
    7,
    None,
]


@pytest.mark.parametrize("edge", ["visitor_posts", "tagged"])
def test_bad_items_beside_the_posts_cost_only_themselves(edge: str, answering: Any) -> None:
    good = {"id": "9_9", "from": {"id": "9001", "name": "Ann"}, "message": "Good", "created_time": ago(minutes=1)}
    body = {edge: {"data": [*HOSTILE, good]}, "id": "1"}
    answering(lambda request: (200, {}, body if "visitor_posts" in str(request.url) else {"data": []}))
    pages = list(hostile_client().poll({}))
    found = seen(pages)
    kind = Kind.VISITOR_POST if edge == "visitor_posts" else Kind.MENTION
    assert {found[name].kind for name in ("1_2", "1_4", "9_9")} == {kind}
    assert found["1_4"].text == "nul \ufffd and \u202ertl"
    assert sum(len(page.bad) for page in pages) == 5


def test_bad_messages_cost_only_themselves(answering: Any) -> None:
    threads = {"conversations": {"data": [{"id": "t_1", "updated_time": "yesterday"}, 5, {"id": 7}]}, "id": "1"}
    sound = {"id": "m_1", "from": {"id": "9001"}, "to": {"data": []}, "message": "Good", "created_time": ago(minutes=1)}

    def answer(request: Any) -> Any:
        path = request.url.path
        if path.endswith("/messages"):
            return 200, {}, {"data": [*HOSTILE, sound]}
        return 200, {}, {"data": []} if path.endswith("published_posts") else threads

    answering(answer)
    pages = list(hostile_client().poll({}))
    found = seen(pages)
    assert found["m_1"].kind == Kind.MESSAGE
    assert found["1_4"].text == "nul \ufffd and \u202ertl"


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"visitor_posts": 5, "id": "1"}', b'{"conversations": [1], "id": "1"}']
)
def test_an_answer_beside_the_posts_that_is_none_does_not_break_the_poll(body: bytes, answering: Any) -> None:
    answering(lambda request: (200, {}, {"data": []} if "published_posts" in request.url.path else body))
    memory: dict[str, Any] = {}
    pages: list[Page] = []
    with suppress(PlatformError):
        pages += hostile_client().poll(memory)
    assert not seen(pages)


def hostile_client() -> Facebook:
    return Facebook(Credentials("1", access_token="t"))
