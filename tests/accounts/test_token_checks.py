"""Tokens kept alive: renewed ahead of their end, asked about daily, warned of 14 days before, missed at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import tokens
from accounts.models import Account, Credential, Gap, PollState, Takeover, TokenCheck
from accounts.platforms.contract import Author, NotPossible, PlatformError, TokenFacts
from accounts.platforms.logins import login_for
from accounts.taking_over import outstanding, take_over
from members.models import Member, Notification, TrailEntry
from members.states import WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("C.1")]


@dataclass
class Speaks:
    """What a client says of the account's token, and whom it lists as banned."""

    facts: TokenFacts | Exception = field(default_factory=lambda: TokenFacts(valid=True))
    banned: list[Author] | Exception | None = None

    def token_facts(self) -> TokenFacts:
        if isinstance(self.facts, Exception):
            raise self.facts
        return self.facts

    def bans(self) -> Iterator[Author]:
        if isinstance(self.banned, Exception):
            raise self.banned
        return iter(self.banned or [])


@pytest.fixture
def says() -> Iterator[Speaks]:
    client = Speaks()
    with mock.patch.object(Account, "client", return_value=client):
        yield client


def told(member: Member) -> list[str]:
    return list(Notification.objects.filter(member=member, kind="accounts").values_list("sentence", flat=True))


def in_days(days: float) -> Any:
    return timezone.now() + timedelta(days=days)


# --- the daily question ---


def test_an_end_within_14_days_is_told_once_to_those_who_administer(
    says: Speaks, facebook: Account, commander: Member, officer: Member
) -> None:
    Credential.objects.update(refresh_token="")
    says.facts = TokenFacts(valid=True, expires_at=in_days(13))
    tokens.ask_about(facebook.pk)
    tokens.ask_about(facebook.pk)
    assert len(told(commander)) == 1
    assert "Connect it again" in told(commander)[0]
    assert told(officer) == []  # an editor


def test_an_end_that_is_further_off_is_kept_and_told_to_nobody(
    says: Speaks, facebook: Account, commander: Member
) -> None:
    Credential.objects.update(refresh_token="")
    says.facts = TokenFacts(valid=True, expires_at=in_days(15))
    tokens.ask_about(facebook.pk)
    assert TokenCheck.objects.get(account=facebook).ends_at == says.facts.expires_at
    assert told(commander) == []


def test_the_end_of_a_token_that_is_renewed_by_itself_is_none(says: Speaks, x: Account, commander: Member) -> None:
    says.facts = TokenFacts(valid=True, expires_at=timezone.now() + timedelta(hours=1))
    tokens.ask_about(x.pk)
    assert TokenCheck.objects.get(account=x).ends_at is None
    assert told(commander) == []


def test_a_scope_that_was_taken_away_is_named(says: Speaks, facebook: Account) -> None:
    needed = login_for("facebook").needed
    says.facts = TokenFacts(valid=True, scopes=needed - {"pages_read_engagement"})
    tokens.ask_about(facebook.pk)
    assert TokenCheck.objects.get(account=facebook).lacks == ["pages_read_engagement"]


def test_a_token_that_the_platform_calls_invalid_is_lost(says: Speaks, facebook: Account, commander: Member) -> None:
    says.facts = TokenFacts(valid=False)
    tokens.ask_about(facebook.pk)
    assert Account.objects.get(pk=facebook.pk).state == "needs_reconnecting"
    assert Gap.objects.get().account == facebook
    assert len(told(commander)) == 1


@pytest.mark.parametrize("answer", [NotPossible("It says nothing."), PlatformError("500")])
def test_a_platform_that_says_nothing_loses_no_token(says: Speaks, facebook: Account, answer: Exception) -> None:
    says.facts = answer
    tokens.ask_about(facebook.pk)
    assert Account.objects.get(pk=facebook.pk).state == "active"
    assert facebook.pk not in tokens.to_ask_about()  # until tomorrow
    TokenCheck.objects.update(checked_at=in_days(-1.1))
    assert facebook.pk in tokens.to_ask_about()


def test_the_line_at_home_leads_to_the_account_that_ends_first(
    says: Speaks, facebook: Account, commander: Member
) -> None:
    assert tokens.ending_soon(commander) is None
    TokenCheck.objects.create(account=facebook, ends_at=in_days(3))
    line = tokens.ending_soon(commander)
    assert line is not None
    assert (line.count, line.address) == (1, reverse("reconnect", args=[facebook.pk]))


