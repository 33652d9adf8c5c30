"""Facebook Pages: posts, comments with replies, hiding, replying, and who wrote."""

import time
from collections.abc import Callable
from typing import Any

from sandbox import graph
from sandbox.graph import Field, Graph, Node, Value, always, at_time, counted, own, refuse
from sandbox.store import Account, Item, Store
from sandbox.wire import Answer, Asked, moment, words

PRIVATE_REPLY_DAYS = 7

POST_FIELDS = words(
    """actions admin_creator allowed_advertising_objectives application attachments backdated_time call_to_action
    can_reply_privately child_attachments comments comments_mirroring_domain coordinates created_time dynamic_posts
    event expanded_height expanded_width feed_targeting from full_picture height icon id insights instagram_eligibility
    is_app_share is_eligible_for_dark_post is_eligible_for_promotion is_expired is_hidden is_inline_created
    is_instagram_eligible is_popular is_published is_spherical likes message message_tags multi_share_end_card
    multi_share_optimized parent_id permalink_url picture place privacy promotable_id promotion_status properties
    reactions scheduled_publish_time sharedposts shares sponsor_tags status_type story story_tags subscribed target
    targeting timeline_visibility to updated_time via video_buying_eligibility width"""
)
COMMENT_FIELDS = words(
    """admin_creator application attachment can_comment can_hide can_like can_remove can_reply_privately comment_count
    comments created_time from id is_hidden is_private like_count likes live_broadcast_timestamp message message_tags
    object parent permalink_url private_reply_conversation reactions user_likes"""
)
PROFILE_FIELDS = words(
    """can_post id link name pic pic_crop pic_large pic_small pic_square picture profile_type username"""
)


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
    media = {"image": {"height": 720, "src": item.image, "width": 720}}
    return {"data": [graph.pick({"media_type": "photo", "media": media, "url": _permalink(g, item, one)}, one)]}


def _permalink(g: Graph, item: Item, one: Field) -> str:
    page, _, number = (item.post or item.id).partition("_")
    link = f"https://www.facebook.com/{page}/posts/{number}"
    return link if item.kind == "post" else f"{link}/?comment_id={item.id.rpartition('_')[2]}"


def _may_message(g: Graph, item: Item, one: Field) -> bool:
    at = moment(item.created_at)
    return not item.ours and at is not None and time.time() - at < PRIVATE_REPLY_DAYS * graph.DAY


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
    return "added_photos" if item.image else "mobile_status_update"


def _picture(g: Graph, who: dict[str, Any], one: Field) -> dict[str, Any]:
    return picture_of(g, str(who["id"]))


