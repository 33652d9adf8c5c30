"""Who has what in the demonstration's unit: with an officer, handed over and not accepted yet, and one thing found."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from equipment import custody, found
from equipment.models import Custody, Item
from members.models import Member

OUT = (  # the thing, who gives it, who takes it, where, the vehicle, hours until it is due, what for
    ("Field camera 2", "ddiaz", "ddiaz", "trunk", "4711", 6, "Covering an event", "Little Havana street fair"),
    ("Wireless microphone", "acole", "cokafor", "field", "", 30, "Live broadcast", "Commander’s weekly broadcast"),
)
FOUND = (
    "Tripod",
    "On a bench in Peacock Park, beside the tennis courts",
    "I can keep it until tonight.",
    "305-555-0188",
)


def load_custody() -> None:
    """By the members' own verbs; where anything is out it is left alone."""
    members = {one.username: one for one in Member.objects.serving()}
    items = {one.name: one for one in Item.objects.all()}
    if Custody.objects.exists():
        return
    for name, by, to, place, vehicle, hours, purpose, event in OUT:
        if name not in items or by not in members or to not in members:
            continue
        due = timezone.now() + timedelta(hours=hours)
        custody.check_out(
            [items[name]],
            by=members[by],
            to=members[to],
            place=place,
            vehicle=vehicle,
            due_back=due,
            purpose=purpose,
            event=event,
            key=uuid4(),
            waiver="Assessed next week; a colleague is with him." if by == "acole" else "",
        )
    name, where, text, reach = FOUND
    if name in items:
        found.report(items[name], where=where, text=text, reach=reach)
