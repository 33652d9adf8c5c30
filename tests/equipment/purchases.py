"""Purchases by the product's own verbs, for tests: a proposal at each step of its road."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from equipment import purchasing, purchasing_orders, receipts
from equipment.models import Delivery, KeptFile, OrderSending, Proposal, Receipt
from equipment.purchasing import Line, Offer, Wish
from equipment.purchasing_orders import Came
from members.kept_files import PAPERS, keep
from members.models import Member
from tests.equipment.acts import kind

PDF = b"%PDF-1.4 a paper"


def paper(name: str = "quote.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, PDF, "application/pdf")


def kept(by: Member, name: str = "quote.pdf") -> KeptFile:
    """One that lies in its place."""
    return KeptFile.of(keep([paper(name)], PAPERS)[0], by=by)


def wish(by: Member, **more: Any) -> Wish:
    """Two cameras and a box of cards, with a quote."""
    return replace(
        Wish(
            "Two cameras",
            "Full frame, 4K at 60 frames, two card slots; fits our RF lenses.",
            "The two that we have are worn out: every week one is at the shop.",
            "Repair costs more than they are worth; the city lends none.",
            Decimal("25.50"),
            [
                Line("Camera R6", 2, Decimal("2499.00"), kind("Camera"), "Canon", "EOS R6"),
                Line("Box of cards", 3, Decimal("89.90")),
            ],
            [Offer("Bay Photo", Decimal("5293.20"), timezone.localdate(), chosen=True, file=kept(by))],
        ),
        **more,
    )


def proposal(by: Member, **more: Any) -> Proposal:
    """One that is being written."""
    return purchasing.write(wish(by, **more), by=by)


def submitted(by: Member, **more: Any) -> Proposal:
    """One that waits for a decision."""
    made = proposal(by, **more)
    hand_in(made, by)
    return Proposal.objects.get(pk=made.pk)


def hand_in(made: Proposal, by: Member) -> None:
    """Hand in what stands."""
    assert made.version is not None
    purchasing.submit(made, by=by, on=made.version.number)


def decided(made: Proposal, by: Member, verdict: str = "approve", reason: str = "") -> Proposal:
    """The same after the Commander's decision on what stands."""
    assert made.version is not None
    purchasing.decide(made, verdict, by=by, seen_as=made.version.seen_as, reason=reason)
    return Proposal.objects.get(pk=made.pk)


def approved(by: Member, commander: Member, **more: Any) -> Proposal:
    """One that may be ordered."""
    return decided(submitted(by, **more), commander)


def drawn(by: Member, commander: Member, **more: Any) -> Proposal:
    """One with its purchase order."""
    made = approved(by, commander, **more)
    purchasing_orders.draw_up(made, by=by)
    return Proposal.objects.get(pk=made.pk)


def ordered(by: Member, commander: Member, **more: Any) -> Proposal:
    """One that the Budget Unit ordered."""
    made = drawn(by, commander, **more)
    purchasing_orders.hand_over(made, by=by, to="Mrs. Alvarez, Budget Unit")
    purchasing_orders.place(made, by=by, reference="B-77")
    return Proposal.objects.get(pk=made.pk)


def receipt(made: Proposal, by: Member) -> Receipt:
    """The supplier's receipt of an order."""
    order = made.order
    assert order is not None
    today = timezone.localdate()
    file = KeptFile.objects.filter(name="receipt.pdf").first() or kept(by, "receipt.pdf")
    return receipts.keep_receipt(by=by, supplier=order.supplier, on=today, total=Decimal("5293.20"), file=file)


def came(made: Proposal, *counts: int, serials: dict[int, list[str]] | None = None) -> list[Came]:
    """So many of each line, in their order."""
    assert made.version is not None
    lines = made.version.lines.select_related("kind")
    things = {n: [purchasing_orders.Thing(one) for one in found] for n, found in (serials or {}).items()}
    return [
        Came(line, count, things.get(number, ()))
        for number, (line, count) in enumerate(zip(lines, counts, strict=False))
        if count
    ]


def receive(made: Proposal, by: Member, *counts: int, **more: Any) -> Delivery:
    """Take in so many of each line, with a receipt."""
    found = came(made, *counts, serials=more.pop("serials", None))
    more = {"on": timezone.localdate(), "key": uuid.uuid4(), **more}
    return purchasing_orders.receive(made, found, lambda: receipt(made, by), by=by, **more)


def mailed(made: Proposal, by: Member) -> OrderSending:
    """An order on its way by e-mail."""
    purchasing_orders.keep_budget_unit("Budget Unit", "budget@bayside.example", "1 Bay Street", by=by)
    return purchasing_orders.send(made, by=by)


def purchasing_world(by: Member, commander: Member) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """For the table of addresses: keys of things, those of single addresses, and what is typed there."""
    waits, comes, open_one = submitted(by), ordered(by, commander), proposal(by)
    assert waits.version is not None
    quote = waits.version.quotes.get()
    of_route = {
        "receive_purchase": {"purchase_id": comes.pk},
        "change_purchase": {"purchase_id": open_one.pk},
        "act_on_purchase": {"purchase_id": open_one.pk, "verb": "withdraw"},
    }
    typed = {
        "decide_purchase": {"digest": waits.version.seen_as, "verdict": "return", "reason": "A second quote."},
        "act_on_purchase": {"reason": "The city lends us two."},
        "write_purchase": {"title": "A drone"},
        "change_purchase": {"title": "A drone", "on": 1},
        "budget_unit": {"name": "Budget Unit"},
    }
    return {"purchase_id": waits.pk, "paper_id": quote.file_id}, of_route, typed


def hostile_purchase(words: list[str], by: Member) -> None:
    """One that waits for a decision and says in each place what nobody should."""
    said = {"description": words[0], "reason": words[2], "alternatives": words[3]}
    lines = [Line(one[:120], 1, Decimal("1.00"), kind("Camera"), one[:80], one[:80]) for one in words]
    quotes = [Offer(words[2][:120], Decimal("4.00"), chosen=True, file=kept(by, f"{'w' * 140}.pdf"))]
    submitted(by, title=words[2][:120], lines=lines, quotes=quotes, **said)


def pages() -> dict[str, str]:
    """The pages of purchases: all, and the one to decide."""
    waits = Proposal.objects.filter(state=Proposal.State.SUBMITTED).latest("pk")
    return {"purchases": reverse("purchases"), "purchase to decide": waits.get_absolute_url()}
