"""Bodies that no recording shows: hostile texts, wrong types, absurd times, both spellings, webhooks in every shape."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.platforms import client_for
from accounts.platforms.client import Client
from accounts.platforms.contract import Credentials, Kind, Page, RemoteComment, Sight, Unreadable

PLATFORMS = ("facebook", "instagram", "x", "youtube")
AT = datetime(2026, 7, 21, 21, 5, 14, tzinfo=UTC)


def client(platform: str, own: str = "77") -> Client:
    return client_for(platform, Credentials(remote_id=own, handle="town"))


def read(platform: str, body: Any, call: str = "", own: str = "77") -> Page:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client(platform, own).read(raw, call=call)


def comment(platform: str, **fields: Any) -> dict[str, Any]:
    """A comment in the platform's words, as its list shows it."""
    name, text, at = fields.pop("id", "5"), fields.pop("text", "Hello"), fields.pop("at", "2026-07-21T21:05:14+0000")
    if platform == "facebook":
        made = {"id": name, "message": text, "created_time": at, "from": {"id": "9", "name": "Ann"}, "can_hide": True}
    elif platform == "instagram":
        made = {"id": name, "text": text, "timestamp": at, "from": {"id": "9", "username": "Ann"}}
    elif platform == "x":
        made = {"id": name, "text": text, "created_at": at, "author_id": "9", "conversation_id": name}
    else:
        snippet = {
            "textDisplay": text,
            "publishedAt": at,
            "authorChannelId": {"value": "9"},
            "authorDisplayName": "Ann",
        }
        made = {"kind": "youtube#comment", "id": name, "snippet": snippet | fields}
        fields = {}
    return made | fields


def listed(platform: str, *comments: Any) -> dict[str, Any]:
    return {"items" if platform == "youtube" else "data": list(comments)}


def only(page: Page) -> RemoteComment:
    (found,) = page.comments
    return found


# Any body


@pytest.mark.parametrize("platform", PLATFORMS)
@settings(deadline=None)
@given(body=st.binary(max_size=300))
def test_any_bytes_are_read_or_said_to_be_unreadable(platform: str, body: bytes) -> None:
    try:
        page = client(platform).read(body)
    except Unreadable as error:
        page = error.page
        assert page.body == body
        assert page.bad
    assert page.digest == hashlib.sha256(body).digest()
    assert page.size == len(body)


NAMES = """
id data items entry changes value field message text from name username created_time timestamp parent parent_id
comments replies media snippet topLevelComment textDisplay authorChannelId payload event_type includes users
conversation_id referenced_tweets in_reply_to_user_id item verb comment_id post_id messaging sender mid errors
direct_message_events message_create attachments attachment permalink_url kind paging summary
"""
KEYS = st.sampled_from(NAMES.split())
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["comment", "feed", "add"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("call", ["", "list_comments", "list_posts", "get_comment"])
@settings(deadline=None)
@given(body=ODD)
def test_any_json_with_a_platforms_own_names_is_read(platform: str, call: str, body: Any) -> None:
    try:
        page = read(platform, body, call)
    except Unreadable as error:
        page = error.page
        assert not isinstance(body, dict | list)
    assert all(each.remote_id for each in page.comments)
    assert page.comments or page.posts or page.bad or not body or isinstance(body, dict | list)
    for each in page.comments:
        each.text.encode()
        assert "\x00" not in each.text + each.remote_id


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    "body",
    [
        b"<html>Bad gateway</html>",
        b"",
        b"\x1f\x8b\x08\x00",
        b"{",
        b'{"data',
        b"nul",
        b"[1,",
        b"null",
        b"12",
        b'"hello"',
    ],
)
def test_what_is_no_answer_is_unreadable_and_kept(platform: str, body: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        client(platform).read(body)
    assert caught.value.page.body == body
    assert caught.value.page.bad[0].reason


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"error":{"message":"no"}}', b'{"id":"5"}'])
def test_a_body_that_holds_none_gives_an_empty_page(platform: str, body: bytes) -> None:
    page = client(platform).read(body)
    assert (page.comments, page.posts, page.bad, page.body) == ([], [], [], None)


