"""What stands in the bodies that X sends, in the old spelling and the new (facts.md 0.3, 3.2, 3.3)."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from accounts.platforms.contract import Attachment, Author, Kind, RemoteComment, RemotePost, Sight
from accounts.platforms.fields import (
    Wrong,
    address,
    attachment,
    id_in,
    inside,
    loose_id,
    loose_text,
    moment,
    number,
    object_in,
    text_in,
)
from accounts.platforms.reader import Around, Reader, own_digest
from accounts.platforms.reading import Node

COMMENT, POST, LOOKUP, MESSAGE = "comment", "post", "lookup", "message"
_OF_AN_ANSWER = frozenset({"meta", "errors", "includes", "title"})
_OF_ANOTHER = frozenset(
    {
        "username",
        "media_key",
        "hidden",
        "deleted",
        "blocking",
        "muting",
        "following",
        "liked",
        "retweeted",
        "bookmarked",
        "errors",
        "error",
        "title",
        "access_token",
        "dm_event_id",
        "valid",
        "subscribed",
        "endpoint",
        "subscription",
        "subscription_id",
        "expires_at",
        "blocked",
        "attempted",
        "job_id",
        "code",
        "expires_after_secs",
    }
)
_QUIET_EVENTS = ("dm.read", "dm.indicate_typing")
_COMINGS = ("ParticipantsJoin", "ParticipantsLeave")
CONVERSATION = "https://x.com/messages/{}"  # from memory
_WRAPPERS = ("body", "response")  # recordings put an answer under one of these
_CONVERSATION = re.compile(r"[0-9-]{1,60}")
_LINK = re.compile(r"https?://\S+")


class XReader(Reader):
    """Finds replies, mentions, quotes, private messages and our own posts; what is only included is context."""

    def __init__(self, own: str = "") -> None:
        super().__init__(own)
        self.users: dict[str, Author] = {}
        self.media: dict[str, dict[str, Any]] = {}

    def look_into(self, node: Node, around: Around) -> None:
        """An answer, an event of the Activity API, or a list of such."""
        values = node.value
        if isinstance(values, list):
            self.visit_all(node, around)
            return
        self._note_includes(values.get("includes"))
        self._content(node, around)
        for key in ("tweets", "posts"):
            if inside(values, "includes", key) and (listed := node.members()["includes"].get(key)):
                self.each(listed, "An included post", self._add_own_post)
        if around.kind == LOOKUP:
            self._missing(node)

    def _content(self, node: Node, around: Around) -> None:
        values = node.value
        if isinstance(values.get("payload"), dict) and "event_type" in values:
            self._event(node)
        elif "data" in values:
            self.visit(node.members()["data"], around)
        elif wrapped := next((name for name in _WRAPPERS if isinstance(values.get(name), dict | list)), ""):
            self.visit(node.members()[wrapped], around)
        elif values.get("event_type") in _COMINGS:
            self.pass_over()
        elif "text" in values or (around.kind in (COMMENT, MESSAGE) and values.keys().isdisjoint(_OF_AN_ANSWER)):
            self.add(node, lambda: self.post(node, around))

    def is_other(self, values: dict[str, Any]) -> bool:
        """Users, media, answers to writes, comings and goings in conversations, and answers that hold no `data`."""
        keys = values.keys()
        if "text" in keys or "author_id" in keys:
            return False
        return bool(keys & _OF_ANOTHER) or number(inside(values, "meta", "result_count")) == 0

    def _note_includes(self, includes: Any) -> None:
        """The users, which events sometimes wrap in `data`, and the media that posts name by key."""
        for listed in (inside(includes, "users"), includes):
            for user in _listed(listed):
                user = inside(user, "data") if isinstance(inside(user, "data"), dict) else user
                name = loose_id(inside(user, "id"))
                if name and ("username" in user or "name" in user):
                    picture = address(user.get("profile_image_url"))
                    self.users[name] = Author(
                        name, loose_text(user.get("name")), loose_text(user.get("username")), picture
                    )
        for media in _listed(inside(includes, "media")):
            key = loose_text(inside(media, "media_key"))
            if key:
                self.media[key] = media

    def _author(self, name: str) -> Author | None:
        return self.users.get(name) or (Author(name) if name else None)

    # --- posts -----------------------------------------------------------------------------------------------------

    def post(self, node: Node, around: Around) -> RemoteComment | RemotePost | None:
        """A post by anyone else is a comment to us; ours are posts, unless they answer somebody."""
        values = node.value
        if "message_create" in values or values.get("event_type") == "MessageCreate" or around.kind == MESSAGE:
            return self._message(node, around)
        name, text = _first_version(values) or id_in(values), long_text(values)
        if "text" not in values:
            raise Wrong("This should be a post and has no text.")
        if _referenced(values, "retweeted"):
            return None  # nothing was written
        author = self._author(id_in(values, "author_id"))
        parent, conversation = _parent(values), id_in(values, "conversation_id")
        ours = self._is_ours(author, around)
        if not parent and (ours or (around.kind == POST and author is None)):
            return self._own_post(node, name, text)
        return RemoteComment(
            remote_id=name or own_digest(node),
            text=text,
            kind=_kind(parent, conversation),
            post_remote_id=conversation if parent else "",
            parent_remote_id=parent if parent != conversation else "",
            author=author,
            posted_at=moment(values.get("created_at")),
            edited_at=_edited_at(values),
            permalink=_permalink(author, name),
            attachments=self._attachments(values),
            ours=ours,
            raw=node.raw,
            offset=node.offset,
        )

    def _own_post(self, node: Node, name: str, text: str) -> RemotePost:
        values = node.value
        pictures = [each.url for each in self._attachments(values) if each.url]
        return RemotePost(
            remote_id=name or own_digest(node),
            text=text,
            posted_at=moment(values.get("created_at")),
            permalink=_permalink(self._author(self.own), name),
            image_url=pictures[0] if pictures else "",
            comments=number(inside(values, "public_metrics", "reply_count")),
            raw=node.raw,
            offset=node.offset,
        )

    def _add_own_post(self, node: Node) -> None:
        """Of the posts that are only included, those of ours: what somebody answered."""
        if self.own and loose_id(node.value.get("author_id")) == self.own and not _parent(node.value):
            self.add(node, lambda: self._own_post(node, id_in(node.value), long_text(node.value)))
        else:
            self.pass_over()  # what somebody else wrote to somebody else

    def _is_ours(self, author: Author | None, around: Around) -> bool:
        return bool(author and author.remote_id in (self.own, around.owner) and author.remote_id)

    def _attachments(self, values: dict[str, Any]) -> tuple[Attachment, ...]:
        found: tuple[Attachment, ...] = ()
        for key in _listed(inside(values, "attachments", "media_keys")):
            media = self.media.get(loose_text(key), {})
            kind = loose_text(media.get("type")) or "media"
            urls = (media.get("url"), media.get("preview_image_url"))
            found += attachment(kind, *urls, remote_id=key, alt=media.get("alt_text"))
        return found

    def _message(self, node: Node, around: Around) -> RemoteComment:
        """A private message, as the events list or as an event of the Activity API shows it."""
        values = node.value
        created = object_in(values, "message_create")
        content = object_in(created, "message_data") or values
        author = self._author(id_in(created or values, "sender_id"))
        if "text" not in content and "attachments" not in values and "attachment" not in content:
            raise Wrong("This should be a private message and has neither text nor attachment.")
        conversation = loose_id(values.get("dm_conversation_id"))
        media = inside(content, "attachment", "media")
        return RemoteComment(
            remote_id=id_in(values) or own_digest(node),
            text=text_in(content, "text"),
            kind=Kind.MESSAGE,
            author=author,
            posted_at=moment(values.get("created_timestamp") or values.get("created_at")),
            permalink=CONVERSATION.format(conversation) if _CONVERSATION.fullmatch(conversation) else "",
            attachments=self._attachments(values)
            + attachment(
                loose_text(inside(media, "type")) or "media",
                inside(media, "media_url_https"),
                remote_id=inside(media, "id_str"),
            ),
            ours=self._is_ours(author, around),
            raw=node.raw,
            offset=node.offset,
        )

    def _missing(self, node: Node) -> None:
        """What was asked for by id and is not shown: deleted, or its author is gone or protected."""
        errors = node.get("errors")
        for error in errors.elements() if errors else []:
            if loose_text(inside(error.value, "parameter")) in ("id", "ids"):
                self.add(error, partial(self._gone, error, loose_id(error.value.get("value"))))

    def _gone(self, node: Node, name: str, author: Author | None = None, *, ours: bool = False) -> RemoteComment:
        if not name:
            raise Wrong("This tells that a post is gone and does not say which.")
        return RemoteComment(
            remote_id=name, text="", author=author, sight=Sight.GONE, ours=ours, raw=node.raw, offset=node.offset
        )

    # --- events of the Activity API --------------------------------------------------------------------------------

    def _event(self, node: Node) -> None:
        kind = loose_text(node.value.get("event_type"))
        payload = node.members()["payload"]
        around = Around(owner=loose_id(inside(node.value, "filter", "user_id")))
        if kind == "post.delete":
            author = self._author(loose_id(payload.value.get("author_id")))
            ours = self._is_ours(author, around)
            self.add(payload, lambda: self._gone(payload, loose_id(payload.value.get("id")), author, ours=ours))
        elif kind.startswith("post."):
            if payload.value:
                self.add(payload, lambda: self.post(payload, around))
            else:
                self.pass_over()
        elif kind.startswith("dm.") and (events := payload.get("direct_message_events")):
            users = payload.value.get("users")
            self._note_includes(list(users.values()) if isinstance(users, dict) else users)
            self.each(events, "A message event", lambda event: self._add_message(event, around))
        elif kind in _QUIET_EVENTS or (not kind.startswith("dm.") and "text" not in payload.value):
            self.pass_over()

    def _add_message(self, event: Node, around: Around) -> None:
        self.add(event, lambda: self._message(event, around))


def same_post_text(sent: str, found: str) -> bool:
    """Whether a text of ours came back from X, which shortens addresses and puts names in front of a reply."""
    plain, came = (" ".join(_LINK.sub("<link>", text).split()) for text in (sent, found))
    while came != plain and came.startswith("@"):
        came = came.partition(" ")[2]
    return came == plain


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _referenced(values: dict[str, Any], kind: str) -> str:
    for key in ("referenced_tweets", "referenced_posts"):
        for reference in _listed(values.get(key)):
            if inside(reference, "type") == kind:
                return loose_id(inside(reference, "id"))
    return ""


def _parent(values: dict[str, Any]) -> str:
    """The post that this one answers, in any of the spellings."""
    return (
        _referenced(values, "replied_to")
        or loose_id(values.get("in_reply_to_tweet_id"))
        or loose_id(values.get("in_reply_to_post_id"))
    )


def _kind(parent: str, conversation: str) -> str:
    if not parent:
        return Kind.MENTION
    return Kind.COMMENT if parent == conversation else Kind.REPLY


def _history(values: dict[str, Any]) -> list[Any]:
    return _listed(values.get("edit_history_tweet_ids")) or _listed(values.get("edit_history_post_ids"))


def _first_version(values: dict[str, Any]) -> str:
    """Each edit has an id of its own; the first one names the post through all of them."""
    history = _history(values)
    return loose_id(history[0]) if len(history) > 1 else ""


def latest_version(values: Any) -> str:
    """The id of the newest edit that a post knows of."""
    history = _history(values) if isinstance(values, dict) else []
    return loose_id(history[-1]) if history else ""


def _edited_at(values: dict[str, Any]) -> Any:
    return moment(values.get("created_at")) if len(_history(values)) > 1 else None


def long_text(values: dict[str, Any]) -> str:
    """The whole text: what goes beyond 280 characters stands in a note."""
    short = text_in(values, "text")
    long = inside(values, "note_tweet", "text") or inside(values, "note_post", "text")
    return loose_text(long) or short


def _permalink(author: Author | None, name: str) -> str:
    if not name.isdecimal():
        return ""
    return f"https://x.com/{author.handle if author and author.handle else 'i/web'}/status/{name}"
