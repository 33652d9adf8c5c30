"""How Instagram's media, comments, accounts and private messages are shown."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox import graph
from sandbox.graph import Field, Graph, Node, Value, always, at_time, counted, own, refuse
from sandbox.store import Account, Item, conversation_with
from sandbox.wire import words

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

MESSAGE_FIELDS = words("attachments created_time from id is_unsupported message reactions shares story tags to")
THREAD_FIELDS = words("id messages name participants updated_time")


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


def _media_type(g: Graph, item: Item, one: Field) -> str:
    if len(item.attachments) > 1:
        return "CAROUSEL_ALBUM"
    return str(item.attachments[0].get("media_type", "IMAGE")) if item.attachments else "IMAGE"


def _product_type(g: Graph, item: Item, one: Field) -> str:
    return "REELS" if _media_type(g, item, one) == "VIDEO" else "FEED"


def _alt_text(g: Graph, item: Item, one: Field) -> str | None:
    return item.attachments[0].get("alt") if len(item.attachments) == 1 else None


def _children(g: Graph, item: Item, one: Field) -> dict[str, Any] | None:
    """The pictures of a carousel; of each as much as was asked for."""
    if len(item.attachments) < 2:
        return None
    held = [
        {"id": part.get("id"), "media_type": part.get("media_type"), "media_url": part.get("url")}
        for part in item.attachments
    ]
    return {"data": [graph.pick(part, one) if one.inner else {"id": part["id"]} for part in held]}


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


def _said(name: str) -> Value:
    def value(_g: Graph, account: Account, _one: Field) -> Any:
        return account.data.get(name) or None

    return value


def _followers(g: Graph, account: Account, one: Field) -> int:
    return int(account.data.get("followers", 0))


def _discovery(g: Graph, account: Account, one: Field) -> dict[str, Any]:
    """A professional account by its user name; the control API says with `professional` of an author that he is one."""
    wanted = one.modifiers.get("username", "").lower()
    for row in g.store.rows("SELECT body FROM authors WHERE platform = 'instagram'"):
        who = json.loads(row["body"])
        if who.get("professional") and str(_username(who)).lower() == wanted:
            picture = f"{g.asked.origin}/media/avatars/{who['id']}.png"
            whole = {"id": str(who["id"]), "username": _username(who), "name": who.get("name")}
            return graph.pick(whole | {"profile_picture_url": picture}, one)
    raise refuse("(#110) Invalid user id", 110, error_subcode=2207013)


def _mentioned_comment(g: Graph, account: Account, one: Field) -> dict[str, Any]:
    """A comment under another's media that names the account."""
    found = g.store.item("instagram", one.modifiers.get("comment_id", ""))
    if found is None or found.account != account.id or found.kind != "mention" or not found.post:
        raise graph.gone("get", one.modifiers.get("comment_id", ""))
    return COMMENT.show(g, found, one.inner or [Field("id")])


def _mentioned_media(g: Graph, account: Account, one: Field) -> dict[str, Any]:
    """Another's media whose caption names the account; one in which it is only tagged is not shown."""
    found = g.store.item("instagram", one.modifiers.get("media_id", ""))
    if found is None or found.account != account.id or found.kind != "mention" or found.post:
        raise graph.gone("get", one.modifiers.get("media_id", ""))
    if f"@{account.handle}".lower() not in found.text.lower():
        raise refuse("(#100) The account is not mentioned in this media", 100, kind="IGApiException")
    return MEDIA.show(g, found, one.inner or [Field("id")])


def person_of(g: Graph, item: Item) -> dict[str, Any]:
    """With whom the conversation is that a private message stands in."""
    named = (item.post or "").removeprefix(conversation_with(item.account, ""))
    return {"username": _username(g.store.author("instagram", named)) or "instagram_user", "id": named}


def _us(g: Graph) -> dict[str, Any]:
    return {"username": g.account.handle, "id": g.account.id}


def _message_from(g: Graph, item: Item, one: Field) -> dict[str, Any]:
    return graph.pick(_us(g) if item.ours else person_of(g, item), one)


def _message_to(g: Graph, item: Item, one: Field) -> dict[str, Any]:
    return {"data": [person_of(g, item) if item.ours else _us(g)]}


