"""How an account is connected, for its page: `{% connection_of account member %}`."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Account, Gap, StandingBan, Takeover, TokenCheck
from accounts.platforms.contract import WITH_API
from members.models import Member
from members.powers import Power

register = template.Library()

SHOWN = 3  # gaps on the account's page; the others on their own


@register.inclusion_tag("accounts/_connection.html")
def connection_of(account: Account, member: Member) -> dict[str, Any]:
    """Its token, its gaps, what of its past was taken over, and the way to connect it again."""
    gaps = Gap.objects.visible_to(member).filter(account=account)
    return {
        "account": account,
        "token": TokenCheck.objects.filter(account=account).first(),
        "gaps": gaps.select_related("account")[:SHOWN],
        "gap_count": gaps.count(),
        "takeover": Takeover.objects.filter(account=account).first(),
        "bans": StandingBan.objects.visible_to(member).filter(account=account).count(),
        "may_connect": member.may(Power.ADMINISTER_ACCOUNTS)
        and account.platform in WITH_API
        and account.state != Account.State.CLOSED,
    }
