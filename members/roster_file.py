"""A department's list of its people as a file: read forgivingly, checked by the rules of inviting, written all or not.

The check carries the invitations out and rolls them back, so that what it promises is what the database will take.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from members import chain, membership
from members.days import FIRST, LAST, midnight
from members.identity import Identity
from members.languages import NAMES
from members.models import Member
from members.powers import OUTSIDE, Position
from members.states import Invalid, Refused

LARGEST = 2_000_000  # bytes
MOST = 200  # rows: a unit has some dozens

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "member", "officer name"),
    "number": ("number", "badge", "badge number", "employee number", "badge or employee number", "id", "id number"),
    "username": ("user name", "username", "user", "login"),
    "email": ("e-mail", "email", "mail", "e-mail address", "email address"),
    "position": ("position", "role", "assignment", "title"),
    "sworn": ("sworn", "sworn or civilian", "sworn/civilian", "status"),
    "reports_to": ("reports to", "superior", "reports_to", "reporting to", "manager"),
    "languages": ("languages", "language"),
    "phone": ("telephone", "phone", "telephone number", "phone number", "mobile", "cell"),
    "serves_until": ("serves until", "until", "serves_until"),
}
NEEDED = {"name": "name", "number": "number", "email": "e-mail", "position": "position"}
POSITIONS = {
    **{one.value.replace("_", " "): one.value for one in Position},
    **{str(one.label).lower(): one.value for one in Position},
    "major": Position.COMMANDER.value,
    "unit commander": Position.COMMANDING_OFFICER.value,
    "broadcast specialist": Position.SPECIALIST.value,
    "social media specialist": Position.SPECIALIST.value,
    "legal advisor": Position.LEGAL_ADVISER.value,
}
YES, NO = {"sworn", "yes", "y", "true", "1", "x"}, {"civilian", "no", "n", "false", "0"}
DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")
TEMPLATE = [
    ["name", "number", "user name", "e-mail", "position", "sworn", "reports to", "languages", "telephone"],
    ["Sgt. Amara Cole", "3310", "acole", "acole@agency.example", "Supervisor", "sworn", "2047", "en", ""],
    ["Ofc. Daniel Diaz", "4188", "ddiaz", "ddiaz@agency.example", "Police Officer", "sworn", "3310", "en es", ""],
]


@dataclass
class Row:
    """A line of the file, what is wrong with it, and who came of it."""

    line: int
    said: dict[str, str]
    errors: list[str] = field(default_factory=list)
    known: Member | None = None  # a member already: nothing is changed about him
    member: Member | None = None
    token: str = ""
    done: bool = False

    @property
    def keys(self) -> list[str]:
        """By what other lines may name him."""
        return [self.said[one].lower() for one in ("number", "username", "email", "name") if self.said[one]]


@dataclass
class Reading:
    """What a file comes to."""

    rows: list[Row]
    left_out: list[str]  # columns that mean nothing here
    written: bool = False

    @property
    def wrong(self) -> list[Row]:
        """The lines that stand in the way of all."""
        return [row for row in self.rows if row.errors]

    @property
    def new(self) -> list[Row]:
        """Those who are, or would be, invited."""
        return [row for row in self.rows if not row.errors and row.known is None]

    @property
    def known(self) -> list[Row]:
        """Those who are members already."""
        return [row for row in self.rows if row.known is not None]


def text_of(content: bytes) -> str:
    """The file as text: UTF-8 (with or without its mark), UTF-16 with its mark, else Windows-1252.

    Raises Invalid for what is no text, or too much of it.
    """
    if len(content) > LARGEST:
        raise Invalid("The file is larger than 2 MB. A list of a unit is some kilobytes: is it the right one?", "file")
    if content.startswith(b"PK"):
        raise Invalid("This is an Excel workbook. Save it as CSV there, then choose that file.", "file")
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid("This is no text file. Save the list as CSV, then choose that file.", "file")


def read(text: str, *, by: Member, write: bool) -> Reading:
    """Check every line of a list, and with `write`, if none is wrong, invite everybody on it who is new.

    Raises Refused, and Invalid where it cannot be read as a list at all. All or nothing: with one wrong line nobody is
    invited. A line about somebody who is a member already changes nothing about him.
    """
    membership.require_over(by, None, {Position.OFFICER})
    reading = _lines(text)
    with transaction.atomic():
        chain.alone()
        _recognise(reading.rows)
        _invite_each(reading.rows, by)
        reading.written = write and not reading.wrong
        if not reading.written:
            transaction.set_rollback(True)
    return reading


def _lines(text: str) -> Reading:
    text = text.lstrip("\ufeff").strip("\r\n")
    head_line = text.partition("\n")[0]
    parted_by = max(",;\t", key=head_line.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True, skipinitialspace=True)
    rows: list[Row] = []
    try:
        head = next(lines, [])
        names, left_out = _head(head)
        for cells in lines:
            if any(cell.strip() for cell in cells):
                said = dict.fromkeys(COLUMNS, "") | {
                    name: _cell(cell) for name, cell in zip(names, cells, strict=False) if name
                }
                rows.append(Row(lines.line_num, said))
            if len(rows) > MOST:
                raise Invalid(f"The list has more than {MOST} people. Import it in parts.", "text")
    except csv.Error as error:
        why = "a quotation mark is not closed, or a cell is far too long"
        raise Invalid(f"Line {lines.line_num} cannot be read: {why}.", "text") from error
    if not rows:
        raise Invalid("Under the line of headings there is nobody. Put each member on a line of his own.", "text")
    return Reading(rows, left_out)


def _head(cells: list[str]) -> tuple[list[str], list[str]]:
    """The column that each heading means ("" for none), and the headings that mean none."""
    meant = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    names = [meant.get(" ".join(cell.strip().lower().split()), "") for cell in cells]
    twice = next((name for name in names if name and names.count(name) > 1), "")
    if twice:
        raise Invalid(f"Two columns mean “{twice.replace('_', ' ')}”. Leave one out.", "text")
    missing = [word for name, word in NEEDED.items() if name not in names]
    if missing:
        raise Invalid(
            f"The first line must name the columns. Missing: {', '.join(missing)}. The template shows how.",
            "text",
        )
    return names, [cell.strip() for cell, name in zip(cells, names, strict=True) if not name and cell.strip()]


def _cell(cell: str) -> str:
    """What stands in a cell; a mark that our own export put before a formula is taken off."""
    text = " ".join(cell.split(" ")).strip()
    return text[1:] if re.match(r"'[=+\-@]", text) else text


def _recognise(rows: list[Row]) -> None:
    """Give user names to those who have none, find what stands twice, and who is a member already."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        row.said["username"] = row.said["username"] or row.said["email"].partition("@")[0]
        for name, word in (("number", "number"), ("username", "user name"), ("email", "e-mail address")):
            other = first.setdefault((name, row.said[name].lower()), row)
            if row.said[name] and other is not row:
                row.errors.append(f"Line {other.line} has the same {word}. Each member needs one of his own.")
    members = {one.number.lower(): one for one in Member.objects.all()}
    for row in rows:
        one = members.get(row.said["number"].lower())
        if one is not None and row.said["email"].lower() == one.email.lower():
            row.known, row.member, row.done = one, one, True


