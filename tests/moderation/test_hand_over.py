"""A question is handed to somebody who knows, with a due time, and back (4.L3)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from members.states import Invalid, Refused, WrongState
from moderation import referral_watch, referrals
from moderation.models import CameBack, Case, Comment, CommentOrder, QueueEntry, Referral
from tests.moderation.acts import SOURCE, case_of, grade
from tests.moderation.referring import again, log_of, refer, section, told

pytestmark = pytest.mark.sop("4.L3")


@pytest.fixture
def handed(comment: Comment, officer: Member, specialist: Member) -> Referral:
    """Graded 3 without a reply, and handed to the Specialist."""
    grade(comment, 3, officer)
    return refer(comment, officer, "question", member=specialist)


def overdue(referral: Referral) -> None:
    Referral.objects.filter(pk=referral.pk).update(due_at=timezone.now() - timedelta(minutes=1))


def waits(comment: Comment) -> bool:
    return QueueEntry.objects.filter(pk=comment.pk).exists()


def test_while_somebody_is_asked_it_is_not_in_the_queue(comment: Comment, handed: Referral, specialist: Member) -> None:
    assert not waits(comment)
    assert case_of(comment).state == Case.State.OUTSTANDING
    assert len(told(specialist)) == 1


def test_answered_it_comes_back_to_who_handed_it_over(
    comment: Comment, handed: Referral, officer: Member, specialist: Member
) -> None:
    referrals.answer(handed, "Gate B, from eight.", by=specialist)
    assert waits(comment)
    back = CameBack.objects.get(comment=comment)
    assert (back.member, back.why) == (officer, "answer")
    assert told(officer)
    assert log_of(handed) == ["opened", "answer", "came_back"]


def test_answering_the_public_ends_it(comment: Comment, handed: Referral, officer: Member, specialist: Member) -> None:
    referrals.answer(handed, "Gate B.", by=specialist)
    case_of(comment).reply("Gate B, from eight.", by=officer, key=uuid.uuid4().hex, rests=SOURCE)
    assert not waits(comment)
    assert (again(handed).state, again(handed).outcome_kind) == ("resolved", "informed")


def test_overdue_it_comes_back_once(comment: Comment, handed: Referral, officer: Member) -> None:
    overdue(handed)
    referral_watch.look()
    referral_watch.look()
    assert waits(comment)
    assert CameBack.objects.get(comment=comment).why == "overdue"
    assert log_of(handed) == ["opened", "came_back"]
    assert len(told(officer)) == 1


def test_before_its_time_it_stays_away(comment: Comment, handed: Referral) -> None:
    referral_watch.look()
    assert not waits(comment)


def test_given_more_time_after_it_came_back_it_comes_back_again(
    comment: Comment, handed: Referral, officer: Member
) -> None:
    overdue(handed)
    referral_watch.look()
    referrals.move_due(again(handed), timezone.now() + timedelta(hours=1), by=officer, why="They are on it.")
    overdue(handed)
    referral_watch.look()
    assert log_of(handed).count("came_back") == 2


def test_an_answer_that_comes_after_the_reply_brings_nothing_back(
    comment: Comment, handed: Referral, officer: Member, specialist: Member
) -> None:
    case_of(comment).reply("I found out myself.", by=officer, key=uuid.uuid4().hex, rests=SOURCE)
    assert again(handed).state == "resolved"
    with pytest.raises(WrongState):
        referrals.answer(again(handed), "Gate B.", by=specialist)
    assert not waits(comment)


def test_what_nobody_graded_is_not_handed_over(comment: Comment, officer: Member, specialist: Member) -> None:
    with pytest.raises(Invalid, match="Grade the comment first"):
        refer(comment, officer, "question", member=specialist)


def test_nobody_hands_a_question_to_himself(comment: Comment, officer: Member) -> None:
    grade(comment, 3, officer)
    with pytest.raises(Invalid, match="somebody else"):
        refer(comment, officer, "question", member=officer)


def test_only_who_is_asked_its_owner_or_a_supervisor_answers(
    handed: Referral, other_officer: Member, auditor: Member, supervisor: Member
) -> None:
    for member in (other_officer, auditor):
        with pytest.raises(Refused):
            referrals.answer(handed, "I guess so.", by=member)
    referrals.answer(handed, "Yes.", by=supervisor)
    assert again(handed).state == "answered"


def test_closed_without_a_reply_the_question_is_at_its_end(comment: Comment, handed: Referral, officer: Member) -> None:
    case_of(comment).address(by=officer, reason="Answered at the desk.")
    assert again(handed).state == "resolved"
    assert case_of(comment).state == Case.State.ADDRESSED


def test_from_the_desk_grade_and_hand_over_are_one_sitting(
    browser_of: Any, comment: Comment, officer: Member, specialist: Member
) -> None:
    form = {
        "key": str(uuid.uuid4()),
        "version": 1,
        "level": 3,
        "grade_seen": "",
        "reply": "Thank you for asking.",
        "follow-kind": "question",
        "follow-to": f"member:{specialist.pk}",
        "no_reply": "1",
    }
    browser = browser_of(officer)
    for _ in range(2):
        assert browser.post(reverse("grade", args=[comment.pk]), form).status_code == 302
    assert Referral.objects.get().member == specialist
    assert case_of(comment).level == 3
    assert not CommentOrder.objects.exists()


@pytest.mark.parametrize("to", ["member:999999", "section:1' OR 1=1", "<script>", "member:"])
def test_from_the_desk_nothing_is_graded_when_nobody_of_that_name_is_there(
    browser_of: Any, comment: Comment, officer: Member, to: str
) -> None:
    form = {"key": str(uuid.uuid4()), "version": 1, "level": 3, "grade_seen": "", "reply": "Typed with care."}
    form |= {"follow-kind": "question", "follow-to": to}
    answer = browser_of(officer).post(reverse("grade", args=[comment.pk]), form)
    assert answer.status_code == 422
    assert "Typed with care." in answer.content.decode()
    assert case_of(comment).level is None
    assert not Referral.objects.exists()


@pytest.mark.sop("4.L4")
def test_a_concern_is_acknowledged_written_to_and_referred_in_one_sitting(
    browser_of: Any, comment: Comment, officer: Member
) -> None:
    traffic = section()
    browser = browser_of(officer)
    panel = browser.get(f"{reverse('panel', args=[comment.pk])}?level=4").content.decode()
    assert "Private message" in panel
    assert "Traffic Enforcement" in panel
    form = {
        "key": str(uuid.uuid4()),
        "version": 1,
        "level": 4,
        "grade_seen": "",
        "reply": "We hear you.",
        "message": "Hello, how can we help?",
        "follow-kind": "concern",
        "follow-to": f"section:{traffic.pk}",
        "follow-asks": "The light at 5th.",
    }
    assert browser.post(reverse("grade", args=[comment.pk]), form).status_code == 302
    assert Referral.objects.get().section == traffic
    assert comment.drafts.count() + comment.measures.count() + comment.orders.count() == 2


def test_rubbish_beside_it_holds_up_no_level_8(browser_of: Any, comment: Comment, officer: Member) -> None:
    form = {"key": str(uuid.uuid4()), "version": 1, "level": 8, "grade_seen": ""}
    form |= {"follow-kind": "nonsense", "follow-to": "x", "message": "y" * 20_000}
    assert browser_of(officer).post(reverse("grade", args=[comment.pk]), form).status_code == 302
    assert case_of(comment).level == 8
