"""What a comment's case asks about its referrals and exchanges: what keeps it open, and what an answer ends.

Every function needs the case locked, in the transaction that asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from members.models import Member
from members.states import Invalid
from moderation.models.came_back import Exchange
from moderation.models.grades import Grade, Level
from moderation.models.queue import QueueEntry
from moderation.models.referrals import Referral, ReferralEntry

if TYPE_CHECKING:
    from moderation.models.cases import Case
    from moderation.models.measures import Measure
    from moderation.models.orders import CommentOrder

State, Outcome = Referral.State, Referral.Outcome
ANSWERED = "The poster was answered."
SLIP = "The grade that opened it was taken back before anybody was written to."


def is_followed(case: Case) -> bool:
    """Whether a referral that holds the comment outstanding is unfinished."""
    return _unfinished(case, *Referral.KEEPS_OPEN).exists()


def is_resolved(case: Case) -> bool:
    """Whether a level 4 has had its referral, with an outcome; other levels need none (4.L4)."""
    if case.level != Level.CONCERNED:
        return True
    over = Referral.objects.filter(comment=case.pk, state__in=Referral.OVER)
    return over.exclude(outcome_kind=Outcome.WITHDRAWN).exists()


def require_nothing_open(case: Case) -> None:
    """Nobody closes a comment whose concern is still with somebody. Raises Invalid."""
    open_one = _unfinished(case, Referral.Kind.CONCERN, Referral.Kind.EMERGENCY).first()
    if open_one is not None:
        raise Invalid(f"Referral {open_one.reference} is open: say there first what came of it (S.O.P. 4, level 4).")


def _unfinished(case: Case, *kinds: str) -> QuerySet[Referral]:
    return Referral.objects.filter(comment=case.pk, kind__in=kinds, state__in=Referral.UNFINISHED)


def answered(case: Case, *, by: Member) -> None:
    """The poster is being answered, or never will be: a question handed over is at its end, and waits no more."""
    QueueEntry.objects.filter(pk=case.pk).delete()
    for referral in _unfinished(case, Referral.Kind.QUESTION).select_for_update():
        end(referral, Outcome.INFORMED, ANSWERED, by=by)


def take_back(grade: Grade, *, by: Member) -> None:
    """With a slip, undone before anything went out or was written about it, its referral ends as never opened."""
    opened = Referral.objects.select_for_update().filter(
        key__startswith=f"{grade.key}:", state=State.OPEN, last_at__isnull=True, mail_attempts=0
    )
    for referral in opened.exclude(kind=Referral.Kind.EMERGENCY):
        end(referral, Outcome.WITHDRAWN, SLIP, by=by)


def end(referral: Referral, outcome: str, text: str, *, by: Member | None) -> None:
    """Close it with its outcome. Needs the referral locked too; raises WrongState."""
    declined = outcome in Referral.DECLINING
    kind = ReferralEntry.Kind.DECLINED if declined else ReferralEntry.Kind.RESOLVED
    entry = ReferralEntry.objects.create(referral=referral, kind=kind, text=text, by=by)
    referral.become(
        State.DECLINED if declined else State.RESOLVED,
        verb="decline" if declined else "resolve",
        by=by,
        decision=entry,
        outcome_kind=outcome,
        outcome=text,
        ended_by=by,
        ended_at=entry.at,
        last_at=entry.at,
        mail_at=None,
    )


def keep_exchange(order: CommentOrder | Measure) -> None:
    """We have answered a comment, in public or in private: what its poster writes next comes back to who did."""
    comment = order.comment
    if comment is None or comment.poster is None or order.by is None:
        return
    Exchange.objects.update_or_create(
        comment=comment,
        defaults={
            "account": order.account,
            "poster": comment.poster,
            "post": comment.post,
            "remote_id": order.remote_id,
            "member": order.by,
            "at": order.done_at or order.created_at,
        },
    )
