"""The evidence package of a threat (S.O.P. 4, level 8; LR-23): all about it in one ZIP that a stranger can check.

Names in the archive are made of our own numbers: nothing that the public wrote becomes a path. What is not there is
said, with the reason. SHA256SUMS covers every file; the seals' own bytes are in `proof/`, so that `sha256sum` alone
recomputes each digest of the chain that this record hangs in.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from members.models import Delivery, Member
from members.models.agency import agency
from moderation import holding
from moderation.bytes import visible
from moderation.evidence_proof import File, as_json, proofs
from moderation.models import Comment, RetainedAddition, Threat, ThreatAlert
from moderation.models.comments import Identity
from moderation.record_page import RecordPage
from moderation.threat_page import ThreatPage
from moderation.timeline import timeline_of

MOST = 1000  # of a thread, and of a poster's comments


def package(threat: Threat, *, by: Member) -> Iterator[bytes]:
    """The ZIP, piece by piece."""
    sums: list[tuple[str, str, int]] = []
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for name, content in _files(threat, by):
            sums.append((hashlib.sha256(content).hexdigest(), name, len(content)))
            _write(archive, threat, name, content)
            yield from outlet.taken()
        manifest = as_json([{"file": name, "bytes": size, "sha256": digest} for digest, name, size in sums])
        sums.append((hashlib.sha256(manifest).hexdigest(), "manifest.json", len(manifest)))
        _write(archive, threat, "manifest.json", manifest)
        lines = "".join(f"{digest}  {name}\n" for digest, name, _ in sums)
        _write(archive, threat, "SHA256SUMS", lines.encode())
    yield from outlet.taken()


class _Outlet(io.RawIOBase):
    """What the archive writes into: it is handed on as it comes, and nothing is read back."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> Iterator[bytes]:
        """What was written since."""
        pieces, self.pieces = self.pieces, []
        yield from pieces


