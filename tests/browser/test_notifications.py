"""Notifications in the browser: the bell is live and moves nothing, and everything works without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from members.models import ContactWay, Delivery, Notification, Preference
from members.models.notifications import Kind
from members.notifying import tell
from tests.browser.looking import trouble, violations

pytestmark = pytest.mark.django_db(transaction=True)
NO_STREAM = """
  window.EventSource = class extends EventTarget {
    readyState = 2;
    constructor() { super(); setTimeout(() => this.onerror(), 0); }
    close() {}
  };
  window.EventSource.CLOSED = 2;
"""


@pytest.fixture
def page(sign_in, officer):
    """A page of his that hears what happens elsewhere."""
    opened = sign_in(officer)
    with opened.expect_response("**/live/"):
        opened.goto(reverse("contact"))
    opened.wait_for_timeout(300)
    return opened


PLACE = "one => [one.getBoundingClientRect().left + scrollX, one.getBoundingClientRect().top + scrollY]"


def test_what_is_told_is_announced_without_moving_the_page(page, officer):
    page.locator("#id_digest_at").focus()
    before = page.locator("#id_digest_at").evaluate(PLACE)
    tell([officer], Kind.MEMBERS, "Dana <b>Diaz</b> joined.", "/members/")
    expect(page.locator("#bell")).to_have_attribute("aria-label", "Notifications: 1 new")
    expect(page.locator("#toasts")).to_have_attribute("aria-live", "polite")
    expect(page.locator("#toasts")).to_contain_text("Dana <b>Diaz</b> joined.")
    expect(page.locator("#id_digest_at")).to_be_focused()
    assert page.locator("#id_digest_at").evaluate(PLACE) == before
    assert violations(page) == []
    page.locator("#toasts").get_by_role("button", name="Close").click()
    expect(page.locator("#toasts")).to_be_empty()
    page.locator("#bell").click()
    expect(page.locator(".told-row.is-new")).to_have_count(1)


def test_what_another_is_told_is_not_heard(page, other_officer, officer):
    tell([other_officer], Kind.MEMBERS, "For somebody else.")
    tell([officer], Kind.MEMBERS, "For him.")
    expect(page.locator("#toasts")).to_have_text(re.compile("For him"))
    assert "somebody else" not in page.locator("#toasts").inner_text()


@pytest.mark.sop("4.L8")
def test_a_threat_stays_until_it_is_closed(page, officer):
    page.clock.install()
    tell([officer], Kind.THREAT, "A threat waits for a decision.", "/comments/")
    expect(page.locator(".toast-said.is-threat")).to_be_visible()
    page.clock.fast_forward(60_000)
    expect(page.locator(".toast-said.is-threat")).to_be_visible()


def test_without_a_stream_the_bell_asks_for_itself(sign_in, officer):
    page = sign_in(officer)
    page.add_init_script(NO_STREAM)
    page.clock.install()
    with page.expect_response(f"**{reverse('bell')}*"):  # what it finds first is no news
        page.goto(reverse("contact"))
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    page.clock.fast_forward(16_000)
    expect(page.locator("#bell")).to_have_attribute("aria-label", "Notifications: 1 new")
    expect(page.locator("#toasts")).to_contain_text("Dana Diaz joined.")


def test_everything_works_without_javascript(sign_in, officer):
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.", reverse("trail"))
    tell([officer], Kind.ROSTER, "You have the watch.")
    page = sign_in(officer, java_script_enabled=False)
    page.goto("/")
    page.locator("#bell").click()
    page.get_by_role("button", name="Dana Diaz joined.", exact=True).click()
    expect(page).to_have_url(re.compile(reverse("trail")))
    page.goto(reverse("notifications"))
    page.get_by_role("button", name="Mark all as seen").click()
    expect(page.locator(".told-row.is-new")).to_have_count(0)
    page.get_by_role("link", name="How you are told", exact=True).first.click()
    page.get_by_label("Members who come and go: by e-mail").select_option("never")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#messages")).to_contain_text("Kept.")
    assert Preference.objects.get(member=officer, kind="members").by_email == "never"


def test_a_way_is_added_tried_and_taken_away(sign_in, officer):
    page = sign_in(officer)
    page.goto(reverse("contact"))
    page.get_by_label("Name", exact=True).fill("Pager")
    page.get_by_label("Address").fill("pager-of-the-browser@txt.example")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".ways")).to_contain_text("p…@txt.example")
    expect(page.locator(".ways")).to_contain_text("not in use")
    page.get_by_role("button", name="Send a test to Pager").click()
    expect(page.locator("#messages")).to_contain_text("A number is on its way")
    page.goto(reverse("contact") + "../../demonstration/mail/")
    mail = page.locator(".mail", has_text="pager-of-the-browser@txt.example").first
    number = re.search(r"\b\d{6}\b", mail.inner_text()).group()
    page.goto(reverse("contact"))
    page.get_by_label("Number of the test").fill(number)
    assert violations(page) == []
    page.get_by_role("button", name="It has arrived").click()
    expect(page.locator(".ways")).to_contain_text("in use")
    page.get_by_label("Take Pager away").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.locator("#messages")).to_contain_text("taken away")
    assert not ContactWay.objects.exists()


def test_what_is_not_delivered_is_accessible_and_fits_a_phone(sign_in, commander, officer):
    for member in (commander, officer):
        row = Notification.objects.create(member=member, kind=Kind.THREAT, sentence="A threat. " + "W" * 200)
        why = "the mail server refused the address (550)"
        Delivery.objects.create(
            notification=row, by_email=True, state="failed", tries=1, why=why, done_at=timezone.now()
        )
    page = sign_in(commander)
    for name in ("undelivered", "notifications"):
        page.goto(reverse(name))
        expect(page.get_by_text("refused the address").first).to_be_visible()
        assert trouble(page, name) == []


def test_the_mails_of_the_demonstration_are_accessible_and_run_nothing(sign_in, officer):
    page = sign_in(officer, viewport={"width": 390, "height": 844})
    page.goto("/demonstration/mail/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
