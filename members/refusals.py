"""What a verb may answer instead of acting, and the status that says it."""

from __future__ import annotations

from members.models.leaving import SENTENCE, refused_by_the_rule
from members.states import Invalid, Refused, WrongState

STATUS: dict[type[Exception], int] = {Refused: 403, WrongState: 409, Invalid: 422}
REFUSALS = tuple(STATUS)


def status_of(error: Exception) -> int:
    """The status of a refusal, of a finer kind of one too."""
    if refused_by_the_rule(error):
        return 403
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)


def sentence_of(error: Exception) -> str:
    """What a refusal says; in words too where the database refused, because the member had left meanwhile (1.3)."""
    return SENTENCE if refused_by_the_rule(error) else str(error)
