"""The first hour in a browser: from the key to the Commander's home, accessible on every step, on a phone too."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from playwright.sync_api import Page, expect

from members import setting_up
from members.models import Agency, Member
from smu.environment import ROOT
from tests.browser.looking import trouble
from tests.live import LiveUnit

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "four herons over the quiet harbour"
MARK = Path(ROOT / "smu/demonstration/mark.png")
SignIn = Callable[..., Page]


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()
    page.wait_for_load_state("load")


def look(page: Page) -> None:
    assert trouble(page, page.url.split("/", 3)[3]) == [], page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_unit_is_set_up_from_nothing(sign_in: SignIn, live_unit: LiveUnit, scripts: bool) -> None:
    key = setting_up.new_key()
    page = sign_in(None, viewport={"width": 360, "height": 860}, java_script_enabled=scripts)
    see = look if scripts else lambda _: None  # what looks for trouble is a script itself
    page.goto("/comments/")
    see(page)
    page.get_by_label("Key from the console").fill("WRONG")
    press(page, "Begin")
    expect(page.locator(".field-error")).to_contain_text("This is not the key")
    see(page)
    page.get_by_label("Key from the console").fill(key.lower())
    press(page, "Begin")
    see(page)
    page.get_by_label("Agency's name").fill("Harbour City Police Department")
    page.get_by_label("Short name").fill("Harbour City Police")
    page.get_by_label("Time zone").fill("Atlantis")
    page.get_by_label("Spanish").check()
    page.get_by_label("Non-emergency number").fill("312-555-0100")
    press(page, "Continue")
    expect(page.locator(".field-error")).to_contain_text("There is no such time zone")
    see(page)
    expect(page.get_by_label("Agency's name")).to_have_value("Harbour City Police Department")
    page.get_by_label("Time zone").fill("chicago")
    press(page, "Continue")
    see(page)
    for label, words in {
        "Name": "Capt. Ana Ruiz",
        "Badge or employee number": "1001",
        "User name": "aruiz",
        "E-mail": "aruiz@harbour.example",
    }.items():
        page.get_by_label(label, exact=True).fill(words)
    press(page, "Continue")
    see(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    press(page, "Continue")
    see(page)
    page.go_back()
    page.goto(reverse("setup_commander"))
    expect(page.get_by_label("User name")).to_have_value("aruiz")
    page.goto(reverse("setup_factor"))
    page.locator("details.setup-letters summary").click()
    seed = page.locator("details.setup-letters code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(seed, int(time.time()) // 30)))
    press(page, "Set up the unit")
    expect(page.locator(".setup-codes li")).to_have_count(10)
    see(page)
    press(page, "I have kept them")
    expect(page.get_by_role("heading", name="Before the unit is ready")).to_be_visible()
    see(page)
    assert page.goto("/setup/").status == 404  # type: ignore[union-attr]


def test_the_commander_makes_the_unit_ready(sign_in: SignIn, commander: Member) -> None:
    Agency.objects.create(
        name="Harbour City Police Department",
        short_name="Harbour City Police",
        zone="America/Chicago",
        languages=["en"],
        non_emergency_number="312-555-0100",
    )
    page = sign_in(commander, viewport={"width": 360, "height": 860})
    page.goto("/")
    press(page, "Leave vacant (Social Media Broadcast Specialist)")
    page.locator(".ready-rest summary").click()
    expect(page.locator(".ready-rest")).to_contain_text("Social Media Broadcast Specialist left open")
    look(page)
    page.get_by_role("link", name="Read and adopt them (The Terms of Use in force)").click()
    look(page)
    press(page, "Adopt both, from now on")
    expect(page.locator(".ready")).not_to_contain_text("Read and adopt")
    page.goto(reverse("agency"))
    look(page)
    page.locator("#id_mark").set_input_files(
        files=[
            {"name": "mark.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
        ]
    )
    press(page, "Take this mark")
    expect(page.locator(".field-error")).to_contain_text("This is not a picture")
    look(page)
    page.locator("#id_mark").set_input_files(MARK)
    press(page, "Take this mark")
    expect(page.locator(".top-mark")).to_be_visible()
    assert page.locator(".top-mark").evaluate("mark => mark.naturalWidth") == 256
    look(page)
