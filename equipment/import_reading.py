"""What a list comes to, line by line, before anything of it is written (3.4).

It is judged by the database's own rules, against the list itself and what the unit has already. An item that is here
already, with the same tag and serial number, is left alone: the same list may come twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from django.db.models.functions import Upper
from django.utils import timezone

from equipment import import_cells, import_columns
from equipment.import_columns import COLUMNS, SEVERAL
from equipment.import_files import HEAD_WITHIN, MOST_ROWS, Cell, Line, Odd, Sheet
from equipment.models import Import, Item, Kind
from members.states import Invalid

LENGTHS = {field.name: int(field.max_length or 0) for field in Item._meta.fields}
LONGEST_KIND = 80
LONGEST_REMARK = 4000
MOST_AGAIN = 5000  # texts of which it is noticed that they come again


@dataclass(slots=True)
class Row:
    """A line of the list, what it says, and what is wrong with it."""

    line: int
    given: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    known: Item | None = None  # is in the inventory already: nothing is changed about it

    @property
    def word(self) -> str:
        """What it is called."""
        return str(self.given.get("name") or "")

    @property
    def state(self) -> str:
        """In what state it comes, in words."""
        said = self.given.get("state")
        return str(Item.State(said).label) if said else ""


@dataclass
class Reading:
    """What a list comes to."""

    headings: list[str]
    meanings: dict[int, str]
    head_line: int
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)  # what stands first in each column
    rows: list[Row] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)  # that would be made
    said: list[str] = field(default_factory=list)  # how it was read, where that is not plain
    stops: list[str] = field(default_factory=list)  # why nothing of it can be read as yet

    @property
    def wrong(self) -> list[Row]:
        """The lines that stand in the way of all."""
        return [row for row in self.rows if row.errors]

    @property
    def new(self) -> list[Row]:
        """Those that come, or would come, into the inventory."""
        return [row for row in self.rows if not row.errors and row.known is None]

    @property
    def known(self) -> list[Row]:
        """Those that are there already."""
        return [row for row in self.rows if not row.errors and row.known is not None]

    @property
    def left_out(self) -> list[str]:
        """Headings whose columns mean nothing here."""
        return [heading for index, heading in enumerate(self.headings) if heading and index not in self.meanings]

    @property
    def ready(self) -> bool:
        """Whether it can be carried out."""
        return not self.stops and not self.wrong and bool(self.new)


def headings_of(lines: list[Line]) -> list[str]:
    """The headings, out of the first lines of a list; not of the empty columns that a sheet has behind its last."""
    if not lines:
        return []
    width = max((at for _, cells in lines for at, cell in enumerate(cells, 1) if cell != ""), default=0)
    return [import_columns.words(cell)[:80] for cell in lines[import_columns.head_of(lines)][1][:width]]


def read(batch: Import, sheet: Sheet) -> Reading:
    """What the list comes to; changes nothing. Raises Invalid where it cannot be read as a list at all."""
    first = list(islice(sheet.lines, HEAD_WITHIN + 1))
    if not first:
        raise Invalid(f"The sheet “{sheet.name}” is empty.", "file")
    head = import_columns.head_of(first)
    meanings = {int(index): name for index, name in batch.columns.items()}
    reading = Reading(headings_of(first), meanings, first[head][0], sheet.name, sheet.names)
    reading.samples = _samples(first[head + 1 :], len(reading.headings))
    _look_at_columns(reading)
    if reading.stops:
        return reading
    lines = list(_held(chain(first[head + 1 :], sheet.lines), meanings))
    day_first = _day_order(batch, reading, lines)
    reader = _Reader(batch, meanings, reading.headings, day_first)
    lines.reverse()
    while lines:  # each is let go of when it is read
        reading.rows.append(reader.row(*lines.pop()))
    _find_twice(reading.rows)
    _find_known(reading.rows)
    _find_kinds(reading)
    if not reading.rows:
        reading.stops.append("Under the line of headings there is nothing. Put each item on a line of its own.")
    return reading


def _samples(lines: list[Line], columns: int) -> list[str]:
    cells = [[import_columns.words(line[index]) for _, line in lines if index < len(line)] for index in range(columns)]
    return [next((cell[:40] for cell in column if cell), "") for column in cells]


def _look_at_columns(reading: Reading) -> None:
    names = set(reading.meanings.values())
    if not names & {"name", "maker", "model"}:
        reading.stops.append("No column says what the things are. Say below which one is the name.")


def _held(lines: Iterable[Line], meanings: Mapping[int, str]) -> Iterator[Line]:
    """The lines with something in a column that is read; of each line those cells alone."""
    count = 0
    again: dict[str, str] = {}
    for number, cells in lines:
        wanted: list[Cell] = [cells[index] if index < len(cells) else "" for index in meanings]
        wanted = [_held_once(cell, again) if isinstance(cell, str) else cell for cell in wanted]
        if all(cell == "" for cell in wanted):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Invalid(f"The list has more than {MOST_ROWS:,} items. Import it in parts.", "file")
        yield number, wanted


def _held_once(cell: str, again: dict[str, str]) -> str:
    """The same text, one object for all lines: suppliers, makers and remarks come again and again."""
    return again.setdefault(cell, cell) if len(again) < MOST_AGAIN else again.get(cell, cell)


def _day_order(batch: Import, reading: Reading, lines: list[Line]) -> bool:
    """Whether days are written day first: as was said, else as the list's own days show, else as the country writes."""
    if batch.days in import_cells.DAY_ORDERS:
        return import_cells.DAY_ORDERS[Import.Days(batch.days)]
    places = [at for at, name in enumerate(reading.meanings.values()) if name in {"acquired_on", "warranty_until"}]
    days = [cell for _, cells in lines for cell in (cells[at] for at in places) if isinstance(cell, str)]
    try:
        shown = import_cells.says_day_first(days)
    except Invalid as error:
        reading.said.append(f"{error} They are read month first: say below if they are not.")
        return False
    if shown:
        reading.said.append("The days are read day first, as some of them can only be meant.")
    return bool(shown)


