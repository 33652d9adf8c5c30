"""What the tests of S.O.P. 4's verbs do again and again."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from typing import Any

from django.db.models import F

from accounts.models import Clause
from accounts.orders import carry_out
from members.models import Member, TrailEntry
from moderation import second_looks
from moderation.decisions import Decision
from moderation.models import Case, Comment, CommentOrder, CommentVersion, Grade, Measure, QueueEntry, ReplyDraft
from moderation.sources import Rests

SOURCE = Rests(source="https://bayside.example/facts")


def case_of(comment: Comment) -> Case:
    """The case as it stands now."""
    return Case.objects.select_related("comment__account").get(pk=comment.pk)


def clause(letter: str = "b") -> Clause:
    """A clause of the first terms."""
    return Clause.objects.get(letter=letter, terms__version=1)


def decision(comment: Comment, level: int, **fields: Any) -> Decision:
    """What a member with the newest page before him decides."""
    case = case_of(comment)
    fields.setdefault("key", uuid.uuid4().hex)
    fields.setdefault("version", case.version)
    fields.setdefault("grade_seen", case.grade_id if case.level is not None else None)
    fields.setdefault("reason", "Looked at again." if case.level is not None else "")
    if level == 7:
        fields.setdefault("clause", clause())
        fields.setdefault("whole", not fields.get("words"))
    if fields.get("reply") and level in {3, 5}:
        fields.setdefault("rests", SOURCE)
    return Decision(level, **fields)


def grade(comment: Comment, level: int, by: Member, **fields: Any) -> Grade:
    return case_of(comment).grade_as(decision(comment, level, **fields), by=by)


def looked_at(written: Measure | ReplyDraft, by: Member) -> Measure:
    """What `by` has looked at and let go out."""
    assert isinstance(written, ReplyDraft)
    second_looks.approve(written, by=by)
    return Measure.objects.get(draft=written)


def orders(comment: Comment) -> list[tuple[str, str]]:
    """Each order's verb and state, in the order in which they were given."""
    return list(comment.orders.order_by("pk").values_list("verb", "state"))


def order_of(comment: Comment, verb: str) -> CommentOrder:
    """The last order of a verb, freshly read, as a worker does."""
    found = comment.orders.filter(verb=verb).select_related("account", "comment__poster").order_by("pk").last()
    assert found is not None
    return found


def order_with(pk: int) -> CommentOrder:
    """The order as a worker reads it."""
    return CommentOrder.objects.select_related("account", "comment__poster").get(pk=pk)


def work(comment: Comment, rounds: int = 10) -> None:
    """Carry out what is due, as workers and reconciler would, until nothing is."""
    for _ in range(rounds):
        due = comment.orders.due().select_related("account", "comment__poster").order_by("-urgent", "pk")
        carried_out = [carry_out(order) for order in due]
        if not any(carried_out):
            return


def time_passes(comment: Comment, seconds: float) -> None:
    """As if every time noted on the comment's orders lay so much further back."""
    turn_back(comment.orders, seconds)


def turn_back(orders: Any, seconds: float) -> None:
    """The same for orders of any kind."""
    by = timedelta(seconds=seconds)
    orders.update(not_before=F("not_before") - by, lease_until=F("lease_until") - by)


def trail(subject: Any) -> list[str]:
    return list(TrailEntry.objects.about(subject).order_by("id").values_list("verb", flat=True))


def edit(comment: Comment, text: str = "Something else.") -> None:
    """As intake does when the platform shows another text."""
    case = case_of(comment)
    digest = hashlib.sha256(text.encode()).digest()
    CommentVersion.objects.create(
        comment=comment, number=case.version + 1, change="edited", text=text, seen_at=comment.received_at, digest=digest
    )
    if case.state in {Case.State.OUTSTANDING, Case.State.ADDRESSED}:
        case.become(Case.State.WAITING, verb="edited", by=None, version=case.version + 1, digest=digest)
        QueueEntry.objects.create(comment=comment, account=comment.account, at=comment.posted_at)
    else:
        Case.objects.filter(pk=case.pk).update(version=case.version + 1, digest=digest)
