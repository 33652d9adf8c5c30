"""From a booking to the check-out in one step (3.7, F.VB)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from equipment import custody
from equipment.models import Booking, Handover, Item, Place
from members.authority import refused
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState


@dataclass(frozen=True)
class Where:
    """Where what was booked goes, and until when; `waiver`: why it goes although a skill is missing."""

    place: str = Place.FIELD
    vehicle: str = ""
    due_back: datetime | None = None
    waiver: str = ""


def left_to_take(booking: Booking) -> list[Item]:
    """What of the booking has not gone out yet."""
    rows = Item.objects.filter(bookings__booking=booking, bookings__stands=True, bookings__handover__isnull=True)
    return list(rows.select_related("kind").order_by("tag"))


def take(booking: Booking, where: Where, *, by: Member, key: UUID) -> list[Handover]:
    """Check out what is booked, to whom it is booked for, until the booking ends unless `where` says otherwise.

    All of it or nothing. The check-out itself marks the booking as taken. Raises as custody.check_out does; Invalid
    where the booking's time is over, WrongState where there is nothing left to take.
    """
    if not booking.may_take(by):
        raise refused(Power.KEEP_EQUIPMENT)
    items = left_to_take(booking)
    again = list(Handover.objects.filter(key=key, by=by))
    if again:
        return again
    if booking.is_lapsed:
        raise Invalid("The time of this booking is over: check out what you need without it.", "due_back")
    if not items or booking.state not in Booking.HOLDS:
        raise WrongState(booking, "take")
    return custody.check_out(
        items,
        by=by,
        to=booking.member,
        place=where.place,
        vehicle=where.vehicle,
        due_back=where.due_back or booking.until,
        purpose=booking.purpose,
        event=booking.event,
        key=key,
        waiver=where.waiver,
    )
