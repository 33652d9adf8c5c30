"""The calendar of bookings: who has what booked on which day, and what of it cannot go out as things stand."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from equipment.models import BookedItem, Booking, Custody, Item
from members.days import last_day, midnight, spoken
from members.models import Member

TONES = {Booking.State.BOOKED: "accent", Booking.State.TAKEN: "warn", Booking.State.OVER: "good"}
SOON = timedelta(days=2)  # before it begins, what stands in a booking's way is told of


@dataclass(frozen=True)
class Entry:
    """A booking with what it holds, in words."""

    booking: Booking
    what: str

    @property
    def tone(self) -> str:
        """How it is coloured."""
        return TONES.get(Booking.State(self.booking.state), "")


@dataclass
class OneDay:
    """One day of the calendar."""

    day: date
    here: bool  # within the month shown
    today: bool
    entries: list[Entry] = field(default_factory=list)


def entries(since: datetime, until: datetime, *, member: Member) -> list[Entry]:
    """The bookings that touch the time, in their order, each with its things."""
    found = Booking.objects.all().visible_to(member).between(since, until).select_related("member")
    return with_things(found.order_by("since", "pk"))


def with_things(bookings: Iterable[Booking]) -> list[Entry]:
    """Each with what it holds: its kits by name, else its things."""
    rows = list(bookings)
    held: dict[int, dict[str, None]] = {}
    things = BookedItem.objects.filter(booking__in=rows, dropped_at__isnull=True).select_related("item", "kit")
    for one in things.order_by("kit__name", "item__tag"):
        held.setdefault(one.booking_id, {})[str(one.kit or one.item)] = None
    return [Entry(booking, ", ".join(held.get(booking.pk, {}))) for booking in rows]


def weeks(year: int, month: int, *, member: Member) -> list[list[OneDay]]:
    """The weeks of a month, Sunday first; a booking of several days stands under each."""
    whole = calendar.Calendar(calendar.SUNDAY).monthdatescalendar(year, month)
    first, last, today = whole[0][0], whole[-1][-1], timezone.localdate()
    days = {day: OneDay(day, day.month == month, day == today) for week in whole for day in week}
    for one in entries(midnight(first), midnight(last + timedelta(days=1)), member=member):
        day = max(timezone.localtime(one.booking.since).date(), first)
        while day <= min(last_day(one.booking.until), last):
            days[day].entries.append(one)
            day += timedelta(days=1)
    return [[days[day] for day in week] for week in whole]


def obstacles(booking: Booking) -> list[str]:
    """Why what is booked and not taken cannot go out now: a sentence for each thing."""
    things = booking.things.filter(stands=True, handover__isnull=True).select_related("item").order_by("item__tag")
    items = [one.item for one in things]
    out = {one.item_id: one for one in Custody.objects.filter(item__in=items, ended_at__isnull=True)}
    said = []
    for item in items:
        if item.state not in Item.GOES_OUT:
            said.append(f"{item} is {item.get_state_display()}.")
        elif (custody := out.get(item.pk)) is not None:
            due = f", due back {spoken(custody.due_back)}" if custody.due_back else ""
            said.append(f"{custody.holder.name} has {item}{due}.")
    return said


def endangered(now: datetime | None = None) -> list[Booking]:
    """Bookings that begin soon, or have begun, of which something cannot go out as things stand."""
    now = now or timezone.now()
    near = Booking.objects.filter(state=Booking.State.BOOKED, since__lte=now + SOON, until__gt=now)
    unfit = BookedItem.objects.filter(booking__in=near, stands=True).exclude(item__state__in=Item.GOES_OUT)
    out = Custody.objects.filter(ended_at__isnull=True)
    held: dict[int, tuple[int, datetime | None]] = {
        item: (holder, due)
        for item, holder, due in out.filter(
            item__in=BookedItem.objects.filter(booking__in=near, stands=True).values("item")
        ).values_list("item", "holder", "due_back")
    }
    wanted = set(unfit.values_list("booking", flat=True))
    for one in BookedItem.objects.filter(booking__in=near, stands=True, item__in=held).select_related("booking"):
        holder, due = held[one.item_id]
        late = due is None or due > one.booking.since or due < now
        if holder != one.booking.member_id and late:
            wanted.add(one.booking_id)
    return list(near.filter(pk__in=wanted).select_related("member").order_by("since"))
