"""Private messages of an Instagram account and whom it blocks: all asked of the Page that it is linked to."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox import graph, limits, registrations
from sandbox.facebook_edges import Thread
from sandbox.graph import Graph, refuse
from sandbox.instagram_shape import messages_of, threads_of
from sandbox.store import Account, Draft, Item, Store, conversation_with
from sandbox.wire import Answer, Asked, moment

EDGES = ("conversations", "messages", "moderate_conversations", "subscribed_apps")
OF_PAGE: dict[tuple[str, str], str] = {
    ("GET", "conversations"): "list_conversations",
    ("POST", "messages"): "message",
    ("GET", "subscribed_apps"): "subscription",
    ("POST", "subscribed_apps"): "subscribe",
    ("DELETE", "subscribed_apps"): "unsubscribe",
}
WINDOW = 86_400  # seconds after a person's last word in which the account may write
PRIVATE_REPLY_DAYS = 7
PRIVATE_REPLIES_AN_HOUR = 750
LONGEST_MESSAGE = 1000  # bytes
MOST_IDS, MOST_ACTIONS = 10, 2
ACTIONS = ("block_user", "unblock_user", "ban_user", "unban_user", "move_to_spam")


def find_thread(store: Store, named: str) -> Thread | None:
    """The conversation that an id names, where a word was ever said in it."""
    found = store.page("instagram", {"kind": "message", "post": named}, limit=1) if named.startswith("t_") else []
    if not found:
        return None
    account = found[0].account
    return Thread(account, named.removeprefix(conversation_with(account, "")))


def _given(asked: Asked, name: str) -> Any:
    """A parameter that is JSON, by itself or inside a form; None where it is none."""
    given = asked.body.get(name, asked.query.get(name))
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given)
    except ValueError:
        return None


def _people(asked: Asked) -> list[str]:
    given = _given(asked, "user_ids")
    return [str(one["id"]) for one in given if isinstance(one, dict) and "id" in one] if isinstance(given, list) else []


def concerns(store: Store, asked: Asked, account: Account) -> bool:
    """Whether what is asked of a Page with Messenger and Instagram both is about the latter."""
    if str(asked.query.get("platform", "")).lower() == "instagram":
        return True
    recipient = _given(asked, "recipient")
    if isinstance(recipient, dict) and "comment_id" in recipient:
        return store.item("instagram", str(recipient["comment_id"]), deleted=True) is not None
    people = _people(asked) + ([str(recipient.get("id"))] if isinstance(recipient, dict) else [])
    return any(_has_conversation(store, account, one) for one in people)


def _has_conversation(store: Store, account: Account, person: str) -> bool:
    return store.count("instagram", {"kind": "message", "post": conversation_with(account.id, person)}) > 0


def list_conversations(g: Graph, account: Account) -> Answer:
    """The account's conversations, or the one with `user_id`."""
    if str(g.param("platform")).lower() != "instagram":
        raise refuse("(#100) Param platform must be one of {INSTAGRAM, MESSENGER}", 100)
    path = g.asked.path.strip("/")
    return graph.ok(threads_of(g, path, g.param("user_id")))


def list_messages(g: Graph, thread: Thread) -> Answer:
    """What was said in one of them."""
    return graph.ok(messages_of(g, thread.id, None, graph.wanted_fields(g)))


# Writing


def message(g: Graph, account: Account) -> Answer:
    """A private message: to a person within the window, or because of a comment, once."""
    recipient, content = _given(g.asked, "recipient"), _given(g.asked, "message")
    text = content.get("text") if isinstance(content, dict) else None
    if not isinstance(recipient, dict) or not isinstance(text, str) or not text:
        raise refuse("(#100) The parameters recipient and message are required", 100)
    if len(text.encode()) > LONGEST_MESSAGE:
        said = f"(#100) Length of param message[text] must be less than or equal to {LONGEST_MESSAGE}"
        raise refuse(said, 100, error_subcode=2018109)
    cause = _cause(g, account, str(recipient["comment_id"])) if "comment_id" in recipient else None
    person = str((cause.author or {}).get("id") or f"9{cause.seq:015}") if cause else str(recipient.get("id") or "")
    if cause is None:
        _check_window(g, account, person)
    if (g.store.author("instagram", person) or {}).get("takes_messages") is False:
        raise refuse("(#551) This person isn't available right now.", 551)
    draft = Draft(
        "instagram",
        "message",
        account.id,
        text,
        account.as_author(),
        conversation_with(account.id, person),
        cause.id if cause else None,
        created_at=datetime.now(UTC).isoformat(),
        ours=True,
    )
    return graph.ok({"recipient_id": person, "message_id": g.store.add(draft).id})


