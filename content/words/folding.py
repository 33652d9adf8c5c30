"""The words of a text as search keeps them: without accents (the wheel has no unaccent, ruling 28), never too long."""

from __future__ import annotations

import unicodedata

# A tsvector holds less than 1 MB; a hostile comment may be ten times that, and must be stored all the same (idea 7).
LONGEST = 20_000


def fold(text: str) -> str:
    """`text` without accents, cut after 20,000 characters. What is searched for is folded the same way."""
    text = text[:LONGEST]
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join([letter for letter in apart if not unicodedata.combining(letter)])[:LONGEST]


def of_author(name: str, handle: str) -> str:
    """The words of who wrote a comment, as search keeps them."""
    return fold(f"{name} {handle}".strip())
