"""api.x.com: which call a request is, its limits, and who may ask."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sandbox import authorizing, limits, x_acts, x_authorizing, x_media, x_messages, x_reads, x_webhooks
from sandbox.orders import Fault
from sandbox.store import Account, Store
from sandbox.wire import Answer, Asked, RefusedError
from sandbox.x_shape import forbidden, problem

PREFIX = "/api.x.com"
WINDOW = 900

Handler = Callable[[Store, Asked, Account], Answer]


@dataclass(frozen=True)
class Call:
    """What answers a call, how often a user may ask in 15 minutes, and the scope without which a token may not.

    `app`: asked with the application's own token.
    """

    handler: Handler
    limit: int
    scope: str = ""
    app: bool = False


# Limits that facts.md does not name are from memory.
CALLS: dict[str, Call] = {
    "list_posts": Call(x_reads.list_posts, 900, "tweet.read"),
    "list_comments": Call(x_reads.search, 300, "tweet.read"),
    "list_mentions": Call(x_reads.list_mentions, 300, "tweet.read"),
    "get_post": Call(x_reads.get_posts, 900, "tweet.read"),
    "get_comment": Call(x_reads.get_posts, 900, "tweet.read"),
    "get_author": Call(x_reads.get_users, 900, "users.read"),
    "reply": Call(x_acts.reply, 100, "tweet.write"),
    "publish": Call(x_acts.publish, 100, "tweet.write"),
    "delete": Call(x_acts.delete, 50, "tweet.write"),
    "hide": Call(x_acts.hide, 50, "tweet.moderate.write"),
    "unhide": Call(x_acts.hide, 50, "tweet.moderate.write"),
    "ban": Call(x_acts.block, 50, "block.write"),
    "unban": Call(x_acts.unblock, 50, "block.write"),
    "list_bans": Call(x_acts.list_blocked, 15, "block.read"),
    "list_messages": Call(x_messages.list_events, 15, "dm.read"),
    "own_messages": Call(x_messages.list_events, 15, "dm.read"),
    "get_message": Call(x_messages.get_event, 15, "dm.read"),
    "message": Call(x_messages.send, 15, "dm.write"),
    "upload": Call(x_media.begin, 500, "media.write"),
    "append": Call(x_media.append, 5000, "media.write"),
    "finish": Call(x_media.finish, 500, "media.write"),
    "upload_status": Call(x_media.status, 1000, "media.write"),
    "describe": Call(x_media.describe, 500, "media.write"),
    "webhook": Call(x_webhooks.create, 450, app=True),
    "validate_webhook": Call(x_webhooks.validate, 450, app=True),
    "remove_webhook": Call(x_webhooks.remove, 450, app=True),
    "list_webhooks": Call(x_webhooks.list_all, 450, app=True),
    "replay": Call(x_webhooks.replay, 100, app=True),
    "subscribe": Call(x_webhooks.subscribe, 500, "tweet.read"),
    "list_subscriptions": Call(x_webhooks.list_subscriptions, 500, app=True),
    "move_subscription": Call(x_webhooks.move, 500, app=True),
    "unsubscribe": Call(x_webhooks.unsubscribe, 500, app=True),
}
OWN = ("list_posts", "list_mentions", "ban", "unban", "list_bans")  # their paths name us


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


def _app(store: Store, asked: Asked) -> Account:
    """The application itself, as who asks."""
    sql = "SELECT account FROM tokens WHERE platform = 'x' AND use = 'app' AND token = ?"
    found = store.rows(sql, (asked.bearer() or "",))
    if not found:
        raise RefusedError(unauthorized())
    return Account("x", found[0]["account"], {})


def unauthorized() -> Answer:
    """The token is wrong or worn out: X tells neither apart."""
    return problem("Unauthorized", "Unauthorized", 401, "about:blank")


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The named call of a request; the call is empty when it is none that is served."""
    parts = asked.path.strip("/").split("/")
    verb = (asked.method, *parts[1:]) if parts[0] == "2" else ("",)
    return "x", _of_posts(store, asked, verb) or _of_users(verb) or _of_messages(verb) or _of_files(
        verb
    ) or _of_the_app(verb)


