"""Prepared replies (ruling 1): approved texts by level and language, with the poster's first name filled in (4.L1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

# First words of display names that are no first names: titles, articles, what pages and shops begin with.
_NO_NAMES = """
mr mrs ms miss dr coach officer ofc sgt pastor sr sra don the el la los las le lo city bayside miami news friends
anonymous user
"""
NO_NAMES = frozenset(_NO_NAMES.split())


@dataclass(frozen=True)
class Prepared:
    """One prepared text. `opener`: it begins an answer that the officer finishes with the facts."""

    text: str
    opener: bool
    number: int  # which wording this is, from 1
    of: int


@cache
def _texts(path: str) -> dict[tuple[int, str], dict[str, Any]]:
    if not path:
        return {}
    rows: list[dict[str, Any]] = json.loads(Path(path).read_text())
    return {(row["level"], row["language"]): row for row in rows}


def first_name(name: str) -> str:
    """The first name in a poster's display name, or empty where there seems to be none (a handle, a shop)."""
    words = name.split()
    if len(words) < 2:
        return ""
    first = words[0].strip(",.")
    plain = first.replace("-", "").replace("'", "").replace("’", "")
    if len(first) < 2 or not plain.isalpha() or not first[0].isupper() or plain.isupper():
        return ""
    return "" if plain.lower() in NO_NAMES else first


def prepared(level: int, language: str, *, name: str, wording: int) -> Prepared | None:
    """A prepared text for `level`, in the comment's language or else in English; None where none is approved.

    `wording` chooses among the wordings and goes round, so that two neighbours are not thanked in the same words.
    """
    texts = _texts(settings.PREPARED_REPLIES)
    row = texts.get((level, language)) or texts.get((level, "en"))
    if row is None:
        return None
    first = first_name(name)
    wordings: list[str] = row["wordings"] if first else row["without_name"]
    number = wording % len(wordings)
    return Prepared(wordings[number].replace("{first_name}", first), bool(row.get("opener")), number + 1, len(wordings))
