"""What a member may do changes while his page lies open: he is told, what he typed stays, and the act is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from members import handing_over
from members.models import Designation, Member
from members.powers import Power
from tests.browser.looking import trouble
from tests.cast import give_second_factor

pytestmark = pytest.mark.django_db(transaction=True)

BAR = "#authority-changed"


@pytest.fixture
def give(commander):
    def given(designee, power="", *, lasts=timedelta(days=7)):
        said = {"by": commander, "designee": designee, "reason": "On leave."}
        now = timezone.now()
        if power:
            return handing_over.designate(power=power, since=now, until=now + lasts, **said)
        return handing_over.appoint_acting(since=now, until=now + lasts, **said)

    return given


def open_form(page):
    with page.expect_response("**/live/"):
        page.goto(reverse("designate"))
    page.wait_for_timeout(300)
    page.get_by_label("Reason").fill("I shall be at sea.")


@pytest.mark.sop("E.1")
def test_an_end_shows_on_the_open_page_at_once_and_what_was_typed_stays(sign_in, commander, officer, supervisor, give):
    acting = give(officer)
    page = sign_in(officer)
    open_form(page)
    expect(page.locator(BAR)).to_be_hidden()
    handing_over.end(acting, by=commander, reason="Back early.")
    expect(page.locator(BAR)).to_be_visible()
    expect(page.get_by_label("Reason")).to_have_value("I shall be at sea.")
    page.get_by_label("What is handed over").select_option("approve_content")
    page.get_by_label("To whom").select_option(str(supervisor.pk))
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_role("alert")).to_contain_text("Only the Section Commander hands over a power")
    expect(page.locator(".who-could")).to_contain_text("Ruth Keller")
    expect(page.locator("#typed-reason")).to_have_text("I shall be at sea.")
    assert Designation.objects.count() == 1


@pytest.mark.sop("E.1")
def test_a_period_that_runs_out_shows_on_the_open_page_too(sign_in, officer, give):
    page = sign_in(officer)
    give(officer, lasts=timedelta(seconds=7))
    open_form(page)
    expect(page.locator(BAR)).to_be_hidden()
    expect(page.locator(BAR)).to_be_visible()
    expect(page.get_by_label("Reason")).to_have_value("I shall be at sea.")


def test_what_is_handed_over_shows_on_the_open_page_of_the_designee_alone(sign_in, officer, supervisor, give):
    page, other = sign_in(officer), sign_in(supervisor)
    for one in (page, other):
        with one.expect_response("**/live/"):
            one.goto("/")
    page.wait_for_timeout(300)
    give(officer, Power.APPROVE_CONTENT)
    expect(page.locator(BAR)).to_be_visible()
    expect(other.locator(BAR)).to_be_hidden()
    page.get_by_role("link", name="Load it again").click()
    expect(page.locator(BAR)).to_be_hidden()


def test_without_live_updates_a_page_that_comes_to_the_front_asks(sign_in, officer, give):
    page = sign_in(officer)
    page.goto("/")
    # As a row alone: nobody tells of it.
    Designation.objects.create(
        power="approve_content",
        designee=officer,
        by=Member.objects.get(position="commander"),
        since=timezone.now(),
        until=timezone.now() + timedelta(days=1),
        reason="On leave.",
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(BAR)).to_be_visible()


def test_the_bar_leaves_the_desk_its_height(sign_in, officer, make_comment, give):
    make_comment("Where do I apply?")
    page = sign_in(officer)
    with page.expect_response("**/live/"):
        page.goto("/comments/")
    page.wait_for_timeout(300)
    give(officer, Power.APPROVE_CONTENT)
    expect(page.locator(BAR)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_commander_hands_over_by_keyboard_and_ends_it(sign_in, commander, officer):
    give_second_factor(commander)
    page = sign_in(commander)
    page.goto(reverse("authority"))
    page.locator("#approve_content").get_by_role("link", name="Hand over").focus()
    page.keyboard.press("Enter")
    page.get_by_label("To whom").select_option(str(officer.pk))
    page.get_by_label("Reason").fill("On leave.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Daniel Diaz approves content")).to_be_visible()
    page.get_by_text("End it before its time").click()
    page.get_by_label("Reason").fill("Back early.")
    page.get_by_role("button", name="End it now").click()
    expect(page.locator("main")).to_contain_text("ended")
    assert not Member.objects.get(pk=officer.pk).may(Power.APPROVE_CONTENT)


def test_the_form_and_the_end_are_accessible_and_fit_a_phone(sign_in, commander, officer, supervisor, give):
    give_second_factor(commander)
    acting = give(supervisor)
    page = sign_in(commander, viewport={"width": 360, "height": 860})
    page.goto(reverse("designate"))
    page.get_by_label("A day and hour").check()
    page.get_by_role("button", name="Hand it over").click()
    expect(page.locator(".field-error").first).to_be_visible()
    assert trouble(page, "what is handed over") == []
    page.goto(reverse("designation", args=[acting.pk]))
    page.get_by_text("End it before its time").click()
    assert trouble(page, "its end") == []
    own = sign_in(supervisor, viewport={"width": 360, "height": 860})
    own.goto(reverse("authority"))
    own.evaluate("document.getElementById('authority-changed').hidden = false")
    assert trouble(own, "the bar") == []


def test_it_works_without_javascript(sign_in, commander, officer):
    give_second_factor(commander)
    page = sign_in(commander, java_script_enabled=False)
    page.goto(f"{reverse('designate')}?power=approve_content")
    page.get_by_label("To whom").select_option(str(officer.pk))
    page.get_by_role("button", name="Hand it over").click()
    expect(page.locator("main")).to_contain_text("Say why: the reason stays beside it.")
    page.get_by_label("Reason").fill("On leave.")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_role("heading", name="Daniel Diaz approves content")).to_be_visible()
