"""What platforms send by themselves, signed as they sign it, through the real view."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import time
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.models import Account
from moderation import webhooks

_numbers = itertools.count(1)
POST = "9000_555"


def signature(platform: str, body: bytes, secret: str | None = None) -> dict[str, str]:
    """The header that a platform sends with these bytes."""
    if platform == "x":
        key = settings.X_CONSUMER_SECRET if secret is None else secret
        digest = base64.b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).decode()
        return {"x-twitter-webhooks-signature": f"sha256={digest}"}
    key = settings.PLATFORM_APPS[platform]["client_secret"] if secret is None else secret
    return {"x-hub-signature-256": f"sha256={hmac.new(key.encode(), body, hashlib.sha256).hexdigest()}"}


def as_sent(told: Any) -> bytes:
    """JSON as Meta writes it: escaped, and signed so."""
    return told if isinstance(told, bytes) else json.dumps(told).encode()


def send(platform: str, told: Any, *, headers: dict[str, str] | None = None, client: Client | None = None) -> Any:
    """Post a body to the platform's callback; without `headers` it is truly signed."""
    body = as_sent(told)
    headers = signature(platform, body) if headers is None else headers
    return (client or Client()).post(
        f"/webhooks/{platform}/", body, content_type="application/json", headers={"accept": "*/*"} | headers
    )


def deliver(platform: str, *told: Any) -> int:
    """Post the bodies, then let a worker take in what is due; gives how many deliveries that were."""
    for one in told:
        assert send(platform, one).status_code == 200
    return webhooks.process_due()


def page_body(*changes: dict[str, Any], account: str = "9000", at: float | None = None) -> dict[str, Any]:
    """A delivery of Facebook's with these changes of the feed."""
    entry = {"id": account, "time": int(at or time.time())}
    return {"object": "page", "entry": [entry | {"changes": [{"field": "feed", "value": each} for each in changes]}]}


def change(verb: str = "add", comment: str = "555_1", text: str = "Thank you.", **fields: Any) -> dict[str, Any]:
    """What Facebook tells of a comment."""
    said = {"message": text} if verb != "remove" else {}
    told = {"item": "comment", "verb": verb, "comment_id": comment, "post_id": POST, "parent_id": POST}
    return told | {"from": {"id": "77", "name": "Ines"}, "created_time": int(time.time()) - 60} | said | fields


def instagram_body(value: dict[str, Any], field: str = "comments", account: str = "9001") -> dict[str, Any]:
    """A delivery of Instagram's."""
    changes = [{"field": field, "value": value}]
    return {"object": "instagram", "entry": [{"id": account, "time": int(time.time()), "changes": changes}]}


def x_body(kind: str, payload: dict[str, Any], account: str = "9002", **more: Any) -> dict[str, Any]:
    """An event of X's Activity API."""
    event = {"event_uuid": str(next(_numbers)), "filter": {"user_id": account}, "event_type": kind, "tag": "t"}
    return {"data": event | {"payload": payload} | more}


def stored(account: Account) -> dict[str, tuple[str, str, str]]:
    """What the unit holds of an account: newest text, sight and the case's state, by the comment's id."""
    from moderation.models import Comment

    found = {}
    for comment in Comment.objects.filter(account=account).select_related("case"):
        shown = comment.versions.exclude(change="deleted").order_by("-number").first()
        text = shown.text if shown else comment.text
        found[comment.remote_id] = (text, comment.case.sight, comment.case.state)
    return found
