"""What a poster did to a comment after it came: each version held against the one before it, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from moderation.models import Comment, CommentVersion

MOST = 1500  # words and signs that are compared; of a longer text all is told as taken out and put in

_PARTS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Part:
    """A piece of text: kept, taken out, or put in."""

    kind: str  # "", "del", "ins"
    text: str


@dataclass(frozen=True)
class Edit:
    """One later version, and what it changed."""

    version: CommentVersion
    parts: list[Part]

    @property
    def says(self) -> str:
        """What the poster did, in words."""
        return {
            CommentVersion.Change.EDITED: "The poster changed it.",
            CommentVersion.Change.DELETED: "It was taken away on the platform; this was removed:",
            CommentVersion.Change.RESTORED: "It was there again.",
        }[CommentVersion.Change(self.version.change)]


def edits_of(comment: Comment) -> list[Edit]:
    """Every later version of `comment` in its order. What was taken away shows the words that stood until then."""
    edits, before = [], comment.text
    for version in comment.versions.order_by("number"):
        gone = version.change == CommentVersion.Change.DELETED
        edits.append(Edit(version, [Part("del", before)] if gone and before else list(_changes(before, version.text))))
        before = before if gone else version.text
    return edits


def _changes(before: str, after: str) -> Iterator[Part]:
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    if len(old) > MOST or len(new) > MOST:
        yield from (Part(kind, text) for kind, text in (("del", before), ("ins", after)) if text)
        return
    for way, begin, end, new_begin, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        taken, put = "".join(old[begin:end]), "".join(new[new_begin:new_end])
        if way == "equal":
            yield Part("", taken)
            continue
        if taken:
            yield Part("del", taken)
        if put:
            yield Part("ins", put)
