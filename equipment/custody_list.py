"""Who has what, as the list and its file show it (3.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from equipment.models import Condition, Custody, Handover, Place
from equipment.models.custody import CustodyQuerySet
from members.days import midnight

HEAD = [
    *("tag", "what", "member", "place", "vehicle", "since", "due back", "purpose", "event", "returned", "condition"),
]
_SHOWN = [
    *("item__code", "item__tag", "item__name", "holder__name", "holder__is_active", "begun__purpose", "begun__event"),
    *(
        "ended__way",
        "ended__condition",
        "place",
        "vehicle",
        "due_back",
        "since",
        "accepted_at",
        "denied_at",
        "ended_at",
    ),
]


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


def shown(custodies: CustodyQuerySet) -> CustodyQuerySet:
    """`custodies` with what a row needs alone."""
    return custodies.select_related("item", "holder", "begun", "ended").only(*_SHOWN)


def rows_of(custodies: list[Custody]) -> list[Row]:
    """Each as its row."""
    base, zone = reverse("label", args=["_"]).removesuffix("_/"), timezone.get_current_timezone()
    now = timezone.now()
    tonight = midnight(timezone.localdate())

    def minute(moment: datetime | None) -> str:
        if moment is None:
            return ""
        local = moment.astimezone(zone)
        return f"{local.day} {local:%b %H:%M}"

    def row(one: Custody) -> Row:
        out = one.ended_at is None
        doubt, tone = _doubt(one) if out else ("", "")
        return Row(
            label=f"{base}{one.item.code}/",
            tag=one.item.tag,
            name=one.item.name,
            holder=one.holder.name,
            doubt=doubt,
            tone=tone,
            where=one.where,
            overnight=out and one.place == Place.TRUNK and one.since < tonight,
            since=minute(one.since),
            back=minute(one.due_back if out else one.ended_at),
            came="" if one.ended is None else _came(one.ended),
            overdue=out and one.due_back is not None and one.due_back < now,
            purpose=one.begun.event or one.begun.purpose,
        )

    return [row(one) for one in custodies]


def _doubt(one: Custody) -> tuple[str, str]:
    """What is to be said of the holder of a thing that is out, and how loudly."""
    if not one.holder.is_active:
        return "left the unit", " tag-bad"
    if one.denied_at is not None:
        return "says he has it not", " tag-bad"
    return ("", "") if one.accepted_at is not None else ("not accepted", " tag-warn")


def _came(ended: Handover) -> str:
    """How it ended, in a word or two."""
    if ended.way != Handover.Way.IN:
        return ended.get_way_display()
    return "back" if ended.condition == Condition.GOOD else f"back, {ended.get_condition_display()}"


def lines(custodies: CustodyQuerySet, most: int) -> Iterator[list[Any]]:
    """As a spreadsheet holds them, below HEAD, the newest first."""
    for one in shown(custodies).order_by("-pk")[:most]:
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