class _Reader:
    """Reads the lines of one list."""

    def __init__(self, batch: Import, meanings: dict[int, str], headings: list[str], day_first: bool) -> None:
        self.kind = batch.kind.name if batch.kind else ""
        self.meanings = [(name, headings[index] if index < len(headings) else "") for index, name in meanings.items()]
        self.day_first = day_first
        self.several = sum(name == SEVERAL for name, _ in self.meanings) > 1
        self.today = timezone.localdate()

    def row(self, line: int, cells: list[Cell]) -> Row:
        """One line: what each cell says, and what is wrong with it."""
        row = Row(line, {})
        remarks: list[str] = []
        for (name, heading), cell in zip(self.meanings, cells, strict=True):
            try:
                if name == SEVERAL:
                    remarks += self._remark(cell, heading)
                else:
                    given = self._read(name, cell)
                    if given not in (None, "", []):
                        row.given[name] = given
            except Invalid as error:
                row.errors.append(_sentence(heading or COLUMNS[name][0], str(error), odd=isinstance(cell, Odd)))
        if remarks:
            row.given["remark"] = "\n".join(remarks)
        self._complete(row)
        return row

    def _read(self, name: str, cell: Cell) -> object:
        match name:
            case "tag" | "serial":
                return import_cells.label(cell, LENGTHS[name])
            case "acquired_on":
                return import_cells.day(cell, day_first=self.day_first)
            case "warranty_until":
                return import_cells.warranty(cell, day_first=self.day_first)
            case "kind":
                return import_cells.text(cell, LONGEST_KIND)
        reader = _READERS.get(name)
        return reader(cell) if reader else import_cells.text(cell, LENGTHS[name])

    def _remark(self, cell: Cell, heading: str) -> list[str]:
        said = import_cells.text(cell, LONGEST_REMARK)
        if not said:
            return []
        return [f"{heading}: {said}" if self.several and heading else said]

    def _complete(self, row: Row) -> None:
        """What follows from the other cells, and what they must say together."""
        given = row.given
        made = " ".join(filter(None, (given.get("maker", ""), given.get("model", ""))))
        given.setdefault("name", made[: LENGTHS["name"]])
        given.setdefault("kind", self.kind)
        given.setdefault("state", str(Item.State.SERVICEABLE))
        if row.errors:
            return
        if not given["name"]:
            row.errors.append("Nothing says what it is. Put a name, or its maker and model.")
        if not given["kind"]:
            row.errors.append(
                "Its kind is missing (camera, light …). Put it there, or choose one below for all without."
            )
        if given["state"] == Item.State.STOLEN and not given.get("report_number"):
            row.errors.append("What is stolen has the number of the report. Put it in a column “report number”.")
        self._look_at_days(row)

    def _look_at_days(self, row: Row) -> None:
        given, bought = row.given, row.given.get("acquired_on")
        if isinstance(months := given.get("warranty_until"), int):
            if bought is None:
                row.errors.append(f"A warranty of {months} months: since when? Put the day on which it was acquired.")
                return
            given["warranty_until"] = import_cells.later(bought, months)
        if bought and bought > self.today:
            row.errors.append(f"It is acquired on {bought:%m/%d/%Y}, which is yet to come.")
        if bought and given.get("warranty_until") and given["warranty_until"] < bought:
            row.errors.append("Its warranty ends before it was acquired.")


