"""Instagram professional accounts by the Facebook Login route: media, comments, replies, hiding."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox import graph
from sandbox.graph import Field, Graph, Node, Value, always, at_time, counted, own, refuse
from sandbox.store import Account, Item, Store
from sandbox.wire import Answer, Asked, moment, words

PAGE_OF_COMMENTS = 50
EXPANDED_REPLIES = 25

MEDIA_FIELDS = words(
    """alt_text boost_eligibility_info caption children collaborators comments comments_count
    copyright_check_information current_live_viewer_count has_poll has_slider id ig_id insights is_comment_enabled
    is_shared_to_feed legacy_instagram_media_id like_count media_product_type media_type media_url owner permalink
    product_tags shortcode thumbnail_url timestamp username video_title view_count"""
)
COMMENT_FIELDS = words(
    """from hidden id legacy_instagram_comment_id like_count media parent_id replies text timestamp user
    username"""
)
USER_FIELDS = words(
    """biography business_discovery followers_count follows_count has_profile_pic id ig_id is_published
    legacy_instagram_user_id media_count mentioned_comment mentioned_media name owner_business profile_picture_url
    shopping_product_tag_eligibility shopping_review_status username website"""
)


def _username(author: dict[str, Any] | None) -> str | None:
    """Instagram shows no full name, so a person without a handle has the name as user name."""
    return None if author is None else author.get("handle") or author.get("name")


def _from(g: Graph, item: Item, one: Field) -> dict[str, Any] | None:
    if not item.author or not item.author.get("id"):
        return None
    whole = {"id": str(item.author["id"]), "username": _username(item.author)}
    return {name: value for name, value in graph.pick(whole, one).items() if value is not None}


def _media(g: Graph, item: Item, one: Field) -> dict[str, Any]:
    media = g.store.item("instagram", item.post or "")
    return {"id": item.post} if media is None else MEDIA.show(g, media, one.inner or [Field("id")])


def _replies(g: Graph, item: Item, one: Field) -> dict[str, Any] | None:
    page = replies_of(g, item, one.modifiers, one.inner, EXPANDED_REPLIES, one)
    return page if page["data"] else None


def _media_url(g: Graph, item: Item, one: Field) -> str:
    return item.image or f"{g.asked.origin}/media/posts/{item.id}.png"


def _avatar(g: Graph, account: Account, one: Field) -> str:
    return f"{g.asked.origin}/media/avatars/{account.id}.png"


def _shortcode(g: Graph, item: Item, one: Field) -> str:
    return f"C{item.seq:010x}"


def _name(g: Graph, item: Item, one: Field) -> str | None:
    return _username(item.author)


def _comments(g: Graph, item: Item, one: Field) -> dict[str, Any]:
    return comments_of(g, item, one.modifiers, one.inner, one)


def _owner(g: Graph, item: Item, one: Field) -> dict[str, Any]:
    return {"id": item.account}


def _permalink(g: Graph, item: Item, one: Field) -> str:
    return f"https://www.instagram.com/p/{_shortcode(g, item, one)}/"


COMMENT_VALUES: dict[str, Value] = {
    "from": _from,
    "hidden": own("hidden"),
    "id": own("id"),
    "like_count": always(0),
    "media": _media,
    "parent_id": own("parent"),
    "replies": _replies,
    "text": own("text"),
    "timestamp": at_time("created_at"),
    "username": _name,
}
MEDIA_VALUES: dict[str, Value] = {
    "caption": own("text"),
    "comments": _comments,
    "comments_count": counted("instagram", post="id", kind="comment"),
    "id": own("id"),
    "is_comment_enabled": always(what=True),
    "like_count": always(0),
    "media_product_type": always("FEED"),
    "media_type": always("IMAGE"),
    "media_url": _media_url,
    "owner": _owner,
    "permalink": _permalink,
    "shortcode": _shortcode,
    "timestamp": at_time("created_at"),
    "username": _name,
}
USER_VALUES: dict[str, Value] = {
    "id": own("id"),
    "media_count": counted("instagram", account="id", kind="post"),
    "name": own("name"),
    "profile_picture_url": _avatar,
    "username": own("handle"),
}
COMMENT = Node("IGComment", COMMENT_FIELDS, ("timestamp", "text", "id"), COMMENT_VALUES)
MEDIA = Node("IGMedia", MEDIA_FIELDS, ("id",), MEDIA_VALUES)
USER = Node("IGUser", USER_FIELDS, ("id",), USER_VALUES)


def comments_of(
    g: Graph, media: Item, given: dict[str, str] | None, fields: tuple[Field, ...] | None, one: Field | None = None
) -> dict[str, Any]:
    """Top-level comments, newest first, fifty at most; there is no filter by time."""
    where = {"post": media.id, "parent": None, "kind": "comment"}
    return _page_of(g, f"{media.id}/comments", where, given, fields, PAGE_OF_COMMENTS, one)


def replies_of(
    g: Graph,
    comment: Item,
    given: dict[str, str] | None,
    fields: tuple[Field, ...] | None,
    default: int,
    one: Field | None = None,
) -> dict[str, Any]:
    """The replies of one comment, newest first."""
    return _page_of(g, f"{comment.id}/replies", {"parent": comment.id}, given, fields, default, one)


def _page_of(
    g: Graph,
    path: str,
    where: Mapping[str, object],
    given: dict[str, str] | None,
    fields: tuple[Field, ...] | None,
    default: int,
    one: Field | None,
) -> dict[str, Any]:
    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        return g.store.page("instagram", where, limit=limit, newest_first=not backwards, beyond=beyond)

    view = graph.window(g, given, default=default, most=PAGE_OF_COMMENTS)
    return graph.edge(g, path, view, fetch, lambda item: COMMENT.show(g, item, fields), one=one)


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


def name_call(asked: Asked, thing: Item | Account, edge: str | None) -> str:
    """Which of the named calls a request is; empty when it is none that is served."""
    get = asked.method == "GET"
    if isinstance(thing, Account):
        return "list_posts" if get and edge == "media" else "get_author" if get and edge is None else ""
    post = thing.kind == "post"
    if edge == ("comments" if post else "replies"):
        return "reply" if not get else "list_comments" if post else "list_replies"
    if edge is not None:
        return ""
    if get:
        return "get_post" if post else "get_comment"
    value = asked.body.get("hide", asked.query.get("hide"))
    if post or asked.method != "POST" or value is None:
        return ""
    return "unhide" if str(value).lower() in ("false", "0") else "hide"


HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    "list_posts": list_posts,
    "list_comments": lambda g, media: graph.ok(comments_of(g, media, None, graph.wanted_fields(g))),
    "list_replies": lambda g, comment: graph.ok(replies_of(g, comment, None, graph.wanted_fields(g), PAGE_OF_COMMENTS)),
    "get_post": lambda g, media: graph.ok(MEDIA.show(g, media, graph.wanted_fields(g))),
    "get_comment": lambda g, comment: graph.ok(COMMENT.show(g, comment, graph.wanted_fields(g))),
    "get_author": lambda g, user: graph.ok(USER.show(g, user, graph.wanted_fields(g))),
    "reply": reply,
    "hide": hide,
    "unhide": hide,
}


def find(store: Store, named: str) -> Item | Account | None:
    """The account, media or comment that an id names."""
    return store.account("instagram", named) or store.item("instagram", named, deleted=True)
