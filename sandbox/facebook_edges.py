"""The lists of a Facebook Page: its posts, what visitors wrote on it or with it in mind, its private conversations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox import graph
from sandbox.facebook_fields import PAGE_FIELDS, THREAD_FIELDS
from sandbox.facebook_shape import MESSAGE, POST, person_of, picture_of
from sandbox.graph import Field, Graph, Node, Value, refuse
from sandbox.meta_login import check_scope
from sandbox.store import Account, Item, Store, conversation_with
from sandbox.wire import Answer, spell_time

# What each edge of posts holds: SQL of our own.
POSTS_OF: dict[str, str] = {
    "published_posts": "AND kind = 'post'",
    "posts": "AND kind = 'post'",
    "feed": "AND kind IN ('post', 'visitor_post')",
    "visitor_posts": "AND kind = 'visitor_post'",
    "tagged": "AND kind = 'mention' AND post IS NULL",
}
_NEWEST = """AND kind = 'message' AND NOT EXISTS (SELECT 1 FROM items AS later WHERE later.platform = items.platform
  AND later.post = items.post AND later.kind = 'message' AND (later.rank, later.seq) > (items.rank, items.seq))"""


@dataclass(frozen=True)
class Thread:
    """A private conversation of ours with one person."""

    account: str
    person: str

    @property
    def id(self) -> str:
        """As Graph names it."""
        return conversation_with(self.account, self.person)


def find_thread(store: Store, named: str) -> Thread | None:
    """The conversation that an id names, where a word was ever said in it."""
    found = store.page("facebook", {"kind": "message", "post": named}, limit=1) if named.startswith("t_") else []
    if not found:
        return None
    account = found[0].account
    return Thread(account, named.removeprefix(conversation_with(account, "")))


def posts_of(g: Graph, page: Account, edge: str, given: dict[str, str] | None, one: Field | None) -> dict[str, Any]:
    """An edge of posts, newest first; on request with how many there are in all."""
    params = g.asked.query if given is None else given
    fields = graph.wanted_fields(g) if one is None else one.inner
    where = {"account": page.id}

    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        return g.store.page(
            "facebook", where, limit=limit, newest_first=not backwards, beyond=beyond, extra=POSTS_OF[edge]
        )

    view = graph.window(g, given, default=25, most=100)
    made = graph.edge(g, f"{page.id}/{edge}", view, fetch, lambda item: POST.show(g, item, fields), one=one)
    if "total_count" in params.get("summary", ""):
        everything = g.store.page("facebook", where, limit=100_000, extra=POSTS_OF[edge])
        made["summary"] = {"total_count": len(everything)}
    return made


def threads_of(g: Graph, page: Account, given: dict[str, str] | None, one: Field | None) -> dict[str, Any]:
    """The conversations, the one with the newest word first; `user_id` gives the one with that person."""
    params = g.asked.query if given is None else given
    if params.get("platform", "messenger").lower() != "messenger":
        raise refuse("(#100) Param platform must be messenger here", 100)
    fields = graph.wanted_fields(g) if one is None else one.inner
    where: dict[str, object] = {"account": page.id}
    if params.get("user_id"):
        where["post"] = conversation_with(page.id, params["user_id"])

    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        return g.store.page("facebook", where, limit=limit, newest_first=not backwards, beyond=beyond, extra=_NEWEST)

    view = graph.window(g, given, default=25, most=100)
    path = f"{page.id}/conversations"
    return graph.edge(g, path, view, fetch, lambda item: THREAD.show(g, item, fields), one=one)


def messages_of(g: Graph, thread: str, given: dict[str, str] | None, one: Field | None) -> dict[str, Any]:
    """The words of a conversation, newest first."""
    fields = graph.wanted_fields(g) if one is None else one.inner

    def fetch(limit: int, beyond: tuple[int, int] | None, backwards: bool) -> list[Item]:
        where = {"kind": "message", "post": thread}
        return g.store.page("facebook", where, limit=limit, newest_first=not backwards, beyond=beyond)

    view = graph.window(g, given, default=25, most=100)
    return graph.edge(g, f"{thread}/messages", view, fetch, lambda item: MESSAGE.show(g, item, fields), one=one)


def list_posts(g: Graph, page: Account) -> Answer:
    """The edge of posts that the path names."""
    return graph.ok(posts_of(g, page, g.asked.path.strip("/").rpartition("/")[2], None, None))


def list_conversations(g: Graph, page: Account) -> Answer:
    """The Page's conversations on Messenger."""
    return graph.ok(threads_of(g, page, None, None))


