"""Import of a list made elsewhere (3.4): kept, looked through, then taken into the inventory, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from equipment import inventory, writing
from equipment.import_columns import COLUMNS, SEVERAL, known_in, recognised
from equipment.import_files import HEAD_WITHIN, Line, Sheet, check, sheet_of, sheets_of, text_of
from equipment.import_reading import Reading, Row, headings_of, read
from equipment.models import Import, ImportedItem, Item, ItemChange, KeptFile, Kind
from equipment.tags import PREFIX
from members import kept_files
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, record

TEXTS: kept_files.Types = {".csv": ("text/csv", None), ".txt": ("text/plain", None), ".tsv": ("text/plain", None)}
TYPES: kept_files.Types = {**TEXTS, **kept_files.SHEETS}
TOGETHER = 500  # items that are written by one statement: more would be held at once for nothing


def begin(file: UploadedFile[Any], *, by: Member) -> Import:
    """Keep a list, with its columns as far as they are recognised; nothing comes into the inventory yet.

    Raises Refused, and Invalid for what is no list: of another type, too large, damaged, empty, or a program.
    """
    require(by, Power.KEEP_EQUIPMENT)
    head = file.read(8)
    file.seek(0)
    check(head, file.size or 0, str(file.name))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # text of two bytes a letter is kept as what it says
        name = str(file.name)
        file = SimpleUploadedFile(name, text_of(file.read()).encode("utf-8"))
    (kept,) = kept_files.keep([file], TYPES, "file")
    workbook = kept.mime == TYPES[".xlsx"][0]
    with kept_files.place_of(kept.digest).open("rb") as opened:
        name_of_sheet, first = _best_known(sheets_of(opened, workbook=workbook))
    if len(first) < 2:  # the headings, and something under them
        raise Invalid("There is no list in this file: a line of headings, and under it a line for each item.", "file")
    headings = headings_of(first)
    with transaction.atomic():
        made = Import.objects.create(
            file=KeptFile.of(kept, by=by),
            sheet=name_of_sheet,
            columns={str(index): name for index, name in recognised(headings).items()},
            by=by,
        )
        record("give_list", made, by=by)
    return made


def _best_known(sheets: list[Sheet]) -> tuple[str, list[Line]]:
    """The sheet whose headings are known best, and its first lines: before it may stand a title page or a legend."""
    found = [(sheet.name, list(islice(sheet.lines, HEAD_WITHIN + 1))) for sheet in sheets]
    name, first = max(found, key=lambda one: (len(one[1]) > 1, known_in(one[1])))
    return name[:100], first


def set_columns(
    batch: Import, *, by: Member, columns: Mapping[int, str], days: str, kind: Kind | None, sheet: str = ""
) -> None:
    """Say what each column means, how days are written, which kind a line is that names none, and which sheet it is.

    Of another sheet the columns are recognised anew. Raises Refused, Invalid.
    """
    require(by, Power.KEEP_EQUIPMENT)
    names = [name for name in columns.values() if name]
    if unknown := set(names) - set(COLUMNS):
        raise Invalid(f"No column means “{min(unknown)}”.", "columns")
    twice = next((name for name in names if name != SEVERAL and names.count(name) > 1), "")
    if twice:
        raise Invalid(f"Two columns mean “{COLUMNS[twice][0]}”. Leave one of them out.", "columns")
    if days not in Import.Days.values:
        raise Invalid("Choose how the days are written.", "days")
    meant = {str(index): name for index, name in columns.items() if name}
    if sheet != batch.sheet:
        with _opened(batch, sheet) as found:
            first = list(islice(found.lines, HEAD_WITHIN + 1))
        headings = headings_of(first)
        meant = {str(index): name for index, name in recognised(headings).items()}
    changed = Import.objects.filter(pk=batch.pk, done_at=None)
    if not changed.update(columns=meant, days=days, kind=kind, sheet=sheet):
        raise Invalid("This list is imported already.", "")


@contextmanager
def _opened(batch: Import, sheet: str | None = None) -> Iterator[Sheet]:
    """The lines of a list that is kept, while its file is open."""
    try:
        file = kept_files.place_of(batch.file.digest).open("rb")
    except OSError as error:
        raise Invalid("The file of this list is gone. Choose it again.", "file") from error
    workbook = batch.file.mime == TYPES[".xlsx"][0]
    with file:
        yield sheet_of(file, workbook=workbook, wanted=batch.sheet if sheet is None else sheet)


def look(batch: Import) -> Reading:
    """What the list comes to, line by line; changes nothing. Raises Invalid where it cannot be read as a list."""
    with _opened(batch) as sheet:
        return read(batch, sheet)


def carry_out(batch: Import, *, by: Member) -> int:
    """Take the list into the inventory, all of it or nothing; how many items came of it. Sent twice, it is done once.

    Raises Refused, and Invalid where a line of it cannot be taken (any more).
    """
    require(by, Power.KEEP_EQUIPMENT)
    try:
        with transaction.atomic():
            locked = Import.objects.select_for_update(of=("self",)).select_related("file", "kind").get(pk=batch.pk)
            if locked.count is not None:
                return locked.count
            reading = look(locked)
            if not reading.ready:
                raise Invalid(_what_stands_in_the_way(reading))
            count = _take_in(locked, reading, by)
    except IntegrityError as error:
        said = "Meanwhile another item got a tag or a serial number of this list. Look it through again."
        raise Invalid(said) from error
    batch.refresh_from_db()
    return count


def _what_stands_in_the_way(reading: Reading) -> str:
    if reading.stops:
        return reading.stops[0]
    if reading.wrong:
        many = "One line" if len(reading.wrong) == 1 else f"{len(reading.wrong)} lines"
        return f"{many} must be put right first. Nothing was imported: it is all or nothing."
    return "All of this list is in the inventory already."


def _take_in(batch: Import, reading: Reading, by: Member) -> int:
    """The items, each with its history and the line it came from. The trail has one entry for all: it was one act."""
    kinds = {kind.name.lower(): kind for kind in Kind.objects.all()}
    kinds |= {name.lower(): inventory.add_kind(name, by=by) for name in reading.kinds}
    tags, rows = _free_tags(reading), reading.new
    for start in range(0, len(rows), TOGETHER):
        _add(batch, rows[start : start + TOGETHER], kinds, tags, by=by)
    record("import", batch, by=by)
    Import.objects.filter(pk=batch.pk).update(done_at=timezone.now(), done_by=by, count=len(rows))
    return len(rows)


def _add(batch: Import, rows: list[Row], kinds: Mapping[str, Kind], tags: Iterator[str], *, by: Member) -> None:
    items = [_item(row, kinds, tags, by=by) for row in rows]
    Item.objects.bulk_create(items)
    lines = (ImportedItem(batch=batch, item=item, line=row.line) for item, row in zip(items, rows, strict=True))
    ImportedItem.objects.bulk_create(lines)
    ItemChange.objects.bulk_create(
        ItemChange(item=item, verb="add", after=writing.all_of(item), by=by) for item in items
    )


def _free_tags(reading: Reading) -> Iterator[str]:
    """A tag for each line that has none; what the list itself calls a thing is no other's."""
    given = {str(row.given["tag"]).upper() for row in reading.new if row.given.get("tag")}
    wanted = len(reading.new) - len(given)
    if wanted:
        ours = sum(tag.startswith(PREFIX) for tag in given)
        yield from (tag for tag in inventory.next_tags(wanted + ours) if tag not in given)


def _item(row: Row, kinds: Mapping[str, Kind], tags: Iterator[str], *, by: Member) -> Item:
    """As `inventory.draft_of`, which asks the database about each: here the whole list is judged already."""
    given = dict(row.given)
    kind = kinds[given.pop("kind").lower()]
    able = given.pop("capabilities", None) or list(kind.capabilities)
    tag = given.pop("tag", None) or next(tags)
    item = Item(tag=tag, kind=kind, capabilities=able, added_by=by, **given)
    item.folded = item.words_of()
    return item
