"""YouTube's comments: threads in their moderation passes, replies, replying, moderating."""

import html
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sandbox.store import Account, Item, Store
from sandbox.wire import Answer, Asked, RefusedError, spell_time
from sandbox.youtube_shape import etag, ok, page, parameter, parts, refuse, resource

EMBEDDED_REPLIES = 5
LONGEST = 10_000  # characters (from memory)
STATUSES = ("published", "heldForReview", "likelySpam", "rejected")


def _author(asked: Asked, item: Item) -> dict[str, Any]:
    if not item.author or not item.author.get("id"):
        return {}
    person = str(item.author["id"])
    return {
        "authorDisplayName": str(item.author.get("name") or item.author.get("handle") or ""),
        "authorProfileImageUrl": f"{asked.origin}/media/avatars/{person}.png",
        "authorChannelUrl": f"http://www.youtube.com/channel/{person}",
        "authorChannelId": {"value": person},
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
    return resource(asked, "youtube#comment", item.id, {"snippet": shown})


def thread(store: Store, asked: Asked, top: Item, status: str, *, by_id: bool) -> dict[str, Any]:
    """A thread with at most five of its replies; the count tells that there are more."""
    where = {"parent": top.id, "status": status}
    total = store.count("youtube", {"parent": top.id, "status": "published"})
    found: dict[str, Any] = {
        "snippet": {
            "channelId": top.account,
            "videoId": top.post,
            "topLevelComment": _full(asked, top, by_id),
            "canReply": top.status == "published",
            "totalReplyCount": total,
            "isPublic": top.status == "published",
        }
    }
    if "replies" in parts(asked):
        replies = store.page("youtube", where, limit=EMBEDDED_REPLIES)
        if replies:
            found["replies"] = {"comments": [_full(asked, one, by_id) for one in replies]}
    return resource(asked, "youtube#commentThread", top.id, found)


def _full(asked: Asked, item: Item, by_id: bool) -> dict[str, Any]:
    """A comment inside a thread is whole, whichever parts of the thread were asked for."""
    return comment(replace(asked, query=asked.query | {"part": "snippet"}), item, by_id=by_id)


THREADS = "youtube#commentThreadListResponse"
# In the other passes a thread also stands for its held replies: only there does its owner find them again.
SHOWN_THEN = (
    "AND (status = ? OR (? != 'published' AND EXISTS (SELECT 1 FROM items AS reply WHERE reply.platform = 'youtube'"
    " AND reply.parent = items.id AND reply.deleted = 0 AND reply.status = ?)))"
)


def list_threads(store: Store, asked: Asked, account: Account) -> Answer:
    """Threads of the channel or of one video in one moderation pass, newest first, or threads by id."""
    filters = [name for name in ("allThreadsRelatedToChannelId", "videoId", "id") if asked.query.get(name)]
    if len(filters) != 1:
        said = "No filter selected. Expected one of: allThreadsRelatedToChannelId, id, videoId"
        raise parameter("parameters.", "missingRequiredParameter" if not filters else "incompatibleParameters", said)
    status = asked.query.get("moderationStatus", "published")
    if status not in STATUSES:
        raise parameter("moderationStatus")
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
        return store.page("youtube", where, limit=limit, beyond=beyond, extra=SHOWN_THEN, values=(status,) * 3)

    def show(item: Item) -> dict[str, Any]:
        return thread(store, asked, item, status, by_id=False)

    return page(asked, THREADS, fetch, show, default=20, most=100)


def _threads_by_id(store: Store, asked: Asked) -> Answer:
    for name in ("moderationStatus", "maxResults", "searchTerms"):
        if name in asked.query:
            raise parameter(name, "incompatibleParameters", f"Incompatible parameters specified: id, {name}")
    found = [store.item("youtube", named) for named in asked.query["id"].split(",")]
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
        raise parameter("parameters.", "missingRequiredParameter", said)
    if asked.query.get("id"):
        wanted = [store.item("youtube", named) for named in asked.query["id"].split(",")]
        items = [comment(asked, item, by_id=True) for item in wanted if item and item.kind == "comment"]
        info = {"totalResults": len(items), "resultsPerPage": len(items)}
        return ok({"kind": kind, "etag": etag(items), "pageInfo": info, "items": items})
    top = store.item("youtube", asked.query["parentId"])
    if top is None or top.parent or top.kind != "comment":
        raise _not_found("parentId")
    where = {"parent": top.id, "status": "published"}

    def fetch(limit: int, beyond: tuple[int, int] | None) -> list[Item]:
        return store.page("youtube", where, limit=limit, beyond=beyond)

    return page(asked, kind, fetch, lambda item: comment(asked, item, by_id=False), default=20, most=100)


def _not_found(name: str) -> RefusedError:
    said = f"The specified comment could not be found. Check the value of the {name} parameter."
    return refuse(404, "commentNotFound", said, location=name, locationType="parameter")


def _snippet(body: Any) -> dict[str, Any]:
    found = body.get("snippet") if isinstance(body, dict) else None
    return found if isinstance(found, dict) else {}


def _text(snippet: dict[str, Any]) -> str:
    text = snippet.get("textOriginal")
    if not isinstance(text, str) or not text:
        raise refuse(400, "commentTextRequired", "The comment must have a text.")
    if len(text) > LONGEST:
        raise refuse(400, "commentTextTooLong", "The comment text is too long.")
    return text


def begin_thread(store: Store, asked: Asked, account: Account) -> Answer:
    """A top-level comment of ours under a video, unless its comments are turned off (`comments_disabled`)."""
    snippet = _snippet(asked.body)
    text = _text(_snippet(snippet.get("topLevelComment")))
    post = store.item("youtube", str(snippet.get("videoId") or ""))
    if not snippet.get("videoId"):
        raise refuse(400, "videoIdMissing", "The comment thread must have a video.", domain="youtube.commentThread")
    if post is None or post.kind != "post":
        said = "The specified video could not be found."
        raise refuse(404, "videoNotFound", said, domain="youtube.commentThread")
    owner = store.account("youtube", post.account)
    if owner and post.id in (owner.data.get("comments_disabled") or ()):
        said = "The video identified by the videoId parameter has disabled comments."
        raise refuse(403, "commentsDisabled", said, domain="youtube.commentThread")
    made = store.add_reply(account, text, post=post.id, parent=None)
    return ok(thread(store, asked, made, "published", by_id=True))


def _own(store: Store, named: str, account: Account) -> Item:
    item = store.item("youtube", named)
    if item is None or item.kind != "comment":
        raise _not_found("id")
    if not item.ours or str((item.author or {}).get("id")) != account.id:
        raise refuse(403, "forbidden", "The comment cannot be created or updated due to insufficient permissions.")
    return item


def edit(store: Store, asked: Asked, account: Account) -> Answer:
    """Only what the channel wrote itself."""
    text = _text(_snippet(asked.body))
    item = _own(store, str(asked.body.get("id", "")), account)
    store.edit(item, text, datetime.now(UTC).isoformat())
    return ok(comment(asked, _own(store, item.id, account), by_id=True))


def delete(store: Store, asked: Asked, account: Account) -> Answer:
    """Only what the channel wrote itself; the replies go with it."""
    store.delete(_own(store, asked.query.get("id", ""), account))
    return Answer(204, b"")


def reply(store: Store, asked: Asked, account: Account) -> Answer:
    """Answers a top-level comment; there is one level of replies only."""
    snippet = _snippet(asked.body)
    parent = snippet.get("parentId")
    if not parent:
        raise refuse(400, "parentIdMissing", "The comment must have a parent.")
    text = _text(snippet)
    top = store.item("youtube", str(parent))
    if top is None or top.kind != "comment" or top.parent:
        raise refuse(400, "parentCommentNotFound", "The specified parent comment could not be found.")
    if top.status != "published":
        raise refuse(403, "forbidden", "The comment cannot be created or updated due to insufficient permissions.")
    made = store.add_reply(account, text, post=top.post, parent=top.id)
    return ok(comment(asked, made, by_id=True))


def moderate(store: Store, asked: Asked, account: Account) -> Answer:
    """Sets the status of up to fifty comments, all or none. Rejecting is for ever; banning goes with it only."""
    wanted = [named for named in asked.query.get("id", "").split(",") if named]
    status, ban = asked.query.get("moderationStatus"), asked.query.get("banAuthor", "false").lower()
    if not wanted or len(wanted) > 50:
        raise parameter("id", "missingRequiredParameter" if not wanted else "invalidParameter")
    if status not in ("published", "heldForReview", "rejected"):
        raise parameter("moderationStatus")
    if ban == "true" and status != "rejected":
        said = "The banAuthor parameter can only be used if the moderationStatus parameter value is rejected."
        raise refuse(400, "banWithoutReject", said)
    items = [store.item("youtube", named) for named in wanted]
    for item in items:
        if item is None or item.kind != "comment":
            raise _not_found("id")
        if item.account != account.id:
            raise refuse(403, "forbidden", "One or more of the comments cannot be moderated due to permissions.")
        if item.status == "rejected" and status != "rejected":
            raise refuse(400, "operationNotSupported", "The moderation status of a rejected comment cannot be changed.")
    with store.together():
        for item in filter(None, items):
            store.set_status(item, status)
            if ban == "true" and item.author:
                store.ban(account, str(item.author["id"]))
    return Answer(204, b"")
