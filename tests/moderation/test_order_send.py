"""Carrying an order out: claimed once, asked about before it is sent twice, every outcome a state one sees."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts import orders as steps
from accounts.models import Account, PlatformLimit
from accounts.orders import LEASE, RETRIES, carry_out
from members.models import TrailEntry
from tests.moderation.acts import case_of, grade, order_of, orders, time_passes, trail, work

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker dies here."""


def die_at(monkeypatch, step):
    def reached(name):
        if name == step:
            monkeypatch.setattr(steps, "reached", lambda name: None)
            raise Killed

    monkeypatch.setattr(steps, "reached", reached)


@pytest.fixture
def hide(comment, officer, platform):
    grade(comment, 7, officer)
    return order_of(comment, "hide")


@pytest.fixture
def answer(comment, officer, platform):
    grade(comment, 3, officer, reply="At eight.")
    return order_of(comment, "reply")


def test_an_order_is_carried_out_once(comment, hide, platform):
    stale = order_of(comment, "hide")
    assert carry_out(hide)
    assert not carry_out(stale)
    assert not carry_out(order_of(comment, "hide"))
    assert platform.names_of_calls() == ["hide"]
    assert trail(hide) == ["send", "done"]


def test_an_order_is_not_carried_out_before_its_time(comment, answer, platform):
    comment.orders.update(not_before=timezone.now() + timedelta(seconds=30))
    assert not carry_out(order_of(comment, "reply"))
    time_passes(comment, 31)
    assert carry_out(order_of(comment, "reply"))


def test_an_order_in_anothers_hands_is_left_to_him_until_his_lease_runs_out(comment, hide, platform):
    assert hide.claim()
    assert not carry_out(order_of(comment, "hide"))
    time_passes(comment, LEASE.total_seconds() + 1)
    assert carry_out(order_of(comment, "hide"))
    assert not hide.about_to_call()


def test_a_lease_renewed_since_the_order_was_read_is_not_taken_over(comment, hide, platform):
    assert hide.claim()
    time_passes(comment, LEASE.total_seconds() + 1)
    slow = order_of(comment, "hide")
    assert hide.about_to_call()
    assert not slow.claim()


def test_whoever_lost_an_order_does_not_record_its_outcome(comment, hide, platform, monkeypatch):
    def taken_over(step):
        if step == "after_call":
            monkeypatch.setattr(steps, "reached", lambda step: None)
            time_passes(comment, LEASE.total_seconds() + 1)
            assert order_of(comment, "hide").claim()

    monkeypatch.setattr(steps, "reached", taken_over)
    assert carry_out(hide)
    assert order_of(comment, "hide").state == "sending"
    time_passes(comment, LEASE.total_seconds() + 1)
    work(comment)
    assert platform.names_of_calls() == ["hide", "get_comment"]
    assert order_of(comment, "hide").state == "done"


@pytest.mark.parametrize("step", ["claimed", "before_call", "after_call"])
def test_what_a_dead_worker_left_is_asked_about_and_done_once(comment, hide, platform, monkeypatch, step):
    die_at(monkeypatch, step)
    with pytest.raises(Killed):
        carry_out(hide)
    work(comment)
    assert order_of(comment, "hide").state == "sending"
    time_passes(comment, LEASE.total_seconds() + 1)
    work(comment)
    assert order_of(comment, "hide").state == "done"
    assert platform.hides == [comment.remote_id]
    assert case_of(comment).state == "addressed"


@pytest.mark.parametrize("step", ["claimed", "before_call", "after_call"])
def test_an_answer_that_a_dead_worker_left_stands_on_the_platform_once(comment, answer, platform, monkeypatch, step):
    die_at(monkeypatch, step)
    with pytest.raises(Killed):
        carry_out(answer)
    time_passes(comment, LEASE.total_seconds() + 1)
    work(comment)
    done = order_of(comment, "reply")
    assert (done.state, done.remote_id) == ("done", platform.answers[0].remote_id)
    assert len(platform.answers) == 1


@pytest.mark.parametrize(("fault", "calls"), [("applied", 2), ("lost", 3)])
def test_an_outcome_not_known_is_settled_by_asking(comment, answer, platform, fault, calls):
    platform.faults = [fault]
    work(comment)
    assert order_of(comment, "reply").state == "uncertain"
    time_passes(comment, RETRIES[0] + 1)
    work(comment)
    assert order_of(comment, "reply").state == "done"
    assert len(platform.answers) == 1
    assert platform.names_of_calls() == ["reply", "list_replies", "reply"][:calls]


def test_an_outcome_stays_uncertain_while_the_platform_does_not_say(comment, hide, platform):
    platform.faults = ["applied", "unreachable", "429"]
    for _ in range(3):
        work(comment)
        assert order_of(comment, "hide").state == "uncertain"
        time_passes(comment, 61)
        PlatformLimit.objects.update(blocked_until=timezone.now())
    work(comment)
    assert order_of(comment, "hide").state == "done"
    assert platform.names_of_calls() == ["hide", "get_comment", "get_comment", "get_comment"]


def test_a_pause_that_the_platform_asks_for_uses_up_no_attempt(comment, answer, platform):
    for _ in range(len(RETRIES) + 3):
        platform.faults = ["429"]
        work(comment)
        order = order_of(comment, "reply")
        assert (order.state, order.failures) == ("waiting", 0)
        PlatformLimit.objects.update(blocked_until=timezone.now())
        time_passes(comment, 61)
    work(comment)
    assert order_of(comment, "reply").state == "done"