COMMENT_VALUES: dict[str, Value] = {
    "attachment": _attachment,
    "can_comment": always(what=True),
    "can_hide": _may_hide,
    "can_like": always(what=True),
    "can_remove": always(what=True),
    "can_reply_privately": _may_message,
    "comment_count": counted("facebook", parent="id"),
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
COMMENT = Node("Comment", COMMENT_FIELDS, ("created_time", "from", "message", "id"), COMMENT_VALUES)
POST = Node("PagePost", POST_FIELDS, ("created_time", "message", "id"), POST_VALUES)
PROFILE = Node("Profile", PROFILE_FIELDS, ("name", "id"), PROFILE_VALUES)


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
    if thing.kind != "post":
        return {"parent": thing.id}
    return {"post": thing.id, "parent": None} if chosen == "toplevel" else {"post": thing.id, "kind": "comment"}


def _since(raw: str | None) -> tuple[str, tuple[int, ...]]:
    if raw is None:
        return "", ()
    at = moment(raw)
    if at is None:
        raise refuse("(#100) Param since must be a valid datetime", 100)
    return "AND rank >= ?", (int(at * 1_000_000),)


def list_posts(g: Graph, page: Account) -> Answer:
    """The Page's own posts, newest first."""
    fields = graph.wanted_fields(g)

    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        where = {"account": page.id, "kind": "post"}
        return g.store.page("facebook", where, limit=limit, newest_first=not backwards, beyond=beyond)

    view = graph.window(g, None, default=25, most=100)
    path = g.asked.path.strip("/")
    return graph.ok(graph.edge(g, path, view, fetch, lambda item: POST.show(g, item, fields)))


def list_comments(g: Graph, thing: Item) -> Answer:
    """The comments of a post, or the replies of a comment."""
    return graph.ok(comments_of(g, thing, None, graph.wanted_fields(g)))


def get_post(g: Graph, post: Item) -> Answer:
    """One post."""
    return graph.ok(POST.show(g, post, graph.wanted_fields(g)))


def get_comment(g: Graph, comment: Item) -> Answer:
    """One comment, hidden or not."""
    return graph.ok(COMMENT.show(g, comment, graph.wanted_fields(g)))


def get_author(g: Graph, thing: Account | dict[str, Any]) -> Answer:
    """A profile, or its picture edge; without redirect=false the latter sends the caller on to the image."""
    who = thing.as_author() if isinstance(thing, Account) else thing
    if not g.asked.path.rstrip("/").endswith("/picture"):
        return graph.ok(PROFILE.show(g, who, graph.wanted_fields(g)))
    picture = picture_of(g, str(who["id"]))
    if g.asked.query.get("redirect") in ("false", "0"):
        return graph.ok(picture)
    return Answer(302, b"", {"location": picture["data"]["url"]})


def reply(g: Graph, thing: Item) -> Answer:
    """Comments on a post or answers a comment; an answer to a reply hangs under the top-level comment."""
    message = g.param("message")
    if not message and not g.param("attachment_url"):
        raise refuse("(#100) The parameter message or an attachment is required", 100)
    parent = None if thing.kind == "post" else thing.parent or thing.id
    post = thing.id if thing.kind == "post" else thing.post
    made = g.store.add_reply(g.account, message or "", post=post, parent=parent)
    return graph.ok(COMMENT.show(g, made, graph.wanted_fields(g) or [Field("id")]))


def hide(g: Graph, comment: Item) -> Answer:
    """Hides or shows a comment again; doing so twice succeeds, a Page's own comment cannot be hidden."""
    hidden = (g.param("is_hidden") or "").lower()
    if hidden not in ("true", "false", "1", "0"):
        raise refuse("(#100) Param is_hidden must be a boolean", 100)
    if comment.ours:
        raise refuse("(#200) Permissions error", 200, status=403)
    g.store.hide(comment, hidden in ("true", "1"))
    return graph.ok({"success": True})


POST_EDGES = ("published_posts", "posts", "feed")


def name_call(asked: Asked, thing: Item | Account | dict[str, Any], edge: str | None) -> str:
    """Which of the named calls a request is; empty when it is none that is served."""
    if isinstance(thing, Account):
        return "list_posts" if asked.method == "GET" and edge in POST_EDGES else _author_call(asked, edge)
    if isinstance(thing, dict):
        return _author_call(asked, edge)
    if edge == "comments":
        return "reply" if asked.method == "POST" else "list_comments" if thing.kind == "post" else "list_replies"
    if edge is not None:
        return ""
    if asked.method == "GET":
        return "get_post" if thing.kind == "post" else "get_comment"
    value = asked.body.get("is_hidden", asked.query.get("is_hidden"))
    if asked.method != "POST" or thing.kind == "post" or value is None:
        return ""
    return "unhide" if str(value).lower() in ("false", "0") else "hide"


def _author_call(asked: Asked, edge: str | None) -> str:
    return "get_author" if asked.method == "GET" and edge in (None, "picture") else ""


HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    "list_posts": list_posts,
    "list_comments": list_comments,
    "list_replies": list_comments,
    "get_post": get_post,
    "get_comment": get_comment,
    "get_author": get_author,
    "reply": reply,
    "hide": hide,
    "unhide": hide,
}


def find(store: Store, named: str) -> Item | Account | dict[str, Any] | None:
    """The page, post, comment or person that an id names."""
    return (
        store.account("facebook", named)
        or store.item("facebook", named, deleted=True)
        or store.author("facebook", named)
    )
