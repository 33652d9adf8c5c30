"""Stock-takes (3.4, 3.7): begun over a place or everything, counted by phone by anybody in the unit, signed.

What a count comes to follows from two tables of facts alone, what was expected and what was seen: it is the same years
later, wherever the things have gone since.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from equipment import inventory
from equipment.models import Custody, Expected, Item, ItemChange, Place, Sighting, StockTake
from members.authority import require
from members.days import spoken_day
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState, record

LONGEST_WHERE = 120
_IN_THE_OFFICE = (Item.State.SERVICEABLE, Item.State.ATTENTION, Item.State.MAINTENANCE)
OPEN_CUSTODY = Prefetch(
    "custodies", Custody.objects.filter(ended_at=None).select_related("holder"), to_attr="open_custodies"
)


@dataclass(frozen=True)
class Where:
    """A place, in words too."""

    place: str
    where: str = ""  # in the office, or the number of the vehicle
    holder: str = ""

    def __str__(self) -> str:
        if self.place == Place.TRUNK:
            return f"trunk of {self.where}" + (f", with {self.holder}" if self.holder else "")
        if self.place == Place.FIELD:
            return f"with {self.holder or self.where or 'a member'}"
        return f"office, {self.where}" if self.where else "office"

    def is_at(self, seen: Sighting) -> bool:
        """Whether a thing of this place was seen there: a sighting that names no place is one where it belongs."""
        if not seen.place:
            return True
        if seen.place != self.place:
            return False
        here = self.holder if self.place == Place.FIELD else self.where
        return not seen.where or not here or seen.where.casefold() == here.casefold()


def where_is(item: Item) -> Where:
    """Where the inventory says that it is, now."""
    found: list[Custody] | None = getattr(item, "open_custodies", None)
    if found is None:
        found = list(Custody.objects.filter(item=item, ended_at=None).select_related("holder"))
    if not found:
        return Where(Place.OFFICE, item.office_place)
    return Where(found[0].place, found[0].vehicle, found[0].holder.name)


def begin(*, by: Member, over: str, place: str = "", member: Member | None = None) -> StockTake:
    """Begin a count, and set down what it expects, and where. Raises Refused, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    if over not in StockTake.Over.values:
        raise Invalid("Choose what is counted.", "over")
    of_places = over in {StockTake.Over.OFFICE, StockTake.Over.TRUNKS}
    member = member if over == StockTake.Over.MEMBER else None
    if over == StockTake.Over.MEMBER and member is None:
        raise Invalid("Choose the member whose things are counted.", "member")
    place = " ".join(place.split())[:LONGEST_WHERE] if of_places else ""
    same = StockTake.objects.open().filter(over=over, place__iexact=place, member=member).first()
    if same is not None:
        raise Invalid(f"{same.begun_by.name} counts this already: go on with that stock-take, or end it first.", "over")
    with transaction.atomic():
        take = StockTake.objects.create(over=over, place=place, member=member, begun_by=by)
        items = _counted(take).prefetch_related(OPEN_CUSTODY).order_by("pk")
        expected = [_expected(take, item) for item in items.iterator(2000)]
        if not expected and over != StockTake.Over.EVERYTHING:
            raise Invalid("By the inventory there is nothing in this place: is it written as it is there?", "place")
        Expected.objects.bulk_create(expected, batch_size=2000)
        record("begin", take, by=by, after=take.state)
    return take


def _counted(take: StockTake) -> Any:
    """The items that a count expects: what the unit owns and does not look for."""
    items = Item.objects.exclude(state__in=(*Item.GONE, *Item.MISSING))
    out = Custody.objects.filter(ended_at=None)
    match take.over:
        case StockTake.Over.OFFICE:
            items = items.exclude(pk__in=out.values("item"))
            return items.filter(office_place__iexact=take.place) if take.place else items
        case StockTake.Over.TRUNKS:
            out = out.filter(place=Place.TRUNK)
            return items.filter(pk__in=(out.filter(vehicle__iexact=take.place) if take.place else out).values("item"))
        case StockTake.Over.MEMBER:
            return items.filter(pk__in=out.filter(holder=take.member).values("item"))
    return items


def _expected(take: StockTake, item: Item) -> Expected:
    found: Sequence[Custody] = item.open_custodies  # type: ignore[attr-defined]  # as OPEN_CUSTODY puts it there
    if not found:
        return Expected(take=take, item=item, place=Place.OFFICE, where=item.office_place, state=item.state)
    out = found[0]
    return Expected(take=take, item=item, place=out.place, where=out.vehicle, holder=out.holder, state=item.state)


# --- counting ---


