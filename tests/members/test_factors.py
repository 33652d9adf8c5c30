"""A second factor is everybody's duty: set up, used once a code, taken away but for the last, and told to its owner."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from members.factors import WITHOUT_ONE, standing
from members.models import Member, Notification, TrailEntry
from tests.cast import BACKEND, PASSWORD, give_second_factor, prove_second_factor

pytestmark = pytest.mark.django_db

SECRET = generate_totp_secret()
Browser = Callable[..., Client]


def code(secret: str = SECRET, *, away: int = 0) -> str:
    """What an authenticator shows whose clock is wrong by `away` half minutes."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + away))


def without_one(member: Member) -> Client:
    """A browser in which a member without a second factor has just proved his password."""
    client = Client()
    client.post(reverse("account_login"), {"login": member.username, "password": PASSWORD})
    return client


def passkey(member: Member, name: str = "Desk") -> Authenticator:
    """A row as a passkey leaves it; nobody signs in with it."""
    key: Authenticator = WebAuthn.add(member, name, {"clientExtensionResults": {}}).instance
    return key


def app_of(member: Member) -> Authenticator:
    app: Authenticator = TOTP.activate(member, SECRET).instance
    return app


def verbs(member: Member) -> list[str]:
    return [one.verb for one in TrailEntry.objects.about(member).order_by("id")]


def told(member: Member) -> list[str]:
    return [one.sentence for one in Notification.objects.filter(member=member, kind="security").order_by("id")]


def shown_secret(page: str) -> str:
    found = re.search(r'class="app-secret"[^>]*>([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


# --- nobody works without one ---


@pytest.mark.sop("F.I")
def test_who_has_none_is_led_to_set_one_up_from_every_page_and_nowhere_else(officer: Member, comment: Any) -> None:
    browser = without_one(officer)
    for name in ["home", "queue", "records", "accounts", "trail", "security", "account_change_password"]:
        answer = browser.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, reverse("second_factor")), name
    assert browser.get(reverse("comment", args=[comment.pk]))["Location"] == reverse("second_factor")
    grade = browser.post(reverse("grade", args=[comment.pk]), {"level": "2"})
    assert grade["Location"] == reverse("second_factor")
    assert not TrailEntry.objects.filter(verb="grade").exists()


def test_with_one_he_gets_through(browser_of: Browser, officer: Member) -> None:
    assert browser_of(officer).get(reverse("home")).status_code == 200


def test_nobody_is_kept_from_one_by_a_stranger_who_asks_for_a_new_password_in_his_name(
    stranger: Client, officer: Member
) -> None:
    stranger.post(reverse("account_reset_password"), {"email": officer.email})
    EmailAddress.objects.get_or_create(user=officer, email=officer.email)  # as the library keeps them
    browser = without_one(officer)
    secret = shown_secret(browser.get(reverse("mfa_activate_totp")).content.decode())
    browser.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert standing(officer).app is not None


def test_recovery_codes_alone_are_none(officer: Member) -> None:
    RecoveryCodes.activate(officer)
    assert without_one(officer).get(reverse("home"))["Location"] == reverse("second_factor")


def test_a_passkey_is_one(officer: Member) -> None:
    passkey(officer)
    browser = Client()
    browser.force_login(officer, backend=BACKEND)
    assert browser.get(reverse("home")).status_code == 200


def test_he_can_set_one_up_prove_who_he_is_and_go(officer: Member) -> None:
    browser = without_one(officer)
    for name in ["second_factor", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"]:
        assert browser.get(reverse(name)).status_code == 200, name
    assert browser.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in browser.session


def test_the_moment_it_is_gone_the_next_request_leads_to_set_up(browser_of: Browser, officer: Member) -> None:
    browser = browser_of(officer)
    Authenticator.objects.filter(user=officer).delete()
    assert browser.get(reverse("home"))["Location"] == reverse("second_factor")


def test_every_exception_is_a_page_that_exists() -> None:
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    assert names >= WITHOUT_ONE


def test_in_the_demonstration_it_is_offered_and_not_demanded(officer: Member, settings: Any) -> None:
    settings.DEMONSTRATION = True
    settings.ROOT_URLCONF = "tests.members.demonstration_urls"
    browser = without_one(officer)
    assert browser.get(reverse("home")).status_code == 200
    assert "You have no second factor yet" in browser.get(reverse("security")).content.decode()


# --- the authenticator app ---


def test_setting_up_an_app_takes_a_code_of_it_and_shows_the_recovery_codes_once(officer: Member) -> None:
    browser = without_one(officer)
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code(shown_secret(page))})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert standing(officer).app
    shown = browser.get(answer["Location"]).content.decode()
    codes = Authenticator.objects.get(user=officer, type="recovery_codes").wrap().get_unused_codes()
    assert all(f"{one[:4]} {one[4:]}" in shown for one in codes)
    again = browser.get(answer["Location"]).content.decode()
    assert not any(one[:4] + " " + one[4:] in again for one in codes)
    assert "<b>10</b> of 10 are left" in again
    assert browser.get(reverse("home")).status_code == 200


