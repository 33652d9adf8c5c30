"""The maintenance log as a PDF: as it was narrowed, or of one thing with what it has cost over its life (3.5)."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import QuerySet
from django.utils import timezone
from reportlab.lib import colors
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import inch
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

from equipment import maintenance, recurring
from equipment.maintenance_log import away, day, dollars, names_of_files, whole
from equipment.models import Item, Work
from members.days import spoken
from members.models.agency import agency

MOST = 2000  # entries of one print
_STYLES = getSampleStyleSheet()
_SMALL = _STYLES["BodyText"].clone("small", fontSize=8, leading=9.5, splitLongWords=1)
_STYLE = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.25, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)
_HEAD = ("Entry", "Thing", "Found", "Done", "By", "Out of service", "Cost")
_WIDTHS = [inch * width for width in (0.85, 1.5, 2.25, 2.45, 1.25, 1.05, 0.8)]
_PART, _LINES = 900, 12  # characters and lines of one cell: a row taller than the page could not be drawn


def log(works: QuerySet[Work], *, narrowed: str) -> bytes:
    """Those entries, newest first; `narrowed` says by what they were chosen, or nothing where they are all."""
    chosen = f"Only {narrowed}." if narrowed else "All entries but those that were made by mistake."
    return _document("Maintenance log", [chosen], works)


def log_of(item: Item) -> bytes:
    """The log of one thing, with what comes again and what all has cost."""
    about = " ".join(word for word in (item.maker, item.model, item.serial) if word)
    said = [
        f"{about or item.kind.name}; {item.get_state_display()}.",
        f"Maintenance over its life: {dollars(maintenance.cost_of(item))}.",
    ]
    said += [
        f"{one.what}, {one.rhythm}: next {recurring.next_due(one)}."
        for one in recurring.reckoned(item.services.all()).order_by("pk")
    ]
    return _document(f"Maintenance of {item}", said, item.works.standing())


def _document(title: str, said: list[str], works: QuerySet[Work]) -> bytes:
    ours, into = agency(), BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin"), 0.4 * inch)
    margins |= dict.fromkeys(("topMargin", "bottomMargin"), 0.6 * inch)
    document = SimpleDocTemplate(into, pagesize=landscape(letter), title=title, author=ours.name, lang="en", **margins)
    found = list(whole(works, MOST + 1))
    rows = found[:MOST]
    known = [cost for _, cost in rows if cost is not None]
    total = f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}, {dollars(sum(known, Decimal(0)))} in all."
    more = f" The newest {MOST:,} stand here: narrow the days for those before." if len(found) > MOST else ""
    parts: list[Any] = [
        _text(f"{ours.name}: Social Media Unit", "Heading2"),
        _text(title, "Heading1"),
        *(_text(line) for line in said),
        _text(f"{total}{more} As it stands {spoken(timezone.now())}. S.O.P. 3.5."),
    ]
    if rows:
        parts.append(_table(rows))
    document.build(parts, onFirstPage=_numbered, onLaterPages=_numbered)
    return into.getvalue()


def _numbered(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(document.pagesize[0] - 0.4 * inch, 0.35 * inch, f"Page {document.page}")


def _table(rows: list[tuple[Work, Decimal | None]]) -> LongTable:
    drawn: list[list[Any]] = [[_small(word) for word in _HEAD]]
    for one, cost in rows:
        drawn.append([_small(cell) for cell in _cells(one, cost)])
    table = LongTable(drawn, colWidths=_WIDTHS, repeatRows=1, hAlign="LEFT")
    table.setStyle(_STYLE)
    return table


def _cells(one: Work, cost: Decimal | None) -> tuple[str, ...]:
    files = names_of_files(one)
    closing = {
        Work.State.DROPPED: f"Entered by mistake: {one.closing}",
        Work.State.OPEN: "not done yet",
    }.get(Work.State(one.state), "")
    done = [
        f"{day(one.done_on)}: {one.done}" if one.done_on else "",
        closing,
        f"Parts: {one.parts}" if one.parts else "",
        "Under warranty." if one.under_warranty else "",
        f"Outside the maker’s instructions, by decision {one.modification_id}." if one.outside else "",
        f"Files: {files}" if files else "",
    ]
    by = f"{one.by_whom}, {one.ticket}" if one.ticket else one.by_whom
    return (
        f"{one.pk}\n{day(one.found_on)}",
        str(one.item),
        one.found,
        "\n".join(part for part in done if part),
        by,
        away(one),
        "" if cost is None else dollars(cost),
    )


def _text(words: str, style: str = "BodyText") -> Paragraph:
    return Paragraph(escape(words), _STYLES[style])


def _small(words: str) -> Paragraph:
    cut = words if len(words) <= _PART else f"{words[:_PART].rstrip()}… (the rest stands in the log)"
    lines = escape(cut).splitlines()
    return Paragraph(("<br/>" if len(lines) <= _LINES else " ").join(lines), _SMALL)
