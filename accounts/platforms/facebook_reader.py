"""What stands in the bodies that Facebook sends (facts.md 1.1 to 1.3)."""

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

UNCLEAR = "unclear"
# Lists in which a post is by somebody else, also where Facebook keeps back by whom.
VISITED, TAGGED = "visited", "tagged"
_WRITTEN_AS = {VISITED: Kind.VISITOR_POST, TAGGED: Kind.MENTION}
_PERMALINK = re.compile(
    r"facebook\.com/([^/?#]+)/(?:posts|videos)/(\d+)/?\?(?:[^#]*&)?comment_id=(\d+)(?:[^#]*?&reply_comment_id=(\d+))?"
)
_OF_A_POST = frozenset(
    {"status_type", "attachments", "full_picture", "updated_time", "shares", "is_published", "story"}
)
_OF_A_COMMENT = frozenset(
    {
        "can_hide",
        "can_remove",
        "can_comment",
        "can_reply_privately",
        "comment_count",
        "like_count",
        "likes",
        "user_likes",
        "parent",
        "object",
        "is_private",
        "attachment",
        "private_reply_conversation",
    }
)
_SAID = frozenset({"message", "created_time", "from", "attachment"})
_ALSO_OF_A_POST = frozenset({"permalink_url", "is_hidden", "from"})
_OF_A_CONVERSATION = frozenset({"participants", "senders", "message_count", "scoped_thread_key", "snippet"})
_VERBS = {"hide": Sight.HIDDEN, "unhide": Sight.VISIBLE, "remove": Sight.GONE}
_POSTS = frozenset({"post", "status", "photo", "video", "share", "link", "album", "event", "note"})
_NO_SPEECH = frozenset({"like", "reaction", "album", "event"})  # items of a webhook that nobody wrote
_OF_A_VIDEO = frozenset({"video_flag_reason"})  # Facebook's own doing
_OF_NOBODY = frozenset({"name", "description", "link", "updated_time"})  # persons who like or are blocked, media


