"""Triage: rules that order the queue and say why. They never act; a person decides (dependencies.md, 5).

A text is first made plain (accents, masks and tricks undone); its words then choose the few rules worth trying.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from moderation.folding import LONGEST, fold
from moderation.lexicon import CONCERN, OFFENCE, ORDINARY, RULES, Rule
from moderation.phrases import (
    CONCERN_PHRASES,
    INSULTS,
    MEDIA,
    MEDIA_WORDS,
    PROFANITY,
    SELLING,
    SELLING_STRONGLY,
    SELLING_WORDS,
    THANKS,
    THANKS_SIGNS,
    THANKS_WORDS,
)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Where a comment goes in the queue (models.queue.Urgency), the level suspected, and why in a few words."""

    urgency: int = ORDINARY
    level: int | None = None
    because: str = ""


NOTHING = Suspicion()
SELLS = Suspicion(OFFENCE, 7, "may advertise or solicit")
PROFANE = Suspicion(ORDINARY, 6, "criticism or profanity toward police alone is no ground for hiding")
MEDIA_ASKS = Suspicion(CONCERN, 3, "may be a request of the media")
CONCERNED = Suspicion(CONCERN, 4, "asks for help or complains")
ASKS = Suspicion(CONCERN, 3, "asks a question")
THANKFUL = Suspicion(ORDINARY, 1, "thanks or praises")

# Letters that look like ours, and marks that are not seen at all, both used to get past rules.
_LOOKALIKES = str.maketrans("аеорсухіјѕԁԛѡαοικνρτυ’ʼ`", "aeopcyxijsdqwaoiknptu'''") | dict.fromkeys(
    [*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD]
)
_MASKS = str.maketrans("013457@$!|", "oieastasii")
_WORD = re.compile(r"[a-z0-9@$!|]*[a-z0-9]")
_SPACED = re.compile(r"\b(?:[a-z][ .\-_]){2,}[a-z]\b")
_BETWEEN = re.compile(r"[ .\-_]")
_TRIPLED = re.compile(r"([a-z])\1{2,}")
_STARRED = (
    (re.compile(r"\bf[*#@$%!.\-]{1,3}c?k?(?=ing|ed|er|in|s?(?![\w*#]))"), "fuck"),
    (re.compile(r"\bs[*#@$%!]{1,2}t(?=t?y?|s?\b)|\bsh[*#@$%!]t"), "shit"),
    (re.compile(r"\bb[*#@$%!]{1,2}t?ch"), "bitch"),
    (re.compile(r"\bn[*#@$%!i1]{1,2}[*#gq]{1,3}[*#e3a]{1,2}[*#r]?(?=s?\b|\W)"), "nigger"),
    (re.compile(r"\bc[*#@$%!]nt"), "cunt"),
    (re.compile(r"\bf[*#@$%!]g(?:g[*#@o0]t)?"), "faggot"),
)
_BY_WORD: dict[str, list[int]] = defaultdict(list)
for _number, _rule in enumerate(RULES):
    for _word in _rule.words:
        _BY_WORD[_word].append(_number)
_TELLING = _BY_WORD.keys() | PROFANITY | INSULTS
_SELLING = tuple((weight, re.compile(pattern)) for weight, pattern in SELLING)


def judge(text: str) -> Suspicion:
    """What the rules suspect of `text`. Pure; no I/O."""
    said, words = plain(text)
    asks = "?" in said
    rule = _ruled(said, words, asks=asks)
    if rule is not None:
        return Suspicion(rule.urgency, rule.level, rule.because)
    if _sells(said, words):
        return SELLS
    if not words.isdisjoint(PROFANITY):
        return PROFANE
    if not words.isdisjoint(MEDIA_WORDS) and MEDIA.search(said):
        return MEDIA_ASKS
    if CONCERN_PHRASES.search(said):
        return CONCERNED
    if not words.isdisjoint(INSULTS):
        return PROFANE
    if asks:
        return ASKS
    thanks = not words.isdisjoint(THANKS_WORDS) and THANKS.search(said)
    return THANKFUL if thanks or (not text.isascii() and THANKS_SIGNS.search(text)) else NOTHING


def _ruled(said: str, words: set[str], *, asks: bool) -> Rule | None:
    """The first rule that holds; they stand in the order of urgency."""
    chosen = sorted({number for word in words if word in _BY_WORD for number in _BY_WORD[word]})
    for number in chosen:
        rule = RULES[number]
        if (rule.asked or not asks) and rule.pattern.search(said):
            return rule
    return None


def _sells(said: str, words: set[str]) -> bool:
    if words.isdisjoint(SELLING_STRONGLY) and len(words & SELLING_WORDS) < 2:
        return False
    return sum(weight for weight, pattern in _SELLING if pattern.search(said)) >= 2


def plain(text: str) -> tuple[str, set[str]]:
    """`text` in small letters without accents, apostrophes, look-alike letters, masks, stretched words; its words."""
    said = text if text.isascii() else fold(text.translate(_LOOKALIKES))
    said = said[:LONGEST].lower().replace("'", "")
    if "*" in said or "#" in said:
        for pattern, word in _STARRED:
            said = pattern.sub(word, said)
    said = _SPACED.sub(_joined, _TRIPLED.sub(r"\1", said))
    words = set(_WORD.findall(said))
    for word in [word for word in words if not word.isalpha()]:
        bare = word.translate(_MASKS)
        if bare in _TELLING:  # a word behind digits and signs, where that makes one that tells: `k1ll`, not `2pm`
            said = said.replace(word, bare)
            words.add(bare)
    return said, words


def _joined(found: re.Match[str]) -> str:
    """`f u c k` as one word, where that makes one that tells something."""
    word = _BETWEEN.sub("", found[0])
    return word if word in _TELLING else found[0]
