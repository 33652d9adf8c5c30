"""Grading (4.L1–4.L8): what each level does at once, what it orders, and when a grade is refused."""

from datetime import timedelta

import pytest

from accounts.models import Clause, Terms
from members.models import TrailEntry
from members.models.trail import one_act
from members.states import Invalid, Refused, WrongState
from moderation import second_looks
from moderation.decisions import Decision, Edited
from moderation.models import QueueEntry
from moderation.models.queue import Taken
from tests.moderation.acts import (
    SOURCE,
    case_of,
    clause,
    decision,
    edit,
    grade,
    order_of,
    orders,
    time_passes,
    trail,
    work,
)
from tests.moderation.climbing import work_it
from tests.moderation.gradings import next_version

pytestmark = pytest.mark.django_db


@pytest.mark.sop("4.L2", "4.L6", "C.11")
@pytest.mark.parametrize("level", [2, 6])
def test_neutral_and_negative_are_addressed_when_graded_and_nothing_is_sent(comment, officer, platform, level):
    grade(comment, level, officer)
    work(comment)
    assert case_of(comment).state == "addressed"
    assert not QueueEntry.objects.filter(pk=comment.pk).exists()
    assert platform.calls == []
    assert trail(comment.case) == ["grade"]


@pytest.mark.sop("4.L1", "4.L3", "4.L4", "4.L5", "C.11")
@pytest.mark.parametrize("level", [1, 3, 4, 5])
def test_a_level_that_asks_for_a_reply_is_outstanding_until_it_is_sent(comment, officer, supervisor, platform, level):
    grade(comment, level, officer)
    assert case_of(comment).state == "outstanding"
    order = case_of(comment).reply("Thank you, Marisol.", by=officer, key="r", rests=SOURCE)
    if order is None:  # a free text, which another member looks at first
        second_looks.approve(comment.drafts.get(), by=supervisor)
    work(comment)
    assert [answer.text for answer in platform.answers] == ["Thank you, Marisol."]
    if level == 4:  # closed only when resolved
        assert case_of(comment).state == "outstanding"
        case_of(comment).address(by=officer, reason="Their street light was mended.")
    assert case_of(comment).state == "addressed"


@pytest.mark.sop("4.L1")
def test_a_grade_can_bring_its_reply(comment, officer, platform):
    grade(comment, 1, officer, reply="  Thank you, Marisol.  ")
    work(comment)
    assert [answer.text for answer in platform.answers] == ["Thank you, Marisol."]
    assert trail(comment.case) == ["grade", "reply", "settle"]


@pytest.mark.sop("4.L7", "4.R", "4.TOU")
def test_level_7_is_retained_and_hidden_under_the_clause_named(comment, officer, platform):
    given = grade(comment, 7, officer, clause=clause("c"), words="Thank")
    hide = order_of(comment, "hide")
    assert (hide.record.grade, hide.record.clause, hide.clause) == (given, clause("c"), clause("c"))
    assert platform.hidden == set()
    work(comment)
    case = case_of(comment)
    assert platform.hidden == {comment.remote_id}
    assert (case.state, case.hidden, case.sight) == ("addressed", True, "hidden")


@pytest.mark.sop("4.L7")
@pytest.mark.parametrize(
    ("letter", "sentence"), [(None, "Name the clause"), ("g", r"Clause \(g\)"), ("h", "choose"), ("i", "choose")]
)
def test_level_7_without_a_clause_that_is_a_ground_is_refused_and_nothing_is_done(comment, officer, letter, sentence):
    with pytest.raises(Invalid, match=sentence) as refusal:
        grade(comment, 7, officer, clause=clause(letter) if letter else None)
    assert refusal.value.field == "clause"
    assert case_of(comment).state == "waiting"
    assert comment.records.count() == comment.orders.count() == comment.grades.count() == 0


@pytest.mark.sop("4.L7", "4.T")
def test_a_clause_of_terms_no_longer_in_force_is_refused_for_level_7(comment, officer):
    old = clause()
    new = Terms.objects.create(version=2, effective_from=old.terms.effective_from, preamble="New.")
    with pytest.raises(Invalid, match="new version"):
        grade(comment, 7, officer, clause=old)
    grade(comment, 7, officer, clause=Clause.objects.create(terms=new, letter="b", text="No.", grounds=True))


