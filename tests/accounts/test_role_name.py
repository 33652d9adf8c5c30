"""Administrators and editors are named and ended; a main administrator who serves is always there (1.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models import Account, Role
from members.models import Member, Notification, TrailEntry
from members.powers import Power
from members.states import Invalid, Refused, WrongState

pytestmark = pytest.mark.sop("1.2")
EDITOR, ADMINISTRATOR, MAIN = Role.Kind.EDITOR, Role.Kind.ADMINISTRATOR, Role.Kind.MAIN_ADMINISTRATOR


def anew(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


@pytest.fixture
def newcomer(facebook: Account, make_member: Callable[..., Member]) -> Member:
    return make_member(name="Nora Newcomer")


def test_the_commander_names_with_period_and_reason_and_the_member_is_told(
    facebook: Account, commander: Member, newcomer: Member
) -> None:
    until = timezone.now() + timedelta(days=3)
    role = roles.name(facebook, newcomer, EDITOR, by=commander, reason="The marathon.", ends_at=until)
    assert (role.kind, role.reason, role.given_by, role.ends_at) == (EDITOR, "The marathon.", commander, until)
    assert facebook.may_act(anew(newcomer))
    assert "named you editor" in Notification.objects.get(member=newcomer).sentence
    assert TrailEntry.objects.about(role).get().verb == "appoint"


def test_named_anew_one_role_gives_way_to_the_other(facebook: Account, commander: Member, officer: Member) -> None:
    roles.name(facebook, officer, ADMINISTRATOR, by=commander, reason="Promoted.")
    standing = Role.objects.filter(Role.STANDING, account=facebook, member=officer)
    assert standing.get().kind == ADMINISTRATOR
    assert Role.objects.get(account=facebook, member=officer, kind=EDITOR).end_reason == "Promoted."


def test_a_role_runs_out_by_itself_and_its_row_is_closed_when_he_is_named_anew(
    facebook: Account, commander: Member, newcomer: Member
) -> None:
    past = timezone.now() - timedelta(minutes=1)
    Role.objects.create(account=facebook, member=newcomer, kind=EDITOR, ends_at=past)
    assert not facebook.may_act(anew(newcomer))
    roles.name(facebook, newcomer, EDITOR, by=commander, reason="Again.")
    ran_out, standing = Role.objects.filter(account=facebook, member=newcomer).order_by("pk")
    assert (ran_out.until, ran_out.end_reason) == (past, roles.RAN_OUT)
    assert standing.until is None
    assert facebook.may_act(anew(newcomer))


@pytest.mark.parametrize("who", ["commanding_officer", "supervisor", "officer", "specialist", "auditor"])
def test_nobody_else_names_or_ends(request: Any, facebook: Account, newcomer: Member, who: str) -> None:
    member = request.getfixturevalue(who)
    with pytest.raises(Refused):
        roles.name(facebook, newcomer, EDITOR, by=member, reason="So.")
    with pytest.raises(Refused):
        roles.end(facebook.roles.filter(kind=EDITOR)[0], by=member, reason="So.")
    with pytest.raises(Refused):
        roles.appoint_main(facebook, member, by=member, reason="So.")


def test_nobody_names_himself(
    facebook: Account, commander: Member, newcomer: Member, hand_over: Callable[..., Any]
) -> None:
    hand_over(commander, newcomer, Power.ADMINISTER_ACCOUNTS)
    for naming in (
        lambda by: roles.name(facebook, by, ADMINISTRATOR, by=by, reason="Me."),
        lambda by: roles.appoint_main(facebook, by, by=by, reason="Me."),
    ):
        with pytest.raises(Refused, match="himself"):
            naming(anew(newcomer))


@pytest.mark.parametrize("kind", [MAIN, "owner", ""])
def test_only_administrators_and_editors_are_named(
    facebook: Account, commander: Member, newcomer: Member, kind: str
) -> None:
    with pytest.raises(Invalid, match="administrator or editor"):
        roles.name(facebook, newcomer, kind, by=commander, reason="So.")


def test_who_has_left_or_only_reads_is_not_named_nor_without_reason_nor_for_the_past(
    facebook: Account, commander: Member, auditor: Member, transferred: Member, newcomer: Member
) -> None:
    for member in (auditor, transferred):
        with pytest.raises(Invalid):
            roles.name(facebook, member, EDITOR, by=commander, reason="So.")
    with pytest.raises(Invalid):
        roles.name(facebook, newcomer, EDITOR, by=commander, reason="  ")
    with pytest.raises(Invalid, match="past"):
        roles.name(facebook, newcomer, EDITOR, by=commander, reason="So.", ends_at=timezone.now())


def test_an_ended_role_counts_no_more_and_ends_once(facebook: Account, commander: Member, officer: Member) -> None:
    role = Role.objects.get(account=facebook, member=officer)
    roles.end(role, by=commander, reason="Another task.")
    assert not facebook.may_act(anew(officer))
    assert "ended your role" in Notification.objects.get(member=officer).sentence
    with pytest.raises(WrongState):
        roles.end(role, by=commander, reason="Once more.")


# --- the main administrator ---


def test_the_main_administrator_passes_to_a_designee_and_to_nobody_else(
    facebook: Account, commander: Member, officer: Member, supervisor: Member, hand_over: Callable[..., Any]
) -> None:
    with pytest.raises(Invalid, match="neither"):
        roles.appoint_main(facebook, supervisor, by=commander, reason="So.")
    hand_over(commander, officer, Power.ADMINISTER_ACCOUNTS)
    roles.appoint_main(facebook, anew(officer), by=commander, reason="On leave.")
    main = Role.objects.get(Role.STANDING, account=facebook, kind=MAIN)
    assert main.member == officer
    assert Role.objects.filter(Role.STANDING, account=facebook, member=officer).count() == 1


def test_the_main_administrators_role_is_not_ended_nor_overwritten(facebook: Account, commander: Member) -> None:
    main = facebook.roles.get(kind=MAIN)
    with pytest.raises(Invalid, match="always has a main administrator"):
        roles.end(main, by=commander, reason="So.")


def check_now() -> None:
    """As at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_database_leaves_no_account_without_a_main_administrator_who_serves(
    facebook: Account, commander: Member, officer: Member
) -> None:
    def ended() -> None:
        facebook.roles.filter(kind=MAIN).update(until=timezone.now())
        check_now()

    def gone() -> None:
        Member.objects.filter(pk=commander.pk).update(is_active=False, state="left")
        check_now()

    for tampering in (ended, gone):
        with pytest.raises(IntegrityError, match="always has a main administrator"), transaction.atomic():
            tampering()
    with transaction.atomic():
        facebook.roles.filter(kind=MAIN).update(until=timezone.now())
        facebook.roles.filter(member=officer).update(until=timezone.now())
        Role.objects.create(account=facebook, member=officer, kind=MAIN)
        check_now()
    for wrong in ({"kind": MAIN, "member": commander}, {"kind": EDITOR, "member": officer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.create(account=facebook, **wrong)


# --- pages ---


def test_the_page_names_and_ends_and_says_what_is_wrong(
    facebook: Account, commander: Member, newcomer: Member, browser_of: Callable[..., Client]
) -> None:
    browser, page = browser_of(commander), reverse("account_roles", args=[facebook.pk])
    answer = browser.post(f"{page}name/", {"member": newcomer.pk, "kind": "editor", "reason": ""})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    answer = browser.post(f"{page}name/", {"member": newcomer.pk, "kind": "editor", "reason": "The marathon."})
    assert answer["Location"] == page
    assert "The marathon." in browser.get(page).content.decode()
    role = Role.objects.get(member=newcomer)
    answer = browser.post(reverse("end_role", args=[role.pk]), {f"end-{role.pk}-reason": "Over."})
    assert answer["Location"] == page
    assert "Over." in browser.get(page).content.decode()


def test_naming_wants_a_fresh_second_factor(
    facebook: Account, commander: Member, newcomer: Member, browser_of: Callable[..., Client]
) -> None:
    address = reverse("name_role", args=[facebook.pk])
    said = {"member": newcomer.pk, "kind": "editor", "reason": "So."}
    assert browser_of(commander, fresh=False).post(address, said).status_code == 302
    assert not Role.objects.filter(member=newcomer).exists()


@pytest.mark.parametrize("name", ["name_role", "appoint_main", "suspend_account", "resume_account"])
def test_an_editor_who_types_the_address_is_refused(
    facebook: Account, officer: Member, browser_of: Callable[..., Client], name: str
) -> None:
    said = {"member": officer.pk, "kind": "administrator", "reason": "So."}
    assert browser_of(officer).post(reverse(name, args=[facebook.pk]), said).status_code == 403
    assert TrailEntry.objects.filter(by=officer).count() == 0
