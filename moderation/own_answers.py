"""From an answer that was sent to our own comment on the platform, where it can be changed or taken away."""

from __future__ import annotations

from moderation.models import Comment, CommentOrder


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
