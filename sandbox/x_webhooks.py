"""X's webhooks and what of an account they are told: the Activity API. Deliveries are sent elsewhere."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from sandbox import registrations
from sandbox.registrations import Callback, Subscribed
from sandbox.store import Account, Store
from sandbox.wire import Answer, Asked, RefusedError, seal_cursor, words
from sandbox.x_reads import between, bounded, check_names
from sandbox.x_shape import check_id, not_found, ok, problem, refuse_value

MOST_WEBHOOKS = 5
LONGEST_URL = 200
EVENTS = words(
    """block.block block.unblock chat.received chat.sent dm.indicate_typing dm.read dm.received dm.sent
    follow.follow follow.unfollow like.create mute.mute mute.unmute post.create post.delete post.mention.create
    post.quote.create post.reply.create post.repost.create"""
)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _failed(title: str, said: str) -> RefusedError:
    kind = "https://api.x.com/2/problems/invalid-request"
    return RefusedError(problem(title, said, 400, kind))


def _told(callback: Callback) -> dict[str, Any]:
    return {
        "id": callback.id,
        "url": callback.url,
        "valid": callback.valid,
        "created_at": callback.created_at,
    }


def _named(store: Store, named: str) -> Callback:
    found = [one for one in registrations.callbacks(store, "x") if one.id == check_id(named, "webhook_id")]
    if not found:
        raise not_found("webhook", "webhook_id", named)
    return found[0]


def create(store: Store, asked: Asked, account: Account) -> Answer:
    """Registers an address that passes the challenge. X takes https without a port; here this machine's own too."""
    url = asked.body.get("url")
    parts = urlsplit(url) if isinstance(url, str) else None
    here = parts is not None and parts.hostname in ("127.0.0.1", "localhost")
    if parts is None or len(str(url)) > LONGEST_URL or not (here or (parts.scheme == "https" and parts.port is None)):
        raise _failed("UrlValidationFailed", "The url must be https, without a port, of at most 200 characters")
    known_ = registrations.callbacks(store, "x")
    if any(one.url == url for one in known_):
        raise _failed("DuplicateUrlFailed", "A webhook with this url exists")
    if len(known_) >= MOST_WEBHOOKS:
        raise _failed("WebhookLimitExceeded", "There are as many webhooks as there may be")
    if not registrations.passes_challenge(str(url), registrations.signing_secret(store, "x")):
        raise _failed("CrcValidationFailed", "The url did not answer the challenge")
    return ok({"data": _told(registrations.register(store, "x", str(url), now=_now()))})


def list_all(store: Store, asked: Asked, account: Account) -> Answer:
    """All webhooks of the application."""
    check_names(asked, {"webhook_config.fields"})
    found = [_told(one) for one in registrations.callbacks(store, "x")]
    return ok(({"data": found} if found else {}) | {"meta": {"result_count": len(found)}})


def validate(store: Store, asked: Asked, account: Account) -> Answer:
    """Challenges an address anew."""
    callback = _named(store, asked.path.rpartition("/")[2])
    valid = registrations.passes_challenge(callback.url, registrations.signing_secret(store, "x"))
    registrations.set_valid(store, callback, valid=valid)
    return ok({"data": {"valid": valid}})


def remove(store: Store, asked: Asked, account: Account) -> Answer:
    """Forgets an address."""
    registrations.forget(store, "x", _named(store, asked.path.rpartition("/")[2]).id)
    return ok({"data": {"deleted": True}})


def replay(store: Store, asked: Asked, account: Account) -> Answer:
    """Takes the order to tell once more what was told between two times."""
    body = asked.body
    callback = _named(store, str(body.get("webhook_id", "")))
    dates = [str(body.get(name, "")) for name in ("from_date", "to_date")]
    if not all(len(one) == 12 and one.isascii() and one.isdigit() for one in dates) or dates[0] >= dates[1]:
        raise refuse_value("from_date", dates[0], "from_date and to_date are yyyymmddhhmm, the earlier first")
    return ok({"data": {"job_id": callback.id, "created_at": _now()}})


# What of an account is told


def _subscription(one: Subscribed) -> dict[str, Any]:
    return {
        "subscription_id": one.id,
        "event_type": one.field,
        "filter": {"user_id": one.account},
        "tag": one.tag,
        "webhook_id": one.callback,
        "created_at": one.created_at,
        "updated_at": one.created_at,
    }


def subscribe(store: Store, asked: Asked, account: Account) -> Answer:
    """One kind of event of the account whose token asks."""
    body, given = asked.body, asked.body.get("filter")
    if body.get("event_type") not in EVENTS or set(body) - {"event_type", "filter", "tag", "webhook_id"}:
        raise refuse_value("event_type", str(body.get("event_type")), "event_type is not one of those that there are")
    if not isinstance(given, dict) or given.get("user_id") != account.id:
        raise refuse_value("filter.user_id", "", "The events of this user are not this token's to subscribe")
    callback = _named(store, str(body.get("webhook_id", "")))
    event, tag = str(body["event_type"]), str(body.get("tag") or "")
    made = registrations.subscribe(store, "x", account.id, event, now=_now(), callback=callback.id, tag=tag)
    return ok({"data": {"subscription": _subscription(made)}})


def list_subscriptions(store: Store, asked: Asked, account: Account) -> Answer:
    """All subscriptions of the application."""
    check_names(asked, {"max_results", "pagination_token"})
    limit, start = between(asked, "max_results", 100, 1, 1000), bounded(asked)
    found = [one for ours in store.accounts("x") for one in registrations.subscribed(store, "x", ours.id)]
    body: dict[str, Any] = {"data": [_subscription(one) for one in found[start : start + limit]]}
    if start + limit < len(found):
        body["meta"] = {"next_token": seal_cursor("subscriptions", start + limit)}
    return ok(body)


def _numbered(store: Store, asked: Asked) -> Subscribed:
    named = check_id(asked.path.rpartition("/")[2], "subscription_id")
    for ours in store.accounts("x"):
        for one in registrations.subscribed(store, "x", ours.id):
            if one.id == named:
                return one
    raise not_found("subscription", "subscription_id", named)


def move(store: Store, asked: Asked, account: Account) -> Answer:
    """Another webhook is told from now on."""
    one, body = _numbered(store, asked), asked.body
    if set(body) - {"tag", "webhook_id"}:
        raise refuse_value("body", "", "The request body has a property that is not defined in the schema")
    callback, tag = _named(store, str(body.get("webhook_id", ""))), str(body.get("tag") or one.tag)
    made = registrations.subscribe(store, "x", one.account, one.field, now=_now(), callback=callback.id, tag=tag)
    return ok({"data": {"subscription": _subscription(made)}})


def unsubscribe(store: Store, asked: Asked, account: Account) -> Answer:
    """One subscription less."""
    one = _numbered(store, asked)
    registrations.unsubscribe(store, "x", one.account, one.field)
    return ok({"data": {"deleted": True}})
