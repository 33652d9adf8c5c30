"""What a stranger found (3.7): he says so by the label's page, and the Supervisor says what became of it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from equipment.models import FoundReport, Item, Kit
from members.authority import holders, require
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record


def report(thing: Item | Kit, *, where: str, text: str = "", reach: str = "") -> FoundReport:
    """Note that it was found, and tell who keeps the equipment. Raises Invalid at `where`."""
    if not where.strip():
        raise Invalid("Say where it is now.", "where")
    of = {"item": thing} if isinstance(thing, Item) else {"kit": thing}
    with transaction.atomic():
        made = FoundReport.objects.create(**of, where=where.strip(), text=text.strip(), reach=reach.strip())
        record("report_found", made, by=None, after="found")
        keepers = [one.member for one in holders(Power.KEEP_EQUIPMENT)]
        tell(keepers, Told.EQUIPMENT, f"Somebody found {thing}.", reverse("found_reports"))
    return made


def settle(found: FoundReport, *, by: Member, outcome: str) -> None:
    """Say what became of it. Raises Refused, Invalid at `outcome`, WrongState where another did."""
    require(by, Power.KEEP_EQUIPMENT)
    if not outcome.strip():
        raise Invalid("Say what became of it.", "outcome")
    if len(outcome) > FoundReport.LONGEST:
        raise Invalid(f"At most {FoundReport.LONGEST:,} characters.", "outcome")
    now = timezone.now()
    with transaction.atomic():
        open_one = FoundReport.objects.filter(pk=found.pk, settled_at__isnull=True)
        if not open_one.update(settled_by=by, settled_at=now, outcome=outcome.strip()):
            raise WrongState(found, "settle")
        record("settle", found, by=by, before="found", after="settled")
