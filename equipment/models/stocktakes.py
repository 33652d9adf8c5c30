"""A stock-take: what was expected where, what was seen where and by whom, and the signed figures (3.4, 3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from equipment.models.custody import Place
from equipment.models.items import Item
from members.authority import holds
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class StockTakeQuerySet(models.QuerySet["StockTake"]):
    """Questions about stock-takes."""

    def visible_to(self, member: Member) -> StockTakeQuerySet:
        """Every member sees what was counted."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def open(self) -> StockTakeQuerySet:
        """Those that are being counted."""
        return self.filter(state=StockTake.State.OPEN)


class StockTake(Narrow, Stateful):
    """One count, over a place or over everything. What it expects is set down when it begins."""

    class State(models.TextChoices):
        """Open while it is counted; what is signed stands."""

        OPEN = "open", "open"
        SIGNED = "signed", "signed"
        DROPPED = "dropped", "given up"

    class Over(models.TextChoices):
        """What is counted."""

        EVERYTHING = "everything", "everything the unit owns"
        OFFICE = "office", "what is in the office"
        TRUNKS = "trunks", "what is in the trunks of vehicles"
        MEMBER = "member", "what one member has"

    MOVES = {State.OPEN: {State.SIGNED, State.DROPPED}}
    VERBS = {"sign": State.SIGNED, "drop": State.DROPPED}

    over = models.CharField("what is counted", max_length=20, choices=Over)
    place = models.CharField(max_length=120, blank=True)  # shelf or cabinet in the office, or number of the vehicle
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.OPEN, editable=False)
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)  # of who signs, or why it was given up
    # The figures as they were signed.
    found = models.IntegerField(null=True)
    missing = models.IntegerField(null=True)
    misplaced = models.IntegerField(null=True)
    unexpected = models.IntegerField(null=True)

    objects = StockTakeQuerySet.as_manager()
    expected: RelatedManager[Expected]
    sightings: RelatedManager[Sighting]

    class Meta:
        verbose_name = "stock-take"
        constraints = [
            models.CheckConstraint(
                condition=Q(over="member", member__isnull=False) | (~Q(over="member") & Q(member__isnull=True)),
                name="stock_take_of_a_member_names_him",
            ),
            models.CheckConstraint(
                condition=Q(place="") | Q(over__in=["office", "trunks"]), name="stock_take_of_a_place_has_places"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_by__isnull=True, ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_by__isnull=False, ended_at__isnull=False)),
                name="stock_take_is_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(found__isnull=False, missing__isnull=False, misplaced__isnull=False, unexpected__isnull=False),
                name="stock_take_is_signed_with_its_figures",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="stock_take_by_state")]
        triggers = [
            pgtrigger.Protect(
                name="signed_stock_take_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'open'"),
            ),
            pgtrigger.ReadOnly(name="stock_take_counts_what_it_began", fields=["over", "place", "member", "begun_by"]),
        ]

    def __str__(self) -> str:
        if self.member is not None:
            return f"what {self.member.name} has"
        return f"{self.get_over_display()}: {self.place}" if self.place else str(self.get_over_display())

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("stock_take", args=[self.pk])

    def may_sign(self, member: Member) -> bool:
        """The Supervisor signs; his superiors may do what he may."""
        return holds(member, Power.KEEP_EQUIPMENT)

    may_drop = may_sign


_ONLY_WHILE_OPEN = """
    PERFORM FROM equipment_stocktake WHERE id = NEW.take_id AND state = 'open' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this stock-take is over';
    END IF;
    RETURN NEW;
"""


class Expected(Fact):
    """What a stock-take expects, and where, as the inventory said when it began."""

    take = models.ForeignKey(StockTake, models.PROTECT, related_name="expected")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    place = models.CharField(max_length=10, choices=Place)
    where = models.CharField(max_length=120, blank=True)  # in the office, or the vehicle
    holder = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=Item.State)  # what is in maintenance may be at a shop

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["take", "item"], name="expected_once_a_stock_take")]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.take_id}"


class Sighting(Fact):
    """That somebody saw a thing, and where; of several of one thing the last counts. `taken_back`: he did not.

    A thing that the inventory does not know has no item, and is said in words.
    """

    take = models.ForeignKey(StockTake, models.PROTECT, related_name="sightings")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    said = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=10, choices=Place, blank=True)  # none: where it is expected
    where = models.CharField(max_length=120, blank=True)
    taken_back = models.BooleanField(default=False)
    key = models.UUIDField()  # of the form: sent twice on a bad connection, it is seen once
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_sighting_a_form"),
            models.CheckConstraint(
                condition=Q(item__isnull=False, said="") | (Q(item__isnull=True) & ~Q(said="")),
                name="sighting_of_an_item_or_in_words",
            ),
        ]
        indexes = [models.Index(fields=["take", "item", "-id"], name="sighting_by_item")]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="seen_while_it_is_counted",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_ONLY_WHILE_OPEN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said or self.item_id} in {self.take_id}"
