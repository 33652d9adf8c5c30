"""Two at once: what he is doing when he is transferred is committed before or refused; of two orders one wins."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from members import hooks
from members.handing_over import designate
from members.models import Designation, Member, TrailEntry, Transfer
from members.models.leaving import SENTENCE, refused_by_the_rule
from members.powers import Power
from members.states import Invalid, Refused, WrongState
from members.transferring import hand_over_command, transfer
from moderation.models import Grade, QueueEntry
from tests.moderation.acts import case_of, grade

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("1.3")]

SHORT, LONG = 0.4, 20.0  # seconds: long enough to see that somebody waits, and that nobody waits for ever


@pytest.fixture
def at_once() -> Any:
    """Runs calls in threads, each with a connection of its own: `at_once(call)` gives its future."""
    with ThreadPoolExecutor(8) as threads:

        def start(call: Callable[[], Any]) -> Future[Any]:
            def alone() -> Any:
                try:
                    return call()
                finally:
                    connections.close_all()

            return threads.submit(alone)

        yield start


def pausing(act: Callable[[], Any], reached: Event, go_on: Event) -> Callable[[], Any]:
    """`act` in a transaction that is held open, once it is done, until it may go on."""

    def paused() -> Any:
        with transaction.atomic():
            done = act()
            reached.set()
            assert go_on.wait(LONG)
        return done

    return paused


def test_a_grade_under_way_is_committed_before_the_transfer(
    comment: Any, commander: Member, officer: Member, at_once: Any
) -> None:
    QueueEntry.claim(comment.pk, by=officer)
    reached, go_on = Event(), Event()
    grading = at_once(pausing(lambda: grade(comment, 2, officer), reached, go_on))
    assert reached.wait(LONG)
    leaving = at_once(lambda: transfer(officer, by=commander, reason="Rotation."))
    with pytest.raises(TimeoutError):
        leaving.result(SHORT)  # it waits for what he has begun
    go_on.set()
    assert grading.result(LONG).by == officer
    leaving.result(LONG)
    assert case_of(comment).level == 2
    last = TrailEntry.objects.filter(by=officer).order_by("id").last()
    assert last is not None
    assert last.pk < TrailEntry.objects.get(verb="transfer").pk


def test_a_grade_that_comes_to_its_trail_entry_after_the_transfer_is_refused_whole(
    comment: Any, commander: Member, officer: Member, at_once: Any
) -> None:
    QueueEntry.claim(comment.pk, by=officer)
    reached, go_on = Event(), Event()
    leaving = at_once(pausing(lambda: transfer(officer, by=commander, reason="Rotation."), reached, go_on))
    assert reached.wait(LONG)
    grading = at_once(lambda: grade(comment, 8, Member.objects.get(pk=officer.pk)))
    with pytest.raises(TimeoutError):
        grading.result(SHORT)
    go_on.set()
    leaving.result(LONG)
    with pytest.raises(IntegrityError) as refused:
        grading.result(LONG)
    assert refused_by_the_rule(refused.value)
    assert not Grade.objects.exists()
    assert case_of(comment).level is None
    assert QueueEntry.objects.get(pk=comment.pk).held_by is None  # freed, though he was acting on it


def test_a_comment_that_he_takes_again_meanwhile_is_free_all_the_same(
    comment: Any, commander: Member, officer: Member, at_once: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    QueueEntry.claim(comment.pk, by=officer)
    QueueEntry.objects.update(lease_until=comment.received_at)  # his claim has run out
    reached, go_on, asked = Event(), Event(), hooks.ask

    def ask_later(name: str, **said: Any) -> list[Any]:
        reached.set()
        assert go_on.wait(LONG)
        return asked(name, **said)

    monkeypatch.setattr(hooks, "ask", ask_later)
    leaving = at_once(lambda: transfer(officer, by=commander, reason="Rotation."))
    assert reached.wait(LONG)
    taking = at_once(lambda: QueueEntry.claim(comment.pk, by=officer))
    with pytest.raises(TimeoutError):
        taking.result(SHORT)  # it holds the comment's row, and waits for the transfer
    go_on.set()
    leaving.result(LONG)
    with pytest.raises(IntegrityError):
        taking.result(LONG)
    assert QueueEntry.objects.get(pk=comment.pk).held_by is None


def test_his_browser_is_told_that_it_was_not_done(
    comment: Any, commander: Member, officer: Member, browser_of: Any, at_once: Any
) -> None:
    phone: Client = browser_of(officer)
    reached, go_on = Event(), Event()
    leaving = at_once(pausing(lambda: transfer(officer, by=commander, reason="Rotation."), reached, go_on))
    assert reached.wait(LONG)
    noting = at_once(lambda: phone.post(reverse("note", args=[comment.pk]), {"note": "Seen."}))
    with suppress(TimeoutError):
        noting.result(SHORT)
    go_on.set()
    leaving.result(LONG)
    answer = noting.result(LONG)
    assert answer.status_code == 403
    assert SENTENCE in answer.content.decode()
    assert phone.get(reverse("queue"))["Location"].startswith(reverse("account_login"))


def test_whatever_the_moment_he_acts_before_it_or_not_at_all(
    make_comment: Any, commander: Member, make_member: Any, supervisor: Member, at_once: Any
) -> None:
    for _ in range(8):
        member = make_member(reports_to=supervisor)
        comments = [make_comment() for _ in range(4)]
        together = Barrier(5)

        def act(comment: Any, member: Member = member, together: Barrier = together) -> bool:
            mine = Member.objects.get(pk=member.pk)
            together.wait(LONG)
            try:
                QueueEntry.claim(comment.pk, by=mine)
                grade(comment, 2, mine)
            except (IntegrityError, Refused):
                return False
            return True

        def leave(member: Member = member, together: Barrier = together) -> None:
            together.wait(LONG)
            transfer(member, by=commander, reason="Rotation.")

        grading = [at_once(lambda one=one: act(one)) for one in comments]
        at_once(leave).result(LONG)
        done = [future.result(LONG) for future in grading]
        moment = TrailEntry.objects.get(verb="transfer", subject_id=str(member.pk)).pk
        assert not TrailEntry.objects.filter(by=member, pk__gt=moment).exists()
        assert Grade.objects.filter(by=member).count() == sum(done)
        assert not QueueEntry.objects.filter(held_by=member).exists()


def test_of_two_who_transfer_the_same_member_the_second_learns_who_was_first(
    commander: Member, supervisor: Member, officer: Member, hand_over: Any, at_once: Any
) -> None:
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    together = Barrier(2)

    def order(by: Member) -> str:
        mine = Member.objects.get(pk=by.pk)
        together.wait(LONG)
        try:
            transfer(Member.objects.get(pk=officer.pk), by=mine, reason="Rotation.")
        except WrongState as late:
            return str(late)
        return ""

    said = sorted(one.result(LONG) for one in [at_once(lambda by=by: order(by)) for by in (commander, supervisor)])
    assert said[0] == ""
    assert "acted first (transfer)" in said[1]
    assert Transfer.objects.count() == 1


def test_of_two_designees_who_transfer_each_other_one_is_left(
    commander: Member, supervisor: Member, officer: Member, hand_over: Any, at_once: Any
) -> None:
    for designee in (supervisor, officer):
        hand_over(commander, designee, Power.MANAGE_MEMBERS)
    together = Barrier(2)

    def order(by: Member, whom: Member) -> bool:
        by, whom = Member.objects.get(pk=by.pk), Member.objects.get(pk=whom.pk)
        together.wait(LONG)
        try:
            transfer(whom, by=by, reason="Rotation.")
        except Refused:
            return False
        return True

    pairs = [(supervisor, officer), (officer, supervisor)]
    done = [one.result(LONG) for one in [at_once(lambda pair=pair: order(*pair)) for pair in pairs]]
    assert sorted(done) == [False, True]
    assert Member.objects.filter(pk__in=[supervisor.pk, officer.pk], is_active=True).count() == 1


def test_nothing_is_handed_to_who_is_being_transferred(commander: Member, officer: Member, at_once: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    reached, go_on = Event(), Event()
    leaving = at_once(pausing(lambda: transfer(officer, by=commander, reason="Rotation."), reached, go_on))
    assert reached.wait(LONG)
    now = timezone.now()
    period = {"since": now, "until": now + timedelta(days=2), "reason": "Leave."}
    giving = at_once(lambda: designate(by=commander, power=Power.APPROVE_CONTENT, designee=officer, **period))
    with pytest.raises(TimeoutError):
        giving.result(SHORT)
    go_on.set()
    leaving.result(LONG)
    with pytest.raises(Invalid, match="of the unit no more"):
        giving.result(LONG)
    assert not Designation.objects.exists()


@pytest.mark.sop("E.1")
def test_the_command_is_handed_over_once(
    commander: Member, commanding_officer: Member, supervisor: Member, at_once: Any
) -> None:
    together = Barrier(2)

    def order(successor: Member) -> bool:
        by = Member.objects.get(pk=commander.pk)
        together.wait(LONG)
        try:
            hand_over_command(by=by, successor=successor, own_position="officer", reason="Promotion.")
        except Refused:
            return False
        return True

    futures = [at_once(lambda one=one: order(one)) for one in (commanding_officer, supervisor)]
    assert sorted(future.result(LONG) for future in futures) == [False, True]
    assert Member.objects.filter(position="commander", is_active=True).count() == 1
