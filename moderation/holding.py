"""What this unit may hold of a poster, by platform: the switch of ruling 5, turned by the legal adviser alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from accounts.platforms.contract import Platform
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, record
from moderation.models.comments import Comment, Poster
from moderation.models.holdings import Holding, PosterNote
from moderation.models.measures import Measure
from moderation.models.orders import CommentOrder


@dataclass(frozen=True)
class Standing:
    """How the switch of one platform stands; `last` None: as it came."""

    platform: Platform
    only_ours: bool
    last: Holding | None


def standing() -> list[Standing]:
    """The switch of each platform."""
    latest = {row.platform: row for row in Holding.objects.select_related("by").order_by("id")}
    return [
        Standing(platform, is_only_ours(platform, _said(latest.get(platform))), latest.get(platform))
        for platform in Platform
    ]


def only_ours(platform: str) -> bool:
    """Whether a poster's page holds this unit's own exchanges, breaches and notices and nothing else."""
    return is_only_ours(platform, _said(Holding.objects.filter(platform=platform).first()))


def is_only_ours(platform: str, holds: str | None) -> bool:
    """The same by the last word on `platform`, None where nobody has said any: X forbids profiling until then."""
    return platform == Platform.X if holds is None else holds == Holding.Holds.OURS


def _said(last: Holding | None) -> str | None:
    return last.holds if last is not None else None


def turn(platform: str, holds: str, *, by: Member, reason: str) -> Holding:
    """Say what the platform's terms let us hold. Raises Refused, Invalid (no such choice, no reason)."""
    require(by, Power.FLAG_CLAUSES)
    if platform not in Platform.values or holds not in Holding.Holds.values:
        raise Invalid("Choose the platform, and one of the two.", "holds")
    if not reason.strip():
        raise Invalid("Say which of the platform's terms this follows.", "reason")
    with transaction.atomic():
        made = Holding.objects.create(platform=platform, holds=holds, reason=reason.strip(), by=by)
        record("say", made, by=by, after=holds)
    return made


def note(poster: Poster, text: str, *, by: Member) -> PosterNote:
    """Keep a remark about the poster for colleagues. Raises Refused, Invalid (empty, too long, or not to be held)."""
    require(by, Power.GRADE_COMMENTS)
    text = text.strip()
    if only_ours(poster.platform):
        raise Invalid(f"What we hold of posters on {poster.get_platform_display()} leaves no room for remarks.", "note")
    if not 0 < len(text) <= PosterNote.LIMIT:
        raise Invalid(f"Write a note of at most {PosterNote.LIMIT} characters.", "note")
    with transaction.atomic():
        made = PosterNote.objects.create(poster=poster, text=text, by=by)
        record("note", poster, by=by, decision=made)
    return made


class Wrote(NamedTuple):
    """An earlier comment as it stands beside the one in hand."""

    pk: int
    text: str
    sort_at: datetime
    level: int | None


_LATELY = """
SELECT comment.id, comment.text, coalesce(comment.posted_at, comment.received_at), standing.level
FROM moderation_comment comment JOIN moderation_case standing ON standing.comment_id = comment.id
WHERE comment.poster_id = %s AND comment.id <> %s ORDER BY comment.id DESC LIMIT %s
"""


def lately(poster_id: int, *, but: int, ours: bool, most: int) -> list[Wrote]:
    """The newest of `comments_of`, without the one in hand: what each next comment pays for is read narrowly."""
    if ours:
        found = comments_of(poster_id, ours=True).exclude(pk=but)[:most]
        return [Wrote(one.pk, one.text, one.sort_at, one.case.level) for one in found]
    with connection.cursor() as cursor:
        cursor.execute(_LATELY, [poster_id, but, most])
        return [Wrote(*row) for row in cursor.fetchall()]


def comments_of(poster_id: int, *, ours: bool) -> Any:
    """A poster's comments, newest first; `ours`: those that the unit answered, hid, wrote about or told of."""
    theirs = Comment.objects.filter(poster=poster_id).select_related("case", "account").order_by("-id")
    if not ours:
        return theirs
    acted = CommentOrder.objects.filter(comment__poster=poster_id).values("comment")
    written = Measure.objects.filter(comment__poster=poster_id).values("comment")
    return theirs.filter(Q(pk__in=acted) | Q(pk__in=written) | Q(breaches__isnull=False)).distinct()
