"""What stands in the bodies that YouTube sends (facts.md 4.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accounts.platforms.contract import Author, Kind, RemoteComment, RemotePost, Sight
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

COMMENT, POST = "comment", "post"
_SIGHTS = {
    "published": Sight.VISIBLE,
    "heldForReview": Sight.HIDDEN,
    "likelySpam": Sight.HIDDEN,
    "rejected": Sight.HIDDEN,
}
_TEXTS = frozenset({"textOriginal", "textDisplay"})


def sight_of(status: Any) -> str:
    """What a moderation status means for the public."""
    return _SIGHTS.get(status, Sight.UNKNOWN) if isinstance(status, str) else Sight.UNKNOWN


class YouTubeReader(Reader):
    """Finds top-level comments, replies and our videos, in lists, threads, single resources and parts of them."""

    def look_into(self, node: Node, around: Around) -> None:
        """A list, a thread, a comment, a video, or a part of one of these."""
        values = node.value
        if isinstance(values, list):
            self.visit_all(node, around)
        elif "items" in values:
            self.visit(node.members()["items"], around)
        elif "topLevelComment" in values or "comments" in values:
            self._part_of_thread(node, around)
        elif _is_thread(values):
            self._thread(node, around)
        elif self._is_video(values, around):
            self.add(node, lambda: self.video(node))
        elif values.get("kind", "youtube#comment") == "youtube#comment" and (around.kind == COMMENT or _texts(values)):
            self.add(node, lambda: self.comment(node, around))

    def is_other(self, values: dict[str, Any]) -> bool:
        """Resources that are no comments, others' videos among them; refusals, ratings and tokens."""
        kind = loose_text(values.get("kind"))
        if kind.startswith("youtube#"):
            return "comment" not in kind
        return not values.keys().isdisjoint({"error", "rating", "access_token"})

    def _thread(self, node: Node, around: Around) -> None:
        """The first comment, then those of its replies that came along. Only the first is what the pass was for."""
        snippet, replies = node.get("snippet"), node.get("replies")
        inner = replace(around, post=loose_text(inside(node.value, "snippet", "videoId")) or around.post)
        if snippet and isinstance(snippet.value, dict) and "topLevelComment" in snippet.value:
            self._part_of_thread(snippet, inner)
        else:
            self.refuse(node, "This should be a thread and its first comment is missing.")
        if replies and replies.value is not None and self.expect_object(replies, "The replies of a thread"):
            self._part_of_thread(replies, replace(inner, parent=loose_id(node.value.get("id"))))

    def _part_of_thread(self, node: Node, around: Around) -> None:
        around = replace(around, kind=COMMENT, post=loose_text(node.value.get("videoId")) or around.post)
        if (top := node.get("topLevelComment")) and self.expect_object(top, "The first comment of a thread"):
            self.add(top, lambda: self.comment(top, around))
        if replies := node.get("comments"):
            self.visit(replies, replace(around, sight=Sight.UNKNOWN))

    def comment(self, node: Node, around: Around) -> RemoteComment:
        """A comment resource; also its bare snippet, which has no id."""
        values = node.value
        snippet = object_in(values, "snippet") or (values if _TEXTS & values.keys() else {})
        name = id_in(values) if snippet is not values else ""
        if not _TEXTS & snippet.keys():
            raise Wrong("This should be a comment and has no text.")
        text = text_in(snippet, "textOriginal") or text_in(snippet, "textDisplay")
        parent = id_in(snippet, "parentId") or around.parent or (name.partition(".")[0] if "." in name else "")
        author = _author(snippet)
        posted_at, updated_at = moment(snippet.get("publishedAt")), moment(snippet.get("updatedAt"))
        video = id_in(snippet, "videoId") or around.post
        return RemoteComment(
            remote_id=name or own_digest(node),
            text=text,
            kind=Kind.REPLY if parent else Kind.COMMENT,
            post_remote_id=video,
            parent_remote_id=parent,
            author=author,
            posted_at=posted_at,
            edited_at=updated_at if posted_at and updated_at and updated_at > posted_at else None,
            sight=sight_of(snippet["moderationStatus"]) if "moderationStatus" in snippet else around.sight,
            permalink=f"https://www.youtube.com/watch?v={video}&lc={name}" if video and name else "",
            attachments=attachment("photo", snippet.get("imageUrl")),
            ours=bool(author and author.remote_id and author.remote_id == self.own),
            raw=node.raw,
            offset=node.offset,
        )

    def _is_video(self, values: dict[str, Any], around: Around) -> bool:
        """Videos of ours only: charts and searches are full of others'."""
        if values.get("kind") not in ("youtube#video", "youtube#playlistItem"):
            return False
        return around.kind == POST or inside(values, "snippet", "channelId") == self.own

    def video(self, node: Node) -> RemotePost:
        """A video, or the entry of one in the list of our uploads."""
        values = node.value
        snippet = object_in(values, "snippet")
        name = loose_text(inside(snippet, "resourceId", "videoId")) or id_in(values)
        if not name:
            raise Wrong("This should be a video and has no id.")
        published = inside(values, "contentDetails", "videoPublishedAt") or snippet.get("publishedAt")
        return RemotePost(
            remote_id=name,
            text=text_in(snippet, "title"),
            posted_at=moment(published),
            permalink=f"https://www.youtube.com/watch?v={name}",
            image_url=address(inside(snippet, "thumbnails", "medium", "url"))
            or address(inside(snippet, "thumbnails", "default", "url")),
            comments=number(inside(values, "statistics", "commentCount")),
            raw=node.raw,
            offset=node.offset,
        )


def _is_thread(values: dict[str, Any]) -> bool:
    """A thread says so, or has what only threads have."""
    if values.get("kind") == "youtube#commentThread" or "replies" in values:
        return True
    snippet = values.get("snippet")
    return isinstance(snippet, dict) and "topLevelComment" in snippet


def _texts(values: dict[str, Any]) -> bool:
    snippet = values.get("snippet")
    return bool(_TEXTS & (snippet.keys() if isinstance(snippet, dict) else values.keys()))


def _author(snippet: dict[str, Any]) -> Author | None:
    """The channel id is missing where an account was closed; today's display names are handles."""
    channel = snippet.get("authorChannelId")
    name = loose_text(snippet.get("authorDisplayName"))
    author = Author(
        remote_id=id_in(channel, "value") if isinstance(channel, dict) else id_in(snippet, "authorChannelId"),
        name=name,
        handle=name[1:] if name.startswith("@") else "",
        avatar_url=address(snippet.get("authorProfileImageUrl")),
    )
    return author if author.remote_id or name else None
