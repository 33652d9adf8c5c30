"""Signing in as a person does it: a real unit on loopback, its mails, a telephone's codes, and passkeys in Chromium."""

from __future__ import annotations

import functools
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from members import factor_reset
from members.factor_reset import Checked
from members.models import Member, TrailEntry
from smu.stack.environment import any_port, python
from smu.stack.service import Service
from smu.stack.unit import answers
from tests.browser.looking import trouble
from tests.cast import PASSWORD
from tests.live import running
from tests.members.servers import MailServer

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = generate_totp_secret()
NEW = "lantern puddle violin cactus"


def code(secret: str = SECRET, *, away: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + away))


@dataclass(frozen=True)
class RealUnit:
    """A unit that is not the demonstration, and the mails that it sends."""

    web: str
    mails: MailServer

    def link(self, part: str) -> str:
        """The path of the link with `part` in the newest mail."""
        until = time.monotonic() + 5
        while not self.mails.taken and time.monotonic() < until:
            time.sleep(0.05)
        found = re.search(rf"https?://[^/\s]+(/{part}\S+)", self.mails.texts()[-1])
        assert found is not None
        return found[1]


@pytest.fixture(scope="module")
def real_web(django_db_setup: None) -> Iterator[RealUnit]:
    """One for these tests; its mails are taken on loopback."""
    mails, port = MailServer(), any_port()
    server = Controller(mails, hostname="127.0.0.1", port=any_port())
    server.start()
    words = ["-m", "gunicorn", "-k", "asgi", "-w", "1", "--graceful-timeout", "1", "--no-control-socket"]
    command = python(*words, "--bind", f"127.0.0.1:{port}", "smu.asgi:application")
    given = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    service = Service("real-web", command, {**os.environ, **given})
    service.answers = functools.partial(answers, f"http://127.0.0.1:{port}/health/")
    for _ in running(service):
        yield RealUnit(f"http://localhost:{port}", mails)
    server.stop()


@pytest.fixture
def unit(transactional_db: None, broker: Any, real_web: RealUnit, commander: Member) -> RealUnit:
    """The same on this test's database, with a Commander in it."""
    real_web.mails.taken.clear()
    return real_web