def list_messages(g: Graph, thread: Thread) -> Answer:
    """What was said in one of them."""
    return graph.ok(messages_of(g, thread.id, None, None))


def get_conversation(g: Graph, thread: Thread) -> Answer:
    """One of them."""
    newest = g.store.page("facebook", {"kind": "message", "post": thread.id}, limit=1)
    return graph.ok(THREAD.show(g, newest[0], graph.wanted_fields(g)))


def get_account(g: Graph, page: Account) -> Answer:
    """The Page itself, with any of its lists inside."""
    return graph.ok(PAGE.show(g, page, graph.wanted_fields(g)))


# How conversations and Pages are shown. A conversation is known by the newest message in it.


def _thread_id(g: Graph, newest: Item, one: Field) -> str | None:
    return newest.post


def _updated(g: Graph, newest: Item, one: Field) -> str | None:
    return spell_time(newest.created_at, "meta")


def _count(g: Graph, newest: Item, one: Field) -> int:
    return g.store.count("facebook", {"kind": "message", "post": newest.post})


def _snippet(g: Graph, newest: Item, one: Field) -> str:
    return newest.text[:80]


def _participants(g: Graph, newest: Item, one: Field) -> dict[str, Any]:
    return {"data": [person_of(g, newest), {"name": g.account.name, "id": g.account.id}]}


def _messages(g: Graph, newest: Item, one: Field) -> dict[str, Any]:
    return messages_of(g, newest.post or "", one.modifiers, one)


def _edge_of(edge: str) -> Value:
    def value(g: Graph, page: Account, one: Field) -> dict[str, Any]:
        check_scope(g.store, g.token, "list_visitor_posts" if edge == "visitor_posts" else "list_posts")
        return posts_of(g, page, edge, one.modifiers, one)

    return value


def _threads(g: Graph, page: Account, one: Field) -> dict[str, Any]:
    check_scope(g.store, g.token, "list_conversations")
    return threads_of(g, page, one.modifiers, one)


def _said(name: str) -> Value:
    def value(_g: Graph, page: Account, _one: Field) -> Any:
        return page.data.get(name)

    return value


def _of_page(name: str) -> Value:
    def value(_g: Graph, page: Account, _one: Field) -> Any:
        return getattr(page, name) or None

    return value


def _page_picture(g: Graph, page: Account, one: Field) -> dict[str, Any]:
    return picture_of(g, page.id)


def _link(g: Graph, page: Account, one: Field) -> str:
    return f"https://www.facebook.com/{page.handle or page.id}"


def _followers(g: Graph, page: Account, one: Field) -> int:
    return int(page.data.get("followers", 0))


THREAD_VALUES: dict[str, Value] = {
    "id": _thread_id,
    "message_count": _count,
    "messages": _messages,
    "participants": _participants,
    "senders": _participants,
    "snippet": _snippet,
    "updated_time": _updated,
}
PAGE_VALUES: dict[str, Value] = {
    **{name: _said(name) for name in ("about", "category", "description", "general_info", "impressum", "website")},
    **{edge: _edge_of(edge) for edge in POSTS_OF},
    "conversations": _threads,
    "fan_count": _followers,
    "followers_count": _followers,
    "id": _of_page("id"),
    "link": _link,
    "name": _of_page("name"),
    "picture": _page_picture,
    "username": _of_page("handle"),
}
THREAD = Node("UnifiedThread", THREAD_FIELDS, ("id", "updated_time"), THREAD_VALUES)
PAGE = Node("Page", PAGE_FIELDS, ("name", "id"), PAGE_VALUES)
HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    "list_posts": list_posts,
    "list_visitor_posts": list_posts,
    "list_tagged": list_posts,
    "list_conversations": list_conversations,
    "list_messages": list_messages,
    "get_conversation": get_conversation,
    "get_account": get_account,
}
