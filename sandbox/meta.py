"""graph.facebook.com: one host for Facebook and Instagram; whose object an id names decides which of them answers."""

import hmac
import secrets
import time
from typing import Any

from sandbox import facebook, graph, instagram
from sandbox.graph import PREFIX
from sandbox.orders import Fault
from sandbox.store import Account, Item, Store
from sandbox.wire import Answer, Asked, RefusedError

LONG_TOKEN_SECONDS = 5_183_944

__all__ = ["PREFIX", "answer", "fail", "identify"]


def _split(asked: Asked) -> tuple[str, str | None]:
    named, _, edge = asked.path.strip("/").partition("/")
    return named, edge or None


def _thing(store: Store, asked: Asked) -> tuple[str, Item | Account | dict[str, Any] | None]:
    """The platform and object that the path names; `me` is the Page whose token is used."""
    named, _ = _split(asked)
    if named == "me":
        pages = [held for held, _ in store.holders(graph.token_of(asked)) if held.platform == "facebook"]
        return "facebook", pages[0] if pages else None
    on_instagram = instagram.find(store, named)
    return ("instagram", on_instagram) if on_instagram is not None else ("facebook", facebook.find(store, named))


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The platform and the named call of a request; the call is empty when it is none that is served."""
    if asked.path == "/oauth/access_token":
        return "facebook", "token"
    platform, thing = _thing(store, asked)
    _, edge = _split(asked)
    if isinstance(thing, (Item, Account)) and platform == "instagram":
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
    if call == "token":
        return exchange(store, asked)
    _, thing = _thing(store, asked)
    account = _account(store, platform, thing, asked)
    if account is None:
        raise graph.refuse("Invalid OAuth access token - Cannot parse access token", 190)
    used = graph.authenticate(store, asked, account)
    usage = graph.count_call(store, account, call)
    handlers = instagram.HANDLERS if platform == "instagram" else facebook.HANDLERS
    try:
        if thing is None or not call or (isinstance(thing, Item) and thing.deleted):
            raise graph.gone(asked.method, _split(asked)[0])
        made = handlers[call](graph.Graph(store, asked, account, used), thing)
    except RefusedError as refusal:
        refusal.answer.headers.update(usage)
        raise
    made.headers.update(usage)
    return made


def _account(
    store: Store, platform: str, thing: Item | Account | dict[str, Any] | None, asked: Asked
) -> Account | None:
    """The account whose thing it is; for what is nobody's, or not there, one that the token opens, or any."""
    if isinstance(thing, Account):
        return thing
    if isinstance(thing, Item):
        return store.account(platform, thing.account)
    held = [who for who, _ in store.holders(graph.token_of(asked)) if who.platform in ("facebook", "instagram")]
    return next(iter([*held, *store.accounts("facebook"), *store.accounts("instagram")]), None)


def exchange(store: Store, asked: Asked) -> Answer:
    """Exchanges a token that still lives for a long one, of the same accounts."""
    given = asked.query | asked.body
    if given.get("grant_type") != "fb_exchange_token" or not given.get("fb_exchange_token"):
        raise graph.refuse("Missing or invalid parameters: grant_type, fb_exchange_token", 100)
    held = [account for account, expired in store.holders(str(given["fb_exchange_token"])) if not expired]
    if not held:
        raise RefusedError(graph.expired_token())
    for account in held:
        secret = str(account.data.get("client_secret") or account.data.get("app_secret") or "")
        if secret and not hmac.compare_digest(secret.encode(), str(given.get("client_secret", "")).encode()):
            raise graph.refuse("Error validating client secret.", 1)
    fresh = "EAA" + secrets.token_urlsafe(48)
    for account in held:
        store.add_token(account.platform, account.id, "access", fresh, time.time() + LONG_TOKEN_SECONDS)
    return graph.ok({"access_token": fresh, "token_type": "bearer", "expires_in": LONG_TOKEN_SECONDS})


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
