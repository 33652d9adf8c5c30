"""Booking: what is free, who has it else, kits whole, and from the booking to the check-out and back (F.VB, 3.7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from equipment import booking_transfer, bookings, custody, taking
from equipment.booking_month import endangered, obstacles, weeks
from equipment.booking_waiting import cannot_go_out, to_fetch
from equipment.bookings import Span
from equipment.models import BookedItem, Booking, Item, Kit
from members.models import Member, Notification, TrailEntry
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("F.VB")]
State = Booking.State


def hours(since: float, until: float) -> Span:
    """From so many hours from now until so many."""
    now = timezone.now()
    return Span(now + timedelta(hours=since), now + timedelta(hours=until))


def book(items: list[Item], by: Member, span: Span, **more: Any) -> Booking:
    more = {"to": by, "purpose": "the parade", "key": uuid4(), **more}
    return bookings.book(items, by=by, span=span, **more)


def test_it_is_booked_once_however_often_the_form_is_sent(camera: Item, officer: Member) -> None:
    key = uuid4()
    made = [book([camera], officer, hours(2, 4), key=key, event="Parade on Biscayne Boulevard") for _ in range(2)]
    assert made[0] == made[1]
    assert str(made[0]) == "Parade on Biscayne Boulevard"
    assert made[0].things.get().stands
    assert TrailEntry.objects.about(made[0]).get().verb == "book"


def test_a_clash_says_who_has_it_when(camera: Item, lens: Item, officer: Member, other_officer: Member) -> None:
    first = book([camera], officer, hours(2, 4))
    with pytest.raises(Invalid, match=rf"{officer.name} has .*{camera.tag}.* booked from .* until .*, for the parade"):
        book([lens, camera], other_officer, hours(3, 5))
    assert Booking.objects.get() == first
    book([lens], other_officer, hours(3, 5))
    book([camera], other_officer, hours(4, 5))  # one ends, the next begins


def test_the_database_holds_the_wall(camera: Item, officer: Member, other_officer: Member) -> None:
    """Past the verbs, and with a period that is not the booking's own."""
    first = book([camera], officer, hours(2, 4))
    other = Booking.objects.create(
        member=other_officer, booked_by=other_officer, purpose="x", since=first.since, until=first.until
    )
    thing = BookedItem(booking=other, item=camera, period=hours(50, 51).range, stands=False)
    with pytest.raises(IntegrityError, match="one_booking_a_thing_at_a_time"), transaction.atomic():
        thing.save()
    bookings.cancel(first, by=officer)
    thing.save()
    thing.refresh_from_db()
    assert (thing.period.lower, thing.period.upper, thing.stands) == (other.since, other.until, True)


def test_what_is_over_stays(camera: Item, officer: Member) -> None:
    made = book([camera], officer, hours(2, 4))
    bookings.cancel(made, by=officer)
    assert not made.things.get().stands
    with pytest.raises(WrongState):
        bookings.cancel(made, by=officer)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Booking.objects.filter(pk=made.pk).update(state="booked", ended_at=None)


def test_a_kit_goes_whole(kit: Kit, camera: Item, lens: Item, officer: Member, other_officer: Member) -> None:
    made = book([camera], officer, hours(2, 4))
    assert {one.kit for one in made.things.all()} == {kit}
    assert made.things.count() == kit.items.count() == 3
    with pytest.raises(Invalid, match=f"the kit {kit.name}"):
        book([lens], other_officer, hours(3, 5))


