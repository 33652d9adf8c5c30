"""Connecting by the platforms' real roads, over HTTP: authorization, token, choice, first reading, bans, renewal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts import government_use, taking_over, tokens
from accounts.models import Account, AccountRequest, Credential, Gap, PollState, StandingBan, Takeover, TokenCheck
from accounts.models.requests import Case, request_account
from members.models import Member, Notification
from moderation.polling import poll

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("1.1")]

FOUND = {
    "facebook": {"id": "104829376998127", "handle": "baysidepdjobs"},
    "instagram": {"id": "17841405822998127", "handle": "baysidepdjobs", "page_id": "104829376998127"},
    "x": {"id": "2874998127", "handle": "baysidepdjobs"},
    "youtube": {"id": "UCz4yS1dePDq7WnK2fVtR8mB", "handle": "@baysidepdjobs"},
}
NAME = "Bayside Police Recruiting"


class Sandbox:
    """The control of the sandbox."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=f"{address}/_sandbox", trust_env=False)

    def put(self, path: str, **order: Any) -> None:
        self.http.put(path, json=order).raise_for_status()

    def settle(self, platform: str, **more: Any) -> None:
        """An account that stands there, and this product registered."""
        app = settings.PLATFORM_APPS[platform]
        back = f"{settings.UNIT_URL}{reverse('connect_back', args=[platform])}"
        one = FOUND[platform]
        told = {"handle": one["handle"], "name": NAME, "tier": "enterprise", "page_id": one.get("page_id", "")}
        self.put(f"/accounts/{platform}/{one['id']}", **told, **app, app_secret=app["client_secret"], **more)
        if platform == "instagram":
            self.settle("facebook")
        # One app serves both of Meta's platforms.
        backs = [f"{settings.UNIT_URL}{reverse('connect_back', args=[name])}" for name in ("facebook", "instagram")]
        self.put(f"/apps/{platform}", **app, redirect_uris=[back, *backs])


@pytest.fixture
def control(sandbox: str) -> Sandbox:
    return Sandbox(sandbox)


@pytest.fixture
def browser(browser_of: Callable[..., Client], commander: Member, cast: list[Member]) -> Client:
    return browser_of(commander)


def approved(platform: str, commander: Member, officer: Member) -> AccountRequest:
    case = Case(
        platform,
        "baysidepdjobs",
        NAME,
        "To recruit.",
        "Open to everybody.",
        {"G": "It informs."},
        {officer.pk: "administrator"},
    )
    request = request_account(case, by=officer)
    request.approve("It serves.", by=commander)
    if platform == "x":
        government_use.acknowledge("x", by=commander, version=government_use.TERMS["x"].version)
    return request


def walk(browser: Client, address: str) -> Any:
    """Go to the platform as a browser does, and come back with what it says."""
    away = browser.post(address, {"cut_off_days": 7})
    assert away.status_code == 302, away.content.decode()
    there = httpx.get(away["Location"], follow_redirects=False, trust_env=False)
    assert there.status_code == 302, there.text
    back = httpx.URL(there.headers["location"])
    return browser.get(back.path, dict(back.params), follow=True)


@pytest.mark.parametrize("platform", list(FOUND))
def test_each_platforms_account_is_connected_read_and_asked_about(
    control: Sandbox, browser: Client, commander: Member, officer: Member, platform: str
) -> None:
    control.settle(platform)
    request = approved(platform, commander, officer)
    answer = walk(browser, reverse("start_connecting", args=[request.pk]))
    account = Account.objects.filter(platform=platform).first()
    assert account is not None, answer.content.decode()
    assert (account.remote_id, account.state) == (FOUND[platform]["id"], "active")
    poll(account.pk)
    account.poll_state.refresh_from_db()
    assert account.poll_state.trouble == ""
    assert account.poll_state.last_ok_at is not None
    tokens.ask_about(account.pk)
    check = TokenCheck.objects.get(account=account)
    assert check.checked_at is not None
    assert check.lacks == []
    assert Account.objects.get(pk=account.pk).state == "active"


@pytest.mark.parametrize("platform", list(FOUND))
def test_who_declines_or_withholds_a_permission_connects_nothing(
    control: Sandbox, browser: Client, commander: Member, officer: Member, platform: str
) -> None:
    control.settle(platform)
    request = approved(platform, commander, officer)
    consent = "facebook" if platform == "instagram" else platform
    control.put(f"/consents/{consent}", deny=True)
    answer = walk(browser, reverse("start_connecting", args=[request.pk]))
    assert answer.status_code == 422
    assert "declined" in answer.content.decode()
    control.put(f"/consents/{consent}", scopes=["offline.access"])
    answer = walk(browser, reverse("start_connecting", args=[request.pk]))
    assert answer.status_code == 422
    assert not Account.objects.exists()
    assert not Credential.objects.exists()
    control.put(f"/consents/{consent}")
    walk(browser, reverse("start_connecting", args=[request.pk]))
    assert Account.objects.count() == 1


def test_a_revoked_token_is_noticed_by_the_next_reading_and_filled_after_reconnecting(
    control: Sandbox, browser: Client, commander: Member, officer: Member
) -> None:
    control.settle("facebook")
    request = approved("facebook", commander, officer)
    walk(browser, reverse("start_connecting", args=[request.pk]))
    account = Account.objects.get()
    poll(account.pk)
    read_at = Account.objects.get().poll_state.last_ok_at
    Credential.objects.filter(account=account).update(access_token="")
    credential = Credential.objects.get(account=account)
    credential.access_token = "revoked"
    credential.save()
    PollState.objects.update(next_at=read_at)
    poll(account.pk)
    gap = Gap.objects.get()
    assert Account.objects.get().state == "needs_reconnecting"
    assert (gap.since, gap.until, gap.why) == (read_at, None, "token")
    assert Notification.objects.filter(member=commander, sentence__contains="needs reconnecting").count() == 1
    walk(browser, reverse("start_reconnecting", args=[account.pk]))
    assert Account.objects.get().state == "active"
    poll(account.pk)
    gap.refresh_from_db()
    assert gap.until is not None
    assert gap.filled_at is not None


def test_the_bans_that_the_platform_lists_are_taken_over_once(
    control: Sandbox, browser: Client, commander: Member, officer: Member
) -> None:
    control.settle("youtube")
    walk(browser, reverse("start_connecting", args=[approved("youtube", commander, officer).pk]))
    account = Account.objects.get()
    assert taking_over.outstanding() == [account.pk]
    taking_over.take_over(account.pk)
    assert Takeover.objects.get(account=account).bans_by_hand
    assert taking_over.outstanding() == []
    assert not StandingBan.objects.exists()