# Texts and times


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("  spaces stay \n", "  spaces stay \n"),
        ("nul \x00 here", "nul \ufffd here"),
        ("lone \ud83d here", "lone \ufffd here"),
        ("\U0001f600 pair", "\U0001f600 pair"),
        ("\u202eright to left", "\u202eright to left"),
        ("e\u0301" * 1000, "e\u0301" * 1000),
        ("", ""),
        ("x" * 10_000_000, "x" * 10_000_000),
    ],
    ids=["spaces", "nul", "surrogate", "pair", "override", "marks", "empty", "ten megabytes"],
)
def test_a_text_is_told_as_sent_but_for_what_no_database_holds(platform: str, sent: str, told: str) -> None:
    raw = json.dumps(listed(platform, comment(platform, text=sent))).encode()
    found = only(client(platform).read(raw))
    assert found.text == told
    assert found.raw in raw


@pytest.mark.parametrize("platform", PLATFORMS)
def test_bytes_that_are_no_utf8_are_replaced_in_the_text_and_kept_in_the_bytes(platform: str) -> None:
    raw = json.dumps(listed(platform, comment(platform, text="XX"))).encode().replace(b"XX", b"a\xffb")
    found = only(client(platform).read(raw))
    assert found.text == "a\ufffdb"
    assert b"a\xffb" in found.raw


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("2026-07-21T21:05:14+0000", AT),
        ("2026-07-21T21:05:14Z", AT),
        ("2026-07-21T21:05:14.000Z", AT),
        ("2026-07-21T17:05:14-04:00", AT),
        (1784667914, AT),
        ("1784667914", AT),
        (1784667914000, AT),
        ("0001-01-01T00:00:00+0000", None),
        ("0001-01-01T00:00:00+2359", None),
        ("10000-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-2359", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (-1, None),
        (1e300, None),
        (10**400, None),
        (["2026"], None),
        ({}, None),
    ],
)
def test_a_time_is_told_in_utc_or_not_at_all(platform: str, sent: Any, told: datetime | None) -> None:
    assert only(read(platform, listed(platform, comment(platform, at=sent)))).posted_at == told


# Wrong types


WRONG: dict[str, list[dict[str, Any]]] = {
    "facebook": [{"text": 7}, {"text": ["a"]}, {"id": ["5"]}, {"id": 5.5}, {"from": "Ann"}, {"from": {"id": {}}}],
    "instagram": [{"text": 7}, {"id": {}}, {"from": []}, {"media": "5"}, {"parent_id": []}],
    "x": [{"text": {}}, {"id": True}, {"author_id": []}, {"conversation_id": {}}],
    "youtube": [{"text": 7}, {"id": []}, {"authorChannelId": {"value": []}}, {"videoId": {}}, {"parentId": 1.5}],
}


