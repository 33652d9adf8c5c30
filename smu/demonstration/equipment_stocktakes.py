"""What the demonstration's unit counted: everything, signed; one thing in a wrong place, and one missing."""

from __future__ import annotations

from equipment import stocktakes
from equipment.models import Item, StockTake
from equipment.stocktakes import Seen
from members.models import Member

BY, COUNTS = "acole", "ddiaz"  # user names of members.json: the Supervisor, an officer


def load_stock_takes() -> None:
    """By their own verbs, over the inventory that is there; a count that stands is left alone."""
    found = {one.username: one for one in Member.objects.serving().filter(username__in=[BY, COUNTS])}
    if len(found) < 2 or StockTake.objects.exists() or not Item.objects.exists():
        return
    by, officer = found[BY], found[COUNTS]
    take = stocktakes.begin(by=by, over=StockTake.Over.EVERYTHING)
    first, *others, _ = Item.objects.filter(pk__in=take.expected.values("item")).order_by("pk")
    stocktakes.see(take, first, by=officer, seen=Seen("office", "Desk by the door"))
    for item in others:
        stocktakes.see(take, item, by=officer, seen=Seen())
    stocktakes.see_unknown(take, "A card reader without a tag, black", by=officer, seen=Seen("office", "Cabinet A"))
    stocktakes.sign(take, by=by, remark="Counted with the doors locked.")
