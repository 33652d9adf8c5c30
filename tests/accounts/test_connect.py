"""Connecting an account: a sign-in begun here, recognised once, ended with all or nothing (1.1, 1.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import connecting, government_use
from accounts.models import (
    Account,
    AccountRequest,
    Acknowledgement,
    Connecting,
    Credential,
    PollState,
    Role,
    Takeover,
)
from accounts.models.requests import Case, request_account
from accounts.platforms.contract import PlatformError, TokenExpired
from accounts.platforms.login import Choice, Grant, Login
from members.models import Member, TrailEntry
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("1.1", "1.2")]
SCOPES = frozenset({"read", "write"})
OURS = Choice("777", "Bayside Police", "baysidepd", access_token="token-of-the-page")
OTHER = Choice("778", "Bayside Parks", "baysideparks")


@dataclass
class Pretended(Login):
    """A platform's sign-in, with what it will answer."""

    platform: str = "facebook"
    asked: tuple[str, ...] = ("read", "write", "more")
    needed: frozenset[str] = SCOPES
    opens: list[Choice] = field(default_factory=lambda: [OURS])
    scopes: frozenset[str] = SCOPES
    fault: Exception | None = None
    exchanged: list[tuple[str, str, str]] = field(default_factory=list)

    def address(self, *, state: str, challenge: str, redirect_uri: str) -> str:
        return f"https://platform.example/dialog?state={state}&challenge={challenge}&back={redirect_uri}"

    def exchange(self, code: str, *, verifier: str, redirect_uri: str) -> Grant:
        self.exchanged.append((code, verifier, redirect_uri))
        if self.fault:
            raise self.fault
        return Grant("token-of-the-person", "refresh", datetime.now(UTC) + timedelta(hours=2), self.scopes)

    def choices(self, grant: Grant) -> list[Choice]:
        return self.opens

    def revoke(self, credentials: Any) -> None:
        return None


@pytest.fixture
def login() -> Iterator[Pretended]:
    pretended = Pretended()
    with (
        mock.patch("accounts.connecting.login_for", return_value=pretended),
        mock.patch("accounts.views.connecting.login_for", return_value=pretended),
    ):
        yield pretended


def asked_for(platform: str, commander: Member, officer: Member, *, decided: bool = True) -> AccountRequest:
    """A request of the officer, who is to administer the account; approved by the Commander unless said."""
    goals, roles = {"G": "Questions are answered there."}, {officer.pk: "administrator"}
    case = Case(platform, "baysidepd", "Bayside Police", "To inform.", "Open to everybody.", goals, roles)
    request = request_account(case, by=officer)
    if decided:
        request.approve("It serves goal G.", by=commander)
    return request


@pytest.fixture
def request_(cast: list[Member], commander: Member, officer: Member) -> AccountRequest:
    """An approved request for a Page."""
    return asked_for("facebook", commander, officer)


@dataclass
class Way:
    """A browser, and the state that it was last sent away with."""

    browser: Client
    state: str = ""

    def go(self, request: AccountRequest, days: int = 7) -> Any:
        answer = self.browser.post(reverse("start_connecting", args=[request.pk]), {"cut_off_days": days})
        return self._sent(answer)

    def go_again(self, account: Account) -> Any:
        return self._sent(self.browser.post(reverse("start_reconnecting", args=[account.pk])))

    def _sent(self, answer: Any) -> Any:
        if answer.status_code == 302 and "state=" in answer["Location"]:
            self.state = parse_qs(urlsplit(answer["Location"]).query)["state"][0]
        return answer

    def back(self, platform: str = "facebook", **told: str) -> Any:
        told = {"state": self.state, "code": "the-code"} | told
        return self.browser.get(reverse("connect_back", args=[platform]), told, follow=True)


@pytest.fixture
def way(browser_of: Callable[..., Client], commander: Member) -> Way:
    return Way(browser_of(commander))


def trail() -> list[str]:
    return list(TrailEntry.objects.order_by("id").values_list("verb", flat=True))


def nothing_is_kept() -> bool:
    return not Connecting.objects.exclude(kept="", verifier="").exists() and not Credential.objects.exists()


# --- the way that goes well ---