@dataclass(frozen=True)
class Seen:
    """What a counter says: where, and by which form."""

    place: str = ""
    where: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def see(take: StockTake, item: Item, *, by: Member, seen: Seen, taken_back: bool = False) -> Sighting:
    """Note that `by` saw a thing, or with `taken_back` that he did not, after all. Sent twice, it is noted once.

    Raises Refused for who is not of the unit, WrongState when the count is over, Invalid for a place that is none.
    """
    return _note(take, by, seen, item=item, taken_back=taken_back)


def see_unknown(take: StockTake, said: str, *, by: Member, seen: Seen) -> Sighting:
    """Note a thing that the inventory does not know, or whose label is torn off, in words. Raises as `see`."""
    said = " ".join(said.split())
    if not said:
        raise Invalid("Say what it is: what it looks like, its maker, what is written on it.", "said")
    return _note(take, by, seen, said=said[:200])


def _note(take: StockTake, by: Member, seen: Seen, **what: Any) -> Sighting:
    require(by, Power.CARRY_OUT)
    if seen.place and seen.place not in Place.values:
        raise Invalid("Choose where you are.", "place")
    where = " ".join(seen.where.split())[:LONGEST_WHERE]
    with transaction.atomic():
        held = StockTake.objects.select_for_update(no_key=True).get(pk=take.pk)  # one after the other
        if held.state != StockTake.State.OPEN:
            raise WrongState(held, "see")
        same = Sighting.objects.filter(key=seen.key).first()
        if same is not None and same.take_id == take.pk and all(getattr(same, name) == it for name, it in what.items()):
            return same  # the same form, sent twice
        # A page that was gone back to sends another thing by the same form: it is another sighting.
        key = seen.key if same is None else uuid.uuid4()
        return Sighting.objects.create(take=take, by=by, place=seen.place, where=where, key=key, **what)


def open_takes(member: Member) -> list[StockTake]:
    """The counts that stand open, for who may count in them: what a label's page offers."""
    if not member.may(Power.CARRY_OUT):
        return []
    return list(StockTake.objects.open().select_related("member").order_by("-pk")[:3])


def last_place(take: StockTake, member: Member) -> tuple[str, str]:
    """Where the member was when he last saw something in this count; at first the place that is counted."""
    last = take.sightings.filter(by=member).order_by("-pk").first()
    if last is not None:
        return last.place, last.where
    match take.over:
        case StockTake.Over.OFFICE:
            return Place.OFFICE.value, take.place
        case StockTake.Over.TRUNKS:
            return Place.TRUNK.value, take.place
    return "", ""


# --- what it comes to ---


@dataclass(frozen=True)
class Finding:
    """One thing in the result of a count."""

    item: Item | None
    said: str
    expected: Where | None
    seen: Sighting | None

    @property
    def seen_at(self) -> str:
        """Where it was seen, in words."""
        if self.seen is None:
            return ""
        if not self.seen.place:
            return str(self.expected) if self.expected else "not said"
        return str(Where(self.seen.place, self.seen.where))


@dataclass
class Outcome:
    """What a count comes to so far, or came to."""

    found: list[Finding] = field(default_factory=list)
    missing: list[Finding] = field(default_factory=list)
    misplaced: list[Finding] = field(default_factory=list)
    unexpected: list[Finding] = field(default_factory=list)
    away: list[Finding] = field(default_factory=list)  # in maintenance and not seen: it may be at a shop

    def groups(self) -> Iterator[tuple[str, list[Finding]]]:
        """Each with its word, what presses most first."""
        yield "missing", self.missing
        yield "wrong place", self.misplaced
        yield "unexpected", self.unexpected
        yield "in maintenance, not seen", self.away
        yield "found", self.found


def outcome(take: StockTake) -> Outcome:
    """What is expected held against what was seen last."""
    last: dict[int, Sighting] = {}
    unknown: list[Sighting] = []
    for sighting in take.sightings.select_related("item", "by").order_by("pk"):
        if sighting.item_id is None:
            unknown.append(sighting)
        else:
            last[sighting.item_id] = sighting
    result = Outcome()
    expected = take.expected.select_related("item", "holder").order_by("item__tag", "pk")
    for one in expected:
        seen = last.pop(one.item_id, None)
        seen = None if seen is not None and seen.taken_back else seen
        where = Where(one.place, one.where, one.holder.name if one.holder else "")
        _group(result, one, where, seen).append(Finding(one.item, "", where, seen))
    others = [seen for seen in last.values() if not seen.taken_back]
    result.unexpected = [Finding(seen.item, "", None, seen) for seen in others]
    result.unexpected += [Finding(None, seen.said, None, seen) for seen in unknown]
    return result


def _group(result: Outcome, one: Expected, where: Where, seen: Sighting | None) -> list[Finding]:
    if seen is None:
        return result.away if one.state == Item.State.MAINTENANCE else result.missing
    return result.found if where.is_at(seen) else result.misplaced


