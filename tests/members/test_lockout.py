"""Ten thousand guesses are five tries, wherever they come from; and a person has ways out."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import lockout
from members import mail as mail_of_ours
from members.backend import Backend
from members.models import Member, Notification, OneTime, TrailEntry
from members.states import Refused, WrongState
from tests.cast import PASSWORD

SEED = generate_totp_secret()
GUESSES = 2_000  # ten thousand come to the same in 15 s: what follows the fifth leaves no row behind


class AtOnce:
    """A thread that is done when it is started, so that a test sees what it did."""

    def __init__(self, target: Callable[..., Any], args: tuple[Any, ...] = ()) -> None:
        self.start = lambda: target(*args)


@pytest.fixture(autouse=True)
def _mails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_of_ours, "Thread", AtOnce)
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names for which a password was looked at."""
    names: list[str] = []
    judge = Backend.authenticate

    def judged(self: Backend, request: Any, **credentials: Any) -> Any:
        names.append(credentials["username"])
        return judge(self, request, **credentials)

    monkeypatch.setattr(Backend, "authenticate", judged)
    return names


@pytest.fixture
def with_code(officer: Member) -> Member:
    TOTP.activate(officer, SEED)
    return officer


def enter(browser: Client, name: str = "ddiaz", password: str = "wrong", address: str = "10.0.0.1") -> Any:
    return browser.post(reverse("account_login"), {"login": name, "password": password}, REMOTE_ADDR=address)


def lock(browser: Client, name: str = "ddiaz") -> Any:
    return [enter(browser, name) for _ in range(5)][-1]


