"""Drafts: what was written freely and waits for another member's yes before it is sent (ruling 1).

Approved texts need none. Which levels ask for it is the grading system's setting (4 and 5 in its first version). What
stands under a post of ours and answers nobody is asked for as a correction there is: by the setting of level 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from accounts.models import Post
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.roster import on_watch
from members.states import Invalid, record
from moderation.decisions import AnswerUnderWay
from moderation.models.grades import HIDEABLE, Level, demand_of
from moderation.models.second_looks import ReplyDraft
from moderation.models.texts import OF_LEVEL, Purpose
from moderation.texts import is_prepared

if TYPE_CHECKING:
    from moderation.models.cases import Case
    from moderation.models.comments import Comment
    from moderation.own_answers import Answered

State, Verb = ReplyDraft.State, ReplyDraft.Verb
AT_ANY_LEVEL = (Purpose.EMERGENCY, Purpose.MEDIA)


@dataclass(frozen=True)
class Looked:
    """What the order of a text carries of its look: the draft that was approved, or that the text is an approved one.

    Neither where free words need no look.
    """

    draft: ReplyDraft | None = None
    prepared: bool = False


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


def instead(case: Case, text: str, *, by: Member, key: str, verb: str) -> ReplyDraft | Looked:
    """The draft that `text` becomes where its level asks for a second look; else what its order carries.

    Needs the case locked and graded. Raises as `ask` does.
    """
    grade, level = case.grade, case.level
    if grade is None or level is None or not is_asked(level):
        return Looked()
    if is_approved(case, level, text, verb):
        return Looked(prepared=True)
    return ask(text.strip(), by=by, key=key, verb=verb, case=case)


def of_post(post: Post, text: str, *, by: Member, key: str) -> ReplyDraft | Looked:
    """The same for a comment of ours under `post` that answers nobody. Raises Invalid (the key served before)."""
    if not is_asked(Level.MISGUIDED):
        return Looked()
    return ask(text.strip(), by=by, key=key, verb=Verb.COMMENT, post=post)


def of_change(answered: Answered | None, ours: Comment, text: str, *, by: Member, key: str) -> ReplyDraft | Looked:
    """The same for a change of what we said, by the levels of what it answers; where it answers nobody, as `of_post`.

    Needs the case of the answered comment locked. Raises as `ask` does, and Invalid under a level 7 or 8.
    """
    verb = Verb.EDIT_OWN
    if answered is None:
        return ask(text, by=by, key=key, verb=verb, own=ours) if is_asked(Level.MISGUIDED) else Looked()
    if answered.levels & set(HIDEABLE):
        raise Invalid("What we said under a level 7 or 8 is taken away, and not changed (S.O.P. 4).", "text")
    case = answered.comment.case
    asking = sorted(level for level in answered.levels if is_asked(level))
    if case.grade is None or not asking:
        return Looked()
    if all(is_approved(case, level, text, verb) for level in asking):
        return Looked(prepared=True)
    return ask(text, by=by, key=key, verb=verb, own=ours, case=case)


def ask(
    text: str,
    *,
    by: Member,
    key: str,
    verb: str,
    case: Case | None = None,
    post: Post | None = None,
    own: Comment | None = None,
) -> ReplyDraft:
    """Keep `text` until another member has looked at it; once for each key. Needs the case locked, where there is one.

    `own` is our answer, which it changes; `post`, where it is to stand and answers nobody. Raises AnswerUnderWay where
    another text of this kind waits for its look already.
    """
    about = {"comment": case.comment, "grade": case.grade} if case is not None else {"post": post}
    first: ReplyDraft | None = ReplyDraft.objects.filter(key=f"{key}:{verb}").first()
    if first is not None:
        if (first.comment_id, first.post_id, first.by_id) != (case and case.pk, post and post.pk, by.pk):
            raise Invalid("The form was used for something else already: load the page again.", "key")
        return first
    try:
        with transaction.atomic():
            draft: ReplyDraft = ReplyDraft.objects.create(
                key=f"{key}:{verb}", verb=verb, text=text, by=by, own=own, **about
            )
    except IntegrityError as error:
        if case is None:
            raise Invalid("Another change of this waits for its look already.", "text") from error
        raise AnswerUnderWay(case, "reply") from error
    record("ask", draft, by=by, after=draft.state)
    watching = [watch.member for watch in on_watch() if watch.member.may(Power.SECOND_LOOK)]
    sentence = f"A {draft.get_verb_display()} of {by.name}'s waits for a second look before it is sent."
    tell(watching, Kind.REVIEWS, sentence, draft.get_absolute_url(), but=by)
    return draft
