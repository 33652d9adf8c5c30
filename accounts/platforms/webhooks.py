"""What the platforms send by themselves: handshakes, signatures, and what a body tells, cut out of it as it stands.

A body is signed over its bytes, so nothing here writes JSON anew: a piece is its own bytes between the fewest that its
reader needs around it. Nothing here asks a platform or the database (facts.md 1.3, 2.3, 3.3).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.platforms.contract import Platform
from accounts.platforms.fields import inside, loose_id, loose_text, moment
from accounts.platforms.reading import Document, Node

META, X = "meta", "x"
SENDERS = {Platform.FACEBOOK: META, Platform.INSTAGRAM: META, Platform.X: X}  # whose secret signs what comes where
SIGNATURE_HEADERS = {META: "X-Hub-Signature-256", X: "X-Twitter-Webhooks-Signature"}
OBJECTS = {"page": Platform.FACEBOOK, "instagram": Platform.INSTAGRAM}
LONGEST_CHALLENGE = 256
# X signs a challenge and a delivery with the same secret. Were any text answered, whoever asks could have a delivery of
# his own signed: so a challenge is a word, and a delivery begins with a bracket, which no word holds.
_WORD = re.compile(r"[A-Za-z0-9._~+/=-]+")
_BRACKETS = (b"{", b"[")

# What each platform is known to tell. Speech is taken in; the rest is known to be nothing that anybody wrote to us.
SPEECH: dict[str, frozenset[str]] = {
    Platform.FACEBOOK: frozenset({"feed", "mention", "messages"}),
    Platform.INSTAGRAM: frozenset({"comments", "live_comments", "mentions", "messages"}),
    Platform.X: frozenset(
        {
            "post.create",
            "post.delete",
            "post.mention.create",
            "post.reply.create",
            "post.quote.create",
            "dm.received",
            "dm.sent",
        }
    ),
}
_QUIET: dict[str, frozenset[str]] = {
    Platform.FACEBOOK: frozenset({"delivery", "read", "postback", "reaction", "optin", "referral"}),
    Platform.INSTAGRAM: frozenset({"story_insights", "read", "reaction", "postback", "referral"}),
    Platform.X: frozenset(
        {
            "oauth.revoke",
            "block.block",
            "block.unblock",
            "dm.read",
            "dm.indicate_typing",
            "chat.received",
            "chat.sent",
            "post.repost.create",
        }
    ),
}
# Of Facebook's `feed`: items and verbs. From memory for the verbs that no recorded body shows.
_SPOKEN_ITEMS = frozenset({"comment", "post", "status", "photo", "video", "share", "link", "note"})
_OTHER_ITEMS = frozenset({"like", "reaction", "album", "event"})
_SPOKEN_VERBS = frozenset({"add", "edited", "edit", "remove", "hide", "unhide"})
_OTHER_VERBS = frozenset({"block", "unblock", "mute"})


@dataclass(frozen=True, slots=True)
class Told:
    """One change that a body tells of one account.

    `body` is what its reader takes; its bytes stand in the delivery from `start` on, after the first `shift` of it.
    `field`, `item` and `verb` are the platform's words; `remote_id` names the account that it is about.
    """

    platform: str
    remote_id: str
    field: str
    item: str
    verb: str
    at: datetime | None
    body: bytes
    start: int
    shift: int
    user: str = ""  # whose permission was taken back (X)

    @property
    def words(self) -> str:
        """What it tells, in the platform's words."""
        return " ".join(filter(None, (self.field, self.item, self.verb)))

    @property
    def known(self) -> bool:
        """Whether changes of this kind are understood."""
        if self.platform == Platform.FACEBOOK and self.field == "feed":
            items, verbs = _SPOKEN_ITEMS | _OTHER_ITEMS, _SPOKEN_VERBS | _OTHER_VERBS
            return self.item in items and self.verb in verbs
        kinds = SPEECH.get(self.platform, frozenset()) | _QUIET.get(self.platform, frozenset())
        return self.field in kinds

    @property
    def is_speech(self) -> bool:
        """Whether somebody wrote something, or it tells of what somebody wrote."""
        if self.platform == Platform.FACEBOOK and self.field == "feed":
            return self.item in _SPOKEN_ITEMS and self.verb in _SPOKEN_VERBS
        return self.field in SPEECH.get(self.platform, frozenset())

    @property
    def is_late_news(self) -> bool:
        """Whether it tells of a comment that should be here already: what comes before its comment came out of turn."""
        return self.verb in ("edited", "edit", "remove", "hide", "unhide")

    def place(self, offset: int) -> int:
        """Where in the delivery the bytes stand that stand at `offset` in `body`."""
        return max(0, offset - self.shift) + self.start


@dataclass(frozen=True, slots=True)
class Body:
    """A delivery, cut up. `trouble` says in a sentence why not all of it could be read; empty when all was."""

    told: tuple[Told, ...]
    trouble: str = ""


# --- handshakes ------------------------------------------------------------------------------------------------------


def hub_answer(query: Any, verify_token: str) -> str | None:
    """What Meta wants to hear when a callback is set up; None when it is not Meta, or not about us."""
    token, challenge = str(query.get("hub.verify_token", "")), str(query.get("hub.challenge", ""))
    if query.get("hub.mode") != "subscribe" or not verify_token or not _is_word(challenge):
        return None
    return challenge if hmac.compare_digest(token.encode(), verify_token.encode()) else None


