"""What the public page of an appeal says, in English, Spanish and Haitian Creole."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "appeal_page.json"
# By the languages' own names, for who does not read English.
LANGUAGES = {"en": "English", "es": "Español", "ht": "Kreyòl ayisyen"}


@cache
def _all() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads(WORDS.read_text())
    return words


def words_in(language: str) -> dict[str, str]:
    """The page's words in `language`; in English where it has none in that."""
    return _all().get(language, _all()["en"])
