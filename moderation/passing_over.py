"""Held comments that go back to the queue ungraded: skipped by who holds them, or released by a Supervisor or above.

Both are kept as rows of their own, so that what was passed over can be listed and exported apart from decisions.
"""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from members.authority import require
from members.models import LogEntry, Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid
from moderation import live
from moderation.models import Comment, GivenBack, QueueEntry

LONGEST = 500  # characters of a reason in free words


def skip(comment: Comment, *, by: Member, reason: str = "", words: str = "") -> GivenBack | None:
    """Pass a held comment over, with the reason where one is given. None when `by` holds it no more (F.VD).

    Raises Refused to readers, Invalid.
    """
    require(by, Power.GRADE_COMMENTS)
    return _give_back(comment, holder=by, by=by, reason=reason, words=words)


def free(comment: Comment, *, by: Member, words: str = "") -> GivenBack | None:
    """Take a comment out of a colleague's hands and put it back; the holder is told. None when nobody else holds it.

    Raises Refused (assigning work is a Supervisor's or above, F.V.B), Invalid.
    """
    require(by, Power.ASSIGN_TASKS)
    entry = QueueEntry.objects.select_related("held_by").filter(pk=comment.pk).first()
    holder = entry.holder if entry else None
    if holder is None or holder == by:
        return None
    return _give_back(comment, holder=holder, by=by, reason="", words=words)


def may_free(member: Member) -> bool:
    """Whether `member` may take a comment out of a colleague's hands."""
    return member.may(Power.ASSIGN_TASKS)


def _give_back(comment: Comment, *, holder: Member, by: Member, reason: str, words: str) -> GivenBack | None:
    words = words.strip()
    if reason not in GivenBack.Reason.values:
        raise Invalid("Choose one of the reasons, or none.", "reason")
    if len(words) > LONGEST:
        raise Invalid(f"A reason takes {LONGEST} characters; this has {len(words)}.", "words")
    with transaction.atomic():
        held = QueueEntry.objects.filter(pk=comment.pk, held_by=holder)
        if not held.update(held_by=None, lease_until=None):
            return None
        skipped = holder == by
        verb = "skip" if skipped else "free"
        kept: GivenBack = GivenBack.objects.create(
            comment=comment, held_by=holder, by=by, skipped=skipped, reason=reason, words=words
        )
        LogEntry.objects.create(by=by, verb=verb, subject_type="moderation.comment", subject_id=str(comment.pk))
        if not skipped:
            sentence = f"{by.name} put a comment that you held back into the queue."
            tell([holder], Kind.REFERRALS, sentence, reverse("comment", args=[comment.pk]))
    live.changed(comment.pk)
    return kept
