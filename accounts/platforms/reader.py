"""What the readers of all platforms share: a body becomes a page, each comment in it once, each bad item beside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from accounts.platforms.contract import BadItem, Kind, Page, RemoteComment, RemotePost, Sight, Unreadable
from accounts.platforms.fields import Wrong, kind_of
from accounts.platforms.reading import Document, Node


@dataclass(frozen=True, slots=True)
class Around:
    """What is known from around a piece: what was asked for, or what encloses it in the body."""

    kind: str = ""  # what a piece of unclear nature is: comment, post, message; empty: judge by its shape
    post: str = ""
    parent: str = ""
    at: datetime | None = None  # the time of an event whose content bears none
    owner: str = ""  # whose webhook this is
    sight: str = Sight.UNKNOWN  # what the question implies, where the answer does not say


class Reader:
    """Reads one body. A subclass says in `visit` where comments stand and what they are called there."""

    def __init__(self, own: str = "") -> None:
        self.own = own  # the id of our account on the platform: what it wrote is ours
        self.comments: dict[str, RemoteComment] = {}
        self.posts: dict[str, RemotePost] = {}
        self.bad: list[BadItem] = []
        self.value: Any = None  # the whole body, parsed as far as it could be

    def visit(self, node: Node, around: Around) -> None:
        """Add every comment and post of ours in this piece."""
        raise NotImplementedError

    def read(
        self,
        body: bytes,
        *,
        call: str = "",
        received_at: datetime | None = None,
        headers: dict[str, str] | None = None,
        around: Around | None = None,
    ) -> Page:
        """The page of a body. Raises Unreadable, with the body, where it is no JSON or nothing before a cut is."""
        page = Page(
            call=call,
            digest=hashlib.sha256(body).digest(),
            size=len(body),
            received_at=received_at or datetime.now(UTC),
            headers=headers or {},
        )
        document = Document(body)
        page.bad = document.bad
        if document.root is None:
            page.body = body
            page.bad.append(BadItem(body, "The answer is no JSON."))
            raise Unreadable("The answer is no JSON.", page)
        self.value = document.root.value
        self.visit(document.root, around or Around())
        page.comments, page.posts = list(self.comments.values()), list(self.posts.values())
        page.bad += self.bad
        if not document.whole:
            page.body = body
            if not page.comments and not page.posts:
                raise Unreadable("The answer breaks off or is no sound JSON, and nothing in it could be read.", page)
        return page

    def add(self, node: Node, build: Callable[[], RemoteComment | RemotePost | None]) -> str:
        """Take in what `build` makes of a piece; set the piece aside where that says why not. Gives its id."""
        if node.reason:
            return ""
        try:
            made = build()
        except Wrong as wrong:
            self.refuse(node, str(wrong))
            return ""
        if isinstance(made, RemotePost):
            self.posts.setdefault(made.remote_id, made)
        elif made is not None:
            known = self.comments.get(made.remote_id)
            self.comments[made.remote_id] = merge(known, made) if known else made
        return made.remote_id if made else ""

    def refuse(self, node: Node, reason: str) -> None:
        """Set a piece aside with the reason."""
        self.bad.append(BadItem(node.raw, reason, node.offset))

    def each(self, node: Node, what: str, take: Callable[[Node], None]) -> None:
        """Take each element of a list; what is no object is set aside."""
        for element in node.elements():
            if self.expect_object(element, what):
                take(element)

    def visit_all(self, node: Node, around: Around) -> None:
        """Visit each element of a list."""
        self.each(node, "An element of the list", lambda element: self.visit(element, around))

    def expect_object(self, node: Node, what: str) -> bool:
        """Whether this element is an object, as each element of such a list must be; else it is set aside."""
        if isinstance(node.value, dict) or node.reason:
            return isinstance(node.value, dict)
        self.refuse(node, f"{what} should be an object and is {kind_of(node.value)}.")
        return False


def merge(known: RemoteComment, later: RemoteComment) -> RemoteComment:
    """One comment out of two mentions of it in a body: the later one holds, and the earlier fills what it lacks."""
    gone = later.sight == Sight.GONE and not later.text
    return replace(
        later,
        text=known.text if gone else later.text,
        kind=known.kind if later.kind == Kind.COMMENT else later.kind,
        post_remote_id=later.post_remote_id or known.post_remote_id,
        parent_remote_id=later.parent_remote_id or known.parent_remote_id,
        author=later.author or known.author,
        posted_at=known.posted_at or later.posted_at,
        edited_at=later.edited_at or known.edited_at,
        sight=known.sight if later.sight == Sight.UNKNOWN else later.sight,
        permalink=later.permalink or known.permalink,
        attachments=later.attachments or known.attachments,
        ours=known.ours or later.ours,
    )


def own_digest(node: Node) -> str:
    """The id of a comment that the platform gave none: what its bytes are."""
    return "sha256:" + hashlib.sha256(node.raw).hexdigest()
