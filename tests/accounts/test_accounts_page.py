"""The accounts' pages: every account of the department with its health (C.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import Account, Credential, PlatformLimit, PollState
from members.models import Member

Browser = Callable[[Member], Client]

pytestmark = pytest.mark.sop("C.1")


@pytest.fixture
def polled(accounts: dict[str, Account]) -> dict[str, Account]:
    """All accounts were read just now."""
    PollState.objects.update(last_ok_at=timezone.now(), next_at=timezone.now() + timedelta(minutes=1))
    return accounts


@pytest.mark.parametrize(
    "position", ["commander", "commanding_officer", "supervisor", "officer", "other_officer", "specialist"]
)
def test_every_member_sees_every_account(
    request: Any, browser_of: Browser, polled: dict[str, Account], position: str
) -> None:
    client = browser_of(request.getfixturevalue(position))
    page = client.get(reverse("accounts")).content.decode()
    assert page.count("Bayside Police Department") >= 4
    for account in polled.values():
        assert client.get(reverse("account", args=[account.pk])).status_code == 200


def test_who_is_not_signed_in_is_asked_to(stranger: Client, facebook: Account) -> None:
    for address in (reverse("accounts"), reverse("account", args=[facebook.pk])):
        assert stranger.get(address)["Location"].startswith(reverse("account_login"))


def test_an_account_that_is_not_there_is_not_found(browser_of: Browser, officer: Member) -> None:
    assert browser_of(officer).get(reverse("account", args=[99_999])).status_code == 404


def health(client: Client, account: Account) -> Any:
    return client.get(reverse("account", args=[account.pk])).context["health"]


def test_a_lost_token_a_failed_poll_and_a_forgotten_one_are_told_apart(
    browser_of: Browser, specialist: Member, polled: dict[str, Account]
) -> None:
    client = browser_of(specialist)
    facebook, instagram, x, youtube = (polled[name] for name in ("facebook", "instagram", "x", "youtube"))
    facebook.lose_token()
    PollState.objects.filter(account=instagram).update(trouble="Instagram answered 500.", failures=2)
    PollState.objects.filter(account=x).update(next_at=timezone.now() - timedelta(hours=1))
    assert (health(client, facebook).tone, health(client, facebook).word) == ("bad", "needs reconnecting")
    assert health(client, instagram).trouble == "Instagram answered 500."
    assert "are the workers running" in health(client, x).trouble
    assert (health(client, youtube).tone, health(client, youtube).trouble) == ("good", "")


def test_limits_and_pauses_are_shown(browser_of: Browser, specialist: Member, polled: dict[str, Account]) -> None:
    x = polled["x"]
    PlatformLimit.objects.create(account=x, call="list_comments", remaining=17, used=None)
    PlatformLimit.block(x, call="hide", until=timezone.now() + timedelta(minutes=9))
    client = browser_of(specialist)
    assert [limit.call for limit in health(client, x).pauses] == ["hide"]
    assert ">17<" in client.get(reverse("account", args=[x.pk])).content.decode()


@pytest.mark.sop("1.2")
def test_administrators_and_editors_are_named_and_who_has_left_stands_out(
    browser_of: Browser, specialist: Member, officer: Member, polled: dict[str, Account]
) -> None:
    Member.objects.filter(pk=officer.pk).update(is_active=False, state=Member.State.LEFT)
    client = browser_of(specialist)
    found = health(client, polled["facebook"])
    assert [role.member.name for role in found.administrators] == ["Ruth Keller"]
    assert len(found.editors) == 4
    assert "has left the unit" in client.get(reverse("account", args=[polled["facebook"].pk])).content.decode()


@pytest.mark.sop("C.11")
def test_the_backlog_leads_to_the_queue_of_that_account(
    browser_of: Browser, specialist: Member, make_comment: Any, polled: dict[str, Account]
) -> None:
    make_comment("Waits", platform="x")
    figures = {figure.word: figure for figure in health(browser_of(specialist), polled["x"]).figures}
    assert figures["comments waiting"].count == 1
    assert figures["comments waiting"].address == f"{reverse('queue')}?account={polled['x'].pk}"
    assert figures["items set aside"].count == 0


def test_the_rooms_above_that_tell_figures_are_all_there() -> None:
    assert [import_string(path) for path in settings.ACCOUNT_FIGURES]


def test_no_token_is_ever_on_a_page(browser_of: Browser, commander: Member, polled: dict[str, Account]) -> None:
    client = browser_of(commander)
    secret = Credential.objects.first().access_token
    pages = [client.get(reverse("account", args=[account.pk])) for account in polled.values()]
    assert secret
    assert not [page for page in pages if secret in page.content.decode()]


def test_they_come_as_a_spreadsheet(browser_of: Browser, specialist: Member, polled: dict[str, Account]) -> None:
    answer = browser_of(specialist).get(reverse("accounts"), {"format": "csv"})
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 5


def test_a_hostile_name_is_text_and_no_formula(browser_of: Browser, specialist: Member, facebook: Account) -> None:
    Account.objects.filter(pk=facebook.pk).update(name='=cmd|" /C calc"!A0<script>alert(1)</script>', handle="=1+1")
    client = browser_of(specialist)
    assert "<script>alert(1)" not in client.get(reverse("accounts")).content.decode()
    file = b"".join(client.get(reverse("accounts"), {"format": "csv"}).streaming_content).decode()
    assert ",'=1+1," in file
