"""Who holds recovery e-mail and second-factor devices (b 36): who, never what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, RecoveryHold
from accounts.models.holders import note_hold, refuse_secrets
from members.models import Member
from members.states import Invalid, Refused, WrongState

pytestmark = pytest.mark.sop("1.3")


@pytest.fixture
def hold(facebook: Account, officer: Member, specialist: Member) -> RecoveryHold:
    today = timezone.localdate()
    return note_hold(facebook, "second_factor", by=specialist, since=today, member=officer, note="In the office safe.")


SECRETS = [
    "password: hunter2",
    "The passcode is 4711",
    "PIN=1234",
    "contraseña: playa",
    "otpauth://totp/SMU?secret=ABC",
    "JBSWY3DPEHPK3PXP",
    "codes 1234 5678 and 8765 4321",
    "12345678",
    "use Tr0ub4dor&3x to sign in",
]
PLAIN = [
    "In the safe of the section, room 204.",
    "iPhone of the unit, inventory 2021-117",
    "smu-recovery@bayside.example",
    "See the password policy of the department.",
    "Telephone +1 305-555-0111, held by the desk",
    "https://bayside.example/Policies/2FA",
]


@pytest.mark.parametrize("text", SECRETS)
def test_what_looks_like_a_secret_is_refused(facebook: Account, specialist: Member, text: str) -> None:
    with pytest.raises(Invalid, match="never what it says"):
        note_hold(facebook, "backup_codes", by=specialist, since=timezone.localdate(), holder="The section", note=text)
    assert not RecoveryHold.objects.exists()


@pytest.mark.parametrize("text", PLAIN)
def test_what_says_where_it_is_goes_in(text: str) -> None:
    assert refuse_secrets(text, "note") == text


def test_it_is_a_members_or_anothers_and_not_both(facebook: Account, specialist: Member, officer: Member) -> None:
    today = timezone.localdate()
    for said in ({}, {"member": officer, "holder": "The section"}):
        with pytest.raises(Invalid):
            note_hold(facebook, "recovery_email", by=specialist, since=today, **said)
    for wrong in ({"member": officer, "since": today + timedelta(days=2)}, {"member": officer, "kind": "soul"}):
        with pytest.raises(Invalid):
            note_hold(facebook, wrong.pop("kind", "recovery_email"), by=specialist, **({"since": today} | wrong))


def test_it_ends_once_and_stands_as_noted(hold: RecoveryHold, specialist: Member) -> None:
    today = timezone.localdate()
    with pytest.raises(Invalid):
        hold.end(by=specialist, until=today - timedelta(days=1))
    hold.end(by=specialist, until=today, note="To the Supervisor.")
    with pytest.raises(WrongState):
        RecoveryHold.objects.get(pk=hold.pk).end(by=specialist, until=today)
    for change in ({"note": "Another."}, {"until": None}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            RecoveryHold.objects.filter(pk=hold.pk).update(**change)


def test_who_keeps_the_log_and_who_reads_it(
    hold: RecoveryHold, officer: Member, other_officer: Member, auditor: Member, browser_of: Callable[..., Client]
) -> None:
    with pytest.raises(Refused):
        hold.end(by=officer, until=timezone.localdate())
    assert list(RecoveryHold.objects.visible_to(officer)) == [hold]  # his own
    assert not RecoveryHold.objects.visible_to(other_officer).exists()
    assert "In the office safe." in browser_of(auditor).get(reverse("holders")).content.decode()
    assert browser_of(officer).get(reverse("holders")).status_code == 403


def test_the_page_keeps_what_was_typed_but_stores_no_secret(
    facebook: Account, specialist: Member, browser_of: Callable[..., Client]
) -> None:
    browser, today = browser_of(specialist), timezone.localdate().isoformat()
    said = {"account": facebook.pk, "kind": "recovery_email", "holder": "The section", "since": today}
    answer = browser.post(reverse("note_holder"), said | {"note": "password: hunter2"})
    assert answer.status_code == 422
    assert "never what it says" in answer.content.decode()
    assert browser.post(reverse("note_holder"), said | {"note": "Room 204"})["Location"] == reverse("holders")
    hold = RecoveryHold.objects.get()
    form = {f"end-{hold.pk}-until": today, f"end-{hold.pk}-end_note": "To the desk"}
    assert browser.post(reverse("end_hold", args=[hold.pk]), form)["Location"] == reverse("holders")
    assert "To the desk" in browser.get(f"{reverse('holders')}?past=1").content.decode()
    file = b"".join(browser.get(f"{reverse('holders')}?past=1&format=csv").streaming_content).decode()
    assert "Room 204" in file
