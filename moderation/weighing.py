"""What the patterns leave open is weighed by the kinds of its words, their pairs and their neighbours.

The patterns know the turns that we thought of. A threat, a call for help or a newsroom's request that is worded in
another way still speaks of a weapon, of an officer and of what will be. How much each of these tells was learned from
lines of our own and from what people wrote (tests/benchmarks/triage_weights.py); the weights lie beside, as JSON that
can be read. Pure, once the module is loaded. It orders the queue and never acts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from content.words.vocabulary.kinds import NAMES, NUMBERS, STOP, Kinds, tables_for, tokens_of
from moderation.bands import Band

MOST_WORDS = 240  # of a text that are looked at
WINDOW = 60  # words that are weighed together; each half of them is weighed with the half before it too
PAIRED = 0.6  # what a pair of kinds counts for, beside a kind alone
NEAR = 3  # words within which one kind is another's neighbour
NAMED = 3  # kinds that a suspicion names
BANDS = (Band.THREAT, Band.EMERGENCY, Band.MEDIA)
# From here on a text is called so. A threat that is missed weighs more than one too many: triage only orders.
ENOUGH = {Band.THREAT: -1.2, Band.EMERGENCY: -1.4, Band.MEDIA: -1.5}
NEVER = -99.0  # of a text without any word that the band needs
WEIGHTS = Path(__file__).with_name("weights.json")

Piece = list[Kinds]

_ALL = len(NAMES)
_SQUARE = _ALL * _ALL
_PAIRS, _NEIGHBOURS = _ALL, _ALL + _SQUARE  # where the numbers of pairs and of neighbours begin


def _kinds(names: str) -> Kinds:
    return frozenset(NUMBERS[" ".join(name.split())] for name in names.split("|"))


# Without one of these a text is of no such band: whoever says “see you at the town hall” speaks of no harm.
_NEEDED = (
    _kinds(
        """killing|hurting|burning|a bomb|a weapon|a gunshot|the body|blood|death|a last day|revenge|a warning|
        where somebody is|a call to others|drowning|an attack"""
    ),
    _kinds(
        """a call for help|the rescue|a body that fails|an injury|a fire|a crash|somebody trapped|an intruder|an attack|
        somebody taken|somebody lost|drowning|his own death|pills|a gunshot|a weapon|killing|a bomb|death|hurting|
        blood|fear"""
    ),
    _kinds("""a reporter|a paper or station|a story|an interview|a statement|footage|leave to use something"""),
)
_TELLING = _NEEDED[0].union(*_NEEDED[1:])
_NO_KINDS: Kinds = frozenset()
# They weigh, but tell nobody anything.
_UNSAID = _kinds(
    """i|me|my|you|they|somebody|everybody|nobody|not|now|would|a condition|a question|what was|a way of speaking|
    the beginning"""
)


@dataclass(frozen=True, slots=True)
class Scales:
    """What each feature tells for each band, and what is told before a word is read."""

    bias: tuple[float, ...]
    weights: dict[int, tuple[float, ...]]

    def scores(self, found: set[int]) -> list[float]:
        """How much the features `found` tell for each band."""
        sums = [0.0] * len(BANDS)
        much = 0.0
        for feature in found:
            row = self.weights.get(feature)
            if row is not None:
                share = share_of(feature)
                much += share
                for place, weight in enumerate(row):
                    sums[place] += share * weight
        scale = scale_of(much)
        return [bias + scale * total for bias, total in zip(self.bias, sums, strict=True)]

    def told(self, piece: Piece, band: Band) -> list[str]:
        """The kinds in `piece` that tell most for `band`."""
        place = BANDS.index(band)
        tells: dict[int, float] = defaultdict(float)
        for feature in features(piece) & self.weights.keys():
            weight = self.weights[feature][place]
            if feature < _PAIRS:
                tells[feature] += weight
            else:
                for kind in divmod((feature - _PAIRS) % _SQUARE, _ALL):
                    tells[kind] += PAIRED * weight / 2
        telling = sorted((kind for kind in tells if tells[kind] > 0), key=lambda kind: -tells[kind])
        return [NAMES[kind] for kind in telling if kind not in _UNSAID][:NAMED]


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much a text speaks for each band. `pieces` are those that said the most."""

    scores: dict[Band, float]
    pieces: dict[Band, Piece]

    def suspects(self, band: Band, more: float = 0.0) -> bool:
        """Whether the text speaks enough for `band` to be called so, and by `more` than that."""
        return self.scores[band] >= ENOUGH[band] + more

    def because(self, band: Band) -> str:
        """The kinds of words that told most, for the member who decides: “a weapon, the police and a last day”."""
        told = IN_FORCE.told(self.pieces[band], band) if band in self.pieces else []
        return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)


