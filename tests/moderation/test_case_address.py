"""Closing a comment without what its level asks for, with the reason (C.11)."""

import pytest

from members.states import Invalid, Refused, WrongState
from tests.moderation.acts import case_of, grade, orders, trail, work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("C.11")]


def test_a_question_can_be_closed_without_a_reply_with_the_reason(comment, officer):
    grade(comment, 3, officer)
    case_of(comment).address(by=officer, reason="He was called back by telephone.")
    case = case_of(comment)
    assert case.state == "addressed"
    note = comment.notes.get()
    assert (note.text, note.closes) == ("He was called back by telephone.", case.grade)
    case.settle()
    assert case.state == "addressed"
    assert trail(case) == ["grade", "address"]


def test_a_reason_is_asked_for(comment, officer):
    grade(comment, 3, officer)
    with pytest.raises(Invalid, match="Say why"):
        case_of(comment).address(by=officer, reason="  ")
    assert case_of(comment).state == "outstanding"


@pytest.mark.sop("1.2")
def test_only_whoever_may_reply_closes_without_a_reply(comment, officer, commanding_officer):
    grade(comment, 3, officer)
    with pytest.raises(Refused):
        case_of(comment).address(by=commanding_officer, reason="Because.")
    case_of(comment).address(by=officer, reason="Because.")


def test_an_ungraded_comment_is_not_closed(comment, officer):
    with pytest.raises(Invalid, match="Grade the comment first"):
        case_of(comment).address(by=officer, reason="Because.")


def test_what_is_on_its_way_ends_first(comment, officer, platform):
    grade(comment, 3, officer, reply="Here is how.")
    with pytest.raises(WrongState):
        case_of(comment).address(by=officer, reason="Because.")
    platform.faults = ["refused"]
    work(comment)
    case_of(comment).address(by=officer, reason="The platform refuses the answer.")
    assert orders(comment) == [("reply", "withdrawn")]
    assert case_of(comment).state == "addressed"


@pytest.mark.sop("4.L7")
def test_what_a_platform_does_not_let_us_hide_is_closed_with_that_as_the_reason(make_comment, officer, platform):
    comment = make_comment(platform="x")
    grade(comment, 7, officer)
    platform.faults = ["not_possible"]
    work(comment)
    assert orders(comment) == [("hide", "by_hand")]
    case_of(comment).address(by=officer, reason="It does not stand in a conversation of ours.")
    assert orders(comment) == [("hide", "withdrawn")]
    assert case_of(comment).state == "addressed"
    assert not case_of(comment).hidden


@pytest.mark.sop("4.L6")
def test_a_comment_still_hidden_at_a_level_that_is_not_hidden_cannot_be_closed(comment, officer, platform):
    grade(comment, 7, officer)
    work(comment)
    grade(comment, 6, officer)
    platform.faults = ["refused"]
    work(comment)
    assert orders(comment)[-1] == ("unhide", "failed")
    with pytest.raises(Invalid, match="still hidden"):
        case_of(comment).address(by=officer, reason="Because.")


def test_a_new_grade_asks_anew(comment, officer):
    grade(comment, 3, officer)
    case_of(comment).address(by=officer, reason="By telephone.")
    grade(comment, 4, officer)
    assert case_of(comment).state == "outstanding"
