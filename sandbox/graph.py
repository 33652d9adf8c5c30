"""What Facebook and Instagram share on graph.facebook.com: fields, edges, cursors, tokens, usage headers, errors."""

import hashlib
import hmac
import json
import math
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sandbox import limits
from sandbox.store import Account, Item, Store
from sandbox.wire import JSON, Answer, Asked, RefusedError, open_cursor, seal_cursor, spell_time, to_bytes, whole

PREFIX = "/graph.facebook.com/v26.0"
DAY = 86_400
# 4,800 calls per engaged user in 24 hours, for a page with fifty of them.
CALLS_A_DAY = 240_000


@dataclass(frozen=True)
class Field:
    """One entry of `fields=`: a name, its `.modifier(value)`s and its `{inner}` fields."""

    name: str
    modifiers: dict[str, str] = field(default_factory=dict)
    inner: "tuple[Field, ...] | None" = None


@dataclass(frozen=True)
class Graph:
    """One request to the graph, on behalf of one of our accounts."""

    store: Store
    asked: Asked
    account: Account
    token: str

    def param(self, name: str) -> str | None:
        """A parameter, which Graph takes from the body or the query alike; booleans in their JSON spelling."""
        value = self.asked.body.get(name, self.asked.query.get(name))
        return None if value is None else value if isinstance(value, str) else json.dumps(value)


def error(message: str, code: int, *, status: int = 400, kind: str = "OAuthException", **more: object) -> Answer:
    """Meta's error envelope; `more` adds error_subcode, is_transient and the two user texts."""
    body = {"message": message, "type": kind, "code": code, **more, "fbtrace_id": "A" + secrets.token_urlsafe(16)}
    return Answer(status, to_bytes({"error": body}, escape_all=True), {"content-type": JSON})


def refuse(message: str, code: int, **more: Any) -> RefusedError:
    """The same, to be raised."""
    return RefusedError(error(message, code, **more))


def gone(method: str, named: str) -> RefusedError:
    """The one answer for what does not exist, was deleted, or belongs to somebody else."""
    said = (
        f"Unsupported {method.lower()} request. Object with ID '{named}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation"
    )
    return refuse(said, 100, kind="GraphMethodException", error_subcode=33)


def ok(body: object) -> Answer:
    """A body as Graph sends it."""
    return Answer(200, to_bytes(body, escape_all=True), {"content-type": JSON})


def token_of(asked: Asked) -> str:
    """The token of a request, wherever Graph takes one; empty where there is none."""
    return asked.bearer() or str(asked.query.get("access_token") or asked.body.get("access_token") or "")


def authenticate(store: Store, asked: Asked, account: Account) -> str:
    """The token, if it opens `account` and its proof holds; else raises Meta's own refusal."""
    token = token_of(asked)
    if not token:
        raise refuse("An access token is required to request this resource.", 104)
    held = store.holders(token)
    if not held:
        raise refuse("Invalid OAuth access token - Cannot parse access token", 190)
    mine = [expired for holder, expired in held if (holder.platform, holder.id) == (account.platform, account.id)]
    if not mine:
        raise gone(asked.method, asked.path.strip("/").split("/")[0])
    if mine[0]:
        raise RefusedError(expired_token())
    secret = _secret_behind(store, token) or account.data.get("app_secret")
    if secret:
        _check_proof(asked, token, str(secret))
    return token


def _secret_behind(store: Store, token: str) -> str:
    """The secret of the app that a granted token was given to; empty for a token that the control API put."""
    sql = "SELECT client_secret FROM granted JOIN apps USING (client_id) WHERE token = ?"
    found = store.rows(sql, (token,))
    return str(found[0]["client_secret"]) if found else ""


def _check_proof(asked: Asked, token: str, secret: str) -> None:
    proof = asked.query.get("appsecret_proof") or asked.body.get("appsecret_proof")
    if not proof:
        raise refuse("API calls from the server require an appsecret_proof argument", 100, kind="GraphMethodException")
    true = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(true.encode(), str(proof).encode()):
        raise refuse("Invalid appsecret_proof provided in the API argument", 100, kind="GraphMethodException")


