"""Who has a thing: each hand-over as a fact, and the custody that stands beside it (3.7, ruling 18)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from equipment.models.files import KeptFile
from equipment.models.items import Item
from members import plainly
from members.days import midnight
from members.facts import Fact, Narrow
from members.models import Member
from members.waiting import MOST

_NOT_IN_THE_FUTURE = """
    IF NEW.at > clock_timestamp() + interval '1 minute' THEN
        RAISE EXCEPTION 'pgtrigger: what is handed over was handed over already';
    END IF;
    RETURN NEW;
"""
# The item's row is held, so that its state cannot change before this is committed.
_GOES_OUT = ", ".join(f"'{state.value}'" for state in Item.GOES_OUT)
_BEGINS = f"""
    SELECT state INTO stands FROM equipment_item WHERE id = NEW.item_id FOR SHARE;
    SELECT * INTO said FROM equipment_handover WHERE id = NEW.begun_id;
    IF said.item_id <> NEW.item_id OR said.taker_id IS DISTINCT FROM NEW.holder_id OR said.place <> NEW.place THEN
        RAISE EXCEPTION 'pgtrigger: who has a thing is who was handed it';
    END IF;
    IF said.way <> 'moved' AND stands NOT IN ({_GOES_OUT}) THEN
        RAISE EXCEPTION 'pgtrigger: only what serves is handed to somebody';
    END IF;
    RETURN NEW;
"""  # noqa: S608  (our own words)
_ENDS = """
    SELECT * INTO said FROM equipment_handover WHERE id = NEW.ended_id;
    IF said.item_id <> NEW.item_id OR said.giver_id IS DISTINCT FROM NEW.holder_id OR said.id <= NEW.begun_id THEN
        RAISE EXCEPTION 'pgtrigger: a custody ends when its holder gives the thing away';
    END IF;
    RETURN NEW;
"""
_SAID = ("said", "equipment_handover%ROWTYPE")


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
    """One movement of one thing: out to a member, from member to member, moved by who has it, back, or written off."""

    class Way(models.TextChoices):
        """Which way it went."""

        OUT = "out", "checked out"
        OVER = "over", "handed over"
        MOVED = "moved", "moved"
        IN = "in", "checked in"
        GONE = "gone", "written off"  # lost or stolen in somebody's hands, and given up: it comes back no more

    item = models.ForeignKey(Item, models.PROTECT, related_name="handovers")
    way = models.CharField(max_length=10, choices=Way)
    giver = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # who had it; none: the office
    taker = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # who has it; none: the office
    place = models.CharField(max_length=10, choices=Place)  # nowhere, where it is written off
    vehicle = models.CharField(max_length=40, blank=True)
    due_back = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=200, blank=True)
    event = models.CharField(max_length=200, blank=True)
    condition = models.CharField(max_length=10, choices=Condition, blank=True)
    remark = models.TextField(blank=True)
    photo = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    signature = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    # Why the Supervisor let it go out without the skill (3.1), or although somebody else has booked it (F.VB).
    waived = models.TextField(blank=True)
    waived_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField()  # of the form: sent twice on a bad connection, it is done once
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key", "item"], name="one_handover_a_form"),
            models.CheckConstraint(
                condition=Q(way="in", taker__isnull=True, place="office")
                | Q(way="gone", taker__isnull=True, place="")
                | Q(way__in=["out", "over", "moved"], taker__isnull=False, place__in=["field", "trunk"]),
                name="handover_goes_to_a_member_or_to_the_office",
            ),
            models.CheckConstraint(
                condition=Q(way="out", giver__isnull=True) | (~Q(way="out") & Q(giver__isnull=False)),
                name="handover_comes_from_a_member_or_the_office",
            ),
            models.CheckConstraint(
                condition=(Q(way="in") & ~Q(condition="")) | (~Q(way="in") & Q(condition="")),
                name="what_comes_back_is_in_a_condition",
            ),
            models.CheckConstraint(
                condition=Q(waived="", waived_by__isnull=True) | (~Q(waived="") & Q(waived_by__isnull=False)),
                name="handover_is_waived_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(place="trunk") | ~Q(vehicle=""), name="trunk_is_of_a_vehicle"),
            models.CheckConstraint(
                condition=Q(due_back__isnull=True) | Q(due_back__gt=F("at")), name="due_back_after_it_went_out"
            ),
        ]
        indexes = [models.Index(fields=["item", "-id"], name="handover_by_item")]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="not_in_the_future", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_NOT_IN_THE_FUTURE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.way}"


_STANDS_OUT = """
WITH missing AS (SELECT id FROM equipment_item WHERE state = ANY(%(missing)s))
SELECT
    (SELECT count(*) FROM (
        SELECT FROM equipment_custody
        WHERE ended_at IS NULL AND due_back < %(now)s AND item_id NOT IN (SELECT id FROM missing)
        LIMIT %(most)s
    ) counted),
    (SELECT count(*) FROM (
        SELECT FROM equipment_custody
        WHERE ended_at IS NULL AND place = 'trunk' AND since < %(midnight)s
            AND item_id NOT IN (SELECT id FROM missing)
        LIMIT %(most)s
    ) counted),
    (SELECT count(*) FROM (
        SELECT FROM equipment_custody JOIN members_member ON members_member.id = holder_id
        WHERE ended_at IS NULL AND NOT (is_active AND (serves_until IS NULL OR serves_until > %(now)s))
        LIMIT %(most)s
    ) counted)