def test_the_file_of_codes_holds_what_the_page_shows(officer: Member) -> None:
    browser = without_one(officer)
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    browser.post(reverse("mfa_activate_totp"), {"code": code(shown_secret(page))})
    shown = browser.get(reverse("mfa_view_recovery_codes"))
    file = re.search(r'href="data:text/plain;base64,([^"]+)"', shown.content.decode())
    assert file is not None
    text = base64.b64decode(unquote(file[1]).replace("&#x3D;", "=")).decode()
    assert officer.username in text
    for one in Authenticator.objects.get(user=officer, type="recovery_codes").wrap().get_unused_codes():
        assert one in text
    assert "no-store" in shown["Cache-Control"]


def test_it_is_on_the_trail_and_he_is_told_without_a_word_of_the_secret(officer: Member) -> None:
    browser = without_one(officer)
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    secret = shown_secret(page)
    browser.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert verbs(officer) == ["sign_in", "add_authenticator_app", "make_recovery_codes"]
    assert any("authenticator app was set up" in one for one in told(officer))
    assert secret not in str(list(TrailEntry.objects.values())) + str(told(officer))
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_wrong_first_code_sets_nothing_up(officer: Member) -> None:
    browser = without_one(officer)
    browser.get(reverse("mfa_activate_totp"))
    answer = browser.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert answer.status_code == 422
    assert "Incorrect code" in answer.content.decode()
    assert not standing(officer).protected


def test_the_code_that_set_it_up_does_not_sign_in(officer: Member) -> None:
    browser = without_one(officer)
    secret = shown_secret(browser.get(reverse("mfa_activate_totp")).content.decode())
    browser.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    other = without_one(officer)
    answer = other.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert "has been used" in answer.content.decode()
    assert other.post(reverse("mfa_authenticate"), {"code": code(secret, away=1)}).status_code == 302


def test_two_tabs_that_set_up_an_app_at_once_leave_one(officer: Member) -> None:
    browser = without_one(officer)
    secret = shown_secret(browser.get(reverse("mfa_activate_totp")).content.decode())
    browser.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    prove_second_factor(browser, officer)
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code(secret, away=1)})
    assert answer["Location"] == reverse("security")
    assert Authenticator.objects.filter(user=officer, type="totp").count() == 1


# --- a clock that is wrong ---


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (6, "about 3 minutes fast"),
        (-6, "about 3 minutes slow"),
        (2, "about 1 minute fast"),
        (-3, "about 2 minutes slow"),
        (20, "about 10 minutes fast"),
        (-20, "about 10 minutes slow"),
    ],
)
def test_a_wrong_clock_is_told_and_its_code_is_not_taken(officer: Member, away: int, said: str) -> None:
    app_of(officer)
    browser = without_one(officer)
    with time_machine.travel(time.time(), tick=False):
        answer = browser.post(reverse("mfa_authenticate"), {"code": code(away=away)})
    shown = answer.content.decode()
    assert said in shown
    assert "automatic time" in shown
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("away", [22, -22, 200])
def test_a_code_from_farther_away_is_simply_incorrect(officer: Member, away: int) -> None:
    app_of(officer)
    with time_machine.travel(time.time(), tick=False):
        shown = without_one(officer).post(reverse("mfa_authenticate"), {"code": code(away=away)}).content.decode()
    assert "Incorrect code" in shown
    assert "clock" not in shown


@pytest.mark.parametrize("away", [-1, 0, 1])
def test_half_a_minute_either_way_is_no_wrong_clock(officer: Member, away: int) -> None:
    app_of(officer)
    with time_machine.travel(time.time(), tick=False):
        assert without_one(officer).post(reverse("mfa_authenticate"), {"code": code(away=away)}).status_code == 302


