"""What a member may do, on the page: `{% load authority %}`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members.authority import Holder, changes_at, standing
from members.models import Designation, Member, Watch
from members.powers import MATRIX, Power, Row

register = template.Library()

NAMED = 6  # people of whom a refusal says how they are reached


@register.simple_tag
def authority_marks(member: Member) -> SafeString:
    """What authority.js compares and waits for: the mark of what he may do, and in how many seconds that changes."""
    change = changes_at(member)
    seconds = math.ceil((change - timezone.now()).total_seconds()) if change else ""
    return format_html(
        'data-authority="{}" data-authority-in="{}" data-authority-at="{}"',
        standing(member),
        seconds,
        reverse("authority_mark"),
    )


@register.simple_tag
def acting_appointment(member: Member) -> Designation | None:
    """The appointment by which `member` is Commander now; None where he is not acting."""
    return next((handed for handed in member.handed if handed.acting and handed.in_force()), None)


@register.inclusion_tag("members/_who_could.html")
def who_could(able: Sequence[Holder]) -> dict[str, Any]:
    """Those who could act now: how each is reached, and whether he is on watch."""
    named = able[:NAMED]
    members = [holder.member for holder in named]
    on_watch = set(Watch.objects.at().filter(member__in=members).values_list("member_id", flat=True))
    return {"named": [(holder, holder.member.pk in on_watch) for holder in named], "more": len(able) - len(named)}


@register.filter
def powers_by_position(member: Member) -> list[tuple[Power, Row]]:
    """What his position gives `member`, in the order of the matrix; nothing once he serves no more."""
    if not member.serves():
        return []
    return [(power, row) for power, row in MATRIX.items() if row.held(member.position, sworn=member.sworn)]
