"""What a platform sent by itself becomes comments, once, in whatever order (ruling 34; facts.md 1.3, 2.3, 3.3)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.utils import timezone

from accounts.models import Account, Credential, WebhookSubscription
from accounts.platforms import client_for
from accounts.platforms.contract import Credentials, PlatformError, RateLimited, Sight, Unreadable
from accounts.platforms.webhooks import cut
from moderation import late_deliveries, webhooks
from moderation.models import (
    Comment,
    CommentOrder,
    GoneBefore,
    ReceivedPage,
    SetAside,
    WebhookCount,
    WebhookDelivery,
    WebhookWork,
)
from tests.moderation.acts import SOURCE, case_of, grade, order_of
from tests.moderation.deliveries import (
    POST,
    as_sent,
    change,
    deliver,
    instagram_body,
    page_body,
    send,
    stored,
    x_body,
)
from tests.moderation.truth import Truth
from tests.standing import standing_account

pytestmark = [pytest.mark.django_db, pytest.mark.sop("1.1", "C.11")]


@pytest.fixture(autouse=True)
def truth(monkeypatch: pytest.MonkeyPatch) -> Iterator[Truth]:
    """What stands on the platforms; nothing goes to the broker."""
    monkeypatch.setattr("moderation.live.delivered", lambda: None)
    with Truth().in_place() as truth:
        yield truth


def outcomes() -> dict[str, tuple[str, int]]:
    return {row.words: (row.outcome, row.count) for row in WebhookCount.objects.all()}


# --- one change -------------------------------------------------------------------------------------------------------


def test_a_comment_comes_in_with_its_bytes_where_they_stand_in_the_delivery(facebook: Account) -> None:
    body = as_sent(page_body(change(text="¿Cuándo abren?")))
    deliver("facebook", body)
    comment = Comment.objects.select_related("delivery", "case", "poster").get()
    assert (comment.remote_id, comment.text, comment.case.state) == ("555_1", "¿Cuándo abren?", "waiting")
    assert (comment.poster.name, comment.post_remote_id) == ("Ines", POST)
    item, page = comment.item, comment.item.page
    assert body[item.offset : item.offset + len(item.raw)] == item.raw
    assert (page, page.size, page.raw) == (WebhookDelivery.objects.get(), len(body), body)
    assert not ReceivedPage.objects.exists(), "the delivery holds the bytes; they are not kept twice"
    assert outcomes() == {"feed comment add": ("taken", 1)}
    work = WebhookWork.objects.get()
    assert (work.state, work.trouble, work.changes) == ("done", "", 1)


@pytest.mark.parametrize("platform", ["facebook", "x"])
def test_the_same_again_changes_nothing(facebook: Account, x: Account, platform: str) -> None:
    told = page_body(change()) if platform == "facebook" else _reply_on_x()
    deliver(platform, told)
    before = stored(facebook) | stored(x)
    pages = ReceivedPage.objects.count()
    assert deliver(platform, told, told, told, told) == 0
    assert (stored(facebook) | stored(x), ReceivedPage.objects.count()) == (before, pages)


def test_several_entries_and_accounts_in_one_body_go_where_they_belong(facebook: Account) -> None:
    other = standing_account("facebook", "9100", handle="traffic", name="Traffic division")
    Credential.objects.create(account=other, access_token="t")
    told = page_body(change(comment="555_1"), change(comment="555_2"))
    told["entry"] += page_body(change(comment="777_1", post_id="9100_777", parent_id="9100_777"), account="9100")[
        "entry"
    ]
    told["entry"] += page_body(change(comment="1_1"), account="12345")["entry"]
    deliver("facebook", told)
    assert stored(facebook).keys() == {"555_1", "555_2"}
    assert stored(other).keys() == {"777_1"}
    stranger = WebhookCount.objects.get(outcome="stranger")
    assert (stranger.remote_id, stranger.count, stranger.platform) == ("12345", 1, "facebook")


def test_a_terminated_account_takes_nothing_in(facebook: Account) -> None:
    with pgtrigger.ignore("accounts.Account:moves_by_decisions"):
        Account.objects.filter(pk=facebook.pk).update(state="closed")
    deliver("facebook", page_body(change()))
    assert not Comment.objects.exists()
    assert outcomes() == {"feed comment add": ("stranger", 1)}


def test_what_is_not_understood_is_kept_counted_and_set_aside(facebook: Account) -> None:
    odd = {"item": "hologram", "verb": "projected", "post_id": POST}
    deliver(
        "facebook", page_body(odd, change()), page_body({"item": "comment", "verb": "flagged", "comment_id": "555_9"})
    )
    assert outcomes()["feed hologram projected"] == ("unknown", 1)
    assert outcomes()["feed comment flagged"][0] == "unknown"
    assert SetAside.objects.filter(account=facebook).count() == 1
    assert "555_1" in stored(facebook)


def test_a_signed_body_that_is_no_sound_json_leaves_a_sentence_and_what_could_be_read(facebook: Account) -> None:
    whole = as_sent(page_body(change(comment="555_1"), change(comment="555_2")))
    deliver("facebook", whole[:-20], b'{"object": "page", "entry": 5}', b"{nothing")
    assert "555_1" in stored(facebook)
    troubles = list(WebhookWork.objects.order_by("pk").values_list("state", "trouble"))
    assert [state for state, _ in troubles] == ["done"] * 3
    assert all(trouble for _, trouble in troubles)


# --- order ------------------------------------------------------------------------------------------------------------


def test_a_comment_added_and_removed_in_one_body_is_kept_and_gone(facebook: Account, truth: Truth) -> None:
    deliver("facebook", page_body(change(text="Soon gone."), change("remove")))
    assert stored(facebook) == {"555_1": ("Soon gone.", "gone", "gone")}


def test_a_removal_that_overtakes_its_comment_ends_it(facebook: Account) -> None:
    deliver("facebook", page_body(change("remove")))
    assert stored(facebook) == {}
    assert GoneBefore.objects.get().remote_id == "555_1"
    deliver("facebook", page_body(change(text="Late."), at=time.time() - 30))
    assert stored(facebook) == {"555_1": ("Late.", "gone", "gone")}


def test_an_edit_that_overtakes_its_comment_stands_in_the_end(facebook: Account, truth: Truth) -> None:
    truth.comments["555_1"] = ("Second.", False)
    deliver("facebook", page_body(change("edited", text="Second.")))
    deliver("facebook", page_body(change(text="First."), at=time.time() - 30))
    assert stored(facebook)["555_1"][0] == "Second."


def test_two_edits_in_the_wrong_order_end_with_what_stands_there(facebook: Account, truth: Truth) -> None:
    truth.comments["555_1"] = ("Third.", False)
    now = time.time()
    deliver("facebook", page_body(change(text="First."), at=now - 30))
    deliver("facebook", page_body(change("edited", text="Third."), at=now))
    deliver("facebook", page_body(change("edited", text="Second."), at=now - 10))
    assert stored(facebook)["555_1"][0] == "Third."


def test_a_removal_is_not_believed_where_the_comment_stands(facebook: Account, truth: Truth) -> None:
    """It was removed and put back, or told of too early: what is there decides."""
    deliver("facebook", page_body(change()))
    truth.comments["555_1"] = ("Thank you.", False)
    deliver("facebook", page_body(change("remove")))
    assert stored(facebook)["555_1"] == ("Thank you.", "visible", "waiting")


def test_hidden_by_another_hand_is_seen(facebook: Account, truth: Truth) -> None:
    deliver("facebook", page_body(change()))
    truth.comments["555_1"] = ("Thank you.", True)
    deliver("facebook", page_body(change("hide")))
    assert stored(facebook)["555_1"][1] == "hidden"


# --- own acts ---------------------------------------------------------------------------------------------------------


@pytest.mark.sop("4.R")
def test_our_own_answer_comes_back_without_a_case_to_grade_and_confirms_its_order(
    facebook: Account, make_comment: Any, officer: Any
) -> None:
    comment = make_comment(remote_id="555_1")
    grade(comment, 3, officer)
    case_of(comment).reply("We do.", by=officer, key="answer", rests=SOURCE)
    order = order_of(comment, "reply")
    later = timezone.now() + timedelta(minutes=10)
    CommentOrder.objects.filter(pk=order.pk).update(state="uncertain", not_before=later)
    ours = {"from": {"id": "9000", "name": "Bayside Police"}, "parent_id": "555_1"}
    deliver("facebook", page_body(change(comment="555_7", text="We do.", **ours)))
    assert Comment.objects.get(remote_id="555_7").case.state == "ours"
    order.refresh_from_db()
    assert order.not_before <= timezone.now()


def test_own_acts_on_x_are_no_case(x: Account) -> None:
    own = {"id": "70", "text": "Roads are open.", "author_id": "9002", "conversation_id": "70"}
    message = {
        "direct_message_events": [{"id": "71", "message_create": {"sender_id": "9002", "message_data": {"text": "Hi"}}}]
    }
    deliver("x", x_body("post.create", own), x_body("dm.sent", message))
    assert stored(x) == {"71": ("Hi", "unknown", "ours")}


# --- what tells too little --------------------------------------------------------------------------------------------


def test_an_instagram_comment_is_looked_at_for_its_time(instagram: Account, truth: Truth) -> None:
    truth.comments["17"] = ("Nice!", False)
    deliver(
        "instagram",
        instagram_body({"id": "17", "text": "Nice!", "from": {"id": "5", "username": "ines"}, "media": {"id": "8"}}),
    )
    assert truth.looks == ["17"]
    assert stored(instagram)["17"] == ("Nice!", "visible", "waiting")


def test_an_instagram_comment_that_cannot_be_looked_at_comes_in_as_told(instagram: Account, truth: Truth) -> None:
    truth.refuses = PlatformError("Busy.", code="2")
    deliver("instagram", instagram_body({"id": "17", "text": "Nice!", "media": {"id": "8"}}))
    comment = Comment.objects.get()
    assert (comment.text, comment.posted_at is not None) == ("Nice!", True)
    assert WebhookWork.objects.get().state == "waiting"  # for the look
    truth.refuses, truth.comments = None, {"17": ("Nice!", True)}
    WebhookWork.objects.update(next_at=timezone.now())
    assert webhooks.process_due() == 1
    assert stored(instagram)["17"] == ("Nice!", "hidden", "waiting")
    assert (WebhookWork.objects.get().state, outcomes()) == ("done", {"comments": ("taken", 1)})


def test_a_mention_that_bears_ids_only_is_read_before_it_is_shown(instagram: Account, truth: Truth) -> None:
    truth.refuses = RateLimited("Pause.", until=timezone.now() + timedelta(minutes=5))
    deliver("instagram", instagram_body({"media_id": "8", "comment_id": "18"}, field="mentions"))
    assert stored(instagram) == {}
    work = WebhookWork.objects.get()
    assert (work.state, work.trouble) == ("waiting", "Pause.")
    assert work.next_at > timezone.now() + timedelta(minutes=4)
    truth.refuses, truth.comments = None, {"18": ("@baysidepd help", False)}
    _let_time_pass()
    webhooks.process_due()
    assert Comment.objects.get().kind == "mention"
    assert stored(instagram)["18"][0] == "@baysidepd help"


def test_a_mention_that_nobody_lets_us_read_is_shown_all_the_same(instagram: Account, truth: Truth) -> None:
    deliver("instagram", instagram_body({"media_id": "8", "comment_id": "18"}, field="mentions"))  # Gone, says Meta
    assert stored(instagram) == {"18": ("", "unknown", "waiting")}


def test_an_author_whom_x_left_out_is_asked_for(x: Account, truth: Truth) -> None:
    truth.comments["2090"] = ("Adding some context.", False)
    deliver("x", _reply_on_x("2090", "Adding some context."))
    assert truth.looks == ["2090"]
    assert Comment.objects.get().author_name == "Ines"


def test_a_message_on_x_comes_in_as_one(x: Account) -> None:
    user = {"77": {"data": {"id": "77", "name": "Ines", "username": "ines"}}}
    event = {"id": "71", "created_timestamp": "1784928224372"}
    event["message_create"] = {"sender_id": "77", "message_data": {"text": "Please call me."}}
    deliver("x", x_body("dm.received", {"direct_message_events": [event], "users": user}))
    comment = Comment.objects.get()
    assert (comment.kind, comment.text, comment.author_name) == ("message", "Please call me.", "Ines")


# --- what is no speech ------------------------------------------------------------------------------------------------


def test_a_permission_taken_back_needs_reconnecting_at_once(x: Account) -> None:
    deliver("x", _revoked(timezone.now() + timedelta(seconds=1)))
    x.refresh_from_db()
    assert x.state == Account.State.NEEDS_RECONNECTING
    assert outcomes() == {"oauth.revoke": ("quiet", 1)}


def test_a_revocation_from_before_the_account_was_connected_again_changes_nothing(x: Account) -> None:
    deliver("x", _revoked(timezone.now() - timedelta(hours=1)))
    x.refresh_from_db()
    assert x.state == Account.State.ACTIVE


def test_blocks_and_likes_are_counted_and_nothing_else(facebook: Account, x: Account) -> None:
    like = {"item": "like", "verb": "add", "post_id": POST, "sender_id": 77}
    deliver("facebook", page_body(like))
    deliver("x", x_body("block.block", {"source": {"id": "9002"}, "target": {"id": "77"}}))
    assert not Comment.objects.exists()
    assert not SetAside.objects.exists()
    assert outcomes() == {"feed like add": ("quiet", 1), "block.block": ("quiet", 1)}


def test_the_subscription_hears(facebook: Account) -> None:
    WebhookSubscription.objects.create(account=facebook, active=True, missed_in_a_row=2)
    deliver("facebook", page_body(change(), change(comment="555_2")))
    row = WebhookSubscription.objects.get()
    assert (row.events, row.missed_in_a_row) == (2, 0)
    assert row.last_event_at == WebhookDelivery.objects.get().received_at


# --- what fails -------------------------------------------------------------------------------------------------------


def test_a_body_that_trips_the_program_is_tried_again_and_then_given_up(
    facebook: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.webhooks.take_in", _trip)
    deliver("facebook", page_body(change()))
    work = WebhookWork.objects.get()
    assert (work.state, work.tries) == ("waiting", 1)
    assert work.next_at > timezone.now()
    WebhookWork.objects.update(tries=webhooks.MOST_TRIES - 1)
    _let_time_pass()
    webhooks.process_due()
    work.refresh_from_db()
    assert (work.state, work.trouble) == ("failed", "Taking this in failed inside this program (KeyError).")


def test_what_a_dead_worker_left_is_taken_over_after_its_lease(facebook: Account) -> None:
    send("facebook", page_body(change()))
    assert WebhookWork.claim_next() is not None  # and died
    assert webhooks.process_due() == 0
    WebhookWork.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert webhooks.process_due() == 1
    assert "555_1" in stored(facebook)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hook", ["accounts.platforms.webhooks.cut", "moderation.models.WebhookWork.finish"])
def test_killed_between_keeping_and_taking_in_nothing_is_lost_and_nothing_doubled(
    facebook: Account, hook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    told = page_body(change())
    send("facebook", told)
    connection.close()
    child = os.fork()
    if not child:
        monkeypatch.setattr(hook, lambda *_, **__: os.kill(os.getpid(), 9))
        webhooks.process_due()
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == 9
    assert send("facebook", told).status_code == 200  # the platform, which heard nothing, sends it again
    WebhookWork.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    webhooks.process_due()
    assert WebhookDelivery.objects.count() == Comment.objects.count() == 1
    assert outcomes() == {"feed comment add": ("taken", 1)}


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_the_reconciler_takes_them_in(facebook: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.hints.send", lambda *_: False)
    send("facebook", page_body(change()))
    watch = late_deliveries._Watch()
    watch.look()
    assert not Comment.objects.exists()  # a moment is the worker's
    WebhookWork.objects.update(next_at=timezone.now() - timedelta(seconds=3))
    watch.look()
    watch.hand.shutdown(wait=True)
    assert "555_1" in stored(facebook)


# --- everything the platforms were ever seen to send ------------------------------------------------------------------

FILES = {"facebook": "webhooks__*.json", "instagram": "restfb__*.json", "x": "xaa_webhook__*.json"}


@pytest.mark.parametrize("platform", FILES)
def test_every_recorded_webhook_goes_through_the_real_callback(
    shared: Path, accounts: dict[str, Account], truth: Truth, platform: str
) -> None:
    truth.refuses = PlatformError("Not for applications.", code="10", permanent=True)
    files = sorted((shared / "platforms" / "payloads" / platform).glob(FILES[platform]))
    account, read = accounts[platform], 0
    for file in files:
        body = file.read_bytes()
        told = cut("x" if platform == "x" else "meta", body).told
        if not told:
            continue  # no webhook
        read += 1
        Account.objects.filter(pk=account.pk).update(remote_id=told[0].remote_id)
        deliver(told[0].platform, body)
        work = WebhookWork.objects.order_by("-pk")[0]
        assert (work.state, work.trouble, work.changes) == ("done", "", len(told)), file.name
        client = client_for(platform, Credentials(told[0].remote_id))
        for item in _read(client, body):
            if item.sight != Sight.GONE:
                assert Comment.objects.filter(remote_id=item.remote_id).exists(), (file.name, item.remote_id)
    assert read >= 3
    assert not WebhookCount.objects.filter(outcome="stranger").exists()
    assert not WebhookCount.objects.filter(outcome="unknown").exists()


def _read(client: Any, body: bytes) -> list[Any]:
    try:
        return list(client.read(body, call="webhook").comments)
    except Unreadable:
        return []


def _reply_on_x(name: str = "2090", text: str = "Thank you.") -> dict[str, Any]:
    payload = {"id": name, "text": text, "author_id": "77", "conversation_id": "70", "in_reply_to_tweet_id": "70"}
    return {**x_body("post.reply.create", payload | {"created_at": "2026-08-12T18:05:00.000Z"}), "tag": name}


def _revoked(at: Any) -> dict[str, Any]:
    told = x_body("oauth.revoke", {"date_time": at.isoformat(), "user_id": "9002", "app_id": "1"})
    told["data"]["filter"] = {}
    return told


def _let_time_pass() -> None:
    from accounts.models import PlatformLimit

    PlatformLimit.objects.update(blocked_until=None)
    WebhookWork.objects.filter(state="waiting").update(next_at=timezone.now() - timedelta(seconds=1))


def _trip(*_: Any, **__: Any) -> None:
    raise KeyError("a body that the reader did not expect")
