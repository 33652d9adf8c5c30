"""What X lets us do in public: post, reply, delete our own, hide and show replies in our conversations, block."""

import re
import time
from datetime import UTC, datetime
from typing import Any

from sandbox import ids, uploads, x_media
from sandbox.store import Account, Draft, Item, Store
from sandbox.wire import Answer, Asked, seal_cursor
from sandbox.x_reads import between, bounded, check_names, user_of
from sandbox.x_shape import Shape, check_id, forbidden, not_found, ok, refuse_value, shape_users, unenrolled

DAY = 86_400
LONGEST, AN_ADDRESS = 280, "x" * 23
NO_PROPERTY = "The request body has a property that is not defined in the schema"
REPLY = {"in_reply_to_tweet_id", "exclude_reply_user_ids", "auto_populate_reply_metadata"}


def _text(asked: Asked, names: set[str]) -> str:
    text = asked.body.get("text", "")
    if set(asked.body) - names:
        raise refuse_value("body", "", NO_PROPERTY)
    if not isinstance(text, str) or not (text or "media" in asked.body):
        raise refuse_value("text", "", "Requires either text, or media ids in the request body")
    if len(re.sub(r"https?://\S+", AN_ADDRESS, text)) > LONGEST:
        raise forbidden("Your Tweet text is too long.")
    return text


def _made(store: Store, asked: Asked, account: Account, made: Item) -> Answer:
    shape = Shape(store, asked, account)
    shown = shape.post(made)
    return ok({"data": {"id": made.id, "text": shown["text"], shape.history: [made.id]}}, 201)


def publish(store: Store, asked: Asked, account: Account) -> Answer:
    """A post of ours, with at most four photos, one GIF or one video; nobody may say the same twice."""
    text = _text(asked, {"text", "media", "reply_settings"})
    files = _files(store, asked, account)
    if not files and any(item.text == text for item in _lately(store, account)):
        raise forbidden("You are not allowed to create a Tweet with duplicate content.")
    now = datetime.now(UTC).isoformat()
    draft = Draft("x", "post", account.id, text, account.as_author(), created_at=now, ours=True, attachments=files)
    return _made(store, asked, account, store.add(draft))


def _lately(store: Store, account: Account) -> list[Item]:
    where = {"account": account.id, "ours": 1, "kind": "post"}
    oldest = ids.snowflake(time.time() - DAY)
    return [item for item in store.page("x", where, limit=100) if item.rank > oldest]


def _files(store: Store, asked: Asked, account: Account) -> list[dict[str, Any]]:
    given = asked.body.get("media")
    if given is None:
        return []
    named = given.get("media_ids") if isinstance(given, dict) else None
    if not isinstance(named, list) or not 1 <= len(named) <= 4 or set(given) != {"media_ids"}:
        raise refuse_value("media", "", "media.media_ids must hold 1 to 4 ids")
    found = [uploads.find(store, "x", one) for one in named]
    ready = [one for one in found if one and one.account == account.id and one.data.get("state") == "succeeded"]
    if len(ready) != len(named):
        raise refuse_value("media.media_ids", "", "Your media IDs are invalid.")
    files = [x_media.as_attachment(one, asked.origin) for one in ready]
    if len(files) > 1 and any(one["type"] != "photo" for one in files):
        raise refuse_value("media.media_ids", "", "A post has up to four photos, or one GIF, or one video.")
    return files


def reply(store: Store, asked: Asked, account: Account) -> Answer:
    """Answers a post. Self-serve tiers may only where the post's author summoned us; nobody may say the same twice."""
    text, to = _text(asked, {"text", "reply"}), asked.body.get("reply")
    if not isinstance(to, dict) or set(to) - REPLY:
        raise refuse_value("reply", "", NO_PROPERTY)
    parent = store.item("x", check_id(str(to.get("in_reply_to_tweet_id", "")), "in_reply_to_tweet_id"))
    if parent is None or parent.kind == "message":
        raise forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
    # Whether a reply to ourselves needs a summons is not documented: here it does not.
    named = parent.ours or (bool(account.handle) and f"@{account.handle.lower()}" in parent.text.lower())
    if account.data.get("tier", "enterprise") == "self-serve" and not named:
        raise forbidden(
            "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the "
            "author of the post you are replying to."
        )
    siblings = store.page("x", {"parent": parent.id, "account": account.id, "ours": 1}, limit=500)
    if any(item.text == text for item in siblings):
        raise forbidden("You are not allowed to create a Tweet with duplicate content.")
    made = store.add_reply(account, text, post=parent.conversation, parent=parent.id)
    return _made(store, asked, account, made)


def delete(store: Store, asked: Asked, account: Account) -> Answer:
    """Takes a post or reply of ours away."""
    named = check_id(asked.path.rpartition("/")[2])
    item = store.item("x", named)
    if item is None or item.kind == "message":
        raise not_found("tweet", "id", named)
    if not item.ours or item.account != account.id:
        raise forbidden("You are not authorized to delete this Tweet.")
    store.delete(item)
    return ok({"data": {"deleted": True}})


def hide(store: Store, asked: Asked, account: Account) -> Answer:
    """Hides a reply or shows it again, in conversations that we started and nowhere else."""
    named = check_id(asked.path.split("/")[3], "tweet_id")
    hidden = asked.body.get("hidden")
    if set(asked.body) != {"hidden"} or not isinstance(hidden, bool):
        raise refuse_value("hidden", "", "$.hidden: is missing but it is required")
    item = store.item("x", named)
    if item is None or item.kind == "message":
        raise not_found("tweet", "tweet_id", named)
    root = store.item("x", item.conversation)
    if item.kind == "post" or root is None or root.account != account.id or not root.ours:
        raise forbidden("You are not permitted to perform this action.")
    store.hide(item, hidden)
    return ok({"data": {"hidden": hidden}})


# Blocking


def block(store: Store, asked: Asked, account: Account) -> Answer:
    """Blocks a user, on the Enterprise tier only."""
    _require_enterprise(account)
    named = check_id(str(asked.body.get("target_user_id", "")), "target_user_id")
    if set(asked.body) != {"target_user_id"}:
        raise refuse_value("body", "", NO_PROPERTY)
    if user_of(store, named) is None:
        raise not_found("user", "target_user_id", named)
    store.ban(account, named)
    return ok({"data": {"blocking": True}})


def unblock(store: Store, asked: Asked, account: Account) -> Answer:
    """Ends that, on the Enterprise tier only."""
    _require_enterprise(account)
    store.unban(account, check_id(asked.path.rpartition("/")[2], "target_user_id"))
    return ok({"data": {"blocking": False}})


def _require_enterprise(account: Account) -> None:
    if account.data.get("tier", "enterprise") != "enterprise":
        raise unenrolled()


def list_blocked(store: Store, asked: Asked, account: Account) -> Answer:
    """Whom we block, on every tier."""
    check_names(asked, {"max_results", "pagination_token", "user.fields", "expansions", "post.fields", "tweet.fields"})
    limit = between(asked, "max_results", 100, 1, 1000)
    named = store.bans(account)
    start = bounded(asked)
    shown = [user_of(store, one) or {"id": one, "name": one} for one in named[start : start + limit]]
    meta: dict[str, Any] = {"result_count": len(shown)}
    if start + limit < len(named):
        meta["next_token"] = seal_cursor("blocked", start + limit)
    return ok(({"data": shape_users(asked, shown)} if shown else {}) | {"meta": meta})