def _invite_each(rows: list[Row], by: Member) -> None:
    """Superiors before those under them, whatever the order of the lines; what is left over stands in a circle."""
    named = _by_name(rows)
    ambiguous = {key for key, row in named.items() if row is None}
    waiting = [row for row in rows if not row.done]
    while waiting:
        ready = [row for row in waiting if (above := _superior(row, named)) is None or above.done]
        if not ready:
            for row in waiting:
                row.errors.append(_circle(row, named))
            return
        for row in ready:
            _invite(row, _superior(row, named), by, ambiguous=ambiguous)
            row.done = True
        waiting = [row for row in waiting if not row.done]


def _by_name(rows: list[Row]) -> dict[str, Row | None]:
    """The lines by what others may name them; None: two are called so."""
    named: dict[str, Row | None] = {}
    for row in rows:
        for key in row.keys:
            named[key] = row if named.get(key, row) is row else None
    return named


def _superior(row: Row, named: dict[str, Row | None]) -> Row | None:
    """The line that this one reports to, if it is one."""
    return named.get(row.said["reports_to"].lower()) if row.said["reports_to"] else None


def _circle(row: Row, named: dict[str, Row | None]) -> str:
    """Why a line is left over: it stands in a circle, or under one."""
    seen = [row]
    while (above := _superior(seen[-1], named)) is not None and above not in seen:
        seen.append(above)
    if above is row:
        way = " to ".join(f"line {one.line}" for one in [*seen, row])
        return f"The lines report to one another in a circle: {way}. Give one of them another superior."
    return f"His superior stands in a circle (line {above.line if above else row.line}): put that right first."


