"""What goes with a grade in one sitting: the private message, the referral, a question handed over (4.L3, 4.L4)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction

from members.models import Member
from moderation import measures
from moderation.decisions import Decision
from moderation.models import Comment, Grade, Level
from moderation.referrals import Ask, open_referral


@dataclass(frozen=True)
class FollowUp:
    """`no_reply`: what stands in the field of the reply is left out, for somebody else is asked first."""

    message: str = ""
    ask: Ask | None = None
    no_reply: bool = False

    @property
    def says_something(self) -> bool:
        """Whether anything goes with the grade."""
        return bool(self.message or self.ask or self.no_reply)


def grade_and_follow_up(comment: Comment, decision: Decision, follow: FollowUp | None, *, by: Member) -> Grade:
    """Give the grade and all that goes with it, or nothing of it. At level 8 nothing goes with it (ruling 2).

    The same key a second time changes nothing. Raises as the grade, the message and the referral do.
    """
    if follow is None or decision.level == Level.THREATENING:
        return comment.case.grade_as(decision, by=by)
    if follow.no_reply and follow.ask is not None:
        decision = replace(decision, reply="")
    with transaction.atomic():
        grade = comment.case.grade_as(decision, by=by)
        if follow.message:
            measures.message(comment, follow.message, by=by, key=f"{decision.key}:private")
        if follow.ask is not None:
            open_referral(comment, follow.ask, by=by, key=f"{decision.key}:{follow.ask.kind}")
    return grade
