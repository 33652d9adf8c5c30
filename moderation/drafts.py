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

if TYPE_CHECKING:
    from moderation.models.cases import Case

State, Verb = ReplyDraft.State, ReplyDraft.Verb


def is_asked(case: Case, level: int, text: str) -> bool:
    """Whether `text` goes to another member before it is sent: free words, at a level whose setting asks for it."""
    if level in HIDEABLE or not demand_of(level).second_look:
        return False  # a notice holds no hide up, and every level 7 is reviewed afterwards
    from moderation.texts import is_prepared

    comment = case.comment
    return not is_prepared(text, level=level, language=comment.language, name=comment.author_name)


def instead(case: Case, text: str, *, by: Member, key: str, verb: str) -> ReplyDraft | None:
    """The draft that `text` becomes where its level asks for a second look; None where it may go as it is.

    Needs the case locked and graded. Raises as `ask` does.
    """
    if case.grade is None or case.level is None or not is_asked(case, case.level, text):
        return None
    return ask(case, case.grade, text.strip(), by=by, key=key, verb=verb)


def ask(case: Case, grade: Grade, text: str, *, by: Member, key: str, verb: str) -> ReplyDraft:
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
                key=f"{key}:{verb}", comment=case.comment, grade=grade, verb=verb, text=text, by=by
            )
    except IntegrityError as error:
        raise AnswerUnderWay(case, "reply") from error
    record("ask", draft, by=by, after=draft.state)
    watching = [watch.member for watch in on_watch() if watch.member.may(Power.SECOND_LOOK)]
    sentence = f"A {draft.get_verb_display()} of {by.name}'s waits for a second look before it is sent."
    tell(watching, Kind.REVIEWS, sentence, draft.get_absolute_url(), but=by)
    return draft
