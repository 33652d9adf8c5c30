"""Pictures on the desk: those of our post that we hold, and whether the public's begin blurred (screens.md; C.11).

The browser never fetches a picture from elsewhere: what we do not hold is a link to the platform.
"""

from __future__ import annotations

from accounts.models import Post
from content.models import MediaFile
from members.models import Member
from moderation.models import Case, OwnDesk, QueueEntry
from moderation.models.grades import HIDEABLE
from moderation.models.queue import Urgency


def of_post(post: Post | None) -> list[MediaFile]:
    """The pictures of a post that this unit published, as they went out, in their order.

    Once the platform has shown the post with a picture: until then there is no comment under it.
    """
    if post is None or not post.image_url:
        return []  # it has none; asked for without a look at the tables, since each next comment pays for it
    published = MediaFile.objects.filter(publication__account=post.account_id, mime__startswith="image/")
    return list(
        published.filter(publication__order__remote_id=post.remote_id).exclude(publication__order__remote_id="")
    )


def begin_blurred(case: Case, entry: QueueEntry | None, member: Member) -> bool:
    """Whether its pictures begin blurred: triage is worried, or its grade hides it, or the member wants so."""
    if not case.comment.attachments:
        return False
    if case.level in HIDEABLE or (entry is not None and entry.urgency <= Urgency.OFFENCE):
        return True
    return OwnDesk.objects.filter(pk=member.pk, blurs=True).exists()
