"""The calendar of content as a member uses it: items dragged to another day, and moved without a script (C.9)."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from content.models import Item
from members.models.agency import agency_zone
from tests.content.acts import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("C.9")]


@pytest.fixture
def item(officer, facebook):
    """A draft for the day after tomorrow at noon."""
    starts = datetime.combine(timezone.localdate() + timedelta(days=2), time(12), agency_zone())
    return begun(facebook, by=officer, title="Open house", starts_at=starts, ends_at=starts + timedelta(hours=2))


def planned_for(item):
    return timezone.localtime(Item.objects.get(pk=item.pk).starts_at)


def month_of(day):
    return f"/content/calendar/?month={day:%Y-%m}"


def test_an_item_is_dragged_to_another_day(sign_in, officer, item):
    page, wrong = sign_in(officer), []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    here = planned_for(item).date()
    to = here + timedelta(days=1 if here.weekday() != 5 else -1)  # within the week that is shown
    page.goto(month_of(here))
    drawn = page.locator(".fc-event", has_text="Open house")
    expect(drawn).to_be_visible()
    expect(page.locator("#month")).to_be_hidden()
    drawn.hover()
    page.mouse.down()
    there = page.locator(f'.fc-daygrid-day[data-date="{to}"]').bounding_box()
    page.mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2, steps=10)  # as a hand does
    page.mouse.up()
    expect(page.locator("#calendar-moved")).to_contain_text("“Open house” is planned for")
    assert planned_for(item).replace(tzinfo=None) == datetime.combine(to, time(12))
    assert wrong == []


def test_without_a_script_it_is_moved_by_a_form(sign_in, officer, item):
    page = sign_in(officer, java_script_enabled=False)
    to = planned_for(item).date() + timedelta(days=3)
    page.goto(month_of(planned_for(item)))
    expect(page.get_by_role("table").get_by_role("link", name="Open house")).to_be_visible()
    page.get_by_label("Open house").fill(to.isoformat())
    page.get_by_role("button", name="Move it").click()
    assert planned_for(item).date() == to
