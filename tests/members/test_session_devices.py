"""A sign-in from a device not seen before is told to the member; a known one, and his first, is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.devices import address_of, words_of
from members.models import KnownDevice, Member, Notification
from tests.cast import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def sign_in(browser: Client, member: Member) -> None:
    browser.post(reverse("account_login"), {"login": member.username, "password": PASSWORD}, HTTP_USER_AGENT=FIREFOX)
    browser.post(reverse("account_logout"))


def told(member: Member) -> list[str]:
    return [one.sentence for one in Notification.objects.filter(member=member)]


def test_the_first_device_is_not_told_a_second_is(officer: Member) -> None:
    sign_in(Client(), officer)
    assert told(officer) == []
    sign_in(Client(), officer)
    assert len(told(officer)) == 1
    assert "Firefox on Windows" in told(officer)[0]
    assert Notification.objects.get().path == reverse("sessions")


def test_a_known_device_is_not_told_again(officer: Member) -> None:
    desk = Client()
    for _ in range(3):
        sign_in(desk, officer)
    assert told(officer) == []
    assert KnownDevice.objects.count() == 1


def test_two_members_at_one_screen_are_each_known_there(officer: Member, other_officer: Member) -> None:
    desk = Client()
    for _ in range(2):
        sign_in(desk, officer)
        sign_in(desk, other_officer)
    assert told(officer) == told(other_officer) == []


@pytest.mark.parametrize("planted", ["made-up", "", "x:y:z"])
def test_a_cookie_that_somebody_made_up_makes_no_device_known(officer: Member, planted: str) -> None:
    sign_in(Client(), officer)
    browser = Client()
    browser.cookies[f"__Host-device_{officer.pk}"] = planted
    sign_in(browser, officer)
    assert len(told(officer)) == 1


def test_the_cookie_of_another_member_makes_no_device_known(officer: Member, other_officer: Member) -> None:
    sign_in(Client(), officer)
    theirs = Client()
    sign_in(theirs, other_officer)
    browser = Client()
    browser.cookies[f"__Host-device_{officer.pk}"] = theirs.cookies[f"__Host-device_{other_officer.pk}"].value
    sign_in(browser, officer)
    assert len(told(officer)) == 1


def test_of_the_token_a_digest_alone_is_stored(officer: Member) -> None:
    desk = Client()
    sign_in(desk, officer)
    token = desk.cookies[f"__Host-device_{officer.pk}"].value.split(":")[0]
    assert len(token) > 30
    assert token not in str(KnownDevice.objects.values())
    assert desk.cookies[f"__Host-device_{officer.pk}"]["httponly"]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", "Safari on Mac"),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
            "Chrome on ChromeOS",
        ),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
        ("<script>" * 1000, "A browser"),
    ],
)
def test_a_device_in_words(agent: str, words: str) -> None:
    assert words_of(agent) == words


@pytest.mark.parametrize(("proxies", "address"), [(0, "10.0.0.9"), (1, "203.0.113.7")])
def test_behind_a_proxy_the_address_is_what_the_proxy_says(rf: Any, settings: Any, proxies: int, address: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7")
    assert address_of(request) == address
