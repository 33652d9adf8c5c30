"""api.x.com: which call a request is, its limits, and who may ask."""

import time
from collections.abc import Callable

from sandbox import limits, x_acts, x_reads
from sandbox.orders import Fault
from sandbox.store import Account, Store
from sandbox.wire import Answer, Asked, RefusedError
from sandbox.x_shape import forbidden, problem

PREFIX = "/api.x.com"
WINDOW = 900

# Calls per user in 15 minutes.
LIMITS = {
    "list_posts": 900,
    "list_comments": 300,
    "list_mentions": 300,
    "get_post": 900,
    "get_comment": 900,
    "get_author": 900,
    "reply": 100,
    "hide": 50,
    "unhide": 50,
}

Handler = Callable[[Store, Asked, Account], Answer]


def _rate_headers(limit: int, remaining: int, reset_at: float) -> dict[str, str]:
    names = ("x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset")
    return dict(zip(names, (str(limit), str(max(0, remaining)), str(int(reset_at))), strict=True))


def _throttled(limit: int, reset_at: float) -> Answer:
    answer = problem("Too Many Requests", "Too Many Requests", 429, "https://api.x.com/2/problems/rate-limit-exceeded")
    answer.headers.update(_rate_headers(limit, 0, reset_at))
    return answer


def _account(store: Store, asked: Asked) -> Account:
    held = [(who, expired) for who, expired in store.holders(asked.bearer() or "") if who.platform == "x"]
    if not held or held[0][1]:
        raise RefusedError(unauthorized())
    return held[0][0]


def unauthorized() -> Answer:
    """The token is wrong or worn out: X tells neither apart."""
    return problem("Unauthorized", "Unauthorized", 401, "about:blank")


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The named call of a request; the call is empty when it is none that is served."""
    parts = asked.path.strip("/").split("/")
    match (asked.method, *parts):
        case ("POST", "2", "oauth2", "token"):
            call = "token"
        case ("GET", "2", "tweets", "search", "recent"):
            call = "list_comments"
        case ("GET", "2", "users", _, "mentions"):
            call = "list_mentions"
        case ("GET", "2", "users", _, "tweets"):
            call = "list_posts"
        case ("GET", "2", "users") | ("GET", "2", "users", _) | ("GET", "2", "users", "by", "username", _):
            call = "get_author"
        case ("GET", "2", "tweets") | ("GET", "2", "tweets", _):
            wanted = asked.query["ids"].split(",") if "ids" in asked.query else parts[2:]
            found = [store.item("x", named) for named in wanted[:100]]
            call = "get_post" if found and all(item and item.kind == "post" for item in found) else "get_comment"
        case ("POST", "2", "tweets") if "reply" in asked.body:
            call = "reply"
        case ("PUT", "2", "tweets", _, "hidden"):
            call = "unhide" if asked.body.get("hidden") is False else "hide"
        case _:
            call = ""
    return "x", call


HANDLERS: dict[str, Handler] = {
    "list_posts": x_reads.list_posts,
    "list_comments": x_reads.search,
    "list_mentions": x_reads.list_mentions,
    "get_post": x_reads.get_posts,
    "get_comment": x_reads.get_posts,
    "get_author": x_reads.get_users,
    "reply": x_acts.reply,
    "hide": x_acts.hide,
    "unhide": x_acts.hide,
}


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Carries a request out; raises RefusedError with X's own problem."""
    if call == "token":
        return x_acts.token(store, asked)
    account = _account(store, asked)
    if not call:
        raise RefusedError(problem("Not Found", "Not Found", 404, "about:blank"))
    spent = limits.spend(store, account, call, default=LIMITS[call], window_end=lambda now: now + WINDOW, shared=False)
    if spent.passed:
        raise RefusedError(_throttled(spent.limit, spent.reset_at))
    rate = _rate_headers(spent.limit, spent.limit - spent.used, spent.reset_at)
    try:
        if call in ("list_posts", "list_mentions") and asked.path.split("/")[3] != account.id:
            raise forbidden("The stand-in knows the timelines of our own accounts only.")
        made = HANDLERS[call](store, asked, account)
    except RefusedError as refusal:
        refusal.answer.headers.update(rate)
        raise
    made.headers.update(rate)
    return made


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """X's own way to fail, for a fault ordered as 429, 500 or expired_token."""
    if fault.fault == "expired_token":
        return unauthorized()
    if fault.fault == "500":
        kind = "https://api.x.com/2/problems/internal-error"
        return problem("Internal Server Error", "Internal Server Error", 500, kind)
    _, call = identify(store, asked)
    return _throttled(LIMITS.get(call, 300), time.time() + (fault.reset or WINDOW))
