"""What X lets us do: reply, hide and show replies in our conversations, and renew a token."""

import hmac
import secrets
import time

from sandbox.store import Account, Store
from sandbox.wire import Answer, Asked, RefusedError, to_bytes
from sandbox.x_shape import Shape, check_id, forbidden, missing, ok, problem, refuse_value

ACCESS_SECONDS = 7_200
SCOPE = "tweet.read tweet.write tweet.moderate.write users.read offline.access"


def reply(store: Store, asked: Asked, account: Account) -> Answer:
    """Answers a post. Self-serve tiers may only where the post's author summoned us; nobody may say the same twice."""
    text, to = asked.body.get("text"), asked.body.get("reply")
    if set(asked.body) - {"text", "reply"} or not isinstance(to, dict):
        raise refuse_value("body", "", "The request body has a property that is not defined in the schema")
    if set(to) - {"in_reply_to_tweet_id", "exclude_reply_user_ids", "auto_populate_reply_metadata"}:
        raise refuse_value("reply", "", "reply has a property that is not defined in the schema")
    if not isinstance(text, str) or not text:
        raise refuse_value("text", "", "Requires either text, or media ids in the request body")
    parent = store.item("x", check_id(str(to.get("in_reply_to_tweet_id", "")), "in_reply_to_tweet_id"))
    if parent is None:
        raise forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
    named = bool(account.handle) and f"@{account.handle.lower()}" in parent.text.lower()
    if account.data.get("tier", "enterprise") == "self-serve" and not named:
        raise forbidden(
            "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the "
            "author of the post you are replying to."
        )
    siblings = store.page("x", {"parent": parent.id, "account": account.id, "ours": 1}, limit=500)
    if any(item.text == text for item in siblings):
        raise forbidden("You are not allowed to create a Tweet with duplicate content.")
    made = store.add_reply(account, text, post=parent.conversation, parent=parent.id)
    history = Shape(store, asked, account).history
    return ok({"data": {"id": made.id, "text": text, history: [made.id]}}, 201)


def hide(store: Store, asked: Asked, account: Account) -> Answer:
    """Hides a reply or shows it again, in conversations that we started and nowhere else."""
    named = check_id(asked.path.split("/")[3], "tweet_id")
    hidden = asked.body.get("hidden")
    if set(asked.body) != {"hidden"} or not isinstance(hidden, bool):
        raise refuse_value("hidden", "", "$.hidden: is missing but it is required")
    item = store.item("x", named)
    if item is None:
        gone = missing("tweet", "tweet_id", named)
        raise RefusedError(problem(gone.pop("title"), gone.pop("detail"), 404, gone.pop("type"), **gone))
    root = store.item("x", item.conversation)
    if item.kind == "post" or root is None or root.account != account.id or not root.ours:
        raise forbidden("You are not permitted to perform this action.")
    store.hide(item, hidden)
    return ok({"data": {"hidden": hidden}})


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
    with store.together():
        store.drop_token(str(given["refresh_token"]), "refresh")
        store.add_token("x", account.id, "access", access, time.time() + ACCESS_SECONDS)
        store.add_token("x", account.id, "refresh", refresh, None)
    life = {"token_type": "bearer", "expires_in": ACCESS_SECONDS, "scope": SCOPE}
    return ok(life | {"access_token": access, "refresh_token": refresh})


def _oauth_error(status: int, error: str, said: str) -> Answer:
    return Answer(status, to_bytes({"error": error, "error_description": said}), {"content-type": "application/json"})
