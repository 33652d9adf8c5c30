"""Which column of a list means what: recognised by the many names that other programs and people give it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equipment.import_files import HEAD_WITHIN, Cell, Line, Odd

# What a column may mean: what a person calls it, and the headings by which it is known, the plainest first. A column
# of remarks may stand there several times.
COLUMNS: dict[str, tuple[str, str]] = {
    "tag": (
        "asset tag",
        (
            "tag, asset, asset no, asset number, asset id, inventory number, inventory no, property number,"
            " property tag, barcode, tag number, tag no, tag id, city tag, city tag no, city tag number, county tag,"
            " asset tag no, asset tag number, fixed asset number, fixed asset no, equipment id, item id"
        ),
    ),
    "name": (
        "name",
        (
            "asset name, item, item name, description, item description, asset description, equipment, equipment name,"
            " title, device, device name, article, product, product name, what"
        ),
    ),
    "kind": ("kind", "category, type, asset type, equipment type, item type, class, group, sort"),
    "maker": ("maker", "manufacturer, make, brand, mfr, mfg"),
    "model": ("model", "model name, model number, model no, version, part number"),
    "serial": (
        "serial number",
        "serial, serial no, s/n, sn, ser no, serial num, serialnumber, manufacturer serial number, imei",
    ),
    "capabilities": ("capabilities", "capability, what it can do, can do, functions"),
    "state": ("state", "status, condition, asset status, status label, operational status"),
    "report_number": ("report number", "police report, case number, theft report"),
    "value": (
        "value in dollars",
        (
            "value, cost, price, purchase cost, purchase price, unit cost, unit price, amount, paid, usd,"
            " acquisition cost, original cost, purchase value, value usd, cost usd, valuation"
        ),
    ),
    "acquired_on": (
        "acquired on",
        (
            "acquired, purchase date, purchased, date purchased, date acquired, acquisition date, date of purchase,"
            " bought, bought on, purchased on, in service date, date received, received, date"
        ),
    ),
    "supplier": ("supplier", "vendor, seller, dealer, purchased from, bought from, store, source"),
    "warranty_until": (
        "warranty until",
        (
            "warranty expires, warranty expiration, warranty expiration date, warranty end, warranty end date,"
            " warranty expiry, warranty to, warranty date, guarantee until, warranty, warranty months"
        ),
    ),
    "life_months": (
        "expected to serve, in months",
        "life months, useful life, life in months, service life, expected life, depreciation months, life",
    ),
    "instructions_link": (
        "instructions as a link",
        "instructions, manual, manual link, manual url, user manual, instructions link",
    ),
    "office_place": (
        "place in the office",
        (
            "office place, place, location, shelf, cabinet, locker, room, stored, storage, storage location, bin,"
            " default location, home location, where"
        ),
    ),
    "remark": ("remark", "remarks, note, notes, comment, comments, memo, details"),
}
SEVERAL = "remark"


def _key(heading: str) -> str:
    """A heading without capitals, signs and what stands in brackets: `Purchase Cost ($)` is `purchase cost`."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading.lower().replace("_", " ").replace("#", " no "))
    return " ".join(re.sub(r"[^\w/ ]", " ", bare).split())


def _known_as(name: str) -> list[str]:
    word, others = COLUMNS[name]
    return [_key(one) for one in (name, word, *others.split(", "))]


_MEANT = {alias: name for name in COLUMNS for alias in _known_as(name)}


def meaning_of(heading: str) -> str:
    """What a column of this heading means, or nothing."""
    return _MEANT.get(_key(heading), "")


def recognised(headings: Sequence[str]) -> dict[int, str]:
    """Each column whose heading is known. Of several that mean the same, the one that says it most plainly."""
    found: dict[int, str] = {}
    taken: dict[str, int] = {}
    for index, heading in enumerate(headings):
        name = meaning_of(heading)
        if not name:
            continue
        other = taken.get(name)
        if other is None or name == SEVERAL:
            taken[name] = index
            found[index] = name
        elif _rank(name, heading) < _rank(name, headings[other]):
            del found[other]
            taken[name] = index
            found[index] = name
    return dict(sorted(found.items()))


def _rank(name: str, heading: str) -> int:
    return _known_as(name).index(_key(heading))


def head_of(lines: Sequence[Line]) -> int:
    """Which of the first lines holds the headings: that with most known ones, else the first of several cells."""
    best, most = -1, 0
    for index, (_, cells) in enumerate(lines[:HEAD_WITHIN]):
        known = known_in([(index, cells)])
        if known > most and known > 1:
            best, most = index, known
    if best >= 0:
        return best
    return next((index for index, (_, cells) in enumerate(lines) if sum(cell != "" for cell in cells) > 1), 0)


def known_in(lines: Sequence[Line]) -> int:
    """How many columns of a sheet are recognised, out of its first lines."""
    return max((len(recognised([words(cell) for cell in cells])) for _, cells in lines[:HEAD_WITHIN]), default=0)


def words(cell: Cell) -> str:
    """A heading as it stands there."""
    return "" if isinstance(cell, Odd) else str(cell)
