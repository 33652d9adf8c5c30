"""Triage: rules that order the queue and say why. They never act; a person decides (dependencies.md, 5).

A text is first made plain (accents, masks and tricks undone); its words then choose the few rules worth trying.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from content.words.lexicon import CONCERN, OFFENCE, ORDINARY, RULES, THREAT, Rule
from content.words.phrases import (
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
from content.words.plain import plain
from content.words.threatening import DANGEROUS, heard
from moderation.bands import Band
from moderation.emergencies import emergency, spoken_so
from moderation.weighing import Weighed, weigh


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
CALLS = Suspicion(THREAT, 4, "may report an emergency", Band.EMERGENCY)
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
BESIDE_A_RULE = 2.5  # what breaks a term by a rule is called urgent only where it weighs so much more
_SUICIDE = "may speak of suicide"
_SELLING = tuple((weight, re.compile(pattern)) for weight, pattern in SELLING)


def judge(text: str) -> Suspicion:
    """What the rules suspect of `text`. Pure; no I/O."""
    said, every = plain(text)
    weighed = weigh(said, every)
    words = every & _KNOWN
    rule = _ruled(said, words, asks="?" in said)
    return (
        _urgent_by_patterns(said, every)
        or _urgent_by_weight(weighed, BESIDE_A_RULE if rule else 0.0)
        or (Suspicion(rule.urgency, rule.level, rule.because, Band.OFFENSIVE) if rule else None)
        or _other(text, said, words, weighed)
    )


def _urgent_by_patterns(said: str, words: frozenset[str]) -> Suspicion | None:
    """What cannot wait, by the turns that we know: somebody needs help, or threatens."""
    because = emergency(said, words)
    found = heard(said, words) if not words.isdisjoint(DANGEROUS) else None
    if found is not None and found.threat and because != _SUICIDE:
        return THREATENS
    if because or (found is not None and found.reported and not spoken_so(said)):
        return replace(CALLS, because=because or "may tell of somebody's threat")
    return None


def _urgent_by_weight(weighed: Weighed, more: float) -> Suspicion | None:
    """What cannot wait, by the kinds of its words. It must weigh so much `more` than else."""
    if weighed.scores[Band.THREAT] > weighed.scores[Band.EMERGENCY]:
        return _named(THREATENS, weighed) if weighed.suspects(Band.THREAT, more) else None
    return _named(CALLS, weighed) if weighed.suspects(Band.EMERGENCY, more) else None


def _named(suspicion: Suspicion, weighed: Weighed) -> Suspicion:
    """`suspicion` with the kinds of words that told most."""
    kinds = weighed.because(suspicion.band)
    return replace(suspicion, because=f"{suspicion.because}: it speaks of {kinds}") if kinds else suspicion


def _other(text: str, said: str, words: frozenset[str], weighed: Weighed) -> Suspicion:
    if not words.isdisjoint(MEDIA_WORDS) and asks_for_the_media(said):
        return MEDIA_ASKS
    if _sells(said, words):
        return SELLS
    if not words.isdisjoint(TIP_WORDS) and tells_something(said):
        return TELLS
    if weighed.suspects(Band.MEDIA):
        return _named(MEDIA_ASKS, weighed)
    return _ordinary(text, said, words, asks="?" in said)


def _ordinary(text: str, said: str, words: frozenset[str], *, asks: bool) -> Suspicion:
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