def weigh(said: str, words: frozenset[str], scales: Scales | None = None) -> Weighed:
    """How much `said`, a text made plain with `words`, speaks for each band."""
    scores = dict.fromkeys(BANDS, NEVER)
    pieces: dict[Band, Piece] = {}
    for piece in pieces_of(said, words):
        held = _NO_KINDS.union(*piece)
        found = (scales or IN_FORCE).scores(features(piece))
        for band, needed, score in zip(BANDS, _NEEDED, found, strict=True):
            if score > scores[band] and not needed.isdisjoint(held):
                scores[band], pieces[band] = score, piece
    return Weighed(scores, pieces)


def pieces_of(said: str, words: frozenset[str]) -> list[Piece]:
    """`said`, a text made plain with `words`, piece by piece as the kinds of its words, in each language it may be of.

    Only those that hold a word which a band needs: the others speak for none.
    """
    tokens = tokens_of(said, MOST_WORDS)
    step = WINDOW // 2
    pieces = []
    for table in tables_for(words):
        places = table.read(tokens)
        pieces += [places[start : start + WINDOW] for start in range(0, max(1, len(places) - step), step)]
    return [piece for piece in pieces if not _TELLING.isdisjoint(_NO_KINDS.union(*piece))]


def features(piece: Piece) -> set[int]:
    """The kinds that `piece` holds, each two of them together, and which stands before which."""
    seen: set[int] = set()
    found: set[int] = set()
    last = STOP
    since = 0
    for kinds in piece:
        since += 1
        if kinds is STOP:
            last, since = STOP, 0
        elif kinds:
            if since <= NEAR:
                for first in last:
                    start = _NEIGHBOURS + first * _ALL
                    found.update([start + second for second in kinds])
            seen |= kinds
            last, since = kinds, 0
    ordered = sorted(seen)
    for number, first in enumerate(ordered):
        start = _PAIRS + first * _ALL
        found.update([start + second for second in ordered[number + 1 :]])
    return found | seen


def share_of(feature: int) -> float:
    """What `feature` counts for."""
    return 1.0 if feature < _PAIRS else PAIRED


def scale_of(much: float) -> float:
    """By what a text with `much` of features is divided: who writes more is no surer for that."""
    return 3.0 / sqrt(max(1.0, much))


def name_of(feature: int) -> str:
    """A feature in words, as the weights are written: “a weapon”, “a weapon + the police”, “killing > you”."""
    if feature < _PAIRS:
        return NAMES[feature]
    start, sign = (_PAIRS, " + ") if feature < _NEIGHBOURS else (_NEIGHBOURS, " > ")
    first, second = divmod(feature - start, _ALL)
    return f"{NAMES[first]}{sign}{NAMES[second]}"


def number_of(name: str) -> int:
    """The feature that `name_of` calls `name`."""
    for sign, start in ((" + ", _PAIRS), (" > ", _NEIGHBOURS)):
        first, _, second = name.partition(sign)
        if second:
            return start + NUMBERS[first] * _ALL + NUMBERS[second]
    return NUMBERS[name]


def _read() -> Scales:
    stored: dict[str, Any] = json.loads(WEIGHTS.read_text())
    return Scales(tuple(stored["bias"]), {number_of(name): tuple(row) for name, row in stored["weights"].items()})


IN_FORCE = _read()
