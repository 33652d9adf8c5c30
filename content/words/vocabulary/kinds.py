"""Words by their kinds: weapons, the police, what will be, a newsroom. One set of kinds serves three languages.

How the tables are written is said in `kinds_english`. A turn of the kind “a way of speaking” swallows the words that it
holds; of every other turn the words count too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from content.words.vocabulary import kinds_english, kinds_haitian, kinds_spanish

Kinds = frozenset[int]

BEGINNING = "the beginning"  # of a sentence: no kind of a word
NAMES = (*kinds_english.KINDS, BEGINNING)
NUMBERS = {name: number for number, name in enumerate(NAMES)}
NOTHING: Kinds = frozenset()
STOP: Kinds = frozenset((NUMBERS[BEGINNING],))
_MANNER = NUMBERS["a way of speaking"]
_START = 3  # letters that every written beginning has at least

_STOPS = ".!;\n"
_TOKEN = re.compile(r"[a-z0-9]+|[.!;\n]|\?|[🔫🔪💣👮🐷🚓🗡🩸☠💀⚰😂🤣❤🙏👏🥰🔥]")


@dataclass(frozen=True, slots=True)
class Table:
    """The words of one language; those `known` tell that a text is of it."""

    known: frozenset[str]
    words: dict[str, Kinds]
    beginnings: dict[str, list[tuple[str, Kinds]]]  # by their first letters, the longest first
    turns: dict[tuple[str, str], list[tuple[list[str], Kinds]]]  # by their first two words, the longest first

    def read(self, tokens: list[str]) -> list[Kinds]:
        """The kinds of each word of `tokens`, in their order."""
        places: list[Kinds] = []
        place, last = 0, len(tokens) - 1
        while place < len(tokens):
            word = tokens[place]
            found = self.words.get(word)
            if found is None:
                found = self._begun(word)
            taken = 1
            for turn, kinds in self.turns.get((word, tokens[place + 1]), ()) if place < last else ():
                if tokens[place : place + len(turn)] == turn:
                    if _MANNER in kinds:
                        found, taken = kinds, len(turn)
                        break
                    found |= kinds
            places.append(found)
            place += taken
        return places

    def _begun(self, word: str) -> Kinds:
        for beginning, kinds in self.beginnings.get(word[:_START], ()):
            if word.startswith(beginning):
                return kinds
        return NOTHING


def tokens_of(said: str, most: int) -> list[str]:
    """The first `most` words and stops of `said`, a text made plain."""
    tokens = []
    for found in _TOKEN.finditer(said):
        tokens.append(found[0])
        if len(tokens) == most:
            break
    return tokens


def tables_for(words: frozenset[str]) -> list[Table]:
    """The tables of the languages that `words` seem to be of: more than one where that is open."""
    counts = [len(words & table.known) for table in TABLES]
    most = max(counts)
    return [table for table, count in zip(TABLES, counts, strict=True) if count == most]


def _turns(written: str) -> list[tuple[str, ...]]:
    turns = []
    for turn in written.split(","):
        choices = [
            [*word.rstrip("?").split("|"), *([""] if word.endswith("?") else [])] if word != "?" else ["?"]
            for word in turn.split()
        ]
        turns += [tuple(word for word in said if word) for said in product(*choices)]
    return [turn for turn in turns if turn]


def _table(common: str, written: dict[str, str]) -> Table:
    words = dict.fromkeys(_STOPS, STOP)
    beginnings: dict[str, Kinds] = {}
    turns: dict[tuple[str, ...], Kinds] = {}
    for name, text in written.items():
        kind = frozenset((NUMBERS[name],))
        for turn in _turns(text):
            if len(turn) > 1:
                turns[turn] = turns.get(turn, NOTHING) | kind
            elif turn[0].endswith("*"):
                beginnings[turn[0][:-1]] = beginnings.get(turn[0][:-1], NOTHING) | kind
            else:
                words[turn[0]] = words.get(turn[0], NOTHING) | kind
    by_start: dict[str, list[tuple[str, Kinds]]] = {}
    for beginning in sorted(beginnings, key=len, reverse=True):
        by_start.setdefault(beginning[:_START], []).append((beginning, beginnings[beginning]))
    by_first: dict[tuple[str, str], list[tuple[list[str], Kinds]]] = {}
    for turn in sorted(turns, key=len, reverse=True):
        by_first.setdefault((turn[0], turn[1]), []).append(([*turn], turns[turn]))
    return Table(frozenset(words).union(common.split()), words, by_start, by_first)


TABLES = (
    _table(
        "the and of is it that this with have not my we he she to in for at on are was you i a your be just out up",
        kinds_english.KINDS,
    ),
    _table(
        "el los las del una por con para su es esta muy que como cuando donde y al un les hay mi de la en no te se lo",
        kinds_spanish.KINDS,
    ),
    _table(
        "mwen ou nan ki pou pa gen sa li nou ak tout kote ap n w te yon pap lakay m la a yo l se sou si",
        kinds_haitian.KINDS,
    ),
)
