"""Triage: rules that order the queue and say why. They never act; a person decides (dependencies.md, 5).

A text is first made plain (accents, masks and tricks undone); its words then choose the few rules worth trying.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from moderation.bands import Band
from moderation.emergencies import emergency
from moderation.lexicon import CONCERN, OFFENCE, ORDINARY, RULES, THREAT, Rule
from moderation.phrases import (
    CONCERN_PHRASES,
    CONCERN_WORDS,
    INSULTS,
    MEDIA_WORDS,
    PROFANITY,
    SELLING,
    SELLING_STRONGLY,
    SELLING_WORDS,
    THANKS,
    THANKS_SIGNS,
    THANKS_WORDS,
    TIP_WORDS,
    asks_for_the_media,
    tells_something,
)
from moderation.plain import plain
from moderation.threatening import DANGEROUS, heard


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Where a comment goes in the queue (models.queue.Urgency), the level suspected, and why in a few words."""

    urgency: int = ORDINARY
    level: int | None = None
    because: str = ""
    band: Band = Band.NONE
    by_model: bool = False  # the learned model suspects the level, which the rules left open


NOTHING = Suspicion()
THREATENS = Suspicion(THREAT, 8, "may threaten violence", Band.THREAT)
TELLS = Suspicion(CONCERN, 2, "may know something about a case", Band.TIP)
SELLS = Suspicion(OFFENCE, 7, "may advertise or solicit", Band.OFFENSIVE)
PROFANE = Suspicion(ORDINARY, 6, "criticism or profanity toward police alone is no ground for hiding")
MEDIA_ASKS = Suspicion(CONCERN, 3, "may be a request of the media", Band.MEDIA)
CONCERNED = Suspicion(CONCERN, 4, "asks for help or complains")
ASKS = Suspicion(CONCERN, 3, "asks a question")
THANKFUL = Suspicion(ORDINARY, 1, "thanks or praises")

_BY_WORD: dict[str, list[int]] = defaultdict(list)
for _number, _rule in enumerate(RULES):
    for _word in _rule.words:
        _BY_WORD[_word].append(_number)
_KNOWN = frozenset(_BY_WORD).union(
    CONCERN_WORDS, INSULTS, MEDIA_WORDS, PROFANITY, SELLING_STRONGLY, SELLING_WORDS, THANKS_WORDS, TIP_WORDS
)
_SUICIDE = "may speak of suicide"
_SELLING = tuple((weight, re.compile(pattern)) for weight, pattern in SELLING)


def judge(text: str) -> Suspicion:
    """What the rules suspect of `text`. Pure; no I/O."""
    said, every = plain(text)
    words = every & _KNOWN
    return _urgent(said, every) or _other(text, said, words)


def _urgent(said: str, words: frozenset[str]) -> Suspicion | None:
    """What cannot wait: somebody needs help, or threatens."""
    because = emergency(said, words)
    found = heard(said, words) if not words.isdisjoint(DANGEROUS) else None
    if found is not None and found.threat and because != _SUICIDE:
        return THREATENS
    if because or (found is not None and found.reported):
        return Suspicion(THREAT, 4, because or "may tell of somebody's threat", Band.EMERGENCY)
    return None


def _other(text: str, said: str, words: frozenset[str]) -> Suspicion:
    asks = "?" in said
    rule = _ruled(said, words, asks=asks)
    if rule is not None:
        return Suspicion(rule.urgency, rule.level, rule.because, Band.OFFENSIVE)
    if not words.isdisjoint(MEDIA_WORDS) and asks_for_the_media(said):
        return MEDIA_ASKS
    if _sells(said, words):
        return SELLS
    if not words.isdisjoint(TIP_WORDS) and tells_something(said):
        return TELLS
    if not words.isdisjoint(PROFANITY):
        return PROFANE
    if not words.isdisjoint(CONCERN_WORDS) and CONCERN_PHRASES.search(said):
        return CONCERNED
    if not words.isdisjoint(INSULTS):
        return PROFANE
    if asks:
        return ASKS
    thanks = not words.isdisjoint(THANKS_WORDS) and THANKS.search(said)
    return THANKFUL if thanks or (not text.isascii() and THANKS_SIGNS.search(text)) else NOTHING


def _ruled(said: str, words: frozenset[str], *, asks: bool) -> Rule | None:
    """The first rule that holds; they stand in the order of urgency."""
    for number in sorted({number for word in words if word in _BY_WORD for number in _BY_WORD[word]}):
        rule = RULES[number]
        if (rule.asked or not asks) and rule.pattern.search(said):
            return rule
    return None


def _sells(said: str, words: frozenset[str]) -> bool:
    if words.isdisjoint(SELLING_STRONGLY) and len(words & SELLING_WORDS) < 2:
        return False
    return sum(weight for weight, pattern in _SELLING if pattern.search(said)) >= 2
