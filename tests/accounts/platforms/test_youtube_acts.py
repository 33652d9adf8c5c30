"""What YouTube lets an application do with comments, authors and the channel, on the stand-in with its truth beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accounts.platforms import client_for, youtube_api
from accounts.platforms.capabilities import Act, Way, capability
from accounts.platforms.contract import (
    Credentials,
    Draft,
    Form,
    Gone,
    NotPossible,
    PlatformError,
    RateLimited,
    Ref,
    Sight,
    Uncertain,
    Upload,
)
from accounts.platforms.youtube_login import SCOPE
from tests.accounts.platforms.conftest import ANN, Town

pytestmark = pytest.mark.sop("1.YT")
Settle = Callable[..., Town]


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


def bans(town: Town) -> Any:
    return town.control("GET", "/truth/youtube")["youtube"]["bans"][town.account]


def ours(town: Town) -> list[Any]:
    comments = town.control("GET", "/truth/youtube")["youtube"]["comments"]
    return [one for one in comments.values() if one["ours"] and not one["deleted"]]


def test_a_comment_of_our_own_stands_under_the_video_and_is_found_again(settle: Settle) -> None:
    town = settle("youtube")
    client, text = town.client(), "The road opens at noon.\nhttps://city.example/roads"
    assert client.own_comment(town.post, text, since=just_now()) is None
    sent = client.comment(town.post, text)
    assert town.truth(sent.remote_id) | {"text": text, "post": town.post, "parent": None} == town.truth(sent.remote_id)
    found = client.own_comment(town.post, text, since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert client.own_comment(town.post, text, since=datetime.now(UTC) + timedelta(hours=1)) is None
    town.say(text)  # the same words of somebody else are not ours
    assert client.own_comment(town.post, "Thank you", since=just_now()) is None


def test_a_comment_under_a_video_without_comments_is_an_officers_task(settle: Settle) -> None:
    town = settle("youtube")
    order = {"handle": town.handle, **town.secrets, "comments_disabled": [town.post]}
    town.control("PUT", f"/accounts/youtube/{town.account}", order)
    with pytest.raises(NotPossible) as caught:
        town.client().comment(town.post, "Hello")
    assert caught.value.code == "commentsDisabled"
    with pytest.raises(Gone):
        town.client().comment("none", "Hello")
    assert not ours(town)


def test_our_own_comment_is_edited_and_deleted_and_nobody_elses(settle: Settle) -> None:
    town = settle("youtube")
    client, theirs = town.client(), town.say()
    sent = client.reply(town.ref(theirs), "Thank yuo")
    client.edit_own(Ref(sent.remote_id), "Thank you")
    assert [one["text"] for one in ours(town)] == ["Thank you"]
    client.delete_own(Ref(sent.remote_id))
    assert not ours(town)
    with pytest.raises(NotPossible):
        client.edit_own(Ref(theirs), "What we like better")
    with pytest.raises(NotPossible):
        client.delete_own(Ref(theirs))
    assert town.truth(theirs)["text"] == "Thank you"
    assert not town.truth(theirs)["deleted"]
    with pytest.raises(Gone):
        client.delete_own(Ref(sent.remote_id))


def test_deleting_rejects_for_ever(settle: Settle) -> None:
    town = settle("youtube")
    client, comment = town.client(), town.say()
    client.delete(town.ref(comment))
    assert town.truth(comment)["status"] == "rejected"
    assert client.look(town.ref(comment)).sight == Sight.HIDDEN
    with pytest.raises(NotPossible):
        client.unhide(town.ref(comment))
    assert not bans(town)


def test_a_ban_rejects_the_comment_and_what_comes_after(settle: Settle) -> None:
    town = settle("youtube")
    comment = town.say()
    town.client().ban(town.ref(comment))
    assert bans(town) == [ANN["id"]]
    assert town.truth(comment)["status"] == "rejected"
    assert town.truth(town.say("More"))["status"] == "rejected"


def test_lifting_and_listing_bans_is_by_hand_with_the_steps(settle: Settle) -> None:
    client = settle("youtube").client()
    for call in (lambda: client.unban(Ref("1", author_remote_id="9001")), lambda: list(client.bans())):
        with pytest.raises(NotPossible, match="no application"):
            call()
    for act in (Act.UNBAN, Act.LIST_BANS):
        cell = capability("youtube", act)
        assert (cell.way, "Hidden users" in cell.steps[0], bool(cell.site)) == (Way.BY_HAND, True, True)


def test_there_is_no_private_message_and_no_webhook(settle: Settle) -> None:
    client = settle("youtube").client()
    for call in (
        lambda: client.message(Ref("1"), "Hello"),
        lambda: client.own_message(Ref("1"), "Hello", since=just_now()),
        lambda: client.subscribe("https://unit.example/webhooks/youtube"),
        client.subscription,
    ):
        with pytest.raises(NotPossible, match="YouTube"):
            call()
    assert capability("youtube", Act.MESSAGE).way == Way.NEVER


@pytest.mark.parametrize("form", [Form.TEXT, Form.PHOTO, Form.PHOTOS])
def test_community_posts_are_by_hand(form: Form, settle: Settle) -> None:
    client = settle("youtube").client()
    for call in (client.publish, lambda draft: client.published(draft, since=just_now())):
        with pytest.raises(NotPossible, match="community posts"):
            call(Draft(form, "Hello"))
    assert capability("youtube", f"publish_{form}").steps


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        *product(["comment", "reply", "edit_own"], ["applied_then_timeout", "500", "garbage", "truncated"]),
        *product(["delete_own", "delete", "ban"], ["applied_then_timeout", "500", "garbage"]),  # no body to cut
    ],
)
def test_an_act_without_an_answer_is_uncertain_and_sent_once(call: str, fault: str, settle: Settle) -> None:
    town = settle("youtube")
    client = town.client()
    comment, own = town.say(), client.comment(town.post, "Ours").remote_id
    acts: dict[str, Callable[[], object]] = {
        "comment": lambda: client.comment(town.post, "More of ours"),
        "reply": lambda: client.reply(town.ref(comment), "Thank you"),
        "edit_own": lambda: client.edit_own(Ref(own), "Ours, better"),
        "delete_own": lambda: client.delete_own(Ref(own)),
        "delete": lambda: client.delete(town.ref(comment)),
        "ban": lambda: client.ban(town.ref(comment)),
    }
    before = len(town.calls(call))
    town.fault(call, fault, seconds=0.2)
    with pytest.raises(Uncertain):
        acts[call]()
    assert len(town.calls(call)) == before + 1


def test_the_numbers_of_the_channel_are_told_unless_it_hides_them(settle: Settle) -> None:
    open_town = settle("youtube", followers=12_345)
    assert (open_town.client().counts().followers, open_town.client().counts().posts) == (12_300, 1)
    hiding = settle("youtube", followers=12_345, followers_hidden=True)
    assert (hiding.client().counts().followers, hiding.client().counts().posts) == (None, 1)


def test_what_the_channel_says_of_itself_is_its_description(settle: Settle) -> None:
    town = settle("youtube", about="Terms of use: https://unit.example/terms/")
    assert "unit.example/terms/" in town.client().presented()
    assert settle("youtube").client().presented() == ""


def test_a_good_token_says_whose_it_is_and_a_dead_one_is_told_as_such(settle: Settle) -> None:
    town = settle("youtube")
    facts = town.client().token_facts()
    assert (facts.valid, facts.remote_id, facts.scopes) == (True, town.account, {SCOPE})
    dead = town.client(access_token="wrong", refresh_token="wrong").token_facts()
    assert (dead.valid, dead.scopes, dead.remote_id) == (False, frozenset(), "")


# The ledger of units


def test_every_call_costs_its_units_and_an_upload_none(settle: Settle) -> None:
    town = settle("youtube")
    comment = town.say()
    acts: list[tuple[Callable[[], object], int]] = [
        (lambda: town.client().counts(), 1),
        (lambda: town.client().presented(), 1),
        (lambda: town.client().comment(town.post, "Hello"), 50),
        (lambda: town.client().reply(town.ref(comment), "Hello"), 50),
        (lambda: town.client().ban(town.ref(comment)), 50),
        (lambda: town.client().edit_post(town.post, "Main Street is open"), 51),
        (lambda: town.client().delete_post(town.post), 50),
    ]
    for act, cost in acts:
        town.limits.clear()
        act()
        assert sum(limit.spent for limit in town.limits if limit.call == "units") == cost
    used = {row["bucket"]: row["used"] for row in town.control("GET", "/truth/youtube")["youtube"]["usage"]}
    assert used["*"] == sum(cost for _, cost in acts)


def test_a_write_whose_answer_is_lost_is_counted_all_the_same(settle: Settle) -> None:
    town = settle("youtube")
    town.fault("comment", "applied_then_timeout", seconds=0)
    with pytest.raises(Uncertain):
        town.client().comment(town.post, "Hello")
    assert sum(limit.spent for limit in town.limits) == 50


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2026-07-01T12:00-07:00", "2026-07-02T07:00Z"),
        ("2026-12-01T23:59:59-08:00", "2026-12-02T08:00Z"),
        ("2026-03-07T12:00-08:00", "2026-03-08T08:00Z"),  # before the day of 23 hours
        ("2026-03-08T12:00-07:00", "2026-03-09T07:00Z"),  # on it
        ("2026-11-01T01:30-07:00", "2026-11-02T08:00Z"),  # on the day of 25 hours, before and after
        ("2026-11-01T01:30-08:00", "2026-11-02T08:00Z"),
    ],
)
def test_the_day_of_units_ends_at_midnight_pacific(now: str, midnight: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.fromisoformat(now).astimezone(tz or ZoneInfo("UTC"))

    monkeypatch.setattr(youtube_api, "datetime", Clock)
    assert youtube_api.midnight_pacific() == datetime.fromisoformat(midnight)


def test_a_spent_quota_of_units_stops_all_and_a_spent_one_of_uploads_only_those(settle: Settle, tmp_path: Any) -> None:
    town = settle("youtube", rate_limit={"*": 51})
    town.client().comment(town.post, "Hello")
    with pytest.raises(RateLimited) as caught:
        town.client().comment(town.post, "Hello again")
    assert (caught.value.call, caught.value.until) == ("*", youtube_api.midnight_pacific())
    other = settle("youtube", rate_limit={"publish_video": 0})
    file = tmp_path / "film.mp4"
    file.write_bytes(b"film")

    with pytest.raises(RateLimited) as caught:
        other.client().publish(Draft(Form.VIDEO, "Film", files=(Upload(file, "video/mp4"),)))
    assert caught.value.call == "publish_video"
    other.client().comment(other.post, "Hello")


# Bodies that nobody ordered


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"items":null}',
        b'{"items":[null]}',
        b'{"items":[{"id":7,"statistics":[],"snippet":3}]}',
        b'{"items":[{"snippet":{"description":["x"]},"statistics":{"subscriberCount":"-1","videoCount":"\xf0"}}]}',
    ],
)
def test_strange_bodies_become_no_numbers_and_no_crash(body: bytes, answering: Any) -> None:

    answering(lambda request: (200, {}, body))
    client = client_for("youtube", Credentials("UC1", access_token="t"))
    for call in (client.counts, client.presented, client.token_facts):
        try:
            told = call()
        except PlatformError:
            continue
        assert "-1" not in str(told)
    for write in (
        lambda: client.comment("v", "t"),
        lambda: client.edit_own(Ref("1"), "t"),
        lambda: client.ban(Ref("1")),
    ):
        with pytest.raises(Uncertain):
            write()
