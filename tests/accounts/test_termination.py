"""An account ends when every condition of S.O.P. 1 is there, by the Commander alone, and its records stay (1.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import terminating
from accounts.models import Account, Credential, FollowerNotice, PollState, Role, Termination, TerminationApproval
from accounts.platforms.contract import PlatformError
from accounts.terminating import Prepared
from members.models import Member, Notification
from members.powers import Power
from members.states import Invalid, Refused, WrongState

pytestmark = pytest.mark.sop("1.4")
WHOLE = Prepared(
    ground="goals",
    ground_text="Six residents a month read it.",
    alternative="Facebook and Instagram, @baysidepd.",
    notice_days=30,
    archive_digest="a1" * 32,
)


@pytest.fixture(autouse=True)
def read_whole(facebook: Account) -> None:
    PollState.objects.filter(account=facebook).update(last_whole_at=timezone.now(), last_ok_at=timezone.now())


@pytest.fixture
def revoked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens that were given back to the platform."""
    given: list[str] = []

    class Login:
        def revoke(self, credentials: Any) -> None:
            given.append(credentials.access_token)

    monkeypatch.setattr(terminating, "login_for", lambda platform: Login())
    return given


@pytest.fixture
def prepared(facebook: Account, specialist: Member) -> Termination:
    return terminating.prepare(facebook, WHOLE, by=specialist)


def notice(termination: Termination, by: Member, *, days: int = 31) -> FollowerNotice:
    at = timezone.now() - timedelta(days=days)
    said = {"link": "https://bayside.example/moving", "wording": "Follow us on Instagram."}
    return terminating.give_notice(termination, **said, published_at=at, by=by)


@pytest.fixture
def ready(prepared: Termination, specialist: Member) -> Termination:
    notice(prepared, specialist)
    return prepared


def missing(termination: Termination) -> list[str]:
    return [one.word for one in terminating.conditions(Termination.objects.get(pk=termination.pk)) if not one.holds]


