"""“Hold everything” in one act; let go one by one, or all at once (ruling 11).

Who approves content holds and lets go. A Supervisor, or one above him, may hold too: to hold protects, and what was
held by mistake is let go a minute later; to let go is to publish.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import hints
from content.models import Hold, Item, Publication, PublicationOrder, Release, Submission
from content.models.holds import standing_hold
from members.authority import holders, holds, only, refused
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

LONGEST_REASON = 500
State = PublicationOrder.State


def may_hold(member: Member) -> bool:
    """Who approves content, and who assigns the unit's work: a Supervisor or above."""
    return holds(member, Power.APPROVE_CONTENT) or holds(member, Power.ASSIGN_TASKS)


def hold(*, by: Member, why: str) -> Hold:
    """Hold everything from now on: when this returns, nothing more begins to be sent.

    Raises Refused, Invalid (no reason), WrongState (everything is held already).
    """
    if not may_hold(by):
        raise Refused(f"A Supervisor or above holds everything. {only(Power.APPROVE_CONTENT)}")
    why = why.strip()
    if not why:
        raise Invalid("Say why everything is held.", "why")
    if len(why) > LONGEST_REASON:
        raise Invalid(f"The reason has at most {LONGEST_REASON} characters.", "why")
    if (standing := standing_hold()) is not None:
        raise WrongState(standing, "hold")
    try:
        with transaction.atomic():
            made = Hold.objects.create(by=by, why=why)
            record("hold", made, by=by, after=made.state)
            told = [one.member for power in (Power.APPROVE_CONTENT, Power.ASSIGN_TASKS) for one in holders(power)]
            unlike = {one.pk: one for one in told if one.pk != by.pk}
            tell(list(unlike.values()), Kind.CONTENT, f"{by.name} holds all publishing: {why}", made.get_absolute_url())
    except IntegrityError as error:  # placed by another at this moment
        raise WrongState(standing_hold() or Hold(by=by), "hold") from error
    return made


@dataclass(frozen=True)
class Held:
    """One item, or the change of one standing post, that a hold keeps back."""

    submission: Submission | None
    publication: Publication | None
    orders: list[PublicationOrder]

    @property
    def item(self) -> Item | None:
        """The item, of a submission."""
        return self.submission.item if self.submission else None

    @property
    def ends_at(self) -> datetime | None:
        """Until when it may go out."""
        return self.submission.ends_at if self.submission else None


def kept_back(hold: Hold) -> QuerySet[PublicationOrder]:
    """The orders that would go out and are held."""
    unended = PublicationOrder.objects.filter(state__in=[State.WAITING, *PublicationOrder.ON_THE_WAY])
    found = unended.exclude(publication__does=Publication.Does.DELETE)
    gone = hold.releases.filter(submission__isnull=False).values("submission")
    changed = hold.releases.filter(publication__isnull=False).values("publication")
    return found.exclude(publication__submission__in=gone).exclude(publication__in=changed)


def held(hold: Hold) -> list[Held]:
    """What is held, item by item, what is due first before the rest."""
    orders = kept_back(hold).select_related("account", "publication__submission__item", "publication__account")
    by_item: dict[tuple[int, int], Held] = {}
    for order in orders.order_by("not_before", "pk")[:500]:
        written = order.publication
        submission = written.submission
        key = (submission.pk, 0) if submission else (0, written.pk)
        one = by_item.setdefault(key, Held(submission, None if submission else written, []))
        one.orders.append(order)
    return list(by_item.values())


def release(
    hold: Hold, *, by: Member, submission: Submission | None = None, publication: Publication | None = None
) -> None:
    """Let one go: the submission of an item, or the change of a standing post. It goes out as it was approved.

    Raises Refused (of an active scene: the Commander alone), Invalid (neither), WrongState (lifted, or let go already).
    """
    if (submission is None) == (publication is None):
        raise Invalid("Say what is let go.", "hold")
    power = Power.APPROVE_ACTIVE_SCENES if submission and submission.active_scene else Power.APPROVE_CONTENT
    if not holds(by, power):
        raise refused(power)
    if hold.state != Hold.State.IN_FORCE:
        raise WrongState(hold, "release")
    subject = submission.item if submission else publication
    try:
        with transaction.atomic():
            made = Release.objects.create(hold=hold, submission=submission, publication=publication, by=by)
            if subject is not None:
                record("release", subject, by=by, decision=made)
            if submission is not None:
                _go_on(PublicationOrder.objects.filter(publication__submission=submission))
            else:
                _go_on(PublicationOrder.objects.filter(publication=publication))
    except IntegrityError as error:  # let go by another at this moment, or not his to let go any more
        raise WrongState(hold, "release") from error


def lift(hold: Hold, *, by: Member) -> None:
    """Let everything go that is still held; what ran out meanwhile asks again.

    Raises Refused (content of an active scene is held: the Commander alone), WrongState.
    """
    with transaction.atomic():
        Hold.objects.select_for_update().get(pk=hold.pk)
        scene = kept_back(hold).filter(publication__submission__active_scene=True).exists()
        power = Power.APPROVE_ACTIVE_SCENES if scene else Power.APPROVE_CONTENT
        if not holds(by, power):
            raise refused(power)
        waiting = list(kept_back(hold).values_list("pk", flat=True))
        made = Release.objects.create(hold=hold, by=by)
        hold.become(Hold.State.LIFTED, verb="lift", by=by, decision=made)
        _go_on(PublicationOrder.objects.filter(pk__in=waiting))


def _go_on(orders: QuerySet[PublicationOrder]) -> None:
    """Have those that were held looked at at once, or at their own time."""
    open_states = [State.WAITING, State.UNCERTAIN]
    for order in orders.filter(state__in=open_states, outcome_code="held").select_related("publication__submission"):
        submission = order.publication.submission
        due = max(submission.starts_at, timezone.now()) if submission else timezone.now()
        same = PublicationOrder.objects.filter(pk=order.pk, state=order.state, attempts=order.attempts)
        if same.update(not_before=due, outcome="", outcome_code=""):
            order.not_before = due
            hints.ordered(order)
