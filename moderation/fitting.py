"""Which facts of the library fit a comment: found by its words, the best first (4.L3, 4.L5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Q, Value, When

from content.words.folding import fold
from moderation.models.comments import Comment
from moderation.models.library import FactVersion, config_of

SHOWN = 3
WORDS = 40  # of a comment that are looked up
_WORD = re.compile(r"[^\W_]{2,40}")


@dataclass(frozen=True)
class Fitting:
    """The facts that fit; and those that would, had they not run out: they are said, never offered silently."""

    found: list[FactVersion] = field(default_factory=list)
    expired: list[FactVersion] = field(default_factory=list)


def fitting(comment: Comment) -> Fitting:
    """What the library knows about a comment's words, in its language first, then in English. One query."""
    words = list(dict.fromkeys(_WORD.findall(fold(comment.case.text).lower())))[:WORDS]
    if not words:
        return Fitting()
    # A word counts where the question or its other words have it (weight A), not where an answer happens to.
    raw = " | ".join(f"{word}:A" for word in words)
    own, english = (SearchQuery(raw, config=config_of(code), search_type="raw") for code in (comment.language, "en"))
    fits = Q(language=comment.language, vector=own) | Q(language="en", vector=english)
    foreign = Case(When(language=comment.language, then=Value(0)), default=Value(1), output_field=IntegerField())
    rank = SearchRank(F("vector"), own) + SearchRank(F("vector"), english)
    rows = FactVersion.objects.current().filter(fits).select_related("fact", "review__by")
    best = list(rows.order_by(foreign.asc(), rank.desc(), "-pk")[: SHOWN * 2])
    known = {one.fact_id for one in best if one.language == comment.language}
    best = [one for one in best if one.language == comment.language or one.fact_id not in known]
    return Fitting([one for one in best if not one.expired][:SHOWN], [one for one in best if one.expired][:1])
