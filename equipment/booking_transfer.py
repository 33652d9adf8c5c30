"""Whoever leaves the unit needs nothing of it any more: what he has booked and not taken is free (1.3)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from equipment.models import Booking
from members.models import Member


def foretell(member: Member) -> list[str]:
    """What his transfer would free, in sentences: settings.WHAT_A_TRANSFER_ENDS."""
    count = _of(member).count()
    if not count:
        return []
    return [f"{count} booking{'s' if count > 1 else ''} of equipment {'are' if count > 1 else 'is'} cancelled."]


def free(member: Member, by: Member) -> None:
    """Cancel what he has booked and not taken: settings.ON_TRANSFER.

    A booking on which somebody acts at this moment is passed over, and cancelled when this transaction is committed:
    his act may wait for this one.
    """
    _cancel(_of(member).select_for_update(of=("self",), no_key=True, skip_locked=True), member, by=by)
    transaction.on_commit(lambda: _cancel_the_rest(member), robust=True)


def _of(member: Member) -> QuerySet[Booking]:
    return Booking.objects.filter(member=member, state=Booking.State.BOOKED).order_by("pk")


def _cancel_the_rest(member: Member) -> None:
    with transaction.atomic():
        _cancel(_of(member).select_for_update(of=("self",), no_key=True), member, by=None)


def _cancel(found: QuerySet[Booking], member: Member, *, by: Member | None) -> None:
    why = f"{member.name} was transferred."
    for booking in found:
        booking.become(Booking.State.CANCELLED, verb="cancel", by=by, ended_at=timezone.now(), ended_by=by, reason=why)
