"""The ladder: breaches are counted once, by poster and platform, withdrawn with their grade, and lapse (ruling 3)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.platforms.contract import Author
from moderation import ladder, threats
from moderation.models import Breach
from tests.moderation.acts import case_of, clause, edit, grade, trail
from tests.moderation.climbing import Climb

pytestmark = [pytest.mark.sop("4.S"), pytest.mark.usefixtures("no_hints", "prepared_texts", "platform")]


@pytest.fixture
def climb(make_comment, officer):
    return Climb(make_comment, officer)


def stands(comment):
    return ladder.standing(comment.poster, comment.account.platform)


def test_nobody_stands_on_the_ladder_before_a_breach(climb):
    comment = climb.comment("Thank you.")
    grade(comment, 1, climb.officer)
    assert (stands(comment).step, stands(comment).says) == (0, "No breach in force.")


def test_a_level_7_counts_once_under_its_clause(climb):
    comment = climb.breach()
    (breach,) = Breach.objects.all()
    assert (breach.comment, breach.poster, breach.platform) == (comment, comment.poster, "facebook")
    assert breach.clause == clause("b")
    assert stands(comment).step == 1
    assert trail(breach) == ["count"]


def test_a_comment_graded_7_again_is_the_same_breach(climb):
    comment = climb.breach()
    grade(comment, 7, climb.officer, clause=clause("a"))
    assert Breach.objects.standing().count() == 1
    edit(comment, "Viler words.")
    grade(comment, 7, climb.officer)
    assert Breach.objects.standing().count() == 1


def test_two_breaches_before_the_first_notice_are_one_step(climb):
    first = climb.breach(worked=False)
    second = climb.breach("More vile words.", worked=False)
    assert (stands(second).step, stands(second).allows_ban) == (1, False)
    assert ladder.called_for(first) == "first"


def test_a_breach_written_before_he_was_told_is_no_second(climb):
    early = climb.comment("Also vile.")
    climb.breach()
    grade(early, 7, climb.officer)
    assert stands(early).step == 1


def test_a_breach_written_after_he_was_told_is_the_second(climb):
    climb.breach()
    second = climb.breach("More vile words.")
    assert stands(second).step == 2
    assert stands(second).allows_ban
    assert second.notices.get().kind == "second"


def test_a_breach_after_one_of_which_he_could_not_be_told_is_no_second(climb):
    climb.breach(untold="He has no inbox.")
    second = climb.breach("More vile words.", worked=False)
    assert stands(second).step == 1
    assert second.notices.get().kind == "first"


def test_an_edited_comment_was_written_when_it_was_edited(climb):
    old = climb.comment("Fine words.", posted_at=timezone.now() - timedelta(days=2))
    assert ladder.written_at(old) == old.posted_at
    edit(old, "Vile words after all.")
    assert ladder.written_at(old) == old.versions.get().seen_at
    assert ladder.written_at(old, version=1) == old.posted_at


def test_another_platform_is_another_ladder(climb, make_comment):
    climb.breach()
    there = climb.breach(platform="x")
    assert stands(there).step == 1


def test_another_poster_is_another_ladder(climb):
    climb.breach()
    other = climb.breach(author="Somebody Else")
    assert stands(other).step == 1


def test_a_breach_of_somebody_whom_the_platform_does_not_name_is_kept_and_counts_for_nobody(climb):
    comment = climb.breach(author=None)
    assert Breach.objects.get().poster is None
    assert stands(comment).step == 0


def test_an_undo_withdraws_the_breach(climb):
    comment = climb.breach()
    case_of(comment).undo(by=climb.officer)
    breach = Breach.objects.get()
    assert (breach.withdrawal.why, breach.withdrawal.by) == ("undone", climb.officer)
    assert stands(comment).step == 0
    assert trail(breach) == ["count", "withdraw"]


@pytest.mark.parametrize("level", [1, 3, 6])
def test_a_grade_that_hides_no_more_withdraws_the_breach(climb, level):
    comment = climb.breach()
    grade(comment, level, climb.officer)
    assert Breach.objects.get().withdrawal.why == "regraded"


def test_after_an_undo_the_same_comment_can_be_a_breach_again(climb):
    comment = climb.breach()
    case_of(comment).undo(by=climb.officer)
    grade(comment, 7, climb.officer)
    assert [breach.is_withdrawn for breach in Breach.objects.order_by("pk")] == [True, False]


@pytest.mark.sop("4.L8")
def test_a_level_8_counts_nothing_before_a_supervisor_has_decided(climb):
    comment = climb.comment()
    grade(comment, 8, climb.officer)
    assert not Breach.objects.exists()


@pytest.mark.sop("4.L8")
def test_a_7_that_turns_out_to_be_an_8_counts_again_only_when_its_poster_is_warned(climb, supervisor):
    comment = climb.breach()
    grade(comment, 8, climb.officer)
    assert stands(comment).step == 0
    assert Breach.objects.get().withdrawal.get_why_display() == "graded anew"
    warn = threats.Choice(key="warn", kinds=frozenset({"warn"}), reason="Drunk, and sorry.")
    threats.decide(comment.threats.get(), warn, by=supervisor)
    assert Breach.objects.standing().get().grade.level == 8
    assert (stands(comment).step, Breach.objects.count()) == (1, 2)


@pytest.mark.sop("4.L8")
def test_the_database_refuses_a_breach_of_an_8_before_anybody_decided(climb):
    comment = climb.comment()
    given = grade(comment, 8, climb.officer)
    with pytest.raises(DatabaseError, match="whose poster is warned"), transaction.atomic():
        row(comment, grade=given, clause=given.clause).save()


def test_a_clause_that_waits_for_a_supervisor_counts_nothing_yet(climb):
    comment = climb.comment()
    grade(comment, 7, climb.officer, clause=clause("d"), subject="Coffee with a Cop.")
    assert not Breach.objects.exists()


def test_a_breach_lapses_after_two_years_and_sooner_where_so_set(climb, settings):
    comment = climb.breach(posted_at=timezone.now() - timedelta(days=60))
    assert stands(comment).step == 1
    settings.STRIKES_LAPSE_AFTER = timedelta(days=59)
    assert stands(comment).step == 0
    assert not Breach.objects.get().counts


# --- what the database itself refuses ---


def row(comment, **fields):
    case = case_of(comment)
    kept = {"poster": comment.poster, "platform": "facebook", "account": comment.account, "comment": comment}
    kept |= {"grade": case.grade, "clause": clause("b"), "written_at": comment.posted_at, "by": case.grade.by}
    return Breach(**{**kept, **fields})


def test_the_database_refuses_a_second_breach_of_a_comment(climb):
    comment = climb.breach()
    grade(comment, 7, climb.officer)
    with pytest.raises(DatabaseError, match="one comment is one breach"), transaction.atomic():
        row(comment).save()


def test_the_database_refuses_a_breach_that_no_grade_of_7_or_8_carries(climb):
    comment = climb.comment("Thank you.")
    grade(comment, 3, climb.officer)
    with pytest.raises(DatabaseError, match="a level 7, or an 8"), transaction.atomic():
        row(comment).save()


def test_the_database_refuses_a_breach_under_another_clause_or_another_poster(climb, make_comment):
    comment, other = climb.breach(), make_comment(author="Another")
    case_of(comment).undo(by=climb.officer)
    for fields in ({"clause": clause("a")}, {"poster": other.poster}):
        with pytest.raises(DatabaseError, match="a level 7, or an 8"), transaction.atomic():
            row(comment, **fields).save()


def test_a_breach_is_withdrawn_once_and_never_altered(climb):
    comment = climb.breach()
    case_of(comment).undo(by=climb.officer)
    breach = Breach.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(breach.withdrawal).objects.create(breach=breach, why="undone", by=climb.officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Breach.objects.update(written_at=timezone.now())


def test_a_poster_known_by_id_alone_is_counted(climb):
    comment = climb.breach(author=Author(remote_id="77", name=""))
    assert stands(comment).step == 1
