"""The maintenance log (3.5): a work is begun, finished, and added to; it moves the state of its thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from equipment import inventory, recurring
from equipment.models import Item, KeptFile, Modification, Service, Work, WorkEntry, WorkFile
from equipment.warranty import void_warranty
from members.authority import require
from members.days import spoken_day
from members.kept_files import PAPERS, PICTURES, SHEETS, Kept
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState, record

TYPES = {**PICTURES, **PAPERS, **SHEETS}
LONGEST = 4000
MOST_FILES = 40  # of one work
MOST_DOLLARS = Decimal(10_000_000)
State = Item.State


@dataclass(frozen=True)
class Begun:
    """What was found, and who works on it. Without `out_on` the thing stays in service."""

    found: str
    found_on: date
    shop: str = ""
    hand: Member | None = None
    ticket: str = ""
    out_on: date | None = None
    expected_on: date | None = None
    service: Service | None = None
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Finished:
    """What was done, and how the thing came out of it: serviceable, or needing attention still."""

    done: str
    done_on: date
    back_on: date | None = None
    parts: str = ""
    cost: Decimal | None = None
    cost_for: str = ""
    under_warranty: bool = False
    outside: bool = False
    modification: Modification | None = None
    after: str = State.SERVICEABLE
    shop: str = ""
    hand: Member | None = None


def open_work(item: Item, begun: Begun, *, by: Member) -> Work:
    """Enter what was found; with `out_on` the thing is in maintenance from now. The same key gives the same work.

    Raises Refused, Invalid; WrongState where the thing is missing or gone.
    """
    require(by, Power.KEEP_EQUIPMENT)
    given = _begun(item, begun)
    with transaction.atomic():
        locked = _locked(item)
        made, new = Work.objects.get_or_create(key=begun.key, defaults={"item": locked, "opened_by": by, **given})
        if new:
            _here(locked)
            record("open", made, by=by, after=made.state)
            if made.out_on is not None and locked.state != State.MAINTENANCE:
                inventory.mark(locked, State.MAINTENANCE, by=by, reason=made.found[:500])
    return made


def change_work(work: Work, begun: Begun, *, by: Member) -> None:
    """Change an entry while it is open. Raises Refused, Invalid, WrongState."""
    require(by, Power.KEEP_EQUIPMENT)
    given = _begun(work.item, begun)
    with transaction.atomic():
        locked = _locked(work.item)
        before = _still_open(work, "change")
        if given["expected_on"] != before.expected_on:
            given["reminded_on"] = None
        Work.objects.filter(pk=work.pk).update(**given)
        record("change", work, by=by)
        if given["out_on"] is not None and locked.state in Item.GOES_OUT:
            inventory.mark(locked, State.MAINTENANCE, by=by, reason=given["found"][:500])
        elif given["out_on"] is None and before.out_on is not None:
            _bring_back(work, locked, State.ATTENTION, by=by, reason="It stays in service.")
    work.refresh_from_db()


def finish_work(work: Work, finished: Finished, *, by: Member) -> None:
    """Enter what was done: the thing goes back into service, its service counts anew, and the entry stands.

    What lies outside the maker's instructions needs an approved modification of this thing (3.6); where that voids the
    warranty, it is void from now. Raises Refused, Invalid, WrongState.
    """
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        locked = _locked(work.item)
        given = _finished(locked, finished, out_on=work.out_on, by_whom=(work.shop, work.hand))
        work.become(Work.State.DONE, verb="finish", by=by, expecting={"out_on": work.out_on}, **given, **_closed(by))
        _cost(work, finished, by=by)
        if work.service is not None:
            recurring.was_done(work.service, on=finished.done_on, by=by)
        _void(work, by=by)
        _bring_back(work, locked, finished.after, by=by, reason=work.done[:500])


def note_work(item: Item, begun: Begun, finished: Finished, *, by: Member) -> Work:
    """Enter what is over already, from an older log or on the spot: the state of the thing stays as it is.

    Raises Refused, Invalid.
    """
    require(by, Power.KEEP_EQUIPMENT)
    given = _begun(item, begun)
    with transaction.atomic():
        locked = _locked(item)
        given |= _finished(locked, finished, out_on=begun.out_on, by_whom=(begun.shop, begun.hand))
        given |= {"state": Work.State.DONE, "opened_by": by, "item": locked, **_closed(by)}
        made, new = Work.objects.get_or_create(key=begun.key, defaults=given)
        if new:
            record("note", made, by=by, after=made.state)
            _cost(made, finished, by=by)
            if made.service is not None:
                recurring.was_done(made.service, on=finished.done_on, by=by)
            _void(made, by=by)
    return made


def drop_work(work: Work, *, reason: str, by: Member, after: str = State.SERVICEABLE) -> None:
    """Close an entry that was made by mistake: it stays, and says why. Raises Refused, Invalid, WrongState.

    Where it had taken the thing out of service, that is `after` now.
    """
    require(by, Power.KEEP_EQUIPMENT)
    reason = _text(reason, "reason", "Say why it was a mistake.")
    with transaction.atomic():
        locked = _locked(work.item)
        work.become(
            Work.State.DROPPED, verb="drop", by=by, expecting={"out_on": work.out_on}, closing=reason, **_closed(by)
        )
        if work.out_on is not None and locked.state == State.MAINTENANCE:
            _bring_back(work, locked, after, by=by, reason=reason[:500])


def add_entry(work: Work, text: str, *, amount: Decimal | None, by: Member, key: UUID | None = None) -> WorkEntry:
    """Add a cost or a word, while it is open and later: what was entered wrongly is put right so, and no other way.

    Raises Refused, Invalid.
    """
    require(by, Power.KEEP_EQUIPMENT)
    text = _text(text, "text", "Say what for.", longest=500)
    if amount is not None and abs(amount) >= MOST_DOLLARS:
        raise Invalid("That is ten million dollars or more.", "amount")
    if work.state == Work.State.DROPPED:
        raise Invalid("It was entered by mistake: nothing is added to it.")
    with transaction.atomic():
        given = {"work": work, "text": text, "amount": amount, "by": by}
        made, new = WorkEntry.objects.get_or_create(key=key or uuid4(), defaults=given)
        if new:
            record("add_entry", work, by=by)
    return made


def add_files(work: Work, kept: list[Kept], *, by: Member) -> None:
    """Put files to it: a report, a bill, a photo; also when it is finished. Raises Refused, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    if not kept:
        raise Invalid("Choose a file.", "attached")
    with transaction.atomic():
        there = list(work.files.values_list("file__digest", flat=True))
        fresh = [one for one in kept if one.digest not in there]
        if len(there) + len(fresh) > MOST_FILES:
            raise Invalid(f"An entry holds {MOST_FILES} files at most.", "attached")
        for one in fresh:
            WorkFile.objects.create(work=work, file=KeptFile.of(one, by=by), by=by)
        record("add_files", work, by=by)


