"""Instagram professional accounts by the Facebook Login route: which call a request is; media, comments, mentions."""

from collections.abc import Callable
from typing import Any

from sandbox import authorizing, graph, instagram_messages, instagram_publishing
from sandbox.facebook_edges import Thread
from sandbox.graph import Graph, refuse
from sandbox.instagram_messages import find_thread
from sandbox.instagram_publishing import find_container
from sandbox.instagram_shape import COMMENT, MEDIA, PAGE_OF_COMMENTS, USER, comments_of, replies_of
from sandbox.store import Account, Item, Store
from sandbox.uploads import Upload
from sandbox.wire import Answer, Asked, moment

Thing = Account | Item | Thread | Upload


def list_posts(g: Graph, user: Account) -> Answer:
    """Our media, newest first, within since and until where asked."""
    fields = graph.wanted_fields(g)
    extra, values = "", []
    for name, sign in (("since", ">="), ("until", "<=")):
        at = moment(g.param(name))
        if at is not None:
            extra += f" AND rank {sign} ?"
            values.append(int(at * 1_000_000))

    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        where = {"account": user.id, "kind": "post"}
        return g.store.page(
            "instagram", where, limit=limit, newest_first=not backwards, beyond=beyond, extra=extra, values=values
        )

    view = graph.window(g, None, default=25, most=100)
    return graph.ok(graph.edge(g, f"{user.id}/media", view, fetch, lambda item: MEDIA.show(g, item, fields)))


def reply(g: Graph, thing: Item) -> Answer:
    """Comments on our media or answers a comment: always under the top-level one, never under a hidden one."""
    message = g.param("message")
    if not message:
        raise refuse("(#100) The parameter message is required", 100)
    parent = None if thing.kind == "post" else thing.parent or thing.id
    top = g.store.item("instagram", parent) if parent else None
    if thing.hidden or (top is not None and top.hidden):
        told = "This comment is hidden. Unhide it before replying to it."
        raise refuse(
            "(#100) Cannot reply to a hidden comment",
            100,
            kind="IGApiException",
            is_transient=False,
            error_user_msg=told,
        )
    post = thing.id if thing.kind == "post" else thing.post
    return graph.ok({"id": g.store.add_reply(g.account, message, post=post, parent=parent).id})


def hide(g: Graph, comment: Item) -> Answer:
    """Hides or shows a comment again; doing so twice succeeds."""
    wanted = (g.param("hide") or "").lower()
    if wanted not in ("true", "false", "1", "0"):
        raise refuse("(#100) Param hide must be a boolean", 100)
    g.store.hide(comment, wanted in ("true", "1"))
    return graph.ok({"success": True})


def list_tags(g: Graph, user: Account) -> Answer:
    """Others' media in which the account is tagged, newest first."""
    fields = graph.wanted_fields(g)

    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        where = {"account": user.id, "kind": "mention", "post": None}
        return g.store.page("instagram", where, limit=limit, newest_first=not backwards, beyond=beyond)

    view = graph.window(g, None, default=25, most=50)
    return graph.ok(graph.edge(g, f"{user.id}/tags", view, fetch, lambda item: MEDIA.show(g, item, fields)))


def answer_mention(g: Graph, user: Account) -> Answer:
    """Comments on another's media whose caption names the account, or answers a comment there that does."""
    media, comment, message = g.param("media_id"), g.param("comment_id"), g.param("message")
    if not message or not media:
        raise refuse("(#100) The parameters media_id and message are required", 100)
    named = g.store.item("instagram", comment or media)
    if named is None or named.kind != "mention" or named.account != user.id or (comment and named.post != media):
        raise graph.gone("post", comment or media)
    if not comment and f"@{user.handle}".lower() not in named.text.lower():
        raise refuse("(#100) The account is not mentioned in this media", 100, kind="IGApiException")
    return graph.ok({"id": g.store.add_reply(user, message, post=media, parent=comment).id})


def delete(g: Graph, thing: Item) -> Answer:
    """A comment under our own media, or media of ours, with all below."""
    g.store.delete(thing)
    return graph.ok({"success": True} | ({"deleted_id": thing.id} if thing.kind == "post" else {}))


