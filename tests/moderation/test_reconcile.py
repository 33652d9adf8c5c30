"""The reconciler (ruling 24): what the broker or a worker lost is found, and a level 8 does not wait for the broker."""

import os
import signal
import subprocess
import sys
import threading
import time
from unittest import mock

import pytest
import redis
from django.conf import settings
from kombu.exceptions import OperationalError

from accounts.hints import hint
from accounts.orders import LEASE
from accounts.reconciling import CARRIES_AFTER, CARRIES_ALL_AFTER, Reconciler
from tests.databases import ROOT
from tests.moderation.acts import case_of, grade, order_of, time_passes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("4.L8")]


@pytest.fixture
def hints(monkeypatch):
    """Every hint sent, none of which arrives."""
    sent = []
    monkeypatch.setattr("accounts.hints.hint", lambda order: sent.append(order.pk) or True)
    return sent


def reconciler(hints, answer=True):
    return Reconciler(hint=lambda order: hints.append(order.pk) or answer)


def look(reconciler, comment, seconds=0.0):
    """One look after so many seconds, and the hands finish."""
    time_passes(comment, seconds)
    reconciler.look()
    reconciler.hands.shutdown(wait=True)
    reconciler.other_hands.shutdown(wait=True)


def test_an_order_that_no_worker_took_is_hinted_again_after_its_grace(comment, officer, platform, hints):
    grade(comment, 3, officer, reply="At eight.")
    hints.clear()
    watch = reconciler(hints)
    watch.look()
    assert hints == []
    time_passes(comment, 3.1)
    for _ in range(3):
        watch.look()
    assert hints == [order_of(comment, "reply").pk], "once in ten seconds"
    assert platform.calls == [], "an answer is left to the ordinary worker"
    look(watch, comment, CARRIES_ALL_AFTER.total_seconds())
    assert order_of(comment, "reply").state == "done", "but not for ever"


def test_an_urgent_order_is_hinted_sooner_and_soon_carried_out(comment, officer, platform, hints):
    grade(comment, 8, officer)
    hints.clear()
    watch = reconciler(hints)
    time_passes(comment, 1.1)
    watch.look()
    assert hints == [order_of(comment, "hide").pk]
    assert platform.hidden == set()
    look(watch, comment, CARRIES_AFTER.total_seconds())
    assert platform.hidden == {comment.remote_id}
    assert case_of(comment).state == "addressed"


def test_with_the_broker_down_a_level_8_is_carried_out_at_once(comment, officer, platform, hints):
    grade(comment, 8, officer)
    look(reconciler(hints, answer=False), comment, 1.1)
    assert platform.hidden == {comment.remote_id}


def test_with_the_broker_down_one_try_to_reach_it_is_enough(make_comment, officer, platform, hints):
    comments = [make_comment() for _ in range(5)]
    for comment in comments:
        grade(comment, 8, officer)
        time_passes(comment, 1.1)
    hints.clear()
    watch = reconciler(hints, answer=False)
    assert watch.look() == 5
    watch.hands.shutdown(wait=True)
    assert len(hints) == 1
    assert platform.hidden == {comment.remote_id for comment in comments}


@pytest.mark.parametrize("urgent", [True, False])
def test_what_a_dead_worker_left_is_found_when_its_lease_runs_out(comment, officer, platform, hints, urgent):
    if urgent:
        grade(comment, 7, officer)
    else:
        grade(comment, 3, officer, reply="At eight.")
    order = order_of(comment, "hide" if urgent else "reply")
    assert order.claim()
    watch = reconciler(hints)
    hints.clear()
    watch.look()
    assert hints == []
    look(watch, comment, LEASE.total_seconds())
    assert hints == [order.pk]
    assert order_of(comment, order.verb).state == ("done" if urgent else "sending")


def test_an_outcome_not_known_is_asked_about(comment, officer, platform, hints):
    grade(comment, 7, officer)
    platform.faults = ["applied"]
    look(reconciler(hints, answer=False), comment, 1.1)
    assert order_of(comment, "hide").state == "uncertain"
    look(reconciler(hints, answer=False), comment, 4)
    assert order_of(comment, "hide").state == "done"
    assert platform.hides == [comment.remote_id]


def test_what_is_done_or_waits_for_a_person_or_its_time_is_let_be(make_comment, officer, platform, hints, settings):
    failed, held = make_comment(), make_comment()
    grade(failed, 7, officer)
    platform.faults = ["refused"]
    look(reconciler(hints, answer=False), failed, 1.1)
    assert order_of(failed, "hide").state == "failed"
    settings.UNDO_SECONDS = 600
    grade(held, 3, officer, reply="At eight.")
    time_passes(held, 60)
    assert reconciler(hints).look() == 0


def test_a_hide_found_by_two_reconcilers_and_a_worker_is_sent_once(comment, officer, platform, hints):
    grade(comment, 8, officer)
    time_passes(comment, 4)
    watches = [reconciler(hints) for _ in range(3)]
    threads = [threading.Thread(target=watch.look) for watch in watches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for watch in watches:
        watch.close()
    assert platform.names_of_calls() == ["hide"]


def test_a_hint_reaches_the_urgent_queue_of_the_broker(comment, officer, platform, broker):
    grade(comment, 8, officer)
    assert broker.llen("urgent") == 1
    time_passes(comment, 1.1)
    Reconciler().look()
    assert broker.llen("urgent") == 2
    assert broker.llen("ordinary") == 0


@pytest.mark.parametrize("error", [OperationalError("away"), ConnectionError("away"), redis.ConnectionError("away")])
def test_with_the_broker_away_a_grade_is_kept(comment, officer, platform, monkeypatch, error):
    monkeypatch.setattr("celery.app.base.Celery.send_task", mock.Mock(side_effect=error))
    grade(comment, 8, officer)
    assert hint(order_of(comment, "hide")) is False
    assert order_of(comment, "hide").state == "waiting"


def test_the_process_finds_orders_by_itself_needs_no_redis_and_ends_with_sigterm(
    make_comment, facebook, officer, stage
):
    """`manage.py reconcile` as it runs, as the app's role beside a real sandbox; no worker, and no Redis anywhere."""
    remote = stage.comment(facebook, "I will find you.", stage.post(facebook))
    comment = make_comment("I will find you.", remote_id=remote)
    away = dict.fromkeys(["REDIS_URL", "CELERY_BROKER_URL"], "redis://127.0.0.1:1/0")
    database = {"DATABASE_URL": settings.CLUSTER.url("smu_app", settings.DATABASES["default"]["NAME"])}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "reconcile"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "smu.settings", **away, **database},
    )
    try:
        time.sleep(3)  # it is up
        started = time.monotonic()
        grade(comment, 8, officer)
        while order_of(comment, "hide").state != "done" and time.monotonic() - started < 20:
            time.sleep(0.05)
        assert order_of(comment, "hide").state == "done"
        assert time.monotonic() - started <= 5
        truth = stage.control.get("/truth/facebook").json()
        assert truth["facebook"]["comments"][remote]["hidden"] is True
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