def _write(archive: zipfile.ZipFile, threat: Threat, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(f"threat-{threat.pk}/{name}", timezone.localtime(threat.raised_at).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)


def _files(threat: Threat, by: Member) -> Iterator[File]:
    """Everything but the manifest, in the order of the README."""
    page = ThreatPage(threat, by)
    made = timezone.now()
    context = {"shown": page, "by": by, "made": made, "agency": agency(), "records": page.records}
    yield "README.txt", render_to_string("moderation/evidence_readme.txt", context).encode()
    about = _about(page, by, made.isoformat())
    yield "threat.json", as_json(about)
    yield "threat.html", _html(page, about, made.isoformat())
    yield "comment.json", as_json(_comment(page.comment))
    yield "as-received.bin", page.comment.item.raw
    yield from _versions(page.comment)
    yield "thread.json", as_json(_thread(page.comment))
    yield "poster.json", as_json(_poster(page))
    for record in page.records:
        yield from _record(record)
    yield from _media(page)
    yield from proofs(page.records)


def _html(page: ThreatPage, about: dict[str, Any], made: str) -> bytes:
    context = {"shown": page, "about": about, "made": made, "text": visible(page.text), "agency": agency()}
    return render_to_string("moderation/evidence.html", context).encode()


# --- what happened ---


def _about(page: ThreatPage, by: Member, made: str) -> dict[str, Any]:
    threat = page.threat
    return {
        "format": "threat-evidence/1",
        "made_at": made,
        "made_by": _member(by),
        "threat": {
            "number": threat.pk,
            "state": threat.get_state_display(),
            "raised_at": threat.raised_at.isoformat(),
            "raised_by": _member(threat.raised_by),
            "acknowledged_at": _moment(threat.acknowledged_at),
            "acknowledged_by": _member(threat.acknowledged_by),
            "decided_at": _moment(threat.decided_at),
            "grade_stands": threat.stands,
        },
        "decisions": [one.content() | {"by": _member(one.by)} for one in page.decisions],
        "alerts": [_alert(alert, ways) for alert, ways in page.alerts],
        "grades": [_grade(one) for one in page.comment.grades.select_related("by", "clause__terms").order_by("pk")],
        "orders": [
            {
                "verb": str(order),
                "state": order.get_state_display(),
                "ordered_at": order.created_at.isoformat(),
                "by": _member(order.by),
                "done_at": _moment(order.done_at),
                "outcome": order.outcome,
            }
            for order in page.orders
        ],
        "timeline": [
            {
                "at": event.at.isoformat(),
                "kind": event.kind,
                "says": event.says,
                "by": _member(event.by),
                "text": event.text,
                "outcome": event.outcome,
            }
            for event in timeline_of(page.comment, page.member)
        ],
        "steps": [
            {"at": step.at.isoformat(), "says": step.says, "by": _member(step.by), "text": step.text}
            for step in page.steps
        ],
    }


def _alert(alert: ThreatAlert, ways: Sequence[Delivery]) -> dict[str, Any]:
    return {
        "round": alert.round,
        "at": alert.at.isoformat(),
        "member": _member(alert.member),
        "why": alert.why,
        "deliveries": [
            {
                "by": "e-mail" if way.by_email else "a service",
                "state": way.get_state_display(),
                "at": _moment(way.done_at),
                "why": way.why,
            }
            for way in ways
        ],
    }


def _member(member: Member | None) -> dict[str, str] | None:
    if member is None:
        return None
    return {"number": member.number, "name": member.name, "position": str(member.get_position_display())}


def _moment(moment: Any) -> str:
    return moment.isoformat() if moment else ""


def _grade(grade: Any) -> dict[str, Any]:
    return {
        "level": grade.level,
        "at": grade.at.isoformat(),
        "by": _member(grade.by),
        "clause": f"({grade.clause.letter}) {grade.clause.text}" if grade.clause else "",
        "terms_version": grade.clause.terms.version if grade.clause else None,
        "words_relied_on": grade.words,
        "reason": grade.reason,
    }


# --- what was written, where, by whom ---


def _comment(comment: Comment) -> dict[str, Any]:
    account = comment.account
    return {
        "platform": account.platform,
        "account": {"id": account.remote_id, "handle": account.handle, "name": account.name},
        "id": comment.remote_id,
        "kind": comment.kind,
        "parent_id": comment.parent_remote_id,
        "post_id": comment.post_remote_id,
        "url": comment.permalink or "unavailable, because the platform gave none",
        "text": comment.text,
        "language": comment.language,
        "posted_at": _moment(comment.posted_at) or "unavailable, because the platform gave no time",
        "received_at": comment.received_at.isoformat(),
        "author": {
            "id": comment.poster.remote_id if comment.poster else "",
            "name": comment.author_name,
            "handle": comment.author_handle,
            "avatar_url": comment.author_avatar_url,
            "identity": str(Identity(comment.identity).label),
        },
        "attachments": comment.attachments,
        "as_received_sha256": bytes(comment.item.digest).hex(),
        "page_sha256": bytes(comment.item.page.digest).hex(),
        "page_headers": comment.item.page.headers,
        "page_received_at": comment.item.page.received_at.isoformat(),
        "versions": [
            {
                "number": one.number,
                "change": str(one.get_change_display()),
                "text": one.text,
                "edited_at": _moment(one.edited_at),
                "seen_at": one.seen_at.isoformat(),
                "as_received": f"versions/{one.number}.bin" if one.item else "",
            }
            for one in comment.versions.select_related("page", "delivery").order_by("number")
        ],
    }


def _versions(comment: Comment) -> Iterator[File]:
    for one in comment.versions.select_related("page", "delivery").order_by("number"):
        if one.item:
            yield f"versions/{one.number}.bin", one.item.raw


def _thread(comment: Comment) -> dict[str, Any]:
    """Our post, and the comments around under it, as this unit received them."""
    near = Comment.objects.filter(account=comment.account).select_related("account", "poster").exclude(pk=comment.pk)
    root = comment.parent_remote_id or comment.remote_id
    above = near.filter(remote_id=comment.parent_remote_id) if comment.parent_remote_id else near.none()
    below = near.filter(parent_remote_id=root, post=comment.post) if comment.post_id else near.none()
    post = comment.post
    return {
        "post": {
            "id": comment.post_remote_id,
            "text": post.text if post else "unavailable, because the post has not been received",
            "url": post.permalink if post else "",
            "posted_at": _moment(post.posted_at) if post else "",
        },
        "above": [_line(one) for one in above[:1]],
        "around": [_line(one) for one in below.order_by("pk")[:MOST]],
        "at_most": MOST,
    }


def _line(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.remote_id,
        "parent_id": comment.parent_remote_id,
        "author": comment.author_shown,
        "author_id": comment.poster.remote_id if comment.poster else "",
        "ours": comment.ours,
        "posted_at": _moment(comment.posted_at),
        "text": comment.text,
    }


def _poster(page: ThreatPage) -> dict[str, Any]:
    """The poster's history as this unit may hold it (ruling 5)."""
    poster = page.comment.poster
    if poster is None:
        return {"unavailable": "the platform did not say who wrote it"}
    only_ours = holding.only_ours(poster.platform)
    comments = holding.comments_of(poster.pk, ours=only_ours).select_related("poster")[:MOST]
    return {
        "platform": poster.platform,
        "id": poster.remote_id,
        "name": poster.name,
        "handle": poster.handle,
        "first_seen_at": poster.first_seen_at.isoformat(),
        "holds": "this unit's own exchanges with the account only: its platform forbids more"
        if only_ours
        else "every comment that this unit received",
        "comments": [_line(one) | {"level": one.case.level, "hidden": one.case.hidden} for one in comments],
        "breaches": [
            {
                "at": one.at.isoformat(),
                "clause": one.clause.letter,
                "comment_id": one.comment.remote_id,
                "counts": one.counts,
                "withdrawn": one.withdrawal.why if one.is_withdrawn else "",
            }
            for one in poster.breaches.select_related("clause", "comment", "withdrawal").order_by("pk")
        ],
        "at_most": MOST,
    }


# --- what was retained ---


def _record(record: RecordPage) -> Iterator[File]:
    folder = f"records/{record.record.pk}"
    if record.payload is None:
        yield f"{folder}/missing.txt", b"The document of this record is gone: disposed of, or missing.\n"
    else:
        yield f"{folder}/document.json", bytes(record.payload.document)
        yield f"{folder}/as-received.bin", record.raw
    additions = list(record.record.additions.order_by("pk"))
    yield f"{folder}/additions.json", as_json([_addition(one) for one in additions])
    for one in additions:
        if one.content is not None:
            yield _name_of(one), bytes(one.content)


def _name_of(addition: RetainedAddition) -> str:
    return f"records/{addition.record_id}/addition-{addition.pk}.bin"


def _addition(addition: RetainedAddition) -> dict[str, Any]:
    return {
        "kind": addition.kind,
        "at": addition.at.isoformat(),
        "source": addition.source,
        "media_type": addition.media_type,
        "sha256": bytes(addition.digest or b"").hex(),
        "file": _name_of(addition) if addition.content is not None else "",
        "unavailable_because": addition.unavailable,
    }


def _media(page: ThreatPage) -> Iterator[File]:
    """The poster's picture where one is kept; attachments are additions of the records. What is not there is said."""
    said: list[dict[str, Any]] = []
    avatar = getattr(page.comment.poster, "avatar", None)
    if avatar is not None and avatar.content is not None:
        content = bytes(avatar.content)
        said.append(
            {
                "kind": "avatar",
                "file": "media/avatar.bin",
                "media_type": avatar.mime,
                "fetched_at": _moment(avatar.fetched_at),
                "sha256": hashlib.sha256(content).hexdigest(),
                "source": page.comment.author_avatar_url,
            }
        )
        yield "media/avatar.bin", content
    elif page.comment.author_avatar_url:
        why = avatar.trouble if avatar is not None and avatar.trouble else "it was not fetched"
        said.append({"kind": "avatar", "unavailable_because": why, "source": page.comment.author_avatar_url})
    for number, attachment in enumerate(page.comment.attachments, 1):
        kept = "see the additions of the records: its bytes when they were had, else why not"
        said.append({"kind": "attachment", "number": number, "described": attachment, "content": kept})
    yield "media/media.json", as_json(said or [{"none": "the comment came without a picture or an attachment"}])
