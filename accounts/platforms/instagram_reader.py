"""What stands in the bodies that Instagram sends (facts.md 2.1 to 2.3)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from accounts.platforms.contract import Attachment, Author, Kind, RemoteComment, RemotePost, Sight
from accounts.platforms.fields import (
    Wrong,
    address,
    attachment,
    flag,
    id_in,
    inside,
    loose_text,
    moment,
    number,
    object_in,
    text_in,
)
from accounts.platforms.meta_reader import COMMENT, MESSAGE, POST, MetaReader
from accounts.platforms.reader import Around, own_digest
from accounts.platforms.reading import Node

TAG = "tag"  # somebody's media in which we are tagged

_OF_A_MEDIA = frozenset({"caption", "comments_count", "media_type", "media_url", "permalink", "shortcode"})
_EDGE = re.compile(r"/(\d+)/(\w+)\?")
_SAID = frozenset({"text", "timestamp", "from", "user", "username"})
_SHORT = frozenset({"mentioned_comment", "mentioned_media"})
_OF_SPEECH = frozenset({"text", "comment_id", "comment"})


class InstagramReader(MetaReader):
    """Finds comments with their replies, mentions, private messages and our media."""

    edges = {"comments": COMMENT, "replies": COMMENT, "media": POST, "tags": TAG, "messages": MESSAGE}

    def edge(self, answer: dict[str, Any], around: Around) -> Around:
        """The address of the next page names the media, or the comment, that the list belongs to."""
        found = _EDGE.search(loose_text(inside(answer, "paging", "next")))
        if not found or around.kind:
            return around
        owner, edge = found.groups()
        if edge == "comments":
            return replace(around, kind=COMMENT, post=owner)
        return replace(around, kind=COMMENT, parent=owner) if edge == "replies" else around

    def thing(self, node: Node, around: Around) -> None:
        """A comment with its replies, a media with its comments, or an account that holds either."""
        values = node.value
        for key in _SHORT & values.keys():
            held = node.members()[key]
            if self.expect_object(held, "What mentions us"):
                self._mention(held, key)
            return  # the rest names the account that was mentioned
        if around.kind == TAG:
            self.add(node, lambda: self._mentioning_media(node))
            return
        if around.kind == MESSAGE or {"from", "to"} <= values.keys():
            self.add(node, lambda: self._message(node))
            return
        kind = _nature(values) or ("" if around.kind == POST or "comments" in values else around.kind)
        kind = kind or (COMMENT if "replies" in values else "")  # nothing else has replies
        inner = Around(post=around.post)
        if kind == COMMENT:
            name = self.add(node, lambda: self.comment(node, around))
            known = self.latest(name)
            inner = Around(post=known.post_remote_id if known else around.post, parent=name or _name(values))
        elif kind == POST or (isinstance(values.get("comments"), dict) and "id" in values):
            self.add(node, lambda: self.post(node))
            inner = Around(post=_name(values))
        self.inner_lists(node, inner)

    def author_of(self, values: dict[str, Any]) -> Author | None:
        """`from`, or the older `user` with the name beside it; Instagram tells user names, not full names."""
        source = object_in(values, "from") or object_in(values, "user")
        name = loose_text(values.get("username")) or loose_text(source.get("username"))
        author = Author(remote_id=id_in(source), name=name, handle=name)
        return author if author.remote_id or name else None

    def comment(self, node: Node, around: Around) -> RemoteComment:
        """A comment as the graph or a webhook shows it."""
        values = node.value
        name, text = id_in(values), text_in(values, "text")
        if values.keys().isdisjoint(_SAID) or not (name or "text" in values):
            raise Wrong("This should be a comment and has neither an id nor a text.")
        parent = id_in(values, "parent_id") or around.parent
        author = self.author_of(values)
        hidden = flag(values.get("hidden"))
        return RemoteComment(
            remote_id=name or own_digest(node),
            text=text,
            kind=Kind.REPLY if parent else Kind.COMMENT,
            post_remote_id=id_in(object_in(values, "media")) or around.post,
            parent_remote_id=parent,
            author=author,
            posted_at=moment(values.get("timestamp")) or around.at,
            sight=Sight.UNKNOWN if hidden is None else Sight.HIDDEN if hidden else Sight.VISIBLE,
            ours=self.is_ours(author, around),
            raw=node.raw,
            offset=node.offset,
        )

    def post(self, node: Node) -> RemotePost | None:
        """A media of ours."""
        values = node.value
        name = id_in(values)
        if not name:
            raise Wrong("This should be a media and has no id.")
        if not values.keys() & _OF_A_MEDIA:
            return None  # it only holds the comments that were asked for
        return RemotePost(
            remote_id=name,
            text=text_in(values, "caption"),
            posted_at=moment(values.get("timestamp")),
            permalink=address(values.get("permalink")),
            image_url=address(values.get("thumbnail_url")) or address(values.get("media_url")),
            comments=number(values.get("comments_count")),
            raw=node.raw,
            offset=node.offset,
        )

    def _mention(self, node: Node, key: str) -> None:
        """A comment, or the caption of somebody's media, that names us."""
        if key == "mentioned_comment":
            name = self.add(node, lambda: replace(self.comment(node, Around()), kind=Kind.MENTION))
            self.inner_lists(node, Around(parent=name))
        else:
            self.inner_lists(node, Around(post=self.add(node, lambda: self._mentioning_media(node))))

    def _mentioning_media(self, node: Node) -> RemoteComment:
        values = node.value
        author = self.author_of(values) or self.author_of({"user": values.get("owner")})
        return RemoteComment(
            remote_id=id_in(values) or own_digest(node),
            text=text_in(values, "caption"),
            kind=Kind.MENTION,
            author=author,
            posted_at=moment(values.get("timestamp")),
            permalink=address(values.get("permalink")),
            attachments=attachment(
                loose_text(values.get("media_type")).lower() or "media", values.get("media_url"), remote_id=None
            ),
            ours=self.is_ours(author, Around()),
            raw=node.raw,
            offset=node.offset,
        )

    def _message(self, node: Node) -> RemoteComment:
        """A private message of a conversation."""
        values = node.value
        name = id_in(values)
        if not name:
            raise Wrong("This should be a message and has no id.")
        author = self.author_of(values)
        return RemoteComment(
            remote_id=name,
            text=text_in(values, "message"),
            kind=Kind.MESSAGE,
            author=author,
            posted_at=moment(values.get("created_time")),
            attachments=_attached(inside(values, "attachments", "data")),
            ours=self.is_ours(author, Around()),
            raw=node.raw,
            offset=node.offset,
        )

    def change(self, node: Node, field: str, around: Around) -> None:
        """New comments come whole; a mention names the comment or media only, to be read there."""
        if field in ("comments", "live_comments"):
            self.add(node, lambda: self.comment(node, around))
        elif field == "mentions":
            self.add(node, lambda: self._mention_event(node, around))
        elif field and node.value.keys().isdisjoint(_OF_SPEECH):
            self.pass_over()

    def _mention_event(self, node: Node, around: Around) -> RemoteComment:
        values = node.value
        media, comment = id_in(values, "media_id"), id_in(values, "comment_id")
        if not media and not comment:
            raise Wrong("This tells of a mention and names neither a comment nor a media.")
        return RemoteComment(
            remote_id=comment or media,
            text=text_in(values, "text"),
            kind=Kind.MENTION,
            post_remote_id=media if comment else "",
            author=self.author_of(values),
            posted_at=around.at,
            raw=node.raw,
            offset=node.offset,
        )


def _attached(listed: Any) -> tuple[Attachment, ...]:
    found: tuple[Attachment, ...] = ()
    for each in listed if isinstance(listed, list) else ():
        places = [inside(each, kind, "url") for kind in ("image_data", "video_data")]
        kind = loose_text(inside(each, "mime_type")) or "file"
        found += attachment(kind, *places, inside(each, "file_url"), remote_id=inside(each, "id"))
    return found


def _nature(values: dict[str, Any]) -> str:
    """A media has a caption, counts or an address; what has a text and none of these is a comment."""
    keys = values.keys()
    if keys & _OF_A_MEDIA:
        return POST if "id" in keys else ""
    return COMMENT if "text" in keys else ""


def _name(values: dict[str, Any]) -> str:
    name = values.get("id")
    return name if isinstance(name, str) else ""
