"""What changed from one text to another, word by word."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

LONGEST = 4000  # words of both texts together; what is longer is shown whole, for a diff costs their product


@dataclass(frozen=True)
class Piece:
    """A run of words of a diff: `same`, `gone` or `new`."""

    kind: str
    words: str


def words_changed(before: str, after: str) -> list[Piece]:
    """What was taken out and put in, word by word; two whole texts when they are too long to compare."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    if len(old) + len(new) > LONGEST:
        return [Piece("gone", before), Piece("new", after)]
    pieces: list[Piece] = []
    matcher: Any = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(new[c:d])))
    return pieces
