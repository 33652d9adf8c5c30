"""A linear model of what members grade: one weight a feature and level, learned without any library. Pure; no I/O.

Features are the words of a text, its pairs of neighbours and pieces of its longer words, each hashed into a bucket, so
that no word of a comment is kept: which words weighed is read off the text that is judged.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp
from typing import Any

from content.words.plain import plain

BUCKETS = 2**15
MOST_WORDS = 120  # of a text that are looked at
PIECE = 4  # letters of a piece
LONG = 6  # letters of a word that is looked at in pieces too
LEAST_OF_A_LEVEL = 20  # grades of a level without which it is not suspected
ROUNDS = 6
PACE = 0.4
FADE = 0.97  # what is left of a weight after each round: what was learned from one comment does not stay
SMALL = 0.04  # an error or a weight that makes no difference
SURE = 0.65  # a level is suspected from this chance on
AHEAD = 0.25  # and this much more likely than the next
NAMED = 3  # words that a suggestion names

_WORD = re.compile(r"[^\W_]+")
Row = tuple[str, int]  # a comment's text and the level that members gave it


def features(text: str) -> dict[int, str]:
    """The buckets of a text, each with the words that fill it."""
    words = _WORD.findall(plain(text)[0][:4000])[:MOST_WORDS]
    found: dict[int, str] = {}
    for word in words:
        found.setdefault(_bucket("w", word), word)
        if len(word) >= LONG:
            for start in range(len(word) - PIECE + 1):
                found.setdefault(_bucket("p", word[start : start + PIECE]), word)
    for first, second in pairwise(words):
        found.setdefault(_bucket("b", f"{first} {second}"), f"{first} {second}")
    return found


def _bucket(kind: str, said: str) -> int:
    return zlib.crc32(f"{kind}{said}".encode(errors="replace")) % BUCKETS


def _chance(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True, slots=True)
class Guess:
    """A level that the model suspects, how likely, and the words that weighed most."""

    level: int
    chance: float
    words: tuple[str, ...]

    @property
    def because(self) -> str:
        """In words, for the member who decides."""
        said = ", ".join(f"“{word}”" for word in self.words)
        return f"members graded such words so before: {said}" if said else "members graded such texts so before"


@dataclass(slots=True)
class Linear:
    """Weights by level and bucket."""

    levels: list[int]
    bias: list[float]
    weights: dict[int, list[float]] = field(default_factory=dict)  # by bucket, one a level

    def guess(self, text: str) -> Guess | None:
        """The level suspected of `text`; None where none is likely enough."""
        found = features(text)
        known = [(self.weights[bucket], words) for bucket, words in found.items() if bucket in self.weights]
        if not known:
            return None
        scale = _scale(len(found))
        sums = [sum(column) for column in zip(*(row for row, _ in known), strict=True)]
        chances = [_chance(bias + scale * total) for bias, total in zip(self.bias, sums, strict=True)]
        best = max(range(len(chances)), key=chances.__getitem__)
        rest = max((chance for place, chance in enumerate(chances) if place != best), default=0.0)
        if chances[best] < SURE or chances[best] - rest < AHEAD:
            return None
        weighed: dict[str, float] = defaultdict(float)
        for row, words in known:
            weighed[words] += row[best]
        named = sorted((words for words in weighed if weighed[words] > SMALL), key=lambda words: -weighed[words])
        return Guess(self.levels[best], chances[best], tuple(named[:NAMED]))

    def as_json(self) -> dict[str, Any]:
        """Everything, as it is stored; `of_json` reads it."""
        rows = {str(bucket): row for bucket, row in sorted(self.weights.items())}
        return {"levels": self.levels, "bias": self.bias, "weights": rows}

    @classmethod
    def of_json(cls, stored: dict[str, Any]) -> Linear:
        """What `as_json` gave."""
        rows = {int(bucket): row for bucket, row in stored["weights"].items()}
        return cls(list(stored["levels"]), list(stored["bias"]), rows)


def digest(stored: dict[str, Any]) -> bytes:
    """SHA-256 of the stored weights as canonical JSON."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True, separators=(",", ":")).encode()).digest()


def _scale(count: int) -> float:
    """A long text has more features, and is no surer for that."""
    return float((count or 1) ** -0.5) * 3


def train(rows: Sequence[Row], *, seconds: float) -> Linear:
    """Learn from `rows`, one level against the rest, for `seconds` at most. The same rows give the same model."""
    counts = Counter(level for _, level in rows)
    levels = sorted(level for level, count in counts.items() if count >= LEAST_OF_A_LEVEL)
    until = time.monotonic() + seconds
    seen = [(list(features(text)), level) for text, level in rows]
    weights = [[0.0] * BUCKETS for _ in levels]
    bias = [-1.0] * len(levels)
    chance = random.Random(4)  # noqa: S311  (an order, no secret)
    for turn in range(ROUNDS):
        chance.shuffle(seen)
        pace = PACE / (1 + turn / 2)
        for buckets, level in seen:
            scale = _scale(len(buckets))
            for place, row in enumerate(weights):
                score = bias[place] + scale * sum(map(row.__getitem__, buckets))
                error = _chance(score) - (levels[place] == level)
                if abs(error) > SMALL:
                    bias[place] -= pace * error / 4
                    step = pace * error * scale
                    for bucket in buckets:
                        row[bucket] -= step
            if time.monotonic() > until:
                break
        weights = [[weight * FADE for weight in row] for row in weights]
        if time.monotonic() > until:
            break
    return Linear(levels, [round(one, 3) for one in bias], _telling(weights))


def _telling(weights: list[list[float]]) -> dict[int, list[float]]:
    by_bucket = zip(*weights, strict=True)
    return {
        bucket: [round(weight, 3) for weight in row]
        for bucket, row in enumerate(by_bucket)
        if max(map(abs, row), default=0) > SMALL
    }
