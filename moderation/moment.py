"""What the moment of a grade is judged by, read in one statement when the case is locked: each act pays for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from members.models import Member
from moderation.models.referrals import Referral

if TYPE_CHECKING:
    from moderation.decisions import Decision
    from moderation.models.cases import Case


@dataclass(frozen=True)
class Moment:
    """How things stand now. What is there is then read by whoever needs it whole."""

    given: bool  # a grade with the decision's key
    taken: bool  # another member holds the comment
    followed: bool  # a referral that keeps the comment outstanding is unfinished


_READ = """
SELECT
    EXISTS (SELECT FROM moderation_grade WHERE key = %s),
    EXISTS (SELECT FROM moderation_queueentry WHERE comment_id = %s AND held_by_id <> %s AND lease_until > %s),
    EXISTS (SELECT FROM moderation_referral WHERE comment_id = %s AND kind = ANY(%s) AND state = ANY(%s))
"""


def moment_of(case: Case, decision: Decision, by: Member) -> Moment:
    """Needs the case locked: a statement that waited for the lock would not see what the one before it wrote."""
    open_ones = [[str(kind) for kind in Referral.KEEPS_OPEN], [str(state) for state in Referral.UNFINISHED]]
    with connection.cursor() as cursor:
        cursor.execute(_READ, [decision.key, case.pk, by.pk, timezone.now(), case.pk, *open_ones])
        return Moment(*cursor.fetchone())
