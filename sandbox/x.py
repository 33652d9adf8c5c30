"""X: our posts, replies found by the recent search, mentions, users, replying and hiding."""

import hmac
import itertools
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from sandbox import ids, limits, x_query
from sandbox.store import Account, Fault, Item, Store
from sandbox.wire import (
    Answer,
    Asked,
    Refusal,
    moment,
    open_cursor,
    seal_cursor,
    to_bytes,
    whole,
)
from sandbox.x_shape import Shape, problem, refuse_value, shape_users

PREFIX = "/api.x.com"
WINDOW = 900
SEARCH_DAYS = 7
ACCESS_SECONDS = 7_200
SCAN = 500
SCOPE = "tweet.read tweet.write tweet.moderate.write users.read offline.access"

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
READ = {
    "tweet.fields",
    "post.fields",
    "expansions",
    "user.fields",
    "media.fields",
    "poll.fields",
    "place.fields",
}
PAGED = READ | {
    "max_results",
    "start_time",
    "end_time",
    "since_id",
    "until_id",
    "pagination_token",
}
USERS = {"tweet.fields", "post.fields", "expansions", "user.fields"}

Handler = Callable[[Store, Asked, Account], Answer]


def ok(body: object, status: int = 200) -> Answer:
    return Answer(status, to_bytes(body), {"content-type": "application/json; charset=utf-8"})


def _known(asked: Asked, names: set[str]) -> None:
    for name in asked.query:
        if name not in names:
            said = f"The query parameter [{name}] is not one of [{','.join(sorted(names))}]"
            raise refuse_value(name, asked.query[name], said)


def _between(asked: Asked, name: str, default: int, least: int, most: int) -> int:
    value = whole(asked.query.get(name), default)
    if value is None or not least <= value <= most:
        said = f"The `{name}` query parameter value [{asked.query[name]}] is not between {least} and {most}"
        raise refuse_value(name, asked.query[name], said)
    return value


def _id_list(asked: Asked) -> list[str]:
    wanted = [id for id in asked.query.get("ids", "").split(",") if id]
    if not wanted or len(wanted) > 100:
        raise refuse_value(
            "ids",
            asked.query.get("ids", ""),
            "The `ids` query parameter takes 1 to 100 ids",
        )
    for id in wanted:
        _check_id(id, "ids")
    return wanted


def _check_id(id: str, name: str = "id") -> str:
    if not (id.isascii() and id.isdigit() and len(id) <= 19):
        raise refuse_value(
            name,
            id,
            f"The `{name}` query parameter value [{id}] does not match ^[0-9]{{1,19}}$",
        )
    return id


# Pages of posts


def _bounds(asked: Asked) -> tuple[int, int]:
    """The lowest and highest id that a page may hold, from the ids and times asked for and the page's token."""
    low, high = 0, 2**63 - 1
    query = asked.query
    if query.get("since_id"):
        low = max(low, int(_check_id(query["since_id"], "since_id")) + 1)
    if query.get("until_id"):
        high = min(high, int(_check_id(query["until_id"], "until_id")) - 1)
    for name in ("start_time", "end_time"):
        at = moment(query.get(name))
        if query.get(name) and at is None:
            raise refuse_value(
                name,
                query[name],
                f"The `{name}` query parameter value [{query[name]}] is not a date-time",
            )
        if at is not None:
            low, high = (
                (max(low, ids.snowflake(at)), high) if name == "start_time" else (low, min(high, ids.snowflake(at) - 1))
            )
    token = query.get("next_token") or query.get("pagination_token")
    if token:
        parts = open_cursor(token)
        if not parts or not isinstance(parts[0], int):
            raise refuse_value(
                "pagination_token",
                token,
                "The `pagination_token` query parameter value is not valid",
            )
        high = min(high, parts[0] - 1)
    return low, high


def _newest(store: Store, low: int, high: int, where: dict[str, object]) -> Iterator[Item]:
    """Items from the newest down, read in portions: a search may have to look at many to fill a page."""
    beyond: tuple[int, int] | None = (high, 2**62)
    while beyond:
        found = store.page("x", where, limit=SCAN, beyond=beyond, extra="AND rank >= ?", values=(low,))
        yield from found
        beyond = (found[-1].rank, found[-1].seq) if len(found) == SCAN else None


