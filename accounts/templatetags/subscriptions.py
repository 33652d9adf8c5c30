"""Whether the platform tells us of an account by itself, for its page: `{% subscription_of account %}`."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Account, WebhookSubscription
from accounts.platforms.capabilities import Act, capability
from accounts.platforms.webhooks import SENDERS

register = template.Library()


@register.inclusion_tag("accounts/_subscription.html")
def subscription_of(account: Account) -> dict[str, Any]:
    """The subscription as it stands, and what the platform tells at all."""
    row = WebhookSubscription.objects.filter(account=account).select_related("account").first()
    told = account.platform in SENDERS
    return {"row": row, "told": told, "says": capability(account.platform, Act.WEBHOOK).says}
