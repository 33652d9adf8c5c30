"""What a verb may answer instead of acting, and the status that says it."""

from __future__ import annotations

from members.states import Refused, WrongState
from moderation.decisions import AnswerUnderWay, Edited, Invalid
from moderation.models.queue import Taken

STATUS: dict[type[Exception], int] = {
    Refused: 403,
    WrongState: 409,
    Edited: 409,
    AnswerUnderWay: 409,
    Taken: 409,
    Invalid: 422,
}
REFUSALS = (Refused, WrongState, Taken, Invalid)
