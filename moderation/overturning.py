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
from moderation.decisions import OVERTURNED
from moderation.models import (
    Appeal,
    BreachWithdrawal,
    Case,
    Comment,
    CommentOrder,
    Grade,
    GradingSystem,
    Measure,
    Notice,
    Proposal,
    Review,
)
from moderation.models.appeals import bans_of, is_because_of
from moderation.models.bans import Waiver
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
        demanding.order_what_is_demanded(case, grade, None, by=by)
        retain_overturning(case.comment, grade, rests_on=str(rests_on))
        _take_proposals_back(case.comment, by=by)
        propose_end_of_bans(case.comment, by=by, why=why)
        shown = case.comment.orders.filter(grade=grade, verb=CommentOrder.Verb.UNHIDE).first()
        notices.order_notice(case.comment, Notice.Kind.APOLOGY, grade=grade, by=by, after=shown)
        case.settle(by=by)
    live.changed(case.pk)
    return grade


def key_of(rests_on: Review | Appeal) -> str:
    """The key of the grade that a decision gives: one decision overturns once."""
    return f"{OVERTURNED}{rests_on._meta.model_name}-{rests_on.pk}"


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


def propose_end_of_bans(comment: Comment, *, by: Member, why: str) -> list[Proposal]:
    """Propose the end of each ban that has lost its ground with the hide of `comment`.

    A second person decides on it, as on every end of a ban (clauses.md, second table). What was proposed before is not
    proposed again.
    """
    proposed = []
    reason = f"The hide of comment {comment.pk} was overturned, and the ban lost its ground: {why.strip()}"
    for ban in _bans_without_ground(comment):
        try:
            with transaction.atomic():
                ended: Proposal = Proposal.objects.create(
                    act=Proposal.Act.UNBAN,
                    account=ban.account,
                    poster=ban.poster,
                    reason=reason,
                    proposed_by=by,
                )
        except IntegrityError:
            continue
        record("propose", ended, by=by, after=ended.state)
        able = [one.member for one in holders(Power.APPROVE_DELETIONS) if ended.may_decide(one.member)]
        sentence = f"A ban on {ended.account} has lost its ground: decide on its end."
        tell(able, Kind.REVIEWS, sentence, ended.get_absolute_url())
        proposed.append(ended)
    return proposed


def _bans_without_ground(comment: Comment) -> list[Measure]:
    """The bans of the poster that rest on this comment, or on a ladder that carries none without it (4.S)."""
    poster = comment.poster
    if poster is None:
        return []
    carried = ladder.standing(poster, comment.account.platform).allows_ban
    return [
        ban
        for ban in bans_of(poster)
        if is_because_of(ban, comment) or not (carried or Waiver.objects.filter(proposal=ban.proposal).exists())
    ]
