"""Notices: what a poster is told because of a breach, a warning, an overturned hide or the end of a ban (4.S, 4.L7).

Each names the clause and carries a reference by which the poster appeals. A public one never repeats his words; a
private one does. It goes the way that the platform leaves open; where none is, that is the recorded outcome.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import hints
from accounts.orders import Order
from accounts.platforms.capabilities import Act, Capability, Way, capability
from accounts.platforms.contract import Kind
from members.models import Member
from members.states import Invalid, WrongState, record
from moderation import ladder, live, notice_texts, ordering
from moderation.drafts import Looked
from moderation.models.breaches import Breach
from moderation.models.comments import Comment
from moderation.models.grades import ANSWERABLE, HIDEABLE, Grade
from moderation.models.measures import Measure
from moderation.models.notices import Notice
from moderation.models.orders import CommentOrder

if TYPE_CHECKING:
    from moderation.models.cases import Case

NONE_APPROVED = "no notice is approved in the poster's language or in English that fits the platform"


def order_notice(
    comment: Comment,
    kind: str,
    *,
    grade: Grade,
    by: Member,
    text: str = "",
    breach: Breach | None = None,
    after: CommentOrder | None = None,
) -> Notice:
    """Tell the poster of `comment`, once for each kind and grade: in `text`, or as approved where it is empty.

    Of one breach he is told once. Where nobody can be told the row says why, and no order is made. `after`: the hide
    that a public reply waits for, or what shows the comment again before it. Needs the comment's case locked. Raises
    Invalid (the text is too long, or names no way to appeal).
    """
    standing = _standing(comment, kind, grade, breach)
    if standing is not None:
        return standing
    shown = after is not None and after.verb == CommentOrder.Verb.UNHIDE
    way, hindered = way_for(comment, kind, grade.level, shown=shown)
    written = None if hindered else _written(comment, kind, way, grade, text)
    if written is None:
        return _keep(comment, kind, grade, by=by, breach=breach, because=hindered or NONE_APPROVED)
    notice = _keep(comment, kind, grade, by=by, breach=breach, way=way, written=written)
    _carry(notice, by=by, after=after)
    return notice


def check(comment: Comment, kind: str, grade: Grade, text: str) -> None:
    """Whether `text`, which is sent later, can be sent as it stands. Raises Invalid, as `order_notice` would."""
    way, hindered = way_for(comment, kind, grade.level)
    if text and not hindered:
        _written(comment, kind, way, grade, text)


def leave_out(case: Case, grade: Grade, *, because: str, by: Member) -> Notice:
    """Nobody is told of this level 7, and this is why (4.S). Needs the case locked. Raises Invalid (no reason)."""
    if not because.strip():
        raise Invalid("Say why the poster is not told.", "untold")
    kind = ladder.called_for(case.comment)
    return _keep(case.comment, kind, grade, by=by, because=because.strip(), left_by=by)


def give_up(notice: Notice, *, by: Member, because: str) -> None:
    """The poster is not notified after all: say why, and take the order back that waits, or failed.

    Raises Refused, Invalid (no reason, or the message may have arrived), WrongState (told, or said before).
    """
    account = notice.comment.account
    if not account.may_act(by):
        raise account.refused("says that the poster could not be notified")
    if not because.strip():
        raise Invalid("Say why the poster could not be notified.", "because")
    with transaction.atomic():
        case = notice.comment.case
        case.lock()
        carrier = notice.carrier
        if carrier is not None:
            carrier.refresh_from_db(fields=["state", "sent"])
        if carrier is None or not notice.can_be_given_up:
            raise WrongState(notice, "give_up")
        if carrier.sent:
            raise Invalid("It may have arrived: try it again, which asks first, or confirm it.", "because")
        carrier.become(Order.State.WITHDRAWN, verb="withdraw", by=by)
        carrier.finished()
        notice.because, notice.left_by, notice.left_at = because.strip(), by, timezone.now()
        notice.save(update_fields=["because", "left_by", "left_at"])
        record("give_up", notice, by=by, after=Notice.Outcome.COULD_NOT)
    live.changed(case.pk)


# --- which way -----------------------------------------------------------------------------------------------------


def way_for(comment: Comment, kind: str, level: int | None, *, shown: bool = False) -> tuple[str, str]:
    """The way by which the poster is told, and empty; or no way, and why.

    In private where the platform lets us; a notice that must come before the hide stands under the comment, where the
    platform takes it for certain. `shown`: the comment is shown again before.
    """
    private, public = _not_in_private(comment), _not_in_public(comment, kind, level, shown=shown)
    if kind == Notice.Kind.BAN_LIFTED and level not in ANSWERABLE:
        private = private or "It is of no level that is answered."
    account = comment.account
    first = kind in Notice.OF_BREACH and capability(account.platform, Act.HIDE, account.tier).contact_first
    if not public and (first or comment.kind == Kind.MESSAGE):
        return (Notice.Way.PRIVATE if comment.kind == Kind.MESSAGE else Notice.Way.PUBLIC), ""
    if not private:
        return Notice.Way.PRIVATE, ""
    return (Notice.Way.NONE, f"{private} {public}") if public else (Notice.Way.PUBLIC, "")


def _not_in_private(comment: Comment) -> str:
    """Why no private message goes out because of this comment; empty where one does."""
    cell = capability(comment.account.platform, Act.MESSAGE, comment.account.tier)
    if cell.way == Way.NEVER:
        return cell.says
    if comment.kind == Kind.MESSAGE or comment.is_captured:
        return "No message can be tied to this."
    if _too_late(comment, cell):
        return f"A private message can be written for {cell.days} days after the comment only."
    written = comment.measures.filter(verb=Measure.Verb.MESSAGE).exclude(state=Order.State.WITHDRAWN)
    if written.exclude(state=Order.State.FAILED, sent=False).exists():
        return "A private message was written because of this comment already, and one is all that is allowed."
    return ""


def _too_late(comment: Comment, cell: Capability) -> bool:
    since = comment.posted_at
    return bool(cell.days and since and since < timezone.now() - timedelta(cell.days))


def _not_in_public(comment: Comment, kind: str, level: int | None, *, shown: bool) -> str:
    """Why no reply of ours stands under it; empty where one does."""
    account = comment.account
    if level not in ANSWERABLE:
        return f"A level {level} is not answered."
    if capability(account.platform, Act.REPLY, account.tier).way == Way.NEVER:
        return "The platform has no replies."
    hidden = comment.case.hidden and not shown
    if hidden and capability(account.platform, Act.HIDE, account.tier).contact_first:
        return "A hidden comment takes no reply there."
    if kind == Notice.Kind.BAN_LIFTED and level in HIDEABLE:
        return "It would stand under what is hidden."
    if kind == Notice.Kind.BAN_LIFTED and comment.orders.filter(verb="reply", state__in=CommentOrder.OPEN).exists():
        return "Another answer is on its way there."
    return ""


# --- inside --------------------------------------------------------------------------------------------------------


def _standing(comment: Comment, kind: str, grade: Grade, breach: Breach | None) -> Notice | None:
    """The notice that says this already: of the same grade, or of the same breach and told or just being told."""
    same = comment.notices.filter(grade=grade, kind=kind).first()
    if same is not None or breach is None:
        return same
    of_breach = Notice.objects.filter(breach=breach)
    return of_breach.told().first() or of_breach.being_told().first()


def _written(comment: Comment, kind: str, way: str, grade: Grade, text: str) -> notice_texts.Written | None:
    """The words, filled in. None where nothing was typed and nothing is approved. Raises Invalid."""
    reference = notice_texts.reference_of(comment, kind, grade.supersedes_id)
    if not text:
        clause = grade.clause
        return notice_texts.approved(comment, kind, way, reference=reference, clause=clause, words=grade.words)
    filled = notice_texts.filled_in(text, comment, reference=reference, clause=grade.clause, words=grade.words)
    limit = notice_texts.limit_of(comment, way)
    if limit is not None and len(filled) > limit:
        platform = comment.account.get_platform_display()
        raise Invalid(f"{platform} takes {limit} characters; this has {len(filled)}.", "reply")
    if kind in Notice.OF_BREACH and reference not in filled:
        raise Invalid(f"Name the way to appeal: the reference is {reference}, or write {{reference}}.", "reply")
    if way == Notice.Way.PUBLIC and grade.words and grade.words.casefold() in filled.casefold():
        raise Invalid("A public notice does not repeat the words that were hidden.", "reply")
    return notice_texts.Written(filled, comment.language or "en")


def _keep(
    comment: Comment,
    kind: str,
    grade: Grade,
    *,
    by: Member,
    breach: Breach | None = None,
    way: str = Notice.Way.NONE,
    written: notice_texts.Written | None = None,
    because: str = "",
    left_by: Member | None = None,
) -> Notice:
    notice: Notice = Notice.objects.create(
        kind=kind,
        reference=notice_texts.reference_of(comment, kind, grade.supersedes_id),
        comment=comment,
        grade=grade,
        breach=breach,
        language=written.language if written else comment.language or "en",
        text=written.text if written else "",
        way=way,
        because=because,
        by=by,
        left_by=left_by,
        left_at=timezone.now() if because else None,
    )
    record("notify", notice, by=by, after=notice.outcome)
    return notice


def _carry(notice: Notice, *, by: Member, after: CommentOrder | None) -> None:
    """Order what carries the notice, held for the seconds in which one may think better of it."""
    comment, key = notice.comment, f"notice-{notice.pk}"
    approved = notice.kind not in Notice.OF_BREACH  # of the others nobody types the words
    if notice.way == Notice.Way.PRIVATE and comment.kind != Kind.MESSAGE:
        measure: Measure = Measure.objects.create(
            key=f"{key}:{Measure.Verb.MESSAGE}",
            account=comment.account,
            verb=Measure.Verb.MESSAGE,
            comment=comment,
            text=notice.text,
            prepared=approved,
            by=by,
            not_before=timezone.now() + timedelta(seconds=settings.UNDO_SECONDS),
        )
        record(Measure.Verb.MESSAGE, measure, by=by, after=measure.state)
        notice.measure = measure
        hints.ordered(measure)
    else:
        looked = Looked(prepared=approved)
        notice.order = ordering.order_answer(
            comment.case, notice.grade, notice.text, by=by, key=key, after=after, looked=looked
        )
    notice.save(update_fields=["order", "measure"])
