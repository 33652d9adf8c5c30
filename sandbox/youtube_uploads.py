"""YouTube's resumable uploads (facts.md 4.1; the protocol is from memory).

A place is given for the announced video; its bytes come there in parts, each a multiple of 256 KiB but the last. What
came is kept over cuts, and told to who asks with `bytes */N`.
"""

import re
import secrets
import time
from datetime import UTC, datetime
from typing import Any

from sandbox import uploads, youtube
from sandbox.orders import Fault
from sandbox.store import Account, Draft, Store
from sandbox.wire import JSON, Answer, Asked, RefusedError, to_bytes
from sandbox.youtube_access import signed_in, spend
from sandbox.youtube_shape import ok, parameter, parts, refuse
from sandbox.youtube_videos import check_snippet, details_of_new, video

PREFIX = "/youtube.googleapis.com/upload/youtube/v3"
UNIT = 256 * 1024
_RANGE = re.compile(r"bytes (?:(\d{1,15})-(\d{1,15})|\*)/(\d{1,15})")


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """Announcing a video, or one of its parts."""
    calls = {"POST": "publish_video", "PUT": "publish_part"}
    return "youtube", calls.get(asked.method, "") if asked.path == "/videos" else ""


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Carries a request out; raises RefusedError with Google's own error."""
    if not call:
        raise refuse(404, "notFound", "Not Found", domain="global")
    account = signed_in(store, asked)
    return begin(store, asked, account) if call == "publish_video" else part(store, asked, account)


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """As the rest of YouTube fails."""
    return youtube.fail(store, asked, platform, fault)


def begin(store: Store, asked: Asked, account: Account) -> Answer:
    """The place for an announced video. Costs one upload of the day."""
    spend(store, asked, account, "publish_video")
    parts(asked)
    if asked.query.get("uploadType") != "resumable":
        raise parameter("uploadType")
    mime = asked.headers.get("x-upload-content-type", "application/octet-stream")
    if not mime.startswith("video/") and mime != "application/octet-stream":
        raise refuse(400, "badContent", f"Media type '{mime}' is not supported.", domain="global")
    snippet = check_snippet(asked.body)
    made = uploads.begin(
        store,
        "youtube",
        account.id,
        key=secrets.token_urlsafe(24),
        announced=asked.headers.get("x-upload-content-length", ""),
        mime=mime,
        part=asked.query["part"],
        details=details_of_new(snippet, asked.body.get("status")),
        text=str(snippet.get("description") or ""),
    )
    named = f"{made.id}-{made.data['key']}"
    place = f"{asked.origin}{PREFIX}/videos?uploadType=resumable&part={asked.query['part']}&upload_id={named}"
    return Answer(200, b"", {"location": place, "x-guploader-uploadid": named, "content-type": "text/plain"})


def _place(store: Store, asked: Asked) -> uploads.Upload:
    named, _, key = asked.query.get("upload_id", "").partition("-")
    found = uploads.find(store, "youtube", named)
    if found is None or not key or found.data.get("key") != key:
        raise RefusedError(Answer(404, b"Not Found", {"content-type": "text/html; charset=UTF-8"}))
    return found


def part(store: Store, asked: Asked, account: Account) -> Answer:
    """Takes a part, or says how much came; with the last byte the video stands."""
    with store.together():
        upload = _place(store, asked)
        told = _RANGE.fullmatch(asked.headers.get("content-range", ""))
        if told is None or int(told[3]) < 1 or upload.data["announced"] not in ("", told[3]):
            raise refuse(400, "badRequest", "Failed to parse Content-Range header.", domain="global")
        if upload.data.get("video"):
            return _stands(store, asked, upload)
        size = int(told[3])
        if told[1] is not None:
            upload = _take(store, asked, upload, int(told[1]), int(told[2]), size)
        if upload.size < size:
            headers = {"range": f"bytes=0-{upload.size - 1}"} if upload.size else {}
            return Answer(308, b"", headers)
        return _stands(store, asked, _finish(store, account, upload))


def _take(store: Store, asked: Asked, upload: uploads.Upload, first: int, last: int, size: int) -> uploads.Upload:
    """Keeps what came of a part; of one that was cut on its way only whole units are kept."""
    length = last - first + 1
    if first != upload.size or length < 1 or last >= size or (last + 1 < size and length % UNIT):
        raise refuse(400, "badRequest", "Invalid request. The part does not fit.", domain="global")
    content = asked.raw[:length] if len(asked.raw) >= length else asked.raw[: len(asked.raw) // UNIT * UNIT]
    return uploads.append(store, upload, first, content) if content else upload


def _finish(store: Store, account: Account, upload: uploads.Upload) -> uploads.Upload:
    """The video stands; how YouTube gets on with it follows from the account's `processing`."""
    done = uploads.finish(store, upload)
    ordered: dict[str, Any] = account.data.get("processing") or {}
    details = done.data["details"] | {
        "mime": done.data["mime"],
        "size": done.size,
        "sha256": done.sha256,
        "ready_at": time.time() + float(ordered.get("seconds", 0)),
        "outcome": {name: ordered[name] for name in ("failed", "rejected") if ordered.get(name)},
    }
    draft = Draft(
        "youtube",
        "post",
        account.id,
        done.data["text"],
        account.as_author(),
        created_at=datetime.now(UTC).isoformat(),
        status="published",
        ours=True,
        attachments=[details],
    )
    return uploads.change(store, done, video=store.add(draft).id)


def _stands(store: Store, asked: Asked, upload: uploads.Upload) -> Answer:
    item = store.item("youtube", upload.data["video"])
    if item is None:
        return Answer(410, to_bytes({}), {"content-type": JSON})
    return ok(video(store, asked, item, part=upload.data["part"]))
