"""Taking a grade back (ruling 2): one key, the record stays, the comment waits again."""

import pytest

from accounts import orders as steps
from accounts.models import Role
from accounts.orders import carry_out
from members.models import Member
from members.states import Refused, WrongState
from moderation.models import QueueEntry
from tests.moderation.acts import case_of, clause, grade, order_of, orders, time_passes, trail, work

pytestmark = pytest.mark.django_db


def undo(comment, by, **fields):
    return case_of(comment).undo(by=by, **fields)


@pytest.mark.parametrize("level", [2, 6])
def test_an_undone_grade_lets_the_comment_wait_again(comment, officer, level):
    given = grade(comment, level, officer)
    back = undo(comment, officer, reason="A slip.")
    case = case_of(comment)
    assert (case.state, case.level, case.grade) == ("waiting", None, back)
    assert (back.level, back.supersedes, back.reason) == (None, given, "A slip.")
    assert QueueEntry.objects.filter(pk=comment.pk).exists()
    grade(comment, 3, officer, reason="")
    assert trail(case) == ["grade", "undo", "grade"]


@pytest.mark.sop("4.L8", "4.R")
def test_a_slip_at_level_8_is_undone_by_whoever_made_it_without_a_role(comment, commanding_officer, platform):
    grade(comment, 8, commanding_officer)
    work(comment)
    assert platform.hidden
    undo(comment, commanding_officer)
    work(comment)
    assert platform.hidden == set()
    assert comment.records.count() == 1
    assert not case_of(comment).hidden


@pytest.mark.sop("4.L8", "1.2")
def test_anothers_level_8_is_undone_only_with_a_role_on_the_account(
    comment, officer, commanding_officer, other_officer
):
    grade(comment, 8, officer)
    with pytest.raises(Refused, match="administrator or editor"):
        undo(comment, commanding_officer)
    undo(comment, other_officer)


@pytest.mark.sop("4.L7", "4.L8", "1.2")
def test_what_a_colleague_hid_is_not_shown_by_undoing_ones_own_level_8(comment, officer, commanding_officer, platform):
    grade(comment, 7, officer)
    work(comment)
    grade(comment, 8, commanding_officer)
    with pytest.raises(Refused):
        undo(comment, commanding_officer)
    undo(comment, officer)
    work(comment)
    assert platform.hidden == set()


@pytest.mark.sop("4.L7", "4.L8", "1.2")
def test_a_colleagues_hide_that_waits_is_not_dropped_by_undoing_ones_own_level_8(comment, officer, commanding_officer):
    grade(comment, 7, officer)
    grade(comment, 8, commanding_officer)
    assert orders(comment) == [("hide", "withdrawn"), ("hide", "waiting")]
    with pytest.raises(Refused):
        undo(comment, commanding_officer)
    with pytest.raises(Refused):
        grade(comment, 6, commanding_officer)
    assert orders(comment)[-1] == ("hide", "waiting")


@pytest.mark.sop("4.L8", "1.2")
def test_ones_own_level_8_is_undone_after_its_clause_was_put_right_too(comment, commanding_officer):
    grade(comment, 8, commanding_officer)
    grade(comment, 8, commanding_officer, clause=clause("c"), reason="It is about hate.")
    undo(comment, commanding_officer)
    assert case_of(comment).state == "waiting"


@pytest.mark.sop("1.2", "1.3")
def test_whoever_lost_the_role_does_not_take_back_a_level_7(comment, officer):
    grade(comment, 7, officer)
    role = Role.objects.get(member=officer, account=comment.account)
    role.until = role.since
    role.save()
    with pytest.raises(Refused):
        undo(comment, Member.objects.get(pk=officer.pk))


def test_a_second_click_changes_nothing_and_a_colleague_is_told(comment, officer, other_officer):
    grade(comment, 2, officer)
    back = undo(comment, officer)
    assert undo(comment, officer) == back
    with pytest.raises(WrongState, match="Daniel Diaz acted first"):
        undo(comment, other_officer)


def test_an_ungraded_comment_has_nothing_to_undo(comment, officer):
    with pytest.raises(WrongState):
        undo(comment, officer)


@pytest.mark.sop("4.L1")
def test_an_answer_not_sent_yet_is_withdrawn_and_a_sent_one_stands(make_comment, officer, platform):
    held, sent = make_comment(), make_comment()
    for comment in (held, sent):
        grade(comment, 1, officer, reply="Thank you.")
    work(sent)
    for comment in (held, sent):
        undo(comment, officer)
        work(comment)
    assert orders(held) == [("reply", "withdrawn")]
    assert orders(sent) == [("reply", "done")]
    assert [answer.under for answer in platform.answers] == [sent.remote_id]