@pytest.fixture
def window(unit: RealUnit, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`window()` opens a browser of somebody who is not signed in; what it complains of fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(*, dark: bool = False, **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 860})
        context = browser.new_context(base_url=unit.web, **options)
        context.add_cookies([{"name": "theme", "value": "dark" if dark else "light", "url": unit.web}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [words for words in complaints if "status of 4" not in words] == []


def with_authenticator(page: Page) -> str:
    """Plug a device for passkeys into the browser: it holds them, and its owner is always there and recognised."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device: str = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return device


def enter(page: Page, member: Member, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(member.username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_code(page: Page, typed: str) -> None:
    page.get_by_label("Code", exact=True).fill(typed)
    page.get_by_role("button", name="Sign in", exact=True).click()


def secret_on(page: Page) -> str:
    return page.locator(".app-secret").inner_text().replace(" ", "").strip()


def set_up_app(page: Page) -> str:
    """From the choice on, with a telephone; the secret that lies on it now."""
    page.get_by_role("link", name="An authenticator app").click()
    secret = secret_on(page)
    page.get_by_label("The six digits").fill(code(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    return secret


def test_who_has_no_second_factor_is_led_to_one_and_comes_in_with_it(window: Any, officer: Member) -> None:
    page = window()
    enter(page, officer)
    expect(page.get_by_role("heading", name="Set up your second factor")).to_be_visible()
    page.goto("/comments/")
    expect(page.get_by_role("heading", name="Set up your second factor")).to_be_visible()
    secret = set_up_app(page)
    codes = [one.replace(" ", "") for one in page.locator(".codes li").all_inner_texts()]
    assert len(codes) == 10
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a file").click()
    text = Path(saved.value.path()).read_text()
    assert saved.value.suggested_filename == "recovery-codes.txt"
    assert all(one in text for one in codes)
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(re.compile(r"/$"))
    again = window()
    enter(again, officer)
    give_code(again, code(secret, away=1))
    expect(again.locator(".member-menu")).to_be_visible()


def test_a_recovery_code_opens_the_door_once(window: Any, officer: Member) -> None:
    page = window()
    enter(page, officer)
    set_up_app(page)
    one = page.locator(".codes li").first.inner_text()
    second = window()
    enter(second, officer)
    give_code(second, one)
    expect(second.locator(".member-menu")).to_be_visible()
    second.goto(reverse("security"))
    expect(second.locator(".way", has_text="Recovery codes")).to_contain_text("9 left")
    third = window()
    enter(third, officer)
    give_code(third, one)
    expect(third.get_by_text("Incorrect code")).to_be_visible()


def test_a_telephone_whose_clock_is_wrong_is_told_so(window: Any, officer: Member) -> None:
    TOTP.activate(officer, SECRET)
    page = window()
    enter(page, officer)
    give_code(page, code(away=-9))
    expect(page.locator(".field-error")).to_have_text(
        re.compile(r"clock is about [45] minutes slow: set it to automatic")
    )


def test_a_passkey_is_made_signs_in_alone_is_the_second_step_and_is_taken_away(window: Any, officer: Member) -> None:
    page = window()
    with_authenticator(page)
    enter(page, officer)
    page.get_by_role("link", name="A passkey").click()
    page.get_by_label("What it is called").fill("Desk in the watch room")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.goto(reverse("security"))
    expect(page.locator(".passkeys")).to_contain_text("Desk in the watch room")
    expect(page.locator(".passkeys")).to_contain_text("Your only second factor")
    assert page.get_by_role("link", name="Take away").count() == 0

    sign_out(page)
    page.goto("/trail/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Trail")).to_be_visible()
    assert [one.verb for one in TrailEntry.objects.about(officer).order_by("id")][-2:] == ["sign_out", "sign_in"]

    sign_out(page)
    enter(page, officer)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator(".member-menu")).to_be_visible()

    page.goto(reverse("security"))
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("What it is called").fill("Watch room")
    page.get_by_role("button", name="Rename").click()
    TOTP.activate(officer, SECRET)
    page.goto(reverse("security"))
    page.get_by_role("link", name="Take away Watch room").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("One of your passkeys was taken away")).to_be_visible()
    assert not Authenticator.objects.filter(user=officer, type="webauthn").exists()
    sign_out(page)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That passkey opens nothing here")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto(reverse("account_logout"))
    page.get_by_role("button", name="Sign out").last.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_passkey_of_who_has_left_opens_nothing(window: Any, officer: Member) -> None:
    page = window()
    with_authenticator(page)
    enter(page, officer)
    page.get_by_role("link", name="A passkey").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    sign_out(page)
    Member.objects.filter(pk=officer.pk).update(is_active=False, state=Member.State.LEFT)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="You cannot sign in")).to_be_visible()


def test_a_passkey_proves_again_who_one_is(window: Any, officer: Member) -> None:
    page = window()
    with_authenticator(page)
    enter(page, officer)
    page.get_by_role("link", name="A passkey").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.goto(reverse("mfa_reauthenticate_webauthn") + "?next=/trail/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Trail")).to_be_visible()


def test_without_a_device_the_page_says_what_to_do(window: Any, officer: Member) -> None:
    page = window()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")  # an environment without any device
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_timeout(300)
    assert page.get_by_role("heading", name="Sign in").is_visible()


def test_a_forgotten_password_from_the_first_click_to_the_desk(unit: RealUnit, window: Any, officer: Member) -> None:
    TOTP.activate(officer, SECRET)
    page = window()
    page.goto("/sign-in/")
    page.get_by_role("link", name="Forgotten password?").click()
    page.get_by_label("Your e-mail address").fill(officer.email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    page.goto(unit.link("sign-in/forgotten/"))
    page.get_by_label("New password", exact=True).fill("too short")
    page.get_by_label("New password again").fill("too short")
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator(".field-error").first).to_contain_text("at least 15")
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password again").fill(NEW)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("heading", name="Your new password is set")).to_be_visible()
    enter(page, officer, NEW)
    give_code(page, code())
    expect(page.locator(".member-menu")).to_be_visible()


def test_a_lost_second_factor_from_the_commanders_click_to_the_desk(
    unit: RealUnit, window: Any, commander: Member, officer: Member
) -> None:
    TOTP.activate(officer, generate_totp_secret())  # lies on the telephone that is lost
    TOTP.activate(commander, SECRET)
    his = window()
    enter(his, commander)
    give_code(his, code())
    his.goto(reverse("factor_reset_start", args=[officer.pk]))
    his.get_by_label("In person").check()
    his.get_by_label("Why").fill("Telephone lost.")
    his.get_by_role("button", name="Send the link").click()
    expect(his.get_by_role("heading", name="A link is open")).to_be_visible()

    page = window()
    page.goto(unit.link("sign-in/second-factor/"))
    page.get_by_label("Your password").fill(PASSWORD)
    secret = secret_on(page)
    page.get_by_label("The six digits").fill(code(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Your new second factor is set up")).to_be_visible()
    assert page.locator(".codes li").count() == 10
    page.get_by_role("link", name="I have kept them: sign in").click()
    enter(page, officer)
    give_code(page, code(secret, away=1))
    expect(page.locator(".member-menu")).to_be_visible()


def test_a_password_can_be_shown_and_hidden_again(window: Any, officer: Member) -> None:
    page = window()
    page.goto("/sign-in/")
    field = page.get_by_label("Password", exact=True)
    field.fill(PASSWORD)
    page.get_by_role("button", name="Show").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide").click()
    expect(field).to_have_attribute("type", "password")


def test_without_scripts_name_password_and_code_sign_in(unit: RealUnit, browser: Browser, officer: Member) -> None:
    TOTP.activate(officer, SECRET)
    context = browser.new_context(base_url=unit.web, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in/")
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    assert not page.get_by_role("button", name="Show").is_visible()
    enter(page, officer)
    give_code(page, code())
    expect(page.locator(".member-menu")).to_be_visible()
    context.close()


# --- every page of it ---


def pages(token: str, officer: Member) -> dict[str, str]:
    return {
        "security": reverse("security"),
        "password": reverse("account_change_password"),
        "passkey": reverse("mfa_add_webauthn"),
        "new codes": reverse("mfa_generate_recovery_codes"),
        "app away": reverse("mfa_deactivate_totp"),
        "reset": reverse("factor_reset_start", args=[officer.pk]),
        "link": reverse("factor_reset", args=[token]),
        "link gone": reverse("factor_reset", args=["of-nobody"]),
    }


def strangers_pages() -> dict[str, str]:
    return {
        "sign in": "/sign-in/",
        "forgotten": reverse("account_reset_password"),
        "sent": reverse("account_reset_password_done"),
        "set": reverse("account_reset_password_from_key_done"),
        "link void": reverse("account_reset_password_from_key", args=["1", "void"]),
    }


def test_every_page_of_it_is_accessible_and_fits(window: Any, commander: Member, officer: Member) -> None:
    TOTP.activate(officer, generate_totp_secret())
    token = factor_reset.start(officer, by=commander, reason="Lost.", checked_by=Checked.IN_PERSON)
    page = window()
    found = {}

    def look(name: str) -> None:
        if wrong := trouble(page, name):
            found[name] = wrong

    for name, address in strangers_pages().items():
        page.goto(address)
        look(name)
    enter(page, commander)
    look("choice")
    page.get_by_role("link", name="An authenticator app").click()
    look("app")
    secret = secret_on(page)
    page.get_by_label("The six digits").fill(code(secret, away=8))
    page.get_by_role("button", name="Set it up").click()
    look("app clock")
    page.get_by_label("The six digits").fill(code(secret))
    page.get_by_role("button", name="Set it up").click()
    look("codes")
    for name, address in pages(token, officer).items():
        page.goto(address)
        look(name)
    sign_out(page)
    enter(page, commander)
    look("second step")
    assert found == {}
