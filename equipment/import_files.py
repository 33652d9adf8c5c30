"""A list made elsewhere as rows of cells: CSV in any form that spreadsheets write, or the sheet of an Excel workbook.

Rows are handed on one by one, so that a list of ten thousand is never held whole. Nothing of a workbook is carried
out: a formula comes as what it is, and is refused where it would be read.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from members.states import Invalid

LARGEST = 10_000_000  # bytes of the file
UNPACKED = 150_000_000  # bytes of a workbook when it is unpacked
WORDS_UNPACKED = 40_000_000  # of these its words, which are held all at once
MOST_ROWS = 10_000
MOST_COLUMNS = 60
MOST_SHEETS = 30
MOST_LINES = 100_000  # empty ones too: a sheet may have been drawn far beyond its end
HEAD_WITHIN = 10  # lines: a title may stand above the headings
LONGEST_CELL = 5_000


@dataclass(frozen=True)
class Odd:
    """A cell that cannot be taken as it is, and why."""

    why: str


Cell = str | date | Decimal | Odd
Line = tuple[int, list[Cell]]


@dataclass
class Sheet:
    """What a file holds: its lines with something in them, each with its number in the file."""

    lines: Iterator[Line]
    name: str = ""  # of the sheet, in a workbook
    names: list[str] = field(default_factory=list)  # of all its sheets


def check(head: bytes, size: int, name: str) -> None:
    """Raises Invalid for what is no list, by its first bytes and its size, before anything is kept."""
    if size > LARGEST:
        megabytes = LARGEST // 1_000_000
        raise Invalid(
            f"“{name}” is larger than {megabytes} MB: a list of 10,000 items is not. Is it the right file?", "file"
        )
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid("This is a workbook of an old Excel, or one with a password. Save it as .xlsx or as CSV.", "file")


def text_of(content: bytes) -> str:
    """The file as text: UTF-8 (with or without its mark), UTF-16 with its mark, else Windows-1252. Raises Invalid."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid("This is no text file. Save the list as CSV or .xlsx, then choose that file.", "file")


def sheets_of(file: IO[bytes], *, workbook: bool) -> list[Sheet]:
    """The sheets of a workbook, of which each is read only when its lines are; a text is one. Raises Invalid."""
    return _of_workbook(file) if workbook else [Sheet(_of_text(text_of(file.read())))]


def sheet_of(file: IO[bytes], *, workbook: bool, wanted: str = "") -> Sheet:
    """The lines of a file; of a workbook those of the sheet `wanted`, or of the first. Raises Invalid."""
    sheets = sheets_of(file, workbook=workbook)
    return next((one for one in sheets if one.name == wanted), sheets[0])


def _of_text(text: str) -> Iterator[Line]:
    text = text.lstrip("\ufeff\r\n")
    first, _, rest = text.partition("\n")
    above = 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:  # Excel's own line
        parted_by, text, above = first.strip()[-1], rest, 1
    else:
        beginning = text[:4000]
        parted_by = max(",;\t|", key=beginning.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True, skipinitialspace=True)
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield lines.line_num + above, [_of_csv(cell) for cell in cells[:MOST_COLUMNS]]
    except csv.Error as error:
        why = "a quotation mark is not closed, or a cell is far too long"
        raise Invalid(f"Line {lines.line_num + above} cannot be read: {why}.", "file") from error


def _of_csv(cell: str) -> Cell:
    text = plain(cell)
    if text.startswith("="):
        return Odd(_formula(text))
    if text[:2] in {"'=", "'+", "'-", "'@"}:  # the mark that an export sets before what would be a formula
        text = text[1:]
    return text


def plain(text: str) -> str:
    """A cell's words with single spaces between them, without signs that nobody sees."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_CELL])
    return " ".join(seen.split())


def _formula(text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return f"is a formula ({shown}). Put its value there: in the spreadsheet copy the cell, then paste “values only”."


def _of_workbook(file: IO[bytes]) -> list[Sheet]:
    from openpyxl import load_workbook  # takes 20 MB of each process that knows it
    from openpyxl.utils.exceptions import InvalidFileException

    _check_workbook(file)
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        names = [one.title for one in book.worksheets if one.sheet_state == "visible"] or book.sheetnames
        found = [book[name] for name in names[:MOST_SHEETS]]
        for one in found:
            one.reset_dimensions()  # what a workbook says of its own size is often wrong
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        OSError,
    ) as error:
        raise Invalid(_BROKEN, "file") from error
    if not found:
        raise Invalid(_BROKEN, "file")
    return [Sheet(_of_sheet(one), one.title, [sheet.title for sheet in found]) for one in found]


_BROKEN = (
    "This workbook cannot be read: it is damaged, or not what Excel writes. Open it, save it as CSV, and choose that."
)


def _check_workbook(file: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise Invalid(_BROKEN, "file") from error
    words = sum(part.file_size for part in parts if "sharedstrings" in part.filename.lower())
    if sum(part.file_size for part in parts) > UNPACKED or words > WORDS_UNPACKED:
        raise Invalid(
            "Unpacked, this workbook is far larger than a list of 10,000 items. Save the list as CSV.", "file"
        )
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise Invalid("This workbook holds a program (macros). Save it as .xlsx without, or as CSV.", "file")
    file.seek(0)


def _of_sheet(sheet: Any) -> Iterator[Line]:
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_LINES), 1):
            cells = [_of_excel(cell) for cell in row]
            if any(cell != "" for cell in cells):
                yield number, cells
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError, zipfile.BadZipFile) as error:
        raise Invalid(_BROKEN, "file") from error


def _of_excel(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _text_of_excel(cell, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return Odd(_formula(str(getattr(value, "text", None) or "of many cells")))


def _text_of_excel(cell: Any, value: str) -> Cell:
    if cell.data_type == "f":
        return Odd(_formula(value))
    if cell.data_type == "e":
        return Odd(f"holds an error ({plain(value)}). Put its value there, or leave it empty.")
    return plain(value)


def _number(value: float, form: str) -> Cell:
    currency = re.search(r"[€£¥₹₩₽]|\[\$(?!\$|-|USD)", form)
    if currency:
        return Odd(f"is an amount in another currency ({value:,.2f}). Put it in dollars.")
    if abs(value) >= 10**15:
        return Odd("is a number of more than 15 digits, which the spreadsheet does not keep. Format the cell as text.")
    return Decimal(int(value)) if float(value).is_integer() else Decimal(repr(value))
