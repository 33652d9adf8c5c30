"""Drafts: what was written freely and waits for another member's yes before it is sent (ruling 1).

Approved texts need none. Which levels ask for it is the grading system's setting (4 and 5 in its first version).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.roster import on_watch
from members.states import Invalid, record
from moderation.decisions import AnswerUnderWay
from moderation.models.grades import HIDEABLE, Grade, demand_of
from moderation.models.second_looks import ReplyDraft
from moderation.models.texts import OF_LEVEL, Purpose
from moderation.texts import is_prepared

if TYPE_CHECKING:
    from moderation.models.cases import Case
    from moderation.models.comments import Comment
    from moderation.own_answers import Answered

State, Verb = ReplyDraft.State, ReplyDraft.Verb
AT_ANY_LEVEL = (Purpose.EMERGENCY, Purpose.MEDIA)


def is_asked(level: int) -> bool:
    """Whether free words at this level go to another member before they are sent."""
    return level not in HIDEABLE and demand_of(level).second_look  # a notice holds no hide up; level 7 is reviewed


def is_approved(case: Case, level: int, text: str, verb: str) -> bool:
    """Whether `text` is an approved one as it stands, and needs no second look."""
    comment = case.comment
    purposes = [OF_LEVEL.get(level, "") if verb != Verb.MESSAGE else Purpose.CONTACT, *AT_ANY_LEVEL]
    return any(
        is_prepared(text, purpose=purpose, language=comment.language, name=comment.author_name)
        for purpose in purposes
        if purpose
    )


def instead(case: Case, text: str, *, by: Member, key: str, verb: str) -> ReplyDraft | None:
    """The draft that `text` becomes where its level asks for a second look; None where it may go as it is.

    Needs the case locked and graded. Raises as `ask` does.
    """
    grade, level = case.grade, case.level
    if grade is None or level is None or not is_asked(level) or is_approved(case, level, text, verb):
        return None
    return ask(case, grade, text.strip(), by=by, key=key, verb=verb)


def of_change(answered: Answered, ours: Comment, text: str, *, by: Member, key: str) -> ReplyDraft | None:
    """The draft that a change of our answer becomes where a level of what it answers asks for a look; else None.

    Needs the case of the answered comment locked. Raises as `ask` does.
    """
    case, verb = answered.comment.case, Verb.EDIT_OWN
    asking = sorted(level for level in answered.levels if is_asked(level))
    if case.grade is None or not asking or all(is_approved(case, level, text, verb) for level in asking):
        return None
    return ask(case, case.grade, text, by=by, key=key, verb=verb, own=ours)


def ask(
    case: Case, grade: Grade, text: str, *, by: Member, key: str, verb: str, own: Comment | None = None
) -> ReplyDraft:
    """Keep `text` until another member has looked at it; once for each key. Needs the case locked.

    Raises AnswerUnderWay where another text of this kind waits for its look already.
    """
    first: ReplyDraft | None = ReplyDraft.objects.filter(key=f"{key}:{verb}").first()
    if first is not None:
        if first.comment_id != case.pk or first.by_id != by.pk:
            raise Invalid("The form was used for something else already: load the page again.", "key")
        return first
    try:
        with transaction.atomic():
            draft: ReplyDraft = ReplyDraft.objects.create(
                key=f"{key}:{verb}", comment=case.comment, grade=grade, verb=verb, text=text, by=by, own=own
            )
    except IntegrityError as error:
        raise AnswerUnderWay(case, "reply") from error
    record("ask", draft, by=by, after=draft.state)
    watching = [watch.member for watch in on_watch() if watch.member.may(Power.SECOND_LOOK)]
    sentence = f"A {draft.get_verb_display()} of {by.name}'s waits for a second look before it is sent."
    tell(watching, Kind.REVIEWS, sentence, draft.get_absolute_url(), but=by)
    return draft
