"""Who has what, as the list and its file show it (3.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from equipment.models import Condition, Custody, Handover, Place
from equipment.models.custody import CustodyQuerySet, where
from members.days import midnight

HEAD = [
    *("tag", "what", "member", "place", "vehicle", "since", "due back", "purpose", "event", "returned", "condition"),
]
_SHOWN = [
    *("pk", "item__code", "item__tag", "item__name", "holder__name", "holder__is_active", "begun__purpose"),
    *("begun__event", "ended__way", "ended__condition", "place", "vehicle", "due_back", "since", "accepted_at"),
    *("denied_at", "ended_at"),
]
_WAYS, _CONDITIONS = dict(Handover.Way.choices), dict(Condition.choices)


@dataclass(frozen=True)
class Row:
    """A custody as the list draws it: worked out here, as rows of the inventory are (equipment.listing)."""

    label: str
    tag: str
    name: str
    holder: str
    doubt: str
    tone: str
    where: str
    overnight: bool
    since: str
    back: str
    came: str
    overdue: bool
    purpose: str


def shown(custodies: CustodyQuerySet) -> QuerySet[Custody, Any]:
    """`custodies` as values, with what a row needs alone: fifty of them as models, four to each, take as long again."""
    return custodies.values_list(*_SHOWN, named=True)


def rows_of(custodies: list[Any]) -> list[Row]:
    """Each, as `shown` gives it, as its row."""
    base, zone = reverse("label", args=["_"]).removesuffix("_"), timezone.get_current_timezone()
    now, tonight = timezone.now(), midnight(timezone.localdate())

    def minute(moment: datetime | None) -> str:
        if moment is None:
            return ""
        local = moment.astimezone(zone)
        return f"{local.day} {local:%b %H:%M}"

    def row(one: Any) -> Row:
        out = one.ended_at is None
        doubt, tone = _doubt(one) if out else ("", "")
        return Row(
            label=f"{base}{one.item__code}",
            tag=one.item__tag,
            name=one.item__name,
            holder=one.holder__name,
            doubt=doubt,
            tone=tone,
            where=where(one.place, one.vehicle),
            overnight=out and one.place == Place.TRUNK and one.since < tonight,
            since=minute(one.since),
            back=minute(one.due_back if out else one.ended_at),
            came="" if out else _came(one.ended__way, one.ended__condition),
            overdue=out and one.due_back is not None and one.due_back < now,
            purpose=one.begun__event or one.begun__purpose,
        )

    return [row(one) for one in custodies]


def _doubt(one: Any) -> tuple[str, str]:
    """What is to be said of the holder of a thing that is out, and how loudly."""
    if not one.holder__is_active:
        return "left the unit", " tag-bad"
    if one.denied_at is not None:
        return "says he has it not", " tag-bad"
    return ("", "") if one.accepted_at is not None else ("not accepted", " tag-warn")


def _came(way: str, condition: str) -> str:
    """How it ended, in a word or two."""
    if way != Handover.Way.IN:
        return _WAYS[way]
    return "back" if condition == Condition.GOOD else f"back, {_CONDITIONS[condition]}"


def lines(custodies: CustodyQuerySet, most: int) -> Iterator[list[Any]]:
    """As a spreadsheet holds them, below HEAD, the newest first."""
    whole = custodies.select_related("item", "holder", "begun", "ended")
    for one in whole.order_by("-pk")[:most]:
        yield [
            one.item.tag,
            one.item.name,
            one.holder.name,
            one.get_place_display(),
            one.vehicle,
            _moment(one.since),
            _moment(one.due_back),
            one.begun.purpose,
            one.begun.event,
            _moment(one.ended_at),
            one.ended.get_condition_display() if one.ended else "",
        ]


def _moment(when: datetime | None) -> str:
    return timezone.localtime(when).isoformat(timespec="minutes") if when else ""
