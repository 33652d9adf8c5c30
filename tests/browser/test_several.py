"""Several things chosen in the inventory's list, with the mouse and by the keyboard, and what came of it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from equipment.models import Item
from tests.browser.looking import trouble
from tests.equipment import acts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("3.4")]


def test_all_on_the_page_are_chosen_and_get_their_place(sign_in, supervisor):
    things = [acts.item(f"Lens {number}", by=supervisor) for number in range(3)]
    page = sign_in(supervisor)
    page.goto(reverse("equipment"))
    page.get_by_label("All on this page").check()
    chosen = page.get_by_role("button", name="With those chosen (3)")
    page.get_by_label(f"Choose {things[0].tag}").press("Space")
    expect(page.get_by_role("button", name="With those chosen (2)")).to_be_visible()
    page.get_by_label(f"Choose {things[0].tag}").press("Space")
    chosen.click()
    expect(page.get_by_role("heading", name="3 things")).to_be_visible()
    assert trouble(page, "several") == []
    page.get_by_label("Place in the office").fill("Shelf 4")
    page.get_by_role("button", name="Change all 3").click()
    expect(page.get_by_text("All 3 changed.")).to_be_visible()
    assert set(Item.objects.values_list("office_place", flat=True)) == {"Shelf 4"}
    page.goto(f"{reverse('several_things')}?fits=1&q=lens")
    page.get_by_role("link", name="Labels for them").click()
    expect(page.get_by_label("Tags")).to_have_value(re.compile(" ".join(f"{one.tag}" for one in reversed(things))))
