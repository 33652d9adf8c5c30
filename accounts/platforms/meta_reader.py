"""What bodies of Facebook and Instagram have in common: edges, webhooks with several entries, messages."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from accounts.platforms.contract import Attachment, Author, Kind, RemoteComment, Sight
from accounts.platforms.fields import (
    address,
    attachment,
    id_in,
    inside,
    loose_text,
    moment,
    object_in,
    text_in,
)
from accounts.platforms.reader import Around, Reader, own_digest
from accounts.platforms.reading import Node

COMMENT, POST, MESSAGE = "comment", "post", "message"
# Members of what is neither comment nor post: refusals, answers to writes, tokens, accounts, pictures, limits.
_OF_ANOTHER = frozenset(
    {
        "error",
        "error_type",
        "error_code",
        "error_message",
        "success",
        "access_token",
        "app_id",
        "is_valid",
        "is_silhouette",
        "category",
        "fan_count",
        "quota_usage",
        "status_code",
        "followers_count",
        "ig_id",
        "biography",
        "profile_picture_url",
        "media_count",
        "post_id",
        "message_id",
        "recipient_id",
        "headers",
        "boost_ads_list",
        "upload_session_id",
        "video_id",
        "participants",
        "senders",
        "message_count",
        "scoped_thread_key",
        "snippet",
        "hub",
    }
)
_SPOKEN = frozenset({"message", "text", "from"})
_NO_MESSAGE = frozenset(
    {
        "delivery",
        "read",
        "postback",
        "reaction",
        "optin",
        "referral",
        "account_linking",
        "policy_enforcement",
        "app_roles",
        "pass_thread_control",
        "take_thread_control",
        "request_thread_control",
    }
)
_ID = re.compile(r"\d+(_\d+)*")


class MetaReader(Reader):
    """Walks edges (`data`), maps of id to object, and webhooks. Subclasses know comments, posts and changes."""

    edges: dict[str, str] = {}  # members that hold lists of their own, and what these are lists of

    def look_into(self, node: Node, around: Around) -> None:
        """An answer of any shape, a webhook, or a list of either."""
        if isinstance(node.value, list):
            self.visit_all(node, around)
        elif around.kind and "id" in node.value:
            self.thing(node, around)
        elif entries := node.get("entry"):
            self.each(entries, "An entry of the webhook", self.entry)
        elif data := node.get("data"):
            self.visit(data, self.edge(node.value, around))
        elif _is_map(node.value):
            for member in node.members().values():
                self.visit(member, around)
        else:
            self.thing(node, around)

    def is_other(self, values: dict[str, Any]) -> bool:
        """Something with a member that no comment has and none that somebody wrote."""
        keys = values.keys()
        return bool(keys & _OF_ANOTHER) and keys.isdisjoint(_SPOKEN)

    def inner_lists(self, node: Node, around: Around) -> None:
        """Visit the lists that came inside an object."""
        for key in filter(node.value.__contains__, self.edges):
            held = node.value[key]
            if isinstance(held, dict) and held.get("data") is not None:
                self.visit(node.members()[key].members()["data"], replace(around, kind=self.edges[key], at=None))
            elif isinstance(held, list):
                settled = self._settled  # a list in the wrong place says nothing of the object around it
                self.visit(node.members()[key], replace(around, kind=self.edges[key], at=None))
                self._settled = settled

    def edge(self, answer: dict[str, Any], around: Around) -> Around:
        """What an answer with `data` is a list of, as far as it says so itself."""
        return around

    def thing(self, node: Node, around: Around) -> None:
        """Add one object of the graph, with what it holds."""
        raise NotImplementedError

    def change(self, node: Node, field: str, around: Around) -> None:
        """Add what one change of a webhook tells. `node` is its value."""
        raise NotImplementedError

    def entry(self, node: Node) -> None:
        """Everything in one entry; the entry's id is the account that it is about."""
        values = node.value
        around = Around(at=moment(values.get("time")), owner=str(values.get("id") or ""))
        if changes := node.get("changes"):
            self.each(changes, "A change of the webhook", partial(self._change, around=around))
        if messaging := node.get("messaging"):
            self.each(messaging, "A message of the webhook", partial(self._messaging, around=around))
        if node.get("field"):  # Instagram-Login puts a change right here
            self._change(node, around)

    def _change(self, node: Node, around: Around) -> None:
        if (value := node.get("value")) and self.expect_object(value, "The value of a change"):
            self.change(value, loose_text(node.value.get("field")), around)

    def _messaging(self, node: Node, around: Around) -> None:
        if isinstance(node.value.get("message"), dict):
            self.add(node, partial(self.messaging, node, around))
        elif "message" not in node.value and node.value.keys() & _NO_MESSAGE:
            self.pass_over()

    def is_ours(self, author: Author | None, around: Around) -> bool:
        """Whether our own account wrote it: the credentials' account, or the one that a webhook is about."""
        return bool(author and author.remote_id) and author.remote_id in (self.own, around.owner)  # type: ignore[union-attr]

    def author_of(self, values: dict[str, Any]) -> Author | None:
        """Who wrote it: `from`, or `sender_id` and `sender_name` in old webhooks; None where the platform hides it."""
        source = object_in(values, "from")
        if source:
            return Author(
                remote_id=id_in(source),
                name=loose_text(source.get("name")),
                handle=loose_text(source.get("username")),
                avatar_url=address(inside(source, "picture", "data", "url")),
            )
        if values.get("sender_id") is not None or values.get("sender_name"):
            return Author(remote_id=id_in(values, "sender_id"), name=loose_text(values.get("sender_name")))
        return None

    def messaging(self, node: Node, around: Around) -> RemoteComment:
        """A private message out of a webhook's `messaging`."""
        values = node.value
        message = object_in(values, "message")
        author = Author(remote_id=id_in(object_in(values, "sender")))
        return RemoteComment(
            remote_id=id_in(message, "mid") or own_digest(node),
            text=text_in(message, "text"),
            kind=Kind.MESSAGE,
            parent_remote_id=id_in(object_in(message, "reply_to"), "mid"),
            author=author if author.remote_id else None,
            posted_at=moment(values.get("timestamp")) or around.at,
            sight=Sight.GONE if message.get("is_deleted") is True else Sight.UNKNOWN,  # taken back by who wrote it
            attachments=_message_attachments(message.get("attachments")),
            ours=message.get("is_echo") is True or self.is_ours(author, around),
            raw=node.raw,
            offset=node.offset,
        )


def _message_attachments(listed: Any) -> tuple[Attachment, ...]:
    found: tuple[Attachment, ...] = ()
    for each in listed if isinstance(listed, list) else ():
        found += attachment(loose_text(inside(each, "type")) or "file", inside(each, "payload", "url"))
    return found


def _is_map(values: dict[str, Any]) -> bool:
    """Whether this is the answer to `?ids=`: objects under ids, as a rule their own."""
    return bool(values) and all(
        _ID.fullmatch(key) or (type(value) is dict and value.get("id") == key) for key, value in values.items()
    )
