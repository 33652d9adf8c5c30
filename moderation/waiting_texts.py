"""What waits for a member at home: texts to approve, facts to review, facts that run out."""

from __future__ import annotations

from django.urls import reverse

from members.models import Member
from members.powers import Power
from members.waiting import Line, Waits, counted
from moderation.models import FactVersion, Wording


def to_approve(member: Member) -> Line | None:
    """Prepared texts that he may approve: another wrote them."""
    drafts = Wording.objects.drafts().exclude(written_by=member)
    first, count = drafts.order_by("pk").first(), counted(drafts)
    if first is None:
        return None
    address = reverse("wording", args=[first.pk]) if count == 1 else f"{reverse('texts')}?standing=draft"
    says = "Officers send them with one key once you have approved them."
    return Line("Prepared texts to approve", count, address, first.written_at, icon="writing", says=says)


def to_review(member: Member) -> Line | None:
    """Proposed facts that he may review: another wrote them."""
    proposed = FactVersion.objects.proposed().exclude(by=member)
    first = proposed.order_by("pk").first()
    if first is None:
        return None
    address = reverse("library_fact", args=[first.fact_id])
    return Line("Facts to review", counted(proposed), address, first.at, icon="book")


def running_out(member: Member) -> Line | None:
    """Facts that run out within a fortnight, or have: they are not offered without a new day."""
    expiring = FactVersion.objects.expiring()
    if not (count := counted(expiring)):
        return None
    address = f"{reverse('library')}?standing=expiring"
    says = "The section that knows says until when they hold."
    return Line("Facts running out", count, address, None, "warn", icon="calendar-due", says=says)


LINES = (
    Waits(to_approve, power=Power.APPROVE_CONTENT),
    Waits(to_review, power=Power.REVIEW_ACCURACY),
    Waits(running_out, power=Power.REVIEW_ACCURACY),
)
