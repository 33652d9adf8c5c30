"""Orders that need a person: done by hand and confirmed, tried again, or taken back."""

import threading
import time

import pytest
from django.db import connection

from accounts import orders as steps
from members.states import Invalid, Refused, WrongState
from tests.moderation.acts import case_of, grade, order_of, orders, trail, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_hand(comment, officer, platform):
    """A hide of level 7 that the platform does not let an application do."""
    grade(comment, 7, officer)
    platform.faults = ["not_possible"]
    work(comment)
    return order_of(comment, "hide")


@pytest.mark.sop("4.L7", "1.X")
def test_a_hide_done_by_hand_is_confirmed_with_where_it_can_be_seen(comment, by_hand, officer):
    by_hand.confirm(by=officer, proof="Screen of 14:02.")
    case = case_of(comment)
    assert (case.state, case.hidden) == ("addressed", True)
    assert order_of(comment, "hide").outcome == "By hand: Screen of 14:02."
    assert trail(by_hand)[-1] == "confirm"


def test_a_confirmation_says_where_it_can_be_seen(by_hand, officer):
    with pytest.raises(Invalid, match="Say where"):
        by_hand.confirm(by=officer, proof=" ")


@pytest.mark.sop("1.2")
def test_only_whoever_may_act_on_the_account_confirms_or_tries_again(by_hand, commanding_officer, officer):
    with pytest.raises(Refused):
        by_hand.confirm(by=commanding_officer, proof="Seen.")
    with pytest.raises(Refused):
        by_hand.retry(by=commanding_officer)
    assert by_hand.verbs_for(commanding_officer) == []
    assert by_hand.verbs_for(officer) == ["confirm", "retry"]


@pytest.mark.sop("4.L8")
def test_any_member_confirms_a_level_8_done_by_hand(comment, commanding_officer, transferred, platform):
    grade(comment, 8, commanding_officer)
    platform.faults = ["not_possible"]
    work(comment)
    with pytest.raises(Refused):
        order_of(comment, "hide").confirm(by=transferred, proof="Seen.")
    order_of(comment, "hide").confirm(by=commanding_officer, proof="Seen.")
    assert case_of(comment).hidden


def test_of_two_who_confirm_the_second_is_told(comment, by_hand, officer, other_officer):
    late = order_of(comment, "hide")
    by_hand.confirm(by=officer, proof="Seen.")
    with pytest.raises(WrongState, match="Daniel Diaz acted first"):
        late.confirm(by=other_officer, proof="Seen.")


def test_an_order_by_hand_or_failed_can_be_tried_again(comment, by_hand, officer, platform):
    by_hand.retry(by=officer)
    platform.faults = ["refused"]
    work(comment)
    assert orders(comment) == [("hide", "failed")]
    order_of(comment, "hide").retry(by=officer)
    work(comment)
    assert orders(comment) == [("hide", "done")]


def test_what_may_have_been_sent_is_asked_about_when_tried_again(comment, officer, platform):
    grade(comment, 3, officer, reply="At eight.")
    platform.faults = ["applied", "refused"]
    work(comment)
    comment.orders.update(not_before=comment.received_at)
    work(comment)
    order = order_of(comment, "reply")
    assert (order.state, order.sent) == ("failed", True)
    order.retry(by=officer)
    assert order.state == "uncertain"
    work(comment)
    assert len(platform.answers) == 1
    assert order_of(comment, "reply").state == "done"


def test_an_old_worker_does_not_mistake_a_retried_order_for_his_own(comment, officer, platform):
    grade(comment, 7, officer)
    old = order_of(comment, "hide")
    old.claim()
    other = order_of(comment, "hide")
    other.end("failed", outcome="It failed.")
    other.retry(by=officer)
    order_of(comment, "hide").claim()
    assert not old.about_to_call()


@pytest.mark.parametrize("verb", ["confirm", "retry", "withdraw"])
def test_nobody_reaches_into_an_order_that_a_worker_has(comment, officer, platform, verb):
    grade(comment, 3, officer, reply="At eight.")
    order = order_of(comment, "reply")
    order.claim()
    order = order_of(comment, "reply")
    assert order.verbs_for(officer) == []
    with pytest.raises(WrongState):
        getattr(order, verb)(by=officer, **({"proof": "Seen."} if verb == "confirm" else {}))


def test_an_answer_is_taken_back_but_a_hide_only_with_its_grade(comment, by_hand, officer):
    with pytest.raises(Refused):
        by_hand.withdraw(by=officer)
    case_of(comment).undo(by=officer)
    assert orders(comment) == [("hide", "withdrawn")]
    grade(comment, 3, officer, reply="At eight.")
    order = order_of(comment, "reply")
    assert order.verbs_for(officer) == ["withdraw"]
    order.withdraw(by=officer)
    assert order_of(comment, "reply").state == "withdrawn"
    assert case_of(comment).state == "outstanding"


@pytest.mark.django_db(transaction=True)
def test_a_confirmation_and_a_new_grade_at_once_never_lock_each_other_out(comment, by_hand, officer, monkeypatch):
    """The grade holds the case and wants the order; the confirmation must not hold the order and want the case."""
    confirmed = []

    def confirm():
        try:
            order_of(comment, "hide").confirm(by=officer, proof="Seen.")
        except WrongState as refusal:
            confirmed.append(refusal)
        finally:
            connection.close()

    confirming = threading.Thread(target=confirm)

    def reached(step):
        if step == "decided":
            confirming.start()
            time.sleep(0.5)  # it has come as far as it can

    monkeypatch.setattr(steps, "reached", reached)
    grade(comment, 6, officer)
    confirming.join()
    assert [refusal.verb for refusal in confirmed] == ["confirm"]
    assert orders(comment) == [("hide", "withdrawn")]
