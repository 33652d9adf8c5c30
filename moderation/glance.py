"""What there is about a comment that is laid on a desk, asked in one statement: what is not there is not fetched.

Most comments have no neighbours, their posters no earlier ones, no breach and no notice. Each of those questions alone
joins several tables, and an officer's every next comment would pay for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from moderation.models.comments import Comment


@dataclass(frozen=True)
class Glance:
    """Whether there is any of it, whoever may see it and whether it still counts: that its own question says."""

    showing: str  # when suggestions are shown (Showing.When)
    holds: str | None  # the last word on what may be held of posters on its platform
    answers: bool  # comments that answer it
    earlier: bool  # other comments of its poster
    breaches: bool  # of its poster
    notices: bool  # to its poster
    referrals: bool
    came_back: bool


_LOOK = """
SELECT
    coalesce((SELECT "when" FROM moderation_showing ORDER BY id DESC LIMIT 1), 'before'),
    (SELECT holds FROM moderation_holding WHERE platform = %s ORDER BY id DESC LIMIT 1),
    EXISTS (SELECT FROM moderation_comment WHERE post_id = %s AND parent_remote_id = %s AND account_id = %s),
    EXISTS (SELECT FROM moderation_comment WHERE poster_id = %s AND id <> %s),
    EXISTS (SELECT FROM moderation_breach WHERE poster_id = %s),
    EXISTS (
        SELECT FROM moderation_notice notice JOIN moderation_comment told ON told.id = notice.comment_id
        WHERE told.poster_id = %s
    ),
    EXISTS (SELECT FROM moderation_referral WHERE comment_id = %s),
    EXISTS (SELECT FROM moderation_cameback WHERE comment_id = %s)
"""


def glance(comment: Comment) -> Glance:
    """One look at all of it."""
    key, poster, account = comment.pk, comment.poster_id, comment.account
    given = [account.platform, comment.post_id, comment.remote_id, account.pk, poster, key, poster, poster, key, key]
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, given)
        return Glance(*cursor.fetchone())