def test_an_approved_request_becomes_an_account_in_one_act(
    login: Pretended, way: Way, request_: AccountRequest, commander: Member, officer: Member
) -> None:
    away = way.go(request_, days=3)
    assert away["Location"].startswith("https://platform.example/dialog")
    answer = way.back()
    account = Account.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("account", args=[account.pk])
    assert (account.platform, account.remote_id, account.handle, account.cut_off_days) == (
        "facebook",
        "777",
        "baysidepd",
        3,
    )
    assert account.credential.access_token == "token-of-the-page"
    assert AccountRequest.objects.get().state == "connected"
    assert PollState.objects.filter(account=account).exists()
    assert Takeover.objects.get(account=account).bans_at is None
    roles = {(role.member, role.kind) for role in Role.objects.filter(Role.STANDING)}
    assert roles == {(commander, "main_administrator"), (officer, "administrator")}
    assert "connect" in trail()


def test_the_token_lies_encrypted_and_the_verifier_is_gone(
    login: Pretended, way: Way, request_: AccountRequest
) -> None:
    way.go(request_)
    way.back()
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_token FROM accounts_credential")
        assert "token-of-the-page" not in cursor.fetchone()[0]
        cursor.execute("SELECT verifier, kept, state_digest FROM accounts_connecting")
        verifier, kept, digest = cursor.fetchone()
    assert (verifier, kept) == ("", "")
    assert way.state.encode() not in bytes(digest)


def test_pkces_challenge_is_made_of_the_verifier_that_is_exchanged(
    login: Pretended, way: Way, request_: AccountRequest
) -> None:
    import base64
    import hashlib

    away = way.go(request_)
    way.back()
    code, verifier, back = login.exchanged[0]
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert f"challenge={made}" in away["Location"]
    assert code == "the-code"
    assert back.endswith("/accounts/connect/facebook/back/")
    assert len(verifier) >= 43


def test_the_address_with_the_code_is_left_at_once(login: Pretended, way: Way, request_: AccountRequest) -> None:
    way.go(request_)
    told = {"state": way.state, "code": "the-code"}
    answer = way.browser.get(reverse("connect_back", args=["facebook"]), told)
    assert answer.status_code == 302
    assert "the-code" not in answer["Location"]


# --- who, and what for ---


def test_only_who_administers_accounts_begins(
    login: Pretended, browser_of: Callable[..., Client], request_: AccountRequest, officer: Member, supervisor: Member
) -> None:
    for member in (officer, supervisor):
        answer = Way(browser_of(member)).go(request_)
        assert answer.status_code == 403
    assert not Connecting.objects.exists()


def test_a_second_factor_is_asked_for_first(
    login: Pretended, browser_of: Callable[..., Client], request_: AccountRequest, commander: Member
) -> None:
    answer = Way(browser_of(commander, fresh=False)).go(request_)
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not Connecting.objects.exists()


@pytest.mark.parametrize("state", ["requested", "withdrawn"])
def test_only_an_approved_request_is_connected(
    cast: list[Member], login: Pretended, way: Way, commander: Member, officer: Member, state: str
) -> None:
    asked = asked_for("facebook", commander, officer, decided=state != "requested")
    if state == "withdrawn":
        asked.withdraw(by=commander)
    assert way.go(asked).status_code == 409
    assert not Connecting.objects.exists()


def test_a_request_withdrawn_meanwhile_is_not_connected(
    login: Pretended, way: Way, request_: AccountRequest, commander: Member
) -> None:
    way.go(request_)
    AccountRequest.objects.get().withdraw(by=commander)
    assert way.back().status_code == 409
    assert not Account.objects.exists()
    assert not Credential.objects.exists()


def test_without_what_is_registered_the_page_says_what_is_missing(
    login: Pretended, way: Way, request_: AccountRequest, settings: Any
) -> None:
    settings.PLATFORM_APPS = {**settings.PLATFORM_APPS, "facebook": {"client_id": "", "client_secret": "x"}}
    page = way.browser.get(reverse("connect", args=[request_.pk])).content.decode()
    assert "META_APP_ID" in page
    assert "META_APP_SECRET" not in page
    assert "Sign in at Facebook" not in page
    assert way.go(request_).status_code == 422


