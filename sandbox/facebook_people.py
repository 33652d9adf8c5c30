"""Private messages of a Page and whom it keeps out: who may be written to, when, how often (facts 1.1, 1.4)."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox import graph
from sandbox.facebook_shape import PRIVATE_REPLY_DAYS, PROFILE, was_answered
from sandbox.graph import Graph, refuse
from sandbox.store import Account, Draft, Item, conversation_with
from sandbox.wire import Answer, moment

WINDOW = 86_400  # seconds after a person's last word in which the Page may write
LONGEST_MESSAGE = 2000
OUTSIDE = "(#10) This message is sent outside of allowed window."


def _part(g: Graph, name: str) -> dict[str, Any]:
    """A member that is an object, sent as JSON or as JSON inside a form."""
    given = g.asked.body.get(name, g.asked.query.get(name))
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            given = None
    if not isinstance(given, dict):
        raise refuse(f"(#100) The parameter {name} is required", 100)
    return given


def send_message(g: Graph, page: Account) -> Answer:
    """A private message: to a person within the window, or because of a comment or visitor's post, once."""
    recipient, text = _part(g, "recipient"), _part(g, "message").get("text")
    if not isinstance(text, str) or not text:
        raise refuse("(#100) Message cannot be empty, must provide valid attachment or text", 100)
    if len(text) > LONGEST_MESSAGE:
        raise refuse(f"(#100) Length of param message[text] must be less than or equal to {LONGEST_MESSAGE}", 100)
    because = recipient.get("comment_id") or recipient.get("post_id")
    cause = _cause(g, page, str(because)) if because else None
    person = str((cause.author or {}).get("id") or f"9{cause.seq:015}") if cause else str(recipient.get("id") or "")
    if cause is None:
        _check_window(g, page, person)
    _check_person(g, person)
    now = datetime.now(UTC).isoformat()
    draft = Draft(
        "facebook",
        "message",
        page.id,
        text,
        page.as_author(),
        conversation_with(page.id, person),
        cause.id if cause else None,
        created_at=now,
        ours=True,
    )
    return graph.ok({"recipient_id": person, "message_id": g.store.add(draft).id})


def _cause(g: Graph, page: Account, named: str) -> Item:
    item = g.store.item("facebook", named)
    if item is None or item.account != page.id or item.kind not in ("comment", "visitor_post", "mention"):
        raise graph.gone("post", named)
    at = moment(item.created_at)
    old = at is None or time.time() - at >= PRIVATE_REPLY_DAYS * graph.DAY
    if page.data.get("messages") is False:
        raise refuse("(#10904) This Page has messages turned off", 10904)
    if item.ours or old:
        raise refuse("(#10903) This user cannot reply to this activity", 10903)
    if was_answered(g, item):
        raise refuse("(#10900) Activity already replied to", 10900)
    return item


def _check_window(g: Graph, page: Account, person: str) -> None:
    where = {"kind": "message", "post": conversation_with(page.id, person)}
    theirs = g.store.page("facebook", where, limit=1, extra="AND ours = 0")
    if not theirs:
        raise refuse("(#100) No matching user found", 100, error_subcode=2018001)
    if time.time() - (moment(theirs[0].created_at) or 0) >= WINDOW:
        raise refuse(OUTSIDE, 10, error_subcode=2018278)


def _check_person(g: Graph, person: str) -> None:
    """A person may be put with `takes_messages: false`."""
    if (g.store.author("facebook", person) or {}).get("takes_messages") is False:
        raise refuse("(#551) This person isn't available right now.", 551)


# Whom the Page keeps out

_NAMES = ("psid", "user", "uid", "asid")


def _named(g: Graph) -> list[str]:
    for name in _NAMES:
        given = g.asked.body.get(name, g.asked.query.get(name))
        if given is None:
            continue
        try:
            held = json.loads(given) if isinstance(given, str) else given
        except ValueError:
            held = str(given).split(",")
        return [str(one) for one in (held if isinstance(held, list) else [held])]
    raise refuse("(#100) One of user, psid, asid or uid is required", 100)


def ban(g: Graph, page: Account) -> Answer:
    """Each with whether it was done: nobody is kept out of whom Facebook never heard."""
    done = {}
    for person in _named(g):
        done[person] = g.store.author("facebook", person) is not None and person != page.id
        if done[person]:
            g.store.ban(page, person)
    return graph.ok(done)


def unban(g: Graph, page: Account) -> Answer:
    """Also of somebody who is not kept out."""
    for person in _named(g):
        g.store.unban(page, person)
    return graph.ok({"success": True})


def list_bans(g: Graph, page: Account) -> Answer:
    """Whom the Page keeps out, a page at a time."""
    view, fields = graph.window(g, None, default=25, most=100), graph.wanted_fields(g)
    held = g.store.bans(page)
    start = int(view.after) if view.after and view.after.isdigit() else 0
    shown = held[start : start + view.limit]
    body: dict[str, Any] = {"data": [PROFILE.show(g, _person(g, one), fields) for one in shown]}
    if shown:
        body["paging"] = {"cursors": {"before": str(start), "after": str(start + len(shown))}}
        if start + len(shown) < len(held):
            body["paging"]["next"] = f"{g.asked.origin}{graph.PREFIX}/{page.id}/blocked?after={start + len(shown)}"
    return graph.ok(body)


def _person(g: Graph, named: str) -> dict[str, Any]:
    return g.store.author("facebook", named) or {"id": named}


HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    "message": send_message,
    "ban": ban,
    "unban": unban,
    "list_bans": list_bans,
}