@pytest.mark.parametrize(("platform", "wrong"), [(name, wrong) for name, wrongs in WRONG.items() for wrong in wrongs])
def test_a_comment_of_wrong_types_is_set_aside_with_a_sentence_and_its_neighbours_stay(
    platform: str, wrong: dict[str, Any]
) -> None:
    body = listed(platform, comment(platform, id="1"), comment(platform, **wrong), comment(platform, id="3"))
    raw = json.dumps(body).encode()
    page = client(platform).read(raw)
    assert [each.remote_id for each in page.comments] == ["1", "3"]
    (kept,) = page.bad
    assert kept.reason.endswith(".")
    assert raw[kept.offset : kept.offset + len(kept.raw)] == kept.raw
    assert json.loads(kept.raw) == json.loads(json.dumps(comment(platform, **wrong)))


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("element", [None, 5, "text", True, [1]])
def test_an_element_that_is_no_object_is_set_aside(platform: str, element: Any) -> None:
    page = read(platform, listed(platform, comment(platform), element), call="list_comments")
    assert only(page).text == "Hello"
    assert len(page.bad) == 1


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_comment_without_author_or_time_is_still_a_comment(platform: str) -> None:
    bare = {
        "facebook": {"id": "5", "message": "Hi"},
        "instagram": {"id": "5", "text": "Hi"},
        "x": {"id": "5", "text": "Hi"},
    }
    body = bare.get(platform, {"id": "5", "snippet": {"textDisplay": "Hi"}})
    found = only(read(platform, listed(platform, body), call="list_comments"))
    assert (found.text, found.author, found.posted_at) == ("Hi", None, None)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_comment_without_an_id_is_named_by_its_bytes(platform: str) -> None:
    made = comment(platform)
    del made["id"]
    found = only(read(platform, listed(platform, made), call="list_comments"))
    assert found.remote_id == "sha256:" + hashlib.sha256(found.raw).hexdigest()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_neither_id_nor_text_is_set_aside_from_a_list_of_comments(platform: str) -> None:
    page = read(platform, listed(platform, {"likes": 3}, comment(platform)), call="list_comments")
    assert only(page).text == "Hello"
    assert "text" in page.bad[0].reason


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_same_comment_twice_in_a_body_is_one(platform: str) -> None:
    assert only(read(platform, listed(platform, comment(platform), comment(platform)))).text == "Hello"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_id_that_comes_with_two_texts_gives_both_in_their_order(platform: str) -> None:
    found = read(platform, listed(platform, comment(platform), comment(platform, text="later"))).comments
    assert [(each.remote_id, each.text) for each in found] == [("5", "Hello"), ("5", "later")]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_our_own_account_wrote_is_ours(platform: str) -> None:
    mine = {"facebook": {"from": {"id": "77"}}, "instagram": {"from": {"id": "77"}}, "x": {"author_id": "77"}}
    fields = mine.get(platform, {"authorChannelId": {"value": "77"}})
    if platform == "x":
        fields |= {"referenced_posts": [{"type": "replied_to", "id": "4"}]}
    assert only(read(platform, listed(platform, comment(platform, **fields)))).ours
    assert not only(read(platform, listed(platform, comment(platform)))).ours


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.test", "ftp://evil.test/a", 7])
def test_an_address_that_no_page_may_link_is_dropped(url: Any) -> None:
    found = only(read("facebook", listed("facebook", comment("facebook", permalink_url=url, attachment={"url": url}))))
    assert found.permalink == ""
    assert found.attachments == ()


# Facebook and Instagram


def feed(*values: Any, field: str = "feed") -> dict[str, Any]:
    changes = [{"field": field, "value": value} for value in values]
    return {"object": "page", "entry": [{"id": "77", "time": 1784667914, "changes": changes}]}


def event(verb: str = "add", **more: Any) -> dict[str, Any]:
    told = {
        "item": "comment",
        "verb": verb,
        "comment_id": "1_5",
        "post_id": "77_1",
        "parent_id": "77_1",
        "message": "Hi",
    }
    return told | {"from": {"id": "9", "name": "Ann"}, "created_time": 1784667914} | more


def test_a_webhook_with_several_entries_and_changes_gives_every_comment() -> None:
    body = feed(event(comment_id="1_1"), event(comment_id="1_2"))
    body["entry"] += feed(event(comment_id="1_3", parent_id="1_1"))["entry"]
    found = read("facebook", body).comments
    assert [(each.remote_id, each.kind, each.parent_remote_id) for each in found] == [
        ("1_1", Kind.COMMENT, ""),
        ("1_2", Kind.COMMENT, ""),
        ("1_3", Kind.REPLY, "1_1"),
    ]


def test_a_comment_added_and_removed_in_one_webhook_is_told_before_it_is_gone() -> None:
    added, removed = read("facebook", feed(event(), event("remove", message=None))).comments
    assert (added.sight, added.text, added.remote_id) == (Sight.UNKNOWN, "Hi", removed.remote_id)
    assert (removed.sight, removed.text) == (Sight.GONE, "")


def test_of_two_sights_in_one_body_the_last_one_is_told() -> None:
    first, second = read("facebook", feed(event("hide"), event("unhide", message="Hi!"))).comments
    assert (first.sight, second.sight) == (Sight.VISIBLE, Sight.VISIBLE)
    hidden, removed = read("facebook", feed(event("hide"), event("remove"))).comments
    assert (hidden.sight, removed.sight) == (Sight.UNKNOWN, Sight.GONE)


def test_a_comment_edited_in_a_webhook_bears_the_time_of_the_edit() -> None:
    found = only(read("facebook", feed(event("edited", message="Hi!"))))
    assert (found.text, found.edited_at) == ("Hi!", AT)


