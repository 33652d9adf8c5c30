"""Grading again (4.L6–4.L8): a new grade supersedes with its reason, and what the old one ordered follows."""

import pytest

from accounts import orders as steps
from members.states import Invalid, Refused
from tests.moderation.acts import case_of, clause, edit, grade, order_of, orders, time_passes, work

pytestmark = pytest.mark.django_db


def test_a_new_grade_says_why_and_supersedes_the_one_before(comment, officer, other_officer):
    first = grade(comment, 3, officer)
    with pytest.raises(Invalid, match="say why") as refusal:
        grade(comment, 5, other_officer, reason=" ")
    assert refusal.value.field == "reason"
    second = grade(comment, 5, other_officer, reason="It is a rumour.")
    assert second.supersedes == first
    assert case_of(comment).grade == second


def test_an_edited_comment_is_graded_anew_without_a_reason(comment, officer):
    grade(comment, 2, officer)
    edit(comment)
    assert grade(comment, 6, officer, reason="").version == 2


@pytest.mark.sop("4.L7", "4.L6")
def test_a_level_7_regraded_before_the_hide_left_is_never_sent(comment, officer, platform):
    grade(comment, 7, officer)
    grade(comment, 6, officer, reason="It is criticism.")
    work(comment)
    assert platform.calls == []
    assert orders(comment) == [("hide", "withdrawn")]
    assert case_of(comment).state == "addressed"


@pytest.mark.sop("4.L7", "4.L6")
def test_a_hidden_level_7_regraded_to_6_is_shown_again_and_its_record_stays(comment, officer, platform):
    grade(comment, 7, officer)
    work(comment)
    grade(comment, 6, officer, reason="It is criticism.")
    assert case_of(comment).state == "outstanding"
    work(comment)
    assert platform.hidden == set()
    case = case_of(comment)
    assert (case.state, case.hidden, case.sight, comment.records.count()) == ("addressed", False, "visible", 1)


@pytest.mark.sop("4.L7", "1.2")
def test_a_hide_is_taken_back_by_a_new_grade_only_with_a_role_on_the_account(comment, officer, commanding_officer):
    grade(comment, 7, officer)
    with pytest.raises(Refused, match="shows a hidden comment again"):
        grade(comment, 2, commanding_officer)
    grade(comment, 2, officer)


@pytest.mark.sop("4.L7", "4.L8", "4.R")
def test_a_level_8_found_to_be_a_7_stays_hidden_by_one_call_with_a_record_for_each_grade(comment, officer, platform):
    grade(comment, 8, officer)
    work(comment)
    grade(comment, 7, officer, clause=clause("c"))
    grade(comment, 8, officer)
    work(comment)
    assert platform.names_of_calls() == ["hide"]
    assert [record.clause.letter for record in comment.records.order_by("pk")] == ["a", "c", "a"]
    assert case_of(comment).state == "addressed"


@pytest.mark.sop("4.L7", "4.L8")
def test_a_level_8_upgraded_before_its_hide_left_is_hidden_for_the_new_grade(comment, officer, platform):
    grade(comment, 8, officer)
    later = grade(comment, 7, officer)
    work(comment)
    assert orders(comment) == [("hide", "withdrawn"), ("hide", "done")]
    assert order_of(comment, "hide").grade == later
    assert platform.hides == [comment.remote_id]


@pytest.mark.sop("4.L7", "4.L8")
@pytest.mark.parametrize("step", ["claimed", "before_call", "after_call"])
def test_a_hide_on_its_way_serves_the_new_grade_too_and_its_outcome_is_kept(
    comment, officer, platform, monkeypatch, step
):
    grade(comment, 7, officer)

    def meanwhile(reached):
        if reached == step:
            monkeypatch.setattr(steps, "reached", lambda step: None)
            grade(comment, 8, officer)

    monkeypatch.setattr(steps, "reached", meanwhile)
    work(comment)
    assert (orders(comment), comment.records.count()) == ([("hide", "done")], 2)
    assert case_of(comment).state == "addressed"


@pytest.mark.sop("4.L7")
def test_what_another_hand_showed_again_is_outstanding_and_hidden_again_by_a_new_grade(comment, officer, platform):
    grade(comment, 7, officer)
    work(comment)
    platform.hidden.clear()
    time = case_of(comment).sight_at
    case_of(comment).see("visible", at=time)  # the page was read before the hide was recorded
    assert case_of(comment).state == "addressed"
    case_of(comment).see("visible", at=time.replace(year=time.year + 1))
    assert case_of(comment).state == "outstanding"
    grade(comment, 7, officer, reason="Shown again by another hand.")
    work(comment)
    assert platform.hidden == {comment.remote_id}
    assert case_of(comment).state == "addressed"


@pytest.mark.sop("4.L7", "4.L8")
def test_a_comment_perhaps_hidden_already_is_asked_about_before_it_is_hidden_for_another_grade(
    comment, officer, platform
):
    grade(comment, 7, officer)
    platform.faults = ["applied", "refused"]  # hidden, unanswered; then the look is refused for good
    work(comment)
    time_passes(comment, 5)
    work(comment)
    grade(comment, 8, officer)
    work(comment)
    assert orders(comment) == [("hide", "withdrawn"), ("hide", "done")]
    assert platform.names_of_calls() == ["hide", "get_comment", "get_comment"]
