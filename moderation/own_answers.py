"""From an answer that was sent to our own comment on the platform, where it can be changed or taken away; and back."""

from __future__ import annotations

from dataclasses import dataclass

from moderation.models import Comment, CommentOrder, Measure


@dataclass(frozen=True)
class Answered:
    """What a comment of ours answers, and at which levels that was said and stands."""

    comment: Comment
    levels: frozenset[int]


def answered_by(ours: Comment) -> Answered | None:
    """What `ours` answers: by the order that sent it, else by where it stands. None where it answers nobody."""
    sent = {"account": ours.account_id, "remote_id": ours.remote_id}
    order = CommentOrder.objects.filter(verb=CommentOrder.Verb.REPLY, **sent).select_related("comment__case").first()
    if order is not None:
        return _answered(order.comment, order.level)
    posted = Measure.objects.filter(verb=Measure.Verb.COMMENT, comment__isnull=False, **sent).first()
    if posted is not None and posted.comment is not None:
        return _answered(posted.comment, None)
    above = Comment.objects.filter(account=ours.account_id, remote_id=ours.parent_remote_id, ours=False)
    found = above.select_related("case").first() if ours.parent_remote_id else None
    return _answered(found, None) if found is not None else None


def _answered(comment: Comment, said_at: int | None) -> Answered:
    """A grade taken back does not free the words of a look: then what the last one said counts."""
    last = comment.grades.exclude(level=None).order_by("pk").last()
    levels = {said_at, comment.case.level, last.level if last else None}
    return Answered(comment, frozenset(level for level in levels if level is not None))


def marked(orders: list[CommentOrder]) -> list[CommentOrder]:
    """`orders`, each answer that is on the platform with `own_answer`: the number of our comment, once it was read.

    Costs a query only where there is such an answer.
    """
    sent = {one.remote_id: one for one in orders if one.verb == CommentOrder.Verb.REPLY and one.remote_id}
    if sent:
        account = next(iter(sent.values())).account_id
        ours = Comment.objects.filter(account=account, remote_id__in=sent, ours=True)
        for number, remote_id in ours.values_list("pk", "remote_id"):
            sent[remote_id].own_answer = number  # type: ignore[attr-defined]
    return orders
