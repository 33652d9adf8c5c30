"""The words that a grade relied on, where they stand in the comment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Marked:
    """A text in three: what stands before the words relied on, these, and what comes after. No words: all is before."""

    before: str
    words: str = ""
    after: str = ""


def marked(text: str, words: str) -> Marked:
    """`text`, with `words` marked where they stand first."""
    before, found, after = text.partition(words) if words else (text, "", "")
    return Marked(before, found, after)
