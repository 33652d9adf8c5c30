"""Notices: what a poster is told because of a breach, a warning, an overturned hide or the end of a ban (4.S, 4.L7).

Each names the clause and carries a reference by which the poster appeals. A public one never repeats his words; a
private one does. It goes the way that the platform leaves open; where none is, that is the recorded outcome.
"""

from __future__ import annotations

from members.models import Member
from moderation.models.comments import Comment
from moderation.models.grades import Grade
from moderation.models.notices import Notice


def order_notice(
    comment: Comment, kind: str, *, grade: Grade, by: Member, text: str = "", left_out: str | None = None
) -> Notice:
    """Tell the poster of `comment`, once for each kind and grade: in `text`, or as approved where it is empty.

    `left_out`: nobody is told, and this is why. Where nobody can be told, the row says so and no order is made. Needs
    the comment's case locked. Raises Invalid (the text is too long, or names no way to appeal).
    """
    raise NotImplementedError
