"""Labels (3.4, ruling 32): a QR code that holds a link, the tag and the name, on sheets of label paper or one by one.

A phone's own camera opens the link. It holds a code that nobody guesses, and neither tag nor serial number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from reportlab.lib.units import inch, mm

from equipment.models import Item, Kit
from members.models.agency import agency

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MOST = 2_000  # labels of one sheet
QUIET = 4  # modules of white around a code: less is not read well


@dataclass(frozen=True)
class Paper:
    """A sheet of labels as its maker cuts it; lengths in points, from the top left corner."""

    word: str
    page: tuple[float, float]
    columns: int
    rows: int
    left: float
    top: float
    label: tuple[float, float]
    step: tuple[float, float]  # from one label to the next

    @property
    def places(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows


LETTER, A4 = (8.5 * inch, 11 * inch), (210 * mm, 297 * mm)
PAPERS: dict[str, Paper] = {
    "5160": Paper(
        "Avery 5160, 5260, 8160: 30 labels of 2⅝ × 1 inch",
        *(LETTER, 3, 10, 0.1875 * inch, 0.5 * inch, (2.625 * inch, inch), (2.75 * inch, inch)),
    ),
    "5163": Paper(
        "Avery 5163, 5263, 8163: 10 labels of 4 × 2 inches",
        *(LETTER, 2, 5, 0.15625 * inch, 0.5 * inch, (4 * inch, 2 * inch), (4.1875 * inch, 2 * inch)),
    ),
    "5167": Paper(
        "Avery 5167, 5267, 8167: 80 labels of 1¾ × ½ inch",
        *(LETTER, 4, 20, 0.28125 * inch, 0.5 * inch, (1.75 * inch, 0.5 * inch), (2.0625 * inch, 0.5 * inch)),
    ),
    "22806": Paper(
        "Avery 22806: 12 square labels of 2 × 2 inches",
        *(LETTER, 3, 4, 0.625 * inch, 0.625 * inch, (2 * inch, 2 * inch), (2.625 * inch, 2.5833 * inch)),
    ),
    "L7160": Paper(
        "Avery L7160 (A4): 21 labels of 63.5 × 38.1 mm",
        *(A4, 3, 7, 7.2 * mm, 15.15 * mm, (63.5 * mm, 38.1 * mm), (66.05 * mm, 38.1 * mm)),
    ),
    "plain": Paper(
        "Plain paper, to be cut: 24 of 2½ × 1¼ inches",
        *(LETTER, 3, 8, 0.5 * inch, 0.5 * inch, (2.5 * inch, 1.25 * inch), (2.5 * inch, 1.25 * inch)),
    ),
}


@dataclass(frozen=True)
class Label:
    """What stands on one label."""

    link: str
    tag: str
    name: str
    under: str = ""  # a third line: serial number, or how many things are in a kit


def link_of(code: str) -> str:
    """What the QR code of a label says."""
    try:
        path = reverse("label", args=[code])
    except NoReverseMatch:
        path = f"/e/{code}"
    return f"{str(settings.UNIT_URL).rstrip('/')}{path}"


def of_item(item: Item) -> Label:
    """The label of an item."""
    return Label(link_of(item.code), item.tag, item.name, f"S/N {item.serial}" if item.serial else "")


def of_kit(kit: Kit, count: int) -> Label:
    """The label of a kit."""
    return Label(link_of(kit.code), "KIT", kit.name, f"{count} thing{'' if count == 1 else 's'}")


def sheet(labels: Iterable[Label], paper: Paper, *, begin_at: int = 1) -> bytes:
    """The labels as a PDF for `paper`, the first at the place `begin_at` of the sheet, counted along the lines."""
    from reportlab.pdfgen.canvas import Canvas  # takes memory that no other page needs

    into, owner = BytesIO(), agency().short_name
    canvas = Canvas(into, pagesize=paper.page, pageCompression=1, lang="en")
    canvas.setTitle("Labels")
    canvas.setAuthor(agency().name)
    place = begin_at - 1
    for label in labels:
        if place == paper.places:
            canvas.showPage()
            place = 0
        row, column = divmod(place, paper.columns)
        left = paper.left + column * paper.step[0]
        bottom = paper.page[1] - paper.top - row * paper.step[1] - paper.label[1]
        _draw(canvas, label, left, bottom, paper, owner)
        place += 1
    canvas.save()
    return into.getvalue()


def _draw(canvas: Canvas, label: Label, left: float, bottom: float, paper: Paper, owner: str) -> None:
    width, height = paper.label
    if paper is PAPERS["plain"]:
        canvas.setLineWidth(0.25)
        canvas.setStrokeGray(0.7)
        canvas.rect(left, bottom, width, height)
    side = min(height, width * 0.55) * 0.94
    _draw_code(canvas, label.link, left + 0.02 * height, bottom + (height - side) / 2, side)
    canvas.setFillGray(0)
    text_left = left + side + 0.04 * height
    room = left + width - text_left - 0.05 * inch
    largest = min(14.0, height / 4.4)
    lines = [
        ("Helvetica-Bold", largest, part) for part in _parted(canvas, label.tag, "Helvetica-Bold", largest, room, 1)
    ]
    small = max(4.0, largest * 0.62)
    lines += [("Helvetica", small, part) for part in _parted(canvas, label.name, "Helvetica", small, room, 2)]
    lines += [("Helvetica", small, part) for part in _parted(canvas, label.under, "Helvetica", small, room, 1)]
    lines += [("Helvetica", small * 0.9, part) for part in _parted(canvas, owner, "Helvetica", small * 0.9, room, 1)]
    tall = sum(size * 1.18 for _, size, _ in lines)
    top = bottom + (height + tall) / 2
    for font, size, text in lines:
        top -= size * 1.18
        canvas.setFont(font, _fitting(canvas, text, font, size, room))
        canvas.drawString(text_left, top + size * 0.25, text)


def _draw_code(canvas: Canvas, link: str, left: float, bottom: float, side: float) -> None:
    """The code as one path, the modules of a line that lie together as one box."""
    rows = _code(link)
    step = side / (len(rows) + 2 * QUIET)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for index, row in enumerate(rows):
        y = bottom + side - (index + QUIET + 1) * step
        for start, end in _runs(row):
            path.rect(left + (QUIET + start) * step, y, (end - start) * step, step)
    canvas.drawPath(path, stroke=0, fill=1)


def _code(link: str) -> Sequence[Sequence[int]]:
    return segno.make_qr(link, error="m", boost_error=False).matrix


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin and end in a line."""
    begin: int | None = None
    for index, dark in enumerate([*row, 0]):
        if dark and begin is None:
            begin = index
        elif not dark and begin is not None:
            yield begin, index
            begin = None