def cost_of(item: Item) -> Decimal:
    """What its maintenance has cost over its life; what was entered by mistake costs nothing."""
    entries = WorkEntry.objects.filter(work__item=item).exclude(work__state=Work.State.DROPPED)
    return entries.aggregate(all=Sum("amount"))["all"] or Decimal(0)


def _locked(item: Item) -> Item:
    return Item.objects.select_for_update(of=("self",)).get(pk=item.pk)


def _here(item: Item) -> None:
    if item.state in (*Item.MISSING, *Item.GONE):
        raise Invalid(f"It is {item.get_state_display()}: nothing can be done to it. Mark it as found first.")


def _still_open(work: Work, verb: str) -> Work:
    """The row as it is now, which is held. Raises WrongState where somebody closed it meanwhile."""
    now = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    if now.state != Work.State.OPEN:
        raise WrongState(work, verb)
    return now


def _closed(by: Member) -> dict[str, Any]:
    return {"closed_by": by, "closed_at": timezone.now()}


def _text(text: str, where: str, missing: str, *, longest: int = LONGEST) -> str:
    text = text.strip()
    if not text:
        raise Invalid(missing, where)
    if len(text) > longest:
        raise Invalid(f"At most {longest:,} characters.", where)
    return text


def _word(text: str, where: str, longest: int) -> str:
    text = " ".join(text.split())
    if len(text) > longest:
        raise Invalid(f"At most {longest} characters.", where)
    return text


def _past(day: date, where: str) -> date:
    if day > timezone.localdate():
        raise Invalid("That is after today.", where)
    return day