@pytest.mark.parametrize(
    ("span", "field"),
    [
        (hours(4, 2), "until"),
        (hours(-5, 2), "since"),
        (hours(1, 24 * 200), "until"),
        (hours(24 * 900, 24 * 901), "since"),
    ],
)
def test_a_time_that_makes_no_sense(camera: Item, officer: Member, span: Span, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        book([camera], officer, span)
    assert refusal.value.field == field


def test_nothing_lost_nothing_empty(camera: Item, officer: Member) -> None:
    with pytest.raises(Invalid, match="Choose"):
        book([], officer, hours(2, 4))
    with pytest.raises(Invalid, match="what it is needed for"):
        book([camera], officer, hours(2, 4), purpose="  ")
    Item.objects.filter(pk=camera.pk).update(state=Item.State.LOST)
    with pytest.raises(Invalid, match="is lost"):
        book([camera], officer, hours(2, 4))


def test_for_another_only_the_supervisor(
    camera: Item, officer: Member, other_officer: Member, supervisor: Member, auditor: Member
) -> None:
    with pytest.raises(Refused):
        book([camera], officer, hours(2, 4), to=other_officer)
    with pytest.raises(Refused):
        book([camera], auditor, hours(2, 4))
    with pytest.raises(Invalid, match="outside the chain"):
        book([camera], supervisor, hours(2, 4), to=auditor)
    made = book([camera], supervisor, hours(2, 4), to=officer)
    assert Notification.objects.get(member=officer).path == made.get_absolute_url()


def test_another_time(camera: Item, officer: Member, other_officer: Member, supervisor: Member) -> None:
    made, other = book([camera], officer, hours(2, 4)), book([camera], other_officer, hours(6, 8))
    with pytest.raises(Refused):
        bookings.move(made, hours(10, 12), by=other_officer)
    with pytest.raises(Invalid, match=other_officer.name):
        bookings.move(made, hours(5, 7), by=officer)
    span = hours(3, 5)  # overlaps itself
    bookings.move(made, span, by=supervisor)
    assert made.things.get().period.lower == span.since
    stale = Booking.objects.get(pk=made.pk)
    bookings.move(made, hours(1, 2), by=officer)
    with pytest.raises(WrongState):
        bookings.move(stale, hours(10, 12), by=officer)
    assert other.things.get().stands


def test_left_out_and_cancelled(
    camera: Item, lens: Item, officer: Member, other_officer: Member, supervisor: Member
) -> None:
    made = book([camera, lens], officer, hours(2, 4))
    with pytest.raises(Refused):
        bookings.drop(made.things.get(item=lens), by=other_officer)
    bookings.drop(made.things.get(item=lens), by=officer)
    book([lens], other_officer, hours(2, 4))
    with pytest.raises(Invalid, match="cancel the booking"):
        bookings.drop(made.things.get(item=camera), by=officer)
    with pytest.raises(Invalid, match="is told"):
        bookings.cancel(made, by=supervisor)
    with pytest.raises(Refused):
        bookings.cancel(made, by=other_officer)
    bookings.cancel(made, by=supervisor, reason="The camera is needed downtown.")
    assert "needed downtown" in Notification.objects.filter(member=officer).latest("pk").sentence


@pytest.mark.sop("3.7")
def test_what_is_in_the_way_of_a_check_out(camera: Item, officer: Member, other_officer: Member) -> None:
    book([camera], officer, hours(5, 8))
    soon, late = timezone.now() + timedelta(hours=3), timezone.now() + timedelta(hours=6)
    assert bookings.in_the_way([camera], soon, other_officer) == []
    assert bookings.in_the_way([camera], late, officer) == []
    assert officer.name in bookings.said(bookings.in_the_way([camera], late, other_officer))
    assert bookings.in_the_way([camera], None, other_officer)


@pytest.mark.sop("3.7")
def test_from_the_booking_to_the_check_out_and_back(
    camera: Item, lens: Item, officer: Member, other_officer: Member
) -> None:
    made, key = book([camera, lens], officer, hours(1, 4), event="Parade"), uuid4()
    with pytest.raises(Refused):
        taking.take(made, taking.Where(), by=other_officer, key=uuid4())
    handed = [taking.take(made, taking.Where("trunk", "4711"), by=officer, key=key) for _ in range(2)]
    assert handed[0] == handed[1]
    assert {(one.event, one.due_back, one.vehicle) for one in handed[0]} == {("Parade", made.until, "4711")}
    made.refresh_from_db()
    assert made.state == State.TAKEN
    with pytest.raises(WrongState):
        taking.take(made, taking.Where(), by=officer, key=uuid4())
    custody.check_in([lens], by=officer, condition="good", key=uuid4())
    made.refresh_from_db()
    assert made.state == State.TAKEN
    book([lens], other_officer, hours(2, 3))  # back early, free for others
    custody.check_in([camera], by=officer, condition="good", key=uuid4())
    made.refresh_from_db()
    assert (made.state, made.ended_by) == (State.OVER, officer)


@pytest.mark.sop("3.7")
def test_taken_by_its_label_it_is_the_booking_that_is_taken(camera: Item, officer: Member) -> None:
    later, made = book([camera], officer, hours(30, 32)), book([camera], officer, hours(1, 4))
    due = timezone.now() + timedelta(hours=3)
    custody.check_out([camera], by=officer, to=officer, place="field", due_back=due, purpose="Parade", key=uuid4())
    made.refresh_from_db()
    later.refresh_from_db()
    assert (made.state, later.state) == (State.TAKEN, State.BOOKED)


@pytest.mark.sop("3.7")
def test_taken_days_before_it_begins_it_is_taken_too(camera: Item, officer: Member) -> None:
    made = book([camera], officer, hours(72, 75))
    taking.take(made, taking.Where(), by=officer, key=uuid4())
    made.refresh_from_db()
    assert made.state == State.TAKEN


def test_what_cannot_go_out_is_said_before(
    camera: Item, lens: Item, make_item: Callable[..., Item], officer: Member, other_officer: Member, supervisor: Member
) -> None:
    fine = book([make_item("Drone")], officer, hours(2, 4))
    made = book([camera, lens], officer, hours(2, 4))
    assert endangered() == []
    assert cannot_go_out(supervisor) is None
    Item.objects.filter(pk=lens.pk).update(state=Item.State.MAINTENANCE)
    assert endangered() == [made]
    assert obstacles(made) == [f"{lens} is in maintenance."]
    line, mine = cannot_go_out(supervisor), to_fetch(officer)
    assert line is not None
    assert mine is not None
    assert (line.count, line.tone, mine.count) == (1, "bad", 2)
    assert to_fetch(other_officer) is None
    assert obstacles(fine) == []


def test_the_month_shows_each_day_of_it(camera: Item, officer: Member, auditor: Member) -> None:
    span = hours(24, 24 * 3)
    book([camera], officer, span)
    first = timezone.localtime(span.since).date()
    shown = [day for week in weeks(first.year, first.month, member=auditor) for day in week if day.entries]
    assert first in [day.day for day in shown]
    assert shown[0].entries[0].what == str(camera)
    assert len(shown) >= 1


@pytest.mark.sop("3.7")
def test_passed_over_he_is_told(camera: Item, officer: Member, other_officer: Member, supervisor: Member) -> None:
    made, due = book([camera], officer, hours(5, 8)), timezone.now() + timedelta(hours=6)
    given: dict[str, Any] = {"place": "field", "due_back": due, "purpose": "Crash on I-95"}
    with pytest.raises(Refused, match=officer.name):
        custody.check_out([camera], by=other_officer, to=other_officer, key=uuid4(), **given)
    custody.check_out([camera], by=supervisor, to=other_officer, key=uuid4(), waiver="It cannot wait.", **given)
    told = Notification.objects.filter(member=officer).latest("pk")
    assert (made.get_absolute_url(), other_officer.name in told.sentence) == (told.path, True)
    assert endangered() == [made]


@pytest.mark.sop("1.3")
def test_what_a_leaver_has_booked_is_free(camera: Item, lens: Item, officer: Member, commander: Member) -> None:
    made, taken = book([camera], officer, hours(5, 8)), book([lens], officer, hours(1, 2))
    taking.take(taken, taking.Where(), by=officer, key=uuid4())
    assert booking_transfer.foretell(officer) == ["1 booking of equipment is cancelled."]
    booking_transfer.free(member=officer, by=commander)
    made.refresh_from_db()
    taken.refresh_from_db()
    assert (made.state, taken.state) == (State.CANCELLED, State.TAKEN)
    assert booking_transfer.foretell(officer) == []
