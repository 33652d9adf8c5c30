"""YouTube: uploads, comment threads in their moderation passes, replies, replying, moderating, units of quota."""

import hashlib
import hmac
import html
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox import limits
from sandbox.store import Account, Fault, Item, Store
from sandbox.wire import JSON, Answer, Asked, Refusal, open_cursor, seal_cursor, spell_time, to_bytes, whole

PREFIX = "/youtube.googleapis.com/youtube/v3"
TOKEN_PREFIX = "/oauth2.googleapis.com"
UNITS_A_DAY = 10_000
WRITE_UNITS = 50
EMBEDDED_REPLIES = 5
ACCESS_SECONDS = 3_599
SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
STATUSES = ("published", "heldForReview", "likelySpam", "rejected")
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
    return Answer(200, _spell(body), {"content-type": JSON})


def error(status: int, reason: str, message: str, domain: str = "youtube.comment", **where: str) -> Answer:
    """Google's error envelope; clients decide on the reason of its first entry."""
    errors = [{"message": message, "domain": domain, "reason": reason, **where}]
    body = {"code": status, "message": message, "errors": errors, "status": NAMES[status]}
    return Answer(status, _spell({"error": body}), {"content-type": JSON})


def refuse(status: int, reason: str, message: str, **more: str) -> Refusal:
    return Refusal(error(status, reason, message, **more))


def _parameter(name: str, reason: str = "invalidParameter", message: str = "Invalid value") -> Refusal:
    return refuse(400, reason, message, domain="youtube.parameter", location=name, locationType="parameter")


def etag(thing: object) -> str:
    return hashlib.sha1(to_bytes(thing, escape_all=True), usedforsecurity=False).hexdigest()[:27]


