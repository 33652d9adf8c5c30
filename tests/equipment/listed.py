"""A list that was given, stock-takes and a kit: for the tests of every address and of every page."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from equipment import importing, kits, stocktakes
from equipment.models import StockTake
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
        "put_right_of_stock_take": {"take_id": signed.pk},
    }


def counted(by: Member, counter: Member, *, words: str) -> None:
    """A stock-take over everything that is there, in which something is seen that nobody knows."""
    take = stocktakes.begin(by=by, over="everything")
    seen = stocktakes.Seen("office", words[:120])
    stocktakes.see(take, take.expected.latest("pk").item, by=counter, seen=seen)
    stocktakes.see_unknown(take, words[:200], by=counter, seen=seen)


def pages() -> dict[str, str]:
    """Those of the stock-take."""
    take = StockTake.objects.latest("pk")
    return {"stock-take": take.get_absolute_url(), "counting": reverse("count_stock_take", args=[take.pk])}
