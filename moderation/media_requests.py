"""A media request is the Public Information Office's: the unit says so, refers it and gives no facts (2.E)."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from members.models import Member
from members.states import Invalid
from moderation import referrals
from moderation.decisions import Decision
from moderation.models import Comment, Grade, Level, Referral, Section
from moderation.ready_answers import ready_answer, require_to_reply
from moderation.sources import Rests

NO_OFFICE = "No Public Information Office is among the sections: a Supervisor adds it, then refer the request there."


def refer_to_pio(comment: Comment, decision: Decision, *, by: Member) -> Grade:
    """One key: graded 3, the approved answer sent, the request referred and followed by whoever did it.

    Raises Refused, Invalid (no office, no approved answer), Taken, WrongState as a grade does.
    """
    require_to_reply(comment, by)
    office = Section.objects.of_kind(Section.Kind.PIO)
    if office is None:
        raise Invalid(NO_OFFICE)
    ready = ready_answer(comment, "media")
    if ready is None:
        raise Invalid("No answer to media requests is approved yet: grade the comment 3 and write one.")
    decision = replace(decision, level=Level.QUESTION, reply=ready, rests=Rests(source=f"{office.name} (S.O.P. 2 E)"))
    ask = referrals.Ask(Referral.Kind.MEDIA, section=office, owner=by)
    with transaction.atomic():
        grade = comment.case.grade_as(decision, by=by)
        referrals.open_referral(comment, ask, by=by, key=f"{decision.key}:{Referral.Kind.MEDIA}")
    return grade
