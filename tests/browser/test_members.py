"""The Commander invites, the invited one joins: with the keyboard alone, and without JavaScript too."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from members import membership
from members.models import Member
from tests.browser.looking import trouble

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("E.1")]
SECRET = "seven herons over the causeway"


def tab_to(page: Page, field: str) -> None:
    """Press Tab until the field is in hand; nobody needs more than this many keys for a page."""
    for _ in range(120):
        if page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()") == field:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{field} is not reached by Tab")


def fill_in_by_keys(page: Page, texts: dict[str, str]) -> None:
    for field, text in texts.items():
        tab_to(page, field)
        page.keyboard.type(text)


def link_in_the_mail(page: Page) -> str:
    page.goto("/demonstration/mail/")  # an address of the running unit only
    found = re.search(r"/join/[^/\s]+/", page.locator("article").first.inner_text())
    assert found, "no invitation in the mail"
    return found.group()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_commander_invites_and_the_invited_one_joins_by_keys_alone(sign_in, commander, supervisor, scripts):
    page = sign_in(commander, java_script_enabled=True)
    page.goto(reverse("invite"))
    fill_in_by_keys(page, {"id_name": "Ofc. Nadia West", "id_number": "7001", "id_username": "nwest"})
    fill_in_by_keys(page, {"id_email": "nwest@bayside.example", "id_position": "Police Officer"})
    fill_in_by_keys(page, {"id_reports_to": "Amara Cole"})
    tab_to(page, "Send the invitation")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is on its way by e-mail")).to_be_visible()
    expect(page.get_by_role("heading", name="Invited by Ruth Keller")).to_be_visible()

    new = sign_in(None, java_script_enabled=scripts)
    new.goto(link_in_the_mail(page))
    expect(new.get_by_role("heading", name="Welcome, Ofc. Nadia West")).to_be_visible()
    if scripts:
        fill_in_by_keys(new, {"id_password": SECRET, "id_again": SECRET})
        new.keyboard.press("Enter")
    else:
        new.get_by_label("Password").fill(SECRET)
        new.get_by_label("The same again").fill(SECRET)
        new.get_by_role("button", name="Join the unit").click()
    new.wait_for_url(f"**{reverse('second_factor')}")
    member = Member.objects.get(username="nwest")
    assert (member.state, member.reports_to) == (Member.State.SERVING, supervisor)
    page.goto(reverse("member", args=[member.pk]))
    expect(page.get_by_text("serving").first).to_be_visible()


def test_a_list_is_put_right_on_the_page_and_then_invited(sign_in, commander, commanding_officer):
    page = sign_in(commander)
    page.goto(reverse("import_members"))
    lines = "name,number,e-mail,position,reports to\nAna Cole,3310,ana@bayside.example,{},gnakamura\n"
    page.get_by_label("Or its lines").fill(lines.format("Chef"))
    page.get_by_role("button", name="Look it through").click()
    expect(page.get_by_text("“Chef” is no position")).to_be_visible()
    page.get_by_label("Or its lines").fill(lines.format("Supervisor"))
    page.get_by_role("button", name="Look it through").click()
    page.get_by_role("button", name="Invite 1 member").click()
    expect(page.get_by_text("1 invitation went out by e-mail")).to_be_visible()
    assert Member.objects.get(number="3310").state == Member.State.INVITED


@pytest.fixture
def pages(commander, supervisor, officer, transferred, make_member) -> dict[str, str]:
    """The pages that the Commander has beside those of every member, with names that would break them."""
    long_name = make_member(name="W" * 200, reports_to=supervisor, email="w" * 50 + "@bayside.example")
    invited, token = membership.invite(
        by=commander,
        username="nwest",
        number="7001",
        name="<b onmouseover=bad()>Nadia</b>",
        email="nwest@bayside.example",
        position="officer",
        sworn=True,
        reports_to=supervisor,
    )
    return {
        "list": reverse("members"),
        "long name": reverse("member", args=[long_name.pk]),
        "invited": reverse("member", args=[invited.pk]),
        "left": reverse("member", args=[transferred.pk]),
        "invite": reverse("invite"),
        "position": reverse("change_position", args=[supervisor.pk]),
        "details": reverse("change_details", args=[officer.pk]),
        "take back": reverse("take_back", args=[transferred.pk]),
        "import": reverse("import_members"),
        "join": reverse("join", args=[token]),
        "closed": reverse("join", args=["garbage"]),
    }


def test_the_commanders_pages_are_accessible_and_fit_with_mistakes_on_them_too(sign_in, commander, pages):
    page = sign_in(commander)
    broken = {}
    for name, address in pages.items():
        page.goto(address)
        broken[name] = trouble(page, name)
    page.goto(pages["invite"])
    page.get_by_role("button", name="Send the invitation").click()
    broken["mistakes"] = trouble(page)
    page.goto(pages["import"])
    page.get_by_label("Or its lines").fill("name,number,e-mail,position\nAna,1,a@b.example,Chef")
    page.get_by_role("button", name="Look it through").click()
    broken["list with mistakes"] = trouble(page)
    page.goto(pages["invited"])
    page.locator(".ask summary").click()
    broken["withdraw"] = trouble(page)
    assert {name: found for name, found in broken.items() if found} == {}
