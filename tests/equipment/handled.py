"""Modifications by the product's own verbs, for tests: asked for, decided, and carried out."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from equipment import handling
from equipment.models import Item, Modification, Work, WorkEntry
from members.models import Member
from tests.equipment import acts


def asked(item: Item, *, by: Member, words: str = "Drill it", voids: bool = True) -> Modification:
    """One that waits."""
    return handling.ask(item, what=words, against=words, why=words, voids=voids, by=by)


def approved(item: Item, *, asker: Member, by: Member, voids: bool = True) -> Modification:
    """One that may be carried out."""
    made = asked(item, by=asker, voids=voids)
    handling.decide(made, approves=True, voids=voids, reason="No other way.", by=by)
    return Modification.objects.get(pk=made.pk)


def work(item: Item, *, by: Member, costs: tuple[str, ...] = (), **more: Any) -> Work:
    """An entry of the log, with what was paid for it."""
    made = Work.objects.create(item=item, opened_by=by, **{"found": "Dusty", "found_on": timezone.localdate(), **more})
    for amount in costs:
        WorkEntry.objects.create(work=made, text="Parts", amount=amount, by=by)
    return made


def handling_world(by: Member, asker: Member) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """For the table of addresses: keys of things, those of single addresses, and what is typed there."""
    item = acts.item("Drilled tripod", by=by)
    made = asked(item, by=asker)
    of_item = {"item_id": item.pk}
    of_route = {
        "decide_modification": {"asked_id": made.pk, "verb": "approve"},
        **dict.fromkeys(("ask_modification", "void_warranty", "let_warranty_stand"), of_item),
    }
    typed = {
        "decide_modification": {"reason": "No other way."},
        "ask_modification": {"what": "Saw it", "against": "Page 8", "why": "It slips."},
        "let_warranty_stand": {"reason": "Another camera was meant."},
        "void_warranty": {"on": timezone.localdate().isoformat(), "reason": "The seal is broken."},
    }
    return {"asked_id": made.pk}, of_route, typed


def hostile_modification(words: str, *, by: Member) -> None:
    """One that waits, and whose thing's warranty is void, with `words` wherever somebody writes."""
    item = acts.item(words[:80], by=by)
    longest = words[: handling.LONGEST]
    asked(item, by=by, words=longest)
    handling.void_warranty(item, on=timezone.localdate(), reason=longest, by=by)


def pages() -> dict[str, str]:
    """The page of one that waits, and the things of the outlook that lack something."""
    made = Modification.objects.latest("pk")
    return {
        "modification": made.get_absolute_url(),
        "thing whose warranty is void": made.item.get_absolute_url(),
        "outlook": f"{reverse('outlook')}?year=unknown",
    }
