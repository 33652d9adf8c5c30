"""Before a level 7 is hidden under clause (d) or a flagged clause: a Supervisor or above other than the grader agrees.

The record is made and the grade stands while it is asked; the comment stays in sight. A yes orders the hide and the
notice as the grader wanted them; a no takes the grade back, and the comment waits again (LR-2, LR-8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import orders as steps
from accounts.models import Clause
from members.authority import require
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.roster import call_list
from members.states import Invalid, WrongState, record
from moderation import demanding, live
from moderation.decisions import Edited
from moderation.models.clearances import OFF_TOPIC, ClauseFlag, Clearance
from moderation.models.grades import Grade, Level

if TYPE_CHECKING:
    from moderation.models.cases import Case

State = Clearance.State


def standing_flags() -> dict[str, ClauseFlag]:
    """The flags that stand, by their clause's letter."""
    return {flag.letter: flag for flag in ClauseFlag.objects.filter(lifted_at__isnull=True).select_related("by")}


def cleared_first() -> list[str]:
    """The letters of all clauses under which a level 7 is cleared before it is hidden."""
    return sorted({OFF_TOPIC, *standing_flags()})


def ask(case: Case, grade: Grade, *, subject: str, notice: str, by: Member) -> Clearance | None:
    """Ask for the second person, where the grade needs one; None where it is hidden at once.

    Needs the case locked, in the transaction that grades.
    """
    if grade.level != Level.OFFENSIVE:
        return None
    letter = grade.clause.letter if grade.clause else ""
    flag = standing_flags().get(letter)
    if not (flag or letter == OFF_TOPIC):
        return None
    asked: Clearance = Clearance.objects.create(
        grade=grade, comment=case.comment, flag=flag, subject=subject, notice=notice, asked_by=by
    )
    record("ask", asked, by=by, after=asked.state)
    able = [called.member for called in call_list(Power.CLEAR_FLAGGED_CLAUSES)]
    sentence = f"A level 7 under clause ({letter}) waits to be cleared before it is hidden: graded by {by.name}."
    tell(able, Kind.REVIEWS, sentence, asked.get_absolute_url(), but=by)
    return asked


def clear(asked: Clearance, *, by: Member, why: str) -> None:
    """Say yes: the hide is ordered, and the notice with it, in the grader's name while he acts on the account.

    Where he does not any more, in the name of whoever clears it (ruling 16). Raises Refused, Invalid (neither acts
    there), WrongState (decided before, or graded or edited anew).
    """
    asked.require(by)
    with transaction.atomic():
        case = asked.comment.case
        case.lock()
        _require_standing(case, asked)
        acts = _in_whose_name(case, asked, by)
        asked.decide(State.CLEARED, verb="clear", by=by, why=why)
        grade = asked.grade
        kept = grade.records.order_by("-pk").first()
        assert kept is not None  # noqa: S101  (made before it was asked)
        demanding.hide_and_contact(case, grade, kept, asked.notice, by=acts)
        case.settle(by=by)
        sentence = f"Your level 7 under clause ({_letter(asked)}) was cleared by {by.name}: it is being hidden."
        tell([asked.asked_by], Kind.REVIEWS, sentence, asked.get_absolute_url(), but=by)
        steps.reached("ordered")
    steps.reached("committed")
    live.changed(case.pk)


def refuse(asked: Clearance, *, by: Member, why: str) -> None:
    """Say no: the grade is taken back and the comment waits again; the record stays. Raises as `clear` does."""
    asked.require(by)
    with transaction.atomic():
        case = asked.comment.case
        case.lock()
        _require_standing(case, asked)
        asked.decide(State.REFUSED, verb="refuse", by=by, why=why)
        case.take_back(by=by, reason=why.strip())
        sentence = f"Your level 7 under clause ({_letter(asked)}) was refused by {by.name}: the comment waits again."
        tell([asked.asked_by], Kind.REVIEWS, sentence, asked.get_absolute_url(), but=by)
    live.changed(case.pk)


def _in_whose_name(case: Case, asked: Clearance, by: Member) -> Member:
    """The grader, or whoever clears it. Raises Invalid: neither hides a level 7 there any more."""
    for member in (asked.asked_by, by):
        if case.may_grade(member, Level.OFFENSIVE):
            return member
    raise Invalid(
        f"{asked.asked_by.name} does not act on {case.comment.account} any more, and neither do you: refuse it, so that"
        " whoever does grades it anew; or let an administrator or editor of the account clear it."
    )


def _require_standing(case: Case, asked: Clearance) -> None:
    """What was graded is what is decided on (ruling 23)."""
    asked.refresh_from_db(fields=["state"])
    if asked.state != State.ASKED or case.grade_id != asked.grade_id:
        raise WrongState(asked, "clear")
    if case.version != asked.grade.version:
        raise Edited(case, "clear")


def _letter(asked: Clearance) -> str:
    return asked.grade.clause.letter if asked.grade.clause else ""


# --- flags -----------------------------------------------------------------------------------------------------------


def flag(clause: Clause, reason: str, *, by: Member) -> ClauseFlag:
    """Let no level 7 be hidden under this clause before a Supervisor has cleared it (the legal adviser's, LR-8).

    Raises Refused, Invalid (no reason, no ground, flagged already).
    """
    require(by, Power.FLAG_CLAUSES)
    if not reason.strip():
        raise Invalid("Say what is doubtful about the clause: those who clear a hide read it.", "reason")
    if not clause.grounds:
        raise Invalid(f"Nothing is hidden under clause ({clause.letter}): there is nothing to flag.", "reason")
    try:
        with transaction.atomic():
            made: ClauseFlag = ClauseFlag.objects.create(letter=clause.letter, reason=reason.strip(), by=by)
            record("flag", made, by=by, after="flagged")
    except IntegrityError as error:
        raise Invalid(f"Clause ({clause.letter}) is flagged already.", "reason") from error
    return made


def lift(standing: ClauseFlag, reason: str, *, by: Member) -> None:
    """Let the clause be applied again without a second person. Raises Refused, Invalid, WrongState (lifted before)."""
    require(by, Power.FLAG_CLAUSES)
    if not reason.strip():
        raise Invalid("Say why the flag is lifted.", "reason")
    with transaction.atomic():
        matched = ClauseFlag.objects.filter(pk=standing.pk, lifted_at__isnull=True).update(
            lifted_at=timezone.now(), lifted_by=by, lifted_because=reason.strip()
        )
        if not matched:
            raise WrongState(standing, "lift")
        record("lift", standing, by=by, before="flagged", after="lifted")