def _of_posts(store: Store, asked: Asked, verb: tuple[str, ...]) -> str:
    match verb:
        case ("GET", "tweets", "search", "recent"):
            return "list_comments"
        case ("GET", "tweets") | ("GET", "tweets", _):
            wanted = asked.query["ids"].split(",") if "ids" in asked.query else list(verb[2:])
            found = [store.item("x", named) for named in wanted[:100]]
            return "get_post" if found and all(item and item.kind == "post" for item in found) else "get_comment"
        case ("POST", "tweets"):
            return "reply" if "reply" in asked.body else "publish"
        case ("DELETE", "tweets", _):
            return "delete"
        case ("PUT", "tweets", _, "hidden"):
            return "unhide" if asked.body.get("hidden") is False else "hide"
    return ""


def _of_users(verb: tuple[str, ...]) -> str:
    match verb:
        case ("GET", "users", _, "mentions"):
            return "list_mentions"
        case ("GET", "users", _, "tweets"):
            return "list_posts"
        case ("GET", "users", _, "blocking"):
            return "list_bans"
        case ("POST", "users", _, "blocking"):
            return "ban"
        case ("DELETE", "users", _, "blocking", _):
            return "unban"
        case ("GET", "users") | ("GET", "users", _) | ("GET", "users", "by", "username", _):
            return "get_author"
    return ""


def _of_messages(verb: tuple[str, ...]) -> str:
    match verb:
        case ("GET", "dm_events"):
            return "list_messages"
        case ("GET", "dm_events", _):
            return "get_message"
        case ("GET", "dm_conversations", "with", _, "dm_events"):
            return "own_messages"
        case ("POST", "dm_conversations", "with", _, "messages"):
            return "message"
    return ""


def _of_files(verb: tuple[str, ...]) -> str:
    match verb:
        case ("POST", "media", "upload", "initialize"):
            return "upload"
        case ("POST", "media", "upload", _, "append"):
            return "append"
        case ("POST", "media", "upload", _, "finalize"):
            return "finish"
        case ("GET", "media", "upload"):
            return "upload_status"
        case ("POST", "media", "metadata"):
            return "describe"
        case ("POST", "oauth2", "token" | "revoke"):
            return verb[2]
    return ""


def _of_the_app(verb: tuple[str, ...]) -> str:
    match verb:
        case ("POST", "webhooks"):
            return "webhook"
        case ("GET", "webhooks"):
            return "list_webhooks"
        case ("POST", "webhooks", "replay"):
            return "replay"
        case ("PUT", "webhooks", _):
            return "validate_webhook"
        case ("DELETE", "webhooks", _):
            return "remove_webhook"
        case ("POST", "activity", "subscriptions"):
            return "subscribe"
        case ("GET", "activity", "subscriptions"):
            return "list_subscriptions"
        case ("PUT", "activity", "subscriptions", _):
            return "move_subscription"
        case ("DELETE", "activity", "subscriptions", _):
            return "unsubscribe"
    return ""


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Carries a request out; raises RefusedError with X's own problem."""
    if call in ("token", "revoke"):
        return (x_authorizing.token if call == "token" else x_authorizing.revoke)(store, asked)
    served = CALLS.get(call)
    account = _app(store, asked) if served and served.app else _account(store, asked)
    if served is None:
        raise RefusedError(problem("Not Found", "Not Found", 404, "about:blank"))
    spent = limits.spend(store, account, call, default=served.limit, window_end=lambda now: now + WINDOW, shared=False)
    if spent.passed:
        raise RefusedError(_throttled(spent.limit, spent.reset_at))
    rate = _rate_headers(spent.limit, spent.limit - spent.used, spent.reset_at)
    try:
        _require(store, asked, account, call, served)
        made = served.handler(store, asked, account)
    except RefusedError as refusal:
        refusal.answer.headers.update(rate)
        raise
    made.headers.update(rate)
    return made


def _require(store: Store, asked: Asked, account: Account, call: str, served: Call) -> None:
    if call in OWN and asked.path.split("/")[3] != account.id:
        raise forbidden("The stand-in knows the timelines and lists of our own accounts only.")
    held = None if served.app else authorizing.granted(store, asked.bearer() or "")
    if held is not None and served.scope not in held:
        raise forbidden(f"The token lacks the scope {served.scope} that this endpoint requires.")


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """X's own way to fail, for a fault ordered as 429, 500 or expired_token."""
    if fault.fault == "expired_token":
        return unauthorized()
    if fault.fault == "500":
        kind = "https://api.x.com/2/problems/internal-error"
        return problem("Internal Server Error", "Internal Server Error", 500, kind)
    _, call = identify(store, asked)
    limit = CALLS[call].limit if call in CALLS else 300
    return _throttled(limit, time.time() + (fault.reset or WINDOW))
