"""What a later look at a comment shows: edited, deleted, there again, hidden by another hand (rulings 6 and 7)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.platforms.contract import RemoteComment, Sight
from moderation import live
from moderation.language import language_of
from moderation.models import Case, CommentVersion, QueueEntry, RecordEntry, SearchEntry
from moderation.models.search import vector_of
from moderation.suggesting import suspected_of

Change = CommentVersion.Change
ItemOf = Callable[[RemoteComment], dict[str, int]]  # keeps an item's bytes and gives where they stand (AsReceived)
NO_TEXT = hashlib.sha256(b"").digest()


@dataclass(frozen=True, slots=True)
class Seen:
    """A comment as it is stored, as far as what comes in is held against it."""

    comment_id: int
    account_id: int
    kind: str
    post: str
    parent: str
    text_digest: bytes
    sight: str
    sight_at: datetime | None


@dataclass(frozen=True, slots=True)
class Look:
    """A comment as the platform showed it at a moment. `digest` is its text's."""

    item: RemoteComment
    digest: bytes
    at: datetime

    def differs_from(self, stored: Seen | Case) -> bool:
        """Whether this shows another text or another sight. Likes and signed addresses are no part of either."""
        return self.text_differs(stored) or self.sight_differs(stored)

    def text_differs(self, stored: Seen | Case) -> bool:
        """No platform keeps a comment with neither text nor picture: such an item tells of something else (a hide)."""
        if self.item.sight == Sight.GONE or (self.digest == NO_TEXT and not self.item.attachments):
            return False
        return bytes(stored.text_digest) != self.digest

    def sight_differs(self, stored: Seen | Case) -> bool:
        """What was received before the stored sight says nothing any more."""
        if stored.sight_at is not None and self.at <= stored.sight_at:
            return False
        if stored.sight == Sight.GONE and self.item.sight == Sight.UNKNOWN:
            return True  # it is served again
        return self.item.sight not in (Sight.UNKNOWN, stored.sight)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What following a look did: whether anything had changed, and whether a comment waits that did not before."""

    changed: bool = False
    queued: bool = False


def follow(comment_id: int, look: Look, item_of: ItemOf) -> Outcome:
    """Keep what `look` shows, against the comment's case as it stands now; locks the case. Call in a transaction.

    A text is kept as a version even where it comes late (a page read before the newest one), unless it was there
    before; the next reading puts the newest text on top again.
    """
    case = Case.objects.select_for_update().get(pk=comment_id)
    change = _change(case, look)
    sight = look.sight_differs(case)
    if not change and not sight:
        return Outcome()
    queued = False
    if change:
        version = _add_version(case, change, look, item_of(look.item))
        queued = _move(case, version, look)
    if sight:
        case.see(look.item.sight, at=look.at)
    live.changed(case.pk)
    return Outcome(changed=True, queued=queued)


def _change(case: Case, look: Look) -> str:
    """The change of the comment itself; empty where only its visibility differs, or nothing."""
    if look.sight_differs(case):
        if look.item.sight == Sight.GONE:
            return Change.DELETED
        if case.sight == Sight.GONE:
            return Change.RESTORED
    if look.text_differs(case) and not _came_late(case, look):
        return Change.EDITED
    return ""


def _came_late(case: Case, look: Look) -> bool:
    """Whether this text was stored before, and a newer one has been seen since."""
    newest = case.comment.versions.order_by("-number").first()
    if newest is None or look.at > newest.seen_at:
        return False
    earlier = case.comment.versions.filter(digest=look.digest).exists()
    return earlier or case.comment.digest == look.digest


def _add_version(case: Case, change: str, look: Look, item: dict[str, int]) -> CommentVersion:
    """A deleted comment's version has no text; the case keeps the digest of the last one that had."""
    gone = change == Change.DELETED
    return CommentVersion.objects.create(
        comment_id=case.pk,
        number=case.version + 1,
        change=change,
        text="" if gone else look.item.text,
        edited_at=look.item.edited_at,
        seen_at=look.at,
        digest=NO_TEXT if gone else look.digest,
        **item,
    )


def _move(case: Case, version: CommentVersion, look: Look) -> bool:
    """Move the case as the new version asks; gives whether the comment newly waits for a grade (ruling 7)."""
    text_differs = look.text_differs(case)
    changes: dict[str, Any] = {"version": version.number, "digest": look.digest if text_differs else case.digest}
    if version.change == Change.DELETED:
        if case.state == Case.State.WAITING:
            case.become(Case.State.GONE, verb="gone", by=None, decision=version, **changes)
            QueueEntry.objects.filter(pk=case.pk).delete()
            return False
    elif _waits_again(case, version, text_differs=text_differs):
        verb = "edited" if text_differs else "restored"
        case.become(Case.State.WAITING, verb=verb, by=None, decision=version, **changes)
        _keep_found(case, look.item.text)
        _queue(case, look.item.text)
        return True
    Case.objects.filter(pk=case.pk).update(**changes)
    if text_differs:
        _keep_found(case, look.item.text)
        if case.state == Case.State.WAITING:
            _judge_again(case, look.item.text)
    return False


def _waits_again(case: Case, version: CommentVersion, *, text_differs: bool) -> bool:
    """Edited after grading, or gone before grading and there again."""
    if case.state == Case.State.GONE:
        return version.change == Change.RESTORED
    return text_differs and case.state in (Case.State.OUTSTANDING, Case.State.ADDRESSED)


def _queue(case: Case, text: str) -> None:
    suspicion = suspected_of(text)
    QueueEntry.objects.create(
        comment=case.comment,
        account_id=case.comment.account_id,
        urgency=suspicion.urgency,
        at=case.comment.posted_at or case.comment.received_at,
        language=language_of(text) or case.comment.language,
        suspected=suspicion.level,
        because=suspicion.because,
        band=suspicion.band,
        by_model=suspicion.by_model,
    )


def _judge_again(case: Case, text: str) -> None:
    suspicion = suspected_of(text)
    QueueEntry.objects.filter(pk=case.pk).update(
        urgency=suspicion.urgency,
        suspected=suspicion.level,
        because=suspicion.because,
        band=suspicion.band,
        by_model=suspicion.by_model,
    )


def _keep_found(case: Case, text: str) -> None:
    """The search entry follows the newest text; a record's keeps the words that were retained beside them."""
    comment = case.comment
    SearchEntry.objects.filter(pk=case.pk).update(vector=vector_of(comment.author_name, comment.author_handle, text))
    RecordEntry.follow(comment)
