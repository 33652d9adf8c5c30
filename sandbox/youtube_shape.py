"""How YouTube writes things down: resources in their parts, pages, Google's error envelope."""

import hashlib
from collections.abc import Callable
from typing import Any

from sandbox.store import Item
from sandbox.wire import JSON, Answer, Asked, RefusedError, open_cursor, seal_cursor, to_bytes, whole

NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
}


def _spell(value: object) -> bytes:
    # Google escapes what could be markup.
    raw = to_bytes(value)
    for sign, escape in ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026")):
        raw = raw.replace(sign, escape)
    return raw


def ok(body: dict[str, Any]) -> Answer:
    """A body as Google sends it."""
    return Answer(200, _spell(body), {"content-type": JSON})


def error(status: int, reason: str, message: str, domain: str = "youtube.comment", **where: str) -> Answer:
    """Google's error envelope; clients decide on the reason of its first entry."""
    errors = [{"message": message, "domain": domain, "reason": reason, **where}]
    body = {"code": status, "message": message, "errors": errors, "status": NAMES[status]}
    return Answer(status, _spell({"error": body}), {"content-type": JSON})


def refuse(status: int, reason: str, message: str, **more: str) -> RefusedError:
    """The same, to be raised."""
    return RefusedError(error(status, reason, message, **more))


def parameter(name: str, reason: str = "invalidParameter", message: str = "Invalid value") -> RefusedError:
    """The refusal of a parameter."""
    return refuse(400, reason, message, domain="youtube.parameter", location=name, locationType="parameter")


def etag(thing: object) -> str:
    """A tag that changes with the thing."""
    return hashlib.sha1(to_bytes(thing, escape_all=True), usedforsecurity=False).hexdigest()[:27]


def parts(asked: Asked) -> set[str]:
    """The parts asked for; raises where there are none, as every list needs some."""
    found = {part.strip() for part in asked.query.get("part", "").split(",") if part.strip()}
    if not found:
        raise parameter("part", "missingRequiredParameter", "No part parameter specified")
    return found


def resource(asked: Asked, kind: str, named: str, whole_parts: dict[str, Any]) -> dict[str, Any]:
    """A resource with those of its parts that were asked for."""
    wanted = parts(asked)
    body = {"kind": kind, "etag": "", "id": named} | {k: part for k, part in whole_parts.items() if k in wanted}
    return body | {"etag": etag(body)}


def page(
    asked: Asked,
    kind: str,
    fetch: Callable[[int, tuple[int, int] | None], list[Item]],
    show: Callable[[Item], dict[str, Any]],
    *,
    default: int,
    most: int,
) -> Answer:
    """One page of a list; the token names the last place shown."""
    limit = whole(asked.query.get("maxResults"), default)
    if limit is None or not 1 <= limit <= most:
        raise parameter("maxResults", message=f"Invalid value for maxResults: must be within [1, {most}]")
    beyond: tuple[int, int] | None = None
    if asked.query.get("pageToken"):
        place = open_cursor(asked.query["pageToken"])
        if not place or len(place) != 2 or not all(isinstance(part, int) for part in place):
            said = "The request specifies an invalid page token."
            raise refuse(400, "invalidPageToken", said, location="pageToken", locationType="parameter")
        beyond = (place[0], place[1])
    found = fetch(limit + 1, beyond)
    items = [show(item) for item in found[:limit]]
    info = {"totalResults": len(items), "resultsPerPage": limit}
    more = {"nextPageToken": seal_cursor(found[limit - 1].rank, found[limit - 1].seq)} if len(found) > limit else {}
    return ok({"kind": kind, "etag": etag(items), **more, "pageInfo": info, "items": items})


def told(part: dict[str, Any]) -> dict[str, Any]:
    """A part without what is not known."""
    return {name: value for name, value in part.items() if value is not None}
