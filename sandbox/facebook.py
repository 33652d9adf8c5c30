"""Facebook Pages: which call a request is, and comments: reading, answering, hiding, changing, deleting."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox import facebook_edges, facebook_people, facebook_publishing, graph
from sandbox.facebook_edges import POSTS_OF, Thread, find_thread
from sandbox.facebook_shape import COMMENT, MESSAGE, POST, PROFILE, comments_of, media_of, picture_of
from sandbox.graph import Field, Graph, refuse
from sandbox.store import Account, Item, Store
from sandbox.uploads import Upload
from sandbox.wire import Answer, Asked

LONGEST_COMMENT = 8000
Thing = Item | Account | Thread | Upload | dict[str, Any]


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
    if len(message or "") > LONGEST_COMMENT:
        raise refuse("(#100) Param message is too long", 100)
    under_post = thing.kind != "comment"
    parent = None if under_post else thing.parent or thing.id
    post = thing.id if under_post else thing.post
    made = g.store.add_reply(g.account, message or "", post=post, parent=parent)
    return graph.ok(COMMENT.show(g, made, graph.wanted_fields(g) or [Field("id")]))


def hide(g: Graph, comment: Item) -> Answer:
    """Hides or shows a comment or visitor's post again; twice succeeds, a Page's own comment cannot be hidden."""
    hidden = (g.param("is_hidden") or "").lower()
    if hidden not in ("true", "false", "1", "0"):
        raise refuse("(#100) Param is_hidden must be a boolean", 100)
    if comment.ours:
        raise refuse("(#200) Permissions error", 200, status=403)
    g.store.hide(comment, hidden in ("true", "1"))
    return graph.ok({"success": True})


def edit_comment(g: Graph, comment: Item) -> Answer:
    """Only the Page's own."""
    message = g.param("message") or ""
    if not comment.ours:
        raise refuse("(#200) Permissions error", 200, status=403)
    if not message or len(message) > LONGEST_COMMENT:
        raise refuse("(#100) Param message must not be empty or too long", 100)
    g.store.edit(comment, message, datetime.now(UTC).isoformat())
    return graph.ok({"success": True})


def delete_comment(g: Graph, comment: Item) -> Answer:
    """The Page's own, or anybody's under its posts, with the replies to it."""
    g.store.delete(comment)
    return graph.ok({"success": True})


def get_message(g: Graph, message: Item) -> Answer:
    """One private message."""
    return graph.ok(MESSAGE.show(g, message, graph.wanted_fields(g)))


# Which call a request is

_OF_PAGE: dict[tuple[str, str], str] = {
    **{("GET", edge): "list_posts" for edge in POSTS_OF},
    ("GET", "visitor_posts"): "list_visitor_posts",
    ("GET", "tagged"): "list_tagged",
    ("GET", "conversations"): "list_conversations",
    ("GET", "picture"): "get_author",
    ("GET", "blocked"): "list_bans",
    ("POST", "blocked"): "ban",
    ("DELETE", "blocked"): "unban",
    ("POST", "messages"): "message",
    ("POST", "feed"): "publish",
    ("POST", "photos"): "publish_photo",
    ("POST", "videos"): "publish_video",
    ("GET", "subscribed_apps"): "subscription",
    ("POST", "subscribed_apps"): "subscribe",
    ("DELETE", "subscribed_apps"): "unsubscribe",
}
_OF_POST = {"GET": "get_post", "DELETE": "delete_post"}
_OF_COMMENT = {"GET": "get_comment", "DELETE": "delete_comment"}
_OF_MEDIA = {"GET": "get_video", "DELETE": "delete_media"}
_AUTHOR = {"", "id", "name", "picture", "username", "link"}  # what is asked of a Page as of any author


def name_call(asked: Asked, thing: Thing, edge: str | None) -> str:
    """Which of the named calls a request is; empty when it is none that is served."""
    if isinstance(thing, Item):
        return _item_call(asked, thing, edge)
    if isinstance(thing, Account):
        return _OF_PAGE.get((asked.method, edge), "") if edge else _page_call(asked)
    if isinstance(thing, Thread):
        named = {None: "get_conversation", "messages": "list_messages"}.get(edge, "")
        return named if asked.method == "GET" else ""
    if isinstance(thing, Upload):
        return _OF_MEDIA.get(asked.method, "") if edge is None else ""
    return "get_author" if asked.method == "GET" and edge in (None, "picture") else ""


def _page_call(asked: Asked) -> str:
    if asked.method != "GET":
        return ""
    wanted = asked.query.get("fields", "").split(",")
    return "get_author" if {one.partition("{")[0] for one in wanted} <= _AUTHOR else "get_account"


def _item_call(asked: Asked, item: Item, edge: str | None) -> str:
    of_comment = item.kind == "comment"
    if edge == "comments" and item.kind != "message":
        return "reply" if asked.method == "POST" else "list_replies" if of_comment else "list_comments"
    if edge is not None:
        return ""
    if item.kind == "message":
        return "get_message" if asked.method == "GET" else ""
    if asked.method != "POST":
        return (_OF_COMMENT if of_comment else _OF_POST).get(asked.method, "")
    value = asked.body.get("is_hidden", asked.query.get("is_hidden"))
    if value is not None:
        return "unhide" if str(value).lower() in ("false", "0") else "hide"
    return "edit_comment" if of_comment else "edit_post"


HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    **facebook_edges.HANDLERS,
    **facebook_people.HANDLERS,
    **facebook_publishing.HANDLERS,
    "list_comments": list_comments,
    "list_replies": list_comments,
    "get_post": get_post,
    "get_comment": get_comment,
    "get_message": get_message,
    "get_author": get_author,
    "reply": reply,
    "edit_comment": edit_comment,
    "delete_comment": delete_comment,
    "hide": hide,
    "unhide": hide,
}


def find(store: Store, named: str) -> Thing | None:
    """The Page, post, comment, message, conversation, person, photo or video that an id names."""
    return (
        store.account("facebook", named)
        or store.item("facebook", named, deleted=True)
        or store.author("facebook", named)
        or find_thread(store, named)
        or media_of(store, named)
    )
