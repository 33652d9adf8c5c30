"""/_sandbox/: what a demonstration or a test puts into the platforms, orders of them, and the truth to compare with."""

import base64
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox import control_apps, control_webhooks, orders, registrations, uploads
from sandbox.ordering import OrderError, Verb, platform_of, text_of
from sandbox.store import PLATFORMS, Draft, Item, Store, conversation_with
from sandbox.wire import to_bytes, words

# `cut_halfway`: half of the body came (a part of an upload), then nothing more either way.
FAULTS = ("429", "500", "applied_then_timeout", "cut", "cut_halfway", "garbage", "truncated", "expired_token", "slow")
KINDS = ("comment", "mention", "visitor_post", "message")


def _answer(value: object, status: int = 200) -> Response:
    # ASCII only, so that a text with a lone surrogate can be told at all.
    return Response(to_bytes(value, escape_all=True), status, media_type="application/json")


def _id(order: dict[str, Any], name: str) -> str | None:
    value = order.get(name)
    return None if value is None else str(value)


def _created(order: dict[str, Any]) -> str | None:
    """The time as given, any at all; now when the order has none, none when it has an explicit null."""
    value = order.get("created_at", datetime.now(UTC).isoformat())
    return value if value is None else str(value)


# Accounts, posts and comments


def put_account(store: Store, request: Request, order: dict[str, Any]) -> object:
    """Makes or changes one of our accounts."""
    platform, named = platform_of(request.path_params["platform"]), request.path_params["id"]
    store.put_account(platform, named, order)
    return {"id": named}


def add_post(store: Store, request: Request | None, order: dict[str, Any]) -> object:
    """Adds a post of ours; one whose id is known already is left as it is."""
    platform, account = platform_of(order.get("platform")), text_of(order, "account")
    ours = store.account(platform, account)
    if ours is None:
        raise OrderError("no such account", 404)
    draft = Draft(
        platform,
        "post",
        account,
        str(order.get("text") or ""),
        ours.as_author(),
        id=_id(order, "id"),
        created_at=_created(order),
        status="published" if platform == "youtube" else None,
        ours=True,
        image=order.get("image"),
    )
    return {"id": store.add(draft).id}


def add_comment(store: Store, request: Request | None, order: dict[str, Any]) -> object:
    """Adds what the public wrote. Only a comment needs a post; a private message needs an author.

    Of somebody who is banned nothing is taken, but for YouTube's comments, which are made and rejected.
    """
    platform, account = platform_of(order.get("platform")), text_of(order, "account")
    kind, post = order.get("kind", "comment"), _id(order, "post")
    if kind not in KINDS:
        raise OrderError(f"kind must be one of {', '.join(KINDS)}")
    ours, author = store.account(platform, account), _author(order)
    if ours is None:
        raise OrderError("no such account", 404)
    if kind == "comment" and (post is None or store.item(platform, post) is None):
        raise OrderError("no such post", 404)
    if platform != "youtube" and author and store.is_banned(ours, str(author["id"])):
        return {"id": "", "refused": "banned"}
    if kind == "message":
        if author is None:
            raise OrderError("a message needs an author")
        post = conversation_with(account, str(author["id"]))
    draft = Draft(
        platform,
        kind,
        account,
        str(order.get("text") or ""),
        author,
        post,
        _parent(store, platform, order.get("parent")),
        id=_id(order, "id"),
        created_at=_created(order),
        status=_status(store, platform, account, order),
        hidden=bool(order.get("hidden")),
        attachments=order.get("attachments") or [],
    )
    return {"id": store.add(draft).id}


def _author(order: dict[str, Any]) -> dict[str, Any] | None:
    author = order.get("author")
    if author is not None and not (isinstance(author, dict) and author.get("id")):
        raise OrderError("author must be null or have an id")
    return author


def _parent(store: Store, platform: str, given: object) -> str | None:
    """The parent as the platform would have it: Instagram and YouTube know one level of replies only."""
    if given is None:
        return None
    parent = store.item(platform, str(given), deleted=True)
    if parent and parent.parent and platform in ("instagram", "youtube"):
        return parent.parent
    return str(given)


def _status(store: Store, platform: str, account: str, order: dict[str, Any]) -> str | None:
    if platform != "youtube":
        return None
    author, ours = order.get("author"), store.account(platform, account)
    if author and ours and store.is_banned(ours, str(author["id"])):
        return "rejected"
    return str(order.get("status") or "published")


def seed(store: Store, request: Request, order: dict[str, Any]) -> object:
    """Adds many posts, then many comments, all or none."""
    posts, comments = order.get("posts") or [], order.get("comments") or []
    with store.together():
        for one in posts:
            add_post(store, None, one)
        for one in comments:
            add_comment(store, None, one)
    return {"posts": len(posts), "comments": len(comments)}


def _named(store: Store, request: Request) -> Item:
    found = store.item(platform_of(request.path_params["platform"]), request.path_params["id"])
    if found is None or found.kind == "post":
        raise OrderError("no such comment", 404)
    return found


def edit_comment(store: Store, request: Request, order: dict[str, Any]) -> object:
    """The author changes the text."""
    found = _named(store, request)
    if not isinstance(order.get("text"), str):
        raise OrderError("text is missing")
    store.edit(found, order["text"], datetime.now(UTC).isoformat())
    return {"id": found.id}


def delete_comment(store: Store, request: Request, order: dict[str, Any]) -> object:
    """The author deletes it."""
    found = _named(store, request)
    store.delete(found)
    return {"id": found.id}


