"""What a decision orders of the platform: the record before the hide, the answer, the comment hidden or shown again.

Every function here needs the comment's case locked, in the transaction that decides: so of one comment one thing is
ordered after the other, and what a worker does meanwhile is either seen here or sees what was ordered.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts import hints
from accounts.platforms.contract import Sight
from members.models import Member
from members.states import Invalid, WrongState, record
from moderation import drafts, ladder
from moderation.decisions import AnswerUnderWay
from moderation.models.appeals import Appeal
from moderation.models.clearances import Clearance
from moderation.models.grades import HIDEABLE, Grade, Level
from moderation.models.measures import Measure
from moderation.models.orders import CommentOrder
from moderation.models.records import RetainedRecord
from moderation.models.reviews import Review
from moderation.models.second_looks import ReplyDraft

if TYPE_CHECKING:
    from moderation.models.cases import Case

Verb, State = CommentOrder.Verb, CommentOrder.State
SIGHTS = (Verb.HIDE, Verb.UNHIDE)
IN_DOUBT = "in doubt"


def take_back(case: Case, grade: Grade, *, by: Member) -> None:
    """After an undo, `grade` being the row that says so: what is hidden is shown again, what was not sent withdrawn."""
    withdraw_unsent(case, by=by)
    show(case, grade, by=by)


def withdraw_unsent(case: Case, *, by: Member) -> None:
    """Withdraw what earlier grades of this comment ordered and no worker has on its way.

    What is on its way cannot be withdrawn: its worker asks whether it is still wanted, and soon. What waits for a
    second person is not needed any more.
    """
    for asked in case.comment.clearances.filter(state=Clearance.State.ASKED):
        asked.become(Clearance.State.VOID, verb="void", by=by)
    for draft in case.comment.drafts.filter(state=ReplyDraft.State.ASKED):
        draft.become(ReplyDraft.State.WITHDRAWN, verb="withdraw", by=by)
    for order in case.comment.orders.filter(state__in=[State.WAITING, State.BY_HAND, State.FAILED]):
        with suppress(WrongState):  # a worker took it this moment; what follows finds it on its way
            order.become(State.WITHDRAWN, verb="withdraw", by=by)
    case.comment.orders.filter(state=State.UNCERTAIN).update(not_before=timezone.now())


def withdraw_unwanted(case: Case, *, by: Member) -> None:
    """Withdraw the measures that rested on another grade of this comment: nobody is asked to do them by hand.

    One that may have taken effect stays: it is asked about before anything is said of it.
    """
    ladder.regraded(case, by=by)  # first: a ban may rest on this breach
    rests = Q(comment=case.comment)
    if case.comment.poster_id:
        rests |= Q(verb=Measure.Verb.BAN, poster=case.comment.poster_id)
    left = Measure.objects.filter(rests, state__in=[State.WAITING, State.BY_HAND, State.FAILED], sent=False)
    for measure in left.select_related("proposal"):
        if not measure.is_wanted():
            with suppress(WrongState):  # a worker took it this moment, and asks whether it is wanted
                measure.become(State.WITHDRAWN, verb="withdraw", by=by)
    Review.objects.let_go(case.comment, standing=case.grade, by=by)
    if case.level not in HIDEABLE:
        Appeal.objects.settle(case.comment, by=by)


def order_answer(
    case: Case,
    grade: Grade,
    text: str,
    *,
    by: Member,
    key: str,
    after: CommentOrder | None = None,
    looked: drafts.Looked | None = None,
) -> CommentOrder | None:
    """Order the answer, held for the seconds in which one may think better of it. Raises AnswerUnderWay.

    Free words at a level that asks for a second look become a draft, and None is given; `looked` says that there was
    one, or that the text is an approved notice. An earlier answer that failed or waits for a hand is replaced by this
    one. The same key orders it once.
    """
    existing: CommentOrder | None = CommentOrder.objects.filter(key=f"{key}:{Verb.REPLY}").first()
    if existing is not None:
        if existing.comment_id != case.pk or existing.by_id != by.pk:
            raise Invalid("The form was used for something else already: load the page again.", "key")
        return existing
    answers = case.comment.orders.filter(verb=Verb.REPLY)
    for order in answers.filter(state__in=[State.FAILED, State.BY_HAND]):
        order.become(State.WITHDRAWN, verb="withdraw", by=by)
    if answers.filter(state__in=CommentOrder.OPEN).exists():
        raise AnswerUnderWay(case, "reply")
    seen = looked or drafts.instead(case, text, by=by, key=key, verb=ReplyDraft.Verb.REPLY)
    if isinstance(seen, ReplyDraft):
        return None
    held = timezone.now() + timedelta(seconds=settings.UNDO_SECONDS)
    carried = {"draft": seen.draft, "prepared": seen.prepared}
    order = _new(case, grade, Verb.REPLY, by=by, key=key, text=text, not_before=held, after=after, **carried)
    record("reply", case, by=by, decision=order)
    return order


def hide(
    case: Case, grade: Grade, kept: RetainedRecord, *, by: Member, after: CommentOrder | None = None
) -> CommentOrder | None:
    """Order the hide, unless the comment is hidden for certain or about to be. None then. A level 7 is reviewed."""
    if grade.level == Level.OFFENSIVE:
        Review.objects.ask_for(grade)
    coming = _on_its_way(case)
    if coming is not None and coming.verb == Verb.HIDE:
        return coming
    if coming is None and case.hidden and case.sight != Sight.VISIBLE and _took_effect(case) == Verb.HIDE:
        return None
    return _new(case, grade, Verb.HIDE, by=by, key=grade.key, clause=grade.clause, record=kept, after=after)


def show(case: Case, grade: Grade, *, by: Member) -> None:
    """Order that the comment is shown again, where it is hidden by us, may be, or is about to be."""
    if grade.supersedes_id is None:
        return  # its first grade: no hide was ever ordered
    coming = _on_its_way(case)
    hidden = coming.verb == Verb.HIDE if coming is not None else case.hidden or _took_effect(case) == IN_DOUBT
    if hidden:
        _new(case, grade, Verb.UNHIDE, by=by, key=grade.key)


def _took_effect(case: Case) -> str:
    """The verb of the last hide or unhide that reached the platform, empty when none did.

    IN_DOUBT when it may have reached it and nobody knows, whatever became of its order since: withdrawn, say.
    """
    reached = case.comment.orders.filter(Q(sent=True) | Q(state=State.DONE), verb__in=SIGHTS).order_by("pk").last()
    if reached is None:
        return ""
    return str(reached.verb) if reached.state == State.DONE else IN_DOUBT


def _on_its_way(case: Case) -> CommentOrder | None:
    """The hide or unhide that a worker has, or whose outcome is not known: the last word that the platform got."""
    return case.comment.orders.filter(verb__in=SIGHTS, state__in=CommentOrder.ON_THE_WAY).order_by("pk").last()


def _new(case: Case, grade: Grade, verb: str, *, by: Member, key: str, **more: Any) -> CommentOrder:
    order: CommentOrder = CommentOrder.objects.create(
        key=f"{key}:{verb}",
        account=case.comment.account,
        verb=verb,
        comment=case.comment,
        grade=grade,
        level=grade.level,
        by=by,
        urgent=verb != Verb.REPLY,
        **more,
    )
    hints.ordered(order)
    return order