@pytest.mark.parametrize("days", ["-1", "366", "soon", ""])
def test_days_that_make_no_sense_are_said_beside_the_field(
    login: Pretended, way: Way, request_: AccountRequest, days: str
) -> None:
    answer = way.browser.post(reverse("start_connecting", args=[request_.pk]), {"cut_off_days": days})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not Connecting.objects.exists()


# --- the state ---


@pytest.mark.parametrize("state", ["", "made-up", "\x00", "ü" * 300])
def test_a_state_that_was_never_given_connects_nothing_and_stands_on_the_trail(
    login: Pretended, way: Way, request_: AccountRequest, commander: Member, state: str
) -> None:
    way.go(request_)
    answer = way.back(state=state)
    assert answer.status_code == 422
    assert "not begun here" in answer.content.decode()
    assert not login.exchanged
    entry = TrailEntry.objects.get(verb="wrong_state")
    assert entry.by == commander


def test_another_members_state_connects_nothing(
    login: Pretended,
    way: Way,
    request_: AccountRequest,
    browser_of: Callable[..., Client],
    hand_over: Any,
    commander: Member,
    supervisor: Member,
) -> None:
    hand_over(commander, supervisor)
    way.go(request_)
    answer = Way(browser_of(supervisor), way.state).back()
    assert answer.status_code == 422
    assert not login.exchanged
    assert TrailEntry.objects.filter(verb="wrong_state", by=supervisor, subject_type="accounts.connecting").exists()
    way.back()
    assert Account.objects.count() == 1  # whose it was goes on


def test_another_session_of_the_same_member_connects_nothing(
    login: Pretended, way: Way, request_: AccountRequest, browser_of: Callable[..., Client], commander: Member
) -> None:
    way.go(request_)
    assert Way(browser_of(commander), way.state).back().status_code == 422
    assert not login.exchanged


def test_a_state_for_another_platform_connects_nothing(login: Pretended, way: Way, request_: AccountRequest) -> None:
    way.go(request_)
    assert way.back("x").status_code == 422
    assert not login.exchanged


def test_an_answer_that_comes_twice_is_used_once(login: Pretended, way: Way, request_: AccountRequest) -> None:
    way.go(request_)
    way.back()
    again = way.back()
    assert again.status_code == 422
    assert "good once" in again.content.decode()
    assert len(login.exchanged) == 1
    assert Account.objects.count() == 1
    assert "come_back_twice" in trail()


def test_after_ten_minutes_it_is_too_late(login: Pretended, way: Way, request_: AccountRequest) -> None:
    way.go(request_)
    with pgtrigger.ignore("accounts.Connecting:sign_in_stands_as_begun"):
        Connecting.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = way.back()
    assert answer.status_code == 422
    assert "ten minutes" in answer.content.decode()
    assert not login.exchanged
    assert nothing_is_kept()


# --- what the platform answers ---


def test_who_declines_at_the_platform_is_told_that_nothing_happened(
    login: Pretended, way: Way, request_: AccountRequest
) -> None:
    way.go(request_)
    answer = way.back(code="", error="access_denied")
    assert answer.status_code == 422
    assert "declined" in answer.content.decode()
    assert nothing_is_kept()
    assert AccountRequest.objects.get().state == "approved"


def test_permissions_that_are_missing_are_named(login: Pretended, way: Way, request_: AccountRequest) -> None:
    login.scopes = frozenset({"read"})
    way.go(request_)
    answer = way.back()
    assert answer.status_code == 422
    assert "not granted: write" in answer.content.decode()
    assert nothing_is_kept()
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (TokenExpired("The code is spent."), "did not take its own code"),
        (PlatformError("The platform answered 500.", code="500"), "could not be asked"),
    ],
)
def test_a_code_that_the_platform_does_not_take_leaves_nothing(
    login: Pretended, way: Way, request_: AccountRequest, fault: Exception, word: str
) -> None:
    login.fault = fault
    way.go(request_)
    answer = way.back()
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert nothing_is_kept()


def test_a_fault_of_ours_leaves_nothing_either(login: Pretended, way: Way, request_: AccountRequest) -> None:
    login.fault = KeyError("unforeseen")
    way.go(request_)
    way.browser.raise_request_exception = False
    assert way.back().status_code == 500
    assert nothing_is_kept()
    assert Connecting.objects.get().state == "failed"


