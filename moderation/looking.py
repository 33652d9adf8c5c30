"""A direct look at one comment on its platform: before it is said to be gone, and when an officer opens it (ruling 7).

Polls see edits and deletions late on some platforms; what an officer decides about should be what stands there.
"""

from __future__ import annotations

import hashlib

import structlog
from django.utils import timezone

from accounts.models import Account, PlatformLimit
from accounts.platforms.client import Client
from accounts.platforms.contract import Gone, Page, PlatformError, RateLimited, Ref, RemoteComment, Sight
from moderation import pace
from moderation.intake import take_in
from moderation.models import Comment

log = structlog.get_logger()


def seen_now(client: Client, ref: Ref) -> Page:
    """The comment as the platform shows it now, as a page for intake: its bytes are its own, none where it is gone."""
    try:
        found = client.look(ref)
    except Gone:
        found = RemoteComment(ref.remote_id, "", kind=ref.kind, sight=Sight.GONE)
    digest = hashlib.sha256(found.raw).digest()
    return Page("get_comment", digest, len(found.raw), timezone.now(), comments=[found])


def look(comment_id: int) -> None:
    """Look at one comment and take in what is found. What fails is left to the next poll: nothing waits for a look."""
    comment = Comment.objects.select_related("account__credential", "poster").get(pk=comment_id)
    account = comment.account
    if comment.is_captured or account.state in {Account.State.NEEDS_RECONNECTING, Account.State.CLOSED}:
        return
    if pace.pause_until(account, timezone.now()) is not None:
        return
    client = account.client(limits=lambda limit: PlatformLimit.note(account, limit))
    try:
        take_in(account, seen_now(client, comment.ref))
    except RateLimited as error:
        PlatformLimit.block(account, call=error.call, until=error.until)
    except PlatformError as error:
        log.info("look_failed", comment=comment_id, error=type(error).__name__, code=error.code)