def _cause(g: Graph, account: Account, named: str) -> Item:
    """The comment that is answered in private: under our media, not our own, young, and for the first time."""
    spent = limits.spend(
        g.store,
        account,
        "private_reply",
        default=PRIVATE_REPLIES_AN_HOUR,
        window_end=lambda now: now + 3600,
        shared=False,
    )
    if spent.passed:
        raise refuse("(#613) Calls to this api have exceeded the rate limit.", 613)
    item = g.store.item("instagram", named)
    if item is None or item.account != account.id or item.kind != "comment":
        raise graph.gone("post", named)
    at = moment(item.created_at)
    if item.ours or at is None or time.time() - at >= PRIVATE_REPLY_DAYS * graph.DAY:
        raise refuse("(#10903) This user cannot reply to this activity", 10903)
    if g.store.count("instagram", {"kind": "message", "parent": item.id}):
        raise refuse("(#10900) Activity already replied to", 10900)
    return item


def _check_window(g: Graph, account: Account, person: str) -> None:
    where = {"kind": "message", "post": conversation_with(account.id, person)}
    theirs = g.store.page("instagram", where, limit=1, extra="AND ours = 0")
    if not theirs and not _has_conversation(g.store, account, person):
        raise refuse("(#100) The requested user cannot be found.", 100, error_subcode=2534014)
    if not theirs or time.time() - (moment(theirs[0].created_at) or 0) >= WINDOW:
        raise refuse("(#10) This message is sent outside of allowed window.", 10, error_subcode=2534022)


# Who may write


def name_of_moderation(asked: Asked) -> str:
    """`unban` where that is asked for, else `ban`: what is neither is refused by it."""
    actions = _given(asked, "actions")
    return "unban" if isinstance(actions, list) and "unblock_user" in map(str.lower, map(str, actions)) else "ban"


def moderate(g: Graph, account: Account) -> Answer:
    """Blocks or unblocks people with whom there is a conversation; of others nobody is touched."""
    people, given = _people(g.asked), _given(g.asked, "actions")
    actions = [str(one).lower() for one in given] if isinstance(given, list) else []
    if not 0 < len(people) <= MOST_IDS or not 0 < len(actions) <= MOST_ACTIONS or not set(actions) <= set(ACTIONS):
        raise refuse("(#100) Params user_ids and actions must hold 1 to 10 ids and 1 to 2 actions", 100)
    if {"block_user", "unblock_user"} <= set(actions):
        raise refuse("(#100) unblock_user cannot be included in the same request as block_user", 100)
    if not all(_has_conversation(g.store, account, one) for one in people):
        raise refuse("(#100) No conversation exists with this user", 100)
    for person in people:
        if "block_user" in actions:
            g.store.ban(account, person)
        if "unblock_user" in actions:
            g.store.unban(account, person)
    return graph.ok({"success": True})


# Whether the Page tells of what happens on the account


def subscription(g: Graph, account: Account) -> Answer:
    """The applications that are told; ours where it subscribed to any field."""
    fields = [one.field for one in registrations.subscribed(g.store, "instagram", account.id)]
    found = g.store.rows("SELECT client_id FROM apps WHERE platform IN ('facebook', 'instagram') ORDER BY platform")
    app = {"id": found[0]["client_id"] if found else "0", "name": "Social media unit", "subscribed_fields": fields}
    return graph.ok({"data": [app] if fields else []})


def subscribe(g: Graph, account: Account) -> Answer:
    """From now on our application is told."""
    given = g.param("subscribed_fields") or ""
    wanted = [one.strip(' "[]') for one in given.split(",") if one.strip(' "[]')]
    if not wanted:
        raise refuse("(#100) The parameter subscribed_fields is required.", 100)
    for field in wanted:
        registrations.subscribe(g.store, "instagram", account.id, field, now=datetime.now(UTC).isoformat())
    return graph.ok({"success": True})


def unsubscribe(g: Graph, account: Account) -> Answer:
    """No longer."""
    registrations.unsubscribe(g.store, "instagram", account.id)
    return graph.ok({"success": True})


HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    "list_conversations": list_conversations,
    "list_messages": list_messages,
    "message": message,
    "ban": moderate,
    "unban": moderate,
    "subscription": subscription,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
}
