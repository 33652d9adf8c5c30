"""A session is a row with the member's name on it: what is ended is gone, whoever holds the cookie."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Member, Session, TrailEntry
from members.sessions import end, end_all
from members.states import Refused
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
    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.exists()


def test_saving_a_session_does_not_overwrite_when_somebody_last_acted(browser_of: BrowserOf, officer: Member) -> None:
    session = browser_of(officer).session
    acted = timezone.now() + timedelta(minutes=5)
    officer.sessions.update(last_act_at=acted)
    session["draft"] = "words"
    session.save()
    assert officer.sessions.get().last_act_at == acted


# --- an attacker ---


@pytest.fixture
def with_code(officer: Member) -> str:
    """The officer has a second factor; its seed."""
    seed = generate_totp_secret()
    TOTP.activate(officer, seed)
    return seed


def sign_in(browser: Client, seed: str) -> None:
    browser.post(reverse("account_login"), {"login": "ddiaz", "password": PASSWORD})
    browser.post(reverse("mfa_authenticate"), {"code": format_hotp_value(hotp_value(seed, int(time.time()) // 30))})


def test_a_stolen_cookie_is_worth_nothing_after_sign_out(browser_of: BrowserOf, officer: Member) -> None:
    browser = browser_of(officer)
    stolen = holding(key_of(browser))
    assert is_in(stolen)
    browser.post(reverse("account_logout"))
    assert not is_in(stolen)


def test_nor_after_a_new_password(browser_of: BrowserOf, officer: Member) -> None:
    stolen = holding(key_of(browser_of(officer)))
    officer.set_password("another-long-night-by-the-bay")
    officer.save()
    assert not is_in(stolen)


@pytest.mark.sop("1.3")
def test_nor_after_a_transfer(browser_of: BrowserOf, officer: Member) -> None:
    stolen = holding(key_of(browser_of(officer)))
    Member.objects.filter(pk=officer.pk).update(is_active=False, state="left")
    assert not is_in(stolen)


def test_nor_when_its_time_has_passed(browser_of: BrowserOf, officer: Member) -> None:
    stolen = holding(key_of(browser_of(officer)))
    with time_machine.travel(time.time() + 13 * 3600):
        assert not is_in(stolen)


def test_a_session_that_somebody_planted_does_not_become_the_members(stranger: Client, with_code: str) -> None:
    attacker = Client()
    attacker.post(reverse("account_login"), {"login": "nobody", "password": "x"})
    planted = attacker.session
    planted["planted"] = True
    planted.save()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    sign_in(stranger, with_code)
    assert is_in(stranger)
    assert key_of(stranger) != planted.session_key
    assert not is_in(holding(planted.session_key))


def test_the_key_between_the_two_steps_of_signing_in_opens_nothing(stranger: Client, with_code: str) -> None:
    stranger.post(reverse("account_login"), {"login": "ddiaz", "password": PASSWORD})
    between = key_of(stranger)
    assert not is_in(holding(between))
    sign_in(stranger, with_code)
    assert key_of(stranger) != between
    assert not is_in(holding(between))


@pytest.mark.parametrize("key", ["", "x", "\x00", "' OR 1=1", "ü" * 40, "a" * 5000])
def test_a_cookie_made_up_opens_nothing_and_breaks_nothing(key: str, db: None) -> None:
    assert holding(key).get(reverse("home")).status_code == 302


# --- the page ---


def test_one_sees_where_one_is_signed_in_and_which_is_this(
    browser_of: BrowserOf, officer: Member, with_code: str
) -> None:
    phone = Client(
        headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"}
    )
    desk = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"})
    sign_in(phone, with_code)
    with time_machine.travel(time.time() + 31):
        sign_in(desk, with_code)
        page = desk.get(reverse("sessions")).content.decode()
    assert page.index("Firefox on Windows") < page.index("this one") < page.index("Safari on iPhone")
    assert "127.0.0.1" in page
    assert key_of(phone) not in page
    assert key_of(desk) not in page


def test_one_ends_one_and_the_others_stay(browser_of: BrowserOf, officer: Member) -> None:
    desk, phone, other = (browser_of(officer) for _ in range(3))
    named = officer.sessions.get(session_key=key_of(phone)).name
    desk.post(reverse("end_session"), {"session": named})
    assert [is_in(one) for one in (desk, phone, other)] == [True, False, True]
    assert TrailEntry.objects.filter(verb="end_session", by=officer).count() == 1
    assert "over already" in desk.post(reverse("end_session"), {"session": named}, follow=True).content.decode()


def test_nobody_ends_anothers_by_its_name(browser_of: BrowserOf, officer: Member, other_officer: Member) -> None:
    theirs = browser_of(other_officer)
    named = other_officer.sessions.get().name
    browser_of(officer).post(reverse("end_session"), {"session": named})
    assert is_in(theirs)
    with pytest.raises(Refused):
        end(other_officer.sessions.get(), by=officer)


def test_ending_this_one_signs_out(browser_of: BrowserOf, officer: Member) -> None:
    desk = browser_of(officer)
    answer = desk.post(reverse("end_session"), {"session": officer.sessions.get().name})
    assert answer["Location"] == reverse("account_login")
    assert not officer.sessions.exists()


def test_one_ends_all_others(browser_of: BrowserOf, officer: Member) -> None:
    desk, phone = browser_of(officer), browser_of(officer)
    desk.post(reverse("end_other_sessions"))
    assert is_in(desk)
    assert not is_in(phone)
    assert TrailEntry.objects.filter(verb="end_sessions", by=officer, after="the others").exists()


@pytest.mark.sop("1.3", "F.I")
def test_the_commander_signs_another_out_everywhere_and_he_is_told(
    browser_of: BrowserOf, commander: Member, officer: Member
) -> None:
    phone = browser_of(officer)
    desk = browser_of(commander)
    assert "Sign Daniel Diaz out" in desk.get(reverse("member_sessions", args=[officer.pk])).content.decode()
    desk.post(reverse("end_member_sessions", args=[officer.pk]))
    assert not is_in(phone)
    assert TrailEntry.objects.about(officer).filter(verb="end_sessions", by=commander, after="all").exists()
    assert officer.notifications.get().kind == "security"


def test_a_supervisor_does_not_nor_sees_where(browser_of: BrowserOf, supervisor: Member, officer: Member) -> None:
    phone = browser_of(officer)
    desk = browser_of(supervisor)
    assert desk.get(reverse("member_sessions", args=[officer.pk])).status_code == 403
    answer = desk.post(reverse("end_member_sessions", args=[officer.pk]))
    assert answer.status_code == 403
    assert "Only the Section Commander or a designee" in answer.content.decode()
    assert is_in(phone)
