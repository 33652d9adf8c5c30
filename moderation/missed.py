"""Comments that only a poll brought, although the platform says that it tells us of them by itself."""

from __future__ import annotations

from accounts.models import Account, WebhookSubscription
from accounts.models.subscriptions import LATE
from accounts.platforms.contract import Kind, Page, Platform
from moderation.models import Comment

# X tells of direct answers only; what answers an answer is found by polling (facts.md 3.3).
_UNTOLD: dict[str, frozenset[str]] = {Platform.X: frozenset({Kind.REPLY})}


def note(account: Account, page: Page) -> None:
    """Count what a poll's page was the first to bring, long after it was written, while the subscription stood."""
    row = WebhookSubscription.objects.filter(account=account, active=True, active_since__isnull=False).first()
    if row is None or row.active_since is None:
        return
    untold = _UNTOLD.get(account.platform, frozenset())
    until = page.received_at - LATE
    names = [
        one.remote_id
        for one in page.comments
        if not one.ours and one.kind not in untold and one.posted_at and row.active_since < one.posted_at < until
    ]
    first = Comment.objects.filter(account=account, remote_id__in=names, received_at=page.received_at)
    if names and (count := first.count()):
        WebhookSubscription.miss(account, count)
