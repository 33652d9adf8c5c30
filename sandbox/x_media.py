"""X's uploads: begun, sent in numbered pieces, finished, worked on, described. Videos and GIFs take X a while."""

import base64
from typing import Any

from sandbox import uploads
from sandbox.store import Account, Store
from sandbox.uploads import Upload
from sandbox.wire import Answer, Asked
from sandbox.x_shape import check_id, not_found, ok, refuse_value

CATEGORIES = {"tweet_image": "photo", "tweet_gif": "animated_gif", "tweet_video": "video"}
TYPES = {
    "tweet_image": ("image/jpeg", "image/png", "image/webp"),
    "tweet_gif": ("image/gif",),
    "tweet_video": ("video/mp4", "video/quicktime", "video/webm", "video/mp2t"),
}
LARGEST = {"tweet_image": 5_000_000, "tweet_gif": 15_000_000, "tweet_video": 512_000_000}
KEYS = {"photo": 3, "animated_gif": 16, "video": 7}
LIFE = 86_400
LONGEST_ALT = 1_000


def as_attachment(upload: Upload, origin: str) -> dict[str, Any]:
    """A finished file as part of a post."""
    kind = CATEGORIES[str(upload.data["category"])]
    told = {"type": kind, "url": f"{origin}/media/x/{upload.id}.png", "media_id": str(upload.id)}
    return told | {"sha256": upload.sha256, "alt": str(upload.data.get("alt") or "")}


def _told(upload: Upload, **more: object) -> dict[str, Any]:
    key = KEYS[CATEGORIES[str(upload.data["category"])]]
    return {"id": str(upload.id), "media_key": f"{key}_{upload.id}", "expires_after_secs": LIFE} | more


def _found(store: Store, account: Account, named: str) -> Upload:
    upload = uploads.find(store, "x", check_id(named))
    if upload is None or upload.account != account.id:
        raise not_found("media", "id", named)
    return upload


def begin(store: Store, asked: Asked, account: Account) -> Answer:
    """Says what is to come."""
    given = asked.body
    category, mime, size = (given.get(name) for name in ("media_category", "media_type", "total_bytes"))
    if set(given) - {"media_category", "media_type", "total_bytes", "shared", "additional_owners"}:
        raise refuse_value("body", "", "The request body has a property that is not defined in the schema")
    if category not in TYPES or mime not in TYPES[str(category)]:
        raise refuse_value("media_type", str(mime), "The media type does not fit the media category")
    if not isinstance(size, int) or not 0 < size <= LARGEST[str(category)]:
        raise refuse_value("total_bytes", str(size), "The file is empty or too large for its media category")
    upload = uploads.begin(store, "x", account.id, category=category, mime=mime, total=size, state="begun")
    return ok({"data": _told(upload)})


def append(store: Store, asked: Asked, account: Account) -> Answer:
    """One piece, by its number; the same number again replaces it."""
    upload = _found(store, account, asked.path.split("/")[4])
    number, file = str(asked.body.get("segment_index", "")), asked.files.get("media")
    if not (number.isascii() and number.isdigit() and int(number) < 1000):
        raise refuse_value("segment_index", number, "segment_index must be between 0 and 999")
    try:
        content = file.content if file else base64.b64decode(str(asked.body.get("media", "")), validate=True)
    except ValueError:
        content = b""
    if not content or upload.data["state"] != "begun":
        raise refuse_value("media", "", "The piece is empty, or the upload is finished")
    uploads.append(store, upload, int(number), content)
    return ok({"data": {"expires_at": LIFE}})


def finish(store: Store, asked: Asked, account: Account) -> Answer:
    """The file is there; what moves has yet to be worked on."""
    upload = _found(store, account, asked.path.split("/")[4])
    if upload.data["state"] != "begun" or upload.size != upload.data["total"]:
        raise refuse_value("id", str(upload.id), "Invalid parts: the file is not whole")
    moves = upload.data["category"] != "tweet_image"
    upload = uploads.finish(store, upload, state="pending" if moves else "succeeded")
    told = {"processing_info": {"state": "pending", "check_after_secs": 1}} if moves else {}
    return ok({"data": _told(upload, size=upload.size, **told)})


def status(store: Store, asked: Asked, account: Account) -> Answer:
    """How far the work is: it goes on a step with each look. An account's `media` set to `failed` makes it fail."""
    if asked.query.get("command", "STATUS") != "STATUS":
        raise refuse_value("command", asked.query["command"], "command must be STATUS")
    upload = _found(store, account, asked.query.get("media_id", ""))
    after = {"pending": "in_progress", "in_progress": str(account.data.get("media") or "succeeded")}
    state = after.get(str(upload.data["state"]), str(upload.data["state"]))
    upload = uploads.change(store, upload, state=state)
    info: dict[str, Any] = {"state": state, "progress_percent": 100 if state == "succeeded" else 50}
    if state == "in_progress":
        info["check_after_secs"] = 1
    return ok({"data": _told(upload, size=upload.size, processing_info=info)})


def describe(store: Store, asked: Asked, account: Account) -> Answer:
    """The description for who cannot see the picture."""
    upload = _found(store, account, str(asked.body.get("id", "")))
    metadata = asked.body.get("metadata")
    alt = metadata.get("alt_text") if isinstance(metadata, dict) else None
    text = alt.get("text") if isinstance(alt, dict) else None
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST_ALT:
        raise refuse_value("metadata.alt_text.text", "", "The description has 1 to 1000 characters")
    uploads.change(store, upload, alt=text)
    return ok({"data": {"id": str(upload.id), "associated_metadata": {"alt_text": {"text": text}}}})
