"""Threats (S.O.P. 4, level 8): raised with the grade, acknowledged and decided by a Supervisor or above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Clause, Terms
from members import live
from members.models import Member
from members.states import Invalid, WrongState, record
from moderation import alerting
from moderation.models.grades import Grade
from moderation.models.threats import Threat, ThreatDecision

if TYPE_CHECKING:
    from moderation.models.cases import Case

Kind = ThreatDecision.Kind


def raise_threat(case: Case, grade: Grade, *, by: Member) -> Threat:
    """Raise the threat of `grade`, a level 8, and tell whoever is called first, in the transaction that gives it.

    The telling holds nothing up: what fails is told by the reconciler (ruling 2). A level 8 that supersedes another,
    under a better clause, is the same threat, as far as it has come.
    """
    same = Threat.objects.filter(grade=grade.supersedes_id, grade__level=grade.level).first()
    if same is not None and case.level == grade.level:
        same.grade = grade
        same.save(update_fields=["grade"])
        record("name_clause", same, by=by, before=same.state, after=same.state, decision=grade)
        return same
    threat: Threat = Threat.objects.create(grade=grade, comment=case.comment, raised_by=by)
    record("raise_threat", threat, by=by, after=threat.state, decision=grade)
    alerting.tell_first(threat)
    live.changed("threat", threat.pk)
    return threat


def acknowledge(threat: Threat, *, by: Member, by_link: bool = False) -> None:
    """End the alerts: somebody has it. It decides nothing. Raises Refused, WrongState where somebody was faster."""
    if not threat.may_acknowledge(by):
        raise threat.refusal()
    with transaction.atomic():
        threat.become(
            Threat.State.ACKNOWLEDGED,
            verb="acknowledge",
            by=by,
            acknowledged_by=by,
            acknowledged_at=timezone.now(),
            by_link=by_link,
            next_alert_at=None,
        )
        alerting.stand_down(threat, by)
    live.changed("threat", threat.pk)


def follow_link(link: alerting.Link) -> None:
    """Acknowledge by the button behind an alert's link, and nothing else (ruling 15). Raises Refused, WrongState."""
    acknowledge(link.threat, by=link.member, by_link=True)


# --- deciding ---


@dataclass(frozen=True)
class Choice:
    """What follows, as one form says it: one of the four, or several at once."""

    key: str
    kinds: frozenset[str]
    case_number: str = ""
    referred_to: str = ""
    address: str = ""
    reference: str = ""
    requested_on: date | None = None
    reason: str = ""

    def of(self, kind: str) -> dict[str, Any]:
        """The columns that belong to a decision of this kind."""
        if kind == Kind.REFER:
            return {"case_number": self.case_number.strip(), "referred_to": self.referred_to.strip()}
        if kind == Kind.PRESERVE:
            return {
                "address": self.address.strip(),
                "reference": self.reference.strip(),
                "requested_on": self.requested_on or timezone.localdate(),
            }
        return {}


def decide(threat: Threat, choice: Choice, *, by: Member) -> list[ThreatDecision]:
    """Write down what follows; the first decision closes the threat, later ones join it.

    A warning counts the breach and sends the notice (rulings 2, 3). The same `key` a second time changes nothing.
    Raises Refused, Invalid, WrongState.
    """
    if not threat.may_decide(by):
        raise threat.refusal()
    with transaction.atomic():
        threat.comment.case.lock()  # before the threat: grading takes them in this order too
        threat.refresh_from_db(from_queryset=Threat.objects.select_for_update())
        before = threat.decisions.filter(key__startswith=f"{choice.key}:")
        if before.exists():
            return list(before)
        _check(threat, choice)
        made = [_decision(threat, kind, choice, by) for kind in Kind.values if kind in choice.kinds]
        _close(threat, made, by)
        if Kind.WARN in choice.kinds:
            _warn(threat, by)
    live.changed("threat", threat.pk)
    return made


