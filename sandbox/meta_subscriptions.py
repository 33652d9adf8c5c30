"""Where Meta's app is told of events, and of which of a Page's (facts 1.3)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox import graph, registrations
from sandbox.authorizing import App
from sandbox.graph import Graph
from sandbox.meta_login import registered
from sandbox.store import Account, Store
from sandbox.wire import Answer, Asked


def app_asks(store: Store, asked: Asked) -> App:
    """The app in whose own name something is asked: its token is `{id}|{secret}`."""
    client_id, _, secret = graph.token_of(asked).partition("|")
    app = registered(store, client_id)
    if app is None or not app.knows(secret):
        raise graph.refuse("(#15) This method must be called with an app access token.", 15)
    return app


def register_callback(store: Store, asked: Asked) -> Answer:
    """The address for one `object`, which must shake hands first; what was there before is replaced."""
    app_asks(store, asked)
    given = {name: str(value) for name, value in (asked.query | asked.body).items()}
    object_, url, word = (given.get(name, "") for name in ("object", "callback_url", "verify_token"))
    fields = tuple(one for one in given.get("fields", "").split(",") if one)
    if object_ not in ("page", "instagram") or not url or not fields:
        raise graph.refuse("(#100) object, callback_url, verify_token and fields are required", 100)
    if not registrations.shakes_hands(url, word):
        said = "(#2200) Callback verification failed: the callback did not answer with the challenge."
        raise graph.refuse(said, 2200)
    now = datetime.now(UTC).isoformat()
    registrations.register(store, "facebook", url, now=now, named=object_, verify_token=word, fields=fields)
    return graph.ok({"success": True})


def list_callbacks(store: Store, asked: Asked) -> Answer:
    """Where the app is told of what."""
    app_asks(store, asked)
    told = [
        {
            "object": one.id,
            "callback_url": one.url,
            "active": one.valid,
            "fields": [{"name": field, "version": "v26.0"} for field in one.fields],
        }
        for one in registrations.callbacks(store, "facebook")
    ]
    return graph.ok({"data": told})


def subscribe(g: Graph, page: Account) -> Answer:
    """The fields replace those of before."""
    fields = [one for one in (g.param("subscribed_fields") or "").split(",") if one]
    if not fields:
        raise graph.refuse("(#100) The parameter subscribed_fields is required", 100)
    now = datetime.now(UTC).isoformat()
    with g.store.together():
        registrations.unsubscribe(g.store, "facebook", page.id)
        for one in fields:
            registrations.subscribe(g.store, "facebook", page.id, one, now=now)
    return graph.ok({"success": True})


def unsubscribe(g: Graph, page: Account) -> Answer:
    """The app is told of nothing any more."""
    registrations.unsubscribe(g.store, "facebook", page.id)
    return graph.ok({"success": True})


def subscription(g: Graph, page: Account) -> Answer:
    """The app, where it is told of anything."""
    fields = [one.field for one in registrations.subscribed(g.store, "facebook", page.id)]
    found = g.store.rows("SELECT client_id FROM apps WHERE platform IN ('facebook', 'instagram') ORDER BY platform")
    app = {"id": found[0]["client_id"] if found else "0", "name": "Social media unit", "subscribed_fields": fields}
    return graph.ok({"data": [app] if fields else []})


HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "subscription": subscription,
}