def _invite(row: Row, superior: Row | None, by: Member, *, ambiguous: set[str]) -> None:
    """One line, in a savepoint of its own: what is wrong with it stands beside it."""
    if superior is not None and superior.errors:
        row.errors.append(f"His superior in line {superior.line} must be put right first.")
    asked = _asked(row)
    said = {name: asked[name] for name in ("username", "number", "name", "email", "phone", "languages")}
    row.errors += Identity(**said).trimmed().objections().values()
    reports_to = superior.member if superior is not None else _in_the_unit(row, ambiguous)
    if row.errors:
        return
    try:
        row.member, row.token = membership.invite(by=by, **asked, reports_to=reports_to, reason="Imported from a list.")
    except (Invalid, Refused) as error:
        row.errors.append(str(error))


def _in_the_unit(row: Row, ambiguous: set[str]) -> Member | None:
    """The superior as a member who is here already. Notes what is wrong with the line."""
    named = row.said["reports_to"].lower()
    if not named:
        return None
    if named in ambiguous:
        row.errors.append(f"More than one line is “{row.said['reports_to'][:60]}”. Name the superior by his number.")
        return None
    here = Member.objects.exclude(state=Member.State.LEFT)
    found = [one for one in here if named in {one.number.lower(), one.username.lower(), one.email.lower()}]
    found = found or [one for one in here if named == one.name.lower()]
    if len(found) != 1:
        many = "More than one is" if found else "Nobody in the list or in the unit is"
        row.errors.append(f"{many} “{row.said['reports_to'][:60]}”. Name the superior by number or user name.")
        return None
    superior: Member = found[0]
    return superior


def _asked(row: Row) -> dict[str, Any]:
    """What `invite` asks for, out of the words of a line. Notes what cannot be understood."""
    said = row.said
    position = POSITIONS.get(" ".join(said["position"].lower().split()), "")
    if not position:
        words = f"“{said['position'][:60]}” is no position" if said["position"] else "The position is missing"
        row.errors.append(f"{words}. It is one of: {', '.join(str(one.label) for one in Position)}.")
    sworn = said["sworn"].lower()
    if sworn and sworn not in YES | NO:
        row.errors.append(f"“{said['sworn'][:60]}” says neither sworn nor civilian.")
    return {
        "username": said["username"],
        "number": said["number"],
        "name": said["name"],
        "email": said["email"],
        "phone": said["phone"],
        "languages": _languages(row),
        "position": position,
        "sworn": sworn in YES if sworn else position not in OUTSIDE | {Position.SPECIALIST.value},
        "serves_until": _until(row),
    }


def _languages(row: Row) -> list[str]:
    codes = {name.lower(): code for code, name in NAMES.items()} | {code: code for code in NAMES}
    found = []
    for word in filter(None, (word.strip().lower() for word in re.split(r"[,;|/]", row.said["languages"]))):
        for part in [word] if word in codes else word.split():
            if part in codes:
                found.append(codes[part])
            else:
                row.errors.append(f"“{part[:60]}” is no language known here. Known are: {', '.join(NAMES)}.")
    return found


def _until(row: Row) -> datetime | None:
    said = row.said["serves_until"]
    if not said:
        return None
    for form in DAYS:
        try:
            day: date = datetime.strptime(said, form).date()  # noqa: DTZ007  (a day, in the agency's zone below)
        except ValueError:
            continue
        if FIRST <= day <= LAST:
            return midnight(day + timedelta(days=1))
    row.errors.append(f"“{said[:60]}” is no day. Write it as 2027-06-30.")
    return None
