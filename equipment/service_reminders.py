"""Who keeps the inventory is reminded of service that is due, and of what a shop should have given back (3.5)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from equipment import recurring
from equipment.models import Service, Work
from members.authority import holders
from members.days import spoken_day
from members.models import Member
from members.models.agency import agency_zone
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Position, Power

Told = Service.Told
MOST = 500  # of one run; the next one goes on


def look() -> None:
    """Tell of each service once that it is due soon, once that it is due; of each late shop once. Idempotent."""
    with timezone.override(agency_zone()):
        due = Q(is_soon=True, told=Told.NOT) | (Q(is_due=True) & ~Q(told=Told.DUE))
        for service in recurring.reckoned().filter(due).order_by("pk")[:MOST]:
            _remind(service)
        _late()


def _late() -> None:
    today = timezone.localdate()
    late = Work.objects.filter(state=Work.State.OPEN, expected_on__lt=today, reminded_on=None).select_related("item")
    for work in late.order_by("pk")[:MOST]:
        with transaction.atomic():
            if Work.objects.filter(pk=work.pk, state=Work.State.OPEN, reminded_on=None).update(reminded_on=today):
                since = spoken_day(work.expected_on) if work.expected_on else ""
                sentence = f"{work.item} was expected back from maintenance on {since}."
                tell(keepers(), Kind.EQUIPMENT, sentence, work.get_absolute_url())


def _remind(service: Service) -> None:
    due = Told.DUE if getattr(service, "is_due", False) else Told.SOON
    with transaction.atomic():
        if Service.objects.filter(pk=service.pk, told=service.told, ended_at=None).update(told=due):
            word = "is due" if due == Told.DUE else "is due soon"
            sentence = f"{service.item}: {service.what} {word} ({recurring.next_due(service)})."
            tell(keepers(), Kind.EQUIPMENT, sentence, reverse("services"))


def keepers() -> list[Member]:
    """The Supervisor, whose work it is; where there is none, who holds the power above him."""
    able = [holder.member for holder in holders(Power.KEEP_EQUIPMENT)]
    return [one for one in able if one.position == Position.SUPERVISOR] or able
