"""The reconciler finds lost measures and publications as it finds lost answers (ruling 24)."""

import uuid

import pytest

from accounts.kinds import read_order
from accounts.orders import LEASE
from accounts.reconciling import CARRIES_ALL_AFTER
from moderation import measures
from tests.content.acts import ordered
from tests.moderation.acts import grade, turn_back
from tests.moderation.test_reconcile import hints, reconciler

__all__ = ["hints"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("1.FB")]


@pytest.fixture(params=["message", "publish"])
def order(request, comment, facebook, officer, commander, platform):
    """A private message, or a post."""
    if request.param == "message":
        grade(comment, 3, officer)
        return measures.message(comment, "Call us.", by=officer, key=uuid.uuid4().hex)
    return ordered(facebook, by=officer, commander=commander)


def anew(order):
    return read_order(order._meta.label, order.pk)


def look(watch, order, seconds):
    """One look after so many seconds, and the hands finish."""
    turn_back(type(order).objects.all(), seconds)
    watch.look()
    watch.hands.shutdown(wait=True)
    watch.other_hands.shutdown(wait=True)


def stands(platform):
    return len(platform.messages) + len(platform.posts)


def test_what_no_worker_took_is_hinted_again_and_at_last_carried_out(order, platform, hints):
    hints.clear()
    watch = reconciler(hints)
    turn_back(type(order).objects.all(), 3.1)
    watch.look()
    assert hints == [order.pk]
    assert not stands(platform), "it is left to the worker"
    look(watch, order, CARRIES_ALL_AFTER.total_seconds())
    assert (anew(order).state, stands(platform)) == ("done", 1)


def test_what_a_dead_worker_left_is_taken_over_after_its_lease(order, platform, hints):
    assert anew(order).claim()
    look(reconciler(hints), order, LEASE.total_seconds() - 5)
    assert anew(order).state == "sending"
    watch = reconciler(hints)
    look(watch, order, type(order).lease.total_seconds() + CARRIES_ALL_AFTER.total_seconds() + 5)
    assert (anew(order).state, stands(platform)) == ("done", 1)


def test_an_outcome_that_nobody_knows_is_asked_about_and_not_said_again(order, platform, hints):
    platform.faults = ["applied"]
    look(reconciler(hints), order, CARRIES_ALL_AFTER.total_seconds() + 5)
    assert anew(order).state == "uncertain"
    look(reconciler(hints), order, CARRIES_ALL_AFTER.total_seconds() + 5)
    assert (anew(order).state, stands(platform)) == ("done", 1)
