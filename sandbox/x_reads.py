"""What X lets us read: our posts, replies found by the recent search, mentions, posts by id, users."""

import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sandbox import ids, x_query
from sandbox.store import Account, Item, Store
from sandbox.wire import Answer, Asked, moment, open_cursor, seal_cursor, whole
from sandbox.x_shape import Shape, check_id, missing, ok, refuse_value, shape_users

SEARCH_DAYS = 7
SCAN = 500
READ = {"tweet.fields", "post.fields", "expansions", "user.fields", "media.fields", "poll.fields", "place.fields"}
PAGED = READ | {"max_results", "start_time", "end_time", "since_id", "until_id", "pagination_token"}
USERS = {"tweet.fields", "post.fields", "expansions", "user.fields"}


def check_names(asked: Asked, names: set[str]) -> None:
    """Raises X's refusal for a parameter that the call does not have."""
    for name in asked.query:
        if name not in names:
            said = f"The query parameter [{name}] is not one of [{','.join(sorted(names))}]"
            raise refuse_value(name, asked.query[name], said)


def between(asked: Asked, name: str, default: int, least: int, most: int) -> int:
    """A number among the parameters; raises X's refusal for one out of bounds."""
    value = whole(asked.query.get(name), default)
    if value is None or not least <= value <= most:
        said = f"The `{name}` query parameter value [{asked.query[name]}] is not between {least} and {most}"
        raise refuse_value(name, asked.query[name], said)
    return value


def _id_list(asked: Asked) -> list[str]:
    wanted = [named for named in asked.query.get("ids", "").split(",") if named]
    if not wanted or len(wanted) > 100:
        raise refuse_value("ids", asked.query.get("ids", ""), "The `ids` query parameter takes 1 to 100 ids")
    return [check_id(named, "ids") for named in wanted]


# Pages of posts


def _bounds(asked: Asked) -> tuple[int, int]:
    """The lowest and highest id that a page may hold, from the ids and times asked for and the page's token."""
    query = asked.query
    lows, highs = [0], [2**63 - 1]
    if query.get("since_id"):
        lows.append(int(check_id(query["since_id"], "since_id")) + 1)
    if query.get("until_id"):
        highs.append(int(check_id(query["until_id"], "until_id")) - 1)
    if query.get("start_time"):
        lows.append(ids.snowflake(_moment(asked, "start_time")))
    if query.get("end_time"):
        highs.append(ids.snowflake(_moment(asked, "end_time")) - 1)
    token = query.get("next_token") or query.get("pagination_token")
    if token:
        parts = open_cursor(token)
        if not parts or not isinstance(parts[0], int):
            raise refuse_value("pagination_token", token, "The `pagination_token` query parameter value is not valid")
        highs.append(parts[0] - 1)
    return max(lows), min(highs)


def _moment(asked: Asked, name: str) -> float:
    at = moment(asked.query[name])
    if at is None:
        said = f"The `{name}` query parameter value [{asked.query[name]}] is not a date-time"
        raise refuse_value(name, asked.query[name], said)
    return at


def _newest(
    store: Store, low: int, high: int, where: dict[str, object], extra: str = "", values: tuple[object, ...] = ()
) -> Iterator[Item]:
    """What is public from the newest down, read in portions: a search may have to look at many to fill a page."""
    extra = f"AND kind != 'message' AND rank >= ? {extra}"
    beyond: tuple[int, int] | None = (high, 2**62)
    while beyond:
        found = store.page("x", where, limit=SCAN, beyond=beyond, extra=extra, values=(low, *values))
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
    """Our own posts, and our replies unless they are left out."""
    check_names(asked, PAGED | {"exclude"})
    left_out = set(asked.query.get("exclude", "").split(","))
    where: dict[str, object] = {"account": account.id, "ours": 1}
    if "replies" in left_out:
        where["kind"] = "post"
    limit = between(asked, "max_results", 10, 5, 100)
    return _page(store, asked, account, _newest(store, *_bounds(asked), where), limit)


def list_mentions(store: Store, asked: Asked, account: Account) -> Answer:
    """Posts that name us. Whether replies without our name in them belong here is undocumented: here they do not."""
    check_names(asked, PAGED)
    limit = between(asked, "max_results", 10, 5, 100)
    named = f"@{account.handle.lower()}"
    # The database leaves most of the others out; the text itself decides.
    likely, values = "AND (kind = 'mention' OR body LIKE ?)", (f"%{named}%",)
    found = _newest(store, *_bounds(asked), {"account": account.id, "ours": 0}, likely, values)
    mentions = (item for item in found if item.kind == "mention" or (account.handle and named in item.text.lower()))
    return _page(store, asked, account, mentions, limit)


