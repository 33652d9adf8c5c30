"""A stock-take as a PDF: the figures, what is not as it should be, and what was found (3.4)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils import timezone
from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import inch
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from equipment.models import StockTake
from equipment.stocktakes import Finding, outcome
from members.days import spoken
from members.models.agency import agency

_STYLES = getSampleStyleSheet()
_STYLE = TableStyle(
    [
        ("FONTSIZE", (0, 0), (-1, -1), 8),
        ("GRID", (0, 0), (-1, -1), 0.25, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)
_WIDTHS = [0.95 * inch, 2.1 * inch, 1.3 * inch, 1.45 * inch, 1.4 * inch]


def sheet(take: StockTake) -> bytes:
    """The sheet. One that is not signed says so in its first line."""
    ours, into, came = agency(), BytesIO(), outcome(take)
    title = f"Stock-take {take.pk}: {take}"
    document = SimpleDocTemplate(
        into, pagesize=letter, title=title, author=ours.name, topMargin=0.7 * inch, bottomMargin=0.7 * inch, lang="en"
    )
    groups = list(came.groups())
    parts: list[Any] = [
        _text(f"{ours.name}: Social Media Unit", "Heading2"),
        _text(title, "Heading1"),
        _text(f"{_standing(take)} Begun by {take.begun_by.name}, {spoken(take.begun_at)}. S.O.P. 3.4, 3.7."),
        _text("; ".join(f"{word}: {len(findings)}" for word, findings in groups) + "."),
    ]
    if take.remark:
        parts.append(_text(f"Remark: {take.remark}"))
    for word, findings in groups:
        if findings:
            parts += [_text(f"{word.capitalize()} ({len(findings)})", "Heading3"), _table(findings)]
    parts += [Spacer(1, 0.5 * inch), _text("Supervisor: ______________________________   Date: ______________")]
    document.build(parts)
    return into.getvalue()


def _standing(take: StockTake) -> str:
    if take.ended_by is None or take.ended_at is None:
        return f"NOT SIGNED: as it stands {spoken(timezone.now())}."
    word = "Signed" if take.state == StockTake.State.SIGNED else "Given up"
    return f"{word} by {take.ended_by.name}, {spoken(take.ended_at)}."


def _table(findings: list[Finding]) -> LongTable:
    rows: list[list[Any]] = [["Tag", "Item", "Serial number", "Expected", "Seen"]]
    for one in findings:
        tag, name, serial = (one.item.tag, one.item.name, one.item.serial) if one.item else ("", one.said, "")
        seen = f"{one.seen_at}, {one.seen.by.name}, {spoken(one.seen.at)}" if one.seen else ""
        rows.append([_small(text) for text in (tag, name, serial, str(one.expected or ""), seen)])
    table = LongTable(rows, colWidths=_WIDTHS, repeatRows=1, hAlign="LEFT")
    table.setStyle(_STYLE)
    return table


def _text(words: str, style: str = "BodyText") -> Paragraph:
    return Paragraph(words.replace("&", "&amp;").replace("<", "&lt;"), _STYLES[style])


def _small(words: str) -> Paragraph:
    return Paragraph(words.replace("&", "&amp;").replace("<", "&lt;"), _SMALL)


_SMALL = _STYLES["BodyText"].clone("small", fontSize=8, leading=9.5)
