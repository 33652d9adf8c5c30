"""Words as they are searched: without accents, capitals and signs (ruling 28: the database cannot fold them)."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The words of `text` in small letters without accents, a space between them; signs part words.

    A word that signs part stands there whole besides: `SN-12/A` is found as `sn`, `12`, `a` and `sn12a`.
    """
    words: list[str] = []
    for whole in unicodedata.normalize("NFKD", text).casefold().split():
        plain = "".join(sign for sign in whole if not unicodedata.combining(sign))
        parts = "".join(sign if sign.isalnum() else " " for sign in plain).split()
        words += parts
        if len(parts) > 1:
            words.append("".join(parts))
    return " ".join(words)


def wanted(text: str) -> str:
    """What somebody seeks, for `to_tsquery('simple', …)`: each word begins one that stands there."""
    found: list[str] = []
    for whole in unicodedata.normalize("NFKD", text).casefold().split():
        plain = "".join(sign for sign in whole if sign.isalnum())
        if plain:
            found.append(f"{plain[:60]}:*")
    return " & ".join(found[:8])
