"""What is done to several things of the inventory at once: to all of them, or to none (3.2, 3.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from equipment.inventory import change_item
from equipment.marking import Disposal, mark, states_for
from equipment.models import Item
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState

MOST = 200  # at once: each is locked, judged and written into its own history


def change_all(items: Iterable[Item], *, by: Member, reason: str = "", **fields: Any) -> int:
    """Write the same into each, as `change_item` does; how many were changed by it.

    Raises Refused, and Invalid at the field, naming the first thing that cannot say so: then none does.
    """
    require(by, Power.KEEP_EQUIPMENT)
    changed = 0
    with transaction.atomic():
        for item in _in_order(items):
            try:
                entry = change_item(item, by=by, reason=reason, **fields)
            except Invalid as refusal:
                raise Invalid(f"{item.tag}: {refusal}", refusal.field) from refusal
            changed += entry is not None
    return changed


def mark_all(
    items: Iterable[Item],
    state: str,
    *,
    by: Member,
    reason: str,
    report_number: str = "",
    disposal: Disposal | None = None,
) -> None:
    """Move each to another state, as `mark` does.

    Raises Refused, and Invalid at the field, naming the first thing that cannot be moved: then none is.
    """
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        for item in _in_order(items):
            try:
                mark(item, state, by=by, reason=reason, report_number=report_number, disposal=disposal)
            except (Invalid, WrongState) as refusal:
                raise Invalid(f"{item.tag}: {refusal}", getattr(refusal, "field", "state")) from refusal


def states_of_all(items: Iterable[Item], member: Member) -> list[str]:
    """The states that `member` may move every one of them to now."""
    each = [set(states_for(item, member)) for item in items]
    common = set.intersection(*each) if each else set()
    return [state for state in Item.State.values if state in common]


def _in_order(items: Iterable[Item]) -> list[Item]:
    """As two people who choose the same things lock them: neither waits for the other in a circle."""
    return sorted(items, key=lambda item: item.pk)
