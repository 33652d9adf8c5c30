"""What the platforms tell of a change, in their own shapes: Meta's entries and X's events (facts.md 1.3, 2.3, 3.3)."""

import secrets
import time
from typing import Any

from sandbox.store import Item, Store
from sandbox.wire import moment, spell_time
from sandbox.x_shape import handle_of

Told = tuple[str, dict[str, Any]]  # the field that was subscribed, and what is told under it


def told_of(store: Store, verb: str, item: Item) -> list[Told]:
    """Under which fields a change is told, and how; none where the platform tells nobody of it."""
    shapes = {"facebook": _facebook, "instagram": _instagram, "x": _x}
    return shapes[item.platform](store, verb, item) if item.platform in shapes else []


def entry_of(field: str, value: dict[str, Any], account: str) -> dict[str, Any]:
    """Meta's entry around it: messages stand in a list of their own, everything else is a change of a field."""
    if field == "messages":
        return {"id": account, "time": int(time.time() * 1000), "messaging": [value]}
    return {"id": account, "time": int(time.time()), "changes": [{"field": field, "value": value}]}


def event_of(field: str, payload: dict[str, Any], account: str, tag: str) -> dict[str, Any]:
    """X's envelope around it."""
    includes = payload.pop("includes", {})
    event = {"event_uuid": str(secrets.randbits(63)), "filter": {"user_id": account}, "event_type": field}
    return {"data": event | ({"tag": tag} if tag else {}) | {"payload": payload, "includes": includes}}


def _unix(item: Item) -> int:
    return int(moment(item.created_at) or time.time())


# Facebook


def _facebook(store: Store, verb: str, item: Item) -> list[Told]:
    if item.kind == "message":
        return [_meta_message(item, verb)] if verb == "add" else []
    who = {"id": str(item.author["id"]), "name": item.author.get("name")} if item.author else None
    value: dict[str, Any] = {"from": who} if who else {}
    if verb != "remove":
        value["message"] = item.text
    value |= {"created_time": _unix(item), "verb": verb}
    if item.kind == "comment":
        post = {"id": item.post, "status_type": "mobile_status_update", "is_published": True}
        place = {"post_id": item.post, "comment_id": item.id, "parent_id": item.parent or item.post}
        return [("feed", value | {"item": "comment", "post": post} | place)]
    if item.kind == "mention":
        return [("mention", value | {"item": "post", "post_id": item.id})]
    what = "post" if item.kind == "visitor_post" else "status"
    return [("feed", value | {"item": what, "post_id": item.id, "published": 1})]


def _meta_message(item: Item, verb: str) -> Told:
    person = str((item.author or {}).get("id", ""))
    other = (item.post or "").removeprefix(f"t_{item.account}")
    ends = (item.account, other) if item.ours else (person, item.account)
    message: dict[str, Any] = {"mid": item.id, "text": item.text}
    if item.ours:
        message["is_echo"] = True
    sent = {"sender": {"id": ends[0]}, "recipient": {"id": ends[1]}, "timestamp": _unix(item) * 1000}
    return "messages", sent | {"message": message}


# Instagram: only what is new, and no times


def _instagram(store: Store, verb: str, item: Item) -> list[Told]:
    if verb != "add":
        return []
    if item.kind == "message":
        return [_meta_message(item, verb)]
    if item.kind == "mention":
        # In the caption of somebody's media the media is all that is named.
        return [("mentions", {"media_id": item.post, "comment_id": item.id} if item.post else {"media_id": item.id})]
    if item.kind != "comment":
        return []
    value: dict[str, Any] = {"id": item.id, "text": item.text}
    if item.author:
        value["from"] = {"id": str(item.author["id"]), "username": handle_of(item.author)}
    value["media"] = {"id": item.post, "media_product_type": "FEED"}
    return [("comments", value | ({"parent_id": item.parent} if item.parent else {}))]


# X: the old spellings, as its own samples have them


def _x(store: Store, verb: str, item: Item) -> list[Told]:
    if item.kind == "message":
        return [_x_message(item)] if verb == "add" else []
    author = str(item.author["id"]) if item.author else ""
    if verb == "remove":
        return [("post.delete", {"id": item.id, "author_id": author})] if item.ours else []
    if verb != "add":
        return []
    payload: dict[str, Any] = {
        "id": item.id,
        "text": item.text,
        "created_at": spell_time(item.created_at, "x"),
        "author_id": author,
        "conversation_id": item.conversation,
        "edit_history_tweet_ids": [item.id],
        "reply_settings": "everyone",
        "possibly_sensitive": False,
        "lang": "und",
    }
    if item.kind == "comment":
        payload["in_reply_to_tweet_id"] = item.parent or item.post
    if item.author:
        user = {"id": author, "name": item.author.get("name") or "", "username": handle_of(item.author)}
        payload["includes"] = {"users": [user]}
    return [(kind, dict(payload)) for kind in _x_kinds(store, item)]


def _x_kinds(store: Store, item: Item) -> list[str]:
    """An answer to what we wrote is a reply, what names us a mention; an answer to an answer is neither."""
    if item.ours:
        return ["post.create"]
    above = store.item("x", item.parent or item.post or "", deleted=True) if item.kind == "comment" else None
    ours = store.account("x", item.account)
    kinds = ["post.reply.create"] if above is not None and above.ours else []
    named = ours is not None and bool(ours.handle) and f"@{ours.handle.lower()}" in item.text.lower()
    return kinds + (["post.mention.create"] if named or item.kind == "mention" else [])


def _x_message(item: Item) -> Told:
    person = str((item.author or {}).get("id", ""))
    other = (item.post or "").removeprefix(f"t_{item.account}")
    created = {"target": {"recipient_id": other if item.ours else item.account}, "sender_id": person}
    event = {
        "type": "message_create",
        "id": item.id,
        "created_timestamp": str(_unix(item) * 1000),
        "message_create": created | {"message_data": {"text": item.text, "entities": {}}},
    }
    user = {"id": person, "name": (item.author or {}).get("name") or "", "username": handle_of(item.author)}
    payload = {"direct_message_events": [event], "users": {person: {"data": user}}}
    return ("dm.sent" if item.ours else "dm.received"), payload