@pytest.mark.sop("4.L7")
@pytest.mark.sop("4.L7")
def test_a_level_7_names_the_words_relied_on_or_the_whole_text_by_choice(make_comment, officer):
    comment = make_comment("The mayor is fine. You are\n filthy  Vermin, all of you.")
    with pytest.raises(Invalid, match="Mark the words relied on") as refusal:
        grade(comment, 7, officer, whole=False)
    assert refusal.value.field == "words"
    assert grade(comment, 7, officer, words="are filthy vermin").words == "are\n filthy  Vermin", "as they stand there"
    whole, picture = make_comment("You are filthy vermin."), make_comment("")
    assert grade(whole, 7, officer, whole=True).words == ""
    assert grade(picture, 7, officer, whole=False).words == "", "a picture has none"


def test_the_words_relied_on_stand_in_the_comment(comment, officer):
    with pytest.raises(Invalid, match="do not stand in the comment"):
        grade(comment, 7, officer, words="you fools")
    assert grade(comment, 7, officer, words="you all").words == "you all"


@pytest.mark.sop("4.L7", "1.2")
def test_level_7_needs_a_role_on_the_account(comment, commanding_officer, officer):
    with pytest.raises(Refused, match="hides a level 7"):
        grade(comment, 7, commanding_officer)
    grade(comment, 7, officer)


@pytest.mark.sop("4.L8", "4.R")
def test_any_member_hides_a_level_8_with_one_key(comment, commanding_officer, platform):
    given = grade(comment, 8, commanding_officer)
    assert given.clause == clause("a")
    assert order_of(comment, "hide").urgent
    work(comment)
    assert platform.hidden == {comment.remote_id}


@pytest.mark.sop("F.VD", "1.3")
def test_a_transferred_member_grades_nothing_not_even_a_level_8(comment, transferred):
    for level in (2, 8):
        with pytest.raises(Refused, match="Only a member of the unit"):
            grade(comment, level, transferred)


@pytest.mark.sop("4.L8")
def test_level_8_waits_for_nobody_who_holds_the_comment(comment, officer, other_officer, platform):
    QueueEntry.claim(comment.pk, by=other_officer)
    with pytest.raises(Taken, match="Chidi Okafor"):
        grade(comment, 6, officer)
    grade(comment, 8, officer)
    assert not QueueEntry.objects.filter(pk=comment.pk).exists()
    work(comment)
    assert platform.hidden == {comment.remote_id}


@pytest.mark.sop("4.L8")
def test_level_8_asks_for_nothing(comment, officer, other_officer):
    grade(comment, 3, other_officer)
    grade(comment, 8, officer, grade_seen=None, reason="", clause=clause("g"), words="not there", reply="Stop!")
    assert orders(comment) == [("hide", "waiting")]
    assert case_of(comment).grade.words == ""


@pytest.mark.sop("4.L8")
def test_a_level_8_that_stands_is_not_given_again(comment, officer, other_officer):
    grade(comment, 8, other_officer)
    with pytest.raises(WrongState, match="Chidi Okafor acted first"):
        grade(comment, 8, officer)
    assert comment.grades.count() == 1


@pytest.mark.sop("4.L6", "4.L8")
def test_level_6_is_neither_answered_nor_hidden(comment, officer):
    with pytest.raises(Invalid, match="no reply, no hiding"):
        grade(comment, 6, officer, reply="You are wrong.")
    grade(comment, 6, officer, clause=clause("b"))
    assert orders(comment) == []


def test_a_reply_longer_than_the_platform_takes_is_refused_before(make_comment, officer):
    comment = make_comment(platform="x")
    with pytest.raises(Invalid, match="X takes 280 characters; this has 281"):
        grade(comment, 1, officer, reply="a" * 281)
    grade(comment, 1, officer, reply="a" * 280)


@pytest.mark.sop("1.2")
def test_only_administrators_and_editors_reply(comment, commanding_officer, officer):
    with pytest.raises(Refused, match="replies"):
        grade(comment, 1, commanding_officer, reply="Thank you.")
    grade(comment, 1, officer, reply="Thank you.")


@pytest.mark.parametrize("level", [0, 9, -1])
def test_there_are_eight_levels(comment, officer, level):
    with pytest.raises(Invalid, match="eight levels"):
        grade(comment, level, officer)


@pytest.mark.parametrize("level", [2, 6, 7, 8])
def test_a_double_click_is_one_grade(comment, officer, level):
    click = decision(comment, level, key="one-form")
    first = comment.case.grade_as(click, by=officer)
    assert case_of(comment).grade_as(click, by=officer) == first
    assert comment.grades.count() == 1
    assert comment.orders.count() == (1 if level > 6 else 0)


