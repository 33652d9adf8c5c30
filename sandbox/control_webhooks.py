"""/_sandbox/: what deliveries are signed with, who is told without a registration, and misbehaviour of the sender."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from sandbox import registrations
from sandbox.ordering import OrderError, Verb, platform_of, text_of
from sandbox.store import Store
from sandbox.webhooks import OBJECTS, WAYS


def put_webhooks(store: Store, request: Request, order: dict[str, Any]) -> object:
    """Sets `secret`; with `url`, `account` and `fields` it registers and subscribes too, as if it had been asked."""
    platform = platform_of(request.path_params["platform"])
    now = datetime.now(UTC).isoformat()
    with store.together():
        if "secret" in order:
            registrations.set_signing_secret(store, platform, text_of(order, "secret"))
        if "url" in order:
            named = OBJECTS.get(platform, "1")
            held = "facebook" if platform == "instagram" else platform
            registrations.register(store, held, text_of(order, "url"), now=now, named=named)
            fields = order.get("fields")
            if not isinstance(fields, list):
                raise OrderError("fields must be a list")
            for field in map(str, fields):
                registrations.subscribe(store, platform, text_of(order, "account"), field, now=now, callback=named)
    return {"ok": True}


def add_misbehaviour(store: Store, request: Request, order: dict[str, Any]) -> object:
    """The next deliveries of a platform go wrong in the named way."""
    if order.get("way") not in WAYS:
        raise OrderError(f"way must be one of {', '.join(WAYS)}")
    if order.get("platform") != "*":
        platform_of(order.get("platform"))
    row = (order["platform"], order["way"], int(order.get("times") or 1), order.get("seconds"))
    return {"id": store.write("INSERT INTO misbehaviours (platform, way, times, seconds) VALUES (?, ?, ?, ?)", row)}


def clear_misbehaviours(store: Store, request: Request, order: dict[str, Any]) -> object:
    """The sender behaves again."""
    store.write("DELETE FROM misbehaviours")
    return {"ok": True}


def list_deliveries(store: Store, request: Request, order: dict[str, Any]) -> object:
    """What was sent or waits to be: platform, state (waiting, held, told, lost, given_up), tries, the last status."""
    sql = "SELECT id, platform, callback, state, tries, status, length(body) AS size FROM deliveries ORDER BY id"
    return [dict(row) for row in store.rows(sql)]


ROUTES: tuple[tuple[str, str, Verb], ...] = (
    ("PUT", "/webhooks/{platform}", put_webhooks),
    ("POST", "/misbehaviours", add_misbehaviour),
    ("DELETE", "/misbehaviours", clear_misbehaviours),
    ("GET", "/deliveries", list_deliveries),
)
