"""The warning before a session ends, and what was typed: kept for its member, put back when he is in again."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from members.models import Member, Session
from smu.stack.environment import any_port, python
from smu.stack.service import Service
from smu.stack.unit import answers
from tests.browser.looking import violations
from tests.cast import PASSWORD
from tests.live import LiveUnit, running

pytestmark = pytest.mark.django_db(transaction=True)
IDLE = 9  # seconds, for the warning a third of it


@pytest.fixture(scope="session")
def live_web(django_db_setup: None) -> Iterator[str]:
    """A web server like the other tests', on which a session ends after nine seconds without an act."""
    port = any_port()
    words = ["-m", "gunicorn", "-k", "asgi", "-w", "1", "--graceful-timeout", "1", "--no-control-socket"]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DEMONSTRATION": "1",
        "SESSION_IDLE_SECONDS": str(IDLE),
    }
    service = Service("web", python(*words, "--bind", f"127.0.0.1:{port}", "smu.asgi:application"), environment)
    service.answers = functools.partial(answers, f"http://127.0.0.1:{port}/health/")
    for _ in running(service):
        yield f"http://localhost:{port}"


@pytest.fixture
def form(make_comment: Callable[..., Any]) -> str:
    """The address of a page with a form on it."""
    return reverse("comment", args=[make_comment("When do you hire again?").pk])


def note_of(page: Page) -> Any:
    return page.locator("textarea[name=note]")


def write(page: Page, address: str, words: str) -> None:
    """Open the page and its part for notes, and type."""
    page.goto(address)
    page.locator("details:has(textarea[name=note]) > summary").click()
    note_of(page).fill(words)


def enter(page: Page, member: Member) -> None:
    page.get_by_label("User name").fill(member.username)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^Sign in")).first.click()


def test_a_warning_comes_before_and_staying_keeps_the_form(sign_in: Any, officer: Member, form: str) -> None:
    page = sign_in(officer)
    write(page, form, "Asked twice already.")
    warning = page.get_by_role("dialog", name="Are you still there?")
    expect(warning).to_be_visible(timeout=IDLE * 1000)
    expect(warning.locator("[data-countdown]")).to_have_text(re.compile(r"0:0\d"))
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("button", name="Stay signed in").press("Enter")
    expect(warning).to_be_hidden()
    expect(note_of(page)).to_be_focused()
    expect(note_of(page)).to_have_value("Asked twice already.")
    page.wait_for_timeout(IDLE * 500)  # past the end of which it was warned
    assert page.url.endswith(form)


def test_typing_is_an_act(sign_in: Any, officer: Member, form: str) -> None:
    page = sign_in(officer)
    write(page, form, "")
    note_of(page).focus()
    for _ in range(IDLE + 2):
        page.keyboard.type("a")
        page.wait_for_timeout(1000)
    expect(page.locator("#session-warning")).to_be_hidden()
    assert officer.sessions.get().last_act_at > timezone.now() - timedelta(seconds=IDLE)


def test_an_act_in_another_tab_takes_the_warning_away(sign_in: Any, officer: Member, form: str) -> None:
    page = sign_in(officer)
    page.goto(form)
    other = page.context.new_page()
    other.goto(form)
    expect(page.locator("#session-warning")).to_be_visible(timeout=IDLE * 1000)
    other.get_by_role("button", name="Stay signed in").click()
    expect(page.locator("#session-warning")).to_be_hidden()
    expect(other.locator("#session-warning")).to_be_hidden()


def test_what_was_typed_is_back_when_the_same_member_is_in_again(sign_in: Any, officer: Member, form: str) -> None:
    page = sign_in(officer)
    write(page, form, "Asked twice already.")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=IDLE * 2000)
    expect(page.get_by_text("You were signed out")).to_be_visible()
    enter(page, officer)
    page.wait_for_url(f"**{form}")
    expect(page.get_by_text("We kept what you typed")).to_be_visible()
    expect(note_of(page)).to_have_value("Asked twice already.")
    page.reload()  # it was put back once; now it is the browser's, and he has not typed since
    expect(note_of(page)).to_have_value("")


def test_what_was_typed_is_gone_when_somebody_else_signs_in(
    sign_in: Any, officer: Member, other_officer: Member, form: str
) -> None:
    page = sign_in(officer)
    write(page, form, "Between us.")
    Session.objects.all().delete()
    page.reload()
    enter(page, other_officer)
    page.wait_for_url(f"**{form}")
    expect(note_of(page)).to_have_value("")
    assert "Between us." not in page.evaluate("JSON.stringify(Object.entries(sessionStorage))")


def test_a_form_that_comes_too_late_shows_what_was_typed_and_puts_it_back(
    sign_in: Any, officer: Member, form: str
) -> None:
    page = sign_in(officer)
    # Nothing tells this page of the end before its form is sent: its stream is asked for and never answered.
    page.route(f"**{reverse('live')}*", lambda route: None)
    write(page, form, "Asked twice already.")
    Session.objects.all().delete()
    note_of(page).locator("xpath=ancestor::form").get_by_role("button").first.click()
    expect(page.get_by_text("This was not sent")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Asked twice already.")
    page.get_by_role("link", name="Sign in and go back there").click()
    enter(page, officer)
    page.wait_for_url(f"**{form}")
    expect(note_of(page)).to_have_value("Asked twice already.")


def test_a_password_is_never_kept(sign_in: Any, officer: Member, live_unit: LiveUnit) -> None:
    page = sign_in(officer)
    page.goto(reverse("account_reauthenticate"))
    page.locator("input[type=password]").fill("a secret of mine")
    assert "a secret" not in page.evaluate("JSON.stringify(Object.entries(sessionStorage))")
