"""Filters of the stream that a member keeps for himself, each under a name, shown above the stream."""

from __future__ import annotations

from django.db import transaction

from members import plainly
from members.models import Member
from members.states import Invalid
from moderation.models import SavedFilter
from moderation.stream import Filters

LONGEST = 40  # characters of a name
_OWN = "SELECT {columns} FROM moderation_savedfilter WHERE member_id = %s ORDER BY id"


def of(member: Member) -> list[SavedFilter]:
    """Those of `member`, in the order in which he made them."""
    return plainly.many(SavedFilter, _OWN, [member.pk])


def save(filters: Filters, name: str, *, by: Member) -> SavedFilter:
    """Keep `filters` under `name`; the same name again holds what is on now. Raises Invalid."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("Give the filter a name.", "name")
    if len(name) > LONGEST:
        raise Invalid(f"A name takes {LONGEST} characters; this has {len(name)}.", "name")
    if not filters.query:
        raise Invalid("Nothing is filtered: choose what to show first.", "name")
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=by.pk)  # two forms at once do not go beyond the limit
        mine = SavedFilter.objects.filter(member=by)
        if mine.exclude(name=name).count() >= SavedFilter.LIMIT:
            raise Invalid(f"You keep {SavedFilter.LIMIT} filters already: forget one first.", "name")
        return SavedFilter.objects.update_or_create(member=by, name=name, defaults={"query": filters.query})[0]


def forget(number: int, *, by: Member) -> None:
    """Forget one of `by`'s own; anybody else's is not touched."""
    SavedFilter.objects.filter(pk=number, member=by).delete()
