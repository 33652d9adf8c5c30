"""A purchase order as a PDF for the Budget Unit (3.3): what, how many, at what price, of whom, and who approved it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import inch
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from equipment.models import BudgetUnit, ProposalDecision, ProposalVersion
from members.days import spoken
from members.models import Member
from members.models.agency import agency

_STYLES = getSampleStyleSheet()
_RIGHT = ParagraphStyle("right", parent=_STYLES["BodyText"], alignment=2)
_LINES = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.25, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)
_SIDE = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
_LONGEST = 1500  # characters of the description: the whole stands in the proposal


def sheet(
    version: ProposalVersion, decision: ProposalDecision, *, number: str, unit: BudgetUnit, by: Member, at: datetime
) -> bytes:
    """The order `number` for what `decision` approved, drawn up by `by`."""
    ours, into = agency(), BytesIO()
    title = f"Purchase order {number}"
    document = SimpleDocTemplate(
        into, pagesize=letter, title=title, author=ours.name, topMargin=0.7 * inch, bottomMargin=0.7 * inch, lang="en"
    )
    chosen = version.chosen
    facts = [
        ["To", unit.name],
        ["Drawn up", f"{spoken(at)}, by {by.name} ({by.get_position_display()})"],
        ["Supplier", chosen.supplier if chosen else ""],
        ["Supplier’s quote", _quote(version)],
        ["Deliver to", unit.deliver_to or ours.name],
        ["Proposal", f"{version.proposal_id}: {version.title}"],
        ["Approved by", f"{decision.by.name} ({decision.by.get_position_display()}), {spoken(decision.at)}"],
        ["Seal of what was approved", version.seen_as],
    ]
    parts: list[Any] = [
        _text(f"{ours.name}: Social Media Unit", "Heading2"),
        _text(title, "Heading1"),
        _facts(facts),
        Spacer(1, 0.15 * inch),
        _lines(version),
        _text("Technical description", "Heading3"),
        _text(_cut(version.description)),
        _text("Reason and purpose", "Heading3"),
        _text(_cut(version.reason)),
        Spacer(1, 0.4 * inch),
        _text("Received by the Budget Unit: ____________________________   Date: ______________"),
    ]
    document.build(parts)
    return into.getvalue()


def money(amount: Decimal) -> str:
    """Dollars as people write them: $1,299.00."""
    return f"${amount:,.2f}"


def _quote(version: ProposalVersion) -> str:
    chosen = version.chosen
    if chosen is None:
        return ""
    of = f" of {chosen.on:%B} {chosen.on.day}, {chosen.on.year}" if chosen.on else ""
    return f"{money(chosen.amount)}{of}"


def _lines(version: ProposalVersion) -> Table:
    head = ["", "What", "Count", "Each", "Together"]
    rows: list[list[Any]] = [[_text(word) for word in head]]
    for line in version.lines.all():
        what = " ".join(word for word in (line.maker, line.model) if word)
        rows.append(
            [
                _right(str(line.number)),
                _text(f"{line.what}{f' ({what})' if what else ''}"),
                _right(str(line.count)),
                _right(money(line.cost)),
                _right(money(line.total)),
            ]
        )
    rows.append(["", _text("Freight and other charges"), "", "", _right(money(version.freight))])
    rows.append(["", _text("Total"), "", "", _right(money(version.total))])
    table = Table(rows, colWidths=[0.4 * inch, 3.5 * inch, 0.7 * inch, 1.2 * inch, 1.3 * inch], repeatRows=1)
    table.setStyle(_LINES)
    return table


def _facts(rows: list[list[str]]) -> Table:
    cells = [[_text(word), _text(said)] for word, said in rows]
    table = Table(cells, colWidths=[1.7 * inch, 5.4 * inch], hAlign="LEFT")
    table.setStyle(_SIDE)
    return table


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… (the whole stands in the proposal)"


def _plain(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


def _text(words: str, style: str = "BodyText") -> Paragraph:
    return Paragraph(_plain(words), _STYLES[style])


def _right(words: str) -> Paragraph:
    return Paragraph(_plain(words), _RIGHT)
