"""Lists as CSV and as Excel workbooks, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

LARGEST = 50_000  # rows of one file
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL = 32_767  # characters; Excel opens no more
_EXCEL_FORMS: dict[type, str] = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}


class _Echo:
    """What csv.writer writes into: hands each line back, so that it is streamed."""

    def write(self, line: str) -> str:
        return line


def neutral(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula. What the public wrote may begin with `=cmd`."""
    text = "" if cell is None else str(cell)
    text = text.replace("\x00", "")
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def csv_answer(name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """`rows` under `head` as a CSV file called `name`, streamed, with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield "\ufeff"
        yield writer.writerow(list(head))
        for row in rows:
            yield writer.writerow([neutral(cell) for cell in row])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def xlsx_answer(name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> FileResponse:
    """`rows` under `head` as an Excel workbook called `name`, written row by row: memory stays the same however many.

    Numbers and days are cells of that kind, a moment is in the agency's zone; all else is text, and no text is taken
    for a formula or a link.
    """
    import xlsxwriter  # few ever ask for a workbook

    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    kinds = {day: book.add_format({"num_format": form}) for day, form in _EXCEL_FORMS.items()}
    for column, word in enumerate(head):
        sheet.write_string(0, column, word, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, line, column, cell, kinds)
    sheet.freeze_panes(1, 0)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _write(sheet: Any, line: int, column: int, cell: object, kinds: dict[type, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_string(line, column, "yes" if cell else "no")
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(line, column, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, column, timezone.localtime(cell).replace(tzinfo=None), kinds[datetime])
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, kinds[date])
    else:
        sheet.write_string(line, column, str(cell).replace("\x00", "")[:_LONGEST_CELL])