def test_with_every_condition_the_commander_ends_it_and_the_records_stay(
    ready: Termination,
    facebook: Account,
    commander: Member,
    officer: Member,
    revoked: list[str],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    assert missing(ready) == []
    with django_capture_on_commit_callbacks(execute=True):
        terminating.approve(ready, reasons="Nobody is there any more.", by=commander)
    account = Account.objects.get(pk=facebook.pk)
    assert (account.state, ready.state) == ("closed", "approved")
    assert not Role.objects.filter(Role.STANDING, account=facebook).exists()
    assert revoked == ["a-token-of-the-tests"]
    credential = Credential.objects.get(account=facebook)
    assert (credential.access_token, credential.refresh_token, credential.app_secret) == ("", "", "")
    assert Notification.objects.filter(member=officer, sentence__contains="is terminated").exists()


def test_a_platform_that_takes_no_token_back_ends_it_all_the_same_and_the_commander_is_told(
    ready: Termination,
    facebook: Account,
    commander: Member,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    class Login:
        def revoke(self, credentials: Any) -> None:
            raise PlatformError("Out of order.")

    monkeypatch.setattr(terminating, "login_for", lambda platform: Login())
    with django_capture_on_commit_callbacks(execute=True):
        terminating.approve(ready, reasons="So.", by=commander)
    assert Credential.objects.get(account=facebook).access_token == ""
    assert Notification.objects.filter(member=commander, sentence__contains="did not confirm").exists()


def test_a_letting_go_that_broke_off_is_done_once_more_and_once_only(
    ready: Termination, facebook: Account, x: Account, commander: Member, revoked: list[str]
) -> None:
    terminating.approve(ready, reasons="So.", by=commander)  # and the process dies before it lets go
    assert Credential.objects.get(account=facebook).access_token
    for _ in range(2):
        terminating.let_go_of_all()
    assert revoked == ["a-token-of-the-tests"]
    assert Credential.objects.get(account=facebook).access_token == ""
    assert Credential.objects.get(account=x).access_token == "a-token-of-the-tests"


# --- each condition by itself ---


def no_notice(termination: Termination, by: Member) -> None:
    """Nobody was told."""


def notice_too_young(termination: Termination, by: Member) -> None:
    notice(termination, by, days=29)


def no_alternative(termination: Termination, by: Member) -> None:
    notice(termination, by)
    terminating.change(termination, replace(WHOLE, alternative=" "), by=by)


def no_archive(termination: Termination, by: Member) -> None:
    notice(termination, by)
    terminating.change(termination, replace(WHOLE, archive_digest=""), by=by)


def not_read(termination: Termination, by: Member) -> None:
    notice(termination, by)
    PollState.objects.filter(account=termination.account).update(last_whole_at=timezone.now() - timedelta(days=9))


LACKS = [
    (no_notice, "Followers notified"),
    (notice_too_young, "Notice period"),
    (no_alternative, "Opportunity to migrate"),
    (no_archive, "Archive"),
    (not_read, "Everything read"),
]


@pytest.mark.parametrize(("lack", "word"), LACKS, ids=[word for _, word in LACKS])
def test_it_is_refused_while_a_condition_is_missing_and_says_which(
    prepared: Termination, facebook: Account, specialist: Member, commander: Member, lack: Any, word: str
) -> None:
    lack(prepared, specialist)
    assert word in missing(prepared)
    with pytest.raises(Invalid, match=f"Missing: .*{word}"):
        terminating.approve(prepared, reasons="So.", by=commander)
    assert Account.objects.get(pk=facebook.pk).state == "active"
    assert not TerminationApproval.objects.exists()


@pytest.mark.parametrize(("lack", "word"), LACKS[:4], ids=[word for _, word in LACKS[:4]])
def test_the_database_refuses_it_too(
    prepared: Termination, specialist: Member, commander: Member, lack: Any, word: str
) -> None:
    lack(prepared, specialist)
    TerminationApproval.objects.create(termination=prepared, reasons="So.", by=commander)
    with pytest.raises(DatabaseError, match="a condition of the termination is missing"), transaction.atomic():
        Termination.objects.filter(pk=prepared.pk).update(state="approved")


def test_a_comment_that_waits_stops_it_in_the_database_too(
    ready: Termination, facebook: Account, commander: Member, make_comment: Any
) -> None:
    make_comment("Is anybody there?")
    assert missing(ready) == ["Comments addressed"]
    with pytest.raises(Invalid, match="1 ungraded"):
        terminating.approve(ready, reasons="So.", by=commander)
    TerminationApproval.objects.create(termination=ready, reasons="So.", by=commander)
    Termination.objects.filter(pk=ready.pk).update(state="approved")
    with pytest.raises(DatabaseError, match="not addressed yet"), transaction.atomic():
        Account.objects.filter(pk=facebook.pk).update(state="closed")


def test_no_account_closes_without_an_approved_termination(ready: Termination, facebook: Account) -> None:
    for _ in range(2):
        with pytest.raises(DatabaseError, match="does not move"), transaction.atomic():
            Account.objects.filter(pk=facebook.pk).update(state="closed")
    with pytest.raises(DatabaseError, match="condition"), transaction.atomic():
        Termination.objects.filter(pk=ready.pk).update(state="approved")  # nobody approved it


def test_of_a_platform_that_is_gone_neither_file_nor_reading_is_asked(
    prepared: Termination, specialist: Member, commander: Member, revoked: list[str]
) -> None:
    PollState.objects.update(last_whole_at=None)
    gone = replace(WHOLE, ground="inactive", archive_digest="", archive_gone="It closed in 2021.")
    terminating.change(prepared, gone, by=specialist)
    notice(prepared, specialist)
    terminating.approve(prepared, reasons="It is gone.", by=commander)
    assert prepared.state == "approved"


# --- who ---


def test_the_commander_alone_approves_no_designee_and_no_superior(
    ready: Termination, cast: list[Member], hand_over: Callable[..., Any], auditor: Member, revoked: list[str]
) -> None:
    hand_over(cast[0], cast[3], Power.ADMINISTER_ACCOUNTS)
    for member in [*(Member.objects.get(pk=one.pk) for one in cast[1:]), auditor]:
        with pytest.raises(Refused, match="Only the Section Commander"):
            terminating.approve(ready, reasons="So.", by=member)
    hand_over(cast[0], cast[1])  # the whole command
    terminating.approve(ready, reasons="So.", by=Member.objects.get(pk=cast[1].pk))
    assert ready.state == "approved"


def test_officers_prepare_nothing(facebook: Account, prepared: Termination, officer: Member, auditor: Member) -> None:
    for member in (officer, auditor):
        for act in (
            lambda by: terminating.prepare(facebook, WHOLE, by=by),
            lambda by: terminating.change(prepared, WHOLE, by=by),
            lambda by: notice(prepared, by),
            lambda by: terminating.withdraw(prepared, by=by),
        ):
            with pytest.raises(Refused):
                act(member)


# --- once, and half nothing ---


def test_it_is_prepared_once_and_over_when_it_is_over(
    ready: Termination, facebook: Account, specialist: Member, commander: Member, revoked: list[str]
) -> None:
    with pytest.raises(WrongState):
        terminating.prepare(facebook, WHOLE, by=specialist)
    late = Termination.objects.get(pk=ready.pk)
    terminating.approve(ready, reasons="So.", by=commander)
    for act in (
        lambda: terminating.approve(late, reasons="Again.", by=commander),
        lambda: terminating.change(late, WHOLE, by=specialist),
        lambda: notice(late, specialist),
        lambda: terminating.withdraw(late, by=specialist),
        lambda: terminating.prepare(Account.objects.get(pk=facebook.pk), WHOLE, by=specialist),
    ):
        with pytest.raises(WrongState):
            act()
    with pytest.raises(DatabaseError, match="does not move"), transaction.atomic():
        Account.objects.filter(pk=facebook.pk).update(state="active")


def test_withdrawn_the_account_stays_and_can_be_prepared_anew(
    prepared: Termination, facebook: Account, specialist: Member
) -> None:
    terminating.withdraw(prepared, by=specialist)
    assert Account.objects.get(pk=facebook.pk).state == "active"
    assert terminating.prepare(facebook, WHOLE, by=specialist).pk != prepared.pk


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ground": "tired"}, "ground"),
        ({"ground_text": " "}, "ground_text"),
        ({"notice_days": 6}, "notice_days"),
        ({"notice_days": 366}, "notice_days"),
        ({"archive_digest": "abc"}, "archive_digest"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    facebook: Account, specialist: Member, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        terminating.prepare(facebook, replace(WHOLE, **change), by=specialist)
    assert refused.value.field == field


def test_a_notice_has_an_address_words_and_a_moment_that_is_past(prepared: Termination, specialist: Member) -> None:
    right = {"link": "https://bayside.example/x", "wording": "Go.", "published_at": timezone.now()}
    for wrong, field in (
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "bayside.example"}, "link"),
        ({"link": "https://[bayside.example"}, "link"),
        ({"wording": " "}, "wording"),
        ({"published_at": timezone.now() + timedelta(hours=1)}, "published_at"),
    ):
        with pytest.raises(Invalid) as refused:
            terminating.give_notice(prepared, **(right | wrong), by=specialist)
        assert refused.value.field == field


# --- pages ---


def test_from_the_accounts_page_to_its_end_in_the_browser(
    facebook: Account,
    specialist: Member,
    commander: Member,
    browser_of: Callable[..., Client],
    revoked: list[str],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    manager, account_page = browser_of(specialist), reverse("account", args=[facebook.pk])
    begin = reverse("prepare_termination", args=[facebook.pk])
    assert begin in manager.get(account_page).content.decode()
    said = {"ground": "goals", "ground_text": "Nobody is there.", "notice_days": "30"}
    page = manager.post(begin, said)["Location"]
    chief = browser_of(commander)
    answer = chief.post(f"{page}approve/", {"reasons": "So."})
    assert answer.status_code == 422
    for word in ("Followers notified", "Opportunity to migrate", "Archive"):
        assert word in answer.content.decode()
    rest = {"alternative": "Instagram.", "archive_digest": "B2" * 32}
    assert manager.post(f"{page}change/", said | rest)["Location"] == page
    published = timezone.localtime() - timedelta(days=40)
    words = {
        "link": "https://bayside.example/moving",
        "wording": "Follow us.",
        "published_at": f"{published:%Y-%m-%dT%H:%M}",
    }
    assert manager.post(f"{page}notice/", words)["Location"] == page
    assert manager.post(f"{page}approve/", {"reasons": "So."}).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert chief.post(f"{page}approve/", {"reasons": "Nobody is there."})["Location"] == page
    assert "terminated" in chief.get(account_page).content.decode()
    assert "b2" * 32 in chief.get(page).content.decode()


def test_the_approval_wants_a_fresh_second_factor(
    ready: Termination, commander: Member, browser_of: Callable[..., Client]
) -> None:
    answer = browser_of(commander, fresh=False).post(f"{ready.address}approve/", {"reasons": "So."})
    assert answer.status_code == 302
    assert Termination.objects.get(pk=ready.pk).state == "prepared"


def test_the_constraints_hold_at_the_end_of_the_transaction(
    ready: Termination, commander: Member, revoked: list[str]
) -> None:
    terminating.approve(ready, reasons="So.", by=commander)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a terminated account needs no main administrator
