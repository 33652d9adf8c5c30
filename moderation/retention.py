"""Retention (4.R): the record of a comment, made in the transaction that orders its hiding.

It holds what is here at that moment; what is not is named with the reason, and appended when it comes. Nothing is
fetched: no record waits for a network (ruling 2).
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

import rfc8785
from django.utils import timezone

from accounts.models import Clause
from members.models import Member
from moderation.models.comments import Comment, Identity
from moderation.models.grades import Grade
from moderation.models.records import RetainedAddition, RetainedPayload, RetainedRecord
from moderation.models.search import RecordEntry

if TYPE_CHECKING:
    from moderation.models.orders import CommentOrder


def retain(comment: Comment, grade: Grade, *, by: Member) -> RetainedRecord:
    """Make the record of `comment` as it stands, for `grade` under its clause. Call inside the deciding transaction."""
    clause = grade.clause
    if clause is None:
        raise ValueError("A record is made for a grade that names a clause: level 7 or 8.")
    made_at = timezone.now()
    document = rfc8785.dumps(_plain(_document(comment, grade, clause, by, made_at.isoformat())))
    record = RetainedRecord.objects.create(
        comment=comment,
        grade=grade,
        clause=clause,
        version=grade.version,
        digest=hashlib.sha256(document).digest(),
        by=by,
        made_at=made_at,
    )
    RetainedPayload.objects.create(record=record, document=document)
    RecordEntry.of(record)
    if comment.author_avatar_url:
        _not_here_yet(record, "avatar", comment.author_avatar_url)
    for attachment in comment.attachments:
        _not_here_yet(record, "attachment", attachment.get("url", ""))
    return record


def _not_here_yet(record: RetainedRecord, kind: str, source: str) -> None:
    RetainedAddition.objects.create(
        record=record,
        kind=kind,
        source=source,
        unavailable="Its bytes had not been fetched when the record was made; the address is kept.",
    )


def retain_outcome(order: CommentOrder) -> None:
    """Append to the record when the comment was hidden, or shown again: that came after the record was made."""
    retained = order.record or order.comment.records.order_by("pk").last()
    if retained is None:
        return
    said = {
        "order": order.pk,
        "at": (order.done_at or timezone.now()).isoformat(),
        "outcome": order.outcome or "as ordered",
        "code": order.outcome_code,
    }
    _append(retained, "hidden" if order.verb == "hide" else "shown_again", said)


def retain_deletion(retained: RetainedRecord, *, order: int, at: datetime, outcome: str) -> None:
    """Append to the record that the comment was deleted on the platform, by which measure."""
    _append(retained, "deleted", {"measure": order, "at": at.isoformat(), "outcome": outcome or "as ordered"})


def retain_overturning(comment: Comment, grade: Grade, *, rests_on: str) -> None:
    """Append to the records of `comment` that their grade was overturned: by which decision, as what, by whom, why."""
    said = {
        "grade": grade.pk,
        "level": grade.level,
        "at": grade.at.isoformat(),
        "by": {"number": grade.by.number, "name": grade.by.name, "position": grade.by.position},
        "reason": grade.reason,
        "rests_on": rests_on,
    }
    for retained in comment.records.filter(grade=grade.supersedes):
        _append(retained, "overturned", said)


def _append(retained: RetainedRecord, kind: str, said: dict[str, Any]) -> None:
    content = rfc8785.dumps(said)
    RetainedAddition.objects.create(
        record=retained,
        kind=kind,
        media_type="application/json",
        content=content,
        digest=hashlib.sha256(content).digest(),
    )


def _plain(value: Any) -> Any:
    """The value as canonical JSON takes it: numbers that JSON's readers do not agree on become text."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, bool) or value is None or (isinstance(value, int) and abs(value) < 2**53):
        return value
    return str(value)


