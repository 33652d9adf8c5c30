"""Learn the weights of `moderation.weighing`: `python -m tests.benchmarks.triage_weights`; no database is asked.

It learns from the lines of triage.tsv that were given to the rules and, where SHARED is, from comments that people
wrote and in which the patterns find nothing urgent: what people write every day speaks against a band. The lines that
were kept back and the fifth of the comments by which the figures are told are not read. With `--check` nothing is
written: each fifth of the lines is asked of weights that were learned from the others.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Sequence
from math import exp

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings_for_checks")
django.setup()

from content.words.phrases import asks_for_the_media  # noqa: E402
from content.words.plain import plain  # noqa: E402
from content.words.threatening import heard  # noqa: E402
from moderation.emergencies import emergency  # noqa: E402  (they need the settings)
from moderation.weighing import (  # noqa: E402
    BANDS,
    WEIGHTS,
    Scales,
    features,
    name_of,
    pieces_of,
    scale_of,
    share_of,
    weigh,
)
from tests.benchmarks.triage import our_lines, real, told  # noqa: E402

Row = tuple[str, str]  # a text and its band
Vector = list[tuple[int, float]]

WRITTEN = 7000  # of the comments that people wrote
LESS = 0.7  # what one of them counts for, beside a line of ours
ROUNDS = 25
PACE = 0.15
FADE = 0.002  # by which a weight shrinks at each look: what few lines taught stays small
LEAST = 3  # texts that a feature is in
SMALL = 0.02  # a weight that makes no difference
FOLDS = 5
BOUNDS = (-2.0, -1.8, -1.6, -1.4, -1.2, -1.0, -0.5, 0.0)


def vector_of(text: str, known: frozenset[int] | None = None) -> Vector:
    """The features of a text, those `known` if said, with what they count for; of several pieces the fullest."""
    pieces = pieces_of(*plain(text))
    found = max((features(piece) for piece in pieces), key=len, default=set())
    shares = {feature: share_of(feature) for feature in sorted(found) if known is None or feature in known}
    scale = scale_of(sum(shares.values()))
    return [(feature, share * scale) for feature, share in shares.items()]


def learn(rows: Sequence[Row], against: Sequence[str]) -> Scales:
    """Scales from `rows` and from `against`, which are of no band. The same rows give the same."""
    texts = [*rows, *((text, "none") for text in against)]
    counts = Counter(feature for text, _ in texts for feature, _ in vector_of(text))
    known = frozenset(feature for feature, count in counts.items() if count >= LEAST)
    seen = [(vector_of(text, known), band, 1.0 if n < len(rows) else LESS) for n, (text, band) in enumerate(texts)]
    each = [_learn_one(seen, band, known) for band in BANDS]
    weights = {feature: tuple(round(one[feature], 2) for _, one in each) for feature in sorted(known)}
    kept = {feature: row for feature, row in weights.items() if max(map(abs, row)) > SMALL}
    return Scales(tuple(round(bias, 2) for bias, _ in each), kept)


def _learn_one(
    seen: list[tuple[Vector, str, float]], band: str, known: frozenset[int]
) -> tuple[float, dict[int, float]]:
    """Bias and weights of one band, by the slope of the error (AdaGrad)."""
    chance = random.Random(4)
    order = list(range(len(seen)))
    weights, squares = dict.fromkeys(known, 0.0), dict.fromkeys(known, 1.0)
    bias, bias_square = -2.0, 1.0
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for number in order:
            vector, so, much = seen[number]
            score = bias + sum(share * weights[feature] for feature, share in vector)
            error = (1 / (1 + exp(-max(-30.0, min(30.0, score)))) - (so == band)) * much
            bias_square += error * error
            bias -= PACE * error / bias_square**0.5
            for feature, share in vector:
                slope = error * share + FADE * weights[feature]
                squares[feature] += slope * slope
                weights[feature] -= PACE * slope / squares[feature] ** 0.5
    return bias, weights


def _taught() -> list[Row]:
    return [(line.text, line.band) for line in our_lines() if line.tuned_on]


def _against() -> list[str]:
    written = real()
    kept_back = len(written) // 5
    return [text for text, _ in written[kept_back : kept_back + WRITTEN] if not _by_patterns(text)]


def _by_patterns(text: str) -> bool:
    said, words = plain(text)
    return heard(said, words).threat or bool(emergency(said, words)) or asks_for_the_media(said)


def write() -> None:
    """Learn from everything that may be learned from, and write the weights that will be in force."""
    rows = _taught()
    scales = learn(rows, _against())
    lines = ",\n".join(f"{json.dumps(name_of(feature))}: {json.dumps(row)}" for feature, row in scales.weights.items())
    WEIGHTS.write_text(f'{{"bias": {json.dumps(scales.bias)},\n"weights": {{\n{lines}\n}}}}\n')
    sys.stdout.write(f"{len(scales.weights)} weights from {len(rows)} lines of ours\n")


def check() -> None:
    """Ask each fifth of the lines of weights that were learned from the others, at several bounds."""
    rows, against = _taught(), _against()
    folds = [random.Random(text).randrange(FOLDS) for text, _ in rows]
    learned = [
        learn([row for row, of in zip(rows, folds, strict=True) if of != fold], against) for fold in range(FOLDS)
    ]
    weighed = [weigh(*plain(text), learned[of]) for (text, _), of in zip(rows, folds, strict=True)]
    for band in BANDS:
        for bound in BOUNDS:
            found = told([(so == band, one.scores[band] >= bound) for (_, so), one in zip(rows, weighed, strict=True)])
            sys.stdout.write(f"{band} from {bound}: precision {found.precision:.2f}, recall {found.recall:.2f}\n")


if __name__ == "__main__":
    check() if "--check" in sys.argv else write()
