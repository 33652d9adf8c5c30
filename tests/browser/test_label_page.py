"""An officer at the trunk of a car with a phone (3.7): two taps, on a connection that breaks; nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from equipment.models import Custody, Handover
from members.models import Member
from tests.browser.looking import trouble, violations
from tests.equipment import acts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("3.7")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_two_taps_take_it_and_a_broken_connection_does_nothing_twice(
    sign_in: Callable[..., Page], supervisor: Member, officer: Member
) -> None:
    camera = acts.item("Field camera", by=supervisor, maker="Canon", model="EOS R6")
    page = sign_in(officer, **PHONE)
    page.goto(reverse("label", args=[camera.code]))
    assert violations(page) == []
    assert trouble(page) == []

    lost: list[str] = []

    def loses_the_first_answer(route: Route) -> None:
        """The first time the unit has it, and the phone never hears of it."""
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    page.route("**/take", loses_the_first_answer)
    page.get_by_text("Covering an event").tap()
    page.get_by_role("button", name="Take it").tap()
    expect(page.get_by_text("You have it", exact=True)).to_be_visible()
    assert lost
    assert Handover.objects.count() == 1

    page.route("**/move", lambda route: route.abort())
    page.get_by_text("It is elsewhere").tap()
    page.get_by_role("button", name="Note it").tap()
    expect(page.get_by_text("No connection.")).to_be_in_viewport()
    page.reload()
    expect(page.get_by_text("This may not have arrived yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Note it")).to_be_visible()
    page.unroute("**/move")

    page.get_by_text("Sign on the screen").tap()
    box = page.locator(".signature-pad").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 80)
    page.mouse.up()
    assert violations(page) == []
    assert trouble(page) == []
    page.get_by_role("radio", name="As it went out").tap()
    page.get_by_role("button", name="Return it").tap()
    expect(page.get_by_text("In the office", exact=True)).to_be_visible()
    assert not Custody.objects.open().exists()
    assert Handover.objects.get(way="in").signature is not None