_READERS: dict[str, import_cells.Reader] = {
    "value": import_cells.dollars,
    "state": import_cells.state,
    "capabilities": import_cells.capabilities,
    "life_months": import_cells.months,
    "instructions_link": import_cells.link,
}


def _sentence(heading: str, why: str, *, odd: bool) -> str:
    """`“Price” is longer than …`, or `Price: “12,5 €” is in another currency…`."""
    return f"“{heading}” {why}" if odd or not why.startswith("“") else f"{heading}: {why}"


def _upper(said: str) -> str:
    """As the database compares tags and serial numbers, letter by letter."""
    return "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in said)


def _serial_of(given: Mapping[str, Any]) -> tuple[str, str]:
    return _upper(str(given.get("maker", ""))), _upper(str(given.get("serial", "")))


def _find_twice(rows: list[Row]) -> None:
    """Tags and serial numbers that stand twice in the list."""
    tags: dict[str, Row] = {}
    serials: dict[tuple[str, str], Row] = {}
    for row in rows:
        tag, serial = _upper(str(row.given.get("tag", ""))), _serial_of(row.given)
        if tag and (other := tags.setdefault(tag, row)) is not row:
            row.errors.append(
                f"Line {other.line} has the same tag, {row.given['tag']}. Each item needs one of its own."
            )
        if serial[1] and (first := serials.setdefault(serial, row)) is not row:
            row.errors.append(
                f"Line {first.line} has the same serial number, {row.given['serial']}, of the same maker."
            )


def _find_known(rows: list[Row]) -> None:
    """Tags and serial numbers that the unit has already: the same item is left alone, another one's is refused."""
    tags = {_upper(row.given["tag"]) for row in rows if row.given.get("tag")}
    serials = {_serial_of(row.given) for row in rows if row.given.get("serial")}
    items = Item.objects.annotate(upper_tag=Upper("tag"), upper_serial=Upper("serial"))
    tagged_so = items.filter(upper_tag__in=tags) if tags else []
    numbered = items.filter(upper_serial__in={serial for _, serial in serials}) if serials else []
    by_tag = {_upper(one.tag): one for one in tagged_so}
    by_serial = {(_upper(one.maker), _upper(one.serial)): one for one in numbered}
    for row in rows:
        tagged = by_tag.get(_upper(str(row.given.get("tag", ""))))
        serial = _serial_of(row.given)
        same = by_serial.get(serial)
        if tagged is not None and (same is None or same.pk == tagged.pk) and _upper(tagged.serial) == serial[1]:
            row.known = tagged
        elif same is not None and not row.given.get("tag"):
            row.known = same
        else:
            row.errors += _against(row, tagged, same)


def _against(row: Row, tagged: Item | None, same: Item | None) -> list[str]:
    said = []
    if tagged is not None:
        said.append(
            f"The tag {tagged.tag} is on another item already: {tagged.name}, serial {tagged.serial or 'unknown'}."
        )
    if same is not None and (tagged is None or same.pk != tagged.pk):
        said.append(f"The serial number {same.serial} exists already: {same.tag} {same.name}.")
    return said


def _find_kinds(reading: Reading) -> None:
    """The kinds that nobody knows yet, each as it is first written."""
    wanted = {row.given["kind"].lower(): row.given["kind"] for row in reversed(reading.new)}
    here = {name.lower() for name in Kind.objects.values_list("name", flat=True)}
    reading.kinds = sorted(name for key, name in wanted.items() if key not in here)