def test_a_code_of_which_the_clock_was_told_opens_nothing_when_its_time_comes(officer: Member) -> None:
    """Else the sentence would tell a guesser which code to keep."""
    app_of(officer)
    now = time.time()
    with time_machine.travel(now, tick=False):
        early = code(away=8)
        assert (
            "4 minutes fast" in without_one(officer).post(reverse("mfa_authenticate"), {"code": early}).content.decode()
        )
    with time_machine.travel(now + 8 * 30, tick=False):
        browser = without_one(officer)
        assert "has been used" in browser.post(reverse("mfa_authenticate"), {"code": early}).content.decode()
        assert "_auth_user_id" not in browser.session


def test_the_clock_is_told_at_set_up_too(officer: Member) -> None:
    browser = without_one(officer)
    secret = shown_secret(browser.get(reverse("mfa_activate_totp")).content.decode())
    with time_machine.travel(time.time(), tick=False):
        answer = browser.post(reverse("mfa_activate_totp"), {"code": code(secret, away=-10)})
    assert answer.status_code == 422
    assert "about 5 minutes slow" in answer.content.decode()
    assert not standing(officer).protected


# --- a code is good once, and five tries are all ---


@pytest.mark.parametrize("seconds", [1, 29, 31, 59])
def test_a_used_code_is_refused_for_as_long_as_it_could_be_taken(officer: Member, seconds: int) -> None:
    app_of(officer)
    begin = (time.time() // 30 + 2) * 30
    with time_machine.travel(begin, tick=False) as clock:
        used = code(away=1)
        assert without_one(officer).post(reverse("mfa_authenticate"), {"code": used}).status_code == 302
        clock.shift(seconds)
        answer = without_one(officer).post(reverse("mfa_authenticate"), {"code": f" {used[:3]} {used[3:]}"})
        assert "has been used" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_one_code_at_once_one_comes_in(officer: Member) -> None:
    app_of(officer)
    browsers = [without_one(officer) for _ in range(4)]
    together, ready = Barrier(4), code()

    def send(browser: Client) -> None:
        together.wait()
        browser.post(reverse("mfa_authenticate"), {"code": ready})
        connection.close()

    threads = [Thread(target=send, args=(browser,)) for browser in browsers]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum("_auth_user_id" in browser.session for browser in browsers) == 1


def test_five_wrong_codes_close_the_door_for_ten_minutes_from_wherever_and_however_often_one_begins_anew(
    officer: Member,
) -> None:
    app_of(officer)
    with time_machine.travel(time.time(), tick=False) as clock:
        said = []
        for n in range(5):
            browser = without_one(officer)  # begins with the password again each time
            answer = browser.post(reverse("mfa_authenticate"), {"code": f"00000{n}"}, REMOTE_ADDR=f"10.0.0.{n}")
            said.append(answer.status_code)
        assert said == [200] * 4 + [429]
        clock.shift(9 * 60)
        browser = without_one(officer)
        browser.post(reverse("mfa_authenticate"), {"code": code()}, REMOTE_ADDR="10.0.0.99")
        assert "_auth_user_id" not in browser.session
        clock.shift(61)
        browser = without_one(officer)
        browser.post(reverse("mfa_authenticate"), {"code": code()})
        assert "_auth_user_id" in browser.session
    assert verbs(officer).count("sign_in_failed") == 5


def test_ten_thousand_guesses_are_five(officer: Member) -> None:
    """Of recovery codes too: they share the tries."""
    app_of(officer)
    RecoveryCodes.activate(officer)
    browser = without_one(officer)
    said = [browser.post(reverse("mfa_authenticate"), {"code": f"{n:08}"}).status_code for n in range(20)]
    assert said == [200] * 4 + [429] * 16
    assert verbs(officer).count("sign_in_failed") == 5


def test_a_right_code_forgives_the_wrong_ones(officer: Member) -> None:
    app_of(officer)
    for n in range(4):
        without_one(officer).post(reverse("mfa_authenticate"), {"code": f"00000{n}"})
    without_one(officer).post(reverse("mfa_authenticate"), {"code": code()})
    browser = without_one(officer)
    assert "Incorrect code" in browser.post(reverse("mfa_authenticate"), {"code": "000009"}).content.decode()


@pytest.mark.parametrize("typed", ["", " ", "٠١٢٣٤٥", "１２３４５６", "a" * 5000, "\x00", "12345", "-1", "<b>"])
def test_whatever_is_typed_for_a_code_is_answered_with_the_page(officer: Member, typed: str) -> None:
    app_of(officer)
    answer = without_one(officer).post(reverse("mfa_authenticate"), {"code": typed})
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()


# --- recovery codes ---


def test_a_recovery_code_opens_once_and_he_is_told_how_many_are_left(officer: Member) -> None:
    app_of(officer)
    one = RecoveryCodes.activate(officer).get_unused_codes()[0]
    browser = without_one(officer)
    assert browser.post(reverse("mfa_authenticate"), {"code": one}).status_code == 302
    assert "_auth_user_id" in browser.session
    assert "use_recovery_code" in verbs(officer)
    assert "9 are left" in told(officer)[-1]
    again = without_one(officer)
    again.post(reverse("mfa_authenticate"), {"code": one})
    assert "_auth_user_id" not in again.session


@pytest.mark.parametrize(("used", "warned"), [(7, False), (8, True), (10, True)])
def test_when_two_or_fewer_are_left_the_page_says_so(
    browser_of: Browser, officer: Member, used: int, warned: bool
) -> None:
    browser = browser_of(officer)
    codes = RecoveryCodes.activate(officer)
    for one in codes.get_unused_codes()[:used]:
        codes.validate_code(one)
    page = browser.get(reverse("security")).content.decode()
    assert ("before you need one" in page) == warned
    assert f"<b>{10 - used}</b> left" in page


def test_new_codes_make_the_old_void(browser_of: Browser, officer: Member) -> None:
    browser = browser_of(officer)
    old = RecoveryCodes.activate(officer).get_unused_codes()
    answer = browser.post(reverse("mfa_generate_recovery_codes"))
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    new = Authenticator.objects.get(user=officer, type="recovery_codes").wrap().get_unused_codes()
    assert len(new) == 10
    assert not set(old) & set(new)
    assert "make_recovery_codes" in verbs(officer)


# --- taking away ---


def test_of_two_one_can_be_taken_away(browser_of: Browser, officer: Member) -> None:
    browser, key = browser_of(officer), passkey(officer)
    assert browser.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 302
    assert not standing(officer).passkeys
    assert verbs(officer)[-1] == "remove_passkey"
    assert "taken away" in told(officer)[-1]


def test_the_app_can_be_taken_away_when_a_passkey_is_there(browser_of: Browser, officer: Member) -> None:
    browser = browser_of(officer)
    passkey(officer)
    browser.post(reverse("mfa_deactivate_totp"))
    assert not standing(officer).app
    assert verbs(officer)[-1] == "remove_authenticator_app"


def test_the_last_one_stays(browser_of: Browser, officer: Member) -> None:
    browser = browser_of(officer)
    answer = browser.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 422
    assert "your only second factor" in answer.content.decode()
    assert standing(officer).app
    assert "remove_authenticator_app" not in verbs(officer)


def test_the_last_passkey_stays(browser_of: Browser, officer: Member) -> None:
    key = passkey(officer)
    browser = browser_of(officer)
    answer = browser.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert answer.status_code == 422
    assert "your only second factor" in answer.content.decode()
    assert standing(officer).passkeys


def test_in_the_demonstration_the_last_one_goes(browser_of: Browser, officer: Member, settings: Any) -> None:
    settings.DEMONSTRATION = True
    browser = browser_of(officer)
    RecoveryCodes.activate(officer)
    assert browser.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=officer).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_taken_away_at_once_one_stays(browser_of: Browser, officer: Member) -> None:
    keys = [passkey(officer), passkey(officer, "Telephone")]
    browsers = [browser_of(officer) for _ in keys]
    together = Barrier(2)

    def remove(browser: Client, key: Authenticator) -> None:
        together.wait()
        browser.post(reverse("mfa_remove_webauthn", args=[key.pk]))
        connection.close()

    threads = [Thread(target=remove, args=pair) for pair in zip(browsers, keys, strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(standing(officer).passkeys) == 1


def test_another_members_passkey_is_not_there(browser_of: Browser, officer: Member, other_officer: Member) -> None:
    key = passkey(other_officer)
    browser = browser_of(officer)
    for name in ["mfa_remove_webauthn", "mfa_edit_webauthn"]:
        assert browser.get(reverse(name, args=[key.pk])).status_code == 404
        assert browser.post(reverse(name, args=[key.pk]), {"name": "Mine"}).status_code == 404
    assert standing(other_officer).passkeys[0].wrap().name == "Desk"


def test_a_passkey_is_renamed_and_a_name_is_only_text(browser_of: Browser, officer: Member) -> None:
    key, browser = passkey(officer), browser_of(officer)
    browser.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "<b>Watch room</b>"})
    assert "&lt;b&gt;Watch room&lt;/b&gt;" in browser.get(reverse("security")).content.decode()
    assert verbs(officer)[-1] == "rename_passkey"
    for name in ["", "x" * 61, "a\x00b"]:
        assert browser.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": name}).status_code == 422


