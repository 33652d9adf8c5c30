"""Grades, undos, edits, reviews and appeals in any order: what stands at the end is what is true (4.L7, 4.S, 4.R)."""

from contextlib import suppress
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.states import Invalid, Refused, WrongState
from moderation import appeals, reviews
from moderation.models import Appeal, Review
from moderation.models.queue import Taken
from tests.moderation.acts import case_of, edit, grade, time_passes, work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L7", "4.S", "4.R")]
REFUSALS = (Refused, WrongState, Invalid, Taken)


@dataclass
class Play:
    """One comment, and whoever does something about it."""

    comment: object
    officers: list
    above: list

    def grade_7(self, who):
        grade(self.comment, 7, self.officers[who], words="")

    def grade_6(self, who):
        grade(self.comment, 6, self.officers[who])

    def undo(self, who):
        case_of(self.comment).undo(by=self.officers[who])

    def edit(self, who):
        edit(self.comment, f"Edited {case_of(self.comment).version}")

    def uphold(self, who):
        reviews.uphold(self._review(), by=self.officers[who], why="An insult.")

    def overturn(self, who):
        reviews.overturn(self._review(), 6, by=self.officers[who], why="Criticism.")

    def appeal(self, who):
        found = appeals.of_comment(self.comment)
        if found:
            appeals.receive(found, appeals.Said("Put it back."), way="phone", by=self.officers[who])

    def stands(self, who):
        appeals.uphold(self._appeal(), by=self.above[who], answer="It stands.")

    def put_back(self, who):
        appeals.overturn(self._appeal(), level=2, ends_ban=False, by=self.above[who], answer="Nothing wrong.")

    def work(self, who):
        work(self.comment, rounds=2)

    def _review(self):
        found = Review.objects.filter(comment=self.comment).order_by("pk").last()
        if found is None:
            raise Invalid("Nothing to review.")
        return found

    def _appeal(self):
        found = Appeal.objects.filter(comment=self.comment).order_by("pk").last()
        if found is None:
            raise Invalid("Nothing to decide.")
        return found


ACTS = ["grade_7", "grade_7", "grade_6", "undo", "edit", "uphold", "overturn", "appeal", "stands", "put_back", "work"]


def at_rest(comment):
    """Every order has run."""
    for _ in range(3):
        work(comment)
        time_passes(comment, 3600)


def check(comment, platform):
    case = case_of(comment)
    demanded = case.level in (7, 8)
    assert case.hidden == demanded, "hidden, and only then, when the standing grade demands it"
    assert (comment.remote_id in platform.hidden) == demanded
    assert comment.breaches.standing().exists() == demanded, "a strike counts while its grade stands"
    overturned = comment.grades.filter(key__startswith="overturn-").count()
    assert comment.breaches.filter(withdrawal__why="overturned").count() == overturned
    assert (
        overturned
        == comment.reviews.filter(state="overturned").count() + comment.appeals.filter(state="overturned").count()
    )
    assert list(comment.reviews.filter(state="waiting").exclude(grade=case.grade)) == []
    assert demanded or not comment.appeals.filter(state="received").exists()
    for review in comment.reviews.exclude(decided_by=None):
        assert review.decided_by_id != review.grader_id
    for record in comment.records.all():
        assert record.payload.is_untouched()


def test_whatever_comes_first_the_standing_grade_says_what_is_hidden_and_which_strikes_count(
    make_comment, officer, other_officer, supervisor, commanding_officer, platform
):
    @settings(
        max_examples=40,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from([0, 1])), min_size=3, max_size=14))
    def played(acts):
        point = transaction.savepoint()
        play = Play(make_comment("You are a crook."), [officer, other_officer], [supervisor, commanding_officer])
        try:
            for act, who in acts:
                with suppress(*REFUSALS), transaction.atomic():
                    getattr(play, act)(who)
            at_rest(play.comment)
            check(play.comment, platform)
        finally:
            transaction.savepoint_rollback(point)

    played()