# --- renewing ahead ---


def test_what_runs_out_soon_and_can_be_renewed_is_renewed(x: Account, youtube: Account, facebook: Account) -> None:
    Credential.objects.filter(account=x).update(expires_at=timezone.now() + timedelta(minutes=10))
    Credential.objects.filter(account=youtube).update(expires_at=timezone.now() + timedelta(minutes=30))
    Credential.objects.filter(account=facebook).update(expires_at=timezone.now(), refresh_token="")
    assert tokens.to_renew() == [x.pk]


# --- losing one ---


def test_the_gap_begins_with_the_last_reading_that_went_well(x: Account, commander: Member) -> None:
    read_at = timezone.now() - timedelta(minutes=7)
    PollState.objects.filter(account=x).update(last_ok_at=read_at)
    assert tokens.lose(x)
    gap = Gap.objects.get()
    assert (gap.since, gap.until, gap.filled_at) == (read_at, None, None)
    with pytest.raises(WrongState):
        tokens.lose(x)
    assert Gap.objects.count() == 1
    assert len(told(commander)) == 1


def test_a_suspended_accounts_lost_token_is_told_too_and_lifts_nothing(x: Account, commander: Member) -> None:
    x.suspend("Its password was seen elsewhere.", by=commander)
    assert tokens.lose(x)
    assert Account.objects.get(pk=x.pk).state == "suspended"
    assert Gap.objects.get().account == x
    tokens.lose(x)
    assert len([said for said in told(commander) if "needs reconnecting" in said]) == 1


def test_gaps_are_shown_and_come_as_a_file(x: Account, officer: Member, browser_of: Callable[..., Client]) -> None:
    tokens.lose(x)
    browser = browser_of(officer)
    assert "still open" in browser.get(reverse("gaps", args=[x.pk])).content.decode()
    assert "the platform refused the token" in browser.get(reverse("account", args=[x.pk])).content.decode()
    answer = browser.get(reverse("gaps", args=[x.pk]), {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2
    assert "the platform refused the token" in lines[1]


# --- bans from before (ruling 8) ---


@pytest.fixture
def connected(x: Account) -> Account:
    Takeover.objects.create(account=x)
    return x


def test_bans_that_the_platform_lists_are_taken_over_once(says: Speaks, connected: Account) -> None:
    says.banned = [Author("1", "Ann"), Author("2", "", "bob"), Author("1", "Ann again"), Author()]
    take_over(connected.pk)
    take_over(connected.pk)
    assert sorted(connected.standing_bans.values_list("remote_id", "name")) == [("1", "Ann"), ("2", "bob")]
    assert outstanding() == []
    entry = TrailEntry.objects.get(verb="take_over_bans")
    assert "Ann" not in str(vars(entry))


def test_a_list_that_cannot_be_read_is_tried_again_and_said(says: Speaks, connected: Account) -> None:
    says.banned = PlatformError("The platform answered 500.")
    take_over(connected.pk)
    assert Takeover.objects.get().bans_trouble == "The platform answered 500."
    assert outstanding() == []  # for a quarter of an hour
    Takeover.objects.update(asked_at=timezone.now() - timedelta(minutes=16))
    assert outstanding() == [connected.pk]


def test_where_the_platform_lists_nobody_bans_are_noted_by_hand(
    says: Speaks, connected: Account, specialist: Member, officer: Member, browser_of: Callable[..., Client]
) -> None:
    says.banned = NotPossible("YouTube lists nobody.")
    take_over(connected.pk)
    address = reverse("note_ban", args=[connected.pk])
    typed = {"name": "Troll of old", "remote_id": "UC1", "reason": "Threats in 2019."}
    assert browser_of(officer).post(address, typed).status_code == 403
    browser = browser_of(specialist)
    assert browser.post(address, {"name": " "}).status_code == 422
    assert browser.post(address, typed).status_code == 302
    again = browser.post(address, typed)
    assert again.status_code == 422
    assert "already" in again.content.decode()
    page = browser.get(reverse("standing_bans", args=[connected.pk])).content.decode()
    assert "Troll of old" in page
    assert connected.standing_bans.count() == 1
