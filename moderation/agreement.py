"""How often members chose what triage had suggested, by level, by band and by who suggested it (4.T, ruling 19)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Q

from moderation.bands import Band
from moderation.models.grades import Level
from moderation.models.suggestions import Suggested

NEWEST = 100_000  # suggestions that are counted


@dataclass(frozen=True)
class Agreed:
    """One line: of so many suggestions, how many members followed; apart, those that they had seen before choosing."""

    what: str
    level: int | None
    given: int
    same: int
    seen: int
    seen_same: int

    @property
    def share(self) -> float | None:
        """Of all, in per cent."""
        return 100 * self.same / self.given if self.given else None

    @property
    def seen_share(self) -> float | None:
        """Of those that were seen first."""
        return 100 * self.seen_same / self.seen if self.seen else None

    @property
    def unseen_share(self) -> float | None:
        """Of those that were not: the members' own judgement, which nothing had led."""
        unseen = self.given - self.seen
        return 100 * (self.same - self.seen_same) / unseen if unseen else None


def agreement() -> dict[str, list[Agreed]]:
    """The newest suggestions of a level, counted by level, by band and by source."""
    newest = Suggested.objects.filter(suspected__isnull=False).order_by("-grade_id")[:NEWEST]
    counted = (
        Suggested.objects.filter(pk__in=newest.values("pk"))
        .values("suspected", "band", "source")
        .annotate(
            given=Count("pk"),
            same=Count("pk", filter=Q(grade__level=F("suspected"))),
            seen=Count("pk", filter=Q(shown=True)),
            seen_same=Count("pk", filter=Q(shown=True, grade__level=F("suspected"))),
        )
    )
    rows = [
        (row["suspected"], row["band"], row["source"], (row["given"], row["same"], row["seen"], row["seen_same"]))
        for row in counted
    ]
    return {
        "levels": [_line(level.label, [row[3] for row in rows if row[0] == level], level) for level in Level],
        "bands": [_line(str(band.label), [row[3] for row in rows if row[1] == band]) for band in Band if band],
        "sources": [
            _line(str(source.label), [row[3] for row in rows if row[2] == source]) for source in Suggested.Source
        ],
    }


def _line(what: str, figures: list[tuple[int, int, int, int]], level: int | None = None) -> Agreed:
    given, same, seen, seen_same = (sum(column) for column in zip(*figures, strict=True)) if figures else (0, 0, 0, 0)
    return Agreed(what, level, given, same, seen, seen_same)


def as_rows() -> Iterator[list[object]]:
    """Every line, as CSV has them."""
    for kind, lines in agreement().items():
        for line in lines:
            shares = (line.share, line.seen_share, line.unseen_share)
            yield [
                kind.removesuffix("s"),
                line.level or line.what,
                *(line.given, line.same, line.seen, line.seen_same),
                *("" if share is None else round(share, 1) for share in shares),
            ]
