"""What weighs most asks for a fresh second factor, and loses nothing of what was typed on the way."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from members.freshness import page_before
from members.models import Member
from tests.cast import BACKEND, PASSWORD, prove_second_factor

BrowserOf = Callable[..., Client]
SECRET = generate_totp_secret()
TYPED = {"reason": "Line one\r\n\r\n  <b>two</b> & “three”", "who": ["7", "9"], "empty": ""}


@pytest.fixture(autouse=True)
def _an_act_that_weighs(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.members.freshness_urls"


@pytest.fixture
def desk(officer: Member, browser_of: BrowserOf) -> Client:
    """A browser of an officer who has a second factor, and proved it longer ago than counts."""
    TOTP.activate(officer, SECRET)
    return browser_of(officer, fresh=False)


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def send(browser: Client, answer: Any = None, **more: Any) -> Any:
    return browser.post("/weighty/5/?from=list", {**TYPED, "answer": answer or "200"}, **more)


def fields_of(page: str) -> dict[str, list[str]]:
    """What a browser would send from the form, text areas as browsers write them."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL):
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    for name, value in re.findall(r'<input type="hidden" name="(carried_on)" value="([^"]*)"', page):
        found[name] = [value]
    return found


def prove(browser: Client, led: Any, typed: str | None = None) -> Any:
    """Enter the code where one was led; the answer is the page that follows."""
    address = led["Location"].partition("?")[0]
    onwards = browser.get(led["Location"])
    assert onwards.status_code == 200
    assert address == reverse("mfa_reauthenticate")
    fields = {"code": typed or code(), "next": re.search(r'name="next" value="([^"]*)"', onwards.content.decode())[1]}
    return browser.post(address, fields, follow=True)


def carry_on(browser: Client, page: Any, **more: Any) -> Any:
    text = page.content.decode()
    action = html.unescape(re.search(r'<form method="post" action="([^"]*)"', text)[1])
    return browser.post(action, fields_of(text) | more)


@pytest.mark.sop("F.I")
def test_with_a_fresh_second_factor_the_act_is_done_at_once(browser_of: BrowserOf, officer: Member) -> None:
    TOTP.activate(officer, SECRET)
    assert send(browser_of(officer)).json()["typed"]["who"] == ["7", "9"]


def test_without_one_he_is_led_to_prove_it_and_then_everything_typed_goes_on(desk: Client) -> None:
    led = send(desk)
    assert led.status_code == 302
    page = prove(desk, led)
    answer = carry_on(desk, page).json()
    assert {name: answer["typed"][name] for name in TYPED} == {
        "reason": [TYPED["reason"]],
        "who": ["7", "9"],
        "empty": [""],
    }
    assert answer["number"] == 5
    assert answer["one act"]
    assert "from=list" in page.content.decode()


def test_once_proved_it_is_not_asked_again_for_ten_minutes(desk: Client) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        carry_on(desk, prove(desk, send(desk)))
        clock.shift(599)
        assert send(desk).status_code == 200
        clock.shift(2)
        assert send(desk).status_code == 302


def test_it_cannot_be_sent_on_twice(desk: Client) -> None:
    page = prove(desk, send(desk))
    address = page.redirect_chain[-1][0]
    assert carry_on(desk, page).status_code == 200
    again = desk.get(address)
    assert again.status_code == 404
    assert "was sent already" in again.content.decode()


def test_a_wrong_code_carries_nothing_on(desk: Client) -> None:
    led = send(desk)
    page = prove(desk, led, "000000")
    assert page.request["PATH_INFO"] == reverse("mfa_reauthenticate")
    assert page.context["form"].errors
    onwards = desk.get(re.search(r"next=([^&]*)", led["Location"])[1].replace("%2F", "/"))
    assert onwards.status_code == 302
    assert onwards["Location"].startswith(reverse("mfa_reauthenticate"))


def test_the_password_alone_does_not_count(desk: Client) -> None:
    desk.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert send(desk).status_code == 302


def test_a_recovery_code_counts(desk: Client, officer: Member) -> None:
    recovery = RecoveryCodes.activate(officer).get_unused_codes()[0]
    assert carry_on(desk, prove(desk, send(desk), recovery)).status_code == 200


def test_signing_in_with_a_second_factor_counts_as_fresh(stranger: Client, officer: Member) -> None:
    TOTP.activate(officer, SECRET)
    stranger.post(reverse("account_login"), {"login": "ddiaz", "password": PASSWORD})
    stranger.post(reverse("mfa_authenticate"), {"code": code()})
    assert send(stranger).status_code == 200


