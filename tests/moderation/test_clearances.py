"""Clause (d) and flagged clauses: a Supervisor or above other than the grader clears a level 7 first (LR-2, LR-8)."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from accounts.models import Clause, Role
from members.models import Notification
from members.states import Invalid, Refused, WrongState
from moderation import clearing, measures
from moderation.models import Case, ClauseFlag, Clearance, CommentOrder
from tests.moderation.acts import case_of, clause, edit, grade, orders, work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L7", "4.TOU")]

WHY = "It is about football, under a post on a missing child."


def off_topic(comment, by, **more):
    grade(comment, 7, by, clause=clause("d"), subject="A missing child.", **more)
    return Clearance.objects.get(comment=comment, state="asked")


def test_nothing_is_hidden_under_clause_d_before_a_supervisor_cleared_it(comment, officer, supervisor, platform):
    asked = off_topic(comment, officer)
    work(comment)
    assert (orders(comment), comment.records.count(), case_of(comment).state) == ([], 1, "outstanding")
    assert Notification.objects.filter(member=supervisor, path=asked.get_absolute_url()).exists()
    clearing.clear(asked, by=supervisor, why=WHY)
    work(comment)
    assert platform.hidden == {comment.remote_id}
    assert comment.orders.get(verb="hide").record == comment.records.get()


def test_clause_d_asks_what_our_post_is_about(comment, officer):
    with pytest.raises(Invalid, match="what our post is about") as refusal:
        grade(comment, 7, officer, clause=clause("d"), subject=" ")
    assert refusal.value.field == "subject"


def test_other_clauses_hide_at_once(comment, officer, platform):
    grade(comment, 7, officer, clause=clause("b"))
    work(comment)
    assert platform.hidden == {comment.remote_id}


def test_who_graded_does_not_clear_and_an_officer_does_not_either(comment, supervisor, officer, other_officer):
    asked = off_topic(comment, supervisor)
    for member in (supervisor, officer, other_officer):
        with pytest.raises(Refused):
            clearing.clear(asked, by=member, why=WHY)
    assert orders(comment) == []


def test_a_refusal_takes_the_grade_back_and_keeps_the_record(comment, officer, supervisor, platform):
    asked = off_topic(comment, officer)
    with pytest.raises(Invalid, match="Write down why"):
        clearing.refuse(asked, by=supervisor, why="")
    clearing.refuse(asked, by=supervisor, why="It speaks of the post.")
    work(comment)
    case = case_of(comment)
    assert (case.state, case.level, comment.records.count(), platform.calls) == ("waiting", None, 1, [])
    assert Notification.objects.filter(member=officer, sentence__contains="refused").exists()


def test_the_second_of_two_who_decide_at_once_learns_who_was_faster(comment, officer, supervisor, commanding_officer):
    asked = off_topic(comment, officer)
    late = Clearance.objects.get(pk=asked.pk)
    clearing.clear(asked, by=supervisor, why=WHY)
    with pytest.raises(WrongState, match=supervisor.name):
        clearing.refuse(late, by=commanding_officer, why="No.")


def test_a_comment_edited_meanwhile_is_looked_at_again(comment, officer, supervisor):
    asked = off_topic(comment, officer)
    edit(comment)
    with pytest.raises(WrongState, match="edited"):
        clearing.clear(asked, by=supervisor, why=WHY)


def test_a_grade_taken_back_or_given_anew_makes_the_clearance_void(comment, officer, supervisor):
    asked = off_topic(comment, officer)
    grade(comment, 6, officer, reason="It is criticism.")
    asked.refresh_from_db()
    assert asked.state == "void"
    with pytest.raises(WrongState):
        clearing.clear(asked, by=supervisor, why=WHY)


def test_the_notice_goes_with_the_hide_that_was_cleared(comment, officer, supervisor, platform):
    asked = off_topic(comment, officer, reply="Your comment broke clause (d): {reference}.")
    assert (orders(comment), comment.notices.count()) == ([], 0)
    clearing.clear(asked, by=supervisor, why=WHY)
    assert [verb for verb, _ in orders(comment)] == ["hide"]
    told = comment.notices.get()
    assert (told.grade, told.kind, "Your comment broke" in told.text) == (asked.grade, "first", True)


@pytest.mark.sop("4.L8")
def test_level_8_waits_for_nobody_whatever_is_flagged(comment, officer, legal_adviser, platform):
    clearing.flag(clause("a"), "Vague.", by=legal_adviser)
    grade(comment, 8, officer)
    work(comment)
    assert platform.hidden == {comment.remote_id}


# --- flags


def test_the_legal_adviser_lets_a_clause_be_cleared_first_and_lifts_it(make_comment, officer, legal_adviser, platform):
    first, second = make_comment(), make_comment()
    raised = clearing.flag(clause("b"), "May take sides.", by=legal_adviser)
    grade(first, 7, officer)
    clearing.lift(raised, "The city attorney has read it.", by=legal_adviser)
    grade(second, 7, officer)
    work(first)
    work(second)
    assert platform.hidden == {second.remote_id}


def test_nobody_else_flags_and_a_flag_has_a_reason(comment, officer, commander, legal_adviser):
    for member in (officer, commander):
        with pytest.raises(Refused):
            clearing.flag(clause("b"), "Vague.", by=member)
    with pytest.raises(Invalid, match="doubtful"):
        clearing.flag(clause("b"), " ", by=legal_adviser)
    with pytest.raises(Invalid, match="nothing to flag"):
        clearing.flag(Clause.objects.filter(grounds=False).first(), "Vague.", by=legal_adviser)
    clearing.flag(clause("b"), "Vague.", by=legal_adviser)
    with pytest.raises(Invalid, match="flagged already"):
        clearing.flag(clause("b"), "Again.", by=legal_adviser)


# --- the walls


def hide_past_the_application(comment, given):
    return CommentOrder.objects.create(
        key="past",
        account=comment.account,
        verb="hide",
        comment=comment,
        grade=given.grade,
        level=7,
        clause=given.grade.clause,
        record=comment.records.get(),
        by=given.asked_by,
    )


def test_the_database_refuses_a_hide_that_was_not_cleared(comment, officer, supervisor):
    asked = off_topic(comment, officer)
    with pytest.raises(ProgrammingError, match="clears the hide first"), transaction.atomic():
        hide_past_the_application(comment, asked)
    clearing.clear(asked, by=supervisor, why=WHY)
    assert comment.orders.filter(verb="hide").exists()


def test_the_database_refuses_a_hide_under_a_flagged_clause(comment, officer, legal_adviser):
    given = grade(comment, 2, officer)
    ClauseFlag.objects.create(letter="b", reason="Vague.", by=legal_adviser)
    grade(comment, 7, officer, reason="It insults.")
    asked = Clearance.objects.get(comment=comment)
    assert given.pk != asked.grade_id
    with pytest.raises(ProgrammingError, match="clears the hide first"), transaction.atomic():
        hide_past_the_application(comment, asked)


def test_the_database_lets_nobody_clear_his_own_grade(comment, officer):
    asked = off_topic(comment, officer)
    with pytest.raises(IntegrityError, match="nobody_clears_his_own_grade"), transaction.atomic():
        Clearance.objects.filter(pk=asked.pk).update(
            state="cleared", decided_by=officer, decided_at=asked.asked_at, why="Mine."
        )


def test_what_another_grade_hid_is_shown_until_this_one_is_cleared(comment, officer, supervisor, platform):
    grade(comment, 8, officer)
    work(comment)
    assert platform.hidden == {comment.remote_id}
    asked = off_topic(comment, officer)
    work(comment)
    assert platform.hidden == set()
    clearing.clear(asked, by=supervisor, why=WHY)
    work(comment)
    assert platform.hidden == {comment.remote_id}


def test_a_hide_on_its_way_is_not_sent_for_what_waits_to_be_cleared(comment, officer, platform):
    grade(comment, 8, officer)
    off_topic(comment, officer)
    work(comment)
    assert (platform.hidden, case_of(comment).hidden) == (set(), False)


def test_what_was_cleared_once_stays_hidden_while_another_ground_is_looked_at(comment, officer, supervisor, platform):
    clearing.clear(off_topic(comment, officer), by=supervisor, why=WHY)
    work(comment)
    off_topic(comment, officer)
    work(comment)
    assert platform.hidden == {comment.remote_id}


def test_it_is_hidden_in_the_name_of_who_clears_it_once_its_grader_acts_there_no_more(comment, officer, supervisor):
    asked = off_topic(comment, officer)
    Role.objects.filter(member=officer).update(until=timezone.now())
    clearing.clear(asked, by=supervisor, why=WHY)
    assert {order.by for order in comment.orders.all()} == {supervisor}
    assert comment.breaches.get().by == supervisor


def test_where_neither_acts_there_it_is_refused_with_the_way_on(comment, officer, commanding_officer, supervisor):
    asked = off_topic(comment, officer)
    Role.objects.filter(member=officer).update(until=timezone.now())
    with pytest.raises(Invalid, match="grades it anew"):
        clearing.clear(asked, by=commanding_officer, why=WHY)
    assert (orders(comment), case_of(comment).state) == ([], "outstanding")
    clearing.refuse(asked, by=commanding_officer, why="Nobody can hide it in its grader's name.")
    assert case_of(comment).state == "waiting"


@pytest.mark.sop("C.11")
def test_what_waits_to_be_cleared_is_not_closed_and_not_lost_out_of_sight(comment, officer, supervisor, platform):
    asked = off_topic(comment, officer)
    with pytest.raises(Invalid, match="stays outstanding"):
        case_of(comment).address(by=officer, reason="Nobody reads it.")
    with pytest.raises(ProgrammingError, match="waits to be cleared"), transaction.atomic():
        Case.objects.filter(pk=comment.pk).update(state="addressed")
    clearing.clear(asked, by=supervisor, why=WHY)
    work(comment)
    off_topic(comment, officer)  # hidden still, and asked about anew
    case = case_of(comment)
    case.settle()
    assert (case.hidden, case.state) == (True, "outstanding")


def test_nobody_is_told_of_what_is_not_cleared(comment, officer):
    off_topic(comment, officer)
    with pytest.raises(Invalid, match="the notices of the ladder"):
        case_of(comment).reply("We hid this.", by=officer, key="a")
    with pytest.raises(Invalid, match="the notices of the ladder"):
        measures.message(comment, "We hid this.", by=officer, key="b")
