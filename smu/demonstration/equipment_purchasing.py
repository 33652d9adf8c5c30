"""What the demonstration's unit buys: a proposal to decide, one that came back, and one that is coming in."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from equipment import inventory, purchasing, purchasing_orders
from equipment.models import KeptFile, Proposal
from equipment.purchasing import Line, Offer, Wish
from equipment.purchasing_orders import Came, Thing
from equipment.receipts import keep_receipt
from members.kept_files import PAPERS, keep
from members.models import Member
from smu.demonstration import read


def load_purchases() -> None:
    """By the product's own verbs, in the names of its Supervisor and Commander; what stands already is left alone."""
    names = ("rkeller", "acole")
    found = {member.username: member for member in Member.objects.serving().filter(username__in=names)}
    if len(found) < len(names) or Proposal.objects.exists():
        return
    commander, supervisor = (found[name] for name in names)
    given = read("equipment_purchasing")
    unit = given["budget_unit"]
    purchasing_orders.keep_budget_unit(unit["name"], unit["email"], unit["deliver_to"], by=supervisor)
    for one in given["proposals"]:
        _proposal(one, by=supervisor, commander=commander)


def _proposal(one: dict[str, Any], *, by: Member, commander: Member) -> None:
    made = purchasing.write(_wish(one, by), by=by)
    purchasing.submit(made, by=by, on=1)
    made = Proposal.objects.get(pk=made.pk)
    verdict = one.get("verdict")
    if verdict is None or made.version is None:
        return
    purchasing.decide(made, verdict, by=commander, seen_as=made.version.seen_as, reason=one["reason_of_it"])
    if "came" in one:
        _buy(Proposal.objects.get(pk=made.pk), one["came"], by)


def _buy(made: Proposal, came: dict[str, Any], by: Member) -> None:
    """Ordered a while ago; a part of it came."""
    today = timezone.localdate()
    order = purchasing_orders.draw_up(made, by=by)
    purchasing_orders.hand_over(made, by=by, to=came["handed_to"])
    made.refresh_from_db()
    purchasing_orders.place(made, by=by, reference=came["reference"], expected_on=today + timedelta(days=5))
    line = order.version.lines.select_related("kind").get(number=1)
    things = [Thing(serial) for serial in came["serials"]]
    receipt = keep_receipt(
        by=by,
        supplier=order.supplier,
        number=came["receipt"],
        on=today,
        total=line.cost * len(things),
        file=_paper(f"receipt {came['receipt']}", by),
    )
    purchasing_orders.receive(
        made, [Came(line, len(things), things)], lambda: receipt, by=by, on=today, key=uuid.uuid4()
    )


def _wish(one: dict[str, Any], by: Member) -> Wish:
    lines = [
        Line(
            line["what"],
            line["count"],
            Decimal(line["cost"]),
            inventory.add_kind(line["kind"], by=by) if line["kind"] else None,
            line["maker"],
            line["model"],
        )
        for line in one["lines"]
    ]
    on = timezone.localdate() - timedelta(days=6)
    quotes = [
        Offer(quote["supplier"], Decimal(quote["amount"]), on, number == 0, _paper(f"quote {quote['supplier']}", by))
        for number, quote in enumerate(one["quotes"])
    ]
    words = {name: one[name] for name in ("title", "description", "reason", "alternatives")}
    return Wish(**words, freight=Decimal(one["freight"]), lines=lines, quotes=quotes)


def _paper(name: str, by: Member) -> KeptFile:
    text = f"{name}, of a fictional supplier.\n".encode()
    (kept,) = keep([SimpleUploadedFile(f"{name}.txt", text)], PAPERS)
    return KeptFile.of(kept, by=by)