# Orders


def record(store: Store, request: Request, order: dict[str, Any]) -> object:
    """The next answers of a call are to be exactly these bytes."""
    try:
        body = base64.b64decode(text_of(order, "body_base64"), validate=True)
    except ValueError as fault:
        raise OrderError("body_base64 is not base64") from fault
    headers = json.dumps(order.get("headers") or {})
    row = (platform_of(order.get("platform")), text_of(order, "call"), int(order.get("status") or 200), headers, body)
    sql = "INSERT INTO recorded (platform, call, status, headers, body, times) VALUES (?, ?, ?, ?, ?, ?)"
    return {"id": store.write(sql, (*row, int(order.get("times") or 1)))}


def add_fault(store: Store, request: Request, order: dict[str, Any]) -> object:
    """The next answers of a call are to be spoilt in the named way."""
    if order.get("fault") not in FAULTS:
        raise OrderError(f"fault must be one of {', '.join(FAULTS)}")
    if order.get("platform") != "*":
        platform_of(order.get("platform"))
    return {"id": orders.add_fault(store, {"call": "*", "times": 1} | order)}


def list_faults(store: Store, request: Request, order: dict[str, Any]) -> object:
    """The faults that are not used up."""
    return [dict(row) for row in store.rows("SELECT * FROM faults WHERE times > 0 ORDER BY id")]


def clear_faults(store: Store, request: Request, order: dict[str, Any]) -> object:
    """Forgets every fault."""
    store.write("DELETE FROM faults")
    return {"ok": True}


# The truth


def truth(store: Store, request: Request, order: dict[str, Any]) -> object:
    """What is so on each platform, or on the one that the path names."""
    one = request.path_params.get("platform")
    return {platform: _truth_of(store, platform) for platform in ([platform_of(one)] if one else PLATFORMS)}


def _truth_of(store: Store, platform: str) -> dict[str, Any]:
    posts: dict[str, Any] = {}
    comments: dict[str, Any] = {}
    for item in store.all_items(platform):
        (posts if item.kind == "post" else comments)[item.id] = _told(item)
    accounts = store.accounts(platform)
    calls = store.rows("SELECT call, n FROM calls WHERE platform = ? ORDER BY call", (platform,))
    used = store.rows("SELECT owner, bucket, used, reset_at FROM usage WHERE platform = ?", (platform,))
    return {
        "posts": posts,
        "comments": comments,
        "bans": {account.id: store.bans(account) for account in accounts},
        "subscriptions": {
            account.id: [one.field for one in registrations.subscribed(store, platform, account.id)]
            for account in accounts
        },
        "files": [_file(upload) for upload in uploads.of(store, platform)],
        "calls": {row["call"]: row["n"] for row in calls},
        "usage": [dict(row) for row in used],
    }


def _told(item: Item) -> dict[str, Any]:
    names = words("account kind text author status deleted parent post ours created_at updated_at attachments image")
    # On YouTube to hide is to hold for review, or to reject.
    held = item.status in ("heldForReview", "rejected") if item.platform == "youtube" else item.hidden
    return {name: getattr(item, name) for name in names} | {"hidden": held}


def _file(upload: uploads.Upload) -> dict[str, Any]:
    return {"id": upload.id, "account": upload.account, "size": upload.size, "sha256": upload.sha256} | upload.data


def list_calls(store: Store, request: Request, order: dict[str, Any]) -> object:
    """The recent requests after number `since`, of one platform or of all."""
    since = request.query_params.get("since", "0")
    if not since.isdigit():
        raise OrderError("since must be a number")
    sql, values = "SELECT * FROM requests WHERE n > ?", [since]
    if request.query_params.get("platform"):
        sql, values = sql + " AND platform = ?", [*values, request.query_params["platform"]]
    return [dict(row) for row in store.rows(sql + " ORDER BY n", values)]


def health(store: Store, request: Request, order: dict[str, Any]) -> object:
    """It is up."""
    return {"ok": True}


def _endpoint(store: Store, verb: Verb) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        raw = await request.body()
        try:
            order = json.loads(raw) if raw else {}
            if not isinstance(order, dict):
                raise OrderError("the order is not a JSON object")
            return _answer(verb(store, request, order))
        except OrderError as fault:
            return _answer({"error": str(fault)}, fault.status)
        except ValueError as fault:
            return _answer({"error": f"cannot be read: {fault}"}, 400)

    return endpoint


ROUTES: tuple[tuple[str, str, Verb], ...] = (
    ("GET", "/health", health),
    ("PUT", "/accounts/{platform}/{id}", put_account),
    ("PUT", "/seed", seed),
    ("POST", "/posts", add_post),
    ("POST", "/comments", add_comment),
    ("PATCH", "/comments/{platform}/{id}", edit_comment),
    ("DELETE", "/comments/{platform}/{id}", delete_comment),
    ("POST", "/recorded", record),
    ("GET", "/truth", truth),
    ("GET", "/truth/{platform}", truth),
    ("GET", "/calls", list_calls),
    ("POST", "/faults", add_fault),
    ("GET", "/faults", list_faults),
    ("DELETE", "/faults", clear_faults),
    *control_apps.ROUTES,
    *control_webhooks.ROUTES,
)


def routes(store: Store) -> list[Route]:
    """The control API's routes, below its own prefix."""
    return [Route(path, _endpoint(store, verb), methods=[method]) for method, path, verb in ROUTES]
