"""/_sandbox/: what is registered at the platforms, and how the person who is asked to consent answers."""

from typing import Any

from starlette.requests import Request

from sandbox import authorizing
from sandbox.ordering import OrderError, Verb, platform_of, text_of
from sandbox.store import Store


def put_app(store: Store, request: Request, order: dict[str, Any]) -> object:
    """Registers the product at a platform: client_id, client_secret and, where it matters, redirect_uris.

    `app_token` is what the application itself speaks with at X.
    """
    platform = platform_of(request.path_params["platform"])
    addresses = order.get("redirect_uris") or []
    if not isinstance(addresses, list):
        raise OrderError("redirect_uris must be a list")
    client_id, secret = text_of(order, "client_id"), text_of(order, "client_secret")
    authorizing.register(store, platform, client_id, secret, map(str, addresses))
    if order.get("app_token"):
        store.add_token(platform, client_id, "app", text_of(order, "app_token"), None)
    return {"client_id": client_id}


def put_consent(store: Store, request: Request, order: dict[str, Any]) -> object:
    """How the person answers: `deny`, `scopes` (grants only these), `account` (signs in for it). Empty: grants all."""
    platform, scopes = platform_of(request.path_params["platform"]), order.get("scopes")
    if scopes is not None and not isinstance(scopes, list):
        raise OrderError("scopes must be a list or null")
    account = None if order.get("account") is None else str(order["account"])
    held = None if scopes is None else frozenset(map(str, scopes))
    authorizing.order_consent(store, platform, authorizing.Consent(bool(order.get("deny")), held, account))
    return {"ok": True}


ROUTES: tuple[tuple[str, str, Verb], ...] = (
    ("PUT", "/apps/{platform}", put_app),
    ("PUT", "/consents/{platform}", put_consent),
)
