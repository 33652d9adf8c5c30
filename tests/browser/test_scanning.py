"""Labels read by the camera inside the page (ruling 32): counted one after the other, or opened."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
import segno
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from equipment import stocktakes
from members.models import Member
from tests.browser.looking import trouble, violations
from tests.equipment import acts
from tests.live import CAMERA

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("3.4", "3.7")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "permissions": ["camera"]}


@pytest.fixture
def before_the_camera() -> Iterator[Callable[..., None]]:
    """`before_the_camera(a, b)` holds these labels before it, one after the other, again and again."""

    def hold(*links: str) -> None:
        CAMERA.write_bytes(b"".join(jpeg * 15 for jpeg in [_held(link) for link in links]))

    yield hold
    CAMERA.unlink(missing_ok=True)


def _held(link: str) -> bytes:
    label = io.BytesIO()
    segno.make(link, micro=False).save(label, kind="png", scale=8, border=4)
    seen = Image.new("RGB", (640, 480), "#78716c")
    seen.paste(Image.open(label).convert("RGB"), (150, 90))
    data = io.BytesIO()
    seen.save(data, "JPEG", quality=85)
    return data.getvalue()


def test_labels_are_counted_one_after_the_other_without_leaving_the_page(
    sign_in: Callable[..., Page], supervisor: Member, officer: Member, before_the_camera: Callable[..., None]
) -> None:
    camera, lens = acts.item("Field camera", by=supervisor), acts.item("Long lens", by=supervisor)
    take = stocktakes.begin(by=supervisor, over="everything")
    before_the_camera(*(f"https://unit.example{reverse('label', args=[one.code])}" for one in (camera, lens)))
    page = sign_in(officer, **PHONE)
    page.goto(reverse("count_stock_take", args=[take.pk]))
    page.get_by_role("button", name="Scan labels").tap()
    expect(page.locator("#scan-figures")).to_contain_text("2 seen, 2 expected")
    expect(page.locator("#scan-seen")).to_contain_text("Field camera")
    expect(page.locator("#scan-seen")).to_contain_text("Long lens")
    assert violations(page) == []
    assert trouble(page) == []
    page.get_by_role("button", name="Close the camera").tap()
    expect(page.locator("video")).to_be_hidden()
    outcome = stocktakes.outcome(take)
    assert {one.item.pk for one in outcome.found} == {camera.pk, lens.pk}


def test_a_label_opens_its_thing_and_a_foreign_code_opens_nothing(
    sign_in: Callable[..., Page], supervisor: Member, officer: Member, before_the_camera: Callable[..., None]
) -> None:
    camera = acts.item("Field camera", by=supervisor)
    label = reverse("label", args=[camera.code])
    page = sign_in(officer, **PHONE)
    before_the_camera("https://elsewhere.example/win")
    page.goto(reverse("custody"))
    page.get_by_role("button", name="Scan a label").tap()
    expect(page.get_by_text("That is no label of the unit.")).to_be_visible()
    page.get_by_role("button", name="Close the camera").tap()
    before_the_camera(f"https://unit.example{label}")
    page.get_by_role("button", name="Scan a label").tap()
    page.wait_for_url(f"**{label}")
