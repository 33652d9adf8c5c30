"""The language check of what we write (2.C, 2.D): which words should be looked at once more before anybody approves.

It asks and never decides: what it finds stays where the author says why. Names of the unit's list are the exception:
they never go out (`content.listing`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from content.words.folding import fold
from content.words.lexicon import RULES
from content.words.phrases import PROFANITY
from content.words.plain import plain
from content.words.threatening import heard

NAME = "name"  # the kind of a finding that is on the unit's list
# What triage takes for swearing at the police, and we write of animals, breakfasts and engines.
_OURS = frozenset(["pig", "pigs", "bacon", "cerdos", "puercos", "marranos", "hp", "bs", "mf", "volo", "1312"])
_PROFANE = PROFANITY - _OURS
# Of the rules for the public's comments those that hold for us too; the others look for what only a stranger writes.
_SAYS = {
    "wishes or calls for harm": "may be read as wishing harm",
    "may use a slur against a group": "is a slur in some mouths",
    "may attack a group": "may be read as an attack on a group",
    "may be obscene toward a person": "is obscene",
    "may give away what keeps people or places safe": "may give away what keeps people or places safe",
}
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_TOKEN = re.compile(r"\S+")
_MOST_TOKENS = 120  # of a sentence that are looked at together
_STREET = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|terrace|ter|place|pl|circle|cir|"
    "highway|hwy|parkway|pkwy|way|calle|avenida"
)
_ADDRESS = re.compile(
    rf"\b\d{{1,6}} (?:(?:[NSEW]{{1,2}}|north|south|east|west)\.? )?(?:[\w.'\-]+ ){{1,3}}?(?:{_STREET})\b\.?"
    r"(?: ?(?:apt|apartment|unit|#)\.? ?\w{1,5}\b)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w./#-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]?\d{4}(?![\w-])")
_PLATE = re.compile(
    r"\b(?:[A-Z]{3}[ -]?(?!(?:19|20)\d\d\b)\d{3,4}|[A-Z]{2}\d{2}[ -]?[A-Z]{2}|[A-Z]{4}[ -]?\d{2}|\d{3}[ -]?[A-Z]{3}"
    r"|[A-Z]\d{2}[ -]?\d[A-Z]{2})\b"
)
_TOLD_AS_PLATE = re.compile(
    r"\b(?:license plate|plate|tag|placa|plak)(?: number| no\.?)?:? ([A-Z0-9][A-Z0-9 -]{3,7})\b"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a text, from `start` to `end`, and why to look at them."""

    kind: str
    start: int
    end: int
    words: str
    says: str

    @property
    def hard(self) -> bool:
        """Whether no reason lets it stay."""
        return self.kind == NAME

    @property
    def key(self) -> str:
        """By which an answer is kept with the manuscript: the same words in another version need no second one."""
        return hashlib.sha256(f"{self.kind} {fold(self.words).casefold()}".encode()).hexdigest()[:12]


def findings(text: str) -> list[Finding]:
    """All but listed names that should be looked at in `text`, in its order; of two that overlap the longer."""
    found = [
        *_by_words(text),
        *_by_pattern(text, _ADDRESS, "address", "looks like the address of somebody's house"),
        *_by_pattern(text, _PHONE, "phone", "looks like a telephone number"),
        *_by_pattern(text, _PLATE, "plate", "looks like a licence plate"),
        *_by_pattern(text, _TOLD_AS_PLATE, "plate", "looks like a licence plate"),
    ]
    return without_overlaps(found)


def without_overlaps(found: list[Finding]) -> list[Finding]:
    """In their order; of two that overlap the hard one, then the longer."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (not one.hard, one.start - one.end)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _by_pattern(text: str, pattern: re.Pattern[str], kind: str, says: str) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        group = pattern.groups  # where the pattern names a part, that part is meant
        yield Finding(kind, match.start(group), match.end(group), match[group], says)


def _by_words(text: str) -> Iterator[Finding]:
    for sentence in _SENTENCE.finditer(text):
        tokens = [
            (sentence.start() + one.start(), sentence.start() + one.end()) for one in _TOKEN.finditer(sentence[0])
        ]
        for first in range(0, len(tokens), _MOST_TOKENS):
            yield from _in_sentence(text, tokens[first : first + _MOST_TOKENS])


def _in_sentence(text: str, tokens: list[tuple[int, int]]) -> Iterator[Finding]:
    said, words = plain(text[tokens[0][0] : tokens[-1][1]])
    for word in sorted(words & _PROFANE):
        yield from _pointed(text, tokens, "profanity", "is profane", partial(_holds_word, word))
    for rule in RULES:
        if rule.because in _SAYS and not words.isdisjoint(rule.words) and rule.pattern.search(said):
            yield from _pointed(text, tokens, "offence", _SAYS[rule.because], partial(_matches, rule.pattern))
    if _threatens(said, words):
        yield from _pointed(text, tokens, "threat", "may be read as a threat", _threatens)


def _holds_word(word: str, said: str, words: frozenset[str]) -> bool:
    return word in words


def _matches(pattern: re.Pattern[str], said: str, words: frozenset[str]) -> bool:
    return pattern.search(said) is not None


def _threatens(said: str, words: frozenset[str]) -> bool:
    return heard(said, words).threat


def _pointed(
    text: str, tokens: list[tuple[int, int]], kind: str, says: str, holds: Callable[[str, frozenset[str]], bool]
) -> Iterator[Finding]:
    """The shortest runs of tokens in which `holds` still does, one after the other."""

    def there(first: int, last: int) -> bool:
        return holds(*plain(text[tokens[first][0] : tokens[last][1]]))

    first, count = 0, len(tokens)
    while first < count and there(first, count - 1):
        last = next(number for number in range(first, count) if there(first, number))
        begin = next(number for number in range(last, first - 1, -1) if there(number, last))
        start, end = _bare(text, tokens[begin][0], tokens[last][1])
        yield Finding(kind, start, end, text[start:end], says)
        first = last + 1


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the marks around the words."""
    while start < end and text[start] in "\"'“”‘’(«":
        start += 1
    while start < end and text[end - 1] in "\"'“”‘’)».,;:!?":
        end -= 1
    return start, end
