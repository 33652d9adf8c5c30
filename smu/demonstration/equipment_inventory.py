"""What the demonstration's unit owns: things with their tags, a kit, receipts, and one that needs attention."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from reportlab.pdfgen.canvas import Canvas

from equipment import inventory
from equipment.kits import make_kit
from equipment.models import Item, Kind
from equipment.receipts import keep_receipt
from members.models import Member
from smu.demonstration import read

BY = "acole"  # user name of members.json: the Supervisor


def load_inventory() -> None:
    """By the Supervisor's own verbs; where there is any inventory it is left alone."""
    by = Member.objects.serving().filter(username=BY).first()
    if by is None or Item.objects.exists():
        return
    given = read("equipment")
    kinds = {one["name"]: inventory.add_kind(by=by, **one) for one in given["kinds"]}
    items = {one["name"]: _item(one, kinds, by) for one in given["items"]}
    make_kit(given["kit"]["name"], by=by, items=[items[name] for name in given["kit"]["items"]])
    for one in given["receipts"]:
        _receipt(one, items, by)
    attention = given["attention"]
    inventory.mark(items[attention["item"]], Item.State.ATTENTION, by=by, reason=attention["reason"])


def _day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _item(one: dict[str, Any], kinds: dict[str, Kind], by: Member) -> Item:
    fields = {name: one[name] for name in ("name", "maker", "model", "supplier", "office_place")}
    more = {name: one.get(name, "") for name in ("serial", "instructions_link")}
    until = timezone.localdate() + timedelta(days=one["warranty_days"]) if "warranty_days" in one else None
    bought = {"value": Decimal(one["value"]), "acquired_on": _day(one["days"]), "warranty_until": until}
    return inventory.add_item(by=by, kind=kinds[one["kind"]], **fields, **more, **bought)


def _receipt(one: dict[str, Any], items: dict[str, Item], by: Member) -> None:
    """With a paper as the supplier would have printed it."""
    bought = {items[name]: items[name].value for name in one["items"]}
    drawn = io.BytesIO()
    page = Canvas(drawn)
    lines = [one["supplier"], f"Receipt {one['number']}", _day(one["days"]).strftime("%B %d, %Y"), ""]
    lines += [f"{item.maker} {item.model}: ${value}" for item, value in bought.items()]
    for row, line in enumerate([*lines, "", f"Total: ${one['total']}"]):
        page.drawString(72, 760 - 18 * row, line)
    page.save()
    file = SimpleUploadedFile(f"receipt-{one['number']}.pdf", drawn.getvalue())
    words = {name: one[name] for name in ("supplier", "number")}
    keep_receipt(by=by, on=_day(one["days"]), total=Decimal(one["total"]), file=file, items=bought, **words)
