"""The language of a comment, so that it is offered first to members who read it (ruling 17)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from content.words.folding import fold
from content.words.plain import plain

# The unit's languages, and those that neighbours and visitors most often write in.
LANGUAGES = ("en", "es", "ht", "fr", "pt", "de", "it", "ru", "uk", "zh", "ar", "he", "vi", "tl", "ko", "ja")
ENOUGH = 1000  # characters that are looked at
SHORT = 12  # less than so many bytes of letters is judged by its words alone

_WORD = re.compile(r"[^\W\d_]+")
_NO_WORDS = re.compile(r"https?://\S+|[@#]\w+")
# Words that stand in one of the three languages and hardly in the others: most comments are decided by them alone, ten
# times faster.
_COMMON = {
    "en": "the and you is of it that was are this they your with have not what my we be there who would their "
    "thank thanks good i to in for at so just if when how all can but or him his her as do from out up "
    "more time about like will been get did why us dont im its were should could know people here need "
    "want some very now great please where which our them",
    "es": "el los las del una por con para su es está muy qué gracias pero como más cuando donde usted ustedes "
    "todos hay buenos que y mi lo al le nos eso esa ese esta este ya sin son fue tiene puede también "
    "porque aquí hasta desde yo ni policía señor favor buen nadie quién cómo dónde cuánto ahora siempre "
    "te voy vas van vamos hola ayuda auxilio gusta",
    "ht": "mwen ou nan ki pou pa gen sa li nou ak tout mèsi kisa kote fè ap anpil bonjou konsa yon m n w te "
    "pral lapolis moun kreyòl èske kijan konbyen sou nou vin ka gade bèl bon",
}
_COMMON_WORDS = {language: frozenset(fold(words).split()) for language, words in _COMMON.items()}


def language_of(text: str) -> str:
    """The language's code (`en`, `es`, `ht`, …), or empty where the text is too short to say."""
    text = text[:ENOUGH]
    return _by_common_words(plain(text)[1]) or _by_model(text)


def _by_common_words(words: frozenset[str]) -> str:
    """The language whose common words stand here, twice as many as another's and an eighth of the words."""
    counts = {language: len(words & common) for language, common in _COMMON_WORDS.items()}
    first, second, _ = sorted(counts, key=counts.__getitem__, reverse=True)
    enough = counts[first] * 8 >= len(words) and counts[first] >= 2 * counts[second]
    return first if counts[first] and enough else ""


@lru_cache(maxsize=4096)
def _by_model(text: str) -> str:
    words = " ".join(_WORD.findall(_NO_WORDS.sub(" ", text).lower()))
    return str(_identifier().classify(words)[0]) if len(words.encode(errors="replace")) >= SHORT else ""


@cache
def _identifier() -> Any:
    """Loaded when first needed: that takes a second and some memory."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