# --- who changes how he comes in proves first who he is ---


@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]
)
def test_a_session_that_is_merely_open_changes_nothing(browser_of: Browser, officer: Member, name: str) -> None:
    browser = browser_of(officer, fresh=False)
    if name == "mfa_activate_totp":
        Authenticator.objects.filter(user=officer).delete()
        passkey(officer)
    for ask in [browser.get, browser.post]:
        answer = ask(reverse(name))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/again/")


def test_the_password_alone_proves_nothing_once_there_is_a_second_factor(browser_of: Browser, officer: Member) -> None:
    browser = browser_of(officer, fresh=False)
    answer = browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert browser.get(reverse("mfa_generate_recovery_codes")).status_code == 302


def test_a_code_proves_it_and_leads_on(officer: Member) -> None:
    app_of(officer)
    browser = Client()
    browser.force_login(officer, backend=BACKEND)
    asked = browser.get(reverse("mfa_generate_recovery_codes"))
    answer = browser.post(asked["Location"], {"code": code(), "next": reverse("mfa_generate_recovery_codes")})
    assert answer["Location"] == reverse("mfa_generate_recovery_codes")
    assert browser.get(answer["Location"]).status_code == 200


def test_a_code_that_signed_in_does_not_prove_it_again(officer: Member) -> None:
    app_of(officer)
    browser = without_one(officer)
    once = code()
    browser.post(reverse("mfa_authenticate"), {"code": once})
    answer = browser.post(reverse("mfa_reauthenticate"), {"code": once})
    assert "has been used" in answer.content.decode()