"""


class CustodyQuerySet(models.QuerySet["Custody"]):
    """Questions about who has what."""

    def open(self) -> CustodyQuerySet:
        """What is out now."""
        return self.filter(ended_at__isnull=True)

    def overdue(self) -> CustodyQuerySet:
        """What should have come back; what is lost or stolen is looked for, and not asked back."""
        return self.open().asked_back().filter(due_back__lt=timezone.now())

    def overnight(self) -> CustodyQuerySet:
        """What lies in a trunk since before today began: it was there in the night (3.7)."""
        return self.open().asked_back().filter(place=Place.TRUNK, since__lt=midnight(timezone.localdate()))

    def asked_back(self) -> CustodyQuerySet:
        """Without what is lost or stolen: few things, found by their index rather than joined to each."""
        return self.exclude(item__in=Item.objects.filter(state__in=Item.MISSING).values("pk"))

    def denied(self) -> CustodyQuerySet:
        """Handed to somebody who says that he has it not."""
        return self.open().filter(denied_at__isnull=False)

    def standing_out(self) -> CustodyQuerySet:
        """What somebody has to see to."""
        return self.overdue() | self.overnight() | self.of_who_left() | self.denied()

    def of_who_left(self) -> CustodyQuerySet:
        """With somebody who serves no more (1.3)."""
        return self.open().exclude(holder__in=Member.objects.serving())

    def what_stands_out(self) -> dict[str, int]:
        """How much of all that is out is overdue, overnight in a trunk, or left with somebody, up to MOST of each.

        What those three ask, in one question, and each by an index that holds no more than what is out.
        """
        given: dict[str, Any] = {
            "now": timezone.now(),
            "midnight": midnight(timezone.localdate()),
            "missing": list(Item.MISSING),
            "most": MOST,
        }
        (found,) = plainly.rows(_STANDS_OUT, given)
        return dict(zip(("overdue", "overnight", "left"), found, strict=True))


def where(place: str, vehicle: str) -> str:
    """The place of what is out, for a sentence."""
    return f"in the trunk of {vehicle}" if place == Place.TRUNK else "in the field"


class Custody(Narrow):
    """That a member has a thing at a place, from one hand-over to the next. One open custody an item."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="custodies")
    holder = models.ForeignKey(Member, models.PROTECT, related_name="custodies")
    place = models.CharField(max_length=10, choices=Place)
    vehicle = models.CharField(max_length=40, blank=True)
    due_back = models.DateTimeField(null=True)
    begun = models.OneToOneField(Handover, models.PROTECT, related_name="custody")
    since = models.DateTimeField()  # he has had it there
    accepted_at = models.DateTimeField(null=True)  # when the holder said that he has it
    denied_at = models.DateTimeField(null=True)  # when the holder said that he has it not
    ended = models.OneToOneField(Handover, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects = CustodyQuerySet.as_manager()

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
            models.Index(
                fields=["due_back"],
                include=["item"],
                condition=Q(ended_at__isnull=True),
                name="custody_open_by_due_back",
            ),
            models.Index(
                fields=["since"],
                include=["item"],
                condition=Q(ended_at__isnull=True, place="trunk"),
                name="custody_in_a_trunk_by_since",
            ),
            models.Index(fields=["item", "-id"], name="custody_by_item"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="begins_by_its_handover",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[_SAID, ("stands", "text")],
                func=_BEGINS,
            ),
            pgtrigger.Trigger(
                name="ends_by_its_handover",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.ended_id IS NOT NULL AND OLD.ended_id IS NULL"),
                declare=[_SAID],
                func=_ENDS,
            ),
            pgtrigger.ReadOnly(
                name="custody_stands_as_begun", exclude=["accepted_at", "denied_at", "ended", "ended_at", "reminded_at"]
            ),
            pgtrigger.Protect(
                name="ended_custody_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} with {self.holder}"

    @property
    def is_overdue(self) -> bool:
        """Whether it should have come back."""
        return self.ended_at is None and self.due_back is not None and self.due_back < timezone.now()

    @property
    def is_overnight(self) -> bool:
        """Whether it was in a trunk in the night (3.7)."""
        return self.ended_at is None and self.place == Place.TRUNK and self.since < midnight(timezone.localdate())

    @property
    def where(self) -> str:
        """The place for a sentence."""
        return where(self.place, self.vehicle)