def _participants(g: Graph, newest: Item, one: Field) -> dict[str, Any]:
    return {"data": [_us(g), person_of(g, newest)]}


def _attachments(g: Graph, item: Item, one: Field) -> dict[str, Any] | None:
    held = [{"id": f"{item.id}-{n}", "image_data": {"url": part.get("url")}} for n, part in enumerate(item.attachments)]
    return {"data": held} if held else None


def _messages(g: Graph, newest: Item, one: Field) -> dict[str, Any]:
    return messages_of(g, newest.post or "", one.modifiers, one.inner, one)


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
    "alt_text": _alt_text,
    "caption": own("text"),
    "children": _children,
    "comments": _comments,
    "comments_count": counted("instagram", post="id", kind="comment"),
    "id": own("id"),
    "is_comment_enabled": always(what=True),
    "like_count": always(0),
    "media_product_type": _product_type,
    "media_type": _media_type,
    "media_url": _media_url,
    "owner": _owner,
    "permalink": _permalink,
    "shortcode": _shortcode,
    "timestamp": at_time("created_at"),
    "username": _name,
}
USER_VALUES: dict[str, Value] = {
    "biography": _said("biography"),
    "business_discovery": _discovery,
    "followers_count": _followers,
    "id": own("id"),
    "media_count": counted("instagram", account="id", kind="post"),
    "mentioned_comment": _mentioned_comment,
    "mentioned_media": _mentioned_media,
    "name": own("name"),
    "profile_picture_url": _avatar,
    "username": own("handle"),
    "website": _said("website"),
}
MESSAGE_VALUES: dict[str, Value] = {
    "attachments": _attachments,
    "created_time": at_time("created_at"),
    "from": _message_from,
    "id": own("id"),
    "message": own("text"),
    "to": _message_to,
}
THREAD_VALUES: dict[str, Value] = {
    "id": own("post"),
    "messages": _messages,
    "participants": _participants,
    "updated_time": at_time("created_at"),
}
COMMENT = Node("IGComment", COMMENT_FIELDS, ("timestamp", "text", "id"), COMMENT_VALUES)
MEDIA = Node("IGMedia", MEDIA_FIELDS, ("id",), MEDIA_VALUES)
USER = Node("IGUser", USER_FIELDS, ("id",), USER_VALUES)
MESSAGE = Node("Message", MESSAGE_FIELDS, ("created_time", "id"), MESSAGE_VALUES)
THREAD = Node("UnifiedThread", THREAD_FIELDS, ("id", "updated_time"), THREAD_VALUES)  # known by its newest message


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


SHOWN_MESSAGES = 20  # of a conversation an application is shown the newest, and no more
_NEWEST = """AND kind = 'message' AND NOT EXISTS (SELECT 1 FROM items AS later WHERE later.platform = items.platform
  AND later.post = items.post AND later.kind = 'message' AND later.deleted = 0
  AND (later.rank, later.seq) > (items.rank, items.seq))"""


def threads_of(g: Graph, path: str, person: str | None) -> dict[str, Any]:
    """The private conversations, the one with the newest word first; or the one with a person."""
    where: dict[str, object] = {"account": g.account.id}
    if person:
        where["post"] = conversation_with(g.account.id, person)
    fields = graph.wanted_fields(g)

    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        return g.store.page("instagram", where, limit=limit, newest_first=not backwards, beyond=beyond, extra=_NEWEST)

    view = graph.window(g, None, default=25, most=50)
    return graph.edge(g, path, view, fetch, lambda item: THREAD.show(g, item, fields))


def messages_of(
    g: Graph, thread: str, given: dict[str, str] | None, fields: tuple[Field, ...] | None, one: Field | None = None
) -> dict[str, Any]:
    """What was said in a conversation, newest first, as far as an application is shown it."""

    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        where = {"kind": "message", "post": thread}
        return [] if beyond else g.store.page("instagram", where, limit=min(limit, SHOWN_MESSAGES))

    view = graph.window(g, given, default=SHOWN_MESSAGES, most=SHOWN_MESSAGES)
    return graph.edge(g, f"{thread}/messages", view, fetch, lambda item: MESSAGE.show(g, item, fields), one=one)
