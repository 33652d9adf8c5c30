"""Polling: every account is read in its time, what fails leaves a sentence, and nothing is lost (C.11)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Account, Credential, PlatformLimit, PollState
from accounts.platforms.contract import WITH_API, Limit
from moderation import pace, polling
from moderation.models import Case, Comment, CommentVersion, SetAside
from tests.moderation.conftest import Stage
from tests.standing import standing_account

pytestmark = pytest.mark.django_db


def read(account: Account) -> PollState:
    """One poll, as if its time had come."""
    PollState.objects.filter(pk=account.pk).update(next_at=timezone.now() - timedelta(seconds=1))
    PlatformLimit.objects.filter(account=account).update(blocked_until=None)
    assert account.pk in polling.due()
    polling.poll(account.pk)
    return PollState.objects.get(pk=account.pk)


@pytest.fixture(params=WITH_API)
def account(request: pytest.FixtureRequest, accounts: dict[str, Account]) -> Account:
    return accounts[request.param]


@pytest.mark.sop("C.11")
def test_what_the_public_writes_comes_in_with_its_post_and_what_is_new_with_the_next_poll(
    stage: Stage, account: Account
) -> None:
    post = stage.post(account)
    first = stage.comment(account, "Thank you!", post)
    state = read(account)
    assert (state.trouble, state.failures) == ("", 0)
    comment = Comment.objects.select_related("post", "poster").get()
    assert (comment.remote_id, comment.text, comment.post_remote_id) == (first, "Thank you!", post)
    assert comment.posted_at
    assert comment.post
    assert comment.poster

    stage.comment(account, "When does it start?", post)
    read(account)
    assert Comment.objects.count() == 2
    read(account)
    assert Comment.objects.count() == 2
    assert CommentVersion.objects.count() == 0


def test_an_account_that_is_read_is_not_claimed_again(facebook: Account) -> None:
    PollState.objects.exclude(pk=facebook.pk).update(next_at=timezone.now() + timedelta(hours=1))
    assert polling.due() == [facebook.pk]
    assert polling.due() == []
    PollState.objects.update(lease_until=timezone.now() - timedelta(seconds=1))  # its worker died
    assert polling.due() == [facebook.pk]


def test_a_task_that_is_delivered_twice_reads_once(
    stage: Stage, facebook: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []
    monkeypatch.setattr(polling._Poll, "run", lambda poll: runs.append(poll.account.pk))
    assert facebook.pk in polling.due()
    polling.poll(facebook.pk)
    polling.poll(facebook.pk)
    assert runs == [facebook.pk]


def test_a_closed_account_is_not_read(facebook: Account, x: Account) -> None:
    with pgtrigger.ignore("accounts.Account:moves_by_decisions"):
        Account.objects.filter(pk=facebook.pk).update(state="closed")
    assert x.pk in polling.due()
    assert facebook.pk not in polling.due()
    polling.poll(facebook.pk)
    assert PollState.objects.get(pk=facebook.pk).last_started_at is None


def test_a_pause_that_the_platform_asks_for_is_kept(stage: Stage, account: Account) -> None:
    stage.post(account)
    stage.fault(account, "429", times=9)
    state = read(account)
    assert state.next_at > timezone.now() + timedelta(seconds=10)
    assert "pause" in state.trouble
    calls = stage.calls(account)
    PollState.objects.update(next_at=timezone.now())
    if PlatformLimit.pause_of(account, "*"):
        assert account.pk in polling.due()
        polling.poll(account.pk)
        assert stage.calls(account) == calls


def test_a_dead_token_stops_the_account_and_says_so(stage: Stage, facebook: Account) -> None:
    stage.post(facebook)
    stage.fault(facebook, "expired_token", times=9)
    state = read(facebook)
    facebook.refresh_from_db()
    assert facebook.state == "needs_reconnecting"
    assert state.trouble
    assert facebook.pk not in polling.due(), "it is tried again, but not at once"


def test_an_account_whose_token_is_taken_again_comes_back_by_itself(stage: Stage, facebook: Account) -> None:
    stage.post(facebook)
    stage.fault(facebook, "expired_token", times=1)
    read(facebook)
    PollState.objects.update(next_at=timezone.now())
    state = read(facebook)
    facebook.refresh_from_db()
    assert (facebook.state, state.trouble, state.failures) == ("active", "", 0)


@pytest.mark.parametrize("fault", ["500", "cut", "garbage", "truncated"])
def test_a_platform_that_fails_is_read_again_later_and_nothing_is_lost(
    stage: Stage, account: Account, fault: str
) -> None:
    post = stage.post(account)
    names = {stage.comment(account, f"Comment {n}", post) for n in range(5)}
    stage.fault(account, fault, times=200)
    state = read(account)
    assert state.failures == 1
    assert state.trouble
    assert state.next_at > timezone.now() + timedelta(seconds=25)
    assert read(account).failures == 2
    stage.heal()
    state = read(account)
    assert (state.failures, state.trouble) == (0, "")
    assert set(Comment.objects.values_list("remote_id", flat=True)) == names


def test_an_answer_that_is_no_json_is_set_aside_with_its_bytes(stage: Stage, facebook: Account) -> None:
    post = stage.post(facebook)
    stage.comment(facebook, "Thank you!", post)
    stage.serve(facebook, "list_comments", b"<html>Sorry</html>")
    state = read(facebook)
    assert state.trouble
    assert SetAside.objects.get().raw == b"<html>Sorry</html>"
    read(facebook)
    assert Comment.objects.count() == 1


def test_a_client_that_trips_is_a_sentence_and_no_crash(
    stage: Stage, facebook: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trip(*_: Any, **__: Any) -> Iterator[Any]:
        raise KeyError("Marisol Peña")

    monkeypatch.setattr("accounts.platforms.facebook.Facebook.poll", trip)
    state = read(facebook)
    assert state.trouble == "Reading failed inside this program (KeyError)."
    assert state.failures == 1


def test_an_edit_is_seen_by_a_whole_re_reading(stage: Stage, account: Account) -> None:
    post = stage.post(account)
    name = stage.comment(account, "First", post)
    read(account)
    stage.edit(account, name, "Second")
    PollState.objects.update(last_whole_at=timezone.now() - timedelta(days=2))
    state = read(account)
    assert state.last_whole_at > timezone.now() - timedelta(minutes=1)
    assert [version.text for version in CommentVersion.objects.all()] == ["Second"]
    assert Comment.objects.get().remote_id == name


def test_a_deletion_is_concluded_from_a_whole_re_reading_and_a_direct_look(stage: Stage, account: Account) -> None:
    post = stage.post(account)
    gone, stays = stage.comment(account, "First", post), stage.comment(account, "Other", post)
    read(account)
    stage.delete(account, gone)
    read(account)
    assert not Case.objects.filter(sight="gone").exists()
    PollState.objects.update(last_whole_at=timezone.now() - timedelta(days=2))
    read(account)
    assert Case.objects.get(comment__remote_id=gone).state == "gone"
    assert Case.objects.get(comment__remote_id=stays).state == "waiting"


def test_a_comment_that_the_platform_says_nothing_of_is_not_taken_for_gone(stage: Stage, facebook: Account) -> None:
    post = stage.post(facebook)
    name = stage.comment(facebook, "First", post)
    read(facebook)
    stage.delete(facebook, name)
    stage.fault(facebook, "500", call="get_comment", times=9)
    PollState.objects.update(last_whole_at=timezone.now() - timedelta(days=2))
    assert read(facebook).trouble == ""
    assert Case.objects.get().state == "waiting"


def test_a_whole_re_reading_that_fails_is_tried_again_in_an_hour_and_not_at_once(
    stage: Stage, facebook: Account
) -> None:
    stage.post(facebook)
    read(facebook)
    PollState.objects.update(last_whole_at=timezone.now() - timedelta(days=2))
    stage.fault(facebook, "500", times=99)
    state = read(facebook)
    assert state.failures == 1
    assert timezone.now() - polling.WHOLE < state.last_whole_at < timezone.now() - polling.WHOLE + timedelta(hours=2)


def test_little_left_of_a_limit_is_kept_for_officers_and_said_so(stage: Stage, facebook: Account) -> None:
    stage.post(facebook)
    calls = stage.calls(facebook)
    PlatformLimit.note(facebook, Limit("*", used=95, resets_at=timezone.now() + timedelta(minutes=9)))
    state = read(facebook)
    assert stage.calls(facebook) == calls
    assert "kept for officers" in state.trouble
    assert state.next_at > timezone.now() + timedelta(minutes=8)


# --- the pace ---


@pytest.mark.parametrize(
    ("ago", "seconds"),
    [(timedelta(minutes=1), 12), (timedelta(minutes=30), 30), (timedelta(hours=5), 60), (timedelta(days=3), 120)],
)
def test_a_lively_account_is_read_sooner_than_a_quiet_one(facebook: Account, ago: timedelta, seconds: int) -> None:
    now = timezone.now()
    assert pace.rest(facebook, now - ago, now) == timedelta(seconds=seconds)
    assert pace.rest(facebook, None, now) == pace.QUIET


def test_a_limit_that_runs_low_makes_polls_rarer_and_then_leaves_the_rest_to_officers(facebook: Account) -> None:
    now = timezone.now()
    PlatformLimit.note(facebook, Limit("*", used=74))
    assert pace.rest(facebook, now, now) == timedelta(seconds=12)
    PlatformLimit.note(facebook, Limit("*", used=76))
    assert pace.rest(facebook, now, now) == timedelta(seconds=48)
    assert pace.pause_until(facebook, now) is None
    resets_at = now + timedelta(minutes=40)
    PlatformLimit.note(facebook, Limit("*", used=91, resets_at=resets_at))
    assert pace.pause_until(facebook, now) == resets_at
    assert pace.pause_until(facebook, resets_at) is None


def test_polls_of_youtube_make_the_days_units_last_and_leave_some_to_officers(youtube: Account) -> None:
    now = timezone.now()
    resets_at = now + timedelta(hours=10)
    for _ in range(100):
        PlatformLimit.note(youtube, Limit("units", spent=10, quota=10_000, resets_at=resets_at))
    kept = PlatformLimit.objects.get()
    assert (kept.remaining, kept.used) == (9000, 10)
    assert pace.rest(youtube, now, now, spent=7) == timedelta(seconds=36)  # 36,000 s for 1,000 polls of 7 units
    PlatformLimit.note(youtube, Limit("units", spent=50, quota=10_000, resets_at=resets_at + timedelta(days=1)))
    assert PlatformLimit.objects.get().remaining == 9950


@pytest.mark.sop("1.YT")
def test_channels_of_one_project_share_the_days_units(youtube: Account) -> None:
    now = timezone.now()
    resets_at = now + timedelta(hours=10)
    other = standing_account("youtube", "UC_other")
    Credential.objects.create(account=other)
    for account, spent in ((youtube, 1_000), (other, 3_500)):
        PlatformLimit.note(account, Limit("units", spent=spent, quota=10_000, resets_at=resets_at))
    assert pace.rest(youtube, now, now, spent=7) == timedelta(seconds=36)
    Credential.objects.filter(account__in=[youtube, other]).update(client_id="one project")
    youtube.credential.refresh_from_db()
    # 36,000 s for 500 polls of 7 units, of which the other channel makes half.
    assert pace.rest(youtube, now, now, spent=7) == timedelta(seconds=144)
    PlatformLimit.note(other, Limit("units", spent=3_500, quota=10_000, resets_at=resets_at))
    assert pace.rest(youtube, now, now, spent=7) == timedelta(hours=10)


@pytest.mark.sop("1.YT")
@pytest.mark.django_db(transaction=True)
def test_the_days_first_calls_of_many_workers_are_all_counted(youtube: Account) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    PlatformLimit.note(youtube, Limit("units", spent=9_000, quota=10_000, resets_at=timezone.now()))
    gate = threading.Barrier(8)

    def work() -> None:
        gate.wait()
        PlatformLimit.note(youtube, Limit("units", spent=50, quota=10_000, resets_at=tomorrow))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert PlatformLimit.objects.get().remaining == 10_000 - 8 * 50


@pytest.mark.sop("1.YT")
def test_spent_uploads_are_no_reason_not_to_read(youtube: Account) -> None:
    now = timezone.now()
    resets_at = now + timedelta(hours=10)
    PlatformLimit.note(youtube, Limit("publish_video", spent=100, quota=100, resets_at=resets_at))
    assert pace.pause_until(youtube, now) is None
    assert pace.rest(youtube, now, now, spent=7) == timedelta(seconds=12)


def test_waits_after_failures_double_up_to_a_quarter_hour() -> None:
    assert [pace.back_off(n).total_seconds() for n in (1, 2, 3, 6, 7, 5000)] == [30, 60, 120, 900, 900, 900]
