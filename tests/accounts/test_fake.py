"""Accounts that pretend to be the department (b 37): found, reported, outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import FakeAccount, FakeStep
from accounts.models.fakes import LARGEST_PICTURE, find
from members.models import Member
from members.states import Invalid, Refused, WrongState

PNG = b"\x89PNG\r\n\x1a\n and what follows"
pytestmark = [pytest.mark.sop("C.2"), pytest.mark.django_db]


@pytest.fixture
def fake(officer: Member) -> FakeAccount:
    return find("x", "@baysidepd_help", pretends="Our help desk.", on=timezone.localdate(), by=officer, picture=PNG)


def test_it_stands_as_it_was_found(fake: FakeAccount) -> None:
    assert fake.picture_digest == hashlib.sha256(PNG).hexdigest()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        FakeAccount.objects.filter(pk=fake.pk).update(pretends="Nothing.")


def test_it_is_reported_and_its_outcome_kept_and_it_can_come_back(fake: FakeAccount, officer: Member) -> None:
    today = timezone.localdate()
    fake.report(how="Impersonation form", reference="Case 0011", on=today, by=officer)
    fake.settle("taken_down", note="", on=today, by=officer)
    with pytest.raises(WrongState):
        fake.settle("stays", note="", on=today, by=officer)
    fake.report(how="It is back.", reference="", on=today, by=officer)
    assert fake.state == "reported"
    assert list(FakeStep.objects.values_list("state", flat=True)) == ["reported", "taken_down", "reported"]


def test_what_makes_no_sense_is_refused(fake: FakeAccount, officer: Member) -> None:
    today = timezone.localdate()
    for act in (
        lambda: find("x", " ", pretends="Us.", on=today, by=officer),
        lambda: find("x", "@a", pretends="", on=today, by=officer),
        lambda: find("x", "@a", pretends="Us.", on=today + timedelta(days=1), by=officer),
        lambda: find("x", "@a", pretends="Us.", on=today, by=officer, picture=b"<svg onload=alert(1)>"),
        lambda: find("x", "@a", pretends="Us.", on=today, by=officer, picture=PNG + bytes(LARGEST_PICTURE)),
        lambda: fake.report(how=" ", reference="", on=today, by=officer),
        lambda: fake.settle("reported", note="", on=today, by=officer),
        lambda: fake.note(" ", by=officer),
    ):
        with pytest.raises(Invalid):
            act()
    assert FakeAccount.objects.count() == 1


def test_an_address_that_is_none_is_noted_and_its_page_opens(
    officer: Member, commander: Member, browser_of: Callable[..., Client]
) -> None:
    said = {"platform": "x", "address": "https://[baysidepd", "pretends": "Us.", "found_on": "2026-01-05"}
    browser = browser_of(officer)
    page = browser.post(reverse("find_fake"), said)["Location"]
    shown = browser.get(page)
    assert (shown.status_code, b"https://[baysidepd" in shown.content) == (200, True)
    assert b'href="https://[' not in shown.content


def test_who_only_reads_writes_nothing(fake: FakeAccount, auditor: Member) -> None:
    with pytest.raises(Refused):
        fake.note("Seen.", by=auditor)
    with pytest.raises(Refused):
        find("x", "@a", pretends="Us.", on=timezone.localdate(), by=auditor)


def test_from_the_find_to_the_outcome_in_the_browser(
    officer: Member, auditor: Member, browser_of: Callable[..., Client]
) -> None:
    browser, today = browser_of(officer), timezone.localdate().isoformat()
    said: dict[str, Any] = {"platform": "facebook", "found_on": today}
    said["address"] = "https://facebook.com/bayside.police.fake"
    answer = browser.post(reverse("find_fake"), said)
    assert answer.status_code == 422
    assert "bayside.police.fake" in answer.content.decode()
    picture = SimpleUploadedFile("seen.png", PNG, "text/html")
    page = browser.post(reverse("find_fake"), said | {"pretends": "Us, <b>selling</b>.", "picture": picture})[
        "Location"
    ]
    assert "&lt;b&gt;selling" in browser.get(page).content.decode()
    shown = browser.get(f"{page}picture/")
    assert (shown.content, shown["Content-Type"], shown["X-Content-Type-Options"]) == (PNG, "image/png", "nosniff")
    browser.post(f"{page}report/", {"how": "The form.", "reference": "Case 7", "on": today})
    browser.post(f"{page}note/", {"note": "It has 12 followers."})
    browser.post(f"{page}settle/", {"outcome": "taken_down", "on": today})
    reader = browser_of(auditor)
    assert "Case 7" in reader.get(page).content.decode()
    assert "bayside.police.fake" not in reader.get(reverse("fakes")).content.decode()  # no longer open
    assert "bayside.police.fake" in reader.get(f"{reverse('fakes')}?state=taken_down").content.decode()
    assert reader.get(f"{reverse('fakes')}?state=zzz&platform=zzz").status_code == 200
    file = b"".join(reader.get(f"{reverse('fakes')}?state=all&format=csv").streaming_content).decode()
    assert "taken down" in file


def test_an_address_that_is_no_link_is_none(officer: Member, browser_of: Callable[..., Client]) -> None:
    fake = find("x", "javascript:alert(1)", pretends="Us.", on=timezone.localdate(), by=officer)
    assert 'href="javascript' not in browser_of(officer).get(reverse("fake", args=[fake.pk])).content.decode()
