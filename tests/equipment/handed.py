"""Things in somebody's hands by the product's own verbs, for tests of other rooms."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from equipment import custody, found
from equipment.models import Item
from equipment.photos import keep_photo
from members.models import Member
from tests.equipment import acts

OF_ONE = ("label", "label_take", "label_return", "label_pass", "label_move", "report_found")


def out(item: Item, *, by: Member, to: Member | None = None, purpose: str = "Parade") -> None:
    """For a day."""
    due = timezone.now() + timedelta(days=1)
    custody.check_out([item], by=by, to=to or by, place="field", due_back=due, purpose=purpose, key=uuid4())


def photo() -> SimpleUploadedFile:
    """As a phone's camera gives one."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(drawn, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", drawn.getvalue())


def custody_world(supervisor: Member, officer: Member) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """For the table of addresses: keys of things, those of single addresses, and what is typed there."""
    here, handed, brought = (acts.item(name, by=supervisor) for name in ("Microphone", "Tripod", "Light"))
    out(handed, by=supervisor, to=officer)
    out(brought, by=officer)
    kept = keep_photo(photo(), by=officer)
    [back] = custody.check_in([brought], by=officer, condition="good", photo=kept, key=uuid4())
    report = found.report(here, where="Bayside Park")
    of_one = {"code": here.code}
    of_route: dict[str, Any] = dict.fromkeys(OF_ONE, of_one)
    of_route["label_accept"] = {"code": handed.code}
    of_route["settle_found"] = {"report_id": report.pk}
    of_route["handovers"] = {"item_id": brought.pk}
    of_route["handover_proof"] = {"handover_id": back.pk, "which": "photo"}
    return {}, of_route, {"settle_found": {"outcome": ""}}
