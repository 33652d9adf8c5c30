"""The day's activity sheet for the Commanding Officer, as a PDF (E.2, C.6): figures alone, no word of the public's."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils import timezone
from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import inch
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from members.days import spoken
from members.models.agency import agency
from moderation.activity import Activity, Row
from moderation.activity_words import duration, level_word, period
from moderation.clocks import Clock
from moderation.coverage import Coverage

_HEAD = ["", "Received", "Waiting", "Outstanding", "Addressed", "Answered", "Left standing", "Hidden", "Gone"]
_STYLE = TableStyle(
    [
        ("FONTSIZE", (0, 0), (-1, -1), 8),
        ("GRID", (0, 0), (-1, -1), 0.25, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
    ]
)
_STYLES = getSampleStyleSheet()


def sheet(found: Activity, grid: Coverage | None) -> bytes:
    """The sheet of a period; with the coverage of its day, where it is one day."""
    ours, into = agency(), BytesIO()
    title = f"Activity sheet, {period(found)}"
    document = SimpleDocTemplate(
        into, pagesize=letter, title=title, author=ours.name, topMargin=0.7 * inch, bottomMargin=0.7 * inch, lang="en"
    )
    parts: list[Any] = [
        _text(f"{ours.name}: Social Media Unit", "Heading2"),
        _text(title, "Heading1"),
        _text(
            f"Drawn up {spoken(timezone.now())}. S.O.P. 4; Tab E. Addressed means graded with an outcome: a level 6 is"
            " addressed when it is left standing."
        ),
        _text("What came in, by account", "Heading3"),
        _table([_HEAD, *[_line(str(one), row) for one, row in found.by_account.items()], _line("All", found.total)]),
        _text("By level", "Heading3"),
        _table([_HEAD, *[_line(level_word(level), row) for level, row in found.by_level.items()]]),
        _text("How long it took", "Heading3"),
        _table([_CLOCKS, _clock("to the first grade", found.graded), _clock("to the first answer", found.answered)]),
        _text("Beside", "Heading3"),
        _table([["", "Count"], *[[word, str(count)] for word, count, _ in found.beside]]),
        _text(_waits(found)),
    ]
    if grid is not None:
        parts += [_text("Coverage", "Heading3"), _text(_covered(grid))]
    parts += [Spacer(1, 0.5 * inch), _text("Commanding Officer: ______________________________   Date: ______________")]
    document.build(parts)
    return into.getvalue()


_CLOCKS = ["", "How many", "Half within", "95 % within", "Half within, office hours", "95 % within, office hours"]


def _clock(word: str, clock: Clock) -> list[str]:
    spans = (clock.half, clock.most, clock.office_half, clock.office_most)
    return [word, str(clock.count), *(duration(one) for one in spans)]


def _line(word: str, row: Row) -> list[str]:
    counts = (row.received, row.waiting, row.outstanding, row.addressed, row.answered, row.left_standing, row.hidden)
    return [word, *(str(one) for one in (*counts, row.gone))]


def _table(rows: Sequence[Sequence[str]]) -> Table:
    cells = [[_text(cell) if index == 0 else cell for index, cell in enumerate(row)] for row in rows]
    table = Table(cells, repeatRows=1, hAlign="LEFT")
    table.setStyle(_STYLE)
    return table


def _waits(found: Activity) -> str:
    if found.oldest is None:
        return "Nothing waits to be graded now."
    return f"{found.waiting_now} comments wait to be graded now, the oldest since {spoken(found.oldest)}."


def _covered(grid: Coverage) -> str:
    return (
        f"In {grid.unwatched} of {len(grid.hours)} hours nobody was on watch for some of the time;"
        f" accounts could not be read in {grid.blind} hours in all."
    )


def _text(words: str, style: str = "BodyText") -> Paragraph:
    return Paragraph(words.replace("&", "&amp;").replace("<", "&lt;"), _STYLES[style])
