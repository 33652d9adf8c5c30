"""graph.facebook.com: one host for Facebook and Instagram; whose object an id names decides which of them answers."""

from collections.abc import Callable
from typing import Any

from sandbox import facebook, graph, instagram, meta_login, meta_subscriptions
from sandbox.facebook_edges import Thread
from sandbox.graph import PREFIX
from sandbox.orders import Fault
from sandbox.store import Account, Item, Store
from sandbox.uploads import Upload
from sandbox.wire import Answer, Asked, RefusedError

# Paths that are no object's, and calls of the person who signs in.
OWN_PATHS: dict[tuple[str, str], tuple[str, Callable[[Store, Asked], Answer]]] = {
    ("GET", "/oauth/access_token"): ("token", meta_login.exchange),
    ("POST", "/oauth/access_token"): ("token", meta_login.exchange),
    ("GET", "/debug_token"): ("debug_token", meta_login.debug_token),
    ("GET", "/me/accounts"): ("list_accounts", meta_login.list_accounts),
    ("GET", "/me/permissions"): ("list_permissions", meta_login.list_permissions),
}
APP_PATHS: dict[str, tuple[str, Callable[[Store, Asked], Answer]]] = {
    "GET": ("list_callbacks", meta_subscriptions.list_callbacks),
    "POST": ("register_callback", meta_subscriptions.register_callback),
}

__all__ = ["PREFIX", "answer", "fail", "identify"]


def _split(asked: Asked) -> tuple[str, str | None]:
    named, _, edge = asked.path.strip("/").partition("/")
    return named, edge or None


def _thing(store: Store, asked: Asked) -> tuple[str, Any]:
    """The platform and object that the path names; `me` is the Page whose token is used."""
    named, edge = _split(asked)
    if named == "me":
        pages = [held for held, _ in store.holders(graph.token_of(asked)) if held.platform == "facebook"]
        return "facebook", pages[0] if pages else None
    on_instagram = instagram.find(store, named) or instagram.for_page(store, asked, named, edge)
    return ("instagram", on_instagram) if on_instagram is not None else ("facebook", facebook.find(store, named))


def _own(asked: Asked) -> tuple[str, Callable[[Store, Asked], Answer]] | None:
    """The call of a path that is no object's; the app's own edge is named by its number."""
    if asked.path.endswith("/subscriptions"):
        return APP_PATHS.get(asked.method)
    return OWN_PATHS.get((asked.method, asked.path))


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The platform and the named call of a request; the call is empty when it is none that is served."""
    if named := _own(asked):
        return "facebook", named[0]
    platform, thing = _thing(store, asked)
    _, edge = _split(asked)
    if thing is not None and platform == "instagram":
        return platform, instagram.name_call(asked, thing, edge)
    # An id that names nothing still is some call, so that a fault ordered for it is met: the shape of the path decides.
    return platform, facebook.name_call(asked, thing, edge) if thing is not None else _guess(asked, edge)


def _guess(asked: Asked, edge: str | None) -> str:
    named = {
        "comments": "list_comments",
        "replies": "list_replies",
        "media": "list_posts",
        "published_posts": "list_posts",
    }
    if asked.method == "GET":
        return named.get(edge or "", "get_comment")
    return "reply" if edge else "hide"


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Carries a request out; raises RefusedError with Meta's own error."""
    if named := _own(asked):
        return named[1](store, asked)
    _, thing = _thing(store, asked)
    account = _account(store, platform, thing, asked)
    if account is None:
        raise graph.refuse("Invalid OAuth access token - Cannot parse access token", 190)
    used = graph.authenticate(store, asked, account)
    usage = graph.count_call(store, account, call)
    handlers = instagram.HANDLERS if platform == "instagram" else facebook.HANDLERS | meta_subscriptions.HANDLERS
    try:
        if thing is None or not call or (isinstance(thing, Item) and thing.deleted):
            raise graph.gone(asked.method, _split(asked)[0])
        if platform == "facebook":
            meta_login.check_scope(store, used, call)
        made = handlers[call](graph.Graph(store, asked, account, used), thing)
    except RefusedError as refusal:
        refusal.answer.headers.update(usage)
        raise
    made.headers.update(usage)
    return made


def _account(store: Store, platform: str, thing: Any, asked: Asked) -> Account | None:
    """The account whose thing it is; for what is nobody's, or not there, one that the token opens, or any."""
    if isinstance(thing, Account):
        return thing
    if isinstance(thing, (Item, Thread, Upload)):
        return store.account(platform, thing.account)
    held = [who for who, _ in store.holders(graph.token_of(asked)) if who.platform in ("facebook", "instagram")]
    return next(iter([*held, *store.accounts("facebook"), *store.accounts("instagram")]), None)


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """Meta's own way to fail, for a fault ordered as 429, 500 or expired_token."""
    if fault.fault == "expired_token":
        return graph.expired_token()
    if fault.fault == "500":
        return graph.error("An unknown error has occurred.", 2, status=500, is_transient=True)
    _, thing = _thing(store, asked)
    account = _account(store, platform, thing, asked)
    if account is None:
        return graph.error("(#4) Application request limit reached", 4, is_transient=True)
    return graph.throttled(account, fault.reset or 60)
