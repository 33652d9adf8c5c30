"""What of a transferred member may still stand on the platforms, for his page: `{% removals_of member by %}`."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Removal
from members.models import Member

register = template.Library()


@register.inclusion_tag("accounts/_removals_of.html")
def removals_of(member: Member, by: Member) -> dict[str, Any]:
    """The check-lists of `member`, as far as `by` may see them; what is outstanding first."""
    found = Removal.objects.visible_to(by).filter(member=member).select_related("account", "confirmed_by")
    return {"removals": found.order_by("state", "opened_at", "pk")}
