"""The documents that the demonstration unit works by, in force since the day of the S.O.P."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.adopting import adopt_terms
from accounts.models import Terms
from moderation.adopting import adopt_grading_system
from moderation.models.grades import GradingSystem
from smu.demonstration.agency import bayside

IN_FORCE_SINCE = datetime(2017, 7, 11, tzinfo=ZoneInfo("America/New_York"))


def load_terms() -> Terms:
    """Publish the terms, or find them published."""
    return adopt_terms(bayside(), by=None, effective_from=IN_FORCE_SINCE)


def load_grading_system() -> GradingSystem:
    """Publish the grading system, or find it published."""
    return adopt_grading_system(bayside(), by=None, effective_from=IN_FORCE_SINCE)
