"""What a cell of a list means: a day, an amount, a state, capabilities. Each raises Invalid, which says why not."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from equipment.capabilities import CAPABILITIES
from equipment.import_files import Cell, Odd
from equipment.models import Import, Item
from members.days import FIRST, LAST
from members.states import Invalid

NOTHING = {"", "-", "–", "—", "n/a", "na", "none", "nil", "null", "unknown", "unk", "?", "tbd", "#n/a"}
DEAREST = Decimal(10) ** 10
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_WRITTEN = ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d-%b-%Y", "%d-%b-%y")
_OTHER_MONEY = re.compile(r"[€£¥₹₩₽]|\b(eur|gbp|cad|mxn|jpy|chf|aud|brl|cop|htg)\b|\b(c|ca|a|mx|r)\$", re.IGNORECASE)
_DOLLARS = re.compile(r"^(us\s?\$|usd|\$)\s?|\s?(usd|us\s?\$|\$)$", re.IGNORECASE)
_SHORTENED = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)


def text(cell: Cell, longest: int) -> str:
    """The words of a cell."""
    if isinstance(cell, Odd):
        raise Invalid(cell.why)
    said = cell.isoformat() if isinstance(cell, date) else str(cell)
    if len(said) > longest:
        raise Invalid(f"is longer than {longest} characters.")
    return said


def label(cell: Cell, longest: int) -> str:
    """A tag or a serial number: as `text`, but not one that a spreadsheet has made a number of."""
    said = text(cell, longest)
    if _SHORTENED.fullmatch(said):
        raise Invalid(f"“{said}” is what a spreadsheet makes of a long number. Format the column there as text.")
    if isinstance(cell, Decimal) and cell != cell.to_integral_value():
        raise Invalid(f"“{said}” is a number with a fraction. Format the column there as text.")
    return "" if said.lower() in NOTHING else said


def day(cell: Cell, *, day_first: bool) -> date | None:
    """A day in any of the forms that lists have it in."""
    if isinstance(cell, datetime | date):
        return _within_reach(cell, str(cell))
    said = text(cell, 60)
    if said.lower() in NOTHING:
        return None
    found = _as_iso(said) or _as_numbers(said, day_first=day_first) or _in_words(said)
    if found is None:
        raise Invalid(f"“{said}” is no day. Write it as 2025-12-31 or 12/31/2025.")
    return _within_reach(found, said)


def _within_reach(found: date, said: str) -> date:
    if not FIRST <= found <= LAST:
        raise Invalid(f"“{said}” is too far away to be meant.")
    return found


def _as_iso(said: str) -> date | None:
    match = re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$", said)
    return _made(match[1], match[2], match[3]) if match else None


def _as_numbers(said: str, *, day_first: bool) -> date | None:
    said = re.sub(r"[ T]\d{1,2}:\d{2}.*$", "", said)
    if match := _DOTTED.fullmatch(said):
        return _made(match[3], match[2], match[1])
    if match := _SLASHED.fullmatch(said):
        first, second = match[1], match[3]
        return _made(match[4], *((second, first) if day_first else (first, second)))
    return None


def _made(year: str, month: str, day_: str) -> date | None:
    full = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 70 else 1900 + int(year)
    try:
        return date(full, int(month), int(day_))
    except ValueError:
        return None


def _in_words(said: str) -> date | None:
    said = re.sub(r"^\w{3,9}day,?\s+|^\w{3},\s+", "", said.replace(".", ""))
    for form in _WRITTEN:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None


def says_day_first(cells: list[str]) -> bool | None:
    """Whether a column's own days show that they are written day first; None: they show nothing.

    Raises Invalid where some show the one and some the other.
    """
    found = [match for match in map(_SLASHED.match, cells) if match]
    day_first = [match[0] for match in found if int(match[1]) > 12 >= int(match[3])]
    month_first = [match[0] for match in found if int(match[3]) > 12 >= int(match[1])]
    if day_first and month_first:
        raise Invalid(f"Some days are written day first ({day_first[0]}), some month first ({month_first[0]}).")
    return True if day_first else False if month_first else None


def dollars(cell: Cell) -> Decimal | None:
    """An amount of dollars, with their sign or without."""
    if isinstance(cell, Decimal):
        return _amount(cell.quantize(Decimal("0.01")) if abs(cell) < DEAREST else cell, str(cell))
    said = text(cell, 60)
    if said.lower() in NOTHING:
        return None
    if _OTHER_MONEY.search(said):
        raise Invalid(f"“{said}” is in another currency. Put it in dollars, as 1,299.00.")
    bare = _DOLLARS.sub("", _DOLLARS.sub("", said)).strip()
    if not re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?|\.\d{1,2}", bare):
        raise Invalid(f"“{said}” is no amount in dollars. Write it as 1,299.00.")
    try:
        return _amount(Decimal(bare.replace(",", "")), said)
    except InvalidOperation as error:
        raise Invalid(f"“{said}” is no amount in dollars. Write it as 1,299.00.") from error


def _amount(found: Decimal, said: str) -> Decimal:
    if found < 0:
        raise Invalid(f"“{said}” is less than nothing.")
    if found >= DEAREST:
        raise Invalid(f"“{said}” is more than any equipment costs.")
    return found


STATES = {
    **{str(label).lower(): value for value, label in Item.State.choices},
    **dict.fromkeys(("in use", "in service", "available", "active", "ok", "good", "working", "new"), "serviceable"),
    **dict.fromkeys(
        ("deployed", "ready to deploy", "deployable", "ready", "in stock", "yes", "excellent"), "serviceable"
    ),
    **dict.fromkeys(("fair", "poor", "damaged", "broken", "defective", "pending", "undeployable"), "needs_attention"),
    **dict.fromkeys(("out of service", "in repair", "repair", "out for repair", "maintenance"), "maintenance"),
    **dict.fromkeys(("missing", "lost/missing"), "lost"),
    **dict.fromkeys(("archived", "inactive", "decommissioned", "obsolete"), "retired"),
    **dict.fromkeys(("disposed", "sold", "surplus", "destroyed", "scrapped", "auctioned"), "disposed"),
}


def state(cell: Cell) -> str:
    """A state that a thing may have when it comes into the inventory; serviceable where none is said."""
    said = text(cell, 60)
    if said.lower() in NOTHING:
        return str(Item.State.SERVICEABLE)
    found = STATES.get(said.lower().replace("_", " "))
    if found is None:
        known = ", ".join(str(one.label) for one in Item.State if one != Item.State.DISPOSED)
        raise Invalid(f"“{said}” is no state known here. It is one of: {known}.")
    if found == Item.State.DISPOSED:
        raise Invalid(f"“{said}”: what the unit has no more does not come into the inventory. Leave the line out.")
    return found


_WAYS = {
    **{code: code for code in CAPABILITIES},
    **{words: code for code, words in CAPABILITIES.items()},
    **{code.replace(":", " "): code for code in CAPABILITIES},
}


def capabilities(cell: Cell) -> list[str]:
    """What it can do: `capture video; edit audio`."""
    said = text(cell, 1000)
    found: list[str] = []
    for word in filter(None, (" ".join(part.split()).lower() for part in re.split(r"[,;|/]", said))):
        if word in NOTHING:
            continue
        code = _WAYS.get(word)
        if code is None:
            raise Invalid(f"“{word}” is no capability known here. They are: {', '.join(CAPABILITIES.values())}.")
        found.append(code)
    return [code for code in CAPABILITIES if code in found]


def months(cell: Cell) -> int | None:
    """How long it serves, in months; `5 years` is 60."""
    said = text(cell, 30).lower()
    if said in NOTHING:
        return None
    match = re.fullmatch(r"(\d{1,3})(?:\.0+)?\s*(months?|mos?\.?|years?|yrs?\.?)?", said)
    number = int(match[1]) * (12 if (match[2] or "").startswith("y") else 1) if match else 0
    if not 1 <= number <= 600:
        raise Invalid(f"“{said}” is no number of months from 1 to 600, nor of years.")
    return number


def warranty(cell: Cell, *, day_first: bool) -> date | int | None:
    """Until when the warranty runs, or for how many months."""
    said = "" if isinstance(cell, Odd | date) else str(cell).lower()
    if re.fullmatch(r"\d{1,3}(?:\.0+)?\s*(months?|mos?\.?|years?|yrs?\.?)?", said):
        return months(cell)
    return day(cell, day_first=day_first)


def later(since: date, by: int) -> date:
    """The day `by` months after `since`; the last of a month where that has no such day."""
    year, month = divmod(since.year * 12 + since.month - 1 + by, 12)
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def link(cell: Cell) -> str:
    """The address of instructions."""
    said = text(cell, 500)
    if said.lower() in NOTHING:
        return ""
    address = said if urlsplit(said).scheme else f"https://{said}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise Invalid(f"“{said[:60]}” is no address of a web page. It begins with https://.") from error
    return address


Reader = Callable[[Cell], object]
DAY_ORDERS = {Import.Days.MONTH_FIRST: False, Import.Days.DAY_FIRST: True}
