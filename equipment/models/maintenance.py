"""The maintenance log (3.5): what was found and done, by whom, what it cost; and what comes again by time or by use."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from equipment.models.files import KeptFile
from equipment.models.handling import Modification
from equipment.models.items import Item
from members.authority import holds
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful

_FINISHED_STANDS = pgtrigger.Trigger(
    name="finished_work_stands",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("OLD.state <> 'open'"),
    func="RAISE EXCEPTION 'pgtrigger: what is finished stands; what comes later is a later entry';",
)
_OUTSIDE_IS_DECIDED = pgtrigger.Trigger(
    name="outside_instructions_is_decided",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.state = 'done' AND NEW.outside"),
    func="""
    PERFORM FROM equipment_modification asked
    JOIN equipment_modificationdecision said ON said.modification_id = asked.id
    WHERE asked.id = NEW.modification_id AND asked.item_id = NEW.item_id AND said.approves;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'pgtrigger: work outside the instructions of the maker needs a decision on that thing';
    END IF;
    RETURN NEW;
    """,
)


class Reading(Fact):
    """What the counter of a thing, or its log book, said: hours of use, a drone's of flight."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="readings")
    hours = models.DecimalField(max_digits=9, decimal_places=1)
    remark = models.CharField(max_length=200, blank=True)  # why it is lower than the one before
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=Q(hours__gte=0), name="reading_is_of_hours")]
        indexes = [models.Index(fields=["item", "-id"], name="reading_by_item")]

    def __str__(self) -> str:
        return f"{self.hours} hours of {self.item_id}"