def sign(take: StockTake, *, by: Member, remark: str = "") -> None:
    """Sign what was found: nothing is counted after it. Raises Refused, WrongState, Invalid before any count."""
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        held = StockTake.objects.select_for_update(no_key=True).get(pk=take.pk)
        came = outcome(held)
        if came.missing and not (came.found or came.misplaced or came.unexpected):
            raise Invalid("Nothing has been counted yet: all of it would be missing. Count it, or give it up.")
        figures: dict[str, Any] = {
            name: len(getattr(came, name)) for name in ("found", "missing", "misplaced", "unexpected")
        }
        held.become(
            StockTake.State.SIGNED,
            verb="sign",
            by=by,
            ended_by=by,
            ended_at=timezone.now(),
            remark=remark.strip(),
            **figures,
        )
    take.refresh_from_db()


def drop(take: StockTake, *, by: Member, reason: str) -> None:
    """Give a count up. Raises Refused, WrongState, Invalid without a reason."""
    require(by, Power.KEEP_EQUIPMENT)
    if not reason.strip():
        raise Invalid("Say why it is given up: the reason stands with it.", "remark")
    now = timezone.now()
    take.become(StockTake.State.DROPPED, verb="drop", by=by, ended_by=by, ended_at=now, remark=reason.strip())


def mark_lost(take: StockTake, items: Iterable[Item], *, by: Member) -> int:
    """Mark as lost what a signed count did not find; how many. What was found or marked meanwhile is passed over.

    Raises Refused, and Invalid while the count is not signed.
    """
    require(by, Power.KEEP_EQUIPMENT)
    if take.state != StockTake.State.SIGNED or take.ended_at is None:
        raise Invalid("Sign the stock-take first: until then a thing may still be found.")
    missing = {one.item.pk for one in outcome(take).missing if one.item is not None}
    reason = f"Not found in the stock-take of {spoken_day(timezone.localdate(take.ended_at))}."
    count = 0
    with transaction.atomic():
        for item in items:
            if item.pk in missing and item.can_become(Item.State.LOST):
                inventory.mark(item, Item.State.LOST, by=by, reason=reason)
                count += 1
    return count


def to_put_right(take: StockTake, outcome: Outcome) -> list[Finding]:
    """What a signed count saw at another place in the office than the inventory says, where nothing happened since."""
    if take.state != StockTake.State.SIGNED:
        return []
    found = (one for one in (*outcome.misplaced, *outcome.unexpected) if one.seen and one.seen.place == Place.OFFICE)
    elsewhere = {one.item.pk: (one, one.seen.where) for one in found if one.item and one.seen and one.seen.where}
    out = Custody.objects.filter(item__in=elsewhere, ended_at=None).values("item")
    changed = ItemChange.objects.filter(item__in=elsewhere, verb="change", at__gt=take.ended_at).values("item")
    here = Item.objects.filter(pk__in=elsewhere, state__in=_IN_THE_OFFICE)
    items = here.exclude(pk__in=out).exclude(pk__in=changed).order_by("tag")
    with_places = ((one.office_place, *elsewhere[one.pk]) for one in items)
    return [finding for place, finding, seen in with_places if place.casefold() != seen.casefold()]


def put_right(take: StockTake, items: Iterable[Item], *, by: Member) -> int:
    """Let the inventory say where in the office a signed count saw these; how many. Raises Refused, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    if take.state != StockTake.State.SIGNED or take.ended_at is None:
        raise Invalid("Sign the stock-take first: until then a thing may be seen elsewhere.")
    chosen = {item.pk for item in items}
    reason = f"Seen there in the stock-take of {spoken_day(timezone.localdate(take.ended_at))}."
    count = 0
    with transaction.atomic():
        for one in to_put_right(take, outcome(take)):
            if one.item and one.seen and one.item.pk in chosen:
                count += bool(inventory.change_item(one.item, by=by, reason=reason, office_place=one.seen.where))
    return count


@dataclass(frozen=True)
class Figures:
    """The last signed count of everything, for an inspection."""

    take: StockTake
    at: datetime
    by: Member
    found: int
    missing: int
    misplaced: int
    unexpected: int

    @property
    def expected(self) -> int:
        """How many things should have been there."""
        return self.found + self.missing + self.misplaced


def last_figures() -> Figures | None:
    """The figures of the last stock-take over everything that was signed; None: there was none yet."""
    signed = StockTake.objects.filter(state=StockTake.State.SIGNED, over=StockTake.Over.EVERYTHING)
    take = signed.select_related("ended_by").order_by("-ended_at").first()
    if take is None or take.ended_at is None or take.ended_by is None:
        return None
    counts = {name: getattr(take, name) or 0 for name in ("found", "missing", "misplaced", "unexpected")}
    return Figures(take, take.ended_at, take.ended_by, **counts)
