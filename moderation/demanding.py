"""What a grade demands, ordered in the sequence that S.O.P. 4 and the platform ask for: record, hide, notice, answer.

Every function needs the comment's case locked, in the transaction that decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import orders as steps
from accounts.platforms.capabilities import Act, capability
from members.models import Member
from members.states import record
from moderation import ladder, notices, ordering
from moderation.models.grades import HIDEABLE, Grade, Level
from moderation.models.records import RetainedRecord
from moderation.retention import retain

if TYPE_CHECKING:
    from moderation.models.cases import Case


def order_what_is_demanded(
    case: Case, grade: Grade, answer: str, *, by: Member, asked: bool = False, left_out: str = ""
) -> None:
    """Order what `grade`, the current one, demands. What earlier ones ordered was withdrawn before.

    `asked`: a second person clears the hide first; then the record alone is made (`clearing` orders the rest).
    `left_out`: why nobody is told of a level 7.
    """
    if grade.level not in HIDEABLE:
        ordering.show(case, grade, by=by)
        if answer:
            ordering.order_answer(case, grade, answer, by=by, key=grade.key)
        return
    kept = retain(case.comment, grade, by=by)
    record("retain", case, by=by, decision=kept)
    steps.reached("retained")
    if left_out:
        notices.leave_out(case, grade, because=left_out, by=by)
    if asked:
        notices.check(case.comment, ladder.called_for(case.comment), grade, answer)
    else:
        hide_and_contact(case, grade, kept, answer, by=by)


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
