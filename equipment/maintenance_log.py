"""The maintenance log as its list, its files and its print show it (3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from equipment.models import Item, Work, WorkFile
from members import plainly

HEAD = [
    *("entry", "tag", "thing", "found on", "found", "done on", "done", "by", "parts", "dollars", "under warranty"),
    *("outside the instructions", "out of service from", "expected back", "back in service", "state", "files"),
]
_COSTS = """
SELECT work_id, sum(amount) FROM equipment_workentry
WHERE work_id = ANY(%(works)s) AND amount IS NOT NULL GROUP BY work_id
"""
_NEEDING = """
SELECT id, tag, name FROM equipment_item
WHERE state = %(attention)s AND NOT EXISTS (
    SELECT FROM equipment_work WHERE item_id = equipment_item.id AND equipment_work.state = %(open)s
) ORDER BY id LIMIT %(most)s
"""
_AT_ONCE = 500  # entries whose costs and files are asked for together
_SHOWN = [
    *("pk", "item", "item__tag", "item__name", "hand__name", "found", "found_on", "shop", "state", "out_on"),
    *("expected_on", "back_on", "under_warranty", "outside", "done"),
]
_TONES = {Work.State.OPEN.value: " tag-warn", Work.State.DONE.value: " tag-good"}
_STATES = dict(Work.State.choices)
_MOST_WORDS = 160  # of what was found and done, in a list


@dataclass(frozen=True)
class Row:
    """An entry as the list draws it: worked out here, as rows of the inventory are (equipment.listing)."""

    address: str
    number: int
    tag: str
    name: str
    item: str
    found: str
    done: str
    found_on: str
    by: str
    cost: str
    away: str
    state: str
    tone: str
    marks: str
    late: bool


def shown(works: QuerySet[Work]) -> QuerySet[Work, Any]:
    """`works` as values, with what a row needs alone."""
    return works.values_list(*_SHOWN, named=True)


def rows_of(works: list[Any]) -> list[Row]:
    """Each, as `shown` gives it, as its row; the costs of all are one question."""
    costs, log, things = costs_of([one.pk for one in works]), reverse("maintenance"), reverse("equipment")
    today = timezone.localdate()
    return [_row(one, costs.get(one.pk), log, things, today) for one in works]


def _row(one: Any, cost: Decimal | None, log: str, things: str, today: date) -> Row:
    is_open = one.state == Work.State.OPEN
    marks = ("warranty" if one.under_warranty else "", "outside instructions" if one.outside else "")
    return Row(
        address=f"{log}{one.pk}/",
        number=one.pk,
        tag=one.item__tag,
        name=one.item__name,
        item=f"{things}{one.item}/",
        found=_short(one.found),
        done=_short(one.done),
        found_on=day(one.found_on),
        by=one.shop or one.hand__name or "–",
        cost="–" if cost is None else dollars(cost),
        away=away(one),
        state="out of service" if is_open and one.out_on else _STATES[one.state],
        tone=_TONES.get(one.state, ""),
        marks=", ".join(filter(None, marks)),
        late=is_open and one.expected_on is not None and one.expected_on < today,
    )


def _short(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS].rstrip()}…"


def day(when: date) -> str:
    """A day as the log says it: 3 Dec 2025."""
    return f"{when.day} {when:%b %Y}"


def away(one: Work) -> str:
    """From when until when it was out of service, in words; nothing where it stayed in service."""
    if one.out_on is None:
        return ""
    if one.back_on is not None:
        return day(one.out_on) if one.back_on == one.out_on else f"{day(one.out_on)} to {day(one.back_on)}"
    since = f"since {day(one.out_on)}"
    expected = one.expected_on if one.state == Work.State.OPEN else None
    return f"{since}, expected {day(expected)}" if expected else since


def dollars(amount: Decimal) -> str:
    """An amount as people write it."""
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def costs_of(numbers: list[int]) -> dict[int, Decimal]:
    """What each entry has cost, of those for which a cost was entered."""
    return {number: amount for number, amount in plainly.rows(_COSTS, {"works": numbers})}  # noqa: C416  (of two)


class Needing(NamedTuple):
    """A thing that needs attention."""

    pk: int
    tag: str
    name: str

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("equipment_item", args=[self.pk])


def needing(most: int) -> list[Needing]:
    """At most so many things that need attention, and of which the log says nothing that is being done."""
    given = {"attention": Item.State.ATTENTION, "open": Work.State.OPEN, "most": most}
    return [Needing(*values) for values in plainly.rows(_NEEDING, given)]


def whole(works: QuerySet[Work], most: int) -> Iterator[tuple[Work, Decimal | None]]:
    """At most `most` entries, the newest first, each with its thing, its hand, its files and what it cost."""
    files = Prefetch("files", WorkFile.objects.select_related("file").order_by("pk"))
    rows = works.select_related("item", "hand").order_by("-pk")
    last: int | None = None
    while most > 0:
        page = rows if last is None else rows.filter(pk__lt=last)
        found = list(page.prefetch_related(files)[: min(_AT_ONCE, most)])
        if not found:
            return
        costs = costs_of([one.pk for one in found])
        yield from ((one, costs.get(one.pk)) for one in found)
        most, last = most - len(found), found[-1].pk


def lines(works: QuerySet[Work], most: int) -> Iterator[list[Any]]:
    """As a spreadsheet holds them, below HEAD."""
    for one, cost in whole(works, most):
        yield [
            *(one.pk, one.item.tag, one.item.name, one.found_on, one.found, one.done_on or "", one.done, one.by_whom),
            *(one.parts, "" if cost is None else cost, _yes(one.under_warranty), _yes(one.outside), one.out_on or ""),
            *(one.expected_on or "", one.back_on or "", _STATES[one.state], names_of_files(one)),
        ]


def names_of_files(one: Work) -> str:
    """The names of its files."""
    return ", ".join(kept.file.name for kept in one.files.all())


def _yes(said: bool) -> str:
    return "yes" if said else ""
