"""X's private messages: events of the last thirty days, of all conversations or of one, and sending one."""

import time
from datetime import UTC, datetime
from typing import Any

from sandbox import ids
from sandbox.store import Account, Draft, Item, Store, conversation_with
from sandbox.wire import Answer, Asked, open_cursor, seal_cursor, spell_time, words
from sandbox.x_reads import between, check_names, user_of
from sandbox.x_shape import asked_names, check_id, forbidden, not_found, ok, refuse_value, shape_users

REACH = 30 * 86_400
FIELDS = words("attachments created_at dm_conversation_id entities event_type id text sender_id participant_ids")
EXPANSIONS = words("attachments.media_keys participant_ids referenced_posts referenced_tweets.id sender_id")
ASKED = {"dm_event.fields", "expansions", "user.fields", "media.fields", "post.fields", "tweet.fields"}
LISTED = ASKED | {"event_types", "max_results", "pagination_token"}


def list_events(store: Store, asked: Asked, account: Account) -> Answer:
    """Messages from the newest down, of all conversations or of the one that the path names."""
    check_names(asked, LISTED)
    asked_names(asked, "event_types", words("MessageCreate ParticipantsJoin ParticipantsLeave"))
    limit = between(asked, "max_results", 100, 1, 100)
    where: dict[str, object] = {"account": account.id, "kind": "message"}
    if asked.path.startswith("/2/dm_conversations/with/"):
        where["post"] = conversation_with(account.id, check_id(asked.path.split("/")[4], "participant_id"))
    oldest = ids.snowflake(time.time() - REACH)
    found = store.page("x", where, limit=limit + 1, beyond=_beyond(asked), extra="AND rank >= ?", values=(oldest,))
    shown = found[:limit]
    meta: dict[str, Any] = {"result_count": len(shown)}
    if len(found) > limit:
        meta["next_token"] = seal_cursor(shown[-1].rank, shown[-1].seq)
    return ok(_body(store, asked, account, shown) | {"meta": meta})


def _beyond(asked: Asked) -> tuple[int, int] | None:
    token = asked.query.get("pagination_token")
    if not token:
        return None
    parts = open_cursor(token)
    if not parts or len(parts) != 2 or not all(isinstance(part, int) for part in parts):
        raise refuse_value("pagination_token", token, "The `pagination_token` query parameter value is not valid")
    return parts[0], parts[1]


def get_event(store: Store, asked: Asked, account: Account) -> Answer:
    """One message by its id."""
    check_names(asked, ASKED)
    named = check_id(asked.path.rpartition("/")[2], "event_id")
    item = store.item("x", named)
    if item is None or item.kind != "message" or item.account != account.id:
        raise not_found("dm_event", "event_id", named)
    body = _body(store, asked, account, [item])
    return ok(body | {"data": body["data"][0]})


def _body(store: Store, asked: Asked, account: Account, items: list[Item]) -> dict[str, Any]:
    wanted = asked_names(asked, "dm_event.fields", FIELDS) | asked_names(asked, "expansions", EXPANSIONS)
    if not items:
        return {}
    body: dict[str, Any] = {"data": [_event(account, item, wanted) for item in items]}
    if "sender_id" in asked.query.get("expansions", ""):
        people = {str(item.author["id"]): item.author for item in items if item.author}
        body["includes"] = {"users": shape_users(asked, list(people.values()))}
    return body


def _event(account: Account, item: Item, wanted: set[str]) -> dict[str, Any]:
    person = str(item.post).removeprefix(conversation_with(account.id, ""))
    sender = str(item.author["id"]) if item.author else None
    extra = {
        "created_at": spell_time(item.created_at, "x"),
        "dm_conversation_id": conversation(account.id, person),
        "sender_id": sender,
    }
    event = {"id": item.id, "event_type": "MessageCreate", "text": item.text}
    return event | {name: value for name, value in extra.items() if name in wanted and value is not None}


def conversation(one: str, other: str) -> str:
    """How X names the conversation of two: the lower id first."""
    return "-".join(sorted((one, other), key=lambda named: (len(named), named)))


def send(store: Store, asked: Asked, account: Account) -> Answer:
    """Writes to a person, unless he takes no messages from us."""
    person = check_id(asked.path.split("/")[4], "participant_id")
    text = asked.body.get("text")
    if set(asked.body) != {"text"} or not isinstance(text, str) or not text:
        raise refuse_value("text", "", "$.text: is missing but it is required")
    who = user_of(store, person)
    if who is None or not who.get("receives_your_dm", True):
        raise forbidden("You do not have permission to DM one or more participants.")
    now, post = datetime.now(UTC).isoformat(), conversation_with(account.id, person)
    draft = Draft("x", "message", account.id, text, account.as_author(), post, created_at=now, ours=True)
    made = store.add(draft)
    named = {"dm_conversation_id": conversation(account.id, person), "dm_event_id": made.id}
    return ok({"data": named}, 201)
