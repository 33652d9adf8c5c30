"""Which approved text is offered for a comment, so that a thread does not read like a robot (4.L1; ruling 1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from moderation.models.comments import Comment
from moderation.models.orders import CommentOrder
from moderation.models.texts import OF_LEVEL, OPENERS, Wording
from moderation.replies import first_name
from moderation.texts import Filler, fills, wordings

NEIGHBOURS = 20  # comments of the thread, before and after, whose replies the next one is not to sound like


@dataclass(frozen=True)
class Prepared:
    """One prepared text. `opener`: it begins an answer that the officer finishes with the facts."""

    text: str
    opener: bool
    number: int  # which wording this is, from 1
    of: int
    language: str
    reviewed_by: str  # empty: nobody who reads the language has read it (ruling 17)


def prepared(level: int, comment: Comment, *, wording: int | None, limit: int | None = None) -> Prepared | None:
    """A prepared text for `level`, in the comment's language or else in English; None where none is approved.

    `wording` chooses one by its number and goes round. Without it the one is offered that its neighbours in the thread
    did not get, or got longest ago: the same comment, asked again, gets the same one. Longer than `limit`, none is.
    """
    purpose = OF_LEVEL.get(level)
    if purpose is None:
        return None
    found = wordings(purpose, comment.language, named=bool(first_name(comment.author_name)))
    ready = [pair for pair in fills(found, name=comment.author_name) if limit is None or len(pair[1]) <= limit]
    if not ready:
        return None
    number = wording if wording is not None else _fresh(level, comment, [one for one, _ in ready])
    number %= len(ready)
    chosen, text = ready[number]
    opener = purpose in OPENERS
    said = f"{text} " if opener else text
    return Prepared(said, opener, number + 1, len(ready), chosen.language, chosen.reviewed_by_name)


def _fresh(level: int, comment: Comment, found: list[Wording]) -> int:
    """The number of the wording that no neighbour got, or got longest ago, in an order that the comment gives."""
    count = len(found)
    if count == 1:
        return 0
    used = _used_near(level, comment, found)
    order = [(comment.pk + step) % count for step in range(count)]
    unused = [number for number in order if number not in used]
    return unused[0] if unused else used[-1]


def _used_near(level: int, comment: Comment, found: list[Wording]) -> list[int]:
    """The numbers of the wordings with which the neighbours in the thread were answered, the latest first."""
    if comment.post_id is None:
        return []
    thread = Comment.objects.filter(post=comment.post_id).values("pk")
    before = thread.filter(pk__lt=comment.pk).order_by("-pk")[:NEIGHBOURS]
    after = thread.filter(pk__gt=comment.pk).order_by("pk")[:NEIGHBOURS]
    replies = CommentOrder.objects.filter(Q(comment__in=before) | Q(comment__in=after), verb=CommentOrder.Verb.REPLY)
    used: list[int] = []
    filler = Filler(found)
    for text, name in replies.filter(level=level).order_by("-pk").values_list("text", "comment__author_name"):
        begun = [found.index(one) for one, ready in filler.of(name) if text.startswith(ready)]
        used += [number for number in begun if number not in used]
    return used
