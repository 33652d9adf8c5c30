"""What waits for a member at home: everything held, posts to be made by hand elsewhere, posts another hand changed.

What failed on an account, or waits for a hand there, stands among the orders of the accounts (accounts.waiting_orders).
"""

from __future__ import annotations

from django.urls import reverse

from content.models import Placement, PostDifference
from content.models.holds import standing_hold
from members.models import Member
from members.powers import Power
from members.waiting import Line, Waits, counted


def held(member: Member) -> Line | None:
    """That everything is held."""
    hold = standing_hold()
    if hold is None:
        return None
    return Line("All publishing is held", 1, reverse("held"), hold.at, "bad", icon="hand-stop", says=hold.why)


def to_post_elsewhere(member: Member) -> Line | None:
    """Approved texts for sites that are not ours."""
    due = Placement.objects.filter(state=Placement.State.DUE)
    first, count = due.order_by("submission__ends_at").select_related("submission").first(), counted(due)
    if first is None:
        return None
    says = "Post it there, then say where it can be seen."
    address, since = reverse("placement", args=[first.pk]), first.submission.starts_at
    return Line("To be posted on others’ sites", count, address, since, "warn", icon="hand-finger", says=says)


def differing(member: Member) -> Line | None:
    """Posts of ours that another hand changed or took away."""
    found = PostDifference.objects.filter(state=PostDifference.State.OPEN)
    first, count = found.order_by("pk").first(), counted(found)
    if first is None:
        return None
    says = "They do not stand as they were approved."
    address = reverse("differences")
    word = "Our posts changed by another hand"
    return Line(word, count, address, first.noticed_at, "bad", icon="eye-exclamation", says=says)


LINES = (
    Waits(held, power=Power.READ_UNIT),
    Waits(to_post_elsewhere, power=Power.DEVELOP_CONTENT),
    Waits(differing, power=Power.DEVELOP_CONTENT),
)
