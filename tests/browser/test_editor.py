"""Writing and approving an item in a browser: counts and previews while one types, what is not saved, one hand."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.platforms.x_length import weighted
from content.models import Item
from tests.cast import give_second_factor
from tests.content.acts import begun, submitted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("2.H")]
TEXT = "Café, naïve 日本 👩‍👩‍👧 #BaysideReads https://example.org/a/very/long/address (bayside.gov) 😀"


def test_it_counts_as_each_platform_does_shows_what_is_typed_and_keeps_it_until_it_is_saved(
    sign_in, officer, facebook, x
):
    item = begun(facebook, x, by=officer)
    page = sign_in(officer)
    page.goto(reverse("edit_item", args=[item.pk]))
    page.get_by_label("The text of all accounts").fill(TEXT)
    on_x, on_facebook = page.locator(f"#version-{x.pk}"), page.locator(f"#version-{facebook.pk}")
    expect(on_x.locator("[data-preview-count]")).to_have_text(f"{weighted(TEXT)} of 280 characters")
    expect(on_facebook.locator("[data-preview-count]")).to_have_text(f"{len(TEXT)} of 63206 characters")
    expect(on_x.locator("[data-preview-text] .as-tag")).to_have_text("#BaysideReads")
    on_x.get_by_label("Words of its own, not those above").check()
    on_x.get_by_label("What it says there").fill("a" * 281)
    expect(on_x.locator("[data-preview-count]")).to_have_text("281 of 280 characters: 1 too many")
    expect(page.locator("[data-state]")).to_contain_text("Not saved yet")
    page.reload()
    expect(page.locator("[data-kept]")).to_be_visible()
    expect(page.get_by_label("The text of all accounts")).to_have_value(TEXT)
    page.get_by_role("button", name="Drop it").click()
    expect(page.get_by_label("The text of all accounts")).to_have_value("Coffee with a Cop.")


@pytest.mark.sop("2.0")
def test_the_commander_approves_with_one_hand(sign_in, commander, officer, specialist, facebook):
    item = submitted(facebook, by=officer, reviewer=specialist)
    give_second_factor(commander)
    page = sign_in(commander, viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(item.get_absolute_url())
    approve = page.get_by_role("button", name="Approve exactly this")
    expect(approve).to_be_in_viewport()
    for tick in page.locator("input[name=confirmed]").all():
        tick.check()
    approve.tap()
    page.wait_for_load_state("load")
    expect(page.locator(".page-lead .tag").first).to_have_text("scheduled")
    assert Item.objects.get(pk=item.pk).state == "scheduled"
