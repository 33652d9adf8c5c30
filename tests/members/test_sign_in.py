"""Signing in: a password and a code; what comes of it is on the trail; in the demonstration one click fills all in."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import MD5PasswordHasher
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


def test_nobody_signs_up_and_nobody_changes_an_address(stranger: Client, officer: Member) -> None:
    for path in ("signup/", "password/reset/", "email/"):
        for prefix in ("/", "/members/", "/accounts/", "/sign-in/"):
            assert stranger.get(prefix + path).status_code in {302, 404}


# --- what an attacker tries ---


def said_of(answer: Any) -> tuple[int, str]:
    """What a browser shows, without what differs from request to request."""
    shown = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())
    return answer.status_code, re.sub(r'value="(nobody|ddiaz|tgone)"', "", shown)


def test_the_answer_is_the_same_for_a_name_that_is_nobodys(with_code: Member, transferred: Member) -> None:
    known = said_of(enter(Client(), "ddiaz", "not the password"))
    assert "not correct" in known[1]
    assert said_of(enter(Client(), "nobody", "not the password")) == known
    assert said_of(enter(Client(), transferred.username, "not the password")) == known


def test_it_takes_as_many_hashes_for_a_name_that_is_nobodys(
    with_code: Member, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password's hash is what takes time: one for every try, whoever is meant."""
    counted: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        counted.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    tries = {}
    invited = Member.objects.create_user("invited", None, number="1", name="Ina Invited", position="officer")
    for name in ["ddiaz", "nobody", invited.username]:
        counted.clear()
        enter(Client(), name, "not the password")
        tries[name] = len(counted)
    assert set(tries.values()) == {1}, tries


def test_a_name_in_other_letters_opens_no_second_row_of_tries(with_code: Member) -> None:
    answers = [enter(Client(), name, "wrong") for name in ["ddiaz", "DDIAZ", "DDiaz", " ddiaz", "dDIAZ"]]
    assert answers[-1].status_code == 429
    assert enter(Client(), "ddiaZ").status_code == 429


def test_the_session_has_another_id_once_somebody_is_in(stranger: Client, with_code: Member) -> None:
    enter(stranger, "ddiaz")
    before = stranger.session.session_key
    stranger.post(reverse("mfa_authenticate"), {"code": code()})
    assert signed_in(stranger)
    assert stranger.session.session_key != before
    fixed = Client()
    fixed.cookies["sessionid"] = str(before)
    assert fixed.get(reverse("home")).status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://localhost@evil.example/",
        "\x00//evil.example",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(stranger: Client, with_code: Member, elsewhere: str) -> None:
    enter(stranger, "ddiaz", next=elsewhere)
    answer = stranger.post(reverse("mfa_authenticate"), {"code": code(), "next": elsewhere})
    assert answer["Location"] == reverse("home")


def test_a_page_of_ours_is_gone_on_to(stranger: Client, with_code: Member) -> None:
    enter(stranger, "ddiaz", next="/trail/?verb=grade")
    assert stranger.post(reverse("mfa_authenticate"), {"code": code()})["Location"] == "/trail/?verb=grade"


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "mfa_login_webauthn", "account_logout"])
def test_a_form_that_is_not_ours_signs_nobody_in_or_out(with_code: Member, name: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(reverse(name), {"login": "ddiaz", "password": PASSWORD}).status_code == 403


def test_the_second_step_cannot_be_walked_round(stranger: Client, with_code: Member) -> None:
    """Between password and code there is nobody: no page, no set-up of another factor, no new password."""
    enter(stranger, "ddiaz")
    for name in [
        "home",
        "security",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_change_password",
        "second_factor",
    ]:
        answer = stranger.get(reverse(name))
        assert answer.status_code == 302, name
        assert "/sign-in/" in answer["Location"], name
    assert Authenticator.objects.filter(user=with_code).count() == 1


def test_the_second_step_runs_out(stranger: Client, with_code: Member) -> None:
    enter(stranger, "ddiaz")
    with time_machine.travel(time.time() + 16 * 60):
        stranger.post(reverse("mfa_authenticate"), {"code": code()})
        assert not signed_in(stranger)


@pytest.mark.parametrize("typed", ["", "\x00", "a" * 10_000, "ddiaz\n", "' OR 1=1 --", "🦆"])
def test_whatever_is_typed_for_a_name_is_answered_with_the_page(
    stranger: Client, with_code: Member, typed: str
) -> None:
    assert enter(stranger, typed).status_code in {200, 302}


def test_passwords_are_stored_under_scrypt() -> None:
    from smu import settings as units

    assert units.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.ScryptPasswordHasher"


# --- the demonstration ---


@pytest.fixture
def demonstration(settings: Any, tmp_path: Path, with_code: Member) -> Member:
    """The officer, as DATA/members.json tells him."""
    import smu.urls  # noqa: F401  (made before the demonstration is pretended, or they would keep its pages for good)

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
