"""What the tests of the ladder do again and again: breaches of one poster, told and not told, and bans proposed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.kinds import read_order
from accounts.orders import carry_out
from members.models import Member
from moderation import measures
from moderation.models import Comment, Measure, Notice, Proposal
from tests.moderation.acts import grade, work


def work_it(comment: Comment) -> None:
    """Hide and tell: what is due of orders and of measures, until nothing is."""
    for _ in range(4):
        work(comment)
        for measure in comment.measures.filter(state__in=["waiting", "uncertain"]).order_by("pk"):
            carry_out(read_order("moderation.Measure", measure.pk))


def notice_of(comment: Comment) -> Notice:
    """The comment's newest notice, freshly read."""
    found = Notice.objects.with_outcome().filter(comment=comment).first()
    assert found is not None
    return found


@dataclass(frozen=True)
class Climb:
    """One poster's comments on one platform."""

    make_comment: Callable[..., Comment]
    officer: Member

    def comment(self, text: str = "Vile words.", **fields: Any) -> Comment:
        """Written this moment, so that it comes after what he was told."""
        return self.make_comment(text, posted_at=fields.pop("posted_at", timezone.now()), **fields)

    def breach(self, text: str = "Vile words.", *, worked: bool = True, **fields: Any) -> Comment:
        """A comment of his, graded 7, hidden, and he told."""
        decided = {name: fields.pop(name) for name in ("untold", "reply", "words") if name in fields}
        comment = self.comment(text, **fields)
        grade(comment, 7, self.officer, **decided)
        if worked:
            work_it(comment)
        return comment


def propose_ban(comment: Comment, by: Member, **fields: Any) -> Proposal:
    """To ban who wrote it, for half a year."""
    fields.setdefault("review_on", timezone.localdate() + timedelta(days=180))
    fields.setdefault("reason", "Again.")
    return measures.propose("ban", comment.account, by=by, comment=comment, poster=comment.poster, **fields)


def approved_ban(comment: Comment, by: Member, second: Member, **fields: Any) -> Measure:
    """The same, approved."""
    return measures.approve(propose_ban(comment, by, **fields), by=second, why="A second breach.")
