"""The terms in a browser: the public page without scripts, in each language; the draft and the checks by keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Terms
from tests.browser.looking import trouble
from tests.cast import give_second_factor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("4.T")]


def test_the_public_page_breaks_no_rule_of_accessibility(sign_in, commander, terms):
    page = sign_in(None)
    for address in ("/terms/", "/terms/es/", "/terms/ht/", "/terms/1/"):
        page.goto(address)
        assert trouble(page, address) == []


def test_the_public_page_needs_no_script_and_leads_from_language_to_language(sign_in, commander, terms):
    page = sign_in(None, java_script_enabled=False)
    page.goto("/terms/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Terms of Use")
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_text("Nadie ha revisado todavía esta traducción.")).to_be_visible()
    page.get_by_role("link", name="Kreyòl ayisyen").click()
    expect(page.get_by_text("Pèsonn poko revize tradiksyon sa a.")).to_be_visible()
    assert page.context.cookies() == [one for one in page.context.cookies() if one["name"] == "theme"]


def test_a_version_is_drawn_up_and_published_without_a_script(sign_in, commanding_officer, terms):
    give_second_factor(commanding_officer)
    page = sign_in(commanding_officer, java_script_enabled=False)
    page.goto(reverse("terms_register"))
    page.get_by_role("button", name="Draw up a new version").click()
    page.get_by_label("Clause (h)").fill("All comments are public records.")
    page.get_by_label("Why the terms change").fill("Plainer words.")
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.locator(".terms-diff del").first).to_contain_text("subject to")
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_text("Version 2 is published")).to_be_visible()
    assert Terms.objects.in_force().version == 2


def test_the_units_pages_of_terms_and_filters_break_no_rule(sign_in, commanding_officer, facebook, terms):
    page = sign_in(commanding_officer)
    text = terms.texts.get(language="es")
    addresses = {
        "register": reverse("terms_register"),
        "account": reverse("account_terms", args=[facebook.pk]),
        "language": reverse("terms_text", args=[1, "es"]),
        "review": reverse("review_terms", args=[text.pk]),
        "filters": reverse("filters"),
        "enter": reverse("enter_filter"),
    }
    broken = {}
    for name, address in addresses.items():
        page.goto(address)
        if found := trouble(page, name):
            broken[name] = found
    page.goto(addresses["register"])
    page.get_by_role("button", name="Draw up a new version").click()
    if found := trouble(page, "draft"):
        broken["draft"] = found
    assert broken == {}
