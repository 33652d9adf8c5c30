"""Whether the terms are displayed on, or linked from, every account (4.T): by API, or by a member with a picture."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts import terms_checking
from accounts.models import Account, Terms, TermsCheck
from accounts.platforms.contract import NotPossible, PlatformError, RateLimited
from members.models import Member
from members.states import Invalid, Refused
from members.waiting import lines_for

pytestmark = pytest.mark.sop("4.T")


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    settings.UNIT_URL = "https://unit.bayside.example"
    settings.TERMS_LINKS = ["bayside.example/tou"]


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "navy").save(made, kind)
    return made.getvalue()


class Says:
    """A client that says of the account what it is told to."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Says:
        return self

    def presented(self) -> str:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return str(self.answer)


# --- by API ---


@pytest.mark.parametrize(
    ("presented", "result"),
    [
        ("Terms: https://unit.bayside.example/terms/", "linked"),
        ("Terms: UNIT.bayside.example/terms", "linked"),
        ("(http://www.unit.bayside.example/terms/).", "linked"),
        ("Rules at bayside.example/tou, call 911 in an emergency.", "linked"),
        ("https://unit.bayside.example/terms-of-somebody-else", "missing"),
        ("https://badunit.bayside.example/terms/", "missing"),
        ("https://unit.bayside.example/terms.example/", "missing"),
        ("https://x.example/?to=unit.bayside.examples/terms", "missing"),
        ("The official page of the Bayside Police Department.", "missing"),
        ("", "missing"),
    ],
)
def test_a_profile_shows_the_terms_by_an_agreed_address(terms: Terms, presented: str, result: str) -> None:
    assert terms_checking.found_in(presented, terms) == result


def test_a_profile_shows_them_by_the_whole_text_however_it_is_spaced(terms: Terms) -> None:
    whole = "\n\n".join([terms.preamble, *(f"{one.letter}) {one.text}" for one in terms.clauses.all())])
    spaced = "About us.\n" + whole.replace(" ", "  ").replace("a) ", "• ")
    texts = " ".join([terms.preamble, *(one.text for one in terms.clauses.all())]).upper()
    assert terms_checking.found_in(texts, terms) == "displayed"
    assert terms_checking.found_in(spaced, terms) == "displayed"
    assert terms_checking.found_in(texts[:-40], terms) == "missing"


def test_every_account_is_looked_at_once_a_day(terms: Terms, accounts: Any, monkeypatch: Any) -> None:
    says = Says("bayside.example/tou")
    monkeypatch.setattr("accounts.models.Account.client", says)
    assert (terms_checking.check_due(), terms_checking.check_due()) == (4, 0)
    assert terms_checking.check_due(timezone.now() + timedelta(days=1, minutes=1)) == 4
    assert set(TermsCheck.objects.values_list("how", "result", "by")) == {("api", "linked", None)}


@pytest.mark.parametrize("answer", [NotPossible("Never."), PlatformError("No.", code="500")])
def test_where_no_application_can_look_nothing_is_claimed(
    terms: Terms, accounts: Any, monkeypatch: Any, answer: Any
) -> None:
    monkeypatch.setattr("accounts.models.Account.client", Says(answer))
    assert terms_checking.check_due() == 0
    assert not TermsCheck.objects.exists()


def test_a_pause_that_the_platform_asks_for_is_kept(terms: Terms, x: Account, monkeypatch: Any) -> None:
    says = Says(RateLimited("Wait.", until=timezone.now() + timedelta(minutes=5), call="presented"))
    monkeypatch.setattr("accounts.models.Account.client", says)
    for _ in range(2):
        assert terms_checking.check_by_api(x, terms) is None
    assert says.asked == 1