class Service(Narrow):
    """What is done to a thing again and again: every so many months, check-outs or hours of use, whichever is first."""

    class Told(models.TextChoices):
        """How far who keeps the inventory was reminded, since it was last done."""

        NOT = "", "not yet"
        SOON = "soon", "that it is due soon"
        DUE = "due", "that it is due"

    item = models.ForeignKey(Item, models.PROTECT, related_name="services")
    what = models.CharField(max_length=200)
    every_months = models.SmallIntegerField(null=True)
    every_uses = models.IntegerField(null=True)  # check-outs
    every_hours = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    last_on = models.DateField()  # when it was last done, or since when it counts
    counted_from = models.DateTimeField(default=timezone.now)  # check-outs are counted from here
    last_hours = models.DecimalField(max_digits=9, decimal_places=1, default=0)  # the reading then
    due_on = models.DateField(null=True)  # by time; by use it is reckoned (equipment.recurring)
    told = models.CharField(max_length=4, choices=Told, blank=True, default=Told.NOT)
    set_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="service_says_what"),
            models.CheckConstraint(
                condition=Q(every_months__isnull=False) | Q(every_uses__isnull=False) | Q(every_hours__isnull=False),
                name="service_comes_again",
            ),
            models.CheckConstraint(
                condition=(Q(every_months__isnull=True) | Q(every_months__range=(1, 240)))
                & (Q(every_uses__isnull=True) | Q(every_uses__gte=1))
                & (Q(every_hours__isnull=True) | Q(every_hours__gt=0)),
                name="service_comes_after_a_while",
            ),
            models.CheckConstraint(
                condition=Q(every_months__isnull=True) | Q(due_on__isnull=False), name="service_by_time_has_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(ended_at__isnull=True), name="service_by_due"),
            models.Index(fields=["item"], condition=Q(ended_at__isnull=True), name="service_by_item"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def rhythm(self) -> str:
        """How often, in words."""
        said = []
        if self.every_months:
            said.append("every month" if self.every_months == 1 else f"every {self.every_months} months")
        if self.every_uses:
            said.append("every check-out" if self.every_uses == 1 else f"every {self.every_uses} check-outs")
        if self.every_hours:
            said.append(f"every {self.every_hours.normalize():f} hours of use")
        return " or ".join(said)


class WorkQuerySet(models.QuerySet["Work"]):
    """Questions about the log."""

    def visible_to(self, member: Member) -> WorkQuerySet:
        """Every member reads it."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def standing(self) -> WorkQuerySet:
        """Without what was entered by mistake."""
        return self.exclude(state=Work.State.DROPPED)


class Work(Narrow, Stateful):
    """An entry of the log: it changes while it is open, and stands when it is finished (ruling 18)."""

    class State(models.TextChoices):
        """Whether it is finished."""

        OPEN = "open", "open"
        DONE = "done", "done"
        DROPPED = "dropped", "entered by mistake"

    MOVES = {State.OPEN: {State.DONE, State.DROPPED}}
    VERBS: ClassVar[dict[str, str]] = {"finish": State.DONE, "drop": State.DROPPED}

    item = models.ForeignKey(Item, models.PROTECT, related_name="works")
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="works")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    found = models.TextField()
    found_on = models.DateField()
    shop = models.CharField(max_length=120, blank=True)  # who works on it: a shop,
    hand = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # or a member
    ticket = models.CharField("number at the shop", max_length=60, blank=True)
    out_on = models.DateField("out of service from", null=True)  # none: it stayed in service
    expected_on = models.DateField("expected back", null=True)
    back_on = models.DateField("back in service", null=True)
    under_warranty = models.BooleanField(default=False)
    outside = models.BooleanField("outside the maker's instructions", default=False)  # needs a decision (3.6)
    modification = models.ForeignKey(Modification, models.PROTECT, null=True, related_name="works")
    done = models.TextField(blank=True)
    parts = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    closing = models.TextField(blank=True)  # why it was entered by mistake
    reminded_on = models.DateField(null=True)  # that it did not come back when it was expected
    key = models.UUIDField(unique=True, default=uuid4)  # of the form: sent twice, it is entered once
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = "maintenance entry"
        constraints = [
            models.CheckConstraint(condition=~Q(found=""), name="work_says_what_was_found"),
            models.CheckConstraint(condition=Q(shop="") | Q(hand__isnull=True), name="work_is_of_a_shop_or_a_member"),
            models.CheckConstraint(
                condition=~Q(state="done")
                | (~Q(done="") & Q(done_on__isnull=False) & (~Q(shop="") | Q(hand__isnull=False))),
                name="done_work_says_what_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(out_on__isnull=True, back_on__isnull=True) | Q(back_on__gte=F("out_on")),
                name="what_was_out_is_back_when_it_is_done",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="work_is_closed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(closing=""), name="work_is_dropped_for_a_reason"),
        ]
        indexes = [
            models.Index(fields=["item", "-id"], name="work_by_item"),
            models.Index(fields=["-id"], condition=Q(state="open"), name="work_open"),
            models.Index(fields=["found_on"], name="work_by_day"),
        ]
        triggers = [_FINISHED_STANDS, _OUTSIDE_IS_DECIDED]

    def __str__(self) -> str:
        return f"maintenance {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("maintenance_work", args=[self.pk])

    @staticmethod
    def may_finish(member: Member) -> bool:
        """The Supervisor keeps the log (3.5); his superiors may do what he may."""
        return holds(member, Power.KEEP_EQUIPMENT)

    may_drop = may_change = may_finish

    @property
    def is_open(self) -> bool:
        """Whether it changes still."""
        return self.state == self.State.OPEN

    @property
    def by_whom(self) -> str:
        """Who works or worked on it, in words."""
        return self.shop or (self.hand.name if self.hand else "")

    @property
    def is_late(self) -> bool:
        """Whether it should have come back."""
        return self.is_open and self.expected_on is not None and self.expected_on < timezone.localdate()


class WorkEntry(Fact):
    """What was added to a work: what it cost, or a word. What was wrong in one is put right by a later one."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="entries")
    text = models.CharField(max_length=500)
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)  # dollars; below nothing: given back
    key = models.UUIDField(unique=True, default=uuid4)  # of the form: sent twice, it costs once
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="work_entry_says_what_for")]
        indexes = [models.Index(fields=["work", "id"], name="work_entry_by_work")]

    def __str__(self) -> str:
        return f"entry {self.pk} of work {self.work_id}"


class WorkFile(Fact):
    """A file of a work: the shop's report, its bill, a photo of the fault."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="files")
    file = models.OneToOneField(KeptFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"file {self.file_id} of work {self.work_id}"
