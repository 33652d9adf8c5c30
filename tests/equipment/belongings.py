"""A small inventory for the tests of every address and of every page."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from equipment.kits import make_kit
from equipment.models import Item, Kit, Receipt
from equipment.photos import keep_instructions, keep_photo
from equipment.receipts import keep_receipt
from members.models import Member
from tests.equipment import acts

_OF_AN_ITEM = ("equipment_item", "change_item", "mark_item", "take_out_of_kit", "equipment_photo")


def photo() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
    return SimpleUploadedFile("camera.png", drawn.getvalue())


def belongings(by: Member, *, words: str = "Camera") -> tuple[Item, Kit, Receipt]:
    """A camera with its photo, its instructions, its kit and its receipt; `words` stand wherever words may."""
    files = {
        "photo": keep_photo(photo(), by=by),
        "instructions": keep_instructions(SimpleUploadedFile("manual.pdf", b"%PDF-1.7\n"), by=by),
    }
    short = dict.fromkeys(("maker", "model", "supplier", "office_place"), words[:80])
    kind = acts.kind(words[:80], "capture:image", life_months=48)
    item = acts.item(words[:120], by=by, kind=kind, remark=words, **short, **files)
    acts.item(f"Strap {words}"[:120], by=by, kind=kind, belongs_to=item)
    total = Decimal("1299.00")
    receipt = keep_receipt(by=by, supplier=words[:120], on=date(2026, 1, 5), total=total, items={item: total})
    return item, make_kit(words[:120], by=by, items=[item]), receipt


def inventory_world(by: Member) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """What addresses name, by address; what only some name; what is typed there."""
    item, kit, receipt = belongings(by)
    loose = acts.item("Tripod", by=by)
    of_item = {"item_id": item.pk, "kit_id": kit.pk, "file_id": item.photo_id}
    of_route = dict.fromkeys(_OF_AN_ITEM, of_item) | {
        "equipment_list": {"form": "csv"},
        "equipment_file": {"file_id": item.instructions_id},
    }
    typed = {
        "mark_item": {"state": "needs_attention", "reason": "The screen is dark."},
        "several_things": {"item": [item.pk, loose.pk], "does": "change", "supplier": "B&H", "reason": "Said so."},
        "put_in_kit": {"tag": loose.tag},
        "rename_kit": {"name": "Kit 2"},
        "add_to_receipt": {"items": loose.tag},
        "withdraw_receipt": {"why": "Of another unit."},
    }
    return {"kit_id": kit.pk, "kind_id": item.kind_id, "receipt_id": receipt.pk}, of_route, typed


def pages() -> dict[str, str]:
    """The pages of one of each."""
    receipt = Receipt.objects.latest("pk")
    item = receipt.lines.get().item
    return {
        "thing of the unit": item.get_absolute_url(),
        "change of a thing": reverse("change_item", args=[item.pk]),
        "hand-overs": reverse("handovers", args=[item.pk]),
        "several things": f"{reverse('several_things')}?fits=1",
        "kit": Kit.objects.latest("pk").get_absolute_url(),
        "receipt": receipt.get_absolute_url(),
    }