def _document(comment: Comment, grade: Grade, clause: Clause, by: Member, made_at: str) -> dict[str, Any]:
    account, post = comment.account, comment.post
    return {
        "format": "retained-record/1",
        "made_at": made_at,
        "account": {
            "platform": account.platform,
            "id": account.remote_id,
            "handle": account.handle,
            "name": account.name,
        },
        "post": {
            "id": comment.post_remote_id,
            "text": post.text if post else "unavailable, because the post has not been received",
            "permalink": post.permalink if post else "",
        },
        "comment": {
            "id": comment.remote_id,
            "kind": comment.kind,
            "parent": comment.parent_remote_id,
            "permalink": comment.permalink,
            "text": comment.text,
            "language": comment.language,
            "attachments": comment.attachments,
        },
        "times": {
            "posted": comment.posted_at.isoformat() if comment.posted_at else "not given by the platform",
            "received": comment.received_at.isoformat(),
            "graded": grade.at.isoformat(),
            "hide_ordered": made_at,
            "hidden": _hidden_since(comment),
        },
        "poster": _poster(comment),
        "versions": [
            _version(later) for later in comment.versions.select_related("page", "delivery").order_by("number")
        ],
        "version_graded": grade.version,
        "thread": [_neighbour(other) for other in _thread(comment)],
        "bytes": {
            "as_received": base64.b64encode(comment.item.raw).decode(),
            "sha256": bytes(comment.item.digest).hex(),
            "page_sha256": bytes(comment.item.page.digest).hex(),
            "offset": comment.item.offset,
            "headers": comment.item.page.headers,
        },
        "decision": {
            "level": grade.level,
            "words_relied_on": grade.words,
            "reason": grade.reason,
            "grading_system": grade.system.version,
            "by": {"number": by.number, "name": by.name, "position": by.position},
        },
        "terms": {
            "version": clause.terms.version,
            "clause": clause.letter,
            "text": clause.text,
        },
    }


def _hidden_since(comment: Comment) -> str:
    """A comment graded anew may be hidden already; else the time is appended to the record when it has come."""
    hide: CommentOrder | None = comment.orders.filter(verb="hide", state="done").order_by("done_at").last()
    if comment.case.hidden and hide is not None and hide.done_at is not None:
        return hide.done_at.isoformat()
    return "not yet when the record was made"


def _poster(comment: Comment) -> dict[str, Any]:
    """The poster as far as the platform names him: never a blank, always why (LR-13)."""
    why = {
        Identity.FULL: "",
        Identity.ID_ONLY: "the platform gave an id and no name",
        Identity.NAME_ONLY: "the platform gave a name and no id",
        Identity.UNAVAILABLE: "the platform did not say who wrote it",
    }[Identity(comment.identity)]
    return {
        "identity": comment.identity,
        "why": why,
        "id": comment.poster.remote_id if comment.poster else "",
        "name": comment.author_name,
        "handle": comment.author_handle,
        "avatar": comment.author_avatar_url,
    }


def _version(later: Any) -> dict[str, Any]:
    return {
        "number": later.number,
        "change": later.change,
        "text": later.text,
        "edited": later.edited_at.isoformat() if later.edited_at else "",
        "seen": later.seen_at.isoformat(),
        "as_received": base64.b64encode(later.item.raw).decode() if later.item else "",
    }


def _thread(comment: Comment) -> list[Comment]:
    """The comment answered and the answers to it, as far as they are here."""
    around = Comment.objects.filter(account=comment.account).exclude(pk=comment.pk).order_by("id")
    above = around.filter(remote_id=comment.parent_remote_id) if comment.parent_remote_id else around.none()
    return [*above[:1], *around.filter(parent_remote_id=comment.remote_id)[:100]] if comment.remote_id else []


def _neighbour(other: Comment) -> dict[str, Any]:
    return {
        "id": other.remote_id,
        "parent": other.parent_remote_id,
        "author": other.author_shown,
        "text": other.text,
        "posted": other.posted_at.isoformat() if other.posted_at else "",
        "ours": other.ours,
    }
