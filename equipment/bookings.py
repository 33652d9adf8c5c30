"""Bookings (F.VB): things for a member, from a moment to another, for an event or an assignment. Kits go whole.

The things' rows are held, in their order, while somebody books: so that whoever comes second learns who came first.
Behind that stands a constraint of the database (ruling 28).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils import timezone

from equipment.models import BookedItem, Booking, Custody, Handover, Item
from members.authority import holds, require
from members.chain import check_of_the_unit
from members.days import spoken
from members.models import Member
from members.models.notifications import Kind as Notice
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

LATE = timedelta(hours=1)  # a form that lay open may name a beginning that has just gone by
EARLY = timedelta(days=1)  # things are fetched the evening before
LONGEST = timedelta(days=92)
FARTHEST = timedelta(days=731)
MOST = 100  # things of one booking
State = Booking.State


@dataclass(frozen=True)
class Span:
    """From a moment to another."""

    since: datetime
    until: datetime

    def check(self) -> None:
        """Raises Invalid where it makes no sense to book that."""
        now = timezone.now()
        if self.until <= self.since:
            raise Invalid("It ends before it begins: give a later end.", "until")
        if self.since < now - LATE:
            raise Invalid("That has begun already: what you need now, take now.", "since")
        if self.until - self.since > LONGEST:
            raise Invalid("A booking lasts three months at most: what is needed longer is checked out.", "until")
        if self.since > now + FARTHEST:
            raise Invalid("That is more than two years away.", "since")

    @property
    def range(self) -> DateTimeTZRange:
        """As the database has it."""
        return DateTimeTZRange(self.since, self.until, "[)")


# --- what is in the way ---


def in_the_way(
    items: Iterable[Item], until: datetime | None, member: Member, *, since: datetime | None = None
) -> list[BookedItem]:
    """What others than `member` have booked of `items`, and not taken yet, from now (or `since`) until `until`.

    Without an end, whatever is booked later is in the way. Earliest first, with booking, its member and the thing read.
    """
    found = _overlapping([item.pk for item in items], DateTimeTZRange(since or timezone.now(), until, "[)"))
    return list(found.filter(booking__state=State.BOOKED).exclude(booking__member=member))


def _overlapping(items: Sequence[int], period: DateTimeTZRange) -> QuerySet[BookedItem]:
    standing = BookedItem.objects.filter(stands=True, item__in=items, period__overlap=period)
    return standing.select_related("booking__member", "item", "kit").order_by("period", "item")


def against(items: Sequence[Item], span: Span) -> dict[int, str]:
    """Of which of `items` something stands against having them then, and what: booked, out for longer, or not fit."""
    found = {item.pk: f"{item.get_state_display()}" for item in items if item.state not in Item.GOES_OUT}
    out = Custody.objects.filter(item__in=items, ended_at__isnull=True).exclude(due_back__lte=span.since)
    for one in out.select_related("holder"):
        due = f" until {spoken(one.due_back)}" if one.due_back else ""
        found[one.item_id] = f"with {one.holder.name}{due}"
    for booked in _overlapping([item.pk for item in items], span.range):
        found[booked.item_id] = (
            f"booked for {booked.booking.member.name} from {spoken(booked.booking.since)}"
            f" until {spoken(booked.booking.until)}"
        )
    return found


def said(found: Sequence[BookedItem]) -> str:
    """Who has what booked for when, as a refusal says it; each booking once."""
    by_booking: dict[int, list[BookedItem]] = {}
    for one in found:
        by_booking.setdefault(one.booking_id, []).append(one)
    return " ".join(_of_one(several) for several in by_booking.values())


def _of_one(several: list[BookedItem]) -> str:
    booking = several[0].booking
    kits = {one.kit for one in several if one.kit}
    things = [f"the kit {kit}" for kit in kits] + [str(one.item) for one in several if one.kit is None]
    what = ", ".join(sorted(things))
    verb = "has" if booking.state == State.BOOKED else "has taken"
    word = " booked" if booking.state == State.BOOKED else ""
    when = f"from {spoken(booking.since)} until {spoken(booking.until)}"
    return f"{booking.member.name} {verb} {what}{word} {when}, for {booking}."


# --- booking ---


def book(
    items: Sequence[Item],
    *,
    by: Member,
    to: Member,
    span: Span,
    purpose: str,
    event: str = "",
    key: UUID,
) -> Booking:
    """Book `items`, and of each kit that one of them belongs to the whole, for `to`; he is told.

    Sent twice with the same key it is done once. Raises Refused for who books for another and is no Supervisor;
    Invalid where the time makes no sense, a thing is missing or gone, or somebody has it then: says who.
    """
    _check_who(by, to)
    span.check()
    if not purpose.strip():
        raise Invalid("Say what it is needed for.", "purpose")
    if (made := Booking.objects.filter(key=key, booked_by=by).first()) is not None:
        return made
    with transaction.atomic():
        held = _held(_whole(items))
        _check_free(held, span)
        with _clash_in_words():
            booking = Booking.objects.create(
                member=to,
                since=span.since,
                until=span.until,
                purpose=purpose.strip(),
                event=event.strip(),
                key=key,
                booked_by=by,
            )
            BookedItem.objects.bulk_create(
                [
                    BookedItem(booking=booking, item=item, kit=item.kit if _in_kit(item) else None, period=span.range)
                    for item in held
                ]
            )
        record("book", booking, by=by, after=booking.state)
        when = f"from {spoken(span.since)} until {spoken(span.until)}"
        tell([to], Notice.EQUIPMENT, f"{by.name} booked equipment for you {when}.", booking.get_absolute_url(), but=by)
    return booking


def _check_who(by: Member, to: Member) -> None:
    if by.pk == to.pk and holds(by, Power.CARRY_OUT):
        return
    require(by, Power.KEEP_EQUIPMENT)
    check_of_the_unit(to, "member")


def _in_kit(item: Item) -> bool:
    return item.kit is not None and item.kit.ended_at is None


def _whole(items: Sequence[Item]) -> set[int]:
    """With each thing of a kit all of that kit."""
    kits = {item.kit_id for item in items if _in_kit(item)}
    return {item.pk for item in items} | set(Item.objects.filter(kit__in=kits).values_list("pk", flat=True))


def _held(wanted: set[int]) -> list[Item]:
    """The things, their rows held in the order in which everybody holds them."""
    if not wanted:
        raise Invalid("Choose what you need.", "items")
    if len(wanted) > MOST:
        raise Invalid(f"Book {MOST} things at once at most.", "items")
    rows = Item.objects.filter(pk__in=wanted).select_related("kit", "kind")
    held = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))
    for item in held:
        if item.state in (*Item.MISSING, *Item.GONE):
            kit = f" of the kit {item.kit}" if _in_kit(item) else ""
            raise Invalid(f"{item}{kit} is {item.get_state_display()}: it cannot be booked.", "items")
    return held


def _check_free(items: Sequence[Item], span: Span, *, but: Booking | None = None) -> None:
    taken = _overlapping([item.pk for item in items], span.range)
    clash = list(taken.exclude(booking=but) if but else taken)
    if clash:
        raise Invalid(said(clash), "items")


@contextmanager
def _clash_in_words() -> Iterator[None]:
    """The wall behind `_check_free`: only a booking made past the verbs runs into it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "one_booking_a_thing_at_a_time" not in str(error):
            raise
        raise Invalid("Somebody booked one of these at this moment. Look again.", "items") from error


