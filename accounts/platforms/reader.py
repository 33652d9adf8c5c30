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

DEEPEST = 40  # pieces within pieces: each level of answers takes two


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
    """Reads one body. A subclass says in `look_into` where comments stand and what they are called there.

    Nothing goes without a trace: each piece is taken in, set aside with its bytes, or known to be nothing that
    anybody wrote to us (`is_other`, `pass_over`).
    """

    def __init__(self, own: str = "") -> None:
        self.own = own  # the id of our account on the platform: what it wrote is ours
        self.comments: list[RemoteComment] = []
        self.posts: dict[str, RemotePost] = {}
        self.bad: list[BadItem] = []
        self.value: Any = None  # the whole body, parsed as far as it could be
        self._places: dict[str, int] = {}  # where the latest comment of an id stands in `comments`
        self._depth = 0
        self._settled = 0  # pieces whose fate is known; what leaves this unchanged has left no trace

    @property
    def is_alone(self) -> bool:
        """Whether the piece at hand is the whole body."""
        return self._depth == 1

    def look_into(self, node: Node, around: Around) -> None:
        """Add every comment and post of ours in this object or list."""
        raise NotImplementedError

    def is_other(self, values: dict[str, Any]) -> bool:
        """Whether this is something that the platform is known to send and that nobody wrote to us."""
        return False

    def read(
        self,
        body: bytes,
        *,
        call: str = "",
        received_at: datetime | None = None,
        headers: dict[str, str] | None = None,
        around: Around | None = None,
    ) -> Page:
        """The page of a body. Raises Unreadable, with the body, where it is no answer or nothing before a cut is."""
        page = Page(
            call=call,
            digest=hashlib.sha256(body).digest(),
            size=len(body),
            received_at=received_at or datetime.now(UTC),
            headers=headers or {},
        )
        document = Document(body)
        root = document.root
        if root is None or not isinstance(root.value, dict | list):
            said = f"The answer is {kind_of(root.value)}, no object and no list." if root else "The answer is no JSON."
            page.body = body
            page.bad = [*document.bad, BadItem(body, said)]
            raise Unreadable(said, page)
        self.value = root.value
        around = around or Around()
        if not _says_nothing(root.value, around):
            self.visit(root, around)
        page.comments, page.posts = self.comments, list(self.posts.values())
        page.bad = document.bad + self.bad
        if not document.whole:
            page.body = body
            if not page.comments and not page.posts:
                raise Unreadable("The answer breaks off or is no sound JSON, and nothing in it could be read.", page)
        return page

    # --- going through a body --------------------------------------------------------------------------------------

    def visit(self, node: Node, around: Around) -> None:
        """Take in everything in this piece, which should be an object or a list; set aside what tells nothing."""
        if not isinstance(node.value, dict | list):
            self.refuse(node, f"This should be an object or a list and is {kind_of(node.value)}.")
        elif self._depth >= DEEPEST:
            self.refuse(node, "This is nested too deeply to be read.")
        else:
            self._depth += 1
            before = self._settled
            self.look_into(node, around)
            self._settle(node, before)
            self._depth -= 1

    def visit_all(self, node: Node, around: Around) -> None:
        """Visit each element of a list."""
        for element in node.elements():
            if self.expect_object(element, "An element of the list"):
                self.visit(element, around)

    def each(self, node: Node, what: str, take: Callable[[Node], None]) -> None:
        """Take each element of what should be a list; what is no object is set aside."""
        if not isinstance(node.value, list):
            self.refuse(node, f"This should be a list and is {kind_of(node.value)}.")
        for element in node.elements():
            if self.expect_object(element, what):
                before = self._settled
                take(element)
                self._settle(element, before)
        self._settled += 1

    def expect_object(self, node: Node, what: str) -> bool:
        """Whether this element is an object, as each element of such a list must be; else it is set aside."""
        if isinstance(node.value, dict):
            return True
        self.refuse(node, f"{what} should be an object and is {kind_of(node.value)}.")
        return False

    def _settle(self, node: Node, before: int) -> None:
        """Set a piece aside of which nothing was said since `before`, unless it is known to be something else."""
        if self._settled == before and isinstance(node.value, dict) and not self.is_other(node.value):
            self.refuse(node, "Nothing in this says what it is.")
        self._settled += 1

    # --- what becomes of a piece -----------------------------------------------------------------------------------

    def add(self, node: Node, build: Callable[[], RemoteComment | RemotePost | None]) -> str:
        """Take in what `build` makes of a piece; set the piece aside where that says why not. Gives its id."""
        self._settled += 1
        if node.reason:
            return ""
        try:
            made = build()
        except Wrong as wrong:
            self.refuse(node, str(wrong))
            return ""
        if isinstance(made, RemotePost):
            known = self.posts.setdefault(made.remote_id, made)
            if made.text and known.text and made.text != known.text:
                self.refuse(node, "A post with this id and another text stands before this one.")
        elif made is not None:
            self._add_comment(made)
        return made.remote_id if made else ""

    def _add_comment(self, made: RemoteComment) -> None:
        """One more comment; one more mention of a comment in the body where both tell the same of it.

        Of an id that comes with different things intake makes what it would of two bodies, but for the sight: a body
        has one moment, and of one moment intake believes the first sight. So the first has the last one's, but for
        "gone": of what is gone before it is here, intake keeps nothing.
        """
        place = self._places.get(made.remote_id)
        if place is not None:
            known = self.comments[place]
            if _agree(known, made):
                self.comments[place] = merge(known, made)
                return
            if made.sight != Sight.UNKNOWN:
                sight = Sight.UNKNOWN if made.sight == Sight.GONE else made.sight
                self.comments[place] = replace(known, sight=sight)
        self._places[made.remote_id] = len(self.comments)
        self.comments.append(made)

    def latest(self, name: str) -> RemoteComment | None:
        """The comment that was last added under an id."""
        place = self._places.get(name)
        return None if place is None else self.comments[place]

    def refuse(self, node: Node, reason: str) -> None:
        """Set a piece aside with the reason, unless it was found broken: then the cutter sets it aside."""
        self._settled += 1
        if not node.reason:
            self.bad.append(BadItem(node.raw, reason, node.offset))

    def pass_over(self) -> None:
        """The piece at hand is known to be nothing that anybody wrote to us."""
        self._settled += 1


def _says_nothing(answer: dict[str, Any] | list[Any], around: Around) -> bool:
    """Whether an answer is empty, or the bare id that platforms answer to a write."""
    return not answer or (not around.kind and isinstance(answer, dict) and answer.keys() == {"id"})


def _agree(known: RemoteComment, later: RemoteComment) -> bool:
    """Whether two mentions of an id tell of the same comment, so that one of them loses nothing."""
    if known.text != later.text or (known.sight != later.sight and Sight.GONE in (known.sight, later.sight)):
        return False
    writers = [comment.author.remote_id if comment.author else "" for comment in (known, later)]
    pairs = (
        writers,
        (known.post_remote_id, later.post_remote_id),
        (known.parent_remote_id, later.parent_remote_id),
        (known.posted_at, later.posted_at),
    )
    return all(not one or not other or one == other for one, other in pairs)


def merge(known: RemoteComment, later: RemoteComment) -> RemoteComment:
    """One comment out of two mentions of it in a body: the later one holds, and the earlier fills what it lacks."""
    return replace(
        later,
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