def search(store: Store, asked: Asked, account: Account) -> Answer:
    """The recent search: seven days back and no further, queries of at most 512 characters."""
    check_names(asked, PAGED | {"query", "next_token", "sort_order"})
    query = asked.query.get("query", "")
    try:
        test = x_query.parse(query)
    except x_query.QueryError as fault:
        raise refuse_value("query", query, str(fault)) from fault
    limit = between(asked, "max_results", 10, 10, 100)
    oldest = time.time() - SEARCH_DAYS * 86_400
    _refuse_before(asked, oldest)
    low, high = _bounds(asked)
    found = _newest(store, max(low, ids.snowflake(oldest)), high, {})
    shape = Shape(store, asked, account)
    return _page(store, asked, account, (item for item in found if test(shape.found(item))), limit)


def _refuse_before(asked: Asked, oldest: float) -> None:
    since, start = asked.query.get("since_id"), moment(asked.query.get("start_time"))
    day = datetime.fromtimestamp(oldest, UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
    if since and int(check_id(since, "since_id")) < ids.snowflake(oldest):
        raise refuse_value("since_id", since, f"'since_id' must be a tweet id created after [{day}]")
    # A minute of grace: a client that asks for exactly seven days back sends its request a moment later.
    if start is not None and start < oldest - 60:
        raise refuse_value("start_time", asked.query["start_time"], f"'start_time' must be on or after {day}")


def get_posts(store: Store, asked: Asked, account: Account) -> Answer:
    """Posts by id, of ours or of anybody; the missing ones stand in `errors`, with status 200."""
    one = asked.path.rpartition("/")[2]
    single = one != "tweets"
    check_names(asked, READ if single else READ | {"ids"})
    wanted = [check_id(one)] if single else _id_list(asked)
    found = {named: store.item("x", named) for named in dict.fromkeys(wanted)}
    found = {named: None if item and item.kind == "message" else item for named, item in found.items()}
    shown = [item for item in found.values() if item]
    body: dict[str, Any] = Shape(store, asked, account).many(shown) if shown else {}
    if single and shown:
        body["data"] = body["data"][0]
    name = "id" if single else "ids"
    errors = [missing("tweet", name, named) for named, item in found.items() if item is None]
    return ok(body | ({"errors": errors} if errors else {}))


def get_users(store: Store, asked: Asked, account: Account) -> Answer:
    """Users by id, by user name, or ourselves."""
    last = asked.path.rpartition("/")[2]
    single = last != "users"
    check_names(asked, USERS if single else USERS | {"ids"})
    if asked.path.startswith("/2/users/by/username/"):
        known = [who for who in map(Account.as_author, store.accounts("x")) if who["handle"].lower() == last.lower()]
        found: dict[str, dict[str, Any] | None] = {last: known[0] if known else None}
        name = "username"
    else:
        wanted = [account.id if last == "me" else check_id(last)] if single else _id_list(asked)
        found, name = ({named: user_of(store, named) for named in wanted}, "id" if single else "ids")
    old = account.data.get("spelling", "post") == "tweet"
    shown = shape_users(asked, [who for who in found.values() if who], old=old)
    errors = [missing("user", name, named) for named, who in found.items() if who is None]
    body: dict[str, Any] = {"data": shown[0] if single else shown} if shown else {}
    return ok(body | ({"errors": errors} if errors else {}))


def user_of(store: Store, user_id: str) -> dict[str, Any] | None:
    """One of our accounts with its profile, or somebody who wrote."""
    ours = store.account("x", user_id)
    return _profile(store, ours) if ours else store.author("x", user_id)


def _profile(store: Store, ours: Account) -> dict[str, Any]:
    told = {name: ours.data[name] for name in ("description", "url", "followers") if name in ours.data}
    return ours.as_author() | told | {"posts": store.count("x", {"account": ours.id, "kind": "post"})}


def bounded(asked: Asked) -> int:
    """Where a page of a list begins that is neither posts nor messages, by its token."""
    token = asked.query.get("pagination_token")
    if not token:
        return 0
    parts = open_cursor(token)
    if not parts or len(parts) != 2 or not isinstance(parts[1], int):
        raise refuse_value("pagination_token", token, "The `pagination_token` query parameter value is not valid")
    return parts[1]
