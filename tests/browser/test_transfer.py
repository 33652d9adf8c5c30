"""A transferred officer with a phone still signed in: his page ends while he looks at it, and opens no more."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Removal
from members import live
from members.models import Member
from members.transferring import transfer
from moderation.models import QueueEntry
from tests.browser.desk import open_comment
from tests.browser.looking import trouble
from tests.browser.test_every_page import PHONE
from tests.cast import give_second_factor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("1.3")]


def test_the_officers_page_ends_when_the_commander_transfers_him(
    sign_in: Any, cast: list[Member], officer: Member, make_comment: Any
) -> None:
    comment = make_comment("Where do I apply?")
    QueueEntry.claim(comment.pk, by=officer)
    give_second_factor(cast[0])
    phone, desk = sign_in(officer, **PHONE), sign_in(cast[0])
    with phone.expect_response("**/live/"):
        open_comment(phone, comment.pk)
    desk.goto(reverse("member", args=[officer.pk]))
    desk.get_by_role("link", name="Transfer").click()
    expect(desk.locator(".consequences")).to_contain_text("comment in hand returns to the queue")
    desk.get_by_label("Reason").fill("Rotation.")
    began = time.monotonic()
    desk.get_by_role("button", name="Transfer Daniel Diaz now").click()
    phone.wait_for_url("**/sign-in/**", timeout=5_000)
    assert time.monotonic() - began < 5
    expect(desk.locator(".said-success")).to_contain_text("Daniel Diaz is transferred")
    phone.goto(reverse("queue"))
    assert "/sign-in/" in phone.url
    assert "transfer" not in phone.content().lower()
    assert QueueEntry.objects.get(pk=comment.pk).held_by is None
    desk.get_by_role("link", name="Facebook").click()
    for _ in range(desk.locator(".removal-steps form").count()):
        desk.locator(".removal-steps form button").first.click()
    expect(desk.locator(".said-success")).to_contain_text("Confirmed")
    assert Removal.objects.outstanding().count() == 3


def test_without_redis_a_page_left_open_ends_at_its_next_request(
    sign_in: Any, commander: Member, officer: Member, make_comment: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_comment("Where do I apply?")
    phone = sign_in(officer, **PHONE)
    phone.goto(reverse("queue"))
    monkeypatch.setattr(live, "publish", lambda *args, **said: None)  # nothing is heard of it
    transfer(officer, by=commander, reason="Rotation.")
    phone.locator("#rows button").first.click()
    phone.wait_for_url("**/sign-in/**")


@pytest.mark.sop("B.1")
def test_the_chart_prints_on_one_page_black_on_white_whatever_the_screen(
    sign_in: Any, cast: list[Member], make_member: Any, auditor: Member
) -> None:
    for number in range(18):
        make_member(name=f"Officer With A Long Name {number}", reports_to=cast[2])
    page = sign_in(cast[0], dark=True)
    page.goto(reverse("chart"))
    for paper in ("A4", "Letter"):
        assert page.pdf(format=paper).count(b"/Type /Page\n") == 1, paper
    page.emulate_media(media="print")
    box = page.locator(".chart-box").first
    assert box.evaluate("box => getComputedStyle(box).color") == "rgb(0, 0, 0)"
    assert box.evaluate("box => getComputedStyle(box).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator(".top")).to_be_hidden()


@pytest.mark.sop("B.1")
def test_the_chart_is_one_nested_list_to_who_does_not_see_it(sign_in: Any, cast: list[Member]) -> None:
    page = sign_in(cast[3])
    page.goto(reverse("chart"))
    tree = page.get_by_role("list", name="Chain of command")
    expect(tree.get_by_role("listitem")).to_have_count(6)
    expect(tree.get_by_role("listitem").filter(has_text="Amara Cole").last.get_by_role("listitem")).to_have_count(3)
    page.keyboard.press("Tab")
    tree.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ruth Keller")


def test_the_commanders_pages_break_no_rule_of_accessibility_and_fit_a_phone(
    sign_in: Any, cast: list[Member], accounts: Any, hand_over: Any, auditor: Member
) -> None:
    commander, acting, _, officer, other, _ = cast
    hand_over(commander, acting)
    transfer(officer, by=commander, reason="Rotation.")
    removal = Removal.objects.first()
    assert removal is not None
    pages = [
        reverse("chart"),
        f"{reverse('chart')}?on=2020-01-01",
        reverse("transfer", args=[other.pk]),
        reverse("hand_over_command"),
        reverse("removals"),
        reverse("removal", args=[removal.pk]),
        reverse("member", args=[officer.pk]),
        reverse("account", args=[removal.account_id]),
    ]
    page = sign_in(commander)
    for address in pages:
        page.goto(address)
        assert trouble(page) == [], address
