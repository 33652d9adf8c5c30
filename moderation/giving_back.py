"""A question that was handed over comes back to the queue: answered, or overdue (4.L3).

While somebody is asked, the comment waits for nobody's grade: it is graded 3 and owes its reply. Back, it is offered
first to who handed it over, and the answer stands ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.states import record
from moderation import live
from moderation.models.came_back import CameBack
from moderation.models.cases import Case
from moderation.models.queue import QueueEntry, Urgency
from moderation.models.referrals import Referral, ReferralEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_ONCE = 100  # brought back by one look
SAID = {
    CameBack.Why.ANSWER: "was handed over, and its answer is here",
    CameBack.Why.OVERDUE: "was handed over, and no answer came in time",
}


def answered(referral: Referral) -> Member | None:
    """Bring the question back with its answer; gives whom it comes back to. Needs case and referral locked."""
    return _bring_back(referral, CameBack.Why.ANSWER)


def look() -> None:
    """Bring back what no answer came to in time. Called by the reconciler."""
    late = Referral.objects.overdue().filter(kind=Referral.Kind.QUESTION, came_back_at__isnull=True)
    for key in list(late.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]):
        _overdue(key)


def _overdue(key: int) -> None:
    with transaction.atomic():
        referral = Referral.objects.with_all().get(pk=key)
        referral.comment.case.lock()
        referral.refresh_from_db(fields=["state", "due_at", "came_back_at"])
        if not referral.is_overdue or referral.came_back_at is not None:
            return
        back = _bring_back(referral, CameBack.Why.OVERDUE)
        told: Iterable[Member] = [one for one in (referral.owner, back) if one is not None]
        sentence = f"{referral.reference} is overdue: no answer came to the question that was handed over."
        tell(told, Told.REFERRALS, sentence, referral.get_absolute_url())
    live.changed(referral.comment_id)


def _bring_back(referral: Referral, why: str) -> Member | None:
    comment, case = referral.comment, referral.comment.case
    to = next((one for one in (referral.opened_by, referral.owner) if one is not None and one.serves()), None)
    Referral.objects.filter(pk=referral.pk).update(came_back_at=timezone.now())
    entry = ReferralEntry.objects.create(referral=referral, kind=ReferralEntry.Kind.CAME_BACK)
    record("come_back", referral, by=None, decision=entry)
    if to is None or case.state not in {Case.State.WAITING, Case.State.OUTSTANDING}:
        return to
    QueueEntry.objects.get_or_create(
        comment=comment,
        defaults={
            "account": comment.account,
            "urgency": Urgency.CONCERN,
            "at": comment.posted_at or comment.received_at,
            "language": comment.language,
            "suspected": case.level,
            "because": SAID[CameBack.Why(why)],
        },
    )
    seen = {"why": why, "answers": comment, "member": to, "referral": referral, "told_at": timezone.now()}
    CameBack.objects.update_or_create(comment=comment, defaults=seen)
    live.arrived(1)
    return to