def test_a_broken_change_costs_only_itself() -> None:
    body = json.dumps(feed(event(comment_id="1_1"), event(comment_id="1_2"), event(comment_id="1_3"))).encode()
    page = client("facebook").read(body.replace(b'"1_2"', b'"1_2'))
    assert [each.remote_id for each in page.comments] == ["1_1", "1_3"]
    assert len(page.bad) == 1


def test_a_reaction_is_no_comment() -> None:
    assert not read("facebook", feed(event(item="reaction"), event(item="like"))).comments


def test_a_post_of_the_page_is_a_post_and_a_visitors_a_comment() -> None:
    told = {"item": "status", "verb": "add", "post_id": "77_8", "message": "Hello"}
    page = read(
        "facebook", feed(told | {"from": {"id": "77", "name": "Town"}}, told | {"post_id": "77_9", "from": {"id": "9"}})
    )
    assert [post.remote_id for post in page.posts] == ["77_8"]
    assert (only(page).remote_id, only(page).kind) == ("77_9", Kind.VISITOR_POST)


def test_a_visitors_post_in_a_list_of_posts_is_a_comment() -> None:
    told = {
        "message": "Hello",
        "created_time": "2026-07-21T21:05:14+0000",
        "permalink_url": "https://www.facebook.com/77/posts/9",
    }
    page = read(
        "facebook", {"data": [told | {"id": "77_8", "from": {"id": "77"}}, told | {"id": "77_9", "from": {"id": "9"}}]}
    )
    assert [post.remote_id for post in page.posts] == ["77_8"]
    assert only(page).kind == Kind.VISITOR_POST


def test_replies_inside_comments_inside_posts_are_found_with_their_parents() -> None:
    reply = {"id": "1_6", "message": "yes", "from": {"id": "8"}}
    inner = comment("facebook", id="1_5", comments={"data": [reply]})
    page = read("facebook", {"data": [{"id": "77_1", "message": "Post", "comments": {"data": [inner]}}]})
    assert [(each.remote_id, each.post_remote_id, each.parent_remote_id) for each in page.comments] == [
        ("1_5", "77_1", ""),
        ("1_6", "77_1", "1_5"),
    ]
    assert [post.remote_id for post in page.posts] == ["77_1"]


def test_messages_inside_a_conversation_are_found() -> None:
    messages = [{"id": "m_1", "message": "Help", "from": {"id": "9", "name": "Ann"}, "to": {"data": []}}]
    page = read("facebook", {"data": [{"id": "t_1", "message_count": 1, "messages": {"data": messages}}]})
    assert (only(page).kind, only(page).text) == (Kind.MESSAGE, "Help")


def test_an_instagram_event_is_read_with_and_without_changes() -> None:
    value = {"id": "5", "text": "Hi", "parent_id": "4", "from": {"id": "9", "username": "ann"}, "media": {"id": "1"}}
    entry = {"id": "77", "time": 1784667914}
    for body in (
        entry | {"changes": [{"field": "comments", "value": value}]},
        entry | {"field": "comments", "value": value},
    ):
        found = only(read("instagram", {"object": "instagram", "entry": [body]}))
        assert (found.kind, found.parent_remote_id, found.post_remote_id, found.posted_at) == (Kind.REPLY, "4", "1", AT)
        assert found.author is not None
        assert found.author.handle == "ann"


def test_an_instagram_mention_that_names_only_ids_is_kept_for_reading_later() -> None:
    value = {"media_id": "1", "comment_id": "5"}
    body = {
        "object": "instagram",
        "entry": [{"id": "77", "time": 1784667914, "changes": [{"field": "mentions", "value": value}]}],
    }
    found = only(read("instagram", body))
    assert (found.remote_id, found.post_remote_id, found.kind, found.text) == ("5", "1", Kind.MENTION, "")


def test_comments_expanded_inside_media_are_found() -> None:
    thread = comment("instagram", id="5", replies={"data": [{"id": "6", "text": "yes"}]})
    page = read(
        "instagram", {"data": [{"id": "1", "caption": "Us", "media_type": "IMAGE", "comments": {"data": [thread]}}]}
    )
    assert [(each.remote_id, each.post_remote_id, each.parent_remote_id) for each in page.comments] == [
        ("5", "1", ""),
        ("6", "1", "5"),
    ]