def test_a_file_is_chosen_again_and_the_rest_is_kept(desk: Client) -> None:
    receipt = SimpleUploadedFile("receipt.txt", b"nine dollars")
    led = desk.post("/weighty/5/", {**TYPED, "receipt": receipt})
    page = prove(desk, led)
    text = page.content.decode()
    assert "Choose the file again" in text
    assert "data-carry-on" not in text  # the script would send it without the file
    answer = carry_on(desk, page, receipt=SimpleUploadedFile("receipt.txt", b"nine dollars")).json()
    assert answer["files"] == {"receipt": ["nine dollars"]}
    assert answer["typed"]["reason"] == [TYPED["reason"]]


@pytest.mark.parametrize(
    ("status", "words"), [("409", "Look again"), ("403", "Only the Section Commander"), ("422", "Say why")]
)
def test_what_the_act_refuses_when_it_is_carried_on_becomes_its_page(desk: Client, status: str, words: str) -> None:
    answer = carry_on(desk, prove(desk, send(desk, status)))
    assert answer.status_code == int(status)
    assert words in answer.content.decode()


def test_what_is_carried_on_passes_the_check_against_forged_requests(officer: Member) -> None:
    TOTP.activate(officer, SECRET)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer, backend=BACKEND)
    token = _token(browser, reverse("account_logout"))
    led = browser.post("/weighty/5/", {**TYPED, "csrfmiddlewaretoken": token})
    fields = {"code": code(), "csrfmiddlewaretoken": _token(browser, led["Location"])}
    page = browser.post(f"{led['Location']}", fields, follow=True)
    assert carry_on(browser, page).status_code == 403
    allowed = carry_on(browser, page, csrfmiddlewaretoken=_token(browser, page.redirect_chain[-1][0]))
    assert allowed.status_code == 200
    assert token not in str(allowed.json())


def _token(browser: Client, address: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', browser.get(address).content.decode())[1]


def test_what_waits_is_nobody_elses(desk: Client, browser_of: BrowserOf, other_officer: Member) -> None:
    onwards = prove(desk, send(desk)).redirect_chain[-1][0]
    assert browser_of(other_officer).get(onwards).status_code == 404


def test_two_tabs_carry_on_each_its_own(desk: Client) -> None:
    first, second = send(desk), desk.post("/weighty/6/", {"reason": "the other"})
    page = prove(desk, first)
    other = desk.get(second["Location"].partition("next=")[2].replace("%2F", "/"))
    assert carry_on(desk, page).json()["number"] == 5
    assert carry_on(desk, other).json()["typed"]["reason"] == ["the other"]


def test_what_waits_longer_than_a_proof_lasts_is_gone(desk: Client) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        led = send(desk)
        clock.shift(601)
        assert prove(desk, led).status_code == 404


def test_a_part_of_a_page_is_told_to_go_there_as_a_whole(desk: Client) -> None:
    answer = send(desk, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/trail/?verb=approve"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith(reverse("mfa_reauthenticate"))
    page = desk.get(answer["HX-Redirect"])
    fields = {"code": code(), "next": re.search(r'name="next" value="([^"]*)"', page.content.decode())[1]}
    onwards = desk.post(reverse("mfa_reauthenticate"), fields, follow=True)
    assert 'href="/trail/?verb=approve"' in onwards.content.decode()
    assert carry_on(desk, onwards).status_code == 200


def test_in_the_demonstration_he_proves_his_password(browser_of: BrowserOf, officer: Member, settings: Any) -> None:
    settings.DEMONSTRATION = True
    browser = browser_of(officer, fresh=False)
    Authenticator.objects.all().delete()
    led = send(browser)
    assert led["Location"].startswith(reverse("account_reauthenticate"))
    onwards = re.search(r"next=([^&]*)", led["Location"])[1].replace("%2F", "/")
    refused = browser.post(reverse("account_reauthenticate"), {"password": "wrong", "next": onwards})
    assert refused.status_code == 200
    cache.clear()
    page = browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": onwards}, follow=True)
    assert carry_on(browser, page).status_code == 200


def test_an_earlier_members_proof_is_worth_nothing_to_the_next(officer: Member, other_officer: Member) -> None:
    TOTP.activate(officer, SECRET)
    TOTP.activate(other_officer, generate_totp_secret())
    browser = Client()
    for member in (officer, other_officer):
        browser.force_login(member, backend=BACKEND)
        if member == officer:
            prove_second_factor(browser, officer)
            assert send(browser).status_code == 200
    assert send(browser).status_code == 302


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example/x", "///evil.example/x"])
def test_the_page_before_is_never_another_host(rf: RequestFactory, path: str) -> None:
    request = rf.post("/", headers={"referer": f"http://testserver{path}"})
    assert not page_before(request).startswith(("//", "/\\"))