def expired_token() -> Answer:
    """The token was good once."""
    said = "Error validating access token: Session has expired. The session is no longer valid."
    return error(said, 190, error_subcode=463)


def usage_header(account: Account, percent: int, minutes: int) -> dict[str, str]:
    """The business use case header, in percent; it stands on every answer."""
    kind = "pages" if account.platform == "facebook" else "instagram"
    usage = {"type": kind, "call_count": percent, "total_cputime": percent // 4, "total_time": percent // 4}
    usage["estimated_time_to_regain_access"] = minutes
    return {"x-business-use-case-usage": json.dumps({account.id: [usage]})}


def throttled(account: Account, seconds: int) -> Answer:
    """The use case's limit is reached: 80001 for a Page, 80002 for an Instagram account."""
    minutes = math.ceil(seconds / 60)
    what, code = ("Page", 80001) if account.platform == "facebook" else ("Instagram", 80002)
    said = f"(#{code}) There have been too many calls to this {what} account. Wait a bit and try again."
    answer = error(said, code)
    answer.headers.update(usage_header(account, 100, minutes))
    return answer


def count_call(store: Store, account: Account, call: str) -> dict[str, str]:
    """Counts a call; returns the header for its answer or raises the refusal."""
    spent = limits.spend(store, account, call, default=CALLS_A_DAY, window_end=lambda now: now + DAY)
    if spent.passed:
        raise RefusedError(throttled(account, spent.seconds_left))
    return usage_header(account, spent.percent, 0)


# Fields and nodes


NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
MODIFIER = re.compile(r"\.([a-z_]+)\(([^()]*)\)")


def parse_fields(raw: str) -> tuple[Field, ...]:
    """Reads `fields=`, as in `id,from{id,name},comments.limit(0).summary(true)`; raises a syntax error like Graph's."""
    fields, end = _parse_list(raw, 0)
    if end != len(raw):
        raise _syntax_error(raw, end)
    return fields


def _syntax_error(raw: str, at: int) -> RefusedError:
    return refuse(f'Syntax error "Expected end of string instead of "{raw[at : at + 1]}"." at character {at}', 2500)


def _parse_list(raw: str, at: int) -> tuple[tuple[Field, ...], int]:
    fields: list[Field] = []
    while True:
        found = NAME.match(raw, at)
        if not found:
            raise _syntax_error(raw, at)
        name, at, modifiers, inner = found.group(), found.end(), {}, None
        while found := MODIFIER.match(raw, at):
            modifiers[found.group(1)] = found.group(2)
            at = found.end()
        if raw[at : at + 1] == "{":
            inner, at = _parse_list(raw, at + 1)
            if raw[at : at + 1] != "}":
                raise _syntax_error(raw, at)
            at += 1
        fields.append(Field(name, modifiers, inner))
        if raw[at : at + 1] != ",":
            return tuple(fields), at
        at += 1


Value = Callable[[Graph, Any, Field], Any]


@dataclass(frozen=True)
class Node:
    """A kind of object: every field the specification knows, those shown unasked, and how the served ones are found.

    A known field without a value is left out of the answer, as Graph does; an unknown one is an error.
    """

    name: str
    known: frozenset[str]
    default: tuple[str, ...]
    values: dict[str, Value]

    def show(self, graph: Graph, thing: Any, wanted: Sequence[Field] | None) -> dict[str, Any]:
        """The asked fields of a thing, and its id always."""
        shown: dict[str, Any] = {}
        for one in wanted if wanted is not None else [Field(name) for name in self.default]:
            if one.name not in self.known and one.name not in self.values:
                said = f"(#100) Tried accessing nonexistent field ({one.name}) on node type ({self.name})"
                raise refuse(said, 100)
            value = self.values[one.name](graph, thing, one) if one.name in self.values else None
            if value is not None:
                shown[one.name] = value
        shown["id"] = self.values["id"](graph, thing, Field("id"))
        return shown


def own(name: str) -> Value:
    """A field that is an attribute of the thing itself, left out when empty."""

    def value(_g: Graph, thing: Any, _one: Field) -> Any:
        return getattr(thing, name)

    return value


def always(what: object) -> Value:
    """A field that is the same for everything."""

    def value(_g: Graph, _thing: Any, _one: Field) -> object:
        return what

    return value


def at_time(name: str) -> Value:
    """A field that is a time of the thing, in Meta's spelling."""

    def value(_g: Graph, thing: Any, _one: Field) -> str | None:
        return spell_time(getattr(thing, name), "meta")

    return value


def counted(platform: str, **where: str) -> Value:
    """A field that counts items: a column must be equal to an attribute of the thing, or to a kind of item."""

    def value(g: Graph, thing: Any, _one: Field) -> int:
        return g.store.count(platform, {name: getattr(thing, source, source) for name, source in where.items()})

    return value


def pick(value: dict[str, Any], one: Field) -> dict[str, Any]:
    """The inner fields of a plain object such as `from{id,name}`; all of it when none are named, the id always."""
    if one.inner is None:
        return value
    names = {"id", *(inner.name for inner in one.inner)}
    return {name: part for name, part in value.items() if name in names}


def wanted_fields(graph: Graph) -> tuple[Field, ...] | None:
    """The fields of the request itself, or None for the defaults."""
    raw = graph.param("fields")
    return parse_fields(raw) if raw else None


# Edges

Fetch = Callable[[int, tuple[int, int] | None, bool], list[Item]]
"""Items of an edge: how many, beyond which place, and whether in the edge's order or backwards."""


@dataclass(frozen=True)
class Window:
    """The paging parameters of an edge, from the query or from an edge's modifiers."""

    limit: int
    after: str | None
    before: str | None


def window(graph: Graph, given: dict[str, str] | None, *, default: int, most: int) -> Window:
    """Reads limit, after and before; Graph cuts a limit that is too high and refuses one that is no number."""
    source = graph.asked.query if given is None else given
    limit = whole(source.get("limit"), default)
    if limit is None or limit < 0:
        raise refuse("(#100) Param limit must be a non-negative integer", 100)
    return Window(min(limit, most), source.get("after"), source.get("before"))


def _place(token: str | None) -> tuple[int, int] | None:
    if token is None:
        return None
    parts = open_cursor(token)
    if not parts or len(parts) != 2 or not all(isinstance(part, int) for part in parts):
        raise refuse("Invalid cursors values: after/before", 100)
    return parts[0], parts[1]


def edge(
    graph: Graph,
    path: str,
    view: Window,
    fetch: Fetch,
    show: Callable[[Item], dict[str, Any]],
    *,
    one: Field | None = None,
) -> dict[str, Any]:
    """One page of an edge with its cursors; `next` and `previous` only where there is more.

    `one` is the field when the edge is asked for inside another node: its links then carry its own fields.
    """
    if view.limit == 0:
        return {"data": []}
    backwards = view.before is not None and view.after is None
    found = fetch(view.limit + 1, _place(view.before if backwards else view.after), backwards)
    more, items = len(found) > view.limit, found[: view.limit]
    if backwards:
        items.reverse()
    page: dict[str, Any] = {"data": [show(item) for item in items]}
    if not items:
        return page
    first, last = (seal_cursor(item.rank, item.seq) for item in (items[0], items[-1]))
    page["paging"] = {"cursors": {"before": first, "after": last}}
    if more or backwards:
        page["paging"]["next"] = _link(graph, path, view.limit, "after", last, one)
    if (more and backwards) or view.after is not None:
        page["paging"]["previous"] = _link(graph, path, view.limit, "before", first, one)
    return page


def _link(graph: Graph, path: str, limit: int, way: str, cursor: str, one: Field | None) -> str:
    kept = {"access_token": graph.token}
    if one is None:
        kept |= {k: v for k, v in graph.asked.query.items() if k not in ("after", "before", "limit", "access_token")}
    elif one.inner is not None:
        kept["fields"] = spell_fields(one.inner)
    return f"{graph.asked.origin}{PREFIX}/{path}?{urlencode(kept | {'limit': str(limit), way: cursor})}"


def spell_fields(fields: Sequence[Field]) -> str:
    """Fields back in the spelling of `fields=`."""
    said = []
    for one in fields:
        modifiers = "".join(f".{name}({value})" for name, value in one.modifiers.items())
        said.append(one.name + modifiers + ("" if one.inner is None else f"{{{spell_fields(one.inner)}}}"))
    return ",".join(said)