# --- passkeys: what is not one ---

NOT_A_CREDENTIAL = [
    "",
    "null",
    "1",
    '"text"',
    "[]",
    "{}",
    '{"id": 1}',
    "{",
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": "text", "clientExtensionResults": {}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": 5}}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"},
        }
    ),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {"clientDataJSON": "e30", "attestationObject": "oA"},
        }
    ),
]


@pytest.mark.parametrize("credential", NOT_A_CREDENTIAL)
def test_what_is_no_passkey_is_refused_with_a_sentence_wherever_it_is_sent(
    browser_of: Browser, officer: Member, credential: str
) -> None:
    stranger = Client()
    stranger.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = stranger.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
    assert "opens nothing here" in answer.content.decode()
    app_of(officer)
    second = without_one(officer)
    second.get(reverse("mfa_authenticate"))
    assert second.post(reverse("mfa_authenticate"), {"credential": credential}).status_code == 200
    browser = browser_of(officer)
    passkey_row = passkey(officer)
    Authenticator.objects.filter(pk=passkey_row.pk).delete()
    browser.get(reverse("mfa_add_webauthn"))
    assert browser.post(reverse("mfa_add_webauthn"), {"credential": credential}).status_code == 422
    assert not standing(officer).passkeys


def test_a_refused_passkey_is_on_the_trail_and_nobody_is_named(officer: Member) -> None:
    Client().post(reverse("mfa_login_webauthn"), {"credential": NOT_A_CREDENTIAL[-2]})
    entry = TrailEntry.objects.get()
    assert (entry.verb, entry.subject_id, entry.after, entry.by_id) == ("sign_in_failed", "", "passkey", None)


# --- what else the page of one's own security says ---


def test_the_page_says_what_he_has(browser_of: Browser, officer: Member) -> None:
    give_second_factor(officer)
    passkey(officer, "Desk in the watch room")
    page = browser_of(officer).get(reverse("security")).content.decode()
    assert "Desk in the watch room" in page
    assert "Authenticator app" in page
    assert "S.O.P." in page
