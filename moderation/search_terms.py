"""What a person types into a search, as a question to the stored words: words, "phrases in quotes", beginnings*.

Any text is safe: nothing of it reaches the database as an operator, and how much is asked for is bounded.
"""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import ValidationError

from content.words.folding import fold

MOST = 20  # words and phrases in one question
LONGEST = 500  # characters of it
SHORTEST = 2  # letters of a beginning: of one letter there would be half the dictionary
_QUOTES = str.maketrans("“”„«»", '"""""')
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_OPERATORS = re.compile(r"['\\\x00]")  # within a quoted operand only these mean something; no word holds them


def question(text: str, *, of_author: bool = False) -> SearchQuery | None:
    """All that `text` asks for, together; None where it is empty. `of_author`: only in who wrote it.

    Raises ValidationError, with a sentence, for what cannot be asked.
    """
    text = text.translate(_QUOTES).strip()
    if not text:
        return None
    if len(text) > LONGEST:
        raise ValidationError(f"Ask in at most {LONGEST} characters.")
    asked = [part for found in _TERM.finditer(text) if (part := _part(found, of_author=of_author))]
    if not asked:
        raise ValidationError("Search takes words: letters or figures.")
    if len(asked) > MOST:
        raise ValidationError(f"Ask for at most {MOST} words or phrases at once.")
    return SearchQuery(" & ".join(asked), config="simple", search_type="raw")


def _part(found: re.Match[str], *, of_author: bool) -> str:
    """One word, phrase or beginning, quoted: to_tsquery takes apart what stands in quotes as the texts were."""
    phrase, word = found.groups()
    beginning = word is not None and word.endswith("*")
    words = _OPERATORS.sub(" ", fold(phrase if word is None else word.rstrip("*"))).strip()
    letters = re.findall(r"[^\W_]", words)
    if not letters:
        return ""
    if beginning and len(letters) < SHORTEST:
        raise ValidationError(f"Give at least {SHORTEST} letters of a beginning: {words}…")
    weights = ("*" if beginning else "") + ("A" if of_author else "")
    return f"'{words}':{weights}" if weights else f"'{words}'"
