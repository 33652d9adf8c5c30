"""Raising and telling threats (S.O.P. 4, level 8): at once with the grade, then until somebody acknowledges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.models import Member
from members.states import record
from moderation.models.grades import Grade
from moderation.models.threats import Threat

if TYPE_CHECKING:
    from moderation.models.cases import Case


def raise_threat(case: Case, grade: Grade, *, by: Member) -> Threat:
    """Raise the threat of `grade`, a level 8, in the transaction that gives it; the row before the case moves."""
    threat: Threat = Threat.objects.create(grade=grade, comment=case.comment, raised_by=by)
    record("raise_threat", threat, by=by, after=threat.state, decision=grade)
    return threat
