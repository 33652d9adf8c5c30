"""The poster's answer comes back to the member who answered him, or who follows his referral (ruling 9, 4.L4).

Intake writes which new comments come from a poster whom we answered, in the statement that stores them (`CAME_BACK`).
Here, about a second later, whoever handles the matter is told, and an open referral gets its line.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.platforms.contract import Kind as Written
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from moderation import live
from moderation.models import CameBack, QueueEntry, Referral, ReferralEntry
from moderation.models.queue import QueueQuerySet, Urgency
from moderation.passing_on import in_his_place

AT_ONCE = 200  # comments of one look
OFFERED = timedelta(days=14)  # what came back longer ago is offered as any other

_WAITS_FOR = """
SELECT EXISTS (
    SELECT FROM moderation_cameback back JOIN moderation_queueentry entry ON entry.comment_id = back.comment_id
    WHERE back.member_id = %s AND back.at > %s
)
"""


def look() -> None:
    """Tell of what came back and nobody knows of yet. Called by the reconciler each second; returns at once."""
    if not CameBack.objects.filter(told_at__isnull=True).exists():
        return
    with transaction.atomic():
        rows = CameBack.objects.select_for_update(of=("self",), skip_locked=True).filter(told_at__isnull=True)
        found = list(rows.select_related("comment__account", "answers", "member").order_by("at")[:AT_ONCE])
        told: dict[Member, list[CameBack]] = defaultdict(list)
        for one in found:
            told[_link(one)].append(one)
        for member, mine in told.items():
            tell([member], Told.REFERRALS, _sentence(mine), _path(mine[0]))
    for one in found:
        live.changed(one.comment_id)


def claim_own(member: Member, among: QueueQuerySet) -> QueueEntry | None:
    """Take the next of `among` that came back to `member` (ruling 9); None where there is none.

    None too while something waits that may be a threat or an emergency: that comes before all.
    """
    since = timezone.now() - OFFERED
    with connection.cursor() as cursor:
        cursor.execute(_WAITS_FOR, [member.pk, since])
        if not cursor.fetchone()[0]:  # the usual; each next comment pays for the question
            return None
    lately = CameBack.objects.filter(member=member, at__gt=since)
    mine = among.filter(pk__in=lately.values("comment"))
    if not mine.exists() or among.free_for(member).filter(urgency=Urgency.THREAT).exists():
        return None
    return QueueEntry.claim_next(by=member, among=mine, any_language=True)


def _link(one: CameBack) -> Member:
    """Keep whose it is and which referral it belongs to; gives whom to tell."""
    referral = _referral_of(one)
    owner = referral.owner if referral is not None else None
    one.member = in_his_place(owner or one.member)
    one.referral, one.told_at = referral, timezone.now()
    one.save(update_fields=["member", "referral", "told_at"])
    if referral is not None:
        wrote = {"kind": ReferralEntry.Kind.WROTE_BACK}
        ReferralEntry.objects.get_or_create(referral=referral, comment=one.comment, defaults=wrote)
    return one.member


def _referral_of(one: CameBack) -> Referral | None:
    """The open referral about what we had answered, else about another comment of his in the same place."""
    of_his = Referral.objects.unfinished().filter(comment__account=one.comment.account_id).order_by("-pk")
    found = of_his.filter(comment=one.answers_id).first()
    if found is not None or one.comment.poster_id is None:
        return found
    same = of_his.filter(comment__poster=one.comment.poster_id)
    if one.comment.kind != Written.MESSAGE:
        same = same.filter(comment__post=one.comment.post_id)
    return same.first()


def _sentence(mine: list[CameBack]) -> str:
    platform = mine[0].comment.account.get_platform_display()
    if len(mine) > 1:
        return f"{len(mine)} answers came back to you; the first is on {platform}."
    said = "to you"
    if mine[0].referral is not None:
        said = f"in referral {mine[0].referral.reference}, which is yours to follow"
    return f"An answer came back {said}, on {platform}."


def _path(one: CameBack) -> str:
    return f"{reverse('queue')}?open={one.comment_id}"
