"""Referrals (4.L4, E.3): a comment with somebody who acts on it, followed by its owner to its outcome."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from members.models import Member
from members.states import Invalid, Refused, WrongState
from moderation import referrals
from moderation.models import Case, Comment, Referral, ReferralEntry
from moderation.ready_answers import ready_answer
from tests.moderation.acts import case_of, grade, trail, work
from tests.moderation.referring import again, log_of, refer, section, told

pytestmark = [pytest.mark.sop("4.L4"), pytest.mark.usefixtures("prepared_texts")]

Outcome = Referral.Outcome


def state(comment: Comment) -> str:
    return case_of(comment).state


@pytest.fixture
def concern(comment: Comment, officer: Member, platform: Any) -> Comment:
    """Graded 4 and acknowledged in public."""
    grade(comment, 4, officer, reply=ready_answer(comment, "acknowledge"))
    work(comment)
    return comment


def test_a_concern_acknowledged_is_not_closed_by_its_acknowledgement(concern: Comment) -> None:
    assert state(concern) == Case.State.OUTSTANDING


def test_it_stays_outstanding_until_its_referral_is_resolved(concern: Comment, officer: Member) -> None:
    referral = refer(concern, officer)
    assert state(concern) == Case.State.OUTSTANDING
    referrals.answer(referral, "We fixed the light.", by=officer)
    assert state(concern) == Case.State.OUTSTANDING
    referrals.resolve(referral, Outcome.HELPED, "The light works again.", by=officer)
    assert state(concern) == Case.State.ADDRESSED
    assert trail(referral) == ["refer", "answer", "resolve"]
    assert log_of(referral) == ["opened", "answer", "resolved"]


def test_without_a_referral_it_is_closed_with_an_outcome(concern: Comment, officer: Member) -> None:
    case_of(concern).address(by=officer, reason="Told at the counter whom to call.")
    assert state(concern) == Case.State.ADDRESSED


def test_while_it_is_open_nobody_closes_the_comment_beside_it(concern: Comment, officer: Member) -> None:
    referral = refer(concern, officer)
    with pytest.raises(Invalid, match=referral.reference):
        case_of(concern).address(by=officer, reason="Enough.")
    assert state(concern) == Case.State.OUTSTANDING


def test_a_resolved_referral_without_the_acknowledgement_leaves_it_owed(comment: Comment, officer: Member) -> None:
    grade(comment, 4, officer)
    referral = refer(comment, officer)
    referrals.resolve(referral, Outcome.HELPED, "Done.", by=officer)
    assert state(comment) == Case.State.OUTSTANDING


def test_opened_again_it_opens_its_comment_again(concern: Comment, officer: Member) -> None:
    referral = refer(concern, officer)
    referrals.resolve(referral, Outcome.HELPED, "Done.", by=officer)
    referrals.reopen(referral, by=officer, why="It broke again.")
    assert again(referral).state == Referral.State.OPEN
    assert again(referral).outcome == ""
    assert state(concern) == Case.State.OUTSTANDING


@pytest.mark.parametrize("outcome", ["", "whatever"])
def test_without_an_outcome_nothing_is_resolved(concern: Comment, officer: Member, outcome: str) -> None:
    referral = refer(concern, officer)
    with pytest.raises(Invalid):
        referrals.resolve(referral, outcome, "Done.", by=officer)
    with pytest.raises(Invalid):
        referrals.resolve(referral, Outcome.HELPED, "   ", by=officer)
    assert again(referral).state == Referral.State.OPEN


def test_the_database_keeps_no_end_without_an_outcome(concern: Comment, officer: Member) -> None:
    referral = refer(concern, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state="resolved")


def test_what_was_opened_and_what_was_logged_stand_in_the_database(concern: Comment, officer: Member) -> None:
    referral = refer(concern, officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(asks="Something else.")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralEntry.objects.filter(referral=referral).update(text="Never said.")


def test_a_double_click_opens_one(concern: Comment, officer: Member) -> None:
    first = refer(concern, officer, key="one-click")
    assert refer(concern, officer, key="one-click") == first
    assert Referral.objects.count() == 1


def test_of_two_at_once_one_is_opened(concern: Comment, officer: Member, other_officer: Member) -> None:
    refer(concern, officer)
    with pytest.raises(Invalid, match="open already"):
        refer(concern, other_officer)


def test_of_two_who_resolve_the_second_learns_who_was_first(
    concern: Comment, officer: Member, supervisor: Member
) -> None:
    referral = refer(concern, officer)
    stale = again(referral)
    referrals.resolve(referral, Outcome.HELPED, "Done.", by=officer)
    with pytest.raises(WrongState, match=officer.name):
        referrals.resolve(stale, Outcome.NOTHING_FOUND, "Nothing.", by=supervisor)
    assert again(referral).outcome == "Done."


def test_what_is_over_is_not_written_on(concern: Comment, officer: Member) -> None:
    referral = refer(concern, officer)
    referrals.resolve(referral, Outcome.HELPED, "Done.", by=officer)
    with pytest.raises(WrongState):
        referrals.log(referral, "One more thing.", by=officer)


def test_its_owner_and_a_supervisor_resolve_it_and_nobody_else(
    concern: Comment, officer: Member, other_officer: Member, supervisor: Member, auditor: Member
) -> None:
    referral = refer(concern, officer)
    for member in (other_officer, auditor):
        with pytest.raises(Refused):
            referrals.resolve(referral, Outcome.HELPED, "Done.", by=member)
    referrals.resolve(referral, Outcome.HELPED, "Done.", by=supervisor)
    assert told(officer) == [f"{referral.reference} is resolved: acted on."]


def test_who_reads_only_opens_and_logs_nothing(concern: Comment, officer: Member, auditor: Member) -> None:
    with pytest.raises(Refused):
        refer(concern, auditor)
    with pytest.raises(Refused):
        referrals.log(refer(concern, officer), "Seen.", by=auditor)


def test_any_member_writes_down_what_was_said(concern: Comment, officer: Member, other_officer: Member) -> None:
    referral = refer(concern, officer)
    referrals.log(referral, "Their desk called: Monday.", by=other_officer)
    assert log_of(referral) == ["opened", "note"]
    assert again(referral).last_at is not None


def test_handed_on_it_goes_to_another_section_and_another_owner(
    concern: Comment, officer: Member, other_officer: Member
) -> None:
    referral, parks = refer(concern, officer), section("Parks")
    referrals.hand_on(referral, by=officer, why="Theirs.", section=parks, owner=other_officer)
    now = again(referral)
    assert (now.section, now.owner, now.state) == (parks, other_officer, Referral.State.OPEN)
    assert told(other_officer)
    assert not told(officer)


@pytest.mark.parametrize("days", [-1, 400])
def test_it_is_due_at_a_time_to_come(concern: Comment, officer: Member, days: int) -> None:
    when = timezone.now() + timedelta(days=days)
    with pytest.raises(Invalid, match="to come"):
        refer(concern, officer, due_at=when)
    referral = refer(concern, officer)
    with pytest.raises(Invalid, match="to come"):
        referrals.move_due(referral, when, by=officer, why="Later.")


def test_a_due_time_moves_with_a_reason(concern: Comment, officer: Member) -> None:
    referral, when = refer(concern, officer), timezone.now() + timedelta(days=9)
    with pytest.raises(Invalid):
        referrals.move_due(referral, when, by=officer, why=" ")
    referrals.move_due(referral, when, by=officer, why="They asked for a week.")
    assert again(referral).due_at == when
    assert log_of(referral) == ["opened", "due_moved"]


def test_it_needs_somebody_who_is_asked(concern: Comment, officer: Member) -> None:
    with pytest.raises(Invalid, match="who is asked"):
        refer(concern, officer, section=None)


def test_nobody_follows_it_who_has_left(concern: Comment, officer: Member, transferred: Member) -> None:
    with pytest.raises(Invalid, match="does not serve"):
        refer(concern, officer, owner=transferred)


def test_a_section_set_inactive_is_not_referred_to(concern: Comment, officer: Member) -> None:
    with pytest.raises(Invalid, match="not referred to any more"):
        refer(concern, officer, section=section("Mounted Patrol", active=False))


def test_our_own_comment_is_not_referred(make_comment: Any, officer: Member) -> None:
    with pytest.raises(Invalid):
        refer(make_comment("Thanks.", ours=True), officer)


def test_a_slip_undone_ends_the_referral_that_it_opened(comment: Comment, officer: Member) -> None:
    given = grade(comment, 4, officer)
    referral = refer(comment, officer, key=f"{given.key}:concern")
    case_of(comment).undo(by=officer)
    assert again(referral).outcome_kind == Outcome.WITHDRAWN


def test_what_was_followed_already_outlives_an_undone_grade(comment: Comment, officer: Member) -> None:
    given = grade(comment, 4, officer)
    referral = refer(comment, officer, key=f"{given.key}:concern")
    referrals.log(referral, "Called them.", by=officer)
    case_of(comment).undo(by=officer)
    assert again(referral).state == Referral.State.OPEN


def test_a_withdrawn_referral_closes_no_concern(concern: Comment, officer: Member) -> None:
    referral = refer(concern, officer)
    referrals.resolve(referral, Outcome.WITHDRAWN, "Wrong comment.", by=officer)
    assert state(concern) == Case.State.OUTSTANDING


# --- leads ---


@pytest.mark.sop("E.3")
def test_any_comment_becomes_a_lead_and_waits_for_no_grade(make_comment: Any, officer: Member) -> None:
    message = make_comment("I know who did it.", kind="message", waiting=False)
    lead = refer(message, officer, "lead", case_number="2026-01234", asks="Call back.")
    assert lead.owner == officer
    assert state(message) == Case.State.ARCHIVED


@pytest.mark.sop("E.3")
@pytest.mark.parametrize(
    "number", ["Suspect is John Doe, born 1980, seen at the marina", "12'34", "<script>", "=1+1", "x" * 41]
)
def test_the_case_number_is_a_number_alone(comment: Comment, officer: Member, number: str) -> None:
    with pytest.raises(Invalid, match="number alone"):
        refer(comment, officer, "lead", case_number=number)


def test_hostile_text_is_kept_as_it_was_written(concern: Comment, officer: Member) -> None:
    referral = refer(concern, officer, asks="<b>now</b>\x00 '; DROP TABLE")
    assert again(referral).asks == "<b>now</b> '; DROP TABLE"
    with pytest.raises(Invalid, match="characters"):
        referrals.log(referral, "x" * 5001, by=officer)
