"""The nightly lesson: a linear model from this unit's own grades, kept with how it did on grades it had not seen.

It serves only where the suggestions with it are right more often than those of the rules alone; else the one before it,
or none, stays in force, and the row says why.
"""

from __future__ import annotations

import zlib
from collections import Counter
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from content.words.folding import fold
from moderation.linear import Linear, Row, digest, train
from moderation.models import Case, CommentVersion, LearnedModel
from moderation.suggesting import added
from moderation.triage import judge

MOST = 20_000  # grades that are learned from, the newest
FEWEST = 300  # with less nothing is learned
FEWEST_HELD_OUT = 40
HELD_OUT = 5  # one in so many texts is kept to be judged by
SECONDS = 120.0


def learn() -> LearnedModel | None:
    """Learn from the newest grades and keep the model; None with too few of them, or when another worker did it."""
    rows = graded()
    if len(rows) < FEWEST:
        return None
    taught = [row for row in rows if not _held_out(row[0])]
    unseen = [row for row in rows if _held_out(row[0])]
    linear = train(taught, seconds=SECONDS)
    figures = measured(linear, unseen)
    serves, why = verdict(figures)
    weights = linear.as_json()
    last = LearnedModel.objects.order_by("-version").values_list("version", flat=True).first() or 0
    try:
        with transaction.atomic():
            return LearnedModel.objects.create(
                version=last + 1,
                rows=len(taught),
                counts={str(level): count for level, count in sorted(Counter(row[1] for row in taught).items())},
                held_out=figures,
                weights=weights,
                digest=digest(weights),
                serves=serves,
                why=why,
            )
    except IntegrityError:
        return None


def graded() -> list[Row]:
    """The newest grades that stand: each comment's text as it was graded, and its level."""
    versions = CommentVersion.objects.filter(comment=OuterRef("comment_id"), number__lte=OuterRef("grade__version"))
    text = versions.exclude(change=CommentVersion.Change.DELETED).order_by("-number").values("text")[:1]
    cases = Case.objects.filter(grade__isnull=False, level__isnull=False).order_by("-grade_id")
    found = cases.annotate(said=Coalesce(Subquery(text), F("comment__text"))).values_list("said", "level")[:MOST]
    return [(said, level) for said, level in found if level is not None and said.strip()]


def _held_out(text: str) -> bool:
    """By the text alone, so that of two comments that say the same none is taught and the other asked."""
    said = " ".join(fold(text).lower().split())
    return zlib.crc32(said.encode(errors="replace")) % HELD_OUT == 0


def measured(linear: Linear, rows: list[Row]) -> dict[str, Any]:
    """How often the rules alone, and the rules with the model, suspected the level that members gave."""
    figures: dict[str, Any] = {"rows": len(rows), "rules_right": 0, "right": 0, "model_said": 0, "model_right": 0}
    levels: dict[str, dict[str, int]] = {}
    for text, level in rows:
        rules = judge(text)
        both = added(rules, linear.guess(text))
        of = levels.setdefault(str(level), {"rows": 0, "rules_right": 0, "right": 0})
        of["rows"] += 1
        for name, right in (("rules_right", rules.level == level), ("right", both.level == level)):
            figures[name] += right
            of[name] += right
        figures["model_said"] += both.by_model
        figures["model_right"] += both.by_model and both.level == level
    return figures | {"levels": dict(sorted(levels.items()))}


def verdict(figures: dict[str, Any]) -> tuple[bool, str]:
    """Whether a model with these figures may suggest, and why."""
    rows, said, right = figures["rows"], figures["model_said"], figures["model_right"]
    if rows < FEWEST_HELD_OUT:
        return False, f"Only {rows} grades were held out: too few to tell."
    if figures["right"] <= figures["rules_right"]:
        return False, "It suspects no more levels rightly than the rules alone."
    if right * 2 <= said:
        return False, f"Of {said} levels that it added, {right} were those that members gave: not more than half."
    return True, f"Of {said} levels that it added to those of the rules, {right} were those that members gave."