def code() -> str:
    return format_hotp_value(hotp_value(SEED, int(time.time()) // 30))


def entries(verb: str, member: Member) -> int:
    return TrailEntry.objects.about(member).filter(verb=verb).count()


def guesses(count: int, name: Callable[[int], str] = lambda n: "ddiaz") -> Iterator[Any]:
    """As many guesses as the sign-in form would make of them, each from another address."""
    for n in range(count):
        request = HttpRequest()  # ten thousand whole requests would take minutes
        request.method = "POST"
        address = f"10.{n >> 16}.{(n >> 8) & 255}.{n & 255}"
        request.META.update(REMOTE_ADDR=address, SERVER_NAME="testserver", SERVER_PORT="80")
        with request_context(request):
            try:
                yield get_adapter(request).authenticate(request, username=name(n), password=f"guess {n}")
            except ValidationError:
                yield None


# --- guesses ---


@pytest.mark.sop("F.I")
def test_thousands_of_guesses_from_thousands_of_addresses_are_five_tries(officer: Member, asked: list[str]) -> None:
    assert not any(guesses(GUESSES))
    assert asked == ["ddiaz"] * 5
    assert entries("sign_in_failed", officer) == 5
    assert entries("lock_out", officer) == 1
    assert AccessAttempt.objects.count() == 5


def test_so_are_guesses_at_the_page_itself(stranger: Client, officer: Member, asked: list[str]) -> None:
    answers = [enter(stranger, password=f"guess {n}", address=f"10.9.{n}.1").status_code for n in range(60)]
    assert answers == [200] * 4 + [429] * 56
    assert len(asked) == 5


def test_spelling_the_name_otherwise_makes_no_further_tries(
    make_member: Callable[..., Member], asked: list[str]
) -> None:
    member = make_member(username="sidis")
    spellings = ["sidis", "SIDIS", " Sidis", "ſidis", "sıdıs", "SIDIS ", "sIdIs"]
    list(guesses(70, lambda n: spellings[n % len(spellings)]))
    assert len(asked) <= 5
    assert lockout.locked_until(member) is not None


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_five_tries_too(officer: Member, asked: list[str]) -> None:
    started = threading.Barrier(8)

    def guess() -> None:
        try:
            started.wait()
            list(guesses(6))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(guess) for _ in range(8)]:
            done.result()
    assert len(asked) <= 5


def test_the_right_password_is_refused_while_it_lasts_and_taken_after_ten_minutes(
    stranger: Client, officer: Member
) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        lock(stranger)
        cache.clear()
        assert enter(stranger, password=PASSWORD).status_code == 429
        clock.shift(601)
        cache.clear()
        assert enter(stranger, password=PASSWORD).status_code == 302


def test_going_on_trying_does_not_make_it_last_longer(stranger: Client, officer: Member) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        lock(stranger)
        for _ in range(9):
            clock.shift(60)
            assert enter(stranger).status_code == 429
        clock.shift(61)
        assert lockout.locked_until(officer) is None


def test_the_right_password_begins_the_count_anew(stranger: Client, officer: Member) -> None:
    for _ in range(4):
        enter(stranger)
    enter(stranger, password=PASSWORD)
    assert not AccessAttempt.objects.exists()


def test_one_address_that_tries_many_names_is_slowed(stranger: Client, officer: Member, asked: list[str]) -> None:
    for n in range(60):
        enter(stranger, name=f"name{n}")
    assert len(asked) == 30


def test_of_a_name_that_is_nobodys_nothing_is_kept(stranger: Client, officer: Member) -> None:
    answer = lock(stranger, "MySecretTypedInTheWrongField")
    assert answer.status_code == 429
    rows = [*AccessAttempt.objects.values(), *TrailEntry.objects.values()]
    assert "mysecret" not in str(rows).lower()


def test_wrong_codes_count_with_wrong_passwords(stranger: Client, with_code: Member) -> None:
    for _ in range(2):
        enter(stranger)
    enter(stranger, password=PASSWORD)
    answers = [stranger.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    right = stranger.post(reverse("mfa_authenticate"), {"code": code()})
    assert right.status_code == 429
    assert "_auth_user_id" not in stranger.session
    assert lockout.locked_until(with_code) is not None


def test_the_member_is_told(stranger: Client, officer: Member) -> None:
    lock(stranger)
    told = Notification.objects.get(member=officer)
    assert told.kind == "security"
    assert "closed for 10 minutes" in told.sentence


# --- the way out by e-mail ---


def ask_for_a_way_in(browser: Client, name: str) -> Any:
    return browser.post(reverse("locked_out"), {"login": name})


def link_in_the_mail() -> str:
    return re.search(r"https?://[^/]+(/sign-in/unlock/\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def link(stranger: Client, officer: Member, django_capture_on_commit_callbacks: Any) -> str:
    """The link in the mailbox of the officer, who is locked out."""
    lock(stranger)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_a_way_in(stranger, " DDiaz")
    return link_in_the_mail()


def test_the_locked_page_offers_it(stranger: Client, officer: Member) -> None:
    page = lock(stranger).content.decode()
    assert f'action="{reverse("locked_out")}"' in page
    assert 'value="ddiaz"' in page


def test_the_link_lifts_the_lockout_once(stranger: Client, officer: Member, link: str) -> None:
    assert [one.to for one in mail.outbox] == [[officer.email]]
    stranger.post(link)
    cache.clear()
    assert enter(stranger, password=PASSWORD).status_code == 302
    assert entries("unlock", officer) == 1
    again = Client().post(link)
    assert again.status_code == 422
    assert "opens nothing any more" in again.content.decode()


def test_opening_the_link_changes_nothing(stranger: Client, officer: Member, link: str) -> None:
    for _ in range(3):
        assert stranger.get(link).status_code == 200
        stranger.head(link)
    assert lockout.locked_until(officer) is not None


def test_the_link_is_over_after_fifteen_minutes(stranger: Client, officer: Member, link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert stranger.get(link).status_code == 404
        assert stranger.post(link).status_code == 422


def test_the_link_of_a_member_who_left_meanwhile_opens_nothing(stranger: Client, officer: Member, link: str) -> None:
    Member.objects.filter(pk=officer.pk).update(is_active=False, state="left")
    assert stranger.post(link).status_code == 422


def test_a_later_mail_makes_the_earlier_link_void_and_none_follows_at_once(
    stranger: Client, officer: Member, link: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_a_way_in(stranger, "ddiaz")
        assert len(mail.outbox) == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        with django_capture_on_commit_callbacks(execute=True):
            ask_for_a_way_in(stranger, "ddiaz")
        assert len(mail.outbox) == 2
        assert stranger.get(link).status_code == 404
        assert stranger.get(link_in_the_mail()).status_code == 200


@pytest.mark.parametrize("name", ["nobody", "cokafor", "tgone", "", "\x00", "x" * 5000])
def test_the_answer_is_the_same_for_every_name_and_no_mail_goes_out(
    stranger: Client, officer: Member, other_officer: Member, transferred: Member, link: str, name: str
) -> None:
    mail.outbox.clear()
    same = [re.sub(r'value="[^"]*"', "", ask_for_a_way_in(stranger, one).content.decode()) for one in ("ddiaz", name)]
    assert same[0] == same[1]
    assert mail.outbox == []
    assert OneTime.objects.count() == 1


def test_a_made_up_link_opens_nothing(stranger: Client, db: None) -> None:
    for token in ("x", "a" * 4000, "%00"):
        assert stranger.post(f"/sign-in/unlock/{token}/").status_code == 422


# --- the way out by a superior ---


@pytest.mark.sop("E.1")
def test_a_supervisor_lifts_it(
    stranger: Client, browser_of: Callable[..., Client], officer: Member, supervisor: Member
) -> None:
    lock(stranger)
    desk = browser_of(supervisor)
    assert "Members locked out" in desk.get(reverse("home")).content.decode()
    page = desk.get(reverse("locked_members")).content.decode()
    assert "Daniel Diaz" in page
    desk.post(reverse("lift_lockout", args=[officer.pk]))
    cache.clear()
    assert enter(stranger, password=PASSWORD).status_code == 302
    assert TrailEntry.objects.about(officer).get(verb="unlock").by == supervisor
    assert "Nobody is locked out" in desk.get(reverse("locked_members")).content.decode()


def test_an_officer_does_not(stranger: Client, officer: Member, other_officer: Member) -> None:
    lock(stranger)
    with pytest.raises(Refused, match="Supervisor"):
        lockout.lift(officer, by=other_officer)
    assert lockout.locked_until(officer) is not None


def test_what_is_not_locked_is_not_lifted(officer: Member, supervisor: Member) -> None:
    with pytest.raises(WrongState):
        lockout.lift(officer, by=supervisor)


def test_a_stranger_who_asks_for_many_ways_in_closes_nobody_elses(stranger: Client, officer: Member) -> None:
    for n in range(12):
        ask_for_a_way_in(Client(), f"name{n}")
    lock(stranger)
    answer = ask_for_a_way_in(stranger, officer.username)
    assert answer.status_code == 200
    assert OneTime.objects.filter(member=officer, kind=OneTime.Kind.UNLOCK).count() == 1
