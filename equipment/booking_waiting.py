"""What of bookings and skills waits for a member."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from equipment.booking_month import SOON, endangered
from equipment.models import Booking, SkillProof
from members.models import Member
from members.powers import UNIT, Power
from members.waiting import Line, Waits, counted


def to_fetch(member: Member) -> Line | None:
    """What he has booked, and fetches soon."""
    now = timezone.now()
    rows = Booking.objects.filter(member=member, state=Booking.State.BOOKED, since__lte=now + SOON, until__gt=now)
    first = rows.order_by("since").first()
    if first is None:
        return None
    begun = first.since <= now
    return Line(
        "Equipment that you booked",
        counted(rows),
        first.get_absolute_url(),
        tone="warn" if begun else "",
        icon="calendar-event",
        says="Its time has begun: take it, or cancel." if begun else "Take it from its page.",
    )


def cannot_go_out(member: Member) -> Line | None:
    """Bookings that begin soon, of which something is not there, or not fit."""
    found = endangered()
    if not found:
        return None
    return Line(
        "Booked, and cannot go out as things stand",
        len(found),
        found[0].get_absolute_url(),
        tone="bad" if found[0].since <= timezone.now() + timedelta(days=1) else "warn",
        icon="calendar-x",
        says="What is booked for soon is with somebody else, or not fit.",
    )


def running_out(member: Member) -> Line | None:
    """Skills of members who serve that ran out, or will soon (3.1)."""
    until = timezone.localdate() + timedelta(days=SkillProof.SOON)
    counting = SkillProof.objects.filter(member__in=Member.objects.serving(), skill__ended_at__isnull=True).last()
    rows = SkillProof.objects.filter(pk__in=counting.values("pk"), expires_on__lte=until)
    first = rows.order_by("expires_on").first()
    if first is None:
        return None
    return Line(
        "Skills that run out",
        counted(rows),
        reverse("skills"),
        tone="bad" if not first.holds() else "warn",
        icon="school",
        says="Plan the training, then record the assessment.",
    )


def his_running_out(member: Member) -> Line | None:
    """His own skills that ran out, or will soon; the Supervisor has a line for all."""
    if member.may(Power.KEEP_EQUIPMENT):
        return None
    until = timezone.localdate() + timedelta(days=SkillProof.SOON)
    his = SkillProof.objects.filter(member=member).last()
    mine = [one for one in his if one.expires_on is not None and one.expires_on <= until]
    if not mine:
        return None
    bad = any(not one.holds() for one in mine)
    address = reverse("member_skills", args=[member.pk])
    says = "Ask the Supervisor for the next training."
    return Line("Your skills that run out", len(mine), address, tone="bad" if bad else "warn", icon="school", says=says)


LINES = [
    Waits(to_fetch, positions=UNIT),
    Waits(cannot_go_out, power=Power.KEEP_EQUIPMENT),
    Waits(running_out, power=Power.KEEP_EQUIPMENT),
    Waits(his_running_out, positions=UNIT),
]
