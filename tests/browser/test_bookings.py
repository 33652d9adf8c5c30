"""Bookings and skills as people see them: the calendar that its script draws, and pages with hostile words in them."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from equipment import skills
from equipment.models import Booking, Kind, Skill
from tests.browser.looking import trouble
from tests.equipment.booked import booking_pages

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = "<script>window.bad = 1</script><img src=x onerror='window.bad = 1'> \u202e" + "W" * 200


@pytest.mark.sop("F.VB", "3.1")
def test_bookings_and_skills_as_they_are_seen(sign_in, officer, supervisor):
    shown = booking_pages(HOSTILE, by=supervisor, member=officer)
    skills.demand(Kind.objects.latest("pk"), [Skill.objects.get(letter="A")], by=supervisor)
    pages = {name: reverse(name) for name in ("bookings", "add_booking", "skills", "skill_demands")} | shown
    page, broken = sign_in(supervisor), {}
    for name, address in pages.items():
        page.goto(address)
        if name == "bookings":
            event = page.locator("#calendar .fc-event").first
            expect(event).to_contain_text(officer.name)
        if found := trouble(page, name):
            broken[name] = found
        assert page.evaluate("typeof window.bad") == "undefined"
    assert broken == {}
    booking = Booking.objects.get()
    page.goto(booking.get_absolute_url())
    page.get_by_text("Another time").click()
    page.get_by_label("Until").fill("2020-01-01T10:00")
    page.get_by_role("button", name="Move the booking").click()
    expect(page.get_by_text(re.compile("ends before it begins")).first).to_be_visible()
