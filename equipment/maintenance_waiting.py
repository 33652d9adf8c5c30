"""What of maintenance waits for the Supervisor at home (3.5)."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from equipment import recurring
from equipment.maintenance_log import needing
from equipment.models import Work
from members.models import Member
from members.powers import Position
from members.waiting import MOST, Line, Waits, counted


def service_due(member: Member) -> Line | None:
    """Service that is due, or is soon."""
    rows = recurring.reckoned().filter(is_soon=True)
    count = counted(rows)
    if not count:
        return None
    over = rows.filter(is_due=True).exists()
    says = "Enter it in the log when it is done, and it counts anew." if over else ""
    address = f"{reverse('services')}?due=1"
    word = "Recurring service that is due" if over else "Recurring service that is due soon"
    return Line(word, count, address, tone="warn" if over else "", icon="tool", says=says)


def not_begun(member: Member) -> Line | None:
    """Things that need attention, and nothing is entered that is being done."""
    count = len(needing(MOST))
    if not count:
        return None
    says = "Enter what was found, and who works on it."
    return Line(
        "Equipment that needs attention", count, reverse("maintenance"), tone="warn", icon="alert-triangle", says=says
    )


def late(member: Member) -> Line | None:
    """What should have come back from a shop."""
    rows = Work.objects.filter(state=Work.State.OPEN, expected_on__lt=timezone.localdate())
    count = counted(rows)
    if not count:
        return None
    address = f"{reverse('maintenance')}?which=late"
    return Line("Maintenance past the day it was expected back", count, address, tone="warn", icon="clock-exclamation")


SUPERVISOR = frozenset({Position.SUPERVISOR})
LINES = (
    Waits(not_begun, SUPERVISOR),
    Waits(late, SUPERVISOR),
    Waits(service_due, SUPERVISOR),
)
