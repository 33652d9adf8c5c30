"""How Facebook shows what there is: Pages, posts, comments, people, private conversations and media."""

import time
from typing import Any

from sandbox import graph, uploads
from sandbox.facebook_fields import COMMENT_FIELDS, MESSAGE_FIELDS, POST_FIELDS, PROFILE_FIELDS, VIDEO_FIELDS
from sandbox.graph import Field, Graph, Node, Value, always, at_time, counted, own, refuse
from sandbox.store import Item, Store, conversation_with
from sandbox.wire import moment

PRIVATE_REPLY_DAYS = 7
FIRST_MEDIA = 1_220_000_000_000_000


def picture_of(g: Graph, person: str) -> dict[str, Any]:
    """A profile picture as the edge of that name sends it."""
    url = f"{g.asked.origin}/media/avatars/{person}.png"
    return {"data": {"height": 50, "width": 50, "is_silhouette": False, "url": url}}


def _from(g: Graph, item: Item, one: Field) -> dict[str, Any] | None:
    """The author; absent when the platform keeps it back. The picture comes only when asked for by name."""
    if not item.author or not item.author.get("id"):
        return None
    person = str(item.author["id"])
    whole = {"name": item.author.get("name"), "id": person}
    if one.inner and any(inner.name == "picture" for inner in one.inner):
        whole["picture"] = picture_of(g, person)
    return {name: value for name, value in graph.pick(whole, one).items() if value is not None}


def _object(g: Graph, item: Item, one: Field) -> dict[str, Any]:
    return {"id": item.post}


def _parent(g: Graph, item: Item, one: Field) -> dict[str, Any] | None:
    parent = g.store.item("facebook", item.parent) if item.parent else None
    if parent is None:
        return None
    return COMMENT.show(g, parent, one.inner)


def _attachment(g: Graph, item: Item, one: Field) -> dict[str, Any] | None:
    if not item.attachments:
        return None
    first = item.attachments[0]
    media = {"image": {"height": 480, "src": first.get("url"), "width": 480}}
    target = {"id": str(first.get("id", item.id)), "url": first.get("url")}
    return graph.pick(
        {"media": media, "target": target, "type": first.get("type", "photo"), "url": first.get("url")}, one
    )


def _attachments(g: Graph, item: Item, one: Field) -> dict[str, Any] | None:
    if not item.image:
        return None
    kind = item.attachments[0].get("type", "photo") if item.attachments else "photo"
    media = {"image": {"height": 720, "src": item.image, "width": 720}}
    return {"data": [graph.pick({"media_type": kind, "media": media, "url": _permalink(g, item, one)}, one)]}


def _permalink(g: Graph, item: Item, one: Field) -> str:
    page, _, number = (item.post or item.id).partition("_")
    link = f"https://www.facebook.com/{page}/posts/{number}"
    return link if item.kind != "comment" else f"{link}/?comment_id={item.id.rpartition('_')[2]}"


def _may_message(g: Graph, item: Item, one: Field) -> bool:
    at = moment(item.created_at)
    young = at is not None and time.time() - at < PRIVATE_REPLY_DAYS * graph.DAY
    return young and not item.ours and not was_answered(g, item)


def was_answered(g: Graph, item: Item) -> bool:
    """Whether a private message was sent because of this comment or post."""
    return g.store.count("facebook", {"kind": "message", "parent": item.id}) > 0


def _comments(g: Graph, item: Item, one: Field) -> dict[str, Any]:
    """The comments edge inside a post or comment: modifiers are its parameters."""
    return comments_of(g, item, one.modifiers, one.inner, one)


def _of_profile(name: str) -> Value:
    def value(_g: Graph, who: dict[str, Any], _one: Field) -> Any:
        return who.get(name) or None

    return value


def _may_hide(g: Graph, item: Item, one: Field) -> bool:
    return not item.ours


def _status_type(g: Graph, item: Item, one: Field) -> str:
    kind = item.attachments[0].get("type") if item.attachments else None
    return "added_video" if kind == "video" else "added_photos" if item.image else "mobile_status_update"


def _picture(g: Graph, who: dict[str, Any], one: Field) -> dict[str, Any]:
    return picture_of(g, str(who["id"]))


def _to(g: Graph, item: Item, one: Field) -> dict[str, Any]:
    """To whom a private message went: the person of the conversation, or our Page."""
    person = person_of(g, item)
    return {"data": [person if item.ours else {"name": g.account.name, "id": g.account.id}]}


def person_of(g: Graph, item: Item) -> dict[str, Any]:
    """With whom the conversation is that a private message stands in."""
    named = (item.post or "").removeprefix(conversation_with(item.account, ""))
    known = g.store.author("facebook", named) or {}
    return {"name": known.get("name") or "Facebook user", "id": named}


def _video(name: str) -> Value:
    def value(_g: Graph, video: uploads.Upload, _one: Field) -> Any:
        return video.data.get(name)

    return value


def _video_id(g: Graph, video: uploads.Upload, one: Field) -> str:
    return media_id(video)