def test_the_same_form_does_not_serve_for_another_level_comment_or_member(make_comment, officer, other_officer):
    comment, other = make_comment(), make_comment()
    grade(comment, 2, officer, key="one-form")
    with pytest.raises(WrongState):
        grade(comment, 3, officer, key="one-form")
    with pytest.raises(Invalid, match="used for something else"):
        grade(other, 2, officer, key="one-form")
    with pytest.raises(Invalid, match="used for something else"):
        grade(comment, 2, other_officer, key="one-form")
    for key in ("", "k" * 81):
        with pytest.raises(Invalid, match="no key of its own"):
            grade(other, 2, officer, key=key)


def test_a_comment_graded_meanwhile_is_refused_with_who_acted(comment, officer, other_officer):
    seen = decision(comment, 3)
    grade(comment, 2, other_officer)
    with pytest.raises(WrongState, match="Chidi Okafor acted first"):
        case_of(comment).grade_as(seen, by=officer)
    grade(comment, 3, officer)


def test_a_comment_edited_meanwhile_is_refused_but_for_level_8(comment, officer):
    seen, threat = decision(comment, 3), decision(comment, 8)
    edit(comment)
    with pytest.raises(Edited, match="edited or deleted after you opened it"):
        case_of(comment).grade_as(seen, by=officer)
    assert case_of(comment).grade_as(threat, by=officer).version == 1


def test_a_stale_instance_judges_by_the_row_as_it_is(comment, officer, other_officer):
    stale = case_of(comment)
    grade(comment, 3, other_officer)
    with pytest.raises(WrongState):
        stale.grade_as(Decision(2, "k"), by=officer)
    assert stale.level == 3


@pytest.mark.sop("4.0")
def test_every_grade_keeps_the_system_it_was_given_under(comment, officer, grading_system):
    assert grade(comment, 2, officer).system == grading_system
    new = next_version(grading_system)
    assert grade(comment, 6, officer).system == new


@pytest.mark.sop("4.L7")
def test_on_instagram_the_notice_goes_first_and_then_the_hide(make_comment, officer, platform):
    comment = make_comment(platform="instagram")
    grade(comment, 7, officer, reply="We hid your comment under clause (b) of our terms: {reference}")
    work(comment)
    assert platform.names_of_calls() == ["reply", "hide"]
    assert orders(comment) == [("reply", "done"), ("hide", "done")]


@pytest.mark.sop("4.L7")
def test_elsewhere_the_hide_goes_first_and_then_the_notice(comment, officer, platform):
    grade(comment, 7, officer, reply="We hid your comment under clause (b) of our terms: {reference}")
    work_it(comment)
    assert platform.names_of_calls() == ["hide", "message"]


@pytest.mark.sop("4.L7")
def test_a_hide_waits_for_a_notice_that_fails_ten_minutes_at_most(make_comment, officer, platform, monkeypatch):
    comment = make_comment(platform="instagram")
    grade(comment, 7, officer, reply="We hid your comment: {reference}")
    platform.faults = ["unreachable"]
    work(comment)
    assert platform.hidden == set()
    monkeypatch.setattr("moderation.models.orders.NOTICE_PATIENCE", timedelta(0))
    work(comment)
    assert platform.hidden == {comment.remote_id}
    time_passes(comment, 60)
    work(comment)
    assert orders(comment) == [("reply", "by_hand"), ("hide", "done")]
    assert comment.notices.get().outcome == "by_hand"


@pytest.mark.sop("4.L7", "4.L8")
def test_only_whoever_waits_for_a_grade_is_graded(make_comment, officer):
    ours = make_comment(ours=True)
    with pytest.raises(WrongState):
        grade(ours, 2, officer)
    archived = make_comment(waiting=False)
    grade(archived, 2, officer)


def test_without_a_grading_system_nothing_is_graded(comment, officer, monkeypatch):
    monkeypatch.setattr("moderation.models.grades.GradingLevelQuerySet.in_force", lambda self, level: None)
    with pytest.raises(Invalid, match="No Comment Grading System"):
        grade(comment, 2, officer)


def test_one_click_is_one_act_on_the_trail(comment, officer, platform):
    with one_act() as act:
        grade(comment, 7, officer, reply="We hid your comment: {reference}")
    work_it(comment)
    entries = TrailEntry.objects.filter(act=act)
    verbs = {"grade", "retain", "count", "notify", "message", "send", "done", "settle"}
    assert verbs == set(entries.values_list("verb", flat=True))
    assert not TrailEntry.objects.exclude(act=act).exclude(verb__in=["publish", "translate"]).exists()
