"""Overturning a hide: shown again, the poster told, the strike withdrawn, the record kept (4.L7, 4.S; LR-6)."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from members.states import Invalid, Refused, WrongState
from moderation import measures, overturning, reviews
from moderation.models import BreachWithdrawal, Grade, Notice, RetainedRecord, Review
from tests.moderation.acts import case_of, edit, grade, order_of, trail, work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L7", "4.R")]


@pytest.fixture
def comment(make_comment):
    return make_comment("You are a lying crook.")


@pytest.fixture
def hidden(comment, officer, platform):
    """A level 7 that was hidden, and reviewed by nobody yet."""
    grade(comment, 7, officer, words="lying crook", reason="An insult.")
    work(comment)
    assert case_of(comment).hidden
    return comment


def review_of(comment):
    return Review.objects.select_related("comment__case", "comment__account", "grader").get(
        grade=case_of(comment).grade_id
    )


def test_what_is_overturned_is_shown_again_and_the_record_stays_and_says_so(hidden, other_officer, platform):
    kept = RetainedRecord.objects.get(comment=hidden)
    reviews.overturn(review_of(hidden), 6, by=other_officer, why="Criticism of the police.")
    work(hidden)
    assert platform.hidden == set()
    case = case_of(hidden)
    assert (case.level, case.hidden, case.state) == (6, False, "addressed")
    added = json.loads(bytes(kept.additions.get(kind="overturned").content))
    assert added["level"] == 6
    assert added["reason"] == "Criticism of the police."
    assert added["rests_on"].startswith("second review")


@pytest.mark.parametrize("level", [4, 5])
def test_an_apology_is_an_approved_text_and_waits_for_no_second_look(
    make_comment, officer, other_officer, prepared_texts, platform, level
):
    comment = make_comment("You are a lying crook.", platform="youtube")
    grade(comment, 7, officer, words="lying crook")
    work(comment)
    reviews.overturn(review_of(comment), level, by=other_officer, why="A complaint.")
    sorry = Notice.objects.get(kind="apology")
    assert (sorry.way, sorry.order.state, sorry.order.prepared) == ("public", "waiting", True)
    assert not comment.drafts.exists()


@pytest.mark.sop("4.S")
def test_the_strike_is_withdrawn(hidden, other_officer):
    assert hidden.breaches.standing().exists()
    reviews.overturn(review_of(hidden), 6, by=other_officer, why="Criticism.")
    assert not hidden.breaches.standing().exists()
    assert BreachWithdrawal.objects.get(breach__comment=hidden).why == "overturned"


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6])
def test_every_level_that_stays_visible_can_be_the_right_one(hidden, other_officer, platform, level):
    reviews.overturn(review_of(hidden), level, by=other_officer, why="Not offensive.")
    work(hidden)
    assert case_of(hidden).level == level
    assert platform.hidden == set()
    assert Notice.objects.filter(comment=hidden, kind="apology").count() == 1


def test_the_poster_is_told_that_we_are_sorry(hidden, other_officer, prepared_texts):
    reviews.overturn(review_of(hidden), 5, by=other_officer, why="Mistaken, not offensive.")
    told = Notice.objects.get(comment=hidden, kind="apology")
    assert told.carrier is not None
    assert told.text


def test_the_grade_that_was_overturned_is_kept_with_who_gave_it(hidden, officer, other_officer):
    reviews.overturn(review_of(hidden), 6, by=other_officer, why="Criticism.")
    first, second = Grade.objects.filter(comment=hidden).order_by("pk")
    assert (first.level, first.by, first.reason) == (7, officer, "An insult.")
    assert (second.level, second.by, second.supersedes) == (6, other_officer, first)


def test_who_overturns_needs_no_role_on_the_account(hidden, make_member, platform):
    elsewhere = make_member()
    assert not hidden.account.may_act(elsewhere)
    reviews.overturn(review_of(hidden), 6, by=elsewhere, why="Criticism.")
    work(hidden)
    assert platform.hidden == set()


def test_the_same_decision_overturns_once(hidden, other_officer):
    review = review_of(hidden)
    first = reviews.overturn(review, 6, by=other_officer, why="Criticism.")
    again = overturning.overturn(case_of(hidden), 6, by=other_officer, why="Criticism.", rests_on=review)
    assert again == first
    assert hidden.grades.count() == 2


@pytest.mark.parametrize("level", [7, 8, 0, 9])
def test_nothing_is_overturned_into_a_level_that_hides(hidden, other_officer, level):
    with pytest.raises(Invalid, match="levels 1 to 6"):
        reviews.overturn(review_of(hidden), level, by=other_officer, why="It is worse.")
    assert case_of(hidden).level == 7
    assert review_of(hidden).state == "waiting"


def test_what_is_not_hidden_by_its_grade_cannot_be_overturned(hidden, officer, other_officer):
    review = review_of(hidden)
    case_of(hidden).undo(by=officer)
    with pytest.raises(WrongState):
        overturning.overturn(case_of(hidden), 6, by=other_officer, why="Criticism.", rests_on=review)


def test_a_hide_not_sent_yet_is_withdrawn_and_nothing_is_called(comment, officer, other_officer, platform):
    grade(comment, 7, officer)
    reviews.overturn(review_of(comment), 2, by=other_officer, why="Nothing wrong with it.")
    work(comment)
    assert "hide" not in platform.names_of_calls()
    assert order_of(comment, "hide").state == "withdrawn"


def test_a_comment_edited_since_is_shown_again_and_still_waits_for_its_own_grade(
    hidden, officer, other_officer, platform
):
    edit(hidden, "You are all lying crooks, and more.")
    reviews.overturn(review_of(hidden), 6, by=other_officer, why="Criticism.")
    work(hidden)
    assert platform.hidden == set()
    assert case_of(hidden).state == "waiting"
    grade(hidden, 6, officer, reason="")


def test_the_trail_names_the_act_and_who_did_it(hidden, other_officer):
    review = review_of(hidden)
    reviews.overturn(review, 6, by=other_officer, why="Criticism.")
    assert "overturn" in trail(case_of(hidden))
    assert trail(review) == ["overturn"]


# --- bans ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def banned(hidden, other_officer, commander, supervisor):
    """The poster of the hidden comment is banned on its strength, by the Commander's waiver of the ladder."""
    return measures.propose(
        "ban",
        hidden.account,
        by=commander,
        reason="Again and again.",
        comment=hidden,
        poster=hidden.poster,
        review_on=timezone.localdate() + timedelta(days=30),
    )


def test_a_ban_proposed_on_its_strength_is_taken_back(banned, hidden, other_officer):
    reviews.overturn(review_of(hidden), 6, by=other_officer, why="Criticism.")
    banned.refresh_from_db()
    assert banned.state == "withdrawn"


def test_who_was_overturned_does_not_hide_the_same_words_again(hidden, officer, other_officer):
    reviews.overturn(review_of(hidden), 6, by=other_officer, why="Criticism.")
    with pytest.raises(Refused, match="was overturned"):
        grade(hidden, 7, officer)
    case_of(hidden).undo(by=officer)
    with pytest.raises(Refused, match="was overturned"):
        grade(hidden, 7, officer)
    edit(hidden)
    grade(hidden, 7, officer)
