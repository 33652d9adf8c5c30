"""Signing in: a password and a code; what comes of it is on the trail; in the demonstration one click fills all in."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from members.models import Member, TrailEntry
from tests.cast import PASSWORD

SECRET = generate_totp_secret()


@pytest.fixture
def with_code(officer: Member) -> Member:
    """An officer with a second factor."""
    TOTP.activate(officer, SECRET)
    return officer


def code(steps: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def enter(browser: Client, member: str, password: str = PASSWORD, **more: str) -> Any:
    return browser.post(reverse("account_login"), {"login": member, "password": password, **more})


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def verbs() -> list[tuple[str, str, bool]]:
    """Verb, subject and whether somebody signed for it, of each entry on the trail."""
    entries = TrailEntry.objects.filter(subject_type="members.member").order_by("id")
    return [(entry.verb, entry.subject_id, entry.by_id is not None) for entry in entries]


def test_password_and_code_sign_in(stranger: Client, with_code: Member) -> None:
    answer = enter(stranger, "ddiaz")
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_authenticate"))
    assert not signed_in(stranger)
    answer = stranger.post(reverse("mfa_authenticate"), {"code": code()})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert signed_in(stranger)
    assert verbs() == [("sign_in", str(with_code.pk), True)]


def test_the_password_alone_does_not_sign_in(stranger: Client, with_code: Member) -> None:
    enter(stranger, "ddiaz")
    assert stranger.get(reverse("home")).status_code == 302
    assert verbs() == []


def test_a_wrong_code_is_refused_and_on_the_trail(stranger: Client, with_code: Member) -> None:
    enter(stranger, "ddiaz")
    answer = stranger.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Incorrect code" in answer.content.decode()
    assert not signed_in(stranger)
    assert verbs() == [("sign_in_failed", str(with_code.pk), False)]


def test_a_code_is_good_once(stranger: Client, with_code: Member) -> None:
    enter(stranger, "ddiaz")
    stranger.post(reverse("mfa_authenticate"), {"code": code()})
    again = Client()
    enter(again, "ddiaz")
    again.post(reverse("mfa_authenticate"), {"code": code()})
    assert not signed_in(again)


def test_a_wrong_password_is_refused_and_on_the_trail_without_what_was_typed(
    stranger: Client, with_code: Member
) -> None:
    answer = enter(stranger, "ddiaz", "not the password")
    assert "not correct" in answer.content.decode()
    enter(stranger, "MySecretTypedInTheWrongField")
    assert verbs() == [("sign_in_failed", str(with_code.pk), False), ("sign_in_failed", "", False)]
    assert not [entry for entry in TrailEntry.objects.values() if "MySecret" in str(entry)]


def test_five_wrong_passwords_close_the_door_to_the_right_one_too(stranger: Client, with_code: Member) -> None:
    answers = [enter(stranger, "ddiaz", f"wrong {n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "Too many wrong tries" in answers[-1].content.decode()
    cache.clear()  # allauth's own count; what is asked here is the lockout's
    assert enter(stranger, "ddiaz").status_code == 429
    assert ("lock_out", str(with_code.pk), False) in verbs()


def test_the_door_of_another_member_stays_open(stranger: Client, with_code: Member, other_officer: Member) -> None:
    for n in range(5):
        enter(stranger, "ddiaz", f"wrong {n}")
    cache.clear()
    enter(stranger, "cokafor")
    assert signed_in(stranger)


def test_a_member_who_has_left_cannot_sign_in(stranger: Client, transferred: Member) -> None:
    enter(stranger, transferred.username)
    assert not signed_in(stranger)
    assert ("sign_in", str(transferred.pk), True) not in verbs()


def test_signing_out_takes_a_post_and_is_on_the_trail(stranger: Client, other_officer: Member) -> None:
    enter(stranger, "cokafor")
    assert stranger.get(reverse("account_logout")).status_code == 200
    assert signed_in(stranger)
    stranger.post(reverse("account_logout"))
    assert not signed_in(stranger)
    assert [verb for verb, _, _ in verbs()] == ["sign_in", "sign_out"]


def test_nobody_signs_up_and_no_password_is_reset_by_mail(stranger: Client) -> None:
    for path in ("signup/", "password/reset/", "email/"):
        for prefix in ("/", "/members/", "/accounts/", "/sign-in/"):
            assert stranger.get(prefix + path).status_code in {302, 404}


# --- the demonstration ---


@pytest.fixture
def demonstration(settings: Any, tmp_path: Path, with_code: Member) -> Member:
    """The officer, as DATA/members.json tells him."""
    settings.ROOT_URLCONF = "tests.members.demonstration_urls"
    settings.DEMONSTRATION = True
    settings.DEMONSTRATION_MEMBERS = tmp_path / "members.json"
    told = {
        "username": "ddiaz",
        "name": "Daniel Diaz",
        "position": "Police Officer",
        "number": "4471",
        "password": PASSWORD,
        "totp_secret": SECRET,
    }
    settings.DEMONSTRATION_MEMBERS.write_text(json.dumps([told]))
    return with_code


def fields_of(page: str) -> dict[str, str]:
    """What a browser would post from the page's form."""
    inputs = re.findall(r"<input\s[^>]*>", page)
    names = [(re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs]
    return {name[1]: value[1] for name, value in names if name and value}


def test_one_click_fills_in_name_password_and_code_and_one_press_signs_in(
    stranger: Client, demonstration: Member
) -> None:
    page = stranger.get(reverse("account_login")).content.decode()
    assert 'href="?member=ddiaz"' in page
    assert PASSWORD not in page
    fields = fields_of(stranger.get(reverse("account_login"), {"member": "ddiaz"}).content.decode())
    assert (fields["login"], fields["password"]) == ("ddiaz", PASSWORD)
    assert re.fullmatch(r"\d{6}", fields["code"])
    answer = stranger.post(reverse("account_login"), fields)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert signed_in(stranger)


def test_signing_in_again_and_again_in_one_minute_takes_codes_that_are_not_used(demonstration: Member) -> None:
    for _ in range(3):
        browser = Client()
        fields = fields_of(browser.get(reverse("account_login"), {"member": "ddiaz"}).content.decode())
        browser.post(reverse("account_login"), fields)
        assert signed_in(browser)


def test_the_demonstrations_code_page_is_filled_in_too(stranger: Client, demonstration: Member) -> None:
    enter(stranger, "ddiaz")
    fields = fields_of(stranger.get(reverse("mfa_authenticate")).content.decode())
    stranger.post(reverse("mfa_authenticate"), fields)
    assert signed_in(stranger)


def test_the_demonstration_still_refuses_a_wrong_password_and_a_wrong_code(
    stranger: Client, demonstration: Member
) -> None:
    enter(stranger, "ddiaz", "wrong", code=code())
    assert not signed_in(stranger)
    answer = enter(stranger, "ddiaz", code="000000")
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_authenticate"))
    assert not signed_in(stranger)


def test_where_it_leads_survives_the_click(stranger: Client, demonstration: Member) -> None:
    page = stranger.get(reverse("account_login"), {"member": "ddiaz", "next": "/trail/"}).content.decode()
    assert 'href="?member=ddiaz&amp;next=/trail/"' in page or 'href="?member=ddiaz&amp;next=%2Ftrail%2F"' in page
    answer = stranger.post(reverse("account_login"), fields_of(page))
    assert answer["Location"] == "/trail/"


def test_outside_the_demonstration_no_member_is_listed_and_nothing_is_filled_in(
    stranger: Client, demonstration: Member, settings: Any
) -> None:
    settings.ROOT_URLCONF = "smu.urls"
    settings.DEMONSTRATION = False
    page = stranger.get(reverse("account_login"), {"member": "ddiaz"}).content.decode()
    assert "Daniel Diaz" not in page
    assert PASSWORD not in page
    assert "code" not in fields_of(page)
    answer = enter(stranger, "ddiaz", code=code())
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not fields_of(stranger.get(reverse("mfa_authenticate")).content.decode())["code"]
    assert not signed_in(stranger)
