"""What comes of a booking's time by itself: its member is told that it begins, and it ends where nobody came (F.VB)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from equipment.models import Booking
from members.days import spoken
from members.models.agency import agency_zone
from members.models.notifications import Kind as Told
from members.notifying import tell

BEFORE = timedelta(hours=2)  # its beginning, he is told
MOST = 500  # of one run; the next one goes on


def remind() -> int:
    """Tell each whose booking begins soon, or has begun, and who has not taken it; once. How many were told.

    Who books for the next moment knows it.
    """
    now = timezone.now()
    near = Booking.objects.filter(state=Booking.State.BOOKED, since__lte=now + BEFORE, until__gt=now)
    with timezone.override(agency_zone()), transaction.atomic():
        rows = _held(near.filter(reminded_at__isnull=True, booked_at__lte=F("since") - BEFORE))
        Booking.objects.filter(pk__in=[one.pk for one in rows]).update(reminded_at=now)
        for one in rows:
            begins = "began" if one.since <= now else "begins"
            sentence = f"Your booking for {one} {begins} {spoken(one.since)}: take it from its page, or cancel it."
            if one.member.serves():
                tell([one.member], Told.EQUIPMENT, sentence, one.get_absolute_url())
    return len(rows)


def end_the_untaken() -> int:
    """End what was booked until now and never taken: its things are free, and its member is told. How many ended.

    Whoever takes it at this moment holds its row, and is passed over.
    """
    with timezone.override(agency_zone()), transaction.atomic():
        rows = _held(Booking.objects.filter(state=Booking.State.BOOKED, until__lte=timezone.now()))
        for one in rows:
            one.become(Booking.State.NOT_TAKEN, verb="end_untaken", by=None, ended_at=timezone.now())
            sentence = f"Your booking for {one} is over, and nobody took anything of it. What you need, book anew."
            if one.member.serves():
                tell([one.member], Told.EQUIPMENT, sentence, one.get_absolute_url())
    return len(rows)


def _held(found: QuerySet[Booking]) -> list[Booking]:
    rows = found.select_related("member").order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True, skip_locked=True)[:MOST])
