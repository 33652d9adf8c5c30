"""A unit without a Commander, as a hand in the database may leave it: everybody is told, and no page breaks (E.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members import authority
from members.models import Member
from members.powers import Power

pytestmark = [pytest.mark.django_db, pytest.mark.sop("E.1")]
BrowserOf = Callable[..., Client]


@pytest.fixture
def headless(cast: list[Member]) -> list[Member]:
    """Everybody but the Commander, who is gone and was followed by nobody."""
    Member.objects.filter(pk=cast[0].pk).update(is_active=False, state=Member.State.LEFT)
    return cast[1:]


def home(browser: Client) -> str:
    return browser.get(reverse("home")).text


def test_everybody_reads_at_home_that_there_is_no_commander(
    headless: list[Member], auditor: Member, browser_of: BrowserOf
) -> None:
    for member in [*headless, auditor]:
        page = home(browser_of(member))
        assert "The unit has no Commander" in page, member
        assert "Nobody here can name one." in page, member


def test_who_acts_is_told_how_to_name_one_and_the_others_who_it_is(
    cast: list[Member], browser_of: BrowserOf, hand_over: Any
) -> None:
    commander, acting, _, officer, *_ = cast
    hand_over(commander, acting)
    Member.objects.filter(pk=commander.pk).update(is_active=False, state=Member.State.LEFT)
    assert "Name one: change the position" in home(browser_of(acting))
    assert "Now: Grace Nakamura (acting Commander" in home(browser_of(officer))


def test_with_a_commander_nothing_is_said_of_it(cast: list[Member], browser_of: BrowserOf) -> None:
    for member in cast:
        assert "no Commander" not in home(browser_of(member)), member
        assert "no commander" not in home(browser_of(member)), member


def test_refusals_say_that_nobody_could(headless: list[Member]) -> None:
    assert authority.holders(Power.MANAGE_MEMBERS) == []
    assert authority.only(Power.MANAGE_MEMBERS).endswith("Now: nobody.")


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("members", 200),
        ("chart", 200),
        ("authority", 200),
        ("designations", 200),
        ("roster", 200),
        ("accounts", 200),
        ("queue", 200),
        ("invite", 403),
        ("designate", 403),
        ("hand_over_command", 403),
    ],
)
def test_no_page_breaks_for_want_of_a_commander(
    headless: list[Member], accounts: Any, browser_of: BrowserOf, page: str, status: int
) -> None:
    assert browser_of(headless[1]).get(reverse(page)).status_code == status
