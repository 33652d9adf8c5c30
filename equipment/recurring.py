"""Service that comes again (3.5): by months, check-outs or hours of use, whichever is first; what of it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import (
    BooleanField,
    Case,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from equipment.models import Handover, Item, Reading, Service
from equipment.months import months_after
from members.authority import require
from members.days import midnight, spoken_day
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState, record

SOON = 14  # days before it is due by time
NEARLY = Decimal("0.9")  # of its check-outs or hours
MOST_HOURS = Decimal(1_000_000)


@dataclass(frozen=True)
class Rhythm:
    """After how many months, check-outs or hours of use it comes again; one of them at the least."""

    months: int | None = None
    uses: int | None = None
    hours: Decimal | None = None

    def check(self) -> None:
        """Raises Invalid."""
        if not (self.months or self.uses or self.hours):
            raise Invalid("Say after how many months, check-outs or hours it comes again.", "every_months")
        if self.months is not None and not 1 <= self.months <= 240:
            raise Invalid("1 to 240 months.", "every_months")
        if self.uses is not None and not 1 <= self.uses <= 100_000:
            raise Invalid("1 to 100,000 check-outs.", "every_uses")
        if self.hours is not None and not 0 < self.hours <= 100_000:
            raise Invalid("Up to 100,000 hours, and more than none.", "every_hours")


def set_service(item: Item, what: str, rhythm: Rhythm, *, last_on: date, by: Member) -> Service:
    """Have `what` done to a thing again and again, counted from `last_on`. Raises Refused, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    what = " ".join(what.split())
    if not 0 < len(what) <= 200:
        raise Invalid("Say what is done, in at most 200 characters.", "what")
    rhythm.check()
    if last_on > timezone.localdate():
        raise Invalid("That is after today: give the day it was last done, or today.", "last_on")
    if item.state in Item.GONE:
        raise Invalid(f"It is {item.get_state_display()}: nothing is done to it again.")
    with transaction.atomic():
        made = Service.objects.create(
            item=item,
            what=what,
            every_months=rhythm.months,
            every_uses=rhythm.uses,
            every_hours=rhythm.hours,
            set_by=by,
            **_counted_from(item, last_on, rhythm.months),
        )
        record("set_service", made, by=by)
    return made


def _counted_from(item: Item, day: date, months: int | None) -> dict[str, Any]:
    reading = item.readings.order_by("-pk").values_list("hours", flat=True).first()
    return {
        "last_on": day,
        "counted_from": midnight(day),
        "last_hours": reading or Decimal(0),
        "due_on": months_after(day, months) if months else None,
    }


def was_done(service: Service, *, on: date, by: Member) -> None:
    """Count anew from `on`: part of finishing a work. An earlier day than it is counted from changes nothing."""
    if on < service.last_on or service.ended_at is not None:
        return
    changes = {**_counted_from(service.item, on, service.every_months), "told": Service.Told.NOT}
    if on == timezone.localdate():
        changes["counted_from"] = timezone.now()  # a check-out of this morning came before it
    Service.objects.filter(pk=service.pk).update(**changes)
    record("was_done", service, by=by)


def end_service(service: Service, *, by: Member) -> None:
    """Have it done no more. Raises Refused, WrongState."""
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        if not Service.objects.filter(pk=service.pk, ended_at=None).update(ended_at=timezone.now()):
            raise WrongState(service, "end_service")
        record("end_service", service, by=by)


def read_hours(item: Item, hours: Decimal, *, by: Member, remark: str = "") -> Reading:
    """Note what the counter says. Lower than before needs a word why. Raises Refused, Invalid."""
    require(by, Power.CARRY_OUT)
    if not 0 <= hours < MOST_HOURS:
        raise Invalid("Hours from 0 to 999,999.9.", "hours")
    remark = remark.strip()
    if len(remark) > 200:
        raise Invalid("At most 200 characters.", "remark")
    with transaction.atomic():
        Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
        last = item.readings.order_by("-pk").first()
        if last is not None and hours < last.hours and not remark:
            raise Invalid(f"It said {last.hours} hours before: if that is right, say why it is less now.", "remark")
        made = Reading.objects.create(item=item, hours=hours, remark=remark, by=by)
        if last is not None and hours < last.hours:  # a new counter: what was counted on the old one is counted off
            Service.objects.filter(item=item, ended_at=None).update(last_hours=F("last_hours") - last.hours + hours)
        record("read_hours", item, by=by)
    return made


def reckoned(services: QuerySet[Service] | None = None) -> QuerySet[Any]:
    """Those that go on, of things that the unit has: each with `uses`, `hours` and whether it `is_due` or `is_soon`."""
    rows = Service.objects.all() if services is None else services
    out = Handover.objects.filter(item=OuterRef("item"), way=Handover.Way.OUT, at__gte=OuterRef("counted_from"))
    counted = out.order_by().values("item").annotate(n=Count("pk")).values("n")
    read = Reading.objects.filter(item=OuterRef("item")).order_by("-pk").values("hours")[:1]
    today = timezone.localdate()
    soon = timezone.localdate() + timedelta(days=SOON)
    hours = DecimalField(max_digits=9, decimal_places=1)
    return (
        rows.filter(ended_at=None)
        .exclude(item__state__in=Item.GONE)
        .select_related("item")
        .annotate(
            uses=Case(
                When(every_uses__isnull=False, then=Coalesce(Subquery(counted, output_field=IntegerField()), 0)),
                default=0,
            ),
            hours=Case(
                When(
                    every_hours__isnull=False,
                    then=Coalesce(Subquery(read, output_field=hours), F("last_hours"), output_field=hours)
                    - F("last_hours"),
                ),
                default=Value(Decimal(0)),
                output_field=hours,
            ),
        )
        .annotate(
            is_due=_whether(
                Q(due_on__lte=today) | Q(uses__gte=F("every_uses")) | Q(hours__gte=F("every_hours")),
            ),
            is_soon=_whether(
                Q(due_on__lte=soon)
                | Q(uses__gte=F("every_uses") * Value(NEARLY))
                | Q(hours__gte=F("every_hours") * Value(NEARLY)),
            ),
        )
    )


def _whether(condition: Q) -> Coalesce:
    """True or False: what is not counted is not due."""
    return Coalesce(ExpressionWrapper(condition, output_field=BooleanField()), Value(value=False))


def next_due(service: Any) -> str:
    """When it is due next, in words; of a service as `reckoned` gives it."""
    said = []
    if service.due_on is not None:
        said.append(spoken_day(service.due_on))
    if service.every_uses:
        said.append(f"{service.uses} of {service.every_uses} check-outs")
    if service.every_hours:
        said.append(f"{service.hours.normalize():f} of {service.every_hours.normalize():f} hours")
    return " or ".join(said)