# X


@pytest.mark.parametrize("new", [True, False])
def test_both_spellings_of_x_tell_the_same(new: bool) -> None:
    names = ("referenced_posts", "edit_history_post_ids", "posts", "note_post")
    references, history, posts, note = (
        names if new else ("referenced_tweets", "edit_history_tweet_ids", "tweets", "note_tweet")
    )
    told = comment("x", id="6", conversation_id="1", at="2026-07-21T21:05:14.000Z")
    told |= {references: [{"type": "replied_to", "id": "1"}], history: ["5", "6"], note: {"text": "the whole text"}}
    body = {
        "data": [told],
        "includes": {
            "users": [{"data": {"id": "9", "name": "Ann", "username": "ann", "profile_image_url": "https://a.test/a"}}],
            posts: [{"id": "1", "text": "Our post", "author_id": "77"}, {"id": "2", "text": "else", "author_id": "8"}],
        },
    }
    page = read("x", body)
    found = only(page)
    assert (found.remote_id, found.kind, found.post_remote_id, found.parent_remote_id) == ("5", Kind.COMMENT, "1", "")
    assert (found.text, found.edited_at) == ("the whole text", AT)
    assert found.author is not None
    assert (found.author.name, found.author.handle) == ("Ann", "ann")
    assert [post.text for post in page.posts] == ["Our post"]


def test_a_repost_is_nothing_that_anybody_wrote() -> None:
    told = comment("x", referenced_tweets=[{"type": "retweeted", "id": "1"}], text="RT @town: Hello")
    assert not read("x", {"data": [told]}).comments


def test_a_post_looked_up_and_not_shown_is_gone() -> None:
    missing = {"value": "6", "parameter": "ids", "type": "https://api.x.com/2/problems/resource-not-found"}
    page = read("x", {"data": [comment("x", id="5")], "errors": [missing]}, call="get_comment")
    assert [(each.remote_id, each.sight) for each in page.comments] == [("5", Sight.UNKNOWN), ("6", Sight.GONE)]


def test_a_reply_event_names_its_parent_without_references() -> None:
    payload = comment("x", id="6", conversation_id="1") | {"in_reply_to_tweet_id": "5"}
    body = {
        "data": {"event_uuid": "1", "event_type": "post.reply.create", "filter": {"user_id": "77"}, "payload": payload}
    }
    found = only(read("x", body))
    assert (found.kind, found.post_remote_id, found.parent_remote_id) == (Kind.REPLY, "1", "5")


# YouTube


@pytest.mark.parametrize(
    ("status", "sight"),
    [("published", Sight.VISIBLE), ("heldForReview", Sight.HIDDEN), ("likelySpam", Sight.HIDDEN), ([], Sight.UNKNOWN)],
)
def test_a_moderation_status_says_what_the_public_sees(status: Any, sight: str) -> None:
    assert only(read("youtube", listed("youtube", comment("youtube", moderationStatus=status)))).sight == sight


def test_an_updated_comment_bears_the_time_of_the_edit() -> None:
    found = only(read("youtube", listed("youtube", comment("youtube", updatedAt="2026-07-22T00:00:00Z"))))
    assert found.edited_at == datetime(2026, 7, 22, tzinfo=UTC)


def test_a_thread_whose_first_comment_is_broken_keeps_its_replies() -> None:
    reply = comment("youtube", id="T.1", parentId="T")
    thread = {"kind": "youtube#commentThread", "id": "T", "snippet": {"videoId": "V", "topLevelComment": 7}}
    page = read("youtube", {"items": [thread | {"replies": {"comments": [reply]}}]})
    assert (only(page).remote_id, only(page).post_remote_id, only(page).parent_remote_id) == ("T.1", "V", "T")
    assert len(page.bad) == 1


def test_a_comment_on_a_picture_shows_it() -> None:
    found = only(read("youtube", listed("youtube", comment("youtube", imageUrl="https://a.test/abuse.png"))))
    assert found.attachments[0].url == "https://a.test/abuse.png"
