"""The second look itself: another member approves a draft, which orders it, or returns it (ruling 1)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.states import Invalid, Refused, WrongState
from moderation import live, measures, ordering
from moderation.decisions import Edited
from moderation.drafts import Looked
from moderation.models.second_looks import ReplyDraft

if TYPE_CHECKING:
    from moderation.models.cases import Case

State, Verb = ReplyDraft.State, ReplyDraft.Verb


def approve(draft: ReplyDraft, *, by: Member) -> None:
    """Say yes: it is ordered in its writer's name.

    Raises Refused, Invalid, WrongState (decided before, or graded or edited anew).
    """
    draft.require(by)
    with _decided(draft, by) as case:
        _require_standing(case, draft)
        draft.decide(State.APPROVED, verb="approve", by=by)
        _order(case, draft)


def give_back(draft: ReplyDraft, *, by: Member, why: str) -> None:
    """Say no, with what is to be changed. Raises Refused, Invalid, WrongState."""
    draft.require(by)
    with _decided(draft, by):
        draft.decide(State.RETURNED, verb="return", by=by, why=why)
        sentence = f"{by.name} returned your {draft.get_verb_display()}: it was not sent."
        tell([draft.by], Kind.REVIEWS, sentence, draft.get_absolute_url(), but=by)


def withdraw(draft: ReplyDraft, *, by: Member) -> None:
    """Take one's own back before it is looked at. Raises Refused, WrongState."""
    if not draft.may_withdraw(by):
        raise Refused("Only who wrote this takes it back.")
    with _decided(draft, by):
        draft.become(State.WITHDRAWN, verb="withdraw", by=by)


@contextmanager
def _decided(draft: ReplyDraft, by: Member) -> Iterator[Case | None]:
    """One transaction, with the case of the comment that the draft answers locked, and settled afterwards."""
    with transaction.atomic():
        case = draft.comment.case if draft.comment is not None else None
        if case is not None:
            case.lock()
        yield case
        if case is not None:
            case.settle(by=by)
    if case is not None:
        live.changed(case.pk)


def _order(case: Case | None, draft: ReplyDraft) -> None:
    key, looked, post = f"draft-{draft.pk}", Looked(draft), draft.post
    if draft.own is not None:
        measures.edit_own(draft.own, draft.text, by=draft.by, key=key, looked=looked)
        return
    if draft.comment is not None and draft.verb == Verb.COMMENT:
        post = draft.comment.post
    if post is not None:
        measures.comment_under(post, draft.text, by=draft.by, key=key, about=draft.comment, looked=looked)
    elif draft.comment is not None and draft.verb == Verb.MESSAGE:
        measures.message(draft.comment, draft.text, by=draft.by, key=key, looked=looked)
    elif case is not None and draft.grade is not None:
        ordering.order_answer(case, draft.grade, draft.text, by=draft.by, key=key, looked=looked)


def _require_standing(case: Case | None, draft: ReplyDraft) -> None:
    """What was looked at is what is sent, as an answer to what was read (ruling 23)."""
    draft.refresh_from_db(fields=["state"])
    if draft.state != State.ASKED or (case is not None and case.grade_id != draft.grade_id):
        raise WrongState(draft, "approve")
    if case is not None and draft.grade is not None and case.version != draft.grade.version:
        raise Edited(case, "approve")
    if not draft.account.may_act(draft.by):  # it would go out in his name (ruling 16)
        raise Invalid(f"{draft.by.name} does not answer on this account any more: return it, and write it anew.")