def _page(store: Store, asked: Asked, account: Account, items: Iterator[Item], limit: int) -> Answer:
    """One page; `data` is absent when there is nothing, and the token is there only when there is more."""
    found = list(itertools.islice(items, limit + 1))
    shown = found[:limit]
    shape = Shape(store, asked, account)
    body: dict[str, Any] = shape.many(shown) if shown else {}
    meta: dict[str, Any] = {"result_count": len(shown)}
    if shown:
        meta |= {"newest_id": shown[0].id, "oldest_id": shown[-1].id}
    if len(found) > limit:
        meta["next_token"] = seal_cursor(shown[-1].rank)
    return ok(body | {"meta": meta})


def list_posts(store: Store, asked: Asked, account: Account) -> Answer:
    _known(asked, PAGED | {"exclude"})
    left_out = set(asked.query.get("exclude", "").split(","))
    where: dict[str, object] = {"account": account.id, "ours": 1}
    if "replies" in left_out:
        where["kind"] = "post"
    limit = _between(asked, "max_results", 10, 5, 100)
    return _page(store, asked, account, _newest(store, *_bounds(asked), where), limit)


def list_mentions(store: Store, asked: Asked, account: Account) -> Answer:
    """Posts that name us. Whether replies without a name in their text belong here is undocumented: here they do not."""
    _known(asked, PAGED)
    limit = _between(asked, "max_results", 10, 5, 100)
    named = f"@{account.handle.lower()}"
    found = _newest(store, *_bounds(asked), {"account": account.id, "ours": 0})
    mentions = (item for item in found if item.kind == "mention" or (account.handle and named in item.text.lower()))
    return _page(store, asked, account, mentions, limit)


def search(store: Store, asked: Asked, account: Account) -> Answer:
    """The recent search: seven days back and no further, queries of at most 512 characters."""
    _known(asked, PAGED | {"query", "next_token", "sort_order"})
    query = asked.query.get("query", "")
    try:
        test = x_query.parse(query)
    except x_query.Malformed as fault:
        raise refuse_value("query", query, str(fault)) from fault
    limit = _between(asked, "max_results", 10, 10, 100)
    oldest = time.time() - SEARCH_DAYS * 86_400
    _refuse_before(asked, oldest)
    low, high = _bounds(asked)
    found = _newest(store, max(low, ids.snowflake(oldest)), high, {})
    shape = Shape(store, asked, account)
    return _page(
        store,
        asked,
        account,
        (item for item in found if test(shape.found(item))),
        limit,
    )