def test_during_a_pause_nothing_is_called_and_the_trail_is_silent(comment, hide, platform):
    until = timezone.now() + timedelta(minutes=5)
    PlatformLimit.block(hide.account, call="*", until=until)
    assert not carry_out(hide)
    order = order_of(comment, "hide")
    assert (order.state, order.not_before, order.attempts) == ("waiting", until, 0)
    assert trail(order) == []
    assert platform.calls == []


def test_an_answer_that_keeps_failing_is_given_up_in_sight(comment, answer, platform):
    platform.faults = ["unreachable"] * 20
    for _ in range(20):
        work(comment)
        time_passes(comment, 601)
    order = order_of(comment, "reply")
    assert (order.state, order.outcome_code) == ("failed", "unreachable")
    assert len(platform.calls) == len(RETRIES) + 1
    assert case_of(comment).state == "outstanding"


@pytest.mark.sop("4.L7", "4.L8")
def test_a_hide_that_keeps_failing_is_never_given_up(comment, hide, platform):
    platform.faults = ["unreachable"] * 20
    for _ in range(25):
        work(comment)
        time_passes(comment, 601)
    assert platform.hidden == {comment.remote_id}


def test_a_lost_token_stops_the_account_and_the_order_goes_on_once_it_is_connected_again(comment, hide, platform):
    platform.faults = ["expired_token"]
    work(comment)
    account = Account.objects.get(pk=comment.account_id)
    assert account.state == "needs_reconnecting"
    order = order_of(comment, "hide")
    assert (order.state, order.outcome) == ("waiting", "The account needs reconnecting.")
    time_passes(comment, 61)
    work(comment)
    assert platform.names_of_calls() == ["hide"]
    account.become(account.State.ACTIVE, verb="connect", by=None)
    time_passes(comment, 61)
    work(comment)
    assert platform.hidden == {comment.remote_id}


def test_a_token_that_another_order_found_dead_is_no_surprise(comment, hide, platform):
    hide.account.lose_token()
    hide.account.state = "active"  # as read before
    platform.faults = ["expired_token"]
    assert carry_out(hide)
    assert order_of(comment, "hide").state == "waiting"


def test_an_order_on_a_closed_account_fails_in_sight(comment, hide, platform):
    hide.account.state = Account.State.CLOSED  # as read by a worker that comes after the termination
    carry_out(hide)
    assert orders(comment) == [("hide", "failed")]
    assert platform.calls == []


@pytest.mark.parametrize(("fault", "state"), [("not_possible", "by_hand"), ("refused", "failed")])
def test_what_cannot_be_done_is_left_to_a_person(comment, hide, platform, fault, state):
    platform.faults = [fault]
    work(comment)
    order = order_of(comment, "hide")
    assert (order.state, order.sent, order.outcome != "") == (state, False, True)
    assert case_of(comment).state == "outstanding"


def test_a_fault_of_our_own_is_tried_again_and_its_text_is_kept_nowhere(comment, hide, platform, caplog):
    platform.faults = ["bug"]
    work(comment)
    order = order_of(comment, "hide")
    assert (order.state, order.outcome_code) == ("uncertain", "KeyError")
    assert "did not expect" not in order.outcome + caplog.text
    time_passes(comment, 3)
    work(comment)
    assert order_of(comment, "hide").state == "done"


@pytest.mark.sop("4.L7")
def test_a_comment_that_is_gone_needs_no_hiding(comment, hide, platform):
    platform.gone.add(comment.remote_id)
    work(comment)
    case = case_of(comment)
    assert (orders(comment), case.state, case.sight) == ([("hide", "done")], "addressed", "gone")


@pytest.mark.sop("4.L7")
def test_a_comment_that_is_gone_needs_no_showing(comment, hide, officer, platform):
    work(comment)
    platform.gone.add(comment.remote_id)
    grade(comment, 6, officer)
    work(comment)
    assert orders(comment) == [("hide", "done"), ("unhide", "done")]
    assert case_of(comment).state == "addressed"


def test_what_waits_for_an_order_is_hinted_when_it_ends(comment, officer, platform, monkeypatch):
    hinted = []
    grade(comment, 7, officer)
    order = order_of(comment, "hide")
    order.claim()
    grade(comment, 6, officer)
    monkeypatch.setattr("accounts.hints.ordered", hinted.append)
    order.end("done")
    assert [waiting.verb for waiting in hinted] == ["unhide"]


def test_an_order_left_behind_no_transaction_is_called_with_none_open(comment, hide, platform):
    open_blocks = []
    platform.before_hide = lambda remote_id: open_blocks.append(len(connection.savepoint_ids))
    before = len(connection.savepoint_ids)
    work(comment)
    assert open_blocks == [before]


def test_the_trail_names_no_poster_and_no_word_of_an_answer(comment, answer, platform):
    work(comment)
    written = " ".join(str(entry.sealed_content()) for entry in TrailEntry.objects.all())
    assert "At eight" not in written
    assert comment.author_name not in written


def test_a_private_message_is_retained_and_there_is_nothing_to_hide(make_comment, officer, platform):
    message = make_comment("I will find you.", kind="message")
    grade(message, 8, by=officer)
    work(message)
    hide = order_of(message, "hide")
    assert (hide.state, "nobody else" in hide.outcome) == ("done", True)
    assert platform.names_of_calls() == []
    assert message.records.count() == 1