def move(booking: Booking, span: Span, *, by: Member) -> None:
    """Book the same things for another time; whoever it is for is told. Raises Refused, Invalid, WrongState."""
    if not booking.may_move(by):
        raise _not_his(booking)
    span.check()
    with transaction.atomic():
        things = BookedItem.objects.filter(booking=booking, dropped_at__isnull=True)
        held = _held(set(things.values_list("item", flat=True)))
        _check_free(held, span, but=booking)
        with _clash_in_words():
            still = Booking.objects.filter(pk=booking.pk, state=State.BOOKED, since=booking.since, until=booking.until)
            if not still.update(since=span.since, until=span.until, reminded_at=None):
                raise WrongState(booking, "move")
        record("move", booking, by=by)
        when = f"from {spoken(span.since)} until {spoken(span.until)}"
        sentence = f"{by.name} moved your booking: {booking} is now {when}."
        tell([booking.member], Notice.EQUIPMENT, sentence, booking.get_absolute_url(), but=by)
    booking.since, booking.until = span.since, span.until


def _not_his(booking: Booking) -> Refused:
    return Refused(f"This is {booking.member.name}’s booking: he, or the Supervisor, changes it.")


def cancel(booking: Booking, *, by: Member, reason: str = "") -> None:
    """Free the things. For another's booking a reason is given; he is told. Raises Refused, Invalid, WrongState."""
    if not booking.may_cancel(by):
        raise _not_his(booking)
    if by.pk != booking.member_id and not reason.strip():
        raise Invalid(f"Say why: {booking.member.name} is told.", "reason")
    with transaction.atomic():
        booking.become(
            State.CANCELLED, verb="cancel", by=by, ended_at=timezone.now(), ended_by=by, reason=reason.strip()
        )
        sentence = f"{by.name} cancelled your booking of {spoken(booking.since)}: {reason.strip()}"
        tell([booking.member], Notice.EQUIPMENT, sentence, booking.get_absolute_url(), but=by)