@pytest.mark.parametrize(
    ("opens", "word"),
    [
        ([], "opens no account"),
        ([OTHER], "Approved is baysidepd; this is baysideparks"),
        ([replace(OURS, lacks="You lack the task MODERATE on this Page.")], "lack the task MODERATE"),
    ],
)
def test_an_account_that_is_not_the_one_approved_is_not_connected(
    login: Pretended, way: Way, request_: AccountRequest, opens: list[Choice], word: str
) -> None:
    login.opens = opens
    way.go(request_)
    answer = way.back()
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert nothing_is_kept()
    assert not Account.objects.exists()


def test_an_account_that_is_connected_already_is_said_so(
    login: Pretended, way: Way, facebook: Account, commander: Member, officer: Member
) -> None:
    goals, roles = {"G": "Answers."}, {officer.pk: "administrator"}
    request_ = request_account(Case("facebook", "otherhandle", "Other", "p", "v", goals, roles), by=officer)
    request_.approve("It serves.", by=commander)
    login.opens = [replace(OURS, remote_id=facebook.remote_id)]
    way.go(request_)
    assert "connected already" in way.back().content.decode()
    assert Account.objects.filter(platform="facebook").count() == 1


# --- several Pages ---


def test_of_several_pages_one_is_chosen(login: Pretended, way: Way, request_: AccountRequest) -> None:
    login.opens = [OTHER, OURS]
    way.go(request_)
    page = way.back()
    attempt = Connecting.objects.get()
    assert page.redirect_chain[-1][0] == reverse("connect_choice", args=[attempt.pk])
    assert "Bayside Parks" in page.content.decode()
    assert not Account.objects.exists()
    way.browser.post(reverse("choose_account", args=[attempt.pk]), {"choice": "777"})
    assert Account.objects.get().remote_id == "777"
    assert Connecting.objects.get().kept == ""


@pytest.mark.parametrize("choice", ["778", "779", ""])
def test_a_page_that_was_not_approved_or_not_offered_cannot_be_chosen(
    login: Pretended, way: Way, request_: AccountRequest, choice: str
) -> None:
    login.opens = [OTHER, OURS]
    way.go(request_)
    way.back()
    answer = way.browser.post(reverse("choose_account", args=[Connecting.objects.get().pk]), {"choice": choice})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not Account.objects.exists()


def test_what_waits_for_a_choice_is_encrypted_and_wiped_when_nobody_makes_it(
    login: Pretended, way: Way, request_: AccountRequest
) -> None:
    login.opens = [OTHER, OURS]
    way.go(request_)
    way.back()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kept FROM accounts_connecting")
        kept = cursor.fetchone()[0]
    assert kept
    assert "token-of-the-person" not in kept
    with pgtrigger.ignore("accounts.Connecting:sign_in_stands_as_begun"):
        Connecting.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert connecting.end_overdue() == 1
    assert nothing_is_kept()
    answer = way.browser.post(reverse("choose_account", args=[Connecting.objects.get().pk]), {"choice": "777"})
    assert answer.status_code == 409
    assert not Account.objects.exists()


def test_a_choice_is_not_made_by_another_member(
    login: Pretended,
    way: Way,
    request_: AccountRequest,
    browser_of: Callable[..., Client],
    hand_over: Any,
    commander: Member,
    supervisor: Member,
) -> None:
    hand_over(commander, supervisor)
    login.opens = [OTHER, OURS]
    way.go(request_)
    way.back()
    address = reverse("choose_account", args=[Connecting.objects.get().pk])
    assert browser_of(supervisor).post(address, {"choice": "777"}).status_code == 404
    assert browser_of(commander).post(address, {"choice": "777"}).status_code == 422  # another session of his
    assert not Account.objects.exists()


# --- again ---


def test_an_account_is_connected_again_and_read_at_once(
    login: Pretended, way: Way, facebook: Account, commander: Member
) -> None:
    facebook.lose_token()
    PollState.objects.update(failures=7, next_at=timezone.now() + timedelta(hours=1))
    login.opens = [replace(OURS, remote_id=facebook.remote_id)]
    way.go_again(facebook)
    way.back()
    again = Account.objects.get(pk=facebook.pk)
    assert again.state == "active"
    assert again.credential.access_token == "token-of-the-page"
    state = PollState.objects.get(account=facebook)
    assert (state.failures, state.next_at <= timezone.now()) == (0, True)
    assert "reconnect" in trail()


