"""Removals: what a transferred member may still do on a platform is watched until the Commander confirms its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pgtrigger
import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Removal, RemovalNote, Role
from accounts.models.holders import note_hold
from accounts.platforms.contract import WITH_API, Platform
from accounts.removal_steps import STEPS, steps_for
from accounts.transfer import end_roles
from members.models import Member, Notification, TrailEntry
from members.states import Invalid, Refused, WrongState
from members.transferring import hand_over_command, transfer
from members.waiting import lines_for

BrowserOf = Callable[[Member], Client]
pytestmark = pytest.mark.sop("1.3")


@pytest.fixture
def removals(accounts: dict[str, Account], officer: Member, commander: Member) -> dict[str, Removal]:
    """Of an officer who was editor of each account and has been transferred."""
    transfer(officer, by=commander, reason="Rotation.")
    return {one.account.platform: one for one in Removal.objects.select_related("account", "member")}


@pytest.fixture
def removal(removals: dict[str, Removal]) -> Removal:
    return removals[Platform.FACEBOOK]


def confirm_all(removal: Removal, *, by: Member, note: str = "") -> None:
    """Every item, one after the other; the note goes with the first."""
    for item in removal.items.filter(confirmed_at=None):
        removal.confirm(item, by=by, note=note)
        note = ""


# --- what opens ---


def test_one_opens_for_each_account_on_which_he_held_a_role(removals: dict[str, Removal], officer: Member) -> None:
    assert set(removals) == set(WITH_API)
    assert {(one.member, one.kind, one.state) for one in removals.values()} == {(officer, "editor", "outstanding")}
    assert not Role.objects.filter(Role.STANDING, member=officer).exists()


def test_the_commander_is_told_once_where_to_begin(removals: dict[str, Removal], commander: Member) -> None:
    told = Notification.objects.get(member=commander, kind="accounts")
    assert "4 accounts" in told.sentence
    assert told.path == f"{reverse('removals')}?member={removals['x'].member_id}"


def test_a_role_that_ended_earlier_is_asked_about_too(facebook: Account, officer: Member, commander: Member) -> None:
    Role.objects.filter(member=officer).update(until=timezone.now())
    transfer(officer, by=commander, reason="Rotation.")
    assert Removal.objects.filter(member=officer).count() == 4


def test_nothing_opens_for_who_never_held_one(accounts: Any, commanding_officer: Member, commander: Member) -> None:
    transfer(commanding_officer, by=commander, reason="Rotation.")
    assert not Removal.objects.exists()


def test_who_comes_back_and_goes_again_is_asked_about_what_was_not_confirmed_since(
    removals: dict[str, Removal], officer: Member, commander: Member, facebook: Account, x: Account
) -> None:
    for platform in (Platform.FACEBOOK, Platform.X):
        confirm_all(removals[platform], by=commander)
    with pgtrigger.ignore("accounts.Role:whoever_has_it_serves"):  # as if he had come back
        Role.objects.create(account=x, member=officer, kind=Role.Kind.EDITOR)
    end_roles(officer, by=commander)
    outstanding = Removal.objects.outstanding().values_list("account__platform", flat=True)
    assert sorted(outstanding) == ["instagram", "x", "youtube"]
    assert Removal.objects.filter(account=x).count() == 2


@pytest.mark.sop("1.2")
def test_the_main_administrators_place_is_never_empty(
    accounts: Any, commander: Member, commanding_officer: Member, supervisor: Member, hand_over: Any
) -> None:
    hand_over(commander, commanding_officer)
    transfer(commander, by=commanding_officer, successor=supervisor, reason="Retired.")
    mains = Role.objects.filter(Role.STANDING, kind=Role.Kind.MAIN_ADMINISTRATOR)
    assert {(role.account_id, role.member_id) for role in mains} == {
        (account.pk, supervisor.pk) for account in accounts.values()
    }
    assert Removal.objects.filter(member=commander, kind="main_administrator").count() == 4


@pytest.mark.sop("1.2")
def test_with_the_command_the_main_administrators_roles_pass_on(
    accounts: Any, commander: Member, supervisor: Member
) -> None:
    hand_over_command(by=commander, successor=supervisor, own_position="supervisor", reason="Promotion.")
    mains = Role.objects.filter(Role.STANDING, kind=Role.Kind.MAIN_ADMINISTRATOR)
    assert {role.member for role in mains} == {supervisor}
    assert mains.count() == 4
    assert not Role.objects.filter(Role.STANDING, member=supervisor).exclude(kind="main_administrator").exists()
    assert not Removal.objects.exists()  # he stays


# --- confirming ---


def test_the_commander_confirms_and_it_stands_with_name_and_moment(removal: Removal, commander: Member) -> None:
    confirm_all(removal, by=commander, note="Looked at Page access, both lists.")
    removal.refresh_from_db()
    assert (removal.state, removal.confirmed_by) == ("removed", commander)
    assert removal.notes.get().text == "Looked at Page access, both lists."
    entries = TrailEntry.objects.about(removal).order_by("id")
    assert list(entries.values_list("verb", "after")) == [
        ("open", "outstanding"),
        ("note", ""),
        ("confirm", "removed"),
    ]


def test_nobody_else_confirms_but_an_acting_commander(
    removal: Removal, cast: list[Member], auditor: Member, hand_over: Any
) -> None:
    commander, commanding_officer = cast[0], cast[1]
    for member in [*cast[1:], auditor]:
        with pytest.raises(Refused, match="Only the Section Commander"):
            removal.confirm(removal.items.first(), by=member)
    hand_over(commander, commanding_officer)
    confirm_all(removal, by=Member.objects.get(pk=commanding_officer.pk))
    assert removal.state == "removed"


def test_it_is_confirmed_once_and_never_unconfirmed(removal: Removal, commander: Member) -> None:
    late = Removal.objects.get(pk=removal.pk)
    confirm_all(removal, by=commander)
    with pytest.raises(WrongState, match="Ruth Keller acted first"):
        late.confirm(late.items.first(), by=commander)
    for tampering in ({"state": "outstanding", "confirmed_at": None, "confirmed_by": None}, {"kind": "editor"}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Removal.objects.filter(pk=removal.pk).update(**tampering)


def test_the_database_wants_a_name_under_each_confirmation_and_not_his_own(
    removal: Removal, officer: Member, commander: Member
) -> None:
    now = timezone.now()
    for wrong in (
        {"state": "removed"},
        {"confirmed_by": commander, "confirmed_at": now},
        {"state": "removed", "confirmed_at": now, "confirmed_by": officer},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Removal.objects.filter(pk=removal.pk).update(**wrong)


def test_nothing_is_removed_while_an_item_is_open(removal: Removal, commander: Member, officer: Member) -> None:
    *most, last = removal.items.all()
    assert [removal.confirm(item, by=commander) for item in most] == [False] * len(most)
    said = {"state": "removed", "confirmed_at": timezone.now(), "confirmed_by": commander}
    with pytest.raises(DatabaseError, match="not confirmed yet"), transaction.atomic():
        Removal.objects.filter(pk=removal.pk).update(**said)
    with pytest.raises(DatabaseError, match="nobody confirms his own"), transaction.atomic():
        removal.items.filter(pk=last.pk).update(confirmed_at=timezone.now(), confirmed_by=officer)
    assert removal.confirm(last, by=commander)
    assert Removal.objects.get(pk=removal.pk).state == "removed"
    assert {item.confirmed_by for item in removal.items.all()} == {commander}


@pytest.mark.sop("1.3")
def test_what_the_log_says_that_he_holds_is_on_the_list(
    facebook: Account, officer: Member, other_officer: Member, commander: Member
) -> None:
    note_hold(facebook, "second_factor", by=commander, since=timezone.localdate(), member=officer)
    note_hold(facebook, "recovery_email", by=commander, since=timezone.localdate(), member=other_officer)
    transfer(officer, by=commander, reason="Rotation.")
    (item,) = Removal.objects.get(account=facebook, member=officer).items.exclude(hold=None)
    assert "second-factor device" in item.where


@pytest.mark.sop("1.3")
def test_a_red_banner_stands_on_the_commanders_home_until_all_is_done(
    removals: dict[str, Removal], browser_of: BrowserOf, commander: Member, other_officer: Member
) -> None:
    browser = browser_of(commander)
    assert "may still hold rights on the platforms" in browser.get(reverse("home")).content.decode()
    assert "may still hold rights" not in browser_of(other_officer).get(reverse("home")).content.decode()
    for removal in removals.values():
        confirm_all(removal, by=commander)
    assert "may still hold rights" not in browser.get(reverse("home")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_nobody_deletes_one_nor_its_notes(
    removal: Removal, commander: Member, app_connection: psycopg.Connection
) -> None:
    removal.note("Waiting for the other owner.", by=commander)
    for table in ("accounts_removal", "accounts_removalnote"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(f"DELETE FROM {table}")
        app_connection.rollback()


# --- notes ---


def test_a_note_can_be_added_after_the_confirmation_too(
    removal: Removal, commander: Member, specialist: Member
) -> None:
    confirm_all(removal, by=commander)
    removal.note("It came back through the portfolio; removed again.", by=specialist)
    assert RemovalNote.objects.get().by == specialist


def test_an_empty_note_and_one_by_who_only_reads_are_refused(
    removal: Removal, commander: Member, auditor: Member, other_officer: Member
) -> None:
    with pytest.raises(Invalid):
        removal.note("  ", by=commander)
    for member in (auditor, other_officer):
        with pytest.raises(Refused):
            removal.note("Seen.", by=member)


# --- pages ---


def test_every_platform_has_its_steps() -> None:
    assert set(STEPS) == set(WITH_API)
    assert all(len(steps_for(platform)) >= 6 for platform in WITH_API)


def test_the_list_leads_to_each_and_the_way_through_them_is_one_click_each(
    removals: dict[str, Removal], browser_of: BrowserOf, commander: Member
) -> None:
    browser = browser_of(commander)
    home = next(line for line in lines_for(commander) if line.word.startswith("Privileges"))
    assert home.count == 4
    address = home.address
    for _ in range(Removal.objects.count()):
        page = browser.get(address)
        assert "What to remove on" in page.content.decode()
        for item in page.context["items"]:
            answer = browser.post(f"{address}{item.pk}/confirm/")
        address = answer["Location"]
    assert address == reverse("removals")
    assert "Nothing is to be removed" in browser.get(address).content.decode()
    assert "removed" in browser.get(f"{address}?state=removed").content.decode()


def test_who_reads_it_sees_it_and_nobody_else(
    removal: Removal, browser_of: BrowserOf, cast: list[Member], officer: Member, auditor: Member, custodian: Member
) -> None:
    commander, commanding_officer, supervisor, _, other, specialist = cast
    page = reverse("removal", args=[removal.pk])
    confirm = f"{page}{removal.items.all()[0].pk}/confirm/"
    for reader in (commander, commanding_officer, supervisor, specialist, auditor):
        browser = browser_of(reader)
        assert browser.get(reverse("removals")).status_code == 200, reader
        shown = browser.get(page).content.decode()
        assert (">Done" in shown or " Done" in shown) == (reader == commander), reader
        assert browser.post(confirm).status_code == (302 if reader == commander else 403), reader
    for stranger in (other, custodian):
        assert browser_of(stranger).get(reverse("removals")).status_code == 403
        assert browser_of(stranger).get(page).status_code == 404
        assert browser_of(stranger).post(confirm).status_code == 404


def test_the_accounts_page_says_what_still_stands_on_the_platform(
    removal: Removal, facebook: Account, browser_of: BrowserOf, commander: Member, other_officer: Member
) -> None:
    address = reverse("account", args=[facebook.pk])
    assert reverse("removal", args=[removal.pk]) in browser_of(commander).get(address).content.decode()
    assert reverse("removal", args=[removal.pk]) not in browser_of(other_officer).get(address).content.decode()


def test_the_file_holds_what_the_list_shows(
    removals: dict[str, Removal], browser_of: BrowserOf, commander: Member
) -> None:
    confirm_all(removals["x"], by=commander)
    browser = browser_of(commander)

    def lines(query: str) -> list[str]:
        answer = browser.get(f"{reverse('removals')}?format=csv{query}")
        return b"".join(answer.streaming_content).decode().splitlines()

    assert len(lines("")) == 1 + 3
    assert len(lines("&state=all")) == 1 + 4
    assert "Daniel Diaz" in lines("&state=removed")[1]


def test_rubbish_in_the_address_shows_what_is_outstanding(
    removal: Removal, browser_of: BrowserOf, commander: Member
) -> None:
    answer = browser_of(commander).get(f"{reverse('removals')}?state=zzz&member=zzz")
    assert answer.status_code == 200
    assert len(answer.context["found"]) == 4


def test_a_note_that_is_too_long_comes_back(removal: Removal, browser_of: BrowserOf, commander: Member) -> None:
    item = removal.items.all()[0]
    for verb in ("note", f"{item.pk}/confirm"):
        answer = browser_of(commander).post(f"{reverse('removal', args=[removal.pk])}{verb}/", {"note": "x" * 2001})
        assert answer.status_code == 422
        assert "x" * 2001 in answer.content.decode()
    assert Removal.objects.outstanding().count() == 4
