"""When the maker's warranty of a thing ended before its day, and that it did not (3.6)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from equipment.models import Item, ItemChange, Work
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
    reason = _given(reason, "Say by what the warranty ended.")
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


def let_warranty_stand(item: Item, *, reason: str, by: Member) -> None:
    """Note that it was not void after all; both stand in the history.

    Raises Refused; Invalid, also where a modification that ends it was carried out; WrongState where it is not void.
    """
    require(by, Power.KEEP_EQUIPMENT)
    reason = _given(reason, "Say what the mistake was.")
    with transaction.atomic():
        locked = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
        void_since = locked.warranty_void_on
        if void_since is None:
            raise WrongState(item, "let_warranty_stand")
        done = Work.objects.filter(item=item, state=Work.State.DONE, modification__decision__voids=True)
        if done.exists():
            raise Invalid("It ended by a modification that was decided and carried out: that stands.")
        Item.objects.filter(pk=item.pk).update(warranty_void_on=None)
        before = {"warranty void since": void_since.isoformat()}
        ItemChange.objects.create(item=item, verb="let_warranty_stand", before=before, reason=reason, by=by)
        record("let_warranty_stand", item, by=by)
    item.warranty_void_on = None


def _given(reason: str, missing: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid(missing, "reason")
    if len(reason) > LONGEST:
        raise Invalid(f"At most {LONGEST:,} characters.", "reason")
    return reason
