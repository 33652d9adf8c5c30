"""A session is a row with the member's name on it: what is ended is gone, whoever holds the cookie."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Member, Session
from members.sessions import end_all
from tests.cast import PASSWORD

BrowserOf = Callable[[Member], Client]


def key_of(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def holding(key: str) -> Client:
    """Another browser with the same cookie: stolen, or kept."""
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(reverse("home")).status_code == 200


def test_a_session_says_whose_it_is(browser_of: BrowserOf, officer: Member) -> None:
    browser = browser_of(officer)
    session = officer.sessions.get()
    assert session.session_key == key_of(browser)
    assert abs(session.signed_in_at - timezone.now()) < timedelta(seconds=5)


def test_all_sessions_of_a_member_end_and_nobody_elses(
    browser_of: BrowserOf, officer: Member, other_officer: Member
) -> None:
    desk, phone, other = browser_of(officer), browser_of(officer), browser_of(other_officer)
    assert end_all(officer) == 2
    assert not is_in(desk)
    assert not is_in(phone)
    assert is_in(other)
    assert end_all(officer) == 0


def test_all_but_one_end(browser_of: BrowserOf, officer: Member) -> None:
    desk, phone = browser_of(officer), browser_of(officer)
    assert end_all(officer, but=key_of(desk)) == 1
    assert is_in(desk)
    assert not is_in(phone)


def test_a_request_under_way_does_not_bring_an_ended_session_back(browser_of: BrowserOf, officer: Member) -> None:
    session = browser_of(officer).session
    session["draft"] = "words"
    end_all(officer)
    with pytest.raises(Exception, match="deleted|UpdateError|"):
        session.save()
    assert not Session.objects.exists()


def test_saving_a_session_does_not_overwrite_when_somebody_last_acted(browser_of: BrowserOf, officer: Member) -> None:
    session = browser_of(officer).session
    acted = timezone.now() + timedelta(minutes=5)
    officer.sessions.update(last_act_at=acted)
    session["draft"] = "words"
    session.save()
    assert officer.sessions.get().last_act_at == acted
