"""The red line and a threat's page in a browser: on a phone, in the dark, and while the supervisor is at work."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from members.models import Notification
from moderation.alerting import way_in
from moderation.models import Threat
from tests.browser.looking import trouble, violations
from tests.browser.test_every_page import PHONE
from tests.moderation.acts import grade

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("4.L8")]


def test_a_threat_that_is_raised_meanwhile_shows_its_red_line_and_moves_nothing(
    sign_in, make_comment, officer, supervisor
):
    page = sign_in(supervisor)
    page.goto(reverse("records"))
    before = page.locator("h1").bounding_box()
    grade(make_comment("I will find you."), 8, officer)
    page.evaluate("document.dispatchEvent(new CustomEvent('live', {detail: {kind: 'threat', id: 1}}))")
    line = page.locator("#red-line [role=alert]")
    expect(line).to_contain_text("is not acknowledged")
    assert page.locator("h1").bounding_box() == before
    assert violations(page) == []
    line.get_by_role("button", name="Acknowledge").click()
    expect(page.locator("#red-line")).to_contain_text("You acknowledged threat")
    assert page.url.endswith(reverse("records"))
    assert Threat.objects.get().acknowledged_by == supervisor


def test_a_supervisor_awakened_by_a_threat_decides_on_his_phone(sign_in, make_comment, officer, supervisor):
    grade(make_comment("I will find you.", author="W" * 300), 8, officer)
    threat = Threat.objects.get()
    stranger = sign_in(None, **PHONE)
    stranger.goto(way_in(Notification.objects.get(kind="threat")))
    assert trouble(stranger, "way in to a threat") == []
    stranger.get_by_role("button", name="Acknowledge as Amara Cole").click()
    expect(stranger.get_by_role("heading")).to_have_text("You have it")
    page = sign_in(supervisor, **PHONE)
    page.goto(threat.get_absolute_url())
    assert trouble(page, "threat by phone") == []
    page.get_by_label("Refer it to investigators").check()
    page.get_by_label("Case number").fill("MPD-26-0042")
    page.get_by_label("To whom").fill("Homicide")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#decided-word")).to_be_visible()
    assert Threat.objects.get().state == "decided"