def test_another_accounts_token_changes_nothing(login: Pretended, way: Way, facebook: Account) -> None:
    facebook.lose_token()
    way.go_again(facebook)
    answer = way.back()
    assert answer.status_code == 422
    assert "another account" in answer.content.decode()
    again = Account.objects.get(pk=facebook.pk)
    assert (again.state, again.credential.access_token) == ("needs_reconnecting", "a-token-of-the-tests")


def test_connecting_again_lifts_no_suspension(login: Pretended, way: Way, facebook: Account, commander: Member) -> None:
    facebook.suspend("Somebody else has its password.", by=commander)
    login.opens = [replace(OURS, remote_id=facebook.remote_id)]
    way.go_again(facebook)
    way.back()
    assert Account.objects.get(pk=facebook.pk).state == "suspended"


# --- X ---


@pytest.fixture
def asked_of_x(cast: list[Member], commander: Member, officer: Member) -> AccountRequest:
    return asked_for("x", commander, officer)


@pytest.mark.sop("1.X")
def test_x_is_connected_only_after_the_commander_acknowledged_its_terms(
    login: Pretended, way: Way, asked_of_x: AccountRequest, commander: Member, settings: Any
) -> None:
    settings.X_TIER = "self-serve"
    refused = way.go(asked_of_x)
    assert refused.status_code == 422
    assert "acknowledge" in refused.content.decode()
    page = way.browser.get(reverse("connect", args=[asked_of_x.pk])).content.decode()
    assert "Government End User" in page
    version = government_use.TERMS["x"].version
    way.browser.post(reverse("acknowledge_use", args=["x"]), {"version": version})
    fact = Acknowledgement.objects.get()
    assert (fact.by, fact.version) == (commander, version)
    assert bytes(fact.digest) == government_use.TERMS["x"].digest
    assert "acknowledge" in trail()
    way.go(asked_of_x)
    way.back("x")
    assert Account.objects.get(platform="x").tier == "self-serve"


@pytest.mark.sop("1.X")
def test_nobody_but_the_commander_acknowledges_xs_terms(
    login: Pretended, officer: Member, supervisor: Member, commanding_officer: Member, browser_of: Any
) -> None:
    version = government_use.TERMS["x"].version
    for member in (officer, supervisor, commanding_officer):
        with pytest.raises(Refused):
            government_use.acknowledge("x", by=member, version=version)
        answer = browser_of(member).post(reverse("acknowledge_use", args=["x"]), {"version": version})
        assert answer.status_code == 403
    assert not Acknowledgement.objects.exists()


def test_terms_that_changed_since_the_page_was_opened_are_to_be_read_again(commander: Member) -> None:
    with pytest.raises(Invalid):
        government_use.acknowledge("x", by=commander, version="2019-01")
    assert not Acknowledgement.objects.exists()


# --- the database ---


def test_the_database_keeps_no_token_beyond_the_choice_and_brings_no_sign_in_back(
    login: Pretended, way: Way, request_: AccountRequest
) -> None:
    way.go(request_)
    way.back()
    ended = Connecting.objects.filter(state="connected")
    with pytest.raises(IntegrityError), transaction.atomic():
        Connecting.objects.create(
            request=request_,
            member=ended.get().member,
            platform="facebook",
            state_digest=b"1",
            session_digest=b"1",
            redirect_uri="/",
            kept="tokens",
        )
    for change in ({"state": "sent"}, {"state": "choosing"}, {"kept": "tokens"}):
        with pytest.raises(Exception, match="pgtrigger"), transaction.atomic():
            ended.update(**change)


def test_of_two_answers_at_once_one_moves_the_row(
    login: Pretended, way: Way, request_: AccountRequest, commander: Member
) -> None:
    way.go(request_)
    one, other = Connecting.objects.get(), Connecting.objects.get()
    one.become("returned", verb="return", by=commander, verifier="")
    with pytest.raises(WrongState):
        other.become("returned", verb="return", by=commander, verifier="")
