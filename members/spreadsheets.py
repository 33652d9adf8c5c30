"""Lists as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

LARGEST = 50_000  # rows of one file


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
