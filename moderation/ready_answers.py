"""The approved text that answers a comment for a purpose, filled in and ready for one key (ruling 1)."""

from __future__ import annotations

from members.authority import require
from members.models import Member
from members.powers import Power
from moderation.models import Comment
from moderation.replies import first_name
from moderation.texts import fills, wordings


def ready_answer(comment: Comment, purpose: str) -> str | None:
    """In the comment's language, else in English; neighbours get other wordings. None where nothing is approved."""
    found = wordings(purpose, comment.language, named=bool(first_name(comment.author_name)))
    ready = [text for _, text in fills(found, name=comment.author_name)]
    return ready[comment.pk % len(ready)] if ready else None


def require_to_reply(comment: Comment, by: Member) -> None:
    """Asked before anything else, so that nobody learns what is approved by what he may not do. Raises Refused."""
    require(by, Power.GRADE_COMMENTS)
    if not comment.case.may_reply(by):
        raise comment.account.refused("replies")
