"""What an account shows of the terms, and what filters it, for its page: `{% terms_of account %}`."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Account
from accounts.terms_checking import standings

register = template.Library()


@register.inclusion_tag("accounts/_terms_of.html")
def terms_of(account: Account) -> dict[str, Any]:
    """Whether the terms are displayed or linked, how and when that was checked."""
    (standing,) = standings([account])
    return {"account": account, "standing": standing}


@register.inclusion_tag("accounts/_filters_of.html")
def filters_of(account: Account) -> dict[str, Any]:
    """The filters that act on it now, approved or not."""
    return {"filters": account.filters.standing()}
