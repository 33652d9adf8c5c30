"""What the demonstration's unit can do, what its things need of who takes them, and what it has booked."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from equipment import bookings, skills
from equipment.bookings import Span
from equipment.models import Booking, Item, Kind, Skill, SkillProof
from equipment.skill_matrix import BY_ACT
from members.models import Member
from members.models.agency import agency_zone

OWN = ("Fly a drone", "Holds a remote pilot certificate of the FAA (Part 107), renewed every 24 months.")
# Member, skill by its letter or name, days ago, days for which it holds (none: without end), training.
ASSESSED: list[tuple[str, str, int, int | None, str]] = [
    ("ddiaz", "A", 210, None, "Platforms for public agencies, two days"),
    ("ddiaz", "B", 200, 365, "Camera operation, academy, 16 hours"),
    ("ddiaz", "D", 400, 365, "Editing workshop, one day"),
    ("ddiaz", OWN[0], 700, 730, "Part 107, county aviation unit"),
    ("cokafor", "A", 120, None, "Platforms for public agencies, two days"),
    ("cokafor", "C", 90, None, "Handling of media and memory cards, half a day"),
    ("lmoreau", "A", 500, None, "Came with it: ten years of social media"),
    ("lmoreau", "B", 60, 365, "Camera operation, academy, 16 hours"),
    ("lmoreau", "C", 60, None, "Handling of media and memory cards, half a day"),
    ("lmoreau", "D", 60, None, "Shown by work of her own"),
]
# Who, which thing, in how many days from now, from and until which hour, what for, which event.
BOOKED: list[tuple[str, str, int, int, int, str, str]] = [
    ("ddiaz", "Field camera 1", 1, 8, 13, "Pictures and a short film", "Coffee with a Cop, Bayside Library"),
    ("cokafor", "Field camera 2", 3, 16, 22, "Pictures of the street", "Friday art walk"),
    ("lmoreau", "Wireless microphone", 6, 9, 17, "Interviews with the new officers", "Academy graduation"),
]


def load_bookings() -> None:
    """By the product's own verbs, in the names of its members; what stands already is left alone."""
    members = {member.username: member for member in Member.objects.serving()}
    supervisor = members.get("acole")
    if supervisor is None or SkillProof.objects.exists() or Booking.objects.exists():
        return
    skills.add_skill(OWN[0], by=supervisor, says=OWN[1])
    known: dict[str, Skill] = {one.letter or one.name: one for one in Skill.objects.kept()}
    for name, which, ago, lasts, training in ASSESSED:
        if name in members:
            _assess(members[name], known[which], ago, lasts, training, by=supervisor)
    for kind in Kind.objects.all():
        letters = {BY_ACT[one.partition(":")[0]] for one in kind.capabilities} & {"B"}
        drone = [known[OWN[0]]] if "drone" in kind.name.lower() else []
        skills.demand(kind, [*(known[one] for one in letters), *drone], by=supervisor)
    for name, thing, days, since, until, purpose, event in BOOKED:
        item = Item.objects.filter(name=thing, state__in=Item.GOES_OUT).first()
        if name in members and item is not None:
            _book(members[name], item, days, since, until, purpose, event)


def _assess(member: Member, skill: Skill, ago: int, lasts: int | None, training: str, *, by: Member) -> None:
    on = timezone.localdate() - timedelta(days=ago)
    more: dict[str, Any] = {"expires_on": on + timedelta(days=lasts)} if lasts else {}
    skills.assess(member, skill, by=by, on=on, training=training, **more)


def _book(to: Member, item: Item, days: int, since: int, until: int, purpose: str, event: str) -> None:
    day, zone = timezone.localdate() + timedelta(days=days), agency_zone()
    span = Span(*(datetime.combine(day, time(hour), tzinfo=zone) for hour in (since, until)))
    bookings.book([item], by=to, to=to, span=span, purpose=purpose, event=event, key=uuid4())
