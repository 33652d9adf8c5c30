"""What of custody waits for a member: each line leads to the first thing that it counts (3.7)."""

from __future__ import annotations

from django.urls import reverse

from equipment.models import Custody, FoundReport
from equipment.models.custody import CustodyQuerySet
from members.models import Member
from members.powers import Power
from members.waiting import Line, Waits, counted


def _label(rows: CustodyQuerySet) -> str:
    first = rows.select_related("item").order_by("pk").first()
    return reverse("label", args=[first.item.code]) if first else reverse("custody")


def _stands_out() -> str:
    return f"{reverse('custody')}?show=stands_out"


def to_accept(member: Member) -> Line | None:
    """What he was handed, and has not said that he has."""
    rows = Custody.objects.open().filter(holder=member, accepted_at__isnull=True, denied_at__isnull=True)
    first = rows.order_by("since").first()
    if first is None:
        return None
    says = "Say that you have it, or that you do not."
    return Line("Equipment handed to you", counted(rows), _label(rows), first.since, "warn", icon="check", says=says)


def to_return(member: Member) -> Line | None:
    """His own that is overdue."""
    rows = Custody.objects.overdue().filter(holder=member)
    first = rows.order_by("due_back").first()
    if first is None:
        return None
    says = "Return it, or say until when you need it."
    return Line("Equipment to return", counted(rows), _label(rows), first.due_back, "bad", icon="clock-x", says=says)


def in_trunk(member: Member) -> Line | None:
    """His own that was in a trunk in the night."""
    rows = Custody.objects.overnight().filter(holder=member)
    first = rows.order_by("since").first()
    if first is None:
        return None
    says = "Bring it into the office."
    return Line("In a trunk overnight", counted(rows), _label(rows), first.since, "bad", icon="car", says=says)


def late(member: Member) -> Line | None:
    """Of all members: overdue."""
    rows = Custody.objects.overdue()
    first = rows.order_by("due_back").first()
    if first is None:
        return None
    return Line("Equipment overdue", counted(rows), _stands_out(), first.due_back, "warn", icon="clock-x")


def overnight(member: Member) -> Line | None:
    """Of all members: in a trunk in the night."""
    rows = Custody.objects.overnight()
    first = rows.order_by("since").first()
    if first is None:
        return None
    return Line("Equipment in a trunk overnight", counted(rows), _stands_out(), first.since, "warn", icon="car")


def to_ask_back(member: Member) -> Line | None:
    """With members who have left the unit."""
    rows = Custody.objects.of_who_left()
    if not rows.exists():
        return None
    says = "Whoever had it has left the unit: ask it back, and check it in."
    return Line("Equipment to ask back", counted(rows), _stands_out(), tone="bad", icon="user-minus", says=says)


def denied(member: Member) -> Line | None:
    """Handed to somebody who says that he has it not."""
    rows = Custody.objects.denied()
    first = rows.order_by("since").first()
    if first is None:
        return None
    says = "Whoever should have it says that he has it not: find it."
    return Line(
        "Equipment nobody admits to", counted(rows), _stands_out(), first.since, "bad", icon="user-question", says=says
    )


def found(member: Member) -> Line | None:
    """What strangers found, and nobody has settled."""
    rows = FoundReport.objects.filter(settled_at__isnull=True)
    first = rows.order_by("at").first()
    if first is None:
        return None
    address = reverse("found_reports")
    return Line("Equipment found by strangers", counted(rows), address, first.at, "warn", icon="world")


LINES = (
    Waits(to_accept, power=Power.CARRY_OUT),
    Waits(to_return, power=Power.CARRY_OUT),
    Waits(in_trunk, power=Power.CARRY_OUT),
    Waits(late, power=Power.KEEP_EQUIPMENT),
    Waits(overnight, power=Power.KEEP_EQUIPMENT),
    Waits(to_ask_back, power=Power.KEEP_EQUIPMENT),
    Waits(denied, power=Power.KEEP_EQUIPMENT),
    Waits(found, power=Power.KEEP_EQUIPMENT),
)