def midnight_pacific(now: float) -> float:
    """When the day's quota is given anew."""
    here = datetime.fromtimestamp(now, ZoneInfo("America/Los_Angeles"))
    return (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


# Comments and threads


def _author(asked: Asked, item: Item) -> dict[str, Any]:
    if not item.author or not item.author.get("id"):
        return {}
    id = str(item.author["id"])
    return {
        "authorDisplayName": str(item.author.get("name") or item.author.get("handle") or ""),
        "authorProfileImageUrl": f"{asked.origin}/media/avatars/{id}.png",
        "authorChannelUrl": f"http://www.youtube.com/channel/{id}",
        "authorChannelId": {"value": id},
    }


def comment(asked: Asked, item: Item, *, by_id: bool) -> dict[str, Any]:
    """A comment resource. Its status is left out when asked by id; the original text is the author's own to see."""
    plain = asked.query.get("textFormat") == "plainText"
    snippet: dict[str, Any] = {
        "channelId": item.account,
        "videoId": item.post,
        "textDisplay": item.text if plain else html.escape(item.text, quote=False).replace("\n", "<br>"),
        **_author(asked, item),
        "canRate": True,
        "viewerRating": "none",
        "likeCount": 0,
        "publishedAt": spell_time(item.created_at, "youtube"),
        "updatedAt": spell_time(item.updated_at, "youtube"),
    }
    if item.ours:
        snippet["textOriginal"] = item.text
    if item.parent:
        snippet["parentId"] = item.parent
    if item.attachments:
        snippet["imageUrl"] = str(item.attachments[0].get("url", ""))
    if not by_id:
        snippet["moderationStatus"] = item.status
    shown = {name: value for name, value in snippet.items() if value is not None}
    return _resource(asked, "youtube#comment", item.id, {"snippet": shown})


def _parts(asked: Asked) -> set[str]:
    parts = {part.strip() for part in asked.query.get("part", "").split(",") if part.strip()}
    if not parts:
        raise _parameter("part", "missingRequiredParameter", "No part parameter specified")
    return parts


def _resource(asked: Asked, kind: str, id: str, parts: dict[str, Any]) -> dict[str, Any]:
    """A resource with the parts that were asked for."""
    wanted = _parts(asked)
    body = {"kind": kind, "etag": "", "id": id} | {name: part for name, part in parts.items() if name in wanted}
    return body | {"etag": etag(body)}


def thread(store: Store, asked: Asked, top: Item, status: str, *, by_id: bool) -> dict[str, Any]:
    """A thread with at most five of its replies; the count tells that there are more."""
    where = {"parent": top.id, "status": status}
    total = store.count("youtube", {"parent": top.id, "status": "published"})
    parts: dict[str, Any] = {
        "snippet": {
            "channelId": top.account,
            "videoId": top.post,
            "topLevelComment": comment(asked, top, by_id=by_id) | _full(asked, top, by_id),
            "canReply": top.status == "published",
            "totalReplyCount": total,
            "isPublic": top.status == "published",
        }
    }
    if "replies" in _parts(asked):
        replies = store.page("youtube", where, limit=EMBEDDED_REPLIES)
        if replies:
            whole = [comment(asked, one, by_id=by_id) | _full(asked, one, by_id) for one in replies]
            parts["replies"] = {"comments": whole}
    return _resource(asked, "youtube#commentThread", top.id, parts)


def _full(asked: Asked, item: Item, by_id: bool) -> dict[str, Any]:
    """A comment inside a thread is whole, whichever parts of the thread were asked for."""
    inner = Asked(asked.method, asked.path, asked.query | {"part": "snippet"}, {}, asked.headers, asked.origin)
    return comment(inner, item, by_id=by_id)


def _page(
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
        raise _parameter("maxResults", message=f"Invalid value for maxResults: must be within [1, {most}]")
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


THREADS = "youtube#commentThreadListResponse"
# In the other passes a thread also stands for its held replies: only there does its owner find them again.
IN_PASS = (
    "AND (status = ? OR (? != 'published' AND EXISTS (SELECT 1 FROM items AS reply WHERE reply.platform = 'youtube'"
    " AND reply.parent = items.id AND reply.deleted = 0 AND reply.status = ?)))"
)


def list_threads(store: Store, asked: Asked, account: Account) -> Answer:
    """Threads of the channel or of one video in one moderation pass, newest first, or threads by id."""
    filters = [name for name in ("allThreadsRelatedToChannelId", "videoId", "id") if asked.query.get(name)]
    if len(filters) != 1:
        said = "No filter selected. Expected one of: allThreadsRelatedToChannelId, id, videoId"
        raise _parameter("parameters.", "missingRequiredParameter" if not filters else "incompatibleParameters", said)
    status = asked.query.get("moderationStatus", "published")
    if status not in STATUSES:
        raise _parameter("moderationStatus")
    if filters == ["id"]:
        return _threads_by_id(store, asked)
    where: dict[str, object] = {"kind": "comment", "parent": None, "account": account.id}
    if filters == ["videoId"]:
        where["post"] = asked.query["videoId"]
        if not store.item("youtube", asked.query["videoId"]):
            raise refuse(404, "videoNotFound", "The video identified by the videoId parameter could not be found.")
    elif asked.query[filters[0]] != account.id:
        if status != "published" or not store.account("youtube", asked.query[filters[0]]):
            raise refuse(403, "forbidden", "One or more of the requested comment threads cannot be retrieved.")
        where["account"] = asked.query[filters[0]]

    def fetch(limit: int, beyond: tuple[int, int] | None) -> list[Item]:
        return store.page("youtube", where, limit=limit, beyond=beyond, extra=IN_PASS, values=(status,) * 3)

    def show(item: Item) -> dict[str, Any]:
        return thread(store, asked, item, status, by_id=False)

    return _page(asked, THREADS, fetch, show, default=20, most=100)


def _threads_by_id(store: Store, asked: Asked) -> Answer:
    for name in ("moderationStatus", "maxResults", "searchTerms"):
        if name in asked.query:
            raise _parameter(name, "incompatibleParameters", f"Incompatible parameters specified: id, {name}")
    found = [store.item("youtube", id) for id in asked.query["id"].split(",")]
    items = [
        thread(store, asked, item, "published", by_id=True)
        for item in found
        if item and item.kind == "comment" and not item.parent
    ]
    info = {"totalResults": len(items), "resultsPerPage": len(items)}
    return ok({"kind": THREADS, "etag": etag(items), "pageInfo": info, "items": items})


def list_comments(store: Store, asked: Asked, account: Account) -> Answer:
    """Replies of a thread, newest first, or comments by id, which the owner also gets when they are held."""
    kind = "youtube#commentListResponse"
    if bool(asked.query.get("id")) == bool(asked.query.get("parentId")):
        said = "No filter selected. Expected one of: id, parentId"
        raise _parameter("parameters.", "missingRequiredParameter", said)
    if asked.query.get("id"):
        wanted = [store.item("youtube", id) for id in asked.query["id"].split(",")]
        items = [comment(asked, item, by_id=True) for item in wanted if item and item.kind == "comment"]
        info = {"totalResults": len(items), "resultsPerPage": len(items)}
        return ok({"kind": kind, "etag": etag(items), "pageInfo": info, "items": items})
    top = store.item("youtube", asked.query["parentId"])
    if top is None or top.parent or top.kind != "comment":
        raise _not_found("parentId")
    where = {"parent": top.id, "status": "published"}

    def fetch(limit: int, beyond: tuple[int, int] | None) -> list[Item]:
        return store.page("youtube", where, limit=limit, beyond=beyond)

    return _page(asked, kind, fetch, lambda item: comment(asked, item, by_id=False), default=20, most=100)


def _not_found(name: str) -> Refusal:
    said = f"The specified comment could not be found. Check the value of the {name} parameter."
    return refuse(404, "commentNotFound", said, location=name, locationType="parameter")


# Acts


def reply(store: Store, asked: Asked, account: Account) -> Answer:
    """Answers a top-level comment; there is one level of replies only."""
    _parts(asked)
    snippet = asked.body.get("snippet")
    snippet = snippet if isinstance(snippet, dict) else {}
    text, parent = snippet.get("textOriginal"), snippet.get("parentId")
    if not parent:
        raise refuse(400, "parentIdMissing", "The comment must have a parent.")
    if not isinstance(text, str) or not text:
        raise refuse(400, "commentTextRequired", "The comment must have a text.")
    top = store.item("youtube", str(parent))
    if top is None or top.kind != "comment" or top.parent:
        raise refuse(400, "parentCommentNotFound", "The specified parent comment could not be found.")
    if top.status != "published":
        raise refuse(403, "forbidden", "The comment cannot be created or updated due to insufficient permissions.")
    id = store.add_item(
        "youtube",
        "comment",
        account.id,
        text=text,
        author=account.as_author(),
        post=top.post,
        parent=top.id,
        status="published",
        ours=True,
        created_at=datetime.now(UTC).isoformat(),
    )
    made = store.item("youtube", id)
    assert made is not None
    return ok(comment(asked, made, by_id=True))


def moderate(store: Store, asked: Asked, account: Account) -> Answer:
    """Sets the status of up to fifty comments, all or none. Rejecting is for ever; banning goes with it only."""
    wanted = [id for id in asked.query.get("id", "").split(",") if id]
    status, ban = asked.query.get("moderationStatus"), asked.query.get("banAuthor", "false").lower()
    if not wanted or len(wanted) > 50:
        raise _parameter("id", "missingRequiredParameter" if not wanted else "invalidParameter")
    if status not in ("published", "heldForReview", "rejected"):
        raise _parameter("moderationStatus")
    if ban == "true" and status != "rejected":
        said = "The banAuthor parameter can only be used if the moderationStatus parameter value is rejected."
        raise refuse(400, "banWithoutReject", said)
    items = [store.item("youtube", id) for id in wanted]
    for item in items:
        if item is None or item.kind != "comment":
            raise _not_found("id")
        if item.account != account.id:
            raise refuse(403, "forbidden", "One or more of the comments cannot be moderated due to permissions.")
        if item.status == "rejected" and status != "rejected":
            raise refuse(400, "operationNotSupported", "The moderation status of a rejected comment cannot be changed.")
    for item in filter(None, items):
        store.set_item("youtube", item.id, status=status)
        if ban == "true" and item.author:
            store.ban("youtube", account.id, str(item.author["id"]))
    return Answer(204, b"")


# Videos and channels


def _thumbnails(asked: Asked, item: Item) -> dict[str, Any]:
    url = item.image or f"{asked.origin}/media/posts/{item.id}.png"
    return {"default": {"url": url, "width": 120, "height": 90}}


def _title(item: Item) -> str:
    return item.text.split("\n", 1)[0][:100]


def list_uploads(store: Store, asked: Asked, account: Account) -> Answer:
    """The uploads playlist of one of our channels, newest first."""
    channel = store.account("youtube", "UC" + asked.query.get("playlistId", "")[2:])
    if channel is None or asked.query.get("playlistId") != _uploads(channel):
        said = "The playlist identified with the request's playlistId parameter cannot be found."
        raise refuse(404, "playlistNotFound", said, domain="youtube.playlistItem")

    def show(item: Item) -> dict[str, Any]:
        at = spell_time(item.created_at, "youtube")
        snippet = {
            "publishedAt": at,
            "channelId": channel.id,
            "title": _title(item),
            "description": item.text,
            "thumbnails": _thumbnails(asked, item),
            "channelTitle": channel.name,
            "playlistId": _uploads(channel),
            "position": store.count_newer(item),
            "resourceId": {"kind": "youtube#video", "videoId": item.id},
            "videoOwnerChannelTitle": channel.name,
            "videoOwnerChannelId": channel.id,
        }
        details = {"videoId": item.id, "videoPublishedAt": at}
        parts = {"snippet": _told(snippet), "contentDetails": _told(details)}
        return _resource(asked, "youtube#playlistItem", f"UU.{item.id}", parts)

    def fetch(limit: int, beyond: tuple[int, int] | None) -> list[Item]:
        return store.page("youtube", {"account": channel.id, "kind": "post"}, limit=limit, beyond=beyond)

    return _page(asked, "youtube#playlistItemListResponse", fetch, show, default=5, most=50)


def _told(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if value is not None}


def _uploads(channel: Account) -> str:
    return "UU" + channel.id[2:]


def list_videos(store: Store, asked: Asked, account: Account) -> Answer:
    """Videos by id; the missing ones are simply not in the list."""
    wanted = [id for id in asked.query.get("id", "").split(",") if id]
    if not wanted or len(wanted) > 50:
        raise _parameter("id", "missingRequiredParameter" if not wanted else "invalidParameter")
    found = [store.item("youtube", id) for id in wanted]
    items = [_video(store, asked, item) for item in found if item and item.kind == "post"]
    info = {"totalResults": len(items), "resultsPerPage": len(items)}
    return ok({"kind": "youtube#videoListResponse", "etag": etag(items), "pageInfo": info, "items": items})


def _video(store: Store, asked: Asked, item: Item) -> dict[str, Any]:
    channel = store.account("youtube", item.account)
    snippet = {
        "publishedAt": spell_time(item.created_at, "youtube"),
        "channelId": item.account,
        "title": _title(item),
        "description": item.text,
        "thumbnails": _thumbnails(asked, item),
        "channelTitle": channel.name if channel else "",
        "categoryId": "25",
        "liveBroadcastContent": "none",
    }
    total = store.count("youtube", {"post": item.id, "kind": "comment", "status": "published"})
    statistics = {"viewCount": "0", "likeCount": "0", "favoriteCount": "0", "commentCount": str(total)}
    status = {"uploadStatus": "processed", "privacyStatus": "public", "embeddable": True, "license": "youtube"}
    parts = {"snippet": _told(snippet), "statistics": statistics, "status": status}
    return _resource(asked, "youtube#video", item.id, parts)


def list_channels(store: Store, asked: Asked, account: Account) -> Answer:
    """Channels by id, ours or a commenter's, or our own with `mine`."""
    if asked.query.get("mine") == "true":
        wanted = [account.id]
    else:
        wanted = [id for id in asked.query.get("id", "").split(",") if id]
    if not wanted:
        raise _parameter("parameters.", "missingRequiredParameter", "No filter selected. Expected one of: id, mine")
    items = []
    for id in wanted:
        ours = store.account("youtube", id)
        who = ours.as_author() if ours else store.author("youtube", id)
        if who:
            items.append(_channel(asked, id, who, ours))
    info = {"totalResults": len(items), "resultsPerPage": len(items)}
    return ok({"kind": "youtube#channelListResponse", "etag": etag(items), "pageInfo": info, "items": items})


def _channel(asked: Asked, id: str, who: dict[str, Any], ours: Account | None) -> dict[str, Any]:
    picture = {"default": {"url": f"{asked.origin}/media/avatars/{id}.png", "width": 88, "height": 88}}
    snippet = {"title": str(who.get("name") or ""), "description": "", "thumbnails": picture}
    if who.get("handle"):
        snippet["customUrl"] = "@" + str(who["handle"]).lstrip("@")
    parts: dict[str, Any] = {"snippet": snippet}
    if ours:
        parts["contentDetails"] = {"relatedPlaylists": {"likes": "", "uploads": _uploads(ours)}}
    return _resource(asked, "youtube#channel", id, parts)


# Tokens, quota and requests


def token(store: Store, asked: Asked) -> Answer:
    """A new access token for a refresh token, which stays good."""
    given = asked.body
    held = store.holders(str(given.get("refresh_token", "")), "refresh")
    if given.get("grant_type") != "refresh_token" or not held:
        return _oauth_error(400, "invalid_grant", "Token has been expired or revoked.")
    account = held[0][0]
    for name in ("client_id", "client_secret"):
        known = str(account.data.get(name) or "")
        if known and not hmac.compare_digest(known.encode(), str(given.get(name, "")).encode()):
            return _oauth_error(401, "invalid_client", "The OAuth client was not found.")
    access = "ya29." + secrets.token_urlsafe(64)
    store.add_token("youtube", account.id, "access", access, time.time() + ACCESS_SECONDS)
    return ok({"access_token": access, "expires_in": ACCESS_SECONDS, "scope": SCOPE, "token_type": "Bearer"})


def _oauth_error(status: int, name: str, said: str) -> Answer:
    return Answer(status, to_bytes({"error": name, "error_description": said}), {"content-type": JSON})


def unauthorized() -> Answer:
    said = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return error(401, "authError", said, domain="global", location="Authorization", locationType="header")


def quota_exceeded() -> Answer:
    said = 'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.'
    return error(403, "quotaExceeded", said, domain="youtube.quota")


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The named call of a request; the call is empty when it is none that is served."""
    if asked.path == "/token":
        return "youtube", "token"
    found = ""
    match (asked.method, asked.path.strip("/")):
        case ("GET", "channels"):
            found = "get_author"
        case ("GET", "playlistItems"):
            found = "list_posts"
        case ("GET", "videos"):
            found = "get_post"
        case ("GET", "commentThreads"):
            found = "get_comment" if asked.query.get("id") else "list_comments"
        case ("GET", "comments"):
            found = "get_comment" if asked.query.get("id") else "list_replies"
        case ("POST", "comments"):
            found = "reply"
        case ("POST", "comments/setModerationStatus"):
            found = "unhide" if asked.query.get("moderationStatus") == "published" else "hide"
    return "youtube", found


HANDLERS: dict[tuple[str, str], Callable[[Store, Asked, Account], Answer]] = {
    ("GET", "channels"): list_channels,
    ("GET", "playlistItems"): list_uploads,
    ("GET", "videos"): list_videos,
    ("GET", "commentThreads"): list_threads,
    ("GET", "comments"): list_comments,
    ("POST", "comments"): reply,
    ("POST", "comments/setModerationStatus"): moderate,
}


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Carries a request out; raises Refusal with Google's own error. Even a refused request costs its units."""
    if call == "token":
        return token(store, asked)
    held = [(who, old) for who, old in store.holders(asked.bearer() or "") if who.platform == "youtube"]
    if not held or held[0][1]:
        raise Refusal(unauthorized())
    account = held[0][0]
    handler = HANDLERS.get((asked.method, asked.path.strip("/")))
    if handler is None:
        raise refuse(404, "notFound", "Not Found", domain="global")
    units = WRITE_UNITS if asked.method == "POST" else 1
    # The quota is the project's: channels of one client share it.
    project = str(account.data.get("client_id") or account.id)
    spent = limits.spend(
        store, account, call, default=UNITS_A_DAY, window_end=midnight_pacific, owner=project, units=units
    )
    if spent.passed:
        raise Refusal(quota_exceeded())
    return handler(store, asked, account)


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """Google's own way to fail, for a fault ordered as 429, 500 or expired_token."""
    if fault.fault == "expired_token":
        return unauthorized()
    if fault.fault == "500":
        return error(500, "backendError", "Backend Error", domain="global")
    limited = error(429, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
    limited.headers["retry-after"] = str(fault.reset or 60)
    return limited
