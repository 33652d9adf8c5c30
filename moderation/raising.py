"""A comment that seems to report an emergency is raised at once, answered with the numbers, and followed (4.N).

The alarm is a referral of the kind emergency that triage raises by itself: nobody opened it, it tells those on watch,
and somebody says what came of it. Raising tells members; nothing is done on the platform before a member answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from members.authority import require
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import UNIT, Power
from members.roster import call_list, on_watch
from members.states import Invalid, record
from moderation import live, referrals
from moderation.bands import Band
from moderation.decisions import Decision
from moderation.following import end
from moderation.models import Comment, Grade, Level, QueueEntry, Referral, ReferralEntry
from moderation.models.queue import Urgency
from moderation.ready_answers import ready_answer, require_to_reply

AT_ONCE = 50  # raised by one look
MEASURED = timedelta(days=30)
NO_ANSWER = (
    "No answer to emergencies is approved, or the agency has not entered its non-emergency number: grade the comment"
    " and write one, with the numbers."
)
SEEN_BY = "{} says that it may report an emergency."
NO_EMERGENCY = "{} says that it reports no emergency."


def look() -> None:
    """Raise what waits and nobody was told of. Called by the reconciler each second; returns at once."""
    named = Concat(
        Value("alarm-"), Cast("comment_id", CharField()), Value("-"), Cast("comment__case__version", CharField())
    )
    urgent = QueueEntry.objects.filter(urgency=Urgency.THREAT, band=Band.EMERGENCY).annotate(named=named)
    raised = Referral.objects.filter(key=OuterRef("named"))
    under_way = Referral.objects.unfinished().filter(comment=OuterRef("comment"), kind=Referral.Kind.EMERGENCY)
    for key in list(urgent.exclude(Exists(raised) | Exists(under_way)).values_list("pk", flat=True)[:AT_ONCE]):
        _raise_alarm(key)


def _raise_alarm(comment_id: int) -> None:
    with transaction.atomic():
        comment = Comment.objects.select_related("account", "case").get(pk=comment_id)
        comment.case.lock()
        try:
            with transaction.atomic():
                _open_alarm(comment, _key(comment), by=None)
        except IntegrityError:
            return  # another reconciler, or a member, was faster
    live.changed(comment_id)
    live.arrived(1)


def _key(comment: Comment) -> str:
    """Of the alarm that triage raises about the comment as it stands: one for each version (`look` asks by it)."""
    return f"alarm-{comment.pk}-{comment.case.version}"


def _open_alarm(comment: Comment, key: str, *, by: Member | None) -> Referral:
    """Tell those on watch, the first of whom follows it; else whoever raised it. Needs the case locked."""
    watching = whom_to_tell()
    alarm: Referral = Referral.objects.create(
        key=key,
        comment=comment,
        kind=Referral.Kind.EMERGENCY,
        owner=watching[0] if watching else by,
        opened_by=by,
        due_at=timezone.now() + referrals.DUE[Referral.Kind.EMERGENCY],
    )
    record("raise", alarm, by=by, after=alarm.state)
    ReferralEntry.objects.create(referral=alarm, kind=ReferralEntry.Kind.OPENED, due_at=alarm.due_at, by=by)
    sentence = f"A comment on {comment.account.get_platform_display()} may report an emergency. Look at it now."
    tell(watching, Told.EMERGENCIES, sentence, f"{reverse('queue')}?open={comment.pk}", but=by, at_once=True)
    return alarm


def raise_by_hand(comment: Comment, *, by: Member) -> Referral:
    """One key: a member sees an emergency that triage missed. Those on watch are told as of one that it found (4.N).

    Where an alarm is open, that one. The comment stays in hand, with the answer ready. Raises Refused, Invalid (ours).
    """
    require(by, Power.GRADE_COMMENTS)
    if comment.ours:
        raise Invalid("This is our own: an emergency is raised about what the public writes.")
    with transaction.atomic():
        comment.case.lock()
        standing = alarm_of(comment)
        if standing is not None:
            return standing
        before = comment.referrals.filter(key__startswith=_key(comment)).count()
        alarm = _open_alarm(comment, f"{_key(comment)}-{before}" if before else _key(comment), by=by)
        urgent = {"urgency": Urgency.THREAT, "band": Band.EMERGENCY, "because": SEEN_BY.format(by.name)}
        QueueEntry.objects.filter(pk=comment.pk).update(**urgent)
        comment.case.settle(by=by)
    live.changed(comment.pk)
    return alarm


def whom_to_tell() -> list[Member]:
    """Those of the unit on watch now; when nobody is, whoever is called for what a supervisor decides."""
    watching = [watch.member for watch in on_watch() if watch.member.position in UNIT]
    return watching or [called.member for called in call_list(Power.DECIDE_THREATS)]


def alarms() -> list[Referral]:
    """Those that nobody has closed, oldest first: the bar over the queue."""
    alarms = Referral.objects.unfinished().filter(kind=Referral.Kind.EMERGENCY)
    if not alarms.exists():  # mostly there is none: all that belongs to one is joined only where there is
        return []
    return list(alarms.with_all().order_by("pk")[:AT_ONCE])


def alarm_of(comment: Comment) -> Referral | None:
    """The open alarm of a comment."""
    if not comment.referrals.exists():  # most have none, and each next comment on the desk asks
        return None
    return Referral.objects.unfinished().filter(comment=comment, kind=Referral.Kind.EMERGENCY).with_all().first()


def answer_emergency(comment: Comment, decision: Decision, *, by: Member) -> Grade:
    """One key: graded 4, the approved answer with the numbers sent, and whoever did it follows what is done (4.N).

    Raises Refused, Invalid (no answer is approved, a level 8 stands), Taken, WrongState as a grade does.
    """
    require_to_reply(comment, by)
    ready = ready_answer(comment, "emergency")
    if ready is None:
        raise Invalid(NO_ANSWER)
    decision = replace(decision, level=Level.CONCERNED, reply=ready)
    with transaction.atomic():
        grade = comment.case.grade_as(decision, by=by)
        alarm = alarm_of(comment)
        if alarm is None:
            ask = referrals.Ask(Referral.Kind.EMERGENCY, owner=by)
            referrals.open_referral(comment, ask, by=by, key=f"{decision.key}:{Referral.Kind.EMERGENCY}")
        elif alarm.owner_id != by.pk:
            referrals.hand_on(alarm, by=by, owner=by, why="Answered with the numbers.")
    return grade


def false_alarm(comment: Comment, *, by: Member) -> Referral:
    """One key: it reports no emergency. It waits on as an ordinary comment; the alarm is closed and counted.

    A second click changes nothing. Raises Refused, Invalid (nothing was raised).
    """
    require(by, Power.GRADE_COMMENTS)
    with transaction.atomic():
        comment.case.lock()
        alarms = Referral.objects.select_for_update().filter(comment=comment, kind=Referral.Kind.EMERGENCY)
        alarm = alarms.order_by("pk").last()
        if alarm is None:
            raise Invalid("Nothing was raised about this comment.")
        if not alarm.is_unfinished:
            return alarm
        said = NO_EMERGENCY.format(by.name)
        end(alarm, Referral.Outcome.FALSE_ALARM, said, by=by)
        lowered = {"urgency": Urgency.CONCERN, "band": Band.NONE, "because": said}
        QueueEntry.objects.filter(pk=comment.pk, band=Band.EMERGENCY).update(**lowered)
        comment.case.settle(by=by)
    live.changed(comment.pk)
    return alarm


@dataclass(frozen=True)
class Alarms:
    """What became of the alarms of the last thirty days."""

    raised: int
    false: int
    open: int

    @property
    def true_share(self) -> int | None:
        """Of those that are over, how many in a hundred were emergencies; None where none is over."""
        over = self.raised - self.open
        return round(100 * (over - self.false) / over) if over else None


def measured() -> Alarms:
    """How often triage was right (4.N)."""
    lately = Referral.objects.filter(
        kind=Referral.Kind.EMERGENCY, opened_by__isnull=True, opened_at__gt=timezone.now() - MEASURED
    )
    counts = lately.aggregate(
        raised=Count("pk"),
        false=Count("pk", filter=Q(outcome_kind=Referral.Outcome.FALSE_ALARM)),
        open=Count("pk", filter=Q(state__in=Referral.UNFINISHED)),
    )
    return Alarms(**counts)
