"""What a member sets for his own screens."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_colours_are_kept_in_a_cookie_and_drawn_by_the_server(browser_of, officer):
    browser = browser_of(officer)
    answer = browser.post(reverse("theme"), {"theme": "dark", "back": "/comments/"})
    assert answer["Location"] == "/comments/"
    assert 'data-bs-theme="dark"' in browser.get("/comments/").content.decode()


def test_colours_that_are_none_change_nothing(stranger):
    assert "theme" not in stranger.post(reverse("theme"), {"theme": "<script>"}).cookies


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_a_form_leads_back_to_this_unit_only(browser_of, officer, back):
    answer = browser_of(officer).post(reverse("theme"), {"theme": "light", "back": back})
    assert answer["Location"] == reverse("home")


def test_single_letter_keys_are_switched_off_and_on(browser_of, officer):
    """WCAG 2.1.4; ruling 2."""
    browser = browser_of(officer)
    browser.post(reverse("single_keys"), {"on": "0"})
    assert 'data-single-keys="off"' in browser.get("/comments/").content.decode()
    browser.post(reverse("single_keys"), {"on": "1"})
    assert 'data-single-keys="on"' in browser.get("/comments/").content.decode()


def test_a_stranger_switches_nobodys_keys(stranger):
    assert "sign-in" in stranger.post(reverse("single_keys"), {"on": "0"})["Location"]
