"""Pages of a platform's answers, made without a platform."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.platforms.contract import Author, Page, RemoteComment

MARISOL = Author(remote_id="p1", name="Marisol Peña", handle="marisol", avatar_url="https://example.org/a.jpg?sig=1")


def an_item(remote_id: str = "c1", text: str = "Thank you all.", *, likes: int = 0, **fields: Any) -> RemoteComment:
    """A comment of Marisol's, posted an hour ago, with bytes of its own."""
    fields.setdefault("author", MARISOL)
    fields.setdefault("posted_at", timezone.now() - timedelta(hours=1))
    fields.setdefault("post_remote_id", "9000_post")
    raw = json.dumps({"id": remote_id, "message": text, "likes": likes}).encode()
    fields.setdefault("raw", raw)
    return RemoteComment(remote_id=remote_id, text=text, **fields)


def a_page(*items: RemoteComment, at: datetime | None = None, **fields: Any) -> Page:
    """One answer with these comments."""
    body = b"[" + b",".join(item.raw for item in items) + b"]"
    return Page(
        call=fields.pop("call", "comments"),
        digest=hashlib.sha256(body).digest(),
        size=len(body),
        received_at=at or datetime.now(UTC),
        headers={"x-app-usage": "{}"},
        comments=list(items),
        **fields,
    )
