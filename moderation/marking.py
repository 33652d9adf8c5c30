"""The words that a grade relied on, where they stand in the comment."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Marked:
    """A text in three: what stands before the words relied on, these, and what comes after. No words: all is before."""

    before: str
    words: str = ""
    after: str = ""


def as_it_stands(text: str, words: str) -> str:
    """`words` as they stand in `text`, where somebody may have typed them in other letters and spaces; else empty."""
    if not words.strip():
        return ""
    if words in text:
        return words
    found = re.search(r"\s+".join(re.escape(word) for word in words.split()), text, re.IGNORECASE)
    return found[0] if found else ""


def marked(text: str, words: str) -> Marked:
    """`text`, with `words` marked where they stand first."""
    before, found, after = text.partition(words) if words else (text, "", "")
    return Marked(before, found, after)