class FacebookReader(MetaReader):
    """Finds comments, visitors' posts, mentions, private messages and posts of the Page."""

    edges = {
        "comments": COMMENT,
        "messages": MESSAGE,
        "feed": POST,
        "posts": POST,
        "published_posts": POST,
        "visitor_posts": VISITED,
        "tagged": TAGGED,
    }

    def look_into(self, node: Node, around: Around) -> None:
        """In a list that does not say what it holds one kind rules: where one is clearly a comment, all are."""
        if isinstance(node.value, list) and not around.kind:
            shown = (each for each in node.value if isinstance(each, dict))
            if any(self._nature(each, "") == COMMENT for each in shown):
                around = replace(around, kind=COMMENT)
        super().look_into(node, around)

    def is_other(self, values: dict[str, Any]) -> bool:
        """Also persons and media, of which nothing was said."""
        if super().is_other(values):
            return True
        return bool(values.keys() & _OF_NOBODY) and values.keys().isdisjoint({"message", "from"})

    def edge(self, answer: dict[str, Any], around: Around) -> Around:
        """The address of the next page names the edge; the summary of comments has an order."""
        if around.kind:
            return around
        following = loose_text(inside(answer, "paging", "next")) or loose_text(inside(answer, "paging", "previous"))
        named = re.search(r"/(\w+)\?", following)
        if named and named[1] in self.edges:
            return replace(around, kind=self.edges[named[1]])
        return replace(around, kind=COMMENT) if inside(answer, "summary", "order") else around

    def thing(self, node: Node, around: Around) -> None:
        """A comment, post or message, and the lists that came inside it."""
        values = node.value
        kind = self._nature(values, POST if around.kind in _WRITTEN_AS else around.kind)
        inner = around
        if kind == COMMENT:
            name = self.add(node, lambda: self.comment(node, around))
            if self.edges.keys().isdisjoint(values):
                return
            known = self.latest(name)
            inner = Around(post=known.post_remote_id if known else around.post, parent=name or _loose_name(values))
        elif kind == MESSAGE:
            self.add(node, lambda: self.message(node))
        elif kind == UNCLEAR:
            self.refuse(node, "This may be a comment or another Page's post: nothing in it says which.")
        elif kind == POST:
            self.add(node, lambda: self.post(node, _WRITTEN_AS.get(around.kind, "")))
            inner = Around(post=_loose_name(values))
        self.inner_lists(node, inner)

    def _nature(self, values: dict[str, Any], hint: str) -> str:
        """What an object of the graph is, by the fields that came with it; empty where it is none of ours.

        `hint` is what was asked for: it decides where the fields do not, since anything may be served in answer.
        Without either it is a post of ours only where its id begins with our Page's. Facebook leaves `from` out at
        times, so what may be a comment is one; but alone it may as well be another Page's post.
        """
        keys = values.keys()
        if hint == MESSAGE or ("to" in keys and "from" in keys):
            return MESSAGE
        if keys & _OF_A_CONVERSATION:
            return ""
        permalink = loose_text(values.get("permalink_url"))
        if "comment_id=" in permalink or keys & _OF_A_COMMENT:
            return COMMENT
        if (keys & _OF_A_POST and "_" in _loose_name(values)) or ("comments" in keys and "message" not in keys):
            return POST if "id" in keys else hint
        return hint or self._bare_nature(values, permalink)

    def _bare_nature(self, values: dict[str, Any], permalink: str) -> str:
        """The same where neither a question nor a telling field says it."""
        if permalink:
            return POST
        if "from" in values:
            return COMMENT
        if "message" not in values:
            return ""
        page, _, rest = _loose_name(values).partition("_")
        if rest and (page == self.own or not self.own.isdecimal()):
            return POST
        return UNCLEAR if rest and self.is_alone else COMMENT

    # --- what an object is made into -------------------------------------------------------------------------------

    def comment(self, node: Node, around: Around) -> RemoteComment:
        """A comment as the graph shows it."""
        values = node.value
        name, text = id_in(values), text_in(values, "message")
        permalink = address(values.get("permalink_url"))
        parent = id_in(object_in(values, "parent")) or around.parent
        post = around.post
        if permalink and (not name or not post or not parent):
            found = _PERMALINK.search(permalink)
            page, number_, comment, reply = found.groups() if found else ("", "", "", None)
            post = post or (f"{page}_{number_}" if page.isdecimal() else "")
            name = name or (f"{number_}_{reply or comment}" if comment else "")
            parent = parent or (f"{number_}_{comment}" if reply else "")
        if values.keys().isdisjoint(_SAID) or not (name or "message" in values):
            raise Wrong("This should be a comment and has neither an id nor a text.")
        author = self.author_of(values)
        return RemoteComment(
            remote_id=name or own_digest(node),
            text=text,
            kind=Kind.REPLY if parent else Kind.COMMENT,
            post_remote_id=post,
            parent_remote_id=parent,
            author=author,
            posted_at=moment(values.get("created_time")),
            sight=_sight(values),
            permalink=permalink,
            attachments=_attachments(values.get("attachment")),
            ours=self.is_ours(author, around),
            raw=node.raw,
            offset=node.offset,
        )

    def post(self, node: Node, written_as: str = "") -> RemotePost | RemoteComment | None:
        """A post of the Page; a post by anyone else on it is a comment to us (ruling 9).

        `written_as` is what the list says of a post that is not the Page's.
        """
        values = node.value
        name, text, author = id_in(values), text_in(values, "message"), self.author_of(values)
        if not name:
            raise Wrong("This should be a post and has no id.")
        posted_at = moment(values.get("created_time"))
        owner = name.partition("_")[0]
        if written_as and (author is None or not self.is_ours(author, Around())):
            return replace(self._visitor_post(node, name, text, author), kind=written_as)
        if author and author.remote_id not in ("", self.own, owner):
            return self._visitor_post(node, name, text, author)
        if not text and not posted_at and not values.keys() & (_OF_A_POST | _ALSO_OF_A_POST):
            if self.edges.keys().isdisjoint(values):
                raise Wrong("This should be a post and holds nothing but an id.")
            return None  # it only holds the comments that were asked for
        return RemotePost(
            remote_id=name,
            text=text,
            posted_at=posted_at,
            permalink=address(values.get("permalink_url")),
            image_url=address(values.get("full_picture"))
            or address(inside(values, "attachments", "data", 0, "media", "image", "src")),
            comments=number(inside(values, "comments", "summary", "total_count")),
            raw=node.raw,
            offset=node.offset,
        )

    def _visitor_post(self, node: Node, name: str, text: str, author: Author | None) -> RemoteComment:
        return RemoteComment(
            remote_id=name,
            text=text,
            kind=Kind.VISITOR_POST,
            author=author,
            posted_at=moment(node.value.get("created_time")),
            sight=_sight(node.value),
            permalink=address(node.value.get("permalink_url")),
            attachments=attachment("photo", node.value.get("full_picture")),
            raw=node.raw,
            offset=node.offset,
        )

    def message(self, node: Node) -> RemoteComment:
        """A private message out of a conversation."""
        values = node.value
        author = self.author_of(values)
        found: tuple[Attachment, ...] = ()
        listed = inside(values, "attachments", "data")
        for each in listed if isinstance(listed, list) else ():
            addresses = (inside(each, "image_data", "url"), inside(each, "file_url"), inside(each, "video_data", "url"))
            found += attachment(
                loose_text(inside(each, "mime_type")) or "file", *addresses, remote_id=inside(each, "id")
            )
        return RemoteComment(
            remote_id=id_in(values) or own_digest(node),
            text=text_in(values, "message"),
            kind=Kind.MESSAGE,
            author=author,
            posted_at=moment(values.get("created_time")),
            attachments=found,
            ours=self.is_ours(author, Around()),
            raw=node.raw,
            offset=node.offset,
        )

    # --- webhooks --------------------------------------------------------------------------------------------------

    def change(self, node: Node, field: str, around: Around) -> None:
        """Comments and posts; likes and reactions are no speech, nor is what other fields tell."""
        values = node.value
        item = values.get("item")
        if field not in ("feed", "mention"):
            if field and values.keys().isdisjoint({"message", "comment_id"}):
                self.pass_over()
        elif item == "comment":
            self.add(node, lambda: self._comment_event(node, field, around))
        elif not isinstance(item, str):
            self.refuse(node, "This change does not say what it is about.")
        elif item in _POSTS and values.get("post_id"):
            self.add(node, lambda: self._post_event(node, field, around))
        elif item in _NO_SPEECH or values.keys() & _OF_A_VIDEO:
            self.pass_over()

    def _event(self, node: Node, name: str, field: str, around: Around, kind: str) -> RemoteComment:
        values = node.value
        verb = loose_text(values.get("verb"))
        author = self.author_of(values)
        return RemoteComment(
            remote_id=name,
            text="" if verb == "remove" else text_in(values, "message"),
            kind=Kind.MENTION if field == "mention" else kind,
            author=author,
            posted_at=moment(values.get("created_time")),
            edited_at=around.at if verb in ("edited", "edit") else None,
            sight=_VERBS.get(verb, Sight.UNKNOWN),
            permalink=address(inside(values, "permalink_url")),
            attachments=attachment("photo", values.get("photo")) + attachment("video", values.get("video")),
            ours=self.is_ours(author, around),
            raw=node.raw,
            offset=node.offset,
        )

    def _comment_event(self, node: Node, field: str, around: Around) -> RemoteComment:
        """It answers the post if its parent is the post, else the comment that its parent is."""
        values = node.value
        name, post, parent = id_in(values, "comment_id"), id_in(values, "post_id"), id_in(values, "parent_id")
        if not name:
            raise Wrong("This tells of a comment and has no “comment_id”.")
        parent = "" if parent == post else parent
        event = self._event(node, name, field, around, Kind.REPLY if parent else Kind.COMMENT)
        return replace(event, post_remote_id=post, parent_remote_id=parent)

    def _post_event(self, node: Node, field: str, around: Around) -> RemoteComment | RemotePost | None:
        values = node.value
        name = id_in(values, "post_id")
        event = self._event(node, name, field, around, Kind.VISITOR_POST)
        if field == "mention" or (event.author and event.author.remote_id and not event.ours):
            return event
        if event.sight == Sight.GONE:
            return None
        return RemotePost(
            remote_id=name,
            text=event.text,
            posted_at=event.posted_at,
            image_url=address(inside(values, "photos", 0)),
            raw=event.raw,
            offset=event.offset,
        )


def _loose_name(values: dict[str, Any]) -> str:
    name = values.get("id")
    return name if isinstance(name, str) else ""


def _sight(values: dict[str, Any]) -> str:
    hidden = flag(values.get("is_hidden"))
    return Sight.UNKNOWN if hidden is None else Sight.HIDDEN if hidden else Sight.VISIBLE


def _attachments(found: Any) -> tuple[Attachment, ...]:
    if not isinstance(found, dict):
        return ()
    picture, page = inside(found, "media", "image", "src"), found.get("url")
    return attachment(loose_text(found.get("type")) or "file", picture, page, remote_id=inside(found, "target", "id"))
