"""A comment that seems to report an emergency is raised at once, answered with the numbers, and followed (4.N)."""

from __future__ import annotations

import uuid
from datetime import time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Delivery, Member, Preference
from members.models.agency import Agency, agency
from members.roster import set_watch
from members.states import Invalid, Refused, WrongState
from moderation import raising, referral_watch, referrals
from moderation.decisions import Decision
from moderation.models import Case, Comment, CommentOrder, QueueEntry, Referral
from tests.moderation.acts import case_of, grade
from tests.moderation.referring import again, log_of, refer, told

pytestmark = [pytest.mark.sop("4.N"), pytest.mark.usefixtures("prepared_texts")]


@pytest.fixture(autouse=True)
def numbers(db: None) -> None:
    """The agency's, as the Commander enters them."""
    given = {"name": "Bayside Police", "short_name": "Bayside PD", "zone": "America/New_York"}
    Agency.objects.create(**given, languages=["en"], emergency_number="911", non_emergency_number="305-579-6111")


@pytest.fixture
def reported(make_comment: Any) -> Comment:
    """As triage leaves it in the queue."""
    comment = make_comment("There is a man with a knife at the mall right now, send help", urgency=0)
    QueueEntry.objects.filter(pk=comment.pk).update(band="emergency")
    return comment


def decision(comment: Comment, **fields: Any) -> Decision:
    return Decision(4, key=uuid.uuid4().hex, version=case_of(comment).version, **fields)


def the_alarm(comment: Comment) -> Referral:
    return Referral.objects.get(comment=comment, kind="emergency")


def on_watch(member: Member, by: Member) -> None:
    now = timezone.now()
    set_watch(member, now, now + timedelta(hours=8), by=by)


def test_it_is_raised_at_once_to_those_on_watch(
    reported: Comment, officer: Member, other_officer: Member, commander: Member
) -> None:
    on_watch(officer, commander)
    referral_watch.look()
    assert len(told(officer, "emergencies")) == 1
    assert told(other_officer, "emergencies") == []
    assert (the_alarm(reported).owner, the_alarm(reported).opened_by) == (officer, None)


def test_one_key_raises_what_triage_missed_and_brings_the_answer(
    make_comment: Any, officer: Member, other_officer: Member, commander: Member, browser_of: Any, prepared_texts: None
) -> None:
    on_watch(other_officer, commander)
    comment = make_comment("She does not answer the door since yesterday")
    browser = browser_of(officer)
    QueueEntry.claim(comment.pk, by=officer)
    assert 'data-key="l"' in browser.get(reverse("queue"), {"open": comment.pk}).content.decode()
    shown = browser.post(reverse("raise_emergency", args=[comment.pk]), headers={"HX-Request": "true"}).content.decode()
    assert 'data-key="g"' in shown
    assert 'data-key="l"' not in shown
    alarm = the_alarm(comment)
    assert (alarm.opened_by, alarm.owner) == (officer, other_officer)
    assert len(told(other_officer, "emergencies")) == 1
    entry = QueueEntry.objects.get(pk=comment.pk)
    assert (entry.band, entry.urgency) == ("emergency", 0)
    assert entry.because == f"{officer.name} says that it may report an emergency."


def test_what_was_raised_by_hand_is_raised_once_and_again_after_a_false_alarm(
    make_comment: Any, officer: Member, auditor: Member
) -> None:
    comment = make_comment("She does not answer the door")
    with pytest.raises(Refused):
        raising.raise_by_hand(comment, by=auditor)
    first = raising.raise_by_hand(comment, by=officer)
    referral_watch.look()
    assert raising.raise_by_hand(comment, by=officer) == first
    assert raising.measured().raised == 0, "triage is measured by what it raised itself"
    raising.false_alarm(comment, by=officer)
    referral_watch.look()
    again = raising.raise_by_hand(comment, by=officer)
    assert (again != first, Referral.objects.count()) == (True, 2)


def test_it_is_raised_once(reported: Comment, supervisor: Member) -> None:
    referral_watch.look()
    referral_watch.look()
    assert Referral.objects.count() == 1
    assert len(told(supervisor, "emergencies")) == 1


def test_with_nobody_on_watch_a_supervisor_is_called(reported: Comment, supervisor: Member, officer: Member) -> None:
    referral_watch.look()
    assert told(supervisor, "emergencies")
    assert not told(officer, "emergencies")


def test_neither_preference_nor_quiet_hours_hold_it_back(reported: Comment, officer: Member, commander: Member) -> None:
    on_watch(officer, commander)
    Preference.objects.create(member=officer, kind="emergencies", by_email="never")
    Member.objects.filter(pk=officer.pk).update(quiet_from=time(0, 0), quiet_until=time(23, 59))
    referral_watch.look()
    sent = Delivery.objects.get(notification__member=officer, notification__kind="emergencies")
    assert sent.not_before <= timezone.now()


def test_nothing_is_done_on_the_platform_before_a_member_answers(reported: Comment) -> None:
    referral_watch.look()
    assert not CommentOrder.objects.exists()
    assert case_of(reported).state == Case.State.WAITING


def test_what_triage_suspects_of_less_is_not_raised(make_comment: Any) -> None:
    make_comment("I'm going to kill the next officer", urgency=0)
    referral_watch.look()
    assert not Referral.objects.exists()


