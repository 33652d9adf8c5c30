"""`equipment.import`: a list of 10,000 items by the pages, from the file to the inventory, and 1,000 labels as a PDF.

The list comes twice, as CSV and as an Excel workbook of other items: given, looked through on its page, confirmed.
Memory is the highest that any process of the web server held, labels included.
"""

from __future__ import annotations

import csv
import io
import os
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import xlsxwriter

from tests.benchmarks.machine import Machine
from tests.benchmarks.report import Figure
from tests.benchmarks.upload import Sender, memory
from tests.benchmarks.web import cookie_of, server

ITEMS, LABELS, ONE_BY_ONE = 10_000, 1_000, 200
MOST_SECONDS, MOST_MB = 20.0, 200.0
HEAD = ["Asset Tag", "Asset Name", "Category", "Manufacturer", "Model", "Serial", "Purchase Date", "Purchase Cost"]
HEAD += ["Status", "Supplier", "Warranty Expires", "Location", "Notes"]
BOUNDARY = "a-line-that-stands-in-no-list"


def imported(machine: Machine, rows: int) -> Iterator[Figure]:
    """The figure; the rows asked for do not matter."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    machine.fresh("ours")
    os.environ["MEDIA_ROOT"] = settings.MEDIA_ROOT = str(machine.places.data / "media")
    cookie = _supervisor()
    one_by_one = _one_by_one() / ONE_BY_ONE * ITEMS
    connection.close()
    with server(machine) as port:
        sender = Sender(port, cookie, "/equipment/import/")
        before = memory(port)
        of_csv = _import(sender, "list.csv", _csv(_rows("C")))
        of_workbook = _import(sender, "list.xlsx", _workbook(_rows("X")))
        peak = memory(port)  # of the imports; the sheets of labels follow in the same process
        pdf, of_labels = _labels(sender)
        at_last = memory(port)
    whole = _count() == 2 * ITEMS + ONE_BY_ONE and pdf.startswith(b"%PDF-")
    connection.close()
    slowest = max(sum(of_csv.values()), sum(of_workbook.values()))
    yield Figure(
        name="equipment.import",
        rows=ITEMS,
        value=slowest,
        unit="s, from the file to the inventory, the slower of CSV and workbook",
        limit=None,
        naive=one_by_one,
        ratio_to_limit=None,
        ratio_to_naive=one_by_one / slowest,
        target=f"import with preview <= {MOST_SECONDS:g} s and {MOST_MB:g} MB, {LABELS:,} labels <= {MOST_SECONDS:g} s",
        holds=slowest <= MOST_SECONDS and of_labels <= MOST_SECONDS and peak <= MOST_MB and whole,
        peak_memory_mb=peak,
        more={
            **{f"csv_{name}_seconds": value for name, value in of_csv.items()},
            **{f"workbook_{name}_seconds": value for name, value in of_workbook.items()},
            "labels_seconds": of_labels,
            "labels_bytes": len(pdf),
            "before_mb": before,
            "with_labels_mb": at_last,
            "whole": whole,
        },
    )


def _supervisor() -> str:
    from members.models import Agency, Member

    ours = {"name": "Bayside Police Department", "short_name": "Bayside Police", "languages": ["en"]}
    Agency.objects.create(zone="America/New_York", **ours)
    fields = {"number": "1", "name": "Supervisor", "position": "supervisor", "languages": ["en"]}
    Member.objects.create_user(username="supervisor", **fields)
    return cookie_of("supervisor")


def _one_by_one() -> float:
    """Seconds in which so many items are added by the verb for one."""
    from equipment import inventory
    from members.models import Member

    by = Member.objects.get()
    kind = inventory.add_kind("Single", by=by)
    began = time.perf_counter()
    for number in range(ONE_BY_ONE):
        inventory.add_item(by=by, name=f"Thing {number}", kind=kind, maker="Canon", serial=f"ONE-{number}")
    return time.perf_counter() - began


def _rows(letter: str) -> Iterator[list[str]]:
    yield HEAD
    for number in range(ITEMS):
        yield [
            *(f"{letter}-{number:05}" if number % 3 else "", f"Thing {number}", f"Kind {number % 25}", "Canon"),
            *(f"Model {number % 200}", f"{letter}{number:08}", f"{number % 12 + 1:02}/{number % 28 + 1:02}/2024"),
            *(f"${number % 5000 + 1:,}.50", "Ready to Deploy", "Example Photo Supply", "2027-01-31"),
            *(f"Cabinet {number % 40}", "From the old list, as it stood there."),
        ]


def _csv(rows: Iterator[list[str]]) -> bytes:
    into = io.StringIO()
    csv.writer(into).writerows(rows)
    return into.getvalue().encode()


def _workbook(rows: Iterator[list[str]]) -> bytes:
    into = io.BytesIO()
    with xlsxwriter.Workbook(into, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return into.getvalue()


def _import(sender: Sender, name: str, content: bytes) -> dict[str, float]:
    """The seconds of each step. Raises ValueError where one is refused."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    body = head + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    times: dict[str, float] = {}
    began = time.perf_counter()
    page = sender.follow("/equipment/import/", body, f"multipart/form-data; boundary={BOUNDARY}")
    times["preview"] = time.perf_counter() - began
    address = page.partition(b'action="/equipment/import/')[2].partition(b"/confirm/")[0].decode()
    began = time.perf_counter()
    done = sender.follow(f"/equipment/import/{address}/confirm/", b"", "application/x-www-form-urlencoded")
    times["import"] = time.perf_counter() - began
    if b"came of it" not in done:
        raise ValueError(f"{name} was not imported")
    return times


def _labels(sender: Sender) -> tuple[bytes, float]:
    asked = {"which": "tags", "tags": f"C-{0:05}..C-{int(LABELS * 1.5) - 1:05}", "paper": "5160", "begin_at": 1}
    began = time.perf_counter()
    pdf = sender.follow(f"/equipment/labels/sheet.pdf?{urlencode(asked)}")
    return pdf, time.perf_counter() - began


def _count() -> int:
    from equipment.models import Item

    return Item.objects.count()
