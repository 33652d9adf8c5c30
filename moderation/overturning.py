"""Overturning a hide: by the second review of a level 7, or by an appeal (4.L7, 4.S; LR-6).

The grade is superseded, the comment shown again, the poster told that we are sorry, the strike withdrawn; the record
stays and says what became of it. Who overturns needs no role on the account: he undoes what another should not have
done, and orders nothing but that.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import IntegrityError, transaction

from members.authority import holders
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record
from moderation import demanding, ladder, live, notices, ordering
from moderation.models import (
    Appeal,
    BreachWithdrawal,
    Case,
    Comment,
    Grade,
    GradingSystem,
    Notice,
    Proposal,
    Review,
)
from moderation.models.appeals import ban_resting_on
from moderation.models.grades import HIDEABLE
from moderation.models.reviews import LEAVES_STANDING
from moderation.retention import retain_overturning


def overturn(case: Case, level: int, *, by: Member, why: str, rests_on: Review | Appeal) -> Grade:
    """Give the comment its right `level` and undo everything that the grade in force had brought on, all at once.

    `rests_on` is the decision that says so; who may make it was asked there. The same decision a second time changes
    nothing and returns the first grade. Raises Invalid (not a level that stays visible, no reason) and WrongState
    (nothing is hidden by its grade any more: another acted first).
    """
    if level not in LEAVES_STANDING:
        raise Invalid("Say what the comment is instead: one of the levels 1 to 6.", "level")
    if not why.strip():
        raise Invalid("Write down why: it is kept, and shown to who graded it.", "reason")
    with transaction.atomic():
        case.lock()
        key = key_of(rests_on)
        first = Grade.objects.filter(key=key).first()
        if first is not None:
            return first
        if case.grade is None or case.level not in HIDEABLE:
            raise WrongState(case, "overturn")
        overturned = case.grade
        grade = _supersede(case, overturned, level, by=by, why=why, key=key)
        ladder.withdraw(case, by=by, why=BreachWithdrawal.Why.OVERTURNED)
        ordering.withdraw_unwanted(case, by=by)
        demanding.order_what_is_demanded(case, grade, "", by=by)
        retain_overturning(case.comment, grade, rests_on=str(rests_on))
        _take_proposals_back(case.comment, by=by)
        propose_end_of_ban(case.comment, by=by, why=why)
        notices.order_notice(case.comment, Notice.Kind.APOLOGY, grade=grade, by=by)
        case.settle(by=by)
    live.changed(case.pk)
    return grade


def key_of(rests_on: Review | Appeal) -> str:
    """The key of the grade that a decision gives: one decision overturns once."""
    return f"overturn-{rests_on._meta.model_name}-{rests_on.pk}"


def _supersede(case: Case, overturned: Grade, level: int, *, by: Member, why: str, key: str) -> Grade:
    """The new grade, of the version that was judged. A comment edited since goes on waiting for the grade of that."""
    system = GradingSystem.objects.in_force() or overturned.system
    grade: Grade = Grade.objects.create(
        key=key,
        comment=case.comment,
        version=overturned.version,
        level=level,
        reason=why.strip(),
        system=system,
        by=by,
        supersedes=overturned,
    )
    ordering.withdraw_unsent(case, by=by)
    waits = case.state == Case.State.WAITING
    case.become(
        Case.State.WAITING if waits else Case.State.OUTSTANDING,
        verb="overturn",
        by=by,
        decision=grade,
        grade=grade,
        level=level,
    )
    return grade


def _take_proposals_back(comment: Comment, *, by: Member) -> None:
    """What was proposed on the strength of this comment, and nobody has decided, is nobody's to decide any more."""
    for proposal in comment.proposals.filter(state=Proposal.State.PROPOSED, act__in=["ban", "delete"]):
        with suppress(WrongState):  # decided this moment: the ban is found after it
            proposal.become(Proposal.State.WITHDRAWN, verb="withdraw", by=by)


def propose_end_of_ban(comment: Comment, *, by: Member, why: str) -> Proposal | None:
    """Propose the end of the ban that rests on `comment`; None where there is none, or its end is proposed already.

    A second person decides on it, as on every end of a ban (clauses.md, second table).
    """
    if ban_resting_on(comment) is None:
        return None
    try:
        with transaction.atomic():
            ended: Proposal = Proposal.objects.create(
                act=Proposal.Act.UNBAN,
                account=comment.account,
                poster=comment.poster,
                reason=f"The ban rested on comment {comment.pk}, and that was overturned: {why.strip()}",
                proposed_by=by,
            )
    except IntegrityError:
        return None
    record("propose", ended, by=by, after=ended.state)
    able = [one.member for one in holders(Power.APPROVE_DELETIONS) if ended.may_decide(one.member)]
    tell(
        able,
        Kind.REVIEWS,
        f"A ban on {ended.account} has lost its ground: decide on its end.",
        ended.get_absolute_url(),
    )
    return ended