def _video_status(g: Graph, video: uploads.Upload, one: Field) -> dict[str, Any]:
    """Facebook works on a video for a while; an account may be put with `processing_seconds` or `broken_videos`."""
    if not video.sha256:
        return {"video_status": "upload_incomplete"}
    if g.account.data.get("broken_videos"):
        return {"video_status": "error", "processing_phase": {"status": "error"}}
    done = time.time() >= float(video.data.get("ready_at", 0))
    return {"video_status": "ready" if done else "processing"}


def media_id(upload: uploads.Upload) -> str:
    """The number of a photo or video."""
    return str(FIRST_MEDIA + upload.id)


def media_of(store: Store, named: str) -> uploads.Upload | None:
    """The photo or video that a number names."""
    number = int(named) - FIRST_MEDIA if named.isascii() and named.isdigit() and len(named) < 19 else 0
    return uploads.find(store, "facebook", number) if number > 0 else None


COMMENT_VALUES: dict[str, Value] = {
    "attachment": _attachment,
    "can_comment": always(what=True),
    "can_hide": _may_hide,
    "can_like": always(what=True),
    "can_remove": always(what=True),
    "can_reply_privately": _may_message,
    "comment_count": counted("facebook", parent="id", kind="comment"),
    "comments": _comments,
    "created_time": at_time("created_at"),
    "from": _from,
    "id": own("id"),
    "is_hidden": own("hidden"),
    "is_private": always(what=False),
    "like_count": always(0),
    "message": own("text"),
    "object": _object,
    "parent": _parent,
    "permalink_url": _permalink,
    "user_likes": always(what=False),
}
POST_VALUES: dict[str, Value] = {
    "attachments": _attachments,
    "comments": _comments,
    "created_time": at_time("created_at"),
    "from": _from,
    "full_picture": own("image"),
    "id": own("id"),
    "is_expired": always(what=False),
    "is_hidden": own("hidden"),
    "is_published": always(what=True),
    "message": own("text"),
    "permalink_url": _permalink,
    "status_type": _status_type,
    "updated_time": at_time("updated_at"),
}
PROFILE_VALUES: dict[str, Value] = {
    "id": _of_profile("id"),
    "name": _of_profile("name"),
    "picture": _picture,
    "username": _of_profile("handle"),
}
MESSAGE_VALUES: dict[str, Value] = {
    "created_time": at_time("created_at"),
    "from": _from,
    "id": own("id"),
    "message": own("text"),
    "thread_id": own("post"),
    "to": _to,
}
VIDEO_VALUES: dict[str, Value] = {
    "description": _video("description"),
    "id": _video_id,
    "permalink_url": _video("permalink_url"),
    "post_id": _video("post_id"),
    "published": _video("published"),
    "status": _video_status,
    "title": _video("title"),
}
COMMENT = Node("Comment", COMMENT_FIELDS, ("created_time", "from", "message", "id"), COMMENT_VALUES)
POST = Node("PagePost", POST_FIELDS, ("created_time", "message", "id"), POST_VALUES)
PROFILE = Node("Profile", PROFILE_FIELDS, ("name", "id"), PROFILE_VALUES)
MESSAGE = Node("Message", MESSAGE_FIELDS, ("created_time", "id"), MESSAGE_VALUES)
VIDEO = Node("Video", VIDEO_FIELDS, ("id",), VIDEO_VALUES)


def comments_of(
    g: Graph, thing: Item, given: dict[str, str] | None, fields: tuple[Field, ...] | None, one: Field | None = None
) -> dict[str, Any]:
    """The comments edge of a post or comment, honouring filter, order, since and summary.

    The summary counts what the filter shows: with `toplevel`, the default, a new reply does not change it.
    """
    params = g.asked.query if given is None else given
    chosen, order = (params.get("filter", "toplevel"), params.get("order", "chronological"))
    if chosen not in ("toplevel", "stream") or order not in ("chronological", "reverse_chronological"):
        raise refuse("(#100) Param filter or order must be one of the values that the reference lists", 100)
    where = _scope(thing, chosen)
    extra, values = _since(params.get("since"))

    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        newest = (order == "reverse_chronological") != backwards
        return g.store.page(
            "facebook", where, limit=limit, newest_first=newest, beyond=beyond, extra=extra, values=values
        )

    view = graph.window(g, given, default=25, most=100)
    page = graph.edge(g, f"{thing.id}/comments", view, fetch, lambda item: COMMENT.show(g, item, fields), one=one)
    if params.get("summary", "").lower() in ("true", "1"):
        total = g.store.count("facebook", where)
        page["summary"] = {"order": order, "total_count": total, "can_comment": True}
    return page


def _scope(thing: Item, chosen: str) -> dict[str, object]:
    if thing.kind == "comment":
        return {"parent": thing.id, "kind": "comment"}
    return {"post": thing.id, "parent": None} if chosen == "toplevel" else {"post": thing.id, "kind": "comment"}


def _since(raw: str | None) -> tuple[str, tuple[int, ...]]:
    if raw is None:
        return "", ()
    at = moment(raw)
    if at is None:
        raise refuse("(#100) Param since must be a valid datetime", 100)
    return "AND rank >= ?", (int(at * 1_000_000),)
