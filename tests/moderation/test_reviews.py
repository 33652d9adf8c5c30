"""The second review of a level 7, by a member other than the grader, within the set time (4.L7; ruling 4)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from members.models import Notification
from members.states import Invalid, Refused, WrongState
from moderation import clearing, reviews
from moderation.models import Clearance, Review
from moderation.waiting_reviews import reviews as line
from tests.moderation.acts import case_of, clause, grade, work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L7")]
RULES = DatabaseError


@pytest.fixture
def comment(make_comment):
    return make_comment("You are a lying crook.")


@pytest.fixture
def review(comment, officer):
    return review_of(comment, grade(comment, 7, officer, words="lying crook", reason="An insult."))


def review_of(comment, given=None):
    found = Review.objects.select_related("comment__case", "comment__account", "grader", "grade")
    return found.get(grade=given or case_of(comment).grade)


def run_out(review):
    """The review is past its time, as if made long ago: what the table refuses to every act."""
    import pgtrigger

    with pgtrigger.ignore("moderation.Review:what_is_reviewed_stands"):
        Review.objects.filter(pk=review.pk).update(due_at=timezone.now() - timedelta(minutes=1))


def test_each_level_7_is_to_be_reviewed_within_the_set_time(review, officer, settings):
    assert review.state == "waiting"
    assert review.grader == officer
    assert review.due_at - review.made_at == timedelta(hours=settings.REVIEW_HOURS)


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6, 8])
def test_no_other_level_is(comment, officer, level):
    grade(comment, level, officer)
    assert not Review.objects.exists()


def test_a_hide_that_is_cleared_first_is_reviewed_from_when_it_is_ordered(comment, officer, supervisor, other_officer):
    given = grade(comment, 7, officer, clause=clause("d"), subject="Coffee with a Cop")
    assert not Review.objects.exists()
    clearing.clear(Clearance.objects.get(), by=supervisor, why="Off the topic.")
    review = review_of(comment, given)
    with pytest.raises(Refused, match="You cleared this hide"):
        reviews.uphold(review, by=supervisor, why="As I said.")
    with pytest.raises(RULES, match="who cleared"), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(
            state="upheld", decided_by=supervisor, decided_at=timezone.now(), reason="As I said."
        )
    reviews.uphold(review, by=other_officer, why="Agreed.")


def test_a_second_member_upholds_it_and_it_stays_hidden(review, comment, other_officer, platform):
    reviews.uphold(review, by=other_officer, why="An insult to a person.")
    work(comment)
    review.refresh_from_db()
    assert (review.state, review.decided_by, review.reason) == ("upheld", other_officer, "An insult to a person.")
    assert case_of(comment).hidden


def test_the_grader_does_not_review_his_own_grade(review, officer, comment):
    with pytest.raises(Refused, match="another member reviews it"):
        reviews.uphold(review, by=officer, why="I was right.")
    with pytest.raises(RULES), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(
            state="upheld", decided_by=officer, decided_at=timezone.now(), reason="I was right."
        )
    assert review_of(comment).state == "waiting"


@pytest.mark.parametrize("who", ["auditor", "legal_adviser", "custodian", "transferred"])
def test_who_does_not_grade_does_not_review(review, who, request):
    with pytest.raises(Refused):
        reviews.uphold(review, by=request.getfixturevalue(who), why="Agreed.")


@pytest.mark.parametrize("why", ["", "  ", "x" * 2001])
def test_it_is_decided_with_a_reason(review, other_officer, why):
    with pytest.raises(Invalid):
        reviews.uphold(review, by=other_officer, why=why)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "upheld"},
        {"state": "upheld", "reason": "Because."},
        {"state": "overturned", "reason": "Because.", "level": None},
        {"state": "overturned", "reason": "Because.", "level": 7},
        {"state": "upheld", "reason": "Because.", "level": 3},
    ],
)
def test_the_database_knows_no_half_decision(review, other_officer, wrong):
    by = {"decided_by": other_officer, "decided_at": timezone.now()} if "reason" in wrong else {}
    if wrong == {"state": "upheld", "reason": "Because."}:
        by = {}
    with pytest.raises(RULES), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**wrong, **by)


def test_the_database_knows_no_review_of_another_level_nor_of_anothers_grade(comment, officer, other_officer):
    given = grade(comment, 6, officer)
    fields = {"grade": given, "comment": comment, "due_at": timezone.now()}
    with pytest.raises(RULES, match="of a level 7"), transaction.atomic():
        Review.objects.create(grader=officer, **fields)


def test_what_was_decided_is_decided_once(review, other_officer, supervisor):
    late = Review.objects.select_related("comment__case", "comment__account", "grade").get(pk=review.pk)
    reviews.uphold(review, by=other_officer, why="An insult.")
    with pytest.raises(WrongState, match="Chidi Okafor acted first"):
        reviews.overturn(late, 6, by=supervisor, why="Criticism.")
    with pytest.raises(RULES), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(state="void", decided_by=None)


def test_a_grade_taken_back_or_given_anew_is_nobodys_to_review(review, comment, officer, other_officer):
    case_of(comment).undo(by=officer)
    review.refresh_from_db()
    assert review.state == "void"
    with pytest.raises(WrongState):
        reviews.uphold(review, by=other_officer, why="An insult.")
    again = review_of(comment, grade(comment, 7, officer, reason=""))
    grade(comment, 7, officer, clause=clause("a"))
    again.refresh_from_db()
    assert again.state == "void"
    assert review_of(comment).state == "waiting"


def test_the_grader_is_told_when_he_was_overturned_and_not_when_he_was_upheld(
    review, make_comment, officer, other_officer
):
    told = Notification.objects.filter(member=officer, kind="reviews")
    upheld = make_comment("Another crook.")
    reviews.uphold(review_of(upheld, grade(upheld, 7, officer)), by=other_officer, why="An insult.")
    assert not told.exists()
    reviews.overturn(review, 6, by=other_officer, why="Criticism.")
    assert told.get().path == review.get_absolute_url()


# --- in time -------------------------------------------------------------------------------------------------------


def test_those_who_may_are_told_once_that_it_is_overdue(review, cast, officer, auditor):
    assert reviews.tell_of_overdue() == 0
    run_out(review)
    assert reviews.tell_of_overdue() == 1
    told = Notification.objects.filter(kind="reviews", sentence__contains="overdue")
    assert {one.member for one in told} == set(cast) - {officer}
    assert reviews.tell_of_overdue() == 0
    assert told.count() == len(cast) - 1


def test_home_counts_what_one_may_review_and_says_what_is_overdue(review, make_comment, officer, other_officer):
    assert line(officer).count == 0
    assert (line(other_officer).count, line(other_officer).tone) == (1, "warn")
    run_out(review)
    found = line(other_officer)
    assert (found.tone, found.address) == ("bad", review.get_absolute_url())


def test_the_one_due_first_stands_at_the_head(make_comment, officer):
    first, second = (review_of(one, grade(one, 7, officer)) for one in (make_comment("a"), make_comment("b")))
    run_out(second)
    assert list(Review.objects.open()) == [second, first]


# --- its pages -----------------------------------------------------------------------------------------------------


def test_the_page_shows_words_clause_and_thread_and_the_grader_only_when_asked(review, other_officer, browser_of):
    browser = browser_of(other_officer)
    page = browser.get(review.get_absolute_url()).content.decode()
    assert "<mark>lying crook</mark>" in page
    assert review.grade.clause.text[:40] in page
    assert "Coffee with a Cop" in page
    sheet = page[page.index("grader-word") : page.index("Trail") if "Trail" in page else None]
    assert "An insult." not in sheet
    shown = browser.get(f"{review.get_absolute_url()}?grader=shown").content.decode()
    assert "An insult." in shown


def test_deciding_leads_on_to_the_next_and_says_whose_grade_it_was(
    review, make_comment, officer, other_officer, browser_of
):
    other = make_comment("Another crook.")
    following = review_of(other, grade(other, 7, officer))
    browser = browser_of(other_officer)
    where = f"{review.get_absolute_url()}decide/"
    answer = browser.post(where, {"level": "6", "reason": "Criticism."}, follow=True)
    assert answer.redirect_chain[-1][0] == following.get_absolute_url()
    assert "Daniel Diaz had graded it" in answer.content.decode()
    review.refresh_from_db()
    assert (review.state, review.level, review.blind) == ("overturned", 6, True)


def test_who_had_the_grader_shown_before_is_noted(review, other_officer, browser_of):
    where = f"{review.get_absolute_url()}decide/"
    browser_of(other_officer).post(where, {"level": "7", "reason": "Agreed.", "shown": "yes"})
    review.refresh_from_db()
    assert (review.state, review.blind) == ("upheld", False)


@pytest.mark.parametrize(
    "typed",
    [
        {"level": "", "reason": "Why not."},
        {"level": "8", "reason": "Worse."},
        {"level": "6", "reason": ""},
        {"level": "6", "reason": "a\x00b"},
    ],
)
def test_a_form_that_makes_no_sense_comes_back_with_what_was_typed(review, other_officer, browser_of, typed):
    answer = browser_of(other_officer).post(f"{review.get_absolute_url()}decide/", typed)
    assert answer.status_code == 422
    assert review_of(review.comment).state == "waiting"


def test_the_grader_may_look_and_not_touch(review, officer, browser_of):
    browser = browser_of(officer)
    page = browser.get(review.get_absolute_url())
    assert page.status_code == 200
    assert "another member reviews it" in page.content.decode()
    assert browser.post(f"{review.get_absolute_url()}decide/", {"level": "7", "reason": "Mine."}).status_code == 403


def test_the_second_of_two_at_once_is_told_who_was_first(review, other_officer, supervisor, browser_of):
    where = f"{review.get_absolute_url()}decide/"
    browser_of(other_officer).post(where, {"level": "7", "reason": "Agreed."})
    late = browser_of(supervisor).post(where, {"level": "6", "reason": "Criticism."})
    assert late.status_code == 409
    assert "Chidi Okafor acted first" in late.content.decode()


def test_the_list_is_a_file_too(review, officer, browser_of):
    answer = browser_of(officer).get("/reviews/?format=csv")
    assert "Daniel Diaz" in b"".join(answer.streaming_content).decode()