_OF_USER: dict[tuple[str, str], str] = {
    ("GET", "media"): "list_posts",
    ("GET", "tags"): "list_tags",
    ("GET", "content_publishing_limit"): "publishing_limit",
    ("POST", "media"): "create_container",
    ("POST", "media_publish"): "publish",
    ("POST", "mentions"): "answer_mention",
    **instagram_messages.OF_PAGE,
}
_OF_ITEM: dict[tuple[str, str, str | None], str] = {
    ("post", "GET", "comments"): "list_comments",
    ("post", "POST", "comments"): "comment",
    ("post", "GET", None): "get_post",
    ("post", "DELETE", None): "delete_post",
    ("comment", "GET", "replies"): "list_replies",
    ("comment", "POST", "replies"): "reply",
    ("comment", "GET", None): "get_comment",
    ("comment", "DELETE", None): "delete_comment",
}


def name_call(asked: Asked, thing: Thing, edge: str | None) -> str:
    """Which of the named calls a request is; empty when it is none that is served."""
    get = asked.method == "GET"
    if isinstance(thing, Thread):
        return "list_messages" if get and edge == "messages" else ""
    if isinstance(thing, Upload):
        return "container" if get and edge is None else ""
    if isinstance(thing, Account):
        if edge == "moderate_conversations":
            return instagram_messages.name_of_moderation(asked)
        return _OF_USER.get((asked.method, edge), "") if edge else _user_call(asked)
    value = asked.body.get("hide", asked.query.get("hide"))
    if thing.kind == "comment" and asked.method == "POST" and edge is None and value is not None:
        return "unhide" if str(value).lower() in ("false", "0") else "hide"
    return _OF_ITEM.get((thing.kind, asked.method, edge), "")


def _user_call(asked: Asked) -> str:
    wanted = asked.query.get("fields", "")
    if asked.method != "GET":
        return ""
    return "get_mention" if "mentioned_" in wanted else "get_account" if "_count" in wanted else "get_author"


# Without the permission, where the token was given for certain ones.
_NEEDS = {
    "delete_post": "instagram_manage_contents",
    "create_container": "instagram_content_publish",
    "publish": "instagram_content_publish",
    "list_conversations": "instagram_manage_messages",
    "list_messages": "instagram_manage_messages",
    "ban": "instagram_manage_messages",
    "unban": "instagram_manage_messages",
    "message": "instagram_manage_messages",
}


def _permitted(name: str, handler: Callable[[Graph, Any], Answer]) -> Callable[[Graph, Any], Answer]:
    def carry_out(g: Graph, thing: Any) -> Answer:
        scopes = authorizing.granted(g.store, g.token)
        if scopes is not None and _NEEDS[name] not in scopes:
            raise refuse("(#10) Application does not have permission for this action", 10, status=403)
        return handler(g, thing)

    return carry_out


_HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    "answer_mention": answer_mention,
    "comment": reply,
    "delete_comment": delete,
    "delete_post": delete,
    "list_posts": list_posts,
    "list_tags": list_tags,
    "list_comments": lambda g, media: graph.ok(comments_of(g, media, None, graph.wanted_fields(g))),
    "list_replies": lambda g, comment: graph.ok(replies_of(g, comment, None, graph.wanted_fields(g), PAGE_OF_COMMENTS)),
    "get_post": lambda g, media: graph.ok(MEDIA.show(g, media, graph.wanted_fields(g))),
    "get_comment": lambda g, comment: graph.ok(COMMENT.show(g, comment, graph.wanted_fields(g))),
    "get_author": lambda g, user: graph.ok(USER.show(g, user, graph.wanted_fields(g))),
    "get_account": lambda g, user: graph.ok(USER.show(g, user, graph.wanted_fields(g))),
    "get_mention": lambda g, user: graph.ok(USER.show(g, user, graph.wanted_fields(g))),
    "reply": reply,
    "hide": hide,
    "unhide": hide,
    **instagram_messages.HANDLERS,
    **instagram_publishing.HANDLERS,
}
HANDLERS = {name: _permitted(name, one) if name in _NEEDS else one for name, one in _HANDLERS.items()}


def find(store: Store, named: str) -> Thing | None:
    """The account, media, comment, conversation or container that an id names."""
    return (
        store.account("instagram", named)
        or store.item("instagram", named, deleted=True)
        or find_thread(store, named)
        or find_container(store, named)
    )


def for_page(store: Store, asked: Asked, named: str, edge: str | None) -> Account | None:
    """The account that a request to a Facebook Page is about, where the Page is linked to one."""
    if edge not in instagram_messages.EDGES:
        return None
    linked = [one for one in store.accounts("instagram") if one.data.get("page_id") == named]
    if not linked or not (
        store.account("facebook", named) is None or instagram_messages.concerns(store, asked, linked[0])
    ):
        return None
    return linked[0]
