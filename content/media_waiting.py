"""What of the library waits for a member."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from content.media_library import SOON, about_to_end
from members.models import Member
from members.powers import Position
from members.waiting import Line, Waits, counted


def rights_about_to_end(member: Member) -> Line | None:
    """Pictures whose rights end soon, or have ended; lands on the list of them (2.B)."""
    rows = about_to_end(member)
    if not rows.exists():
        return None
    over = rows.filter(Q(expires_on__lt=timezone.localdate())).exists()
    says = "Nothing with them goes out after their last day: renew them, or leave them out."
    address = f"{reverse('media_library')}?ending=1"
    word = f"Pictures whose rights end within {SOON} days"
    return Line(word, counted(rows), address, tone="warn" if over else "", icon="photo-exclamation", says=says)


LINES = (Waits(rights_about_to_end, frozenset({Position.SPECIALIST, Position.SUPERVISOR})),)
