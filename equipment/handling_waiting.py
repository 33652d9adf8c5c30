"""What of handling waits for a member at home: modifications that he decides (3.6)."""

from __future__ import annotations

from django.urls import reverse

from equipment.models import Modification
from members.models import Member
from members.powers import Position, Power
from members.waiting import Line, Waits, counted


def to_decide(member: Member) -> Line | None:
    """What others asked for. Above the Supervisor: what only his superiors may decide, because he asked himself."""
    rows = Modification.objects.filter(state=Modification.State.ASKED).exclude(asked_by=member)
    if member.position != Position.SUPERVISOR:
        of_supervisors = Member.objects.serving().filter(position=Position.SUPERVISOR)
        if of_supervisors.exists():
            rows = rows.filter(asked_by__in=of_supervisors)
    first = rows.order_by("pk").first()
    if first is None:
        return None
    count = counted(rows)
    address = first.get_absolute_url() if count == 1 else f"{reverse('handling')}?state=asked"
    says = "Outside the maker’s instructions only what another member approved is done."
    return Line("Modifications to decide", count, address, since=first.asked_at, tone="warn", icon="tools", says=says)


LINES = (Waits(to_decide, power=Power.KEEP_EQUIPMENT),)
