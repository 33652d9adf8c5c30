"""What a grade still asks for: whether a comment is outstanding or addressed (S.O.P. 4; 4.L4: closed when resolved).

Every function needs the case locked, in the transaction that asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.platforms.contract import Sight
from moderation import following
from moderation.models.clearances import is_being_asked
from moderation.models.grades import Demand, Level, demand_of
from moderation.models.orders import CommentOrder
from moderation.moment import Moment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from moderation.decisions import Decision
    from moderation.models.cases import Case
    from moderation.models.measures import Measure

ENDED = [CommentOrder.State.DONE, CommentOrder.State.WITHDRAWN]


def will_owe(case: Case, decision: Decision, demand: Demand, moment: Moment) -> bool:
    """Whether something will be open after this decision, whose level demands `demand`; asked before it is ordered."""
    asked = demand.hide or case.hidden or demand.reply == "required" or bool(decision.answer)
    return asked or moment.followed  # an alarm may have been raised before anybody graded it


def owes(case: Case, level: int) -> bool:
    """Whether something that `level`, the one that stands, demands is open."""
    orders = case.comment.orders
    if orders.exclude(state__in=ENDED).exists() or case.comment.drafts.filter(state="asked").exists():
        return True
    if level == Level.OFFENSIVE and is_being_asked(case.grade_id):
        return True
    board = _board(case).exclude(state=CommentOrder.State.WITHDRAWN) if level == Level.MISGUIDED else None
    if board is not None and board.exclude(state=CommentOrder.State.DONE).exists():
        return not is_closed(case)
    demand = _demand(case, level)
    if demand.hide != case.hidden or (demand.hide and case.sight == Sight.VISIBLE):
        return not is_closed(case)
    if following.is_followed(case):
        return True
    if case.comment.notices.unsettled(case.grade).exists():
        return not is_closed(case)
    if demand.reply != "required":
        return False
    answered = orders.filter(verb=CommentOrder.Verb.REPLY, state=CommentOrder.State.DONE).exists() or (
        board is not None and board.exists()
    )
    return not (answered and following.is_resolved(case)) and not is_closed(case)


def _board(case: Case) -> QuerySet[Measure]:
    """What was ordered under the post to put the comment right, since it was graded so (4.L5)."""
    since = case.grade.at if case.grade is not None else None
    return case.comment.measures.filter(verb="comment", created_at__gte=since)


def _demand(case: Case, level: int) -> Demand:
    """By the version that the standing grade was given under (4.0)."""
    return case.grade.demand if case.grade is not None else demand_of(level)


def is_closed(case: Case) -> bool:
    """Whether somebody said why what the present grade asks for is not done."""
    return case.comment.notes.filter(closes=case.grade).exists()
