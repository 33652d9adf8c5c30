"""Who has a thing: each hand-over as a fact, and the custody that stands beside it (3.7, ruling 18)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from equipment.models.files import KeptFile
from equipment.models.items import Item
from members.facts import Fact, Narrow
from members.models import Member


class Place(models.TextChoices):
    """Where a thing may be (3.7): in a vehicle only in the trunk."""

    OFFICE = "office", "in the office"
    FIELD = "field", "in the field, with the member"
    TRUNK = "trunk", "in the trunk of a vehicle"


class Condition(models.TextChoices):
    """How it came back."""

    GOOD = "good", "as it went out"
    ATTENTION = "attention", "needs attention"
    DAMAGED = "damaged", "damaged"


class Handover(Fact):
    """One movement of one thing: out to a member, from member to member, moved by who has it, or back."""

    class Way(models.TextChoices):
        """Which way it went."""

        OUT = "out", "checked out"
        OVER = "over", "handed over"
        MOVED = "moved", "moved"
        IN = "in", "checked in"

    item = models.ForeignKey(Item, models.PROTECT, related_name="handovers")
    way = models.CharField(max_length=10, choices=Way)
    giver = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # who had it; none: the office
    taker = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # who has it; none: the office
    place = models.CharField(max_length=10, choices=Place)
    vehicle = models.CharField(max_length=40, blank=True)
    due_back = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=200, blank=True)
    event = models.CharField(max_length=200, blank=True)
    condition = models.CharField(max_length=10, choices=Condition, blank=True)
    remark = models.TextField(blank=True)
    photo = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    signature = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    skill_waived = models.TextField(blank=True)  # why the Supervisor let it go out without the skill (3.1)
    waived_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField()  # of the form: sent twice on a bad connection, it is done once
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key", "item"], name="one_handover_a_form"),
            models.CheckConstraint(
                condition=(Q(way="in") & Q(taker__isnull=True) & Q(place="office"))
                | (~Q(way="in") & Q(taker__isnull=False) & ~Q(place="office")),
                name="handover_goes_to_a_member_or_to_the_office",
            ),
            models.CheckConstraint(condition=~Q(place="trunk") | ~Q(vehicle=""), name="trunk_is_of_a_vehicle"),
            models.CheckConstraint(
                condition=Q(due_back__isnull=True) | Q(due_back__gt=F("at")), name="due_back_after_it_went_out"
            ),
        ]
        indexes = [models.Index(fields=["item", "-id"], name="handover_by_item")]

    def __str__(self) -> str:
        return f"{self.item} {self.way}"


class Custody(Narrow):
    """That a member has a thing, from one hand-over to the next. One open custody an item."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="custodies")
    holder = models.ForeignKey(Member, models.PROTECT, related_name="custodies")
    place = models.CharField(max_length=10, choices=Place)
    vehicle = models.CharField(max_length=40, blank=True)
    due_back = models.DateTimeField(null=True)
    begun = models.OneToOneField(Handover, models.PROTECT, related_name="custody")
    since = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)  # when the holder said that he has it
    ended = models.OneToOneField(Handover, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(ended_at__isnull=True), name="one_open_custody_an_item"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended__isnull=True) | Q(ended_at__isnull=False, ended__isnull=False),
                name="custody_ends_by_a_handover",
            ),
            models.CheckConstraint(condition=~Q(place="office"), name="what_is_in_the_office_is_with_nobody"),
            models.CheckConstraint(condition=~Q(place="trunk") | ~Q(vehicle=""), name="custody_in_a_vehicles_trunk"),
        ]
        indexes = [
            models.Index(fields=["holder"], condition=Q(ended_at__isnull=True), name="custody_open_by_holder"),
            models.Index(fields=["due_back"], condition=Q(ended_at__isnull=True), name="custody_open_by_due"),
            models.Index(fields=["item", "-id"], name="custody_by_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item} with {self.holder}"

    @property
    def is_overdue(self) -> bool:
        """Whether it should have come back."""
        return self.ended_at is None and self.due_back is not None and self.due_back < timezone.now()
