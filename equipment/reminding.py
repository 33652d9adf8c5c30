"""Reminders of what should be back: what is overdue, and what was in a trunk overnight (3.7). Once a day each."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from equipment.handing import label_path, named
from equipment.models import Custody
from members.authority import holders
from members.days import midnight
from members.models import Member
from members.models.agency import agency_zone
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power

MOST = 500  # of one run; the next one goes on
LIST = "/equipment/custody/?show=stands_out"


def remind() -> int:
    """Remind each who has it, and tell who keeps the equipment how much there is. How many things were minded.

    Two runs at once mind each thing once: its row is held, and says that it was done.
    """
    with timezone.override(agency_zone()), transaction.atomic():
        today = midnight(timezone.localdate())
        due = Custody.objects.filter(pk__in=(Custody.objects.overdue() | Custody.objects.overnight()).values("pk"))
        due = due.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=today)).order_by("pk")
        rows = list(due.select_related("item", "holder").select_for_update(of=("self",), skip_locked=True)[:MOST])
        Custody.objects.filter(pk__in=[one.pk for one in rows]).update(reminded_at=timezone.now())
        by_holder: dict[Member, list[Custody]] = {}
        for one in rows:
            by_holder.setdefault(one.holder, []).append(one)
        for holder, having in by_holder.items():
            _remind(holder, having)
        if rows:
            _tell_keepers(by_holder)
    return len(rows)


def _remind(holder: Member, having: list[Custody]) -> None:
    if not holder.serves():
        return
    late, night = [one.item for one in having if one.is_overdue], [one.item for one in having if one.is_overnight]
    if late:
        sentence = f"{named(late)} should be back in the office. Return it, or say until when you need it."
        tell([holder], Told.EQUIPMENT, sentence, label_path(late[0]))
    if night:
        sentence = f"{named(night)} was in the trunk overnight. Bring it into the office (S.O.P. 3.7)."
        tell([holder], Told.EQUIPMENT, sentence, label_path(night[0]))


def _tell_keepers(by_holder: dict[Member, list[Custody]]) -> None:
    """One sentence for all: who, and how many things."""
    names = ", ".join(f"{holder.name} ({len(having)})" for holder, having in list(by_holder.items())[:8])
    more = f" and {len(by_holder) - 8} more" if len(by_holder) > 8 else ""
    keepers = [one.member for one in holders(Power.KEEP_EQUIPMENT)][:1]
    tell(keepers, Told.EQUIPMENT, f"Overdue, or in a trunk overnight: {names}{more}.", LIST)