def _check(threat: Threat, choice: Choice) -> None:
    """Whether the form makes sense as the threat stands. Raises Invalid, with the field."""
    if not choice.key:
        raise Invalid("The form has no key of its own: load the page again.", "key")
    if not choice.kinds or not choice.kinds <= set(Kind.values):
        raise Invalid("Choose what follows: one of the four, or several that go together.", "kinds")
    if Kind.NO_FURTHER_ACTION in choice.kinds and len(choice.kinds) > 1:
        raise Invalid("“No further action” stands alone: take the others off, or it.", "kinds")
    if Kind.REFER in choice.kinds and not choice.case_number.strip():
        raise Invalid("A referral needs its case number.", "case_number")
    if Kind.REFER in choice.kinds and not choice.referred_to.strip():
        raise Invalid("Say to whom it is referred: the section or the investigator.", "referred_to")
    if Kind.PRESERVE in choice.kinds and not choice.address.strip():
        raise Invalid("Write down where the platform takes requests of law enforcement.", "address")
    if choice.kinds & {Kind.WARN, Kind.NO_FURTHER_ACTION} and not choice.reason.strip():
        raise Invalid("Write down why: it is kept with the decision.", "reason")
    if Kind.WARN in choice.kinds:
        _check_warning(threat)


def _check_warning(threat: Threat) -> None:
    if not threat.stands:
        raise Invalid("The grade was taken back: nobody is warned of it. Close it with another decision.", "kinds")
    if threat.decisions.filter(kind=Kind.WARN).exists():
        raise Invalid("The poster was warned of this already.", "kinds")


def _decision(threat: Threat, kind: str, choice: Choice, by: Member) -> ThreatDecision:
    made: ThreatDecision = ThreatDecision.objects.create(
        threat=threat, key=f"{choice.key}:{kind}", kind=kind, reason=choice.reason.strip(), by=by, **choice.of(kind)
    )
    return made


def _close(threat: Threat, made: list[ThreatDecision], by: Member) -> None:
    """Close what is open with the first of `made`; the others are on the trail beside it."""
    joining = list(made)
    if threat.state != Threat.State.DECIDED:
        now = timezone.now()
        silent = threat.state == Threat.State.RAISED  # decided before anybody acknowledged: that was it
        acknowledged: dict[str, Any] = (
            {"acknowledged_by": by, "acknowledged_at": now, "next_alert_at": None} if silent else {}
        )
        threat.become(
            Threat.State.DECIDED, verb="decide", by=by, decision=joining.pop(0), decided_at=now, **acknowledged
        )
        if silent:
            alerting.stand_down(threat, by)
    for decision in joining:
        record("decide", threat, by=by, after=threat.state, decision=decision)


def _warn(threat: Threat, by: Member) -> None:
    from moderation import ladder, notices

    ladder.count(threat.comment.case, threat.grade, by=by)
    notices.order_notice(threat.comment, "warning", grade=threat.grade, by=by)


# --- the clause, afterwards ---


def check_clause(case: Case, clause: Clause | None, grade_seen: int | None, reason: str, *, by: Member) -> None:
    """Whether a level 8 that stands may get `clause` instead of its own (ruling 2): a new grade of the same threat.

    Needs the case locked. Raises WrongState (no other clause is meant, or another grade was seen), Refused, Invalid.
    """
    threat = Threat.objects.filter(grade=case.grade_id).first()
    standing = case.grade.clause_id if case.grade else None
    if threat is None or clause is None or clause.pk == standing or grade_seen != case.grade_id:
        raise WrongState(case, "grade")
    if not (threat.may_decide(by) or case.may_undo(by)):
        raise threat.refusal()
    if not clause.grounds or clause.terms != Terms.objects.in_force():
        raise Invalid("Choose one of the clauses (a) to (f) of the Terms of Use in force.", "clause")
    if not reason.strip():
        raise Invalid("Another clause supersedes the first: say why.", "reason")
    if threat.decisions.filter(kind=Kind.WARN).exists():
        raise Invalid("The poster was warned under the clause that stands: it stays.", "clause")
