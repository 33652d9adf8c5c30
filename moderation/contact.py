"""What the panel of a level 7 says of the poster: the step of the ladder, the notice, and how it reaches him (4.S)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.platforms.capabilities import Act, capability
from accounts.platforms.capabilities import Way as Possible
from moderation import ladder, notice_texts, notices, protected
from moderation.models.notices import Notice

if TYPE_CHECKING:
    from moderation.models.cases import Case

SHORT = 8  # words


@dataclass(frozen=True)
class Contact:
    """The notice that the ladder calls for now, as it would be sent."""

    kind: str
    standing: ladder.Standing  # without the comment in hand
    way: str
    hindered: str  # why nobody can be told; empty where somebody can
    by_hand: bool
    written: notice_texts.Written | None  # the approved text, with the marks that the form itself fills in
    reference: str
    limit: int | None
    alone: bool  # the comment is nothing but what police must bear
    short: bool  # so few words that all of them are relied on, unless some are marked

    @property
    def calls_for(self) -> str:
        """What S.O.P. 4 asks for now."""
        if self.kind == Notice.Kind.SECOND:
            return "Second distinct breach after a notified first: contact, and propose a ban"
        if self.standing.told_at is not None:
            return "First step still: this was written before the poster was told. Contact and remove"
        if self.standing.breaches:
            return "First step still: nobody was told of the breaches before. Contact and remove"
        return "First breach: contact and remove"

    @property
    def way_says(self) -> str:
        """Who is told by which way."""
        if self.hindered:
            return f"Nobody can be told: {self.hindered}"
        words = "by a private message" if self.way == Notice.Way.PRIVATE else "by a public reply under the comment"
        return f"{words}, which an officer sends by hand" if self.by_hand else words


def contact_for(case: Case, wording: int | None) -> Contact:
    """The notice for `case`, were it graded 7 now. `wording` chooses among the approved texts."""
    comment = case.comment
    kind = ladder.called_for(comment)
    way, hindered = notices.way_for(comment, kind, 7)
    reference = notice_texts.reference_of(comment, kind, case.grade_id)
    written = None
    if not hindered:
        written = notice_texts.approved(comment, kind, way, reference=reference, wording=wording or 0, marks=True)
    act = Act.MESSAGE if way == Notice.Way.PRIVATE and comment.kind != "message" else Act.REPLY
    cell = capability(comment.account.platform, act, comment.account.tier)
    return Contact(
        kind=kind,
        standing=ladder.standing(comment.poster, comment.account.platform, but=comment),
        way=way,
        hindered=hindered,
        by_hand=cell.way == Possible.BY_HAND or comment.is_captured,
        written=written,
        reference=reference,
        limit=notice_texts.limit_of(comment, way) if not hindered else None,
        alone=protected.alone(case.text),
        short=len(case.text.split()) <= SHORT,
    )
