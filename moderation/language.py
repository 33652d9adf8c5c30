"""The language of a comment, so that it is offered first to members who read it (ruling 17)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

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
    "porque aquí hasta desde yo ni policía señor favor buen nadie quién cómo dónde cuánto ahora siempre",
    "ht": "mwen ou nan ki pou pa gen sa li nou ak tout mèsi kisa kote fè ap anpil bonjou konsa yon m n w te "
    "pral lapolis moun kreyòl èske kijan konbyen lè sou men nou vin ka gade bèl bon",
}
_LANGUAGE_OF = {word: language for language, words in _COMMON.items() for word in words.split()}


@lru_cache(maxsize=4096)
def language_of(text: str) -> str:
    """The language's code (`en`, `es`, `ht`, …), or empty where the text is too short to say."""
    text = text[:ENOUGH]
    if "@" in text or "#" in text or "://" in text:
        text = _NO_WORDS.sub(" ", text)
    words = _WORD.findall(text.lower())
    found = _by_common_words(words)
    if found or len("".join(words).encode(errors="replace")) < SHORT:
        return found
    return str(_identifier().classify(" ".join(words))[0])


def _by_common_words(words: list[str]) -> str:
    """The language whose common words stand here, where they are of one language and a fifth of the text."""
    count = dict.fromkeys(_COMMON, 0)
    for word in words:
        language = _LANGUAGE_OF.get(word)
        if language:
            count[language] += 1
    language, most = max(count.items(), key=lambda item: item[1])
    return language if most and most == sum(count.values()) and most * 5 >= len(words) else ""


@cache
def _identifier() -> Any:
    """Loaded when first needed: that takes a second and some memory."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
