"""Bookings and skills by the product's own verbs, for tests of other rooms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from equipment import bookings, skills
from equipment.bookings import Span
from equipment.models import Booking, Item, Skill, SkillProof
from members.models import Member
from tests.equipment import acts


def booked(items: list[Item], *, by: Member, to: Member | None = None, purpose: str = "Parade") -> Booking:
    """For four hours of the day after tomorrow."""
    since = timezone.now() + timedelta(days=2)
    span = Span(since, since + timedelta(hours=4))
    return bookings.book(items, by=by, to=to or by, span=span, purpose=purpose, event=purpose, key=uuid4())


def assessed(member: Member, *, by: Member, training: str = "Academy, 16 hours") -> SkillProof:
    """Able to operate recording devices, for thirty days more."""
    today, skill = timezone.localdate(), Skill.objects.get(letter="B")
    until = today + timedelta(days=30)
    return skills.assess(member, skill, by=by, on=today, training=training, expires_on=until, remark=training)


def booking_world(supervisor: Member, serving: Member) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """For the table of addresses: keys of things, those of single addresses, and what is typed there."""
    camera = acts.item("Booked camera", by=supervisor)
    lens = acts.item("Booked lens", by=supervisor)
    made = booked([camera, lens], by=serving)
    proof = assessed(serving, by=supervisor)
    own = skills.add_skill("Fly the drone", by=supervisor)
    of_route = {"drop_booked": {"booking_id": made.pk, "item_id": lens.pk}}
    typed = {
        "cancel_booking": {"reason": "Needed downtown."},
        "withdraw_proof": {"reason": "It was another."},
        "add_skill": {"name": "Swim"},
    }
    return {"booking_id": made.pk, "proof_id": proof.pk, "skill_id": own.pk}, of_route, typed


def booking_pages(words: str, *, by: Member, member: Member) -> dict[str, str]:
    """Pages with `words` wherever somebody writes: a name for each, and its address."""
    made = booked([acts.item(words[:80], by=by)], by=by, to=member, purpose=words[:200])
    assessed(member, by=by, training=words[:200])
    skills.add_skill(words[:80], by=by, says=words[:300])
    return {"booking": made.get_absolute_url(), "skills of one": f"/equipment/skills/members/{member.pk}/"}
