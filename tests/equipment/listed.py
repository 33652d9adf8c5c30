"""A list that was given, a stock-take and a kit, by their keys in addresses: for the tests of all doors."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from equipment import importing, kits, stocktakes
from members.models import Member
from tests.equipment import acts


def of_lists(by: Member) -> dict[str, dict[str, Any]]:
    """By the names of their addresses."""
    thing = acts.item("Light", by=by)
    kit = kits.make_kit("Lights", by=by, items=[acts.item("Stand", by=by)])
    given = SimpleUploadedFile("list.csv", b"name,kind\nTripod,Tripod\n")
    batch = {"import_id": importing.begin(given, by=by).pk}
    take = {"take_id": stocktakes.begin(by=by, over="everything").pk}
    signed = stocktakes.begin(by=by, over="office")
    stocktakes.see(signed, thing, by=by, seen=stocktakes.Seen())
    stocktakes.sign(signed, by=by)
    return {
        **dict.fromkeys(("import_check", "import_columns", "import_confirm"), batch),
        "items_template": {"form": "csv"},
        "item_label": {"item_id": thing.pk},
        "kit_label": {"kit_id": kit.pk},
        **dict.fromkeys(
            ("stock_take", "count_stock_take", "see_in_stock_take", "sign_stock_take", "drop_stock_take"), take
        ),
        "stock_take_sheet": {"take_id": signed.pk},
        "mark_lost_of_stock_take": {"take_id": signed.pk},
    }
