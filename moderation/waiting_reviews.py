"""What waits for a member of second reviews and appeals: each line leads to the first that he may decide."""

from __future__ import annotations

from django.urls import reverse

from members.models import Member
from members.powers import Power
from members.waiting import Line, Waits, counted
from moderation.models import Appeal, Review


def reviews(member: Member) -> Line:
    """Level 7s of others that he may review; overdue ones press."""
    free = Review.objects.open().free_for(member)
    first = free.first()
    late = counted(Review.objects.overdue().free_for(member))
    says = f"{late} past {'its' if late == 1 else 'their'} time." if late else "Hidden on one member's judgement."
    address = first.get_absolute_url() if first else reverse("reviews")
    since = first.made_at if first else None
    return Line("Second reviews", counted(free), address, since, "bad" if late else "warn", icon="eye-check", says=says)


def appeals(member: Member) -> Line:
    """Appeals that he may decide: he took no part in what they are about."""
    mine = [one for one in Appeal.objects.open().select_related("comment")[:200] if not one.part_of(member)]
    address, since = (mine[0].get_absolute_url(), mine[0].received_at) if mine else (reverse("appeals"), None)
    return Line("Appeals to decide", len(mine), address, since, "warn", icon="scale", says="You took no part in these.")


LINES = (
    Waits(reviews, power=Power.REVIEW_OFFENSIVE),
    Waits(appeals, power=Power.DECIDE_APPEALS),
)
