"""The approval of content: Commander or designee, on exactly what was handed in (2.0, 2.E, C.8)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import hints
from content import problems, submitting
from content.items import NotReady, locked
from content.manuscript import CRITERIA
from content.models import Approval, Item, Placement, Publication, PublicationOrder, Submission, Verdict
from content.models.orders import settle
from content.submitting import approvers
from members.authority import holders, holds, only, refused, who_now
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

State = Item.State
LONGEST_REASON = 2000
_TO = {Verdict.Kind.APPROVE: State.SCHEDULED, Verdict.Kind.RETURN: State.RETURNED, Verdict.Kind.DECLINE: State.DECLINED}


def decide(
    item: Item, verdict: str, *, by: Member, seen_as: str, reason: str = "", confirmed: Collection[str] = ()
) -> Verdict:
    """Approve, return or decline exactly what was looked at; an approval orders its publishing, in one transaction.

    `seen_as` is the digest of the page that was looked at, `confirmed` the criteria that the approver ticked.

    Raises Refused (not his to decide, or he wrote or changed it), Invalid (something else was looked at, a criterion
    not confirmed, no reason, its time is over), NotReady (what held at hand-in does not hold any more), WrongState.
    """
    kind = Verdict.Kind(verdict)
    with transaction.atomic():
        found = locked(item.pk)
        submission = found.submission
        if found.state != State.APPROVAL or submission is None:
            raise WrongState(found, "decide")
        _require_decider(found, by)
        if seen_as != submission.seen_as:
            raise Invalid("This is not what you looked at: look again, then decide.", "reason")
        reason = reason.strip()
        if len(reason) > LONGEST_REASON:
            raise Invalid(f"The reason has at most {LONGEST_REASON:,} characters.", "reason")
        if kind == Verdict.Kind.APPROVE:
            _check_approval(found, submission, confirmed)
        elif not reason:
            raise Invalid("Say what is to be changed." if kind == Verdict.Kind.RETURN else "Say why not.", "reason")
        try:
            with transaction.atomic():
                made = Verdict.objects.create(
                    submission=submission,
                    verdict=kind,
                    digest=submission.digest,
                    confirmed=list(CRITERIA) if kind == Verdict.Kind.APPROVE else [],
                    reason=reason,
                    by=by,
                )
        except DatabaseError as error:  # what the database knows better than our question a moment ago
            raise Refused(only(_power(found))) from error
        kept = "" if kind == Verdict.Kind.APPROVE else reason
        verb = {"approve": "approve", "return": "return", "decline": "decline"}[kind]
        found.become(_TO[kind], verb=verb, by=by, decision=made, returned_because=kept)
        if kind == Verdict.Kind.APPROVE:
            _order(found, submission, by)
        else:
            _take_back(submission, by)
        said = {"approve": "was approved", "return": "was returned", "decline": "was declined"}[kind]
        told = {one for one in (found.written_by, found.handed_in_by) if one is not None and one.pk != by.pk}
        tell(list(told), Kind.CONTENT, f"“{found.title}” {said}.", found.get_absolute_url())
    return made


def _power(item: Item) -> Power:
    return Power.APPROVE_ACTIVE_SCENES if item.needs_commander else Power.APPROVE_CONTENT


def why_not(item: Item, member: Member) -> str:
    """Why `member` does not decide it, and who could now; empty where he may."""
    if item.may_decide(member):
        return ""
    able = who_now([one for one in holders(_power(item)) if one.member.pk in {each.pk for each in approvers(item)}])
    if member.pk in item.editors() and holds(member, _power(item)):
        return f"You wrote or changed it, and nobody approves that himself. {able}"
    if item.needs_commander:
        return f"It concerns an active scene or police activity in progress: the Commander alone approves it. {able}"
    return f"The Commander or a designee approves it, in exactly this form. {able}"


def _require_decider(item: Item, by: Member) -> None:
    if item.may_decide(by):
        return
    if by.pk in item.editors():
        raise Refused(f"Nobody approves what he wrote or changed himself. {only(_power(item))}")
    raise refused(_power(item))


def _check_approval(item: Item, submission: Submission, confirmed: Collection[str]) -> None:
    if not submitting.stands_as_handed_in(submission):
        raise Invalid("What would go out is not what was handed in: change it, and hand it in anew.", "reason")
    if submission.ends_at <= timezone.now():
        raise Invalid("Its time is over: it has to be handed in anew with another.", "reason")
    for letter in CRITERIA:
        if letter not in confirmed:
            raise Invalid(f"Confirm {problems.CLAUSES[letter]}.", f"criterion-{letter}")
    if missing := problems.hard(item.manuscript, begins=False):
        raise NotReady(missing)


def _order(item: Item, submission: Submission, by: Member) -> None:
    for written in submission.publications.select_related("account"):
        approval = Approval.objects.create(publication=written, digest=written.digest, by=by)
        written.become(written.State.APPROVED, verb="approve", by=by, decision=approval)
        order: PublicationOrder = PublicationOrder.objects.create(
            key=f"publication:{written.pk}",
            account=written.account,
            publication=written,
            by=by,
            not_before=max(submission.starts_at, timezone.now()),
        )
        record("order", order, by=by, after=order.state)
        hints.ordered(order)
    for place in submission.placements.all():
        place.become(place.State.DUE, verb="approve", by=by)
    settle(item.pk)


def _take_back(submission: Submission, by: Member) -> None:
    for written in submission.publications.filter(state=Publication.State.WRITTEN):
        written.become(written.State.WITHDRAWN, verb="withdraw", by=by)
    for place in submission.placements.filter(state=Placement.State.WAITING):
        place.become(place.State.WITHDRAWN, verb="withdraw", by=by)
