"""The second look itself: another member approves a draft, which orders it, or returns it (ruling 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.states import Invalid, Refused, WrongState
from moderation import live, measures, ordering
from moderation.decisions import Edited
from moderation.models.second_looks import ReplyDraft

if TYPE_CHECKING:
    from moderation.models.cases import Case

State, Verb = ReplyDraft.State, ReplyDraft.Verb


def approve(draft: ReplyDraft, *, by: Member) -> None:
    """Say yes: it is ordered in its writer's name.

    Raises Refused, Invalid, WrongState (decided before, or graded or edited anew).
    """
    draft.require(by)
    with transaction.atomic():
        case = draft.comment.case
        case.lock()
        _require_standing(case, draft)
        draft.decide(State.APPROVED, verb="approve", by=by)
        _order(case, draft)
        case.settle(by=by)
    live.changed(case.pk)


def give_back(draft: ReplyDraft, *, by: Member, why: str) -> None:
    """Say no, with what is to be changed. Raises Refused, Invalid, WrongState."""
    draft.require(by)
    with transaction.atomic():
        case = draft.comment.case
        case.lock()
        draft.decide(State.RETURNED, verb="return", by=by, why=why)
        case.settle(by=by)
        sentence = f"{by.name} returned your {draft.get_verb_display()}: it was not sent."
        tell([draft.by], Kind.REVIEWS, sentence, draft.get_absolute_url(), but=by)
    live.changed(case.pk)


def withdraw(draft: ReplyDraft, *, by: Member) -> None:
    """Take one's own back before it is looked at. Raises Refused, WrongState."""
    if not draft.may_withdraw(by):
        raise Refused("Only who wrote this takes it back.")
    with transaction.atomic():
        case = draft.comment.case
        case.lock()
        draft.become(State.WITHDRAWN, verb="withdraw", by=by)
        case.settle(by=by)
    live.changed(case.pk)


def _order(case: Case, draft: ReplyDraft) -> None:
    key = f"draft-{draft.pk}"
    if draft.verb == Verb.MESSAGE:
        measures.message(draft.comment, draft.text, by=draft.by, key=key, looked=draft)
    elif draft.verb == Verb.EDIT_OWN and draft.own is not None:
        measures.edit_own(draft.own, draft.text, by=draft.by, key=key, looked=draft)
    elif draft.verb == Verb.COMMENT and draft.comment.post is not None:
        measures.comment_under(draft.comment.post, draft.text, by=draft.by, key=key, about=draft.comment)
    else:
        ordering.order_answer(case, draft.grade, draft.text, by=draft.by, key=key, looked=draft)


def _require_standing(case: Case, draft: ReplyDraft) -> None:
    """What was looked at is what is sent, as an answer to what was read (ruling 23)."""
    draft.refresh_from_db(fields=["state"])
    if draft.state != State.ASKED or case.grade_id != draft.grade_id:
        raise WrongState(draft, "approve")
    if case.version != draft.grade.version:
        raise Edited(case, "approve")
    if not case.may_reply(draft.by):  # it would go out in his name (ruling 16)
        raise Invalid(f"{draft.by.name} does not answer on this account any more: return it, and write it anew.")
