"""Answering (4.L1–4.L7): once, by whoever may, with seconds to think better of it."""

import hashlib
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from members.states import Invalid, Refused, WrongState
from moderation import measures
from moderation.decisions import AnswerUnderWay
from moderation.models import Case, CommentOrder
from tests.moderation.acts import SOURCE, case_of, grade, order_of, orders, time_passes, trail, work

pytestmark = pytest.mark.django_db


def reply(comment, by, text="Thank you, Marisol.", key="form"):
    return case_of(comment).reply(text, by=by, key=key, rests=SOURCE)


@pytest.mark.sop("4.L2")
def test_a_neutral_comment_can_be_answered_after_it_was_addressed(comment, officer, platform):
    grade(comment, 2, officer)
    reply(comment, officer)
    assert case_of(comment).state == "outstanding"
    work(comment)
    assert case_of(comment).state == "addressed"
    assert trail(comment.case) == ["grade", "reply", "settle", "settle"]
    assert order_of(comment, "reply").remote_id == platform.answers[0].remote_id


@pytest.mark.sop("4.L6", "4.L8")
@pytest.mark.parametrize("level", [6, 8])
def test_levels_6_and_8_are_not_answered(comment, officer, platform, level):
    grade(comment, level, officer)
    with pytest.raises(Invalid, match=f"level {level}") as refusal:
        reply(comment, officer)
    assert refusal.value.field == "reply"
    assert not comment.orders.filter(verb="reply").exists()


@pytest.mark.sop("4.L7", "4.S")
def test_who_wrote_a_level_7_is_sent_the_notices_of_the_ladder_and_nothing_else(comment, officer, browser_of):
    given = grade(comment, 7, officer)
    with pytest.raises(Invalid, match="notices of the ladder") as refusal:
        reply(comment, officer)
    assert refusal.value.field == "reply"
    with pytest.raises(Invalid, match="notices of the ladder"):
        measures.message(comment, "Mind your words.", by=officer, key="private")
    page = browser_of(officer).get(reverse("comment", args=[comment.pk])).content.decode()
    assert reverse("reply", args=[comment.pk]) not in page
    assert "only the notices of the ladder do" in page
    with pytest.raises(ProgrammingError, match="notices of the ladder"), transaction.atomic():
        CommentOrder.objects.create(
            key="past",
            account=comment.account,
            verb="reply",
            comment=comment,
            grade=given,
            level=7,
            text="So.",
            by=officer,
        )


@pytest.mark.sop("4.L7")
def test_what_was_said_before_is_not_changed_under_a_level_7(comment, officer, make_comment):
    ours = make_comment("We open at 9.", ours=True, parent_remote_id=comment.remote_id)
    grade(comment, 7, officer)
    with pytest.raises(Invalid, match="taken away, and not changed"):
        measures.edit_own(ours, "You are no better.", by=officer, key="change")


def test_an_ungraded_comment_is_not_answered(comment, officer):
    with pytest.raises(Invalid, match="Grade the comment first"):
        reply(comment, officer)


def test_a_comment_edited_after_grading_is_graded_again_before_it_is_answered(comment, officer):
    grade(comment, 3, officer)
    case_of(comment).become(Case.State.WAITING, verb="edited", by=None, version=2)
    with pytest.raises(Invalid, match="Grade the comment first"):
        reply(comment, officer)


@pytest.mark.sop("1.2")
def test_only_an_administrator_or_editor_of_the_account_answers(comment, officer, commanding_officer, commander):
    grade(comment, 3, officer)
    with pytest.raises(Refused, match="administrator or editor"):
        reply(comment, commanding_officer)
    assert reply(comment, commander).by == commander


def test_an_empty_reply_is_refused(comment, officer):
    grade(comment, 3, officer)
    with pytest.raises(Invalid, match="empty"):
        reply(comment, officer, text=" \n ")


def test_a_double_click_is_one_answer(comment, officer, platform):
    grade(comment, 3, officer)
    first = reply(comment, officer)
    assert reply(comment, officer) == first
    work(comment)
    assert reply(comment, officer) == first
    assert len(platform.answers) == 1
    assert case_of(comment).state == "addressed"


def test_a_form_used_for_another_comment_is_refused(make_comment, officer):
    one, other = make_comment(), make_comment()
    for comment in (one, other):
        grade(comment, 3, officer)
    reply(one, officer)
    with pytest.raises(Invalid, match="used for something else"):
        reply(other, officer)


def test_a_second_answer_waits_for_the_first_one(comment, officer, other_officer, platform):
    grade(comment, 3, officer)
    reply(comment, officer)
    with pytest.raises(AnswerUnderWay, match="on its way"):
        reply(comment, other_officer, key="another")
    assert issubclass(AnswerUnderWay, WrongState)
    work(comment)
    reply(comment, other_officer, text="And do come again.", key="another")
    work(comment)
    assert len(platform.answers) == 2


def test_an_answer_is_held_for_some_seconds_and_can_be_taken_back(comment, officer, platform, settings):
    settings.UNDO_SECONDS = 8
    grade(comment, 3, officer)
    order = reply(comment, officer)
    assert timedelta(seconds=6) < order.not_before - timezone.now() <= timedelta(seconds=8)
    work(comment)
    order.withdraw(by=officer)
    time_passes(comment, 9)
    work(comment)
    assert platform.calls == []
    assert case_of(comment).state == "outstanding"


def test_an_answer_that_failed_is_replaced_by_a_new_one(comment, officer, platform):
    grade(comment, 3, officer)
    platform.faults = ["refused"]
    reply(comment, officer)
    work(comment)
    assert case_of(comment).state == "outstanding"
    reply(comment, officer, text="Said better.", key="another")
    work(comment)
    assert orders(comment) == [("reply", "withdrawn"), ("reply", "done")]
    assert [answer.text for answer in platform.answers] == ["Said better."]


def test_an_answer_to_words_that_were_edited_meanwhile_is_not_sent(comment, officer, platform):
    grade(comment, 3, officer)
    reply(comment, officer)
    digest = hashlib.sha256(b"Other words").digest()
    case_of(comment).become(Case.State.WAITING, verb="edited", by=None, version=2, digest=digest)
    work(comment)
    assert platform.answers == []
    assert orders(comment) == [("reply", "withdrawn")]


def test_an_answer_to_a_comment_that_is_gone_fails_in_sight(comment, officer, platform):
    grade(comment, 3, officer)
    reply(comment, officer)
    platform.gone.add(comment.remote_id)
    work(comment)
    order = order_of(comment, "reply")
    assert (order.state, order.outcome_code) == ("failed", "33")
    assert case_of(comment).state == "outstanding"
