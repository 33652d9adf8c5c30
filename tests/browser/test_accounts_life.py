"""The life of an account in a browser: asked for, decided, silent for a while, ended; and without a script at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts import terminating
from accounts.models import Account, AccountName, AccountRequest, PollState
from accounts.models.fakes import find
from accounts.models.holders import note_hold
from accounts.terminating import Prepared
from members.models import Member
from members.transferring import transfer
from tests.browser.looking import trouble
from tests.cast import give_second_factor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("1.1", "1.2", "1.4")]


@pytest.fixture(autouse=True)
def with_factors(cast: list[Member]) -> None:
    for member in cast:
        give_second_factor(member)


def ask(page: Page, specialist: Member) -> None:
    page.goto(reverse("account_requests"))
    page.get_by_role("link", name="Ask for an account").click()
    page.get_by_label("Platform").select_option(label="X")
    page.get_by_label("Handle").fill("https://x.com/Bayside_Traffic")
    page.get_by_label("Name shown there").fill("Bayside Traffic")
    page.get_by_label("Purpose").fill("Roads and closures.")
    page.get_by_label("B. Disseminate").check()
    page.get_by_label("How it serves goal B").fill("Within minutes.")
    page.get_by_label("Its mission").fill("Open to everybody alike.")
    page.get_by_role("group", name="Who will administer it").get_by_label(specialist.name).check()
    page.get_by_role("button", name="Ask for it").click()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_an_officer_asks_and_the_commander_decides(
    sign_in: Any, commander: Member, officer: Member, specialist: Member, accounts: Any, script: bool
) -> None:
    asks = sign_in(officer, java_script_enabled=script)
    ask(asks, specialist)
    expect(asks.get_by_text("nobody decides his own request")).to_be_visible()
    decides = sign_in(commander, java_script_enabled=script)
    decides.goto(reverse("home"))
    decides.get_by_role("link", name="Accounts asked for").click()
    decides.get_by_role("button", name="Approve").click()
    expect(decides.get_by_text("Give the reasons").first).to_be_visible()
    decides.get_by_label("Reasons").fill("It serves goal B.")
    decides.get_by_role("button", name="Approve").click()
    expect(decides.get_by_role("heading", name="Approved")).to_be_visible()
    assert AccountRequest.objects.get(handle_key="bayside_traffic").state == "approved"


def test_a_handle_that_is_there_already_is_named_and_what_was_typed_stays(
    sign_in: Any, officer: Member, specialist: Member, x: Account
) -> None:
    page = sign_in(officer)
    Account.objects.filter(pk=x.pk).update(handle="Bayside_Traffic", handle_key="bayside_traffic")
    ask(page, specialist)
    expect(page.get_by_text("The department has this account already")).to_be_visible()
    expect(page.get_by_label("Purpose")).to_have_value("Roads and closures.")


def test_the_commander_names_an_editor_by_the_keyboard_alone(
    sign_in: Any, commander: Member, commanding_officer: Member, facebook: Account
) -> None:
    page = sign_in(commander)
    page.goto(reverse("account_roles", args=[facebook.pk]))
    form = page.locator("form", has_text="Name an administrator or editor")
    form.get_by_label("Member").focus()
    page.keyboard.type(commanding_officer.name)
    page.keyboard.press("Tab")  # the choice that is made: editor
    page.keyboard.press("Tab")
    form.get_by_label("Reason").focus()
    page.keyboard.type("The marathon.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".said-success")).to_contain_text(f"{commanding_officer.name} is editor")


def test_the_account_falls_silent_and_everybody_sees_it(
    sign_in: Any, commander: Member, officer: Member, facebook: Account
) -> None:
    page = sign_in(commander)
    page.goto(reverse("account", args=[facebook.pk]))
    page.get_by_role("link", name="Name, suspend").click()
    page.locator("form", has_text="Suspend the account").get_by_label("Reason").fill("Taken over.")
    page.get_by_role("button", name="Suspend").click()
    expect(page.get_by_text("Nothing is said in its name.")).to_be_visible()
    seen = sign_in(officer)
    seen.goto(reverse("account", args=[facebook.pk]))
    expect(seen.get_by_text("Taken over.")).to_be_visible()


@pytest.fixture
def filled(facebook: Account, x: Account, specialist: Member, officer: Member, commander: Member) -> dict[str, str]:
    """Every page of this part, with something on it."""
    today, now = timezone.localdate(), timezone.now()
    PollState.objects.update(last_whole_at=now, last_ok_at=now)
    said = Prepared("goals", "Six residents a month read it.", "Instagram, @baysidepd.", 30, "a1" * 32)
    ending = terminating.prepare(facebook, said, by=specialist)
    link = "https://bayside.example/" + "moving-" * 30
    published = now - timedelta(days=31)
    terminating.give_notice(ending, link=link, published_at=published, wording="Follow us.", by=specialist)
    AccountName.objects.create(account=x, platform_name="Twitter", until="2023-07-24", note="It calls itself X.")
    note_hold(x, "second_factor", by=specialist, since=today, member=officer, note="The phone of the desk.")
    fake = find("x", "https://x.com/" + "W" * 400, pretends="Our help desk.", on=today, by=officer)
    fake.report(how="Impersonation form", reference="0011-" * 30, on=today, by=officer)
    x.suspend("Taken over for an hour.", by=commander)
    transfer(officer, by=commander, reason="Rotation.")
    return {
        "home": reverse("home"),
        "accounts": reverse("accounts"),
        "account": reverse("account", args=[x.pk]),
        "roles": reverse("account_roles", args=[x.pk]),
        "requests": reverse("account_requests"),
        "ask": reverse("ask_for_account"),
        "request": reverse("account_request", args=[x.request_id]),
        "prepare": reverse("prepare_termination", args=[x.pk]),
        "termination": ending.address,
        "holders": reverse("holders"),
        "fakes": reverse("fakes"),
        "find": reverse("find_fake"),
        "fake": reverse("fake", args=[fake.pk]),
        "removals": reverse("removals"),
        "removal": reverse("removal", args=[x.removals.get().pk]),
    }


def test_every_page_is_accessible_and_fits(sign_in: Any, commander: Member, filled: dict[str, str]) -> None:
    page = sign_in(commander)
    wrong: dict[str, Any] = {}
    for name, address in filled.items():
        page.goto(address)
        if found := trouble(page, name):
            wrong[name] = found
    assert wrong == {}


@pytest.mark.sop("1.3")
def test_the_red_banner_leads_to_the_items_and_goes_with_the_last(
    sign_in: Any, commander: Member, filled: dict[str, str]
) -> None:
    page = sign_in(commander)
    page.goto(reverse("home"))
    expect(page.get_by_role("alert").filter(has_text="may still hold rights")).to_be_visible()
    page.get_by_role("link", name="Remove and confirm them").click()
    page.goto(filled["removal"])
    expect(page.get_by_text("Log of recovery: second-factor device")).to_be_visible()
    for _ in range(page.locator(".removal-steps form").count()):
        page.locator(".removal-steps form button").first.click()
    expect(page.locator(".said-success").first).to_contain_text("holds nothing on")
