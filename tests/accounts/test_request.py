"""Requests for accounts (1.1): asked for with their case, decided by another, and nothing else becomes an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.establishing import Found, establish
from accounts.models import Account, AccountRequest, GoalServed, RequestDecision, Role
from accounts.models.requests import Case, request_account
from members.models import Member, Notification, TrailEntry
from members.powers import Power
from members.states import Invalid, Refused, WrongState
from tests.standing import approved_request

pytestmark = pytest.mark.sop("1.1")
Browser = Callable[..., Client]


@pytest.fixture
def case(specialist: Member) -> Case:
    return Case(
        "facebook",
        "Bayside.Traffic",
        "Bayside Traffic",
        "Roads and closures.",
        "Open to everybody alike.",
        {"B": "A closure is out within minutes."},
        {specialist.pk: "administrator"},
    )


@pytest.fixture
def asked(case: Case, officer: Member) -> AccountRequest:
    return request_account(case, by=officer)


def anew(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


# --- asking ---


def test_a_member_asks_with_his_case_and_who_decides_is_told(
    asked: AccountRequest, commander: Member, officer: Member, specialist: Member
) -> None:
    assert (asked.state, asked.handle, asked.handle_key) == ("requested", "Bayside.Traffic", "baysidetraffic")
    assert [(one.goal, one.how) for one in asked.goals.all()] == [("B", "A closure is out within minutes.")]
    assert [(one.member, one.kind) for one in asked.roles.all()] == [(specialist, "administrator")]
    assert Notification.objects.get(member=commander, kind="accounts").path == asked.address
    assert TrailEntry.objects.about(asked).get().by == officer


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"platform": "myspace"}, "platform"),
        ({"platform": "periscope"}, "platform"),
        ({"handle": "not a handle"}, "handle"),
        ({"purpose": "  "}, "purpose"),
        ({"values": ""}, "values"),
        ({"goals": {}}, "goals"),
        ({"goals": {"B": " "}}, "how_B"),
        ({"goals": {"Z": "So."}}, "how_Z"),
        ({"roles": {}}, "administrators"),
    ],
)
def test_a_case_that_lacks_something_is_refused_beside_its_field(
    case: Case, officer: Member, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        request_account(replace(case, **change), by=officer)
    assert refused.value.field == field
    assert not AccountRequest.objects.exists()


@pytest.mark.parametrize("spelt", ["baysidepd", "@Bayside.PD", "https://www.facebook.com/BAYSIDEPD/?x=1", "ｂaysidepd"])
def test_a_handle_that_the_department_has_already_is_named_in_every_spelling(
    facebook: Account, case: Case, officer: Member, spelt: str
) -> None:
    with pytest.raises(Invalid, match="has this account already: Bayside Police Department on Facebook, baysidepd"):
        request_account(replace(case, handle=spelt), by=officer)
    assert request_account(replace(case, platform="instagram", handle="bayside_other"), by=officer).pk


def test_a_handle_that_is_asked_for_is_not_asked_for_twice_until_it_is_free_again(
    asked: AccountRequest, case: Case, commander: Member, other_officer: Member
) -> None:
    again = replace(case, handle="facebook.com/bayside.traffic")
    with pytest.raises(Invalid, match="Daniel Diaz has asked for"):
        request_account(again, by=other_officer)
    asked.decline("Facebook Page of the city serves that.", by=commander)
    assert request_account(again, by=other_officer).state == "requested"


def test_the_database_too_keeps_one_handle_for_one(asked: AccountRequest, facebook: Account, officer: Member) -> None:
    said = {"platform": "facebook", "handle": "x", "purpose": "x", "values_statement": "x", "requested_by": officer}
    for key in (asked.handle_key, facebook.handle_key):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccountRequest.objects.create(**said, handle_key=key)
    with pytest.raises(IntegrityError, match="asked for this handle"), transaction.atomic():
        Account.objects.filter(pk=facebook.pk).update(handle_key=asked.handle_key)


def test_who_only_reads_does_not_ask(case: Case, auditor: Member, transferred: Member) -> None:
    for member in (auditor, transferred):
        with pytest.raises(Refused):
            request_account(case, by=member)


# --- deciding ---


def test_the_commander_decides_with_reasons_and_who_asked_is_told(
    asked: AccountRequest, commander: Member, officer: Member
) -> None:
    asked.approve("It serves goal B.", by=commander)
    decision = RequestDecision.objects.get(request=asked)
    assert (asked.state, decision.verdict, decision.by, decision.reasons) == (
        "approved",
        "approved",
        commander,
        "It serves goal B.",
    )
    assert Notification.objects.filter(member=officer, kind="accounts", path=asked.address).exists()


def test_a_designee_decides_too_and_nobody_else(
    asked: AccountRequest, cast: list[Member], hand_over: Callable[..., Any], auditor: Member
) -> None:
    for member in [*cast[1:], auditor]:
        with pytest.raises(Refused, match="approves the creation of a platform account"):
            asked.approve("So.", by=member)
    hand_over(cast[0], cast[1], Power.APPROVE_ACCOUNTS)
    asked.decline("Not now.", by=anew(cast[1]))
    assert asked.state == "declined"


def test_nobody_decides_his_own_request(case: Case, cast: list[Member], hand_over: Callable[..., Any]) -> None:
    commander, designee = cast[0], cast[1]
    hand_over(commander, designee, Power.APPROVE_ACCOUNTS)
    for number, member in enumerate((commander, anew(designee))):
        own = request_account(replace(case, handle=f"bayside.own{number}"), by=member)
        with pytest.raises(Refused, match="Nobody decides his own request"):
            own.approve("Mine.", by=member)
        with pytest.raises(DatabaseError, match="nobody decides his own"), transaction.atomic():
            RequestDecision.objects.create(request=own, verdict="approved", reasons="Mine.", by=member)


def test_a_commander_who_is_alone_can_start_a_unit(commander: Member) -> None:
    case = Case("x", "baysidepd", "Bayside", "News.", "Open.", {"B": "Quickly."}, {commander.pk: "administrator"})
    own = request_account(case, by=commander)
    own.approve("Nobody else serves yet.", by=commander)
    assert own.state == "approved"


def test_it_is_decided_once_and_with_reasons(asked: AccountRequest, commander: Member) -> None:
    with pytest.raises(Invalid):
        asked.approve(" ", by=commander)
    late = AccountRequest.objects.get(pk=asked.pk)
    asked.approve("Yes.", by=commander)
    with pytest.raises(WrongState, match="Ruth Keller acted first"):
        late.decline("No.", by=commander)
    assert RequestDecision.objects.count() == 1


def test_who_asked_withdraws_it_and_another_officer_does_not(
    asked: AccountRequest, officer: Member, other_officer: Member
) -> None:
    with pytest.raises(Refused):
        asked.withdraw(by=other_officer)
    asked.withdraw(by=officer)
    assert asked.state == "withdrawn"


# --- only an approved request becomes an account ---


def found(**fields: Any) -> Found:
    return Found(**({"remote_id": "77", "name": "Bayside Traffic", "handle": "baysidetraffic"} | fields))


def test_an_approved_request_becomes_the_account_with_those_it_named(
    asked: AccountRequest, commander: Member, specialist: Member
) -> None:
    asked.approve("Yes.", by=commander)
    account = establish(asked, found(), by=commander)
    assert (account.request, account.state, asked.state) == (asked, "active", "connected")
    roles = {(role.member, role.kind) for role in account.roles.all()}
    assert roles == {(commander, "main_administrator"), (specialist, "administrator")}


def test_neither_an_editor_nor_a_named_administrator_connects(
    asked: AccountRequest, commander: Member, supervisor: Member, specialist: Member
) -> None:
    asked.approve("Yes.", by=commander)
    for member in (supervisor, specialist):
        with pytest.raises(Refused):
            establish(asked, found(), by=member)


def test_what_is_not_approved_becomes_nothing(asked: AccountRequest, commander: Member) -> None:
    with pytest.raises(WrongState):
        establish(asked, found(), by=commander)
    with pytest.raises(DatabaseError, match="rests on an approved request"), transaction.atomic():
        Account.objects.create(request=asked, platform="facebook", remote_id="77", name="Bayside Traffic")
    asked.decline("No.", by=commander)
    with pytest.raises(DatabaseError, match="rests on an approved request"), transaction.atomic():
        Account.objects.create(request=asked, platform="facebook", remote_id="77", name="Bayside Traffic")


def test_another_account_than_the_approved_one_is_refused(asked: AccountRequest, commander: Member) -> None:
    asked.approve("Yes.", by=commander)
    with pytest.raises(Invalid, match=r"Approved is Bayside\.Traffic; this is baysidejokes"):
        establish(asked, found(handle="baysidejokes"), by=commander)
    assert not Account.objects.exists()


def test_an_account_that_the_department_has_is_not_connected_twice(facebook: Account, commander: Member) -> None:
    request = approved_request("facebook", "bayside.other", name="Other")
    with pytest.raises(Invalid, match="an account of the department already"):
        establish(request, found(remote_id=facebook.remote_id, handle="bayside.other"), by=commander)
    assert AccountRequest.objects.get(pk=request.pk).state == "approved"


def test_the_database_moves_no_request_without_its_decision(asked: AccountRequest, facebook: Account) -> None:
    for state in ("approved", "declined", "connected"):
        with pytest.raises(DatabaseError, match="does not move"), transaction.atomic():
            AccountRequest.objects.filter(pk=asked.pk).update(state=state)
    for change in ({"purpose": "Another."}, {"handle_key": "other"}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            AccountRequest.objects.filter(pk=asked.pk).update(**change)
    with pytest.raises(DatabaseError, match="begins as requested"), transaction.atomic():
        AccountRequest.objects.create(
            platform="x", handle="x", handle_key="x", purpose="x", values_statement="x", stood_before=True
        )
    with pytest.raises(DatabaseError, match="does not move"), transaction.atomic():
        AccountRequest.objects.filter(pk=facebook.request_id).update(state="withdrawn")


def test_the_database_wants_a_goal(officer: Member, commander: Member) -> None:
    said = {"platform": "x", "handle": "x", "handle_key": "x", "purpose": "x", "values_statement": "x"}
    request = AccountRequest.objects.create(**said, requested_by=officer)
    with pytest.raises(DatabaseError, match="names no goal"), transaction.atomic():
        RequestDecision.objects.create(request=request, verdict="approved", reasons="So.", by=commander)
    GoalServed.objects.create(request=request, goal="A", how="So.")
    assert RequestDecision.objects.create(request=request, verdict="approved", reasons="So.", by=commander).pk


# --- pages ---


def test_from_the_form_to_the_account_without_a_script(
    browser_of: Browser, officer: Member, commander: Member, specialist: Member
) -> None:
    form = {
        "platform": "facebook",
        "handle": "https://facebook.com/Bayside.Traffic",
        "name": "Bayside Traffic",
        "purpose": "Roads.",
        "values": "Open.",
        "goals": ["B", "G"],
        "how_B": "At once.",
        "administrators": [str(specialist.pk)],
    }
    browser = browser_of(officer)
    answer = browser.post(reverse("ask_for_account"), form)
    assert answer.status_code == 422  # how it serves G is missing
    assert "Say how the account would serve goal G" in answer.content.decode()
    assert "Roads." in answer.content.decode()
    unnamed = browser.post(reverse("ask_for_account"), form | {"name": ""}).content.decode()
    assert "Give the name under which the public sees it." in unnamed  # an account's, not a member's
    asked_at = browser.post(reverse("ask_for_account"), form | {"how_G": "Answered daily."})["Location"]
    assert "Somebody else decides it" not in browser_of(commander).get(asked_at).content.decode()
    assert "nobody decides his own request" in browser.get(asked_at).content.decode()
    assert browser.post(f"{asked_at}approve/", {"reasons": "Mine."}).status_code == 403
    answer = browser_of(commander).post(f"{asked_at}approve/", {"reasons": "It serves goal B."})
    assert answer["Location"] == asked_at
    assert "It serves goal B." in browser.get(asked_at).content.decode()


def test_a_decision_wants_a_fresh_second_factor(browser_of: Browser, asked: AccountRequest, commander: Member) -> None:
    answer = browser_of(commander, fresh=False).post(f"{asked.address}approve/", {"reasons": "Yes."})
    assert answer.status_code == 302
    assert AccountRequest.objects.get(pk=asked.pk).state == "requested"


def test_what_waits_stands_on_the_home_of_who_decides(
    browser_of: Browser, asked: AccountRequest, commander: Member, other_officer: Member
) -> None:
    assert asked.address in browser_of(commander).get(reverse("home")).content.decode()
    assert asked.address not in browser_of(other_officer).get(reverse("home")).content.decode()


def test_roles_named_before_are_no_roles_of_who_left(
    asked: AccountRequest, commander: Member, specialist: Member
) -> None:
    asked.approve("Yes.", by=commander)
    Member.objects.filter(pk=specialist.pk).update(is_active=False, state=Member.State.LEFT)
    account = establish(asked, found(), by=commander)
    assert list(Role.objects.filter(account=account).values_list("member", flat=True)) == [commander.pk]
