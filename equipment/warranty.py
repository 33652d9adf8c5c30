"""When the maker's warranty of a thing ended before its day (3.6)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from equipment.models import Item, ItemChange
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState, record

LONGEST = 2000


def void_warranty(item: Item, *, on: date, reason: str, by: Member) -> None:
    """Note that the maker answers for it no more since `on`: it was changed, or opened, as his terms do not allow.

    Raises Refused, Invalid; WrongState where it is noted already.
    """
    require(by, Power.KEEP_EQUIPMENT)
    reason = reason.strip()
    if not reason:
        raise Invalid("Say by what the warranty ended.", "reason")
    if len(reason) > LONGEST:
        raise Invalid(f"At most {LONGEST:,} characters.", "reason")
    if on > timezone.localdate():
        raise Invalid("That is after today.", "on")
    if item.acquired_on is not None and on < item.acquired_on:
        raise Invalid("The unit did not have it then.", "on")
    with transaction.atomic():
        if not Item.objects.filter(pk=item.pk, warranty_void_on=None).update(warranty_void_on=on):
            raise WrongState(item, "void_warranty")
        after = {"warranty void since": on.isoformat()}
        ItemChange.objects.create(item=item, verb="void_warranty", after=after, reason=reason, by=by)
        record("void_warranty", item, by=by)
    item.warranty_void_on = on