def test_without_terms_in_force_nobody_looks(accounts: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("accounts.models.Account.client", Says("bayside.example/tou"))
    assert terms_checking.check_due() == 0


# --- by a member ---


def test_a_member_gives_a_picture_that_is_kept_byte_for_byte(terms: Terms, facebook: Account, officer: Member) -> None:
    given = a_picture()
    made = terms_checking.check_by_eye(facebook, by=officer, result="linked", picture=io.BytesIO(given), note="About.")
    made.refresh_from_db()
    assert bytes(made.picture) == given
    assert bytes(made.digest) == hashlib.sha256(given).digest()
    assert (made.mime, made.by, made.terms) == ("image/png", officer, terms)
    with pytest.raises(DatabaseError), transaction.atomic():
        TermsCheck.objects.update(result="displayed")


def test_who_has_no_part_in_the_account_says_nothing_of_it(
    terms: Terms, facebook: Account, make_member: Any, auditor: Member
) -> None:
    for member in (make_member(username="elsewhere"), auditor):
        with pytest.raises(Refused):
            terms_checking.check_by_eye(facebook, by=member, result="linked", picture=io.BytesIO(a_picture()))


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"%PDF-1.7 not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        a_picture()[:60],
        a_picture("GIF"),
        b"\x89PNG\r\n\x1a\n" + b"x" * 8_000_001,
    ],
    ids=["empty", "pdf", "svg", "broken", "gif", "too large"],
)
def test_what_is_no_picture_proves_nothing(terms: Terms, facebook: Account, officer: Member, given: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        terms_checking.check_by_eye(facebook, by=officer, result="linked", picture=io.BytesIO(given))
    assert refused.value.field == "picture"
    assert not TermsCheck.objects.exists()


def test_the_database_wants_a_picture_of_a_member_and_none_of_the_api(
    terms: Terms, x: Account, officer: Member
) -> None:
    for wrong in (
        {"how": "picture", "by": officer},
        {"how": "picture", "picture": b"png"},
        {"how": "api", "by": officer},
        {"how": "api", "picture": b"png"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            TermsCheck.objects.create(account=x, terms=terms, result="linked", **wrong)


# --- how it stands ---


def test_missing_overdue_and_never_looked_at_stand_at_home(
    terms: Terms, accounts: Any, facebook: Account, specialist: Member, officer: Member, settings: Any
) -> None:
    def waits(member: Member) -> Any:
        return next((one for one in lines_for(member) if one.word == "Terms of Use to look for"), None)

    assert waits(officer) is None
    assert (waits(specialist).count, waits(specialist).tone) == (4, "bad")
    for account in accounts.values():
        TermsCheck.objects.create(account=account, terms=terms, how="api", result="linked")
    assert waits(specialist).count == 0
    long_ago = timezone.now() - timedelta(days=settings.TERMS_CHECK_DAYS + 1)
    terms_checking_row = {"account": facebook, "terms": terms, "how": "api", "result": "linked", "at": long_ago}
    TermsCheck.objects.create(**terms_checking_row)
    assert (waits(specialist).count, waits(specialist).tone) == (1, "warn")
    TermsCheck.objects.create(account=facebook, terms=terms, how="api", result="missing")
    assert (waits(specialist).count, waits(specialist).tone) == (1, "bad")
    assert waits(specialist).address == reverse("account_terms", args=[facebook.pk])


def test_a_text_that_is_displayed_goes_out_of_date_with_a_new_version_and_a_link_does_not(
    terms: Terms, facebook: Account, x: Account
) -> None:
    TermsCheck.objects.create(account=facebook, terms=terms, how="api", result="displayed")
    TermsCheck.objects.create(account=x, terms=terms, how="api", result="linked")
    Terms.objects.create(version=2, effective_from=timezone.now(), preamble="New.")
    shown, linked = terms_checking.standings([facebook, x])
    assert (shown.tone, shown.word) == ("bad", "an earlier version is displayed")
    assert linked.tone == "good"


# --- pages ---


def test_a_member_keeps_what_he_saw_from_the_page_and_the_picture_comes_back(
    terms: Terms, facebook: Account, officer: Member, auditor: Member, browser_of: Any
) -> None:
    browser, page = browser_of(officer), reverse("account_terms", args=[facebook.pk])
    given = a_picture("JPEG")

    def send(client: Any, content: bytes) -> Any:
        file = SimpleUploadedFile("about.exe", content, "application/x-msdownload")
        return client.post(reverse("check_terms", args=[facebook.pk]), {"result": "linked", "picture": file})

    assert send(browser_of(auditor), given).status_code == 403
    wrong = send(browser, b"MZ")
    assert wrong.status_code == 422
    assert "not a picture that can be read" in wrong.content.decode()
    assert send(browser, given).status_code == 302
    assert "linked" in browser.get(page).content.decode()
    check = TermsCheck.objects.get()
    answer = browser.get(reverse("terms_picture", args=[check.pk]))
    assert (answer.content, answer["Content-Type"]) == (given, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert browser.get(reverse("terms_picture", args=[check.pk + 1])).status_code == 404


def test_the_register_shows_every_account_and_the_accounts_page_its_own(
    terms: Terms, accounts: Any, facebook: Account, officer: Member, browser_of: Any
) -> None:
    TermsCheck.objects.create(account=facebook, terms=terms, how="api", result="linked")
    browser = browser_of(officer)
    shown = browser.get(reverse("terms_register")).content.decode()
    assert shown.count("never checked") == 3
    assert "https://unit.bayside.example/terms/" in shown
    assert "Draw up a new version" not in shown
    assert "by the platform&#x27;s API" in browser.get(reverse("account", args=[facebook.pk])).content.decode()
    file = b"".join(browser.get(reverse("terms_register"), {"format": "csv"}).streaming_content).decode()
    assert len(file.splitlines()) == 2
