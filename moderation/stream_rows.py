"""What a row of the stream says of a comment: read as values, since a screen of them is looked at all day long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Account
from accounts.platforms.contract import Platform
from members.models import Member
from moderation.models import Comment, CommentVersion, QueueEntry
from moderation.models.queue import Urgency
from moderation.models.suggestions import Showing, shows

# As `_row_of` takes them. Accounts and members are few: they are not joined.
VALUES = (
    *("comment_id", "urgency", "at", "suspected", "band", "account_id", "held_by_id", "lease_until"),
    *("comment__author_name", "comment__author_handle", "comment__text", "comment__posted_at"),
    *("comment__received_at", "comment__case__version", "comment__came_back__why", "comment__came_back__member_id"),
)


@dataclass(frozen=True)
class Row:
    """One comment as a row shows it. `text` is the newest that was there to read; `suspected` as members may see it."""

    comment_id: int
    urgency: int  # these two say where it stands
    at: datetime
    platform: str
    author: str
    text: str
    written_at: datetime
    edited: bool
    suspected: int | None = None
    holder_id: int | None = None  # who holds it now, and his name
    holder: str = ""
    came_back: str = ""  # why it is somebody's before others (a CameBack.Why), and whose
    came_back_to: str = ""
    waits: bool = True
    level: int | None = None  # these two of what waits no more: its grade, and its state in words
    state: str = ""


def rows_of(found: Sequence[tuple[Any, ...]], accounts: Iterable[Account], when: str) -> list[Row]:
    """The rows of queue entries, read as VALUES, in their order.

    `accounts` are all that these may be of; `when`: the setting in force of when a suspicion is shown.
    """
    platforms = {one.pk: one.platform for one in accounts}
    edited = _newest_texts([values[0] for values in found if values[13] > 1])
    names = Member.objects.names() if any(values[6] or values[15] for values in found) else {}
    now = timezone.now()
    return [_row_of(values, platforms, edited, names, when, now) for values in found]


def _row_of(
    values: tuple[Any, ...],
    platforms: Mapping[int, str],
    edited: Mapping[int, str],
    names: Mapping[int, str],
    when: str,
    now: datetime,
) -> Row:
    comment_id, urgency, at, suspected, band, account_id, holder_id, until, *of_the_comment = values
    name, handle, text, posted_at, received_at, version, why, whose = of_the_comment
    platform, held = platforms[account_id], until is not None and until > now
    return Row(
        comment_id=comment_id,
        urgency=urgency,
        at=at,
        platform=platform,
        author=name or handle or f"{Platform(platform).label} user",
        text=edited.get(comment_id, text),
        written_at=posted_at or received_at,
        edited=version > 1,
        suspected=suspected if shows(band, when) else None,
        holder_id=holder_id if held else None,
        holder=names[holder_id] if held else "",
        came_back=why or "",
        came_back_to=names[whose] if whose else "",
    )


def _newest_texts(comments: list[int]) -> dict[int, str]:
    """As `Case.text`, of several at once."""
    if not comments:
        return {}
    versions = CommentVersion.objects.filter(comment__in=comments).exclude(change="deleted").order_by("number")
    return dict(versions.values_list("comment_id", "text"))


def row_of(comment: Comment, entry: QueueEntry | None) -> Row:
    """The row of one comment as it stands now: waiting by `entry`, or graded meanwhile."""
    came_back = getattr(comment, "came_back", None)
    holder = entry.holder if entry else None
    return Row(
        comment_id=comment.pk,
        urgency=entry.urgency if entry else Urgency.ORDINARY,
        at=entry.at if entry else comment.sort_at,
        platform=comment.account.platform,
        author=comment.author_shown,
        text=comment.case.text,
        written_at=comment.sort_at,
        edited=entry is not None and comment.case.version > 1,
        suspected=entry.suspected if entry and shows(entry.band, Showing.in_force()) else None,
        holder_id=holder.pk if holder else None,
        holder=holder.name if holder else "",
        came_back=came_back.why if came_back else "",
        came_back_to=came_back.member.name if came_back else "",
        waits=entry is not None,
        level=comment.case.level,
        state=str(comment.case.get_state_display()),
    )
