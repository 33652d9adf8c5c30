"""The inventory's pages: what is typed comes back where it is refused; what stands there is found (3.2, 3.4)."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from equipment import able, custody, inventory
from equipment.models import Item, Kind, Kit, Receipt
from equipment.photos import keep_photo
from tests.equipment import acts
from tests.equipment.handed import out, photo

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.4")]
PDF = b"%PDF-1.7\n"


def picture(place=b""):
    drawn = io.BytesIO()
    image = Image.new("RGB", (40, 30), "red")
    exif = image.getexif()
    exif[0x010F] = "A Maker"
    image.save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


def test_a_thing_is_added_with_photo_instructions_and_a_new_kind(supervisor, browser_of):
    browser = browser_of(supervisor)
    typed = {
        "name": "  Field   camera ",
        "new_kind": "Camera",
        "maker": "Canon",
        "serial": "X-1",
        "capabilities": ["capture:video", "capture:image"],
        "value": "1299.00",
        "photo": SimpleUploadedFile("camera.jpg", picture()),
        "instructions": SimpleUploadedFile("manual.pdf", PDF),
    }
    answer = browser.post(reverse("add_item"), typed)
    item = Item.objects.get()
    assert answer["Location"] == item.get_absolute_url()
    assert (item.tag, item.name, item.capabilities) == ("SMU-00001", "Field camera", ["capture:image", "capture:video"])
    page = browser.get(item.get_absolute_url()).content.decode()
    assert "capture images, capture video" in page
    assert "$1,299.00" in page  # as it was taken in
    shown = browser.get(reverse("equipment_photo", args=[item.pk, item.photo_id]))
    drawn = b"".join(shown.streaming_content)
    assert (shown["Content-Type"], b"A Maker" in drawn) == ("image/jpeg", False)
    taken = browser.get(reverse("equipment_file", args=[item.instructions_id]))
    assert taken["Content-Disposition"].startswith("attachment")
    assert b"".join(taken.streaming_content) == PDF


def test_what_was_typed_stays_and_what_is_wrong_stands_beside_it(supervisor, camera, browser_of):
    browser = browser_of(supervisor)
    typed = {"name": "Another", "kind": camera.kind_id, "maker": "Canon", "serial": camera.serial, "remark": "Kept."}
    answer = browser.post(reverse("add_item"), typed)
    assert answer.status_code == 422
    assert f"is that of {camera} already." in str(answer.context["form"].errors["serial"])
    assert "Kept." in answer.content.decode()
    script = SimpleUploadedFile("manual.pdf", b"#!/bin/sh\n")
    answer = browser.post(reverse("add_item"), typed | {"serial": "Y", "instructions": script})
    assert "is not what its ending says" in str(answer.context["form"].errors["instructions"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = browser.post(reverse("add_item"), typed | {"serial": "Y", "acquired_on": tomorrow.isoformat()})
    assert "after today" in str(answer.context["form"].errors["acquired_on"])
    assert Item.objects.count() == 1


def test_a_change_says_why_and_a_stale_form_is_refused(supervisor, camera, browser_of):
    browser, door = browser_of(supervisor), reverse("change_item", args=[camera.pk])
    seen = browser.get(door).context["form"].initial
    typed = {name: "" if value is None else value for name, value in seen.items()} | {"model": "EOS R5"}
    assert browser.post(door, typed).status_code == 422
    assert browser.post(door, typed | {"reason": "Read wrongly."}).status_code == 302
    answer = browser.post(door, typed | {"model": "EOS R8", "reason": "Again."})
    assert answer.status_code == 409
    camera.refresh_from_db()
    assert camera.model == "EOS R5"
    assert "<del" in browser.get(camera.get_absolute_url()).content.decode()


def test_an_officer_reports_and_the_supervisor_retires_and_disposes(officer, supervisor, camera, browser_of):
    door = reverse("mark_item", args=[camera.pk])
    browser = browser_of(officer)
    states = browser.get(camera.get_absolute_url()).context["mark_form"].fields["state"].choices
    assert [value for value, _ in states] == ["needs_attention"]
    assert browser.post(door, {"state": "retired", "reason": "Old."}).status_code == 403
    assert browser.post(door, {"state": "needs_attention", "reason": "Dark screen."}).status_code == 302
    browser = browser_of(supervisor)
    assert browser.post(door, {"state": "disposed", "reason": "Old."}).status_code == 422
    assert browser.post(door, {"state": "retired", "reason": "Old."}).status_code == 302
    answer = browser.post(door, {"state": "disposed", "reason": "Old."})
    assert "how, when and to whom" in str(answer.context["mark_form"].errors["how"])
    gone = {"how": "auctioned", "gone_on": timezone.localdate().isoformat(), "to": "Lot 7"}
    assert browser.post(door, {"state": "disposed", "reason": "Old.", **gone}).status_code == 302
    camera.refresh_from_db()
    assert (camera.state, camera.changes.latest("pk").after["to whom"]) == ("disposed", "Lot 7")


def test_the_list_is_narrowed_and_searched(supervisor, camera, lens, browser_of):
    browser, door = browser_of(supervisor), reverse("equipment")

    def found(**asked):
        return {item.pk for item in browser.get(door, asked).context["page"].rows}

    assert found() == {camera.pk, lens.pk}
    assert found(q=camera.serial.replace("-", "")) == {camera.pk}
    assert found(q="rf 24") == {lens.pk}
    assert found(q="%_") == set()
    assert found(can="capture:image") == {camera.pk}
    assert found(kind=lens.kind_id, where="office") == {lens.pk}
    inventory.mark(lens, "retired", by=supervisor, reason="Broken.")
    assert found() == {camera.pk}
    assert found(state="all", kind="\u0663", after="rubbish") == {camera.pk, lens.pk}


def test_the_list_goes_out_as_files_that_no_spreadsheet_takes_for_formulas(supervisor, make_item, browser_of):
    make_item("=cmd|' /C calc'!A0", value=Decimal("12.50"), acquired_on=timezone.localdate())
    browser = browser_of(supervisor)
    text = b"".join(browser.get(reverse("equipment_list", args=["csv"])).streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["asset tag"], row["name"][:2], row["value"]) == ("SMU-00001", "'=", "12.50")
    body = b"".join(browser.get(reverse("equipment_list", args=["xlsx"])).streaming_content)
    head, cells = openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows()
    shown = {word.value: cell for word, cell in zip(head, cells, strict=True)}
    assert (shown["name"].data_type, shown["value"].value) == ("s", 12.5)
    assert shown["acquired on"].value.date() == timezone.localdate()
    assert browser.get(reverse("equipment_list", args=["pdf"])).status_code == 404


def test_one_receipt_for_several_items_and_each_item_to_its_receipts(supervisor, camera, lens, browser_of):
    browser = browser_of(supervisor)
    typed = {"supplier": "B&H", "number": "R-1", "on": "2026-01-05", "total": "2000"}
    lines = f"{camera.tag.lower()} 1,299.00\n{lens.tag}\n"
    file = SimpleUploadedFile("receipt.pdf", PDF)
    answer = browser.post(reverse("add_receipt"), typed | {"items": lines, "attached": file})
    receipt = Receipt.objects.get()
    assert answer["Location"] == receipt.get_absolute_url()
    assert {line.item: line.amount for line in receipt.lines.all()} == {camera: Decimal("1299.00"), lens: None}
    assert "B&amp;H R-1" in browser.get(lens.get_absolute_url()).content.decode()
    again = browser.post(reverse("add_receipt"), typed)
    assert "noted already" in str(again.context["form"].errors["number"])
    dear = browser.post(reverse("add_receipt"), typed | {"number": "R-2", "items": f"{camera.tag} 2000.01"})
    assert "more than the receipt" in str(dear.context["form"].errors["items"])
    torn = browser.post(
        reverse("add_receipt"),
        typed | {"number": "R-2", "items": "SMU-77777 1", "attached": SimpleUploadedFile("again.pdf", PDF)},
    )
    assert "No item has the tag SMU-77777." in str(torn.context["form"].errors["items"])
    assert Receipt.objects.count() == 1
    stood = torn.context["paper"]  # the file need not be chosen again
    assert f'name="stood" value="{stood.pk}"' in torn.content.decode()
    browser.post(reverse("add_receipt"), typed | {"number": "R-2", "stood": stood.pk})
    assert Receipt.objects.get(number="R-2").file == stood
    assert browser.post(reverse("withdraw_receipt", args=[receipt.pk]), {"why": "Of another unit."}).status_code == 302
    more = browser.post(reverse("add_to_receipt", args=[receipt.pk]), {"items": lens.tag})
    assert more.status_code == 409
    assert "Of another unit." in browser.get(receipt.get_absolute_url()).content.decode()


def test_a_kit_is_made_of_tags_and_holds_each_thing_once(supervisor, camera, lens, browser_of):
    browser = browser_of(supervisor)
    browser.post(reverse("make_kit"), {"name": "Kit A", "tags": f"{camera.tag}\n"})
    one = Kit.objects.get()
    answer = browser.post(reverse("make_kit"), {"name": "Kit B", "tags": camera.tag})
    assert "is in the kit “Kit A”" in str(answer.context["form"].errors["tags"])
    assert browser.post(reverse("put_in_kit", args=[one.pk]), {"tag": "torn off"}).status_code == 422
    assert browser.post(reverse("put_in_kit", args=[one.pk]), {"tag": lens.tag}).status_code == 302
    page = browser.get(one.get_absolute_url())
    assert [item for item, _ in page.context["rows"]] == [camera, lens]
    browser.post(reverse("take_out_of_kit", args=[one.pk, lens.pk]))
    browser.post(reverse("end_kit", args=[one.pk]))
    assert not Item.objects.filter(kit__isnull=False).exists()
    assert "put_in_kit" in {change.verb for change in lens.changes.all()}


@pytest.mark.sop("3.2")
def test_a_capability_with_nothing_serviceable_stands_out(supervisor, camera, browser_of):
    assert able.figures()["capture:image"].serviceable == 1
    line = able.lacking(supervisor)
    assert (line.count, line.tone) == (13, "bad")
    inventory.mark(camera, "needs_attention", by=supervisor, reason="Dark.")
    assert able.lacking(supervisor).count == 15
    browser = browser_of(supervisor)
    page = browser.get(reverse("capability_matrix")).content.decode()
    assert "none serves" in page
    assert page.count('data-word="audio"') == 5  # on a phone the heads of the columns are not seen
    assert "Equipment that the S.O.P. asks for" in browser.get(reverse("home")).content.decode()


def test_a_kind_says_what_its_things_begin_with(supervisor, officer, browser_of):
    browser = browser_of(supervisor)
    browser.post(reverse("kinds"), {"name": "Drone", "capabilities": ["capture:video"], "life_months": "48"})
    made = Kind.objects.get()
    assert acts.item(by=supervisor, kind=made).capabilities == ["capture:video"]
    other = acts.kind("Light")
    answer = browser.post(reverse("kind", args=[other.pk]), {"name": "drone"})
    assert "There is a kind “drone” already." in str(answer.context["form"].errors["name"])
    assert browser_of(officer).post(reverse("kinds"), {"name": "Boat"}).status_code == 403


@pytest.mark.sop("3.7")
def test_every_hand_over_of_a_thing_is_found_with_its_photo(camera, officer, browser_of):
    first = None
    for number in range(6):
        out(camera, by=officer, purpose=f"Parade {number}")
        kept = keep_photo(photo(), by=officer) if number == 0 else None
        [back] = custody.check_in([camera], by=officer, condition="good", photo=kept, key=uuid4())
        first = first or back
    browser, all_of_it = browser_of(officer), reverse("handovers", args=[camera.pk])
    page = browser.get(camera.get_absolute_url()).content.decode()
    assert "Parade 0" not in page
    assert f'href="{all_of_it}"' in page
    whole = browser.get(all_of_it).content.decode()
    assert [f"Parade {number}" in whole for number in range(6)] == [True] * 6
    assert reverse("handover_proof", args=[first.pk, "photo"]) in whole
    further = browser.get(all_of_it, {"after": first.pk}).content.decode()
    assert ("Parade 0" in further, "Parade 1" in further) == (True, False)