def crc_answer(token: str, secret: str) -> str | None:
    """X's response to its own challenge; None for what cannot be one."""
    return f"sha256={_of_x(token.encode(), secret)}" if _is_word(token) else None


def _is_word(text: str) -> bool:
    return len(text) <= LONGEST_CHALLENGE and _WORD.fullmatch(text) is not None


# --- signatures ------------------------------------------------------------------------------------------------------


def is_signed(sender: str, body: bytes, signature: str, secret: str) -> bool:
    """Whether the platform signed exactly these bytes. Without a secret nothing is; takes the same time either way."""
    if not secret or not body.lstrip().startswith(_BRACKETS):
        return False
    true = _of_x(body, secret) if sender == X else hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={true}".encode(), signature.encode("utf-8", "replace"))


def _of_x(text: bytes, secret: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).decode()


# --- what a body tells -----------------------------------------------------------------------------------------------


def cut(sender: str, body: bytes) -> Body:
    """The changes that a body tells, in its order. Never raises: what cannot be read leaves a sentence."""
    document = Document(body)
    root = document.root
    if root is None or not isinstance(root.value, dict | list):
        return Body((), "This is no JSON.")
    told: list[Told] = []
    lost = 0
    for each in root.elements() if isinstance(root.value, list) else [root]:
        for found in _of_meta(each) if sender == META else _of_an_x(each):
            if found is None:
                lost += 1
            else:
                told.append(found)
    if not document.whole:
        return Body(tuple(told), "This breaks off or is no sound JSON: what of it could be read went in.")
    if lost:
        return Body(tuple(told), f"{lost} pieces of this are nothing that the platform is known to send.")
    return Body(tuple(told), "" if told else "Nothing in this says what it is.")


def _of_meta(node: Node) -> Iterator[Told | None]:
    platform = OBJECTS.get(loose_text(inside(node.value, "object")), "")
    entries = node.get("entry")
    for entry in entries.elements() if entries else []:
        if isinstance(entry.value, dict):
            yield from _of_an_entry(platform, loose_text(node.value.get("object")), entry)
        else:
            yield None


def _of_an_entry(platform: str, object_: str, entry: Node) -> Iterator[Told | None]:
    owner, at = loose_id(entry.value.get("id")), moment(entry.value.get("time"))
    found = False
    for list_, read in (("changes", _change), ("messaging", _message)):
        held = entry.get(list_)
        for node in held.elements() if held else []:
            found = True
            yield read(platform or object_, owner, at, entry, node) if isinstance(node.value, dict) else None
    if entry.value.get("field"):  # Instagram-Login puts a change right here
        yield _told(platform, owner, at, entry, entry, _said(entry), list_="")
    elif not found:
        yield None


def _said(node: Node) -> tuple[str, str, str]:
    value = node.value.get("value")
    return (
        loose_text(node.value.get("field")) or "?",
        loose_text(inside(value, "item")),
        loose_text(inside(value, "verb")),
    )


def _change(platform: str, owner: str, at: datetime | None, entry: Node, node: Node) -> Told:
    return _told(platform, owner, at, entry, node, _said(node), list_="changes")


def _message(platform: str, owner: str, at: datetime | None, entry: Node, node: Node) -> Told:
    values = node.value
    quiet = next((name for name in sorted(_QUIET.get(platform, ())) if name in values), "?")
    field = "messages" if isinstance(values.get("message"), dict) else quiet
    verb = "echo" if inside(values, "message", "is_echo") is True else ""
    when = moment(values.get("timestamp")) or at
    return _told(platform, owner, when, entry, node, (field, "", verb), list_="messaging")


def _told(
    platform: str, owner: str, at: datetime | None, entry: Node, node: Node, said: tuple[str, str, str], *, list_: str
) -> Told:
    """The change between the least that its reader needs: whose entry it stands in, and when that was sent."""
    named = b"".join(
        b'"%s":%s,' % (name.encode(), part.raw) for name in ("id", "time") if (part := entry.get(name)) and list_
    )
    head = b'{"entry":[{%s"%s":[' % (named, list_.encode()) if list_ else b'{"entry":['
    tail = b"]}]}" if list_ else b"]}"
    field, item, verb = said
    return Told(platform, owner, field, item, verb, at, head + node.raw + tail, node.offset, len(head))


def _of_an_x(node: Node) -> Iterator[Told | None]:
    """One event, or a list of them; its filter names the account, and where it has none its payload does."""
    data = node.get("data")
    if data is None:
        yield None
        return
    many = isinstance(data.value, list)
    for event in data.elements() if many else [data]:
        kind = loose_text(inside(event.value, "event_type"))
        if not kind:
            yield None
            continue
        payload = event.value.get("payload")
        user = loose_id(inside(payload, "user_id"))
        owner = loose_id(inside(event.value, "filter", "user_id")) or user
        at = moment(inside(payload, "created_at") or inside(payload, "date_time"))
        head = b'{"data":'
        yield Told(Platform.X, owner, kind, "", "", at, head + event.raw + b"}", event.offset, len(head), user)