def drop(thing: BookedItem, *, by: Member) -> None:
    """Let the booking go without this thing, which is free then. Raises Refused, Invalid for the last, WrongState."""
    booking = thing.booking
    if not booking.may_move(by):
        raise _not_his(booking)
    with transaction.atomic():
        Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
        left = booking.things.filter(stands=True, handover__isnull=True)
        if not left.exclude(pk=thing.pk).exists():
            raise Invalid("This is all that is booked: cancel the booking instead.")
        if booking.state != State.BOOKED or not left.filter(pk=thing.pk).update(dropped_at=timezone.now()):
            raise WrongState(booking, "drop")
        record("drop", booking, by=by)


# --- what custody tells ---


def were_taken(handovers: Sequence[Handover], *, by: Member) -> None:
    """Mark as taken what the taker of `handovers` had booked for now, for soon, or for before he brings it back; called
    by the check-out, in its transaction, with all that went to one member.
    """
    by_item = {one.item_id: one for one in handovers}
    if not by_item:
        return
    _tell_whose_they_were(handovers, by)
    now = timezone.now()
    until = max(now + EARLY, handovers[0].due_back or now)
    waiting = BookedItem.objects.filter(
        item__in=by_item,
        stands=True,
        handover__isnull=True,
        period__overlap=DateTimeTZRange(now, until, "[]"),
        booking__member=handovers[0].taker,
    )
    bookings = _held_bookings(waiting)
    for thing in waiting.order_by("period"):
        if (handover := by_item.pop(thing.item_id, None)) is None:
            continue
        BookedItem.objects.filter(pk=thing.pk).update(handover=handover)
        booking = bookings[thing.booking_id]
        if booking.state == State.BOOKED:
            booking.become(State.TAKEN, verb="take", by=by)


def _tell_whose_they_were(handovers: Sequence[Handover], by: Member) -> None:
    """Whoever has booked one of them for that time, and whom the Supervisor passed over with reason, learns it."""
    taker, due = handovers[0].taker, handovers[0].due_back
    if taker is None:
        return
    met = in_the_way([one.item for one in handovers], due, taker)
    for booking in {one.booking for one in met}:
        until = f" until {spoken(due)}" if due else ""
        what = ", ".join(str(one.item) for one in met if one.booking_id == booking.pk)
        sentence = f"{taker.name} has {what}{until}: it may lack when your booking of {spoken(booking.since)} begins."
        tell([booking.member], Notice.EQUIPMENT, sentence, booking.get_absolute_url(), but=by)


def came_back(items: Sequence[Item], *, by: Member) -> None:
    """Free what was taken by a booking and is back; called by the check-in, in its transaction."""
    back = BookedItem.objects.filter(item__in=items, stands=True, handover__isnull=False)
    bookings = _held_bookings(back)
    if not bookings:
        return
    back.update(back_at=timezone.now())
    for booking in bookings.values():
        if not booking.things.filter(back_at__isnull=True, handover__isnull=False).exists():
            booking.become(State.OVER, verb="return", by=by, ended_at=timezone.now(), ended_by=by)


def _held_bookings(things: QuerySet[BookedItem]) -> dict[int, Booking]:
    """Theirs, held: whoever changes a thing of a booking holds the booking first."""
    wanted = set(things.values_list("booking", flat=True))
    if not wanted:
        return {}
    held = Booking.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True)
    return {booking.pk: booking for booking in held}
