"""Who decides serves, and may, at the moment of writing: the database asks again (1.1, 1.2, 1.3, 1.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import roles, terminating
from accounts.models import (
    Account,
    AccountRequest,
    Acknowledgement,
    GoalServed,
    RequestDecision,
    RequestedRole,
    Role,
    Termination,
    TerminationApproval,
)
from accounts.models.requests import Case, request_account
from accounts.terminating import Prepared
from members.models import Designation, Member
from members.powers import Power
from members.states import WrongState
from tests.standing import approved_request

pytestmark = [pytest.mark.django_db, pytest.mark.sop("1.1", "1.2", "1.3", "1.4")]
GOALS = Prepared(ground="goals", ground_text="Six residents a month read it.")


@pytest.fixture
def asked(cast: list[Member], officer: Member) -> AccountRequest:
    goals, named = {"G": "Questions are answered there."}, {officer.pk: "administrator"}
    case = Case("facebook", "baysideparks", "Bayside Parks", "To inform.", "Open to everybody.", goals, named)
    return request_account(case, by=officer)


@pytest.fixture
def ending(facebook: Account, specialist: Member) -> Termination:
    return terminating.prepare(facebook, GOALS, by=specialist)


@pytest.fixture
def decide(asked: AccountRequest, ending: Termination) -> dict[str, Callable[[Member], object]]:
    """Each decision of the Commander's about an account, written past the verb."""
    return {
        "request": lambda by: RequestDecision.objects.create(request=asked, verdict="approved", reasons="So.", by=by),
        "end": lambda by: TerminationApproval.objects.create(termination=ending, reasons="So.", by=by),
        "terms": lambda by: Acknowledgement.objects.create(platform="x", version="0", digest=b"0", by=by),
    }


def leave(member: Member) -> None:
    """He leaves by another browser: what this one has read of him stays as it was."""
    with pgtrigger.ignore():
        Member.objects.filter(pk=member.pk).update(is_active=False, state="left")


EACH = pytest.mark.parametrize("what", ["request", "end", "terms"])


@EACH
def test_the_commander_and_who_acts_as_commander_decide(
    decide: dict[str, Callable[[Member], object]],
    commander: Member,
    commanding_officer: Member,
    hand_over: Callable[..., Designation],
    what: str,
) -> None:
    hand_over(commander, commanding_officer)
    for member in (commander, commanding_officer):
        with transaction.atomic():
            assert decide[what](member)
            transaction.set_rollback(True)


@EACH
def test_nobody_else_decides_in_the_database_either(
    decide: dict[str, Callable[[Member], object]],
    commander: Member,
    supervisor: Member,
    transferred: Member,
    hand_over: Callable[..., Designation],
    what: str,
) -> None:
    past = timezone.now() - timedelta(hours=1)
    hand_over(commander, supervisor, since=past - timedelta(days=2), until=past - timedelta(days=1))
    hand_over(commander, supervisor, since=past - timedelta(minutes=1), ended_at=past, ended_by=commander)
    hand_over(commander, supervisor, Power.APPROVE_CONTENT)
    for member in (supervisor, transferred):
        with pytest.raises(DatabaseError, match=r"his to decide|has left"), transaction.atomic():
            decide[what](member)


@EACH
def test_who_has_left_this_moment_decides_nothing(
    decide: dict[str, Callable[[Member], object]],
    commander: Member,
    commanding_officer: Member,
    hand_over: Callable[..., Designation],
    what: str,
) -> None:
    hand_over(commander, commanding_officer)
    leave(commanding_officer)
    with pytest.raises(DatabaseError, match="has left"), transaction.atomic():
        decide[what](commanding_officer)


def test_a_designee_decides_requests_and_ends_no_account(
    decide: dict[str, Callable[[Member], object]],
    commander: Member,
    supervisor: Member,
    hand_over: Callable[..., Designation],
) -> None:
    hand_over(commander, supervisor, Power.APPROVE_ACCOUNTS)
    assert decide["request"](supervisor)
    with pytest.raises(DatabaseError, match="his to decide"), transaction.atomic():
        decide["end"](supervisor)


def test_a_designation_that_ends_between_page_and_decision_counts_no_more(
    asked: AccountRequest, commander: Member, supervisor: Member, hand_over: Callable[..., Designation]
) -> None:
    handed = hand_over(commander, supervisor, Power.APPROVE_ACCOUNTS)
    assert asked.may_approve(supervisor)  # as this browser has read him
    Designation.objects.filter(pk=handed.pk).update(ended_at=timezone.now(), ended_by=commander)
    with pytest.raises(WrongState):
        asked.approve("It serves goal G.", by=supervisor)
    assert AccountRequest.objects.get(pk=asked.pk).state == "requested"


def test_nobody_who_left_this_moment_is_named(
    facebook: Account, commander: Member, make_member: Callable[..., Member]
) -> None:
    newcomer = make_member()
    leave(newcomer)
    assert newcomer.may(Power.ACT_ON_ACCOUNTS)  # as this browser has read him
    with pytest.raises(WrongState):
        roles.name(facebook, newcomer, Role.Kind.EDITOR, by=commander, reason="He writes well.")
    assert not Role.objects.filter(member=newcomer).exists()


def test_what_was_decided_on_is_what_was_asked(asked: AccountRequest, commander: Member, specialist: Member) -> None:
    asked.approve("It serves goal G.", by=commander)
    for slip in (
        lambda: RequestedRole.objects.create(request=asked, member=specialist, kind="administrator"),
        lambda: GoalServed.objects.create(request=asked, goal="A", how="So."),
    ):
        with pytest.raises(DatabaseError, match="stands as it was asked"), transaction.atomic():
            slip()


@pytest.mark.parametrize("state", ["closed", "suspended", "needs_reconnecting"])
def test_an_account_begins_as_active(cast: list[Member], state: str) -> None:
    request = approved_request("x", "baysidepd")
    with pytest.raises(DatabaseError, match="begins as active"), transaction.atomic():
        Account.objects.create(request=request, platform="x", remote_id="1", name="Bayside", state=state)


def test_an_account_is_in_a_state_that_there_is(facebook: Account) -> None:
    with pytest.raises(DatabaseError, match="known_state"), transaction.atomic():
        Account.objects.filter(pk=facebook.pk).update(state="gone")
