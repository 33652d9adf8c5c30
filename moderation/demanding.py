"""What a grade demands, ordered in the sequence that S.O.P. 4 and the platform ask for: record, hide, notice, answer.

Every function needs the comment's case locked, in the transaction that decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import orders as steps
from accounts.platforms.capabilities import Act, capability
from members.models import Member
from members.states import record
from moderation import ladder, notices, ordering, sources
from moderation.models.clearances import Clearance
from moderation.models.grades import HIDEABLE, Grade, Level
from moderation.models.orders import CommentOrder
from moderation.models.records import RetainedRecord
from moderation.retention import retain
from moderation.sources import Rests

if TYPE_CHECKING:
    from moderation.decisions import Decision
    from moderation.models.cases import Case


def order_what_is_demanded(
    case: Case, grade: Grade, decision: Decision | None, *, by: Member, asked: bool = False
) -> None:
    """Order what `grade`, the current one, demands. What earlier ones ordered was withdrawn before.

    `decision`: what was said with the grade; None where nobody sat before a form. `asked`: a second person clears the
    hide first; then the record alone is made (`clearing` orders the rest).
    """
    answer = decision.answer if decision is not None else ""
    if grade.level not in HIDEABLE:
        ordering.show(case, grade, by=by)
        if decision is not None and answer:
            give_answer(case, grade, answer, decision.rests, by=by, key=grade.key)
        return
    kept = retain(case.comment, grade, by=by)
    record("retain", case, by=by, decision=kept)
    steps.reached("retained")
    if decision is not None and decision.left_out:
        notices.leave_out(case, grade, because=decision.left_out, by=by)
    if asked:
        if not clearing_stands(grade):
            ordering.show(case, grade, by=by)  # what hid it under another grade is no clearance of this one
        notices.check(case.comment, ladder.called_for(case.comment), grade, answer)
    else:
        hide_and_contact(case, grade, kept, answer, by=by)


def clearing_stands(grade: Grade) -> bool:
    """Whether the grade that `grade` supersedes had been cleared: what a second person let be hidden stays so."""
    return Clearance.objects.filter(grade=grade.supersedes_id, state=Clearance.State.CLEARED).exists()


def give_answer(case: Case, grade: Grade, text: str, rests: Rests, *, by: Member, key: str) -> CommentOrder | None:
    """Order the answer as a reply, on the board under the post, or both, and keep what it rests on (4.L3, 4.L5).

    The order of the reply; None where there is none, or another member looks at it first. Raises AnswerUnderWay.
    """
    sources.keep(case, grade, rests, by=by, key=key)
    order = ordering.order_answer(case, grade, text, by=by, key=key) if rests.replies else None
    if rests.posts:
        from moderation.measures import correct_under  # which knows the cases

        correct_under(case.comment, text, by=by, key=key)
    return order


def hide_and_contact(case: Case, grade: Grade, kept: RetainedRecord, answer: str, *, by: Member) -> None:
    """Order the hide that rests on `kept`; at level 7 count the breach and tell the poster, as the platform demands.

    A level 8 counts, and its poster is told, when a supervisor has decided so (ruling 2).
    """
    if grade.level != Level.OFFENSIVE:
        ordering.hide(case, grade, kept, by=by)
        return
    breach = ladder.count(case, grade, by=by)
    if case.comment.notices.filter(grade=grade).exists():  # it was left out, with the reason
        ordering.hide(case, grade, kept, by=by)
        return
    kind = ladder.called_for(case.comment)
    account = case.comment.account
    if capability(account.platform, Act.HIDE, account.tier).contact_first:
        notice = notices.order_notice(case.comment, kind, grade=grade, by=by, text=answer, breach=breach)
        ordering.hide(case, grade, kept, by=by, after=notice.order)
    else:
        hide = ordering.hide(case, grade, kept, by=by)
        notices.order_notice(case.comment, kind, grade=grade, by=by, text=answer, breach=breach, after=hide)