def _refuse_before(asked: Asked, oldest: float) -> None:
    since, start = asked.query.get("since_id"), moment(asked.query.get("start_time"))
    day = datetime.fromtimestamp(oldest, UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
    if since and int(_check_id(since, "since_id")) < ids.snowflake(oldest):
        raise refuse_value("since_id", since, f"'since_id' must be a tweet id created after [{day}]")
    # A minute of grace: a client that asks for exactly seven days back sends its request a moment later.
    if start is not None and start < oldest - 60:
        raise refuse_value(
            "start_time",
            asked.query["start_time"],
            f"'start_time' must be on or after {day}",
        )


def get_posts(store: Store, asked: Asked, account: Account) -> Answer:
    """Posts by id, of ours or of anybody; the missing ones stand in `errors`, with status 200."""
    one = asked.path.rpartition("/")[2]
    single = one != "tweets"
    _known(asked, READ if single else READ | {"ids"})
    wanted = [_check_id(one)] if single else _id_list(asked)
    found = {id: store.item("x", id) for id in dict.fromkeys(wanted)}
    shown = [item for item in found.values() if item]
    body: dict[str, Any] = Shape(store, asked, account).many(shown) if shown else {}
    if single and shown:
        body["data"] = body["data"][0]
    name = "id" if single else "ids"
    errors = [_missing("tweet", name, id) for id, item in found.items() if item is None]
    return ok(body | ({"errors": errors} if errors else {}))


def _missing(kind: str, parameter: str, id: str) -> dict[str, Any]:
    return {
        "value": id,
        "detail": f"Could not find {kind} with {parameter}: [{id}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": id,
        "type": "https://api.x.com/2/problems/resource-not-found",
    }


def get_users(store: Store, asked: Asked, account: Account) -> Answer:
    """Users by id, by user name, or ourselves."""
    last = asked.path.rpartition("/")[2]
    single = last != "users"
    _known(asked, USERS if single else USERS | {"ids"})
    if asked.path.startswith("/2/users/by/username/"):
        known = [who for who in map(Account.as_author, store.accounts("x")) if who["handle"].lower() == last.lower()]
        found: dict[str, dict[str, Any] | None] = {last: known[0] if known else None}
        name = "username"
    else:
        wanted = [account.id if last == "me" else _check_id(last)] if single else _id_list(asked)
        found, name = (
            {id: user_of(store, id) for id in wanted},
            "id" if single else "ids",
        )
    shown = shape_users(asked, [who for who in found.values() if who])
    errors = [_missing("user", name, id) for id, who in found.items() if who is None]
    body: dict[str, Any] = {"data": shown[0] if single else shown} if shown else {}
    return ok(body | ({"errors": errors} if errors else {}))


def user_of(store: Store, id: str) -> dict[str, Any] | None:
    ours = store.account("x", id)
    return ours.as_author() if ours else store.author("x", id)


# Acts


def reply(store: Store, asked: Asked, account: Account) -> Answer:
    """Answers a post. Self-serve tiers may only where the post's author summoned us; nobody may say the same twice."""
    text, to = asked.body.get("text"), asked.body.get("reply")
    if set(asked.body) - {"text", "reply"} or not isinstance(to, dict):
        raise refuse_value(
            "body",
            "",
            "The request body has a property that is not defined in the schema",
        )
    if set(to) - {
        "in_reply_to_tweet_id",
        "exclude_reply_user_ids",
        "auto_populate_reply_metadata",
    }:
        raise refuse_value("reply", "", "reply has a property that is not defined in the schema")
    if not isinstance(text, str) or not text:
        raise refuse_value("text", "", "Requires either text, or media ids in the request body")
    parent = store.item("x", _check_id(str(to.get("in_reply_to_tweet_id", "")), "in_reply_to_tweet_id"))
    if parent is None:
        raise _forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
    named = f"@{account.handle.lower()}" in parent.text.lower()
    if account.data.get("tier", "enterprise") == "self-serve" and not named:
        raise _forbidden(
            "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the "
            "author of the post you are replying to."
        )
    siblings = store.page("x", {"parent": parent.id, "account": account.id, "ours": 1}, limit=SCAN)
    if any(item.text == text for item in siblings):
        raise _forbidden("You are not allowed to create a Tweet with duplicate content.")
    id = store.add_item(
        "x",
        "comment",
        account.id,
        text=text,
        author=account.as_author(),
        post=parent.post or parent.id,
        parent=parent.id,
        ours=True,
        created_at=datetime.now(UTC).isoformat(),
    )
    history = Shape(store, asked, account).history
    return ok({"data": {"id": id, "text": text, history: [id]}}, 201)


def _forbidden(detail: str) -> Refusal:
    return Refusal(problem("Forbidden", detail, 403, "about:blank"))


def hide(store: Store, asked: Asked, account: Account) -> Answer:
    """Hides a reply or shows it again, in conversations that we started and nowhere else."""
    id = _check_id(asked.path.split("/")[3], "tweet_id")
    hidden = asked.body.get("hidden")
    if set(asked.body) != {"hidden"} or not isinstance(hidden, bool):
        raise refuse_value("hidden", "", "$.hidden: is missing but it is required")
    item = store.item("x", id)
    if item is None:
        raise Refusal(
            Answer(
                404,
                to_bytes(_missing("tweet", "tweet_id", id) | {"status": 404}),
                {"content-type": PROBLEM},
            )
        )
    root = store.item("x", item.post or item.id)
    if item.kind == "post" or root is None or root.account != account.id or not root.ours:
        raise _forbidden("You are not permitted to perform this action.")
    store.set_item("x", id, hidden=hidden)
    return ok({"data": {"hidden": hidden}})


PROBLEM = "application/problem+json"


# Tokens and limits


def token(store: Store, asked: Asked) -> Answer:
    """Refreshes: a refresh token is good once, and the answer holds the next one."""
    given = asked.body
    held = store.holders(str(given.get("refresh_token", "")), "refresh")
    named = asked.basic() or (str(given.get("client_id", "")), "")
    if given.get("grant_type") != "refresh_token" or not held:
        return _oauth_error(400, "invalid_request", "Value passed for the token was invalid.")
    account = held[0][0]
    client, secret = (str(account.data.get(name) or "") for name in ("client_id", "client_secret"))
    good = hmac.compare_digest(f"{client}:{secret}".encode(), ":".join(named).encode())
    if (client or secret) and not good:
        return _oauth_error(401, "unauthorized_client", "Missing valid authorization header")
    access, refresh = secrets.token_urlsafe(64), secrets.token_urlsafe(64)
    store.drop_token(str(given["refresh_token"]), "refresh")
    store.add_token("x", account.id, "access", access, time.time() + ACCESS_SECONDS)
    store.add_token("x", account.id, "refresh", refresh, None)
    life = {"token_type": "bearer", "expires_in": ACCESS_SECONDS, "scope": SCOPE}
    return ok(life | {"access_token": access, "refresh_token": refresh})


def _oauth_error(status: int, error: str, said: str) -> Answer:
    return Answer(
        status,
        to_bytes({"error": error, "error_description": said}),
        {"content-type": "application/json"},
    )


def _rate_headers(limit: int, remaining: int, reset_at: float) -> dict[str, str]:
    names = ("x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset")
    return dict(zip(names, (str(limit), str(max(0, remaining)), str(int(reset_at))), strict=True))


def _throttled(limit: int, reset_at: float) -> Answer:
    answer = problem(
        "Too Many Requests",
        "Too Many Requests",
        429,
        "https://api.x.com/2/problems/rate-limit-exceeded",
    )
    answer.headers.update(_rate_headers(limit, 0, reset_at))
    return answer


def _account(store: Store, asked: Asked) -> Account:
    held = [(who, expired) for who, expired in store.holders(asked.bearer() or "") if who.platform == "x"]
    if not held or held[0][1]:
        raise Refusal(unauthorized())
    return held[0][0]


def unauthorized() -> Answer:
    return problem("Unauthorized", "Unauthorized", 401, "about:blank")


# Requests


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
            found = [store.item("x", id) for id in wanted[:100]]
            call = "get_post" if found and all(item and item.kind == "post" for item in found) else "get_comment"
        case ("POST", "2", "tweets") if "reply" in asked.body:
            call = "reply"
        case ("PUT", "2", "tweets", _, "hidden"):
            call = "unhide" if asked.body.get("hidden") is False else "hide"
        case _:
            call = ""
    return "x", call


HANDLERS: dict[str, Handler] = {
    "list_posts": list_posts,
    "list_comments": search,
    "list_mentions": list_mentions,
    "get_post": get_posts,
    "get_comment": get_posts,
    "get_author": get_users,
    "reply": reply,
    "hide": hide,
    "unhide": hide,
}


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Carries a request out; raises Refusal with X's own problem."""
    if call == "token":
        return token(store, asked)
    account = _account(store, asked)
    if not call:
        raise Refusal(problem("Not Found", "Not Found", 404, "about:blank"))
    spent = limits.spend(
        store,
        account,
        call,
        default=LIMITS[call],
        window_end=lambda now: now + WINDOW,
        shared=False,
    )
    if spent.passed:
        raise Refusal(_throttled(spent.limit, spent.reset_at))
    rate = _rate_headers(spent.limit, spent.limit - spent.used, spent.reset_at)
    try:
        if call in ("list_posts", "list_mentions") and asked.path.split("/")[3] != account.id:
            raise _forbidden("The stand-in knows the timelines of our own accounts only.")
        made = HANDLERS[call](store, asked, account)
    except Refusal as refusal:
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