def _begun(item: Item, begun: Begun) -> dict[str, Any]:
    if begun.shop.strip() and begun.hand is not None:
        raise Invalid("A shop or a member works on it, not both.", "hand")
    if begun.service is not None and begun.service.item_id != item.pk:
        raise Invalid("That service is of another thing.", "service")
    if begun.expected_on is not None and begun.out_on is not None and begun.expected_on < begun.out_on:
        raise Invalid("It cannot be back before it was out.", "expected_on")
    return {
        "found": _text(begun.found, "found", "Say what was found."),
        "found_on": _past(begun.found_on, "found_on"),
        "shop": _word(begun.shop, "shop", 120),
        "hand": begun.hand,
        "ticket": _word(begun.ticket, "ticket", 60),
        "out_on": _past(begun.out_on, "out_on") if begun.out_on else None,
        "expected_on": begun.expected_on,
        "service": begun.service,
    }


def _finished(
    item: Item, finished: Finished, *, out_on: date | None, by_whom: tuple[str, Member | None]
) -> dict[str, Any]:
    shop, hand = (finished.shop.strip(), finished.hand) if finished.shop.strip() or finished.hand else by_whom
    if shop and hand is not None:
        raise Invalid("A shop or a member did it, not both.", "hand")
    if not shop and hand is None:
        raise Invalid("Say who did it: a shop, or a member.", "shop")
    return {
        "done": _text(finished.done, "done", "Say what was done."),
        "done_on": _past(finished.done_on, "done_on"),
        "parts": finished.parts.strip()[:LONGEST],
        "shop": _word(shop, "shop", 120),
        "hand": hand,
        "back_on": _back(finished, out_on),
        "under_warranty": _warranty(item, finished),
        **_handled(item, finished),
    }


def _back(finished: Finished, out_on: date | None) -> date | None:
    if out_on is None:
        return None
    back_on = _past(finished.back_on or finished.done_on, "back_on")
    if back_on < out_on:
        raise Invalid(f"It was out of service from {spoken_day(out_on)}: it cannot be back before.", "back_on")
    return back_on


def _warranty(item: Item, finished: Finished) -> bool:
    if not finished.under_warranty:
        return False
    void, until = item.warranty_void_on, item.warranty_until
    if void is not None and void <= finished.done_on:
        raise Invalid(f"The warranty is void since {spoken_day(void)}: enter it without.", "under_warranty")
    if until is not None and until < finished.done_on:
        raise Invalid(f"The warranty ended {spoken_day(until)}: enter it without.", "under_warranty")
    return True


def _handled(item: Item, finished: Finished) -> dict[str, Any]:
    if not finished.outside:
        return {"outside": False, "modification": None}
    asked = finished.modification
    if asked is None or asked.item_id != item.pk or asked.state != Modification.State.APPROVED:
        raise Invalid(
            "Outside the maker’s instructions only what was approved is done (S.O.P. 3.6): ask for it, and let another"
            " decide; then choose that decision here.",
            "modification",
        )
    return {"outside": True, "modification": asked}


def _cost(work: Work, finished: Finished, *, by: Member) -> None:
    if finished.cost is not None:
        WorkEntry.objects.create(work=work, text=_what_for(work, finished), amount=_dollars(finished.cost), by=by)


def _what_for(work: Work, finished: Finished) -> str:
    return " ".join(finished.cost_for.split())[:500] or ("Bill of " + work.shop if work.shop else "Parts and labour")


def _dollars(cost: Decimal) -> Decimal:
    if not 0 <= cost < MOST_DOLLARS:
        raise Invalid("A cost is nothing or more, and less than ten million dollars.", "cost")
    return cost


def _void(work: Work, *, by: Member) -> None:
    asked = work.modification
    if asked is None or not asked.decision.voids:
        return
    item = Item.objects.get(pk=work.item_id)
    if item.warranty_void_on is None and work.done_on is not None:
        void_warranty(item, on=work.done_on, reason=f"Modification {asked.pk}: {asked.what[:500]}", by=by)


def _bring_back(work: Work, item: Item, after: str, *, by: Member, reason: str) -> None:
    """Move the thing to `after`, where it is here and no other work keeps it out."""
    if after not in (State.SERVICEABLE, State.ATTENTION):
        raise Invalid("Say how it came out of it.", "after")
    others = Work.objects.filter(item=item, state=Work.State.OPEN, out_on__isnull=False).exclude(pk=work.pk)
    if item.state in (*Item.MISSING, *Item.GONE, after) or others.exists():
        return
    inventory.mark(item, after, by=by, reason=reason)
