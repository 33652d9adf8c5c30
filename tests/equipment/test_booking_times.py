"""What comes of a booking's time by itself: its member is told before it begins, and what nobody took ends (F.VB)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from equipment import booking_times, bookings, taking
from equipment.bookings import Span
from equipment.models import BookedItem, Booking, Item
from equipment.tasks import mind_bookings
from members.models import Member, Notification, TrailEntry
from members.states import Invalid

pytestmark = [pytest.mark.django_db, pytest.mark.sop("F.VB")]
State = Booking.State


def booked(item: Item, member: Member, since: float, until: float) -> Booking:
    """Booked two days ago, from so many hours from now until so many."""
    now = timezone.now()
    times: dict[str, Any] = {"since": now + timedelta(hours=since), "until": now + timedelta(hours=until)}
    made = Booking.objects.create(
        member=member, booked_by=member, purpose="Parade", booked_at=now - timedelta(days=2), **times
    )
    BookedItem.objects.create(booking=made, item=item, period=(made.since, made.until))
    return made


def told(member: Member) -> list[str]:
    return list(Notification.objects.filter(member=member).order_by("pk").values_list("sentence", flat=True))


def test_what_nobody_took_ends_as_not_taken_and_is_free(
    camera: Item, officer: Member, browser_of: Callable[..., Client]
) -> None:
    made, later = booked(camera, officer, -5, -0.01), booked(camera, officer, 30, 32)
    mind_bookings()
    mind_bookings()
    made.refresh_from_db()
    later.refresh_from_db()
    assert (made.state, made.ended_by, later.state) == (State.NOT_TAKEN, None, State.BOOKED)
    assert made.ended_at is not None
    assert not made.things.get().stands
    entry = TrailEntry.objects.about(made).get()
    assert (entry.by, entry.before, entry.after) == (None, "booked", "not_taken")
    assert len(told(officer)) == 1
    desk = browser_of(officer)
    assert "not taken" in desk.get(made.get_absolute_url()).content.decode()
    month = timezone.localtime(made.since).strftime("%Y-%m")
    assert "not taken" in desk.get("/equipment/bookings/", {"month": month}).content.decode()
    day = timezone.localtime(made.since).date()
    drawn = desk.get(
        "/equipment/bookings/feed/", {"start": day.isoformat(), "end": (day + timedelta(days=1)).isoformat()}
    )
    assert drawn.json()["events"][0]["title"].endswith("(not taken)")


def test_what_was_taken_or_cancelled_is_left_alone(camera: Item, lens: Item, officer: Member) -> None:
    made, gone = booked(camera, officer, -1, 1), booked(lens, officer, -1, 1)
    taking.take(made, taking.Where(), by=officer, key=uuid4())
    bookings.cancel(gone, by=officer)
    Booking.objects.filter(pk=made.pk).update(until=timezone.now())
    assert booking_times.end_the_untaken() == 0


def test_the_database_lets_none_end_before_its_time_nor_come_back(camera: Item, officer: Member) -> None:
    soon, made = booked(camera, officer, 1, 2), booked(camera, officer, -2, -1)
    with pytest.raises(IntegrityError, match="booking_waits_until_its_end"), transaction.atomic():
        Booking.objects.filter(pk=soon.pk).update(state=State.NOT_TAKEN, ended_at=timezone.now())
    with pytest.raises(IntegrityError, match="booking_that_ended_says_when"), transaction.atomic():
        Booking.objects.filter(pk=made.pk).update(state=State.NOT_TAKEN)
    booking_times.end_the_untaken()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Booking.objects.filter(pk=made.pk).update(state=State.TAKEN, ended_at=None)


def test_too_late_is_said_on_its_page(camera: Item, officer: Member, browser_of: Callable[..., Client]) -> None:
    made = booked(camera, officer, -5, -1)
    desk, due = browser_of(officer), timezone.localtime() + timedelta(hours=2)
    said = {"place": "field", "due_back": due.strftime("%Y-%m-%dT%H:%M"), "key": uuid4()}
    for _ in range(2):  # before it has ended, and after
        with pytest.raises(Invalid, match="is over"):
            taking.take(Booking.objects.get(), taking.Where(), by=officer, key=uuid4())
        answer = desk.post(f"{made.get_absolute_url()}take/", said)
        assert answer.status_code == 422
        assert "The time of this booking is over" in answer.content.decode()
        booking_times.end_the_untaken()


def test_he_is_told_once_before_it_begins_and_again_when_it_was_moved(
    camera: Item, lens: Item, officer: Member
) -> None:
    made = booked(camera, officer, 1.5, 4)
    booked(camera, officer, 5, 8)
    bookings.book(
        [lens],
        by=officer,
        to=officer,
        span=Span(timezone.now() + timedelta(hours=1), timezone.now() + timedelta(hours=3)),
        purpose="He knows it.",
        key=uuid4(),
    )
    assert (booking_times.remind(), booking_times.remind()) == (1, 0)
    assert "Your booking for Parade begins" in told(officer)[-1]
    made.refresh_from_db()
    now = timezone.now()
    bookings.move(made, Span(now + timedelta(hours=1), now + timedelta(hours=2)), by=officer)
    assert booking_times.remind() == 1
