"""What things are worth by straight line over their life, and what is to be replaced in which year (3.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import (
    Count,
    DateField,
    DecimalField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, ExtractYear, Greatest, Least
from django.utils import timezone

from equipment.models import Item, Work, WorkEntry
from equipment.months import months_after, months_between
from members.models import Member

YEARS = 10  # that the outlook reaches
_CENT = Decimal("0.01")
_DOLLARS = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class Worth:
    """What a thing is worth on a day: what it cost, less as much of it as its life has passed."""

    cost: Decimal
    now: Decimal
    ends_on: date  # its life: from then on it is worth nothing, and to be replaced
    months: int


def worth_of(item: Item, on: date | None = None) -> Worth | None:
    """By straight line, in whole months; None where its cost, its first day or its life is not known."""
    months = item.life_months or item.kind.life_months
    if item.value is None or item.acquired_on is None or not months:
        return None
    passed = min(months_between(item.acquired_on, on or timezone.localdate()), months)
    now = (item.value * (months - passed) / months).quantize(_CENT, ROUND_HALF_UP)
    return Worth(item.value, now, months_after(item.acquired_on, months), months)


def missing(item: Item) -> list[str]:
    """What must be known before one can reckon; nothing of it is guessed."""
    asked = {
        "what it cost": item.value is None,
        "the day it was acquired": item.acquired_on is None,
        "how long it is expected to serve": not (item.life_months or item.kind.life_months),
    }
    return [word for word, lacks in asked.items() if lacks]


@dataclass
class Year:
    """What is to be replaced in a year, and what it cost when it was bought: by kind, and in all."""

    year: int
    count: int = 0
    cost: Decimal = Decimal(0)
    kinds: list[dict[str, Any]] = field(default_factory=list)
    is_past: bool = False  # the life of these is over already
    falls: Decimal = Decimal(0)  # by how much everything together falls in worth in this year
    worth: Decimal = Decimal(0)  # of everything together, at its end


@dataclass(frozen=True)
class Outlook:
    """The unit's things by the year in which their life ends, and what they cost and are worth together."""

    years: list[Year]
    later: Year
    cost: Decimal
    now: Decimal
    known: int  # things of which one can reckon
    unknown: int  # things of which the cost, the first day or the life is not known
    maintenance: Decimal  # of all of them, over their life


class _Ends(Func):
    """The day on which a life ends."""

    template = "(%(expressions)s)::date"
    arg_joiner = " + "
    output_field = DateField()


class _Months(Func):
    """So many months, as PostgreSQL adds them to a day."""

    function = "make_interval"
    template = "make_interval(months => %(expressions)s)"


class _Between(Func):
    """The whole years (`part` year), or the whole months beyond them, between two days."""

    template = "extract(%(part)s FROM age(%(expressions)s))::int"
    output_field = IntegerField()


def _worth(on: date) -> Func:
    """What a thing is worth on a day, as `worth_of`; before its first day what it cost."""
    day = Value(on, output_field=DateField())
    passed = 12 * _Between(day, "acquired_on", part="year") + _Between(day, "acquired_on", part="month")
    left = F("months") - Least(F("months"), Greatest(Value(0), passed))
    return Func(F("value") * left / F("months"), Value(2), function="round", output_field=_DOLLARS)


def valued(member: Member, on: date | None = None) -> QuerySet[Any]:
    """What the unit owns, as `member` sees it, each with `months`, `ends_on` and `worth` where they are known."""
    life = Coalesce("life_months", "kind__life_months")
    rows = Item.objects.all().visible_to(member).owned().select_related("kind").annotate(months=life)
    return rows.annotate(ends_on=_Ends("acquired_on", _Months("months")), worth=_worth(on or timezone.localdate()))


def known(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of which one can reckon."""
    return rows.filter(value__isnull=False, acquired_on__isnull=False, months__isnull=False)


def unknown(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of which the cost, the first day or the life is not known."""
    return rows.filter(Q(value=None) | Q(acquired_on=None) | Q(months=None))


def ending(rows: QuerySet[Any], year: str) -> QuerySet[Any] | None:
    """Those to be replaced in a `year` of the outlook: `past`, `later`, or its number; None: it has no such year."""
    this = timezone.localdate().year
    if year == "unknown":
        return unknown(rows)
    if year == "past":
        return known(rows).filter(ends_on__year__lt=this)
    if year == "later":
        return known(rows).filter(ends_on__year__gte=this + YEARS)
    if year in {str(one) for one in range(this, this + YEARS)}:
        return known(rows).filter(ends_on__year=int(year))
    return None


def paid() -> QuerySet[WorkEntry]:
    """What was paid for maintenance; what was entered by mistake costs nothing."""
    return WorkEntry.objects.exclude(work__state=Work.State.DROPPED).order_by()


def with_maintenance(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each with `maintenance`: what has been spent on it over its life."""
    of_it = paid().filter(work__item=OuterRef("pk")).values("work__item").annotate(all=Sum("amount"))
    mine = Coalesce(Subquery(of_it.values("all"), output_field=_DOLLARS), Value(Decimal(0)), output_field=_DOLLARS)
    found: QuerySet[Any] = rows.annotate(maintenance=mine)
    return found


def outlook(member: Member, on: date | None = None) -> Outlook:
    """The years to come, from this one; what ended before stands ahead of them, as overdue."""
    today = on or timezone.localdate()
    rows = valued(member, today)
    counted: QuerySet[Any, dict[str, Any]] = (
        known(rows)
        .order_by()
        .values(year=ExtractYear("ends_on"), word=F("kind__name"))
        .annotate(count=Count("pk"), cost=Sum("value"), now=Sum("worth"))
        .order_by("word")
    )
    years = {year: Year(year) for year in range(today.year, today.year + YEARS)}
    past, later = Year(today.year - 1, is_past=True), Year(today.year + YEARS)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    count = 0
    for one in counted:
        into = past if one["year"] < today.year else years.get(one["year"], later)
        into.count += one["count"]
        into.cost += one["cost"]
        into.kinds.append(one)
        count += one["count"]
        sums["cost"] += one["cost"]
        sums["now"] += one["now"]
    for several in (past, later):
        several.kinds = _together(several.kinds)
    _fall(rows, years.values())
    spent = paid().filter(work__item__in=rows.order_by().values("pk")).aggregate(all=Sum("amount"))["all"]
    drawn = [*([past] if past.count else []), *years.values()]
    return Outlook(drawn, later, sums["cost"], sums["now"], count, unknown(rows).count(), spent or Decimal(0))


def _fall(rows: QuerySet[Any], years: Iterable[Year]) -> None:
    """Say of each year by how much all things together fall in worth, and what they are worth at its end."""
    drawn = list(years)
    ends = [date(drawn[0].year - 1, 12, 31), *(date(one.year, 12, 31) for one in drawn)]
    sums = known(rows).aggregate(**{f"on_{day.year}": Sum(_worth(day)) for day in ends})
    for one in drawn:
        one.worth = sums[f"on_{one.year}"] or Decimal(0)
        one.falls = (sums[f"on_{one.year - 1}"] or Decimal(0)) - one.worth


def _together(kinds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The kinds of several years, each once."""
    found: dict[str, dict[str, Any]] = {}
    for one in kinds:
        mine = found.setdefault(one["word"], {**one, "count": 0, "cost": Decimal(0)})
        mine["count"] += one["count"]
        mine["cost"] += one["cost"]
    return list(found.values())
