"""What the transfer of a member means for the comments: what he holds returns to the queue at once (1.3)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members.models import LogEntry, Member
from moderation import live
from moderation.models import QueueEntry


def foretell(member: Member) -> list[str]:
    """What his transfer would end here, in sentences: settings.WHAT_A_TRANSFER_ENDS."""
    held = _held_by(member).filter(lease_until__gt=timezone.now()).count()
    if not held:
        return []
    return [f"{held} comment{'s in hand return' if held > 1 else ' in hand returns'} to the queue."]


def release_claims(member: Member, by: Member) -> None:
    """Every comment that he holds is free for others. Runs inside the transfer's transaction: settings.ON_TRANSFER.

    A row on which he is acting at this moment is passed over: it waits for this transaction, as this one would for it.
    His act is refused when this one is committed, and then that comment is freed too.
    """
    _release(_held_by(member).select_for_update(skip_locked=True), by=by)
    transaction.on_commit(lambda: _release_the_rest(member), robust=True)


def _held_by(member: Member) -> QuerySet[QueueEntry]:
    return QueueEntry.objects.filter(held_by=member)


def _release_the_rest(member: Member) -> None:
    with transaction.atomic():
        _release(_held_by(member).select_for_update(), by=None)


def _release(entries: QuerySet[QueueEntry], *, by: Member | None) -> None:
    freed = list(entries.order_by("pk").values_list("pk", flat=True))
    QueueEntry.objects.filter(pk__in=freed).update(held_by=None, lease_until=None)
    LogEntry.objects.bulk_create(
        LogEntry(by=by, verb="release", subject_type="moderation.comment", subject_id=str(key)) for key in freed
    )
    for key in freed:
        live.changed(key)
