"""A password is changed by its owner, or set anew by a link to his e-mail: one use, one hour, every session ended."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from members.models import Member, Notification, TrailEntry
from tests.cast import PASSWORD, give_second_factor

Browser = Callable[[Member], Client]
NEW = "lantern puddle violin cactus"


def change(browser: Client, old: str = PASSWORD, new: str = NEW, again: str = "") -> Any:
    typed = {"oldpassword": old, "password1": new, "password2": again or new}
    return browser.post(reverse("account_change_password"), typed)


def verbs(member: Member) -> list[str]:
    return [one.verb for one in TrailEntry.objects.about(member).order_by("id")]


def is_in(browser: Client) -> bool:
    return browser.get(reverse("security")).status_code == 200


def test_a_member_changes_his_password_and_every_other_session_of_his_ends(
    browser_of: Browser, officer: Member, other_officer: Member
) -> None:
    here, elsewhere, somebody = browser_of(officer), browser_of(officer), browser_of(other_officer)
    before = here.session.session_key
    answer = change(here)
    assert (answer.status_code, answer["Location"]) == (302, reverse("security"))
    officer.refresh_from_db()
    assert officer.check_password(NEW)
    assert is_in(here)
    assert here.session.session_key != before
    assert not is_in(elsewhere)
    assert is_in(somebody)


def test_it_is_on_the_trail_and_he_is_told(browser_of: Browser, officer: Member) -> None:
    change(browser_of(officer))
    assert "change_password" in verbs(officer)
    told = Notification.objects.get(member=officer)
    assert (told.kind, told.path) == ("security", reverse("security"))
    assert "Your password was changed" in told.sentence


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"old": "not the password"}, "not your present password"),
        ({"new": "too short"}, "at least 15"),
        ({"new": "passwordpassword1"}, "guessed soon"),
        ({"again": "lantern puddle violin walrus"}, "same password"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_changes(
    browser_of: Browser, officer: Member, typed: dict[str, str], said: str
) -> None:
    elsewhere = browser_of(officer)
    answer = change(browser_of(officer), **typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    assert is_in(elsewhere)
    assert "change_password" not in verbs(officer)


def test_the_present_password_cannot_be_guessed_from_an_open_session(browser_of: Browser, officer: Member) -> None:
    browser = browser_of(officer)
    answers = [change(browser, old=f"a guess, the {n}. of many").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert change(browser).status_code == 429
    assert "Too many tries" in change(browser).content.decode()


def test_a_change_stores_the_password_alone(browser_of: Browser, officer: Member) -> None:
    """The row may have changed since the request read it: a move in the chain of command must not be undone."""
    stale = Member.objects.get(pk=officer.pk)
    Member.objects.filter(pk=officer.pk).update(name="Daniel Diaz the younger")
    from members.sign_in import Adapter

    Adapter().set_password(stale, NEW)
    officer.refresh_from_db()
    assert officer.name == "Daniel Diaz the younger"
    assert officer.check_password(NEW)


# --- forgotten ---

pytestmark = pytest.mark.django_db


def ask(browser: Client, email: str) -> Any:
    return browser.post(reverse("account_reset_password"), {"email": email}, follow=True)


def link(seconds: float = 3) -> str:
    """The path of the link in the mail that is on its way."""
    until = time.monotonic() + seconds
    while not mail.outbox and time.monotonic() < until:
        time.sleep(0.01)
    found = re.search(r"https?://[^/]+(/sign-in/forgotten/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


@pytest.fixture
def asked(transactional_db: None, stranger: Client, officer: Member) -> str:
    """The officer has forgotten his password; the path of the link that he gets."""
    ask(stranger, officer.email)
    return link()


def set_new(browser: Client, path: str, new: str = NEW) -> Any:
    page = browser.get(path, follow=True)
    if not page.redirect_chain:
        return page
    return browser.post(page.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)


@pytest.mark.django_db(transaction=True)
def test_a_forgotten_password_is_set_anew_by_the_link(stranger: Client, browser_of: Browser, officer: Member) -> None:
    elsewhere = browser_of(officer)
    ask(stranger, officer.email)
    answer = set_new(stranger, link())
    assert "Your new password is set" in answer.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(NEW)
    assert not is_in(elsewhere)
    assert verbs(officer) == ["ask_for_new_password", "reset_password"]
    assert Notification.objects.filter(member=officer, sentence__contains="set anew").exists()


def test_the_link_signs_nobody_in_and_the_second_factor_is_still_asked(
    asked: str, stranger: Client, officer: Member
) -> None:
    give_second_factor(officer)
    set_new(stranger, asked)
    assert not is_in(stranger)
    answer = stranger.post(reverse("account_login"), {"login": officer.username, "password": NEW})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(stranger)


def test_the_link_is_good_once(asked: str, stranger: Client, officer: Member) -> None:
    set_new(stranger, asked)
    again = set_new(Client(), asked, "walrus ceiling teapot mitten")
    assert "This link opens nothing" in again.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(NEW)


@pytest.mark.parametrize(("minutes", "good"), [(59, True), (61, False)])
def test_the_link_is_good_for_an_hour(asked: str, stranger: Client, officer: Member, minutes: int, good: bool) -> None:
    with time_machine.travel(time.time() + minutes * 60):
        set_new(stranger, asked)
    officer.refresh_from_db()
    assert officer.check_password(NEW if good else PASSWORD)


def test_signing_in_meanwhile_makes_the_link_void(asked: str, browser_of: Browser, officer: Member) -> None:
    browser_of(officer)
    assert "This link opens nothing" in set_new(Client(), asked).content.decode()


def test_a_change_of_address_makes_the_link_void(asked: str, stranger: Client, officer: Member) -> None:
    Member.objects.filter(pk=officer.pk).update(email="dd@bayside.example")
    assert "This link opens nothing" in set_new(stranger, asked).content.decode()
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_asking_keeps_no_address_beside_the_members_own(asked: str) -> None:
    assert not EmailAddress.objects.exists()


def test_a_former_address_is_not_a_way_in_even_if_the_library_kept_it(stranger: Client, officer: Member) -> None:
    EmailAddress.objects.create(user=officer, email="former@bayside.example", verified=True)
    ask(stranger, "former@bayside.example")
    assert verbs(officer) == []
    ask(stranger, officer.email.upper())
    assert verbs(officer) == ["ask_for_new_password"]


def test_a_weak_password_is_refused_there_too(asked: str, stranger: Client, officer: Member) -> None:
    answer = set_new(stranger, asked, "passwordpassword")
    assert answer.status_code == 422
    assert "guessed soon" in answer.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_the_link_opens_nothing_for_who_has_left_since(asked: str, stranger: Client, officer: Member) -> None:
    Member.objects.filter(pk=officer.pk).update(is_active=False, state=Member.State.LEFT)
    assert "This link opens nothing" in set_new(stranger, asked).content.decode()
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_the_token_stands_in_no_address_that_the_page_is_shown_at(asked: str, stranger: Client) -> None:
    shown = stranger.get(asked, follow=True)
    token = asked.rstrip("/").partition("-")[2]
    assert token not in shown.redirect_chain[-1][0]
    assert token not in shown.content.decode()


@pytest.mark.parametrize("left_over", [0, 15])
def test_no_key_stands_in_the_log_of_a_link_that_was_cut_off_either(
    asked: str, stranger: Client, caplog: pytest.LogCaptureFixture, left_over: int
) -> None:
    key = asked.rstrip("/").rpartition("/")[2]
    sent = key[: len(key) - left_over]
    stranger.get(asked.replace(key, sent), follow=True)
    assert "/sign-in/forgotten/" in caplog.text
    assert sent.partition("-")[2] not in caplog.text


def test_the_link_leads_to_the_unit_whatever_host_the_request_names(
    transactional_db: None, officer: Member, settings: Any
) -> None:
    Client(headers={"host": "localhost"}).post(reverse("account_reset_password"), {"email": officer.email})
    link()
    assert f"{settings.UNIT_URL.rstrip('/')}/sign-in/forgotten/" in str(mail.outbox[-1].body)


@pytest.mark.django_db(transaction=True)
def test_the_same_is_said_whether_the_address_is_a_members_or_not(
    stranger: Client, officer: Member, transferred: Member
) -> None:
    def said(email: str) -> tuple[list[Any], str]:
        answer = ask(stranger, email)
        shown = re.sub(r'value="[^"]{20,}"|nonce="[^"]*"', "", answer.content.decode())
        return answer.redirect_chain, shown

    known = said(officer.email)
    assert "If this is the address of a member" in known[1]
    assert said("nobody@elsewhere.example") == known
    assert said(transferred.email) == known
    assert said(officer.email.upper()) == known
    link()
    assert {one.to[0] for one in mail.outbox} == {officer.email}


@pytest.mark.django_db(transaction=True)
def test_the_answer_does_not_wait_for_the_mail_server(
    stranger: Client, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long it takes would tell which addresses are known."""
    from members import mail as mails

    sent: list[str] = []

    def slow(to: str, *args: Any) -> bool:
        time.sleep(0.5)
        sent.append(to)
        return True

    monkeypatch.setattr(mails, "send", slow)
    ask(stranger, officer.email)
    assert sent == []
    until = time.monotonic() + 3
    while not sent and time.monotonic() < until:
        time.sleep(0.01)
    assert sent == [officer.email]


@pytest.mark.django_db(transaction=True)
def test_asking_again_and_again_for_one_address_stops(stranger: Client, officer: Member) -> None:
    answers = [ask(Client(), officer.email).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    cache.clear()
    assert [ask(Client(), "nobody@elsewhere.example").status_code for _ in range(6)] == [200] * 5 + [429]