def _printable(text: str) -> str:
    """The text in the letters that the font has; nothing of another script, rather than a row of question marks."""
    drawn = " ".join(text.encode("cp1252", "ignore").decode("cp1252").split())
    return drawn if any(sign.isalnum() for sign in drawn) else ""


def _parted(canvas: Canvas, text: str, font: str, size: float, room: float, lines: int) -> list[str]:
    """The text in at most so many lines; what has no room is cut, with a sign that it is."""
    rest = _printable(text).split()
    found: list[str] = []
    while rest and len(found) < lines:
        line = rest.pop(0)
        while rest and canvas.stringWidth(f"{line} {rest[0]}", font, size) <= room:
            line = f"{line} {rest.pop(0)}"
        found.append(line)
    if rest:
        found[-1] = f"{found[-1]} …"
    return found


def _fitting(canvas: Canvas, text: str, font: str, size: float, room: float) -> float:
    """The size at which the text has room in one line."""
    width = canvas.stringWidth(text, font, size)
    return size if width <= room else max(3.5, size * room / width)


def svg(label: Label) -> str:
    """One label as a picture that scales, for a printer of single labels or to look at."""
    rows = _code(label.link)
    side = len(rows) + 2 * QUIET
    boxes = "".join(
        f"M{start + QUIET} {index + QUIET}h{end - start}v1h-{end - start}z"
        for index, row in enumerate(rows)
        for start, end in _runs(row)
    )
    lines = [(label.tag, 7, "bold"), (label.name[:40], 4, "normal"), (label.under[:40], 4, "normal")]
    words = "".join(
        f'<text x="{side + 1}" y="{12 + 8 * index}" font-size="{size}" font-weight="{weight}">{escape(text)}</text>'
        for index, (text, size, weight) in enumerate(line for line in lines if line[0])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side * 3} {side}" width="{side * 6}"'
        f' height="{side * 2}"'
        f' font-family="Helvetica, Arial, sans-serif"><rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="{boxes}" fill="#000"/>{words}</svg>'
    )