def test_edited_into_an_emergency_again_it_is_raised_again(reported: Comment, officer: Member) -> None:
    referral_watch.look()
    raising.false_alarm(reported, by=officer)
    Case.objects.filter(pk=reported.pk).update(version=2)
    QueueEntry.objects.filter(pk=reported.pk).update(band="emergency", urgency=0)
    referral_watch.look()
    assert Referral.objects.filter(comment=reported).count() == 2


def test_one_key_grades_it_4_answers_with_the_numbers_and_follows_it(
    reported: Comment, officer: Member, supervisor: Member
) -> None:
    referral_watch.look()
    raising.answer_emergency(reported, decision(reported), by=officer)
    order = CommentOrder.objects.get(comment=reported, verb="reply")
    assert agency().emergency_number in order.text
    assert "305-579-6111" in order.text
    assert case_of(reported).level == 4
    assert (the_alarm(reported).owner, the_alarm(reported).state) == (officer, "open")


def test_what_triage_missed_is_answered_and_followed_alike(comment: Comment, officer: Member) -> None:
    key = decision(comment)
    raising.answer_emergency(comment, key, by=officer)
    raising.answer_emergency(comment, key, by=officer)
    assert Referral.objects.get().owner == officer
    assert CommentOrder.objects.count() == 1


def test_without_an_approved_answer_none_is_sent_and_nothing_is_graded(
    reported: Comment, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raising, "ready_answer", lambda comment, purpose: None)
    with pytest.raises(Invalid, match="No answer"):
        raising.answer_emergency(reported, decision(reported), by=officer)
    assert case_of(reported).level is None


def test_of_two_who_answer_the_second_learns_it(reported: Comment, officer: Member, other_officer: Member) -> None:
    raising.answer_emergency(reported, decision(reported), by=officer)
    with pytest.raises(WrongState):
        raising.answer_emergency(reported, decision(reported), by=other_officer)
    assert CommentOrder.objects.count() == 1


def test_who_reads_only_neither_answers_nor_waves_it_off(reported: Comment, auditor: Member) -> None:
    referral_watch.look()
    with pytest.raises(Refused):
        raising.answer_emergency(reported, decision(reported), by=auditor)
    with pytest.raises(Refused):
        raising.false_alarm(reported, by=auditor)


def test_the_call_to_dispatch_is_kept_and_its_outcome_closes_it(reported: Comment, officer: Member) -> None:
    raising.answer_emergency(reported, decision(reported), by=officer)
    alarm = the_alarm(reported)
    referrals.called_dispatch(alarm, "Operator 12", at=None, number="2026-1198", by=officer)
    assert case_of(reported).state == Case.State.OUTSTANDING
    referrals.resolve(alarm, "passed_on", "Units went out.", by=officer)
    assert log_of(again(alarm)) == ["opened", "dispatch", "resolved"]


def test_a_call_that_is_still_to_come_is_not_written_down(comment: Comment, officer: Member) -> None:
    alarm = refer(comment, officer, "emergency")
    with pytest.raises(Invalid, match="still to come"):
        referrals.called_dispatch(alarm, "Op", at=timezone.now() + timedelta(hours=1), number="", by=officer)


def test_a_false_alarm_is_closed_with_one_key_and_the_comment_waits_on(reported: Comment, officer: Member) -> None:
    referral_watch.look()
    raising.false_alarm(reported, by=officer)
    raising.false_alarm(reported, by=officer)
    entry = QueueEntry.objects.get(pk=reported.pk)
    assert (entry.band, entry.urgency) == ("", 2)
    assert the_alarm(reported).state == "declined"
    referral_watch.look()
    assert Referral.objects.count() == 1


def test_false_alarms_are_measured(make_comment: Any, reported: Comment, officer: Member) -> None:
    referral_watch.look()
    raising.false_alarm(reported, by=officer)
    assert (raising.measured().raised, raising.measured().false) == (1, 1)
    assert raising.measured().true_share == 0


def test_a_level_8_is_hidden_whatever_was_raised(reported: Comment, officer: Member) -> None:
    referral_watch.look()
    grade(reported, 8, officer)
    assert case_of(reported).level == 8


def test_the_desk_has_the_answer_ready_and_the_queue_says_so(
    browser_of: Any, reported: Comment, officer: Member
) -> None:
    referral_watch.look()
    page = browser_of(officer).get(f"{reverse('queue')}?open={reported.pk}").content.decode()
    assert "1 comment may report an emergency" in page
    assert "send this answer" in page
    assert agency().emergency_number in page
    assert "False alarm" in page


def test_the_key_on_the_desk(browser_of: Any, reported: Comment, officer: Member) -> None:
    referral_watch.look()
    form = {"key": str(uuid.uuid4()), "version": 1, "grade_seen": "", "on": "page"}
    answer = browser_of(officer).post(reverse("answer_emergency", args=[reported.pk]), form)
    assert answer.status_code == 302
    assert case_of(reported).level == 4


def test_the_key_of_a_false_alarm(browser_of: Any, reported: Comment, officer: Member) -> None:
    referral_watch.look()
    answer = browser_of(officer).post(reverse("false_alarm", args=[reported.pk]), {"on": "page"})
    assert answer.status_code == 302
    assert the_alarm(reported).outcome_kind == "false_alarm"


def test_a_grade_that_asks_for_nothing_leaves_it_outstanding_while_the_alarm_is_open(
    reported: Comment, officer: Member
) -> None:
    referral_watch.look()
    grade(reported, 2, officer)
    assert case_of(reported).state == "outstanding"
    raising.false_alarm(reported, by=officer)
    assert case_of(reported).state == "addressed"