@pytest.mark.sop("4.L7", "4.R")
@pytest.mark.parametrize("step", ["claimed", "before_call", "after_call"])
def test_a_hide_undone_while_a_worker_has_it_ends_visible(comment, officer, platform, monkeypatch, step):
    grade(comment, 7, officer)

    def meanwhile(reached):
        if reached == step:
            monkeypatch.setattr(steps, "reached", lambda step: None)
            undo(comment, officer)

    monkeypatch.setattr(steps, "reached", meanwhile)
    work(comment)
    assert platform.hidden == set()
    assert not case_of(comment).hidden
    assert orders(comment)[-1] == ("unhide", "done")


@pytest.mark.sop("4.L7")
@pytest.mark.parametrize("fault", ["not_possible", "refused"])
def test_nobody_is_asked_to_hide_by_hand_what_was_undone_meanwhile(comment, officer, platform, monkeypatch, fault):
    grade(comment, 7, officer)
    platform.faults = [fault]

    def meanwhile(reached):
        if reached == "before_call":
            monkeypatch.setattr(steps, "reached", lambda step: None)
            undo(comment, officer)

    monkeypatch.setattr(steps, "reached", meanwhile)
    work(comment)
    assert orders(comment) == [("hide", "withdrawn"), ("unhide", "done")]


@pytest.mark.sop("4.L7")
def test_an_unhide_waits_for_the_hide_that_it_takes_back(comment, officer, platform):
    grade(comment, 7, officer)
    hide = order_of(comment, "hide")
    assert hide.claim()
    undo(comment, officer)
    assert not carry_out(order_of(comment, "unhide"))
    hide.end("done")
    assert carry_out(order_of(comment, "unhide"))


@pytest.mark.sop("4.L7", "4.R")
@pytest.mark.parametrize("fault", ["lost", "applied"])
def test_a_hide_of_unknown_outcome_undone_is_asked_about_never_sent_again(comment, officer, platform, fault):
    grade(comment, 7, officer)
    platform.faults = [fault]
    work(comment)
    assert order_of(comment, "hide").state == "uncertain"
    undo(comment, officer)
    work(comment)
    assert platform.hidden == set()
    assert platform.names_of_calls() == ["hide", "get_comment", "unhide"]
    assert orders(comment) == [("hide", "done" if fault == "applied" else "withdrawn"), ("unhide", "done")]


@pytest.mark.sop("4.L7")
def test_a_hide_that_failed_without_a_certain_answer_is_shown_again_all_the_same(comment, officer, platform):
    grade(comment, 7, officer)
    platform.faults = ["applied", "refused"]  # hidden, unanswered; then the look is refused for good
    work(comment)
    time_passes(comment, 5)
    work(comment)
    assert orders(comment) == [("hide", "failed")]
    undo(comment, officer)
    work(comment)
    assert platform.hidden == set()


@pytest.mark.sop("4.L8")
def test_grading_8_again_before_the_unhide_left_leaves_it_hidden_without_a_call(comment, officer, platform):
    grade(comment, 8, officer)
    work(comment)
    undo(comment, officer)
    grade(comment, 8, officer)
    work(comment)
    assert platform.names_of_calls() == ["hide"]
    assert orders(comment) == [("hide", "done"), ("unhide", "withdrawn")]
    assert case_of(comment).state == "addressed"


@pytest.mark.sop("4.L8")
def test_grading_8_again_while_the_unhide_is_sent_hides_again_after_it(comment, officer, platform, monkeypatch):
    grade(comment, 8, officer)
    work(comment)
    undo(comment, officer)

    def meanwhile(reached):
        if reached == "before_call":
            monkeypatch.setattr(steps, "reached", lambda step: None)
            grade(comment, 8, officer)

    monkeypatch.setattr(steps, "reached", meanwhile)
    work(comment)
    assert platform.names_of_calls() == ["hide", "unhide", "hide"]
    assert platform.hidden == {comment.remote_id}


def test_undoing_the_grade_of_a_comment_edited_since_keeps_its_place_in_the_queue(comment, officer):
    grade(comment, 3, officer)
    case_of(comment).become("waiting", verb="edited", by=None, version=2)
    QueueEntry.objects.create(comment=comment, account=comment.account, at=comment.posted_at)
    undo(comment, officer)
    assert QueueEntry.objects.filter(pk=comment.pk).count() == 1
    grade(comment, 2, officer, reason="")


@pytest.mark.sop("4.L7")
def test_a_hide_withdrawn_in_doubt_is_shown_again_by_a_later_undo(comment, officer, platform):
    grade(comment, 7, officer)
    platform.faults = ["applied"]  # hidden, unanswered
    work(comment)
    grade(comment, 3, officer)
    platform.faults = ["not_possible"]  # the look is refused: nobody knows, and the hide is withdrawn
    assert carry_out(order_of(comment, "hide"))
    assert order_of(comment, "hide").state == "withdrawn"
    grade(comment, 8, officer)
    undo(comment, officer)
    platform.faults = []
    work(comment)
    assert platform.hidden == set()
