"""Who has a thing booked for when: bookings, and the things of each, no two of which overlap (F.VB, ruling 28)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from equipment.models.custody import Handover
from equipment.models.items import Item
from equipment.models.kits import Kit
from members.authority import holds
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class BookingQuerySet(models.QuerySet["Booking"]):
    """Questions about bookings."""

    def visible_to(self, member: Member) -> BookingQuerySet:
        """Every member sees who has what booked: only so can he plan."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def standing(self) -> BookingQuerySet:
        """Those that hold their things: booked, or taken and not yet back."""
        return self.filter(state__in=Booking.HOLDS)

    def to_come(self) -> BookingQuerySet:
        """Those that hold their things now, or will."""
        return self.standing().filter(until__gt=Now())

    def between(self, since: datetime, until: datetime) -> BookingQuerySet:
        """Those that touch the time from `since` to `until`, but for the cancelled ones."""
        return self.exclude(state=Booking.State.CANCELLED).filter(since__lt=until, until__gt=since)


class Booking(Narrow, Stateful):
    """That a member needs things from one moment to another, for an event or an assignment."""

    class State(models.TextChoices):
        """From the wish to the return."""

        BOOKED = "booked", "booked"
        TAKEN = "taken", "taken"
        OVER = "over", "over"
        CANCELLED = "cancelled", "cancelled"
        NOT_TAKEN = "not_taken", "not taken"

    MOVES = {State.BOOKED: {State.TAKEN, State.CANCELLED, State.NOT_TAKEN}, State.TAKEN: {State.OVER}}
    VERBS = {"take": State.TAKEN, "cancel": State.CANCELLED}
    HOLDS = (State.BOOKED, State.TAKEN)

    member = models.ForeignKey(Member, models.PROTECT, related_name="bookings")  # for whom
    since = models.DateTimeField("from")
    until = models.DateTimeField("until")
    purpose = models.CharField(max_length=200)
    event = models.CharField("event or assignment", max_length=200, blank=True)  # that it is booked for (F.VB)
    state = models.CharField(max_length=10, choices=State, default=State.BOOKED, editable=False)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)  # of the form: sent twice, it is booked once
    booked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    booked_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(blank=True, editable=False)  # why it was cancelled
    reminded_at = models.DateTimeField(null=True, editable=False)  # when he was told that it begins

    objects = BookingQuerySet.as_manager()
    things: RelatedManager[BookedItem]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="booking_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(purpose=""), name="booking_is_for_something"),
            models.CheckConstraint(
                condition=Q(state__in=["booked", "taken"], ended_at__isnull=True)
                | Q(state__in=["over", "cancelled", "not_taken"], ended_at__isnull=False),
                name="booking_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_taken") | Q(ended_at__gte=F("until")), name="booking_waits_until_its_end"
            ),
        ]
        indexes = [
            models.Index(fields=["since", "until"], name="booking_by_time"),
            models.Index(fields=["member"], condition=Q(ended_at__isnull=True), name="booking_open_by_member"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="ended_booking_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["over", "cancelled", "not_taken"]),
            ),
            pgtrigger.ReadOnly(name="booking_stands_as_made", fields=["booked_by", "booked_at", "key"]),
            pgtrigger.Trigger(
                name="its_things_follow",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("state", "since", "until"),
                func="UPDATE equipment_bookeditem SET stands = stands WHERE booking_id = NEW.id; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.event or self.purpose

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("booking", args=[self.pk])

    def may_take(self, member: Member) -> bool:
        """Whoever it is for, and the Supervisor for him."""
        return (member.pk == self.member_id and holds(member, Power.CARRY_OUT)) or holds(member, Power.KEEP_EQUIPMENT)

    may_move = may_take

    def may_cancel(self, member: Member) -> bool:
        """Whoever it is for, who booked it, and the Supervisor."""
        return self.may_take(member) or member.pk == self.booked_by_id

    @property
    def is_lapsed(self) -> bool:
        """Whether its time went by and nobody took the things: it ends as not taken, a minute later at the most."""
        return self.state in (self.State.BOOKED, self.State.NOT_TAKEN) and self.until <= timezone.now()


class BookedItem(Narrow):
    """One thing of a booking. `period` and `stands` are the booking's: the database itself takes them from there."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="things")
    item = models.ForeignKey(Item, models.PROTECT, related_name="bookings")
    kit = models.ForeignKey(Kit, models.PROTECT, null=True, related_name="+")  # with which it was booked
    period = DateTimeRangeField()
    stands = models.BooleanField(default=True)  # whether nobody else can have it in that time
    handover = models.OneToOneField(Handover, models.PROTECT, null=True, related_name="booked")  # by which it went out
    dropped_at = models.DateTimeField(null=True)  # since when the booking goes without it
    back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "item"], name="one_thing_once_in_a_booking"),
            ExclusionConstraint(
                name="one_booking_a_thing_at_a_time",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            F("item_id"),
                            F("item_id"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(stands=True),
            ),
        ]
        indexes = [models.Index(fields=["item"], condition=Q(stands=True), name="booked_item_standing")]
        triggers = [
            pgtrigger.ReadOnly(name="booked_item_stays_the_thing", fields=["booking", "item"]),
            pgtrigger.Trigger(
                name="holds_as_its_booking",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                SELECT tstzrange(since, until, '[)'),
                    state IN ('booked', 'taken') AND NEW.dropped_at IS NULL AND NEW.back_at IS NULL
                INTO NEW.period, NEW.stands FROM equipment_booking WHERE id = NEW.booking_id;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} for {self.booking}"
