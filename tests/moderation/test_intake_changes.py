"""What later readings show: edits, deletions, returns and hides by another hand (rulings 6 and 7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.postgres.search import SearchQuery
from django.utils import timezone

from accounts.models import Account
from accounts.platforms.contract import Sight
from members.models import Member, TrailEntry
from members.states import WrongState
from moderation.intake import Tally, take_in
from moderation.models import Case, Comment, CommentVersion, GradingSystem, QueueEntry, SearchEntry
from moderation.models.cases import Decision
from tests.moderation.pages import a_page, an_item

pytestmark = pytest.mark.django_db


def the_case() -> Case:
    return Case.objects.get()


def versions() -> list[tuple[int, str, str]]:
    return list(CommentVersion.objects.order_by("number").values_list("number", "change", "text"))


@pytest.fixture
def graded(facebook: Account, officer: Member, grading_system: GradingSystem) -> Case:
    """A comment that was graded neutral: addressed, and out of the queue."""
    take_in(facebook, a_page(an_item("c1", "First", sight=Sight.VISIBLE)))
    the_case().grade_as(Decision(level=2, key="a-key"), by=officer)
    return the_case()


def test_an_edit_before_grading_is_a_version_and_the_comment_keeps_its_place(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1", "First")))
    place = QueueEntry.objects.get().at
    edited = an_item("c1", "Second", edited_at=timezone.now())
    assert take_in(facebook, a_page(edited)) == Tally(changed=1)
    version = CommentVersion.objects.get()
    assert (version.number, version.change, version.text) == (2, "edited", "Second")
    assert (version.edited_at, version.item.raw) == (edited.edited_at, edited.raw)
    assert Comment.objects.get().text == "First"
    assert (the_case().state, the_case().version) == ("waiting", 2)
    assert QueueEntry.objects.get().at == place
    assert take_in(facebook, a_page(edited)) == Tally(known=1)


def test_search_finds_the_newest_text(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1", "First")))
    take_in(facebook, a_page(an_item("c1", "Último")))
    found = SearchEntry.objects.filter(vector=SearchQuery("ultimo pena", config="simple"))
    assert found.count() == 1


@pytest.mark.sop("C.11")
def test_an_edit_after_grading_brings_the_comment_back_to_the_queue(facebook: Account, graded: Case) -> None:
    assert graded.state == "addressed"
    take_in(facebook, a_page(an_item("c1", "I will kill you")))
    case = the_case()
    assert (case.state, case.version, case.level, case.grade) == ("waiting", 2, 2, graded.grade)
    assert QueueEntry.objects.get().comment_id == case.pk
    entry = TrailEntry.objects.about(case).order_by("-id")[0]
    assert (entry.verb, entry.before, entry.after, entry.by) == ("edited", "addressed", "waiting", None)
    assert entry.decision_type == "moderation.commentversion"


def test_a_like_after_grading_brings_nothing_back(facebook: Account, graded: Case) -> None:
    take_in(facebook, a_page(an_item("c1", "First", likes=9, sight=Sight.VISIBLE)))
    assert (the_case().state, QueueEntry.objects.count()) == ("addressed", 0)


def test_what_its_author_deletes_before_grading_is_gone_before_grading(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1", "First")))
    tally = take_in(facebook, a_page(an_item("c1", "", sight=Sight.GONE, raw=b"")))
    assert tally == Tally(changed=1)
    assert versions() == [(2, "deleted", "")]
    assert (the_case().state, the_case().sight, the_case().version) == ("gone", "gone", 2)
    assert the_case().text == "First"
    assert not QueueEntry.objects.exists()
    assert take_in(facebook, a_page(an_item("c1", "", sight=Sight.GONE))) == Tally(known=1)


def test_what_its_author_deletes_after_grading_stays_as_graded(facebook: Account, graded: Case) -> None:
    take_in(facebook, a_page(an_item("c1", "", sight=Sight.GONE)))
    assert versions() == [(2, "deleted", "")]
    assert (the_case().state, the_case().sight, the_case().level) == ("addressed", "gone", 2)


@pytest.mark.parametrize("sight", [Sight.UNKNOWN, Sight.VISIBLE])
def test_what_is_there_again_waits_again(facebook: Account, sight: str) -> None:
    take_in(facebook, a_page(an_item("c1", "First")))
    take_in(facebook, a_page(an_item("c1", "", sight=Sight.GONE)))
    take_in(facebook, a_page(an_item("c1", "First", sight=sight)))
    assert versions() == [(2, "deleted", ""), (3, "restored", "First")]
    assert (the_case().state, the_case().sight, QueueEntry.objects.count()) == ("waiting", sight, 1)


def test_what_was_graded_and_is_there_again_with_the_same_text_stays_graded(facebook: Account, graded: Case) -> None:
    take_in(facebook, a_page(an_item("c1", "", sight=Sight.GONE)))
    take_in(facebook, a_page(an_item("c1", "First", sight=Sight.VISIBLE)))
    assert (the_case().state, the_case().sight) == ("addressed", "visible")
    take_in(facebook, a_page(an_item("c1", "", sight=Sight.GONE)))
    take_in(facebook, a_page(an_item("c1", "Other", sight=Sight.VISIBLE)))
    assert (the_case().state, QueueEntry.objects.count()) == ("waiting", 1)
    assert [number for number, _, _ in versions()] == [2, 3, 4, 5]


def test_what_another_hand_hides_changes_what_is_seen_and_not_what_was_decided(facebook: Account, graded: Case) -> None:
    assert take_in(facebook, a_page(an_item("c1", "First", sight=Sight.HIDDEN))) == Tally(changed=1)
    assert (the_case().sight, the_case().hidden, the_case().state) == ("hidden", False, "addressed")
    assert take_in(facebook, a_page(an_item("c1", "First", sight=Sight.UNKNOWN))) == Tally(known=1)
    take_in(facebook, a_page(an_item("c1", "First", sight=Sight.VISIBLE)))
    assert (the_case().sight, versions()) == ("visible", [])


def test_an_event_without_a_text_is_no_edit(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1", "First")))
    take_in(facebook, a_page(an_item("c1", "", sight=Sight.HIDDEN)))
    assert (the_case().sight, versions()) == ("hidden", [])


def test_a_page_that_comes_late_undoes_nothing(facebook: Account) -> None:
    before = timezone.now() - timedelta(minutes=5)
    take_in(facebook, a_page(an_item("c1", "First"), at=before - timedelta(minutes=5)))
    take_in(facebook, a_page(an_item("c1", "Second", sight=Sight.HIDDEN)))
    late = a_page(an_item("c1", "First", sight=Sight.VISIBLE), at=before)
    assert take_in(facebook, late) == Tally(known=1)
    assert (the_case().sight, versions()) == ("hidden", [(2, "edited", "Second")])


def test_a_deletion_that_comes_late_undoes_nothing(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1", "First", sight=Sight.VISIBLE)))
    early = timezone.now() - timedelta(minutes=5)
    assert take_in(facebook, a_page(an_item("c1", "", sight=Sight.GONE), at=early)) == Tally(known=1)
    assert the_case().state == "waiting"


def test_an_archived_comment_that_is_edited_stays_archived(facebook: Account) -> None:
    old = timezone.now() - timedelta(days=30)
    take_in(facebook, a_page(an_item("c1", "First", posted_at=old)))
    assert take_in(facebook, a_page(an_item("c1", "Second", posted_at=old))) == Tally(changed=1)
    assert (the_case().state, the_case().version, QueueEntry.objects.count()) == ("archived", 2, 0)


def test_an_officer_who_looked_at_the_old_text_is_told_so(
    facebook: Account, officer: Member, grading_system: GradingSystem
) -> None:
    take_in(facebook, a_page(an_item("c1", "First")))
    case = the_case()
    take_in(facebook, a_page(an_item("c1", "Second")))
    with pytest.raises(WrongState):
        case.grade_as(Decision(level=2, key="k", version=1), by=officer)
    case.refresh_from_db()
    case.grade_as(Decision(level=2, key="k2", version=2), by=officer)
    assert the_case().state == "addressed"
