"""What of the stock-takes waits for a member."""

from __future__ import annotations

from django.urls import reverse

from equipment.models import StockTake
from members.models import Member
from members.powers import Power
from members.waiting import Line, Waits


def not_signed(member: Member) -> Line | None:
    """Counts that stand open: they are counted on, and signed (3.4)."""
    found = StockTake.objects.open().order_by("begun_at")
    oldest = found.first()
    if oldest is None:
        return None
    says = "Count on, then sign: what is not seen is missing."
    word = "Stock-takes not signed yet"
    return Line(word, found.count(), reverse("stock_takes"), since=oldest.begun_at, icon="clipboard-list", says=says)


LINES = (Waits(not_signed, power=Power.KEEP_EQUIPMENT),)
