"""Handling by the maker's instructions (3.6): a modification outside them is asked for by one, decided by another."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from equipment.models.items import Item
from members.authority import holds, only, refused
from members.deciding import decided_by_who_may
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Refused, Stateful


class ModificationQuerySet(models.QuerySet["Modification"]):
    """Questions about modifications."""

    def visible_to(self, member: Member) -> ModificationQuerySet:
        """Every member reads them."""
        return self if member.may(Power.READ_UNIT) else self.none()


class Modification(Narrow, Stateful):
    """A modification or repair outside the maker's instructions, as it was asked for: it stands as it was written."""

    class State(models.TextChoices):
        """Decided once."""

        ASKED = "asked", "asked for"
        APPROVED = "approved", "approved"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "taken back"

    MOVES = {State.ASKED: {State.APPROVED, State.DECLINED, State.WITHDRAWN}}
    VERBS: ClassVar[dict[str, str]] = {
        "approve": State.APPROVED,
        "decline": State.DECLINED,
        "withdraw": State.WITHDRAWN,
    }

    item = models.ForeignKey(Item, models.PROTECT, related_name="modifications")
    what = models.TextField()  # what is to be done to it
    against = models.TextField()  # which instruction it goes beyond, with its page
    why = models.TextField()
    voids = models.BooleanField(default=False)  # the asker's word: the warranty ends by it
    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    objects = ModificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(against="") & ~Q(why=""), name="modification_says_what_against_what_and_why"
            )
        ]
        indexes = [
            models.Index(fields=["item", "-id"], name="modification_by_item"),
            models.Index(fields=["-id"], condition=Q(state="asked"), name="modification_asked"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="modification_stands_as_asked", exclude=["state"]),
            pgtrigger.Trigger(
                name="approved_means_a_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.state IN ('approved', 'declined')"),
                func="""
                PERFORM FROM equipment_modificationdecision
                WHERE modification_id = NEW.id AND approves = (NEW.state = 'approved');
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'pgtrigger: a modification is decided by a recorded decision';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"modification {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("modification", args=[self.pk])

    def may_approve(self, member: Member) -> bool:
        """Who keeps the inventory, or one above; nobody decides what he asked for himself."""
        return holds(member, Power.KEEP_EQUIPMENT) and member.pk != self.asked_by_id

    may_decline = may_approve

    def may_withdraw(self, member: Member) -> bool:
        """Whoever asked."""
        return member.pk == self.asked_by_id

    def refusal(self, member: Member) -> Refused:
        """Why `member` does not decide, and who does."""
        if member.pk == self.asked_by_id and holds(member, Power.KEEP_EQUIPMENT):
            return Refused(f"Nobody decides what he asked for himself. {only(Power.KEEP_EQUIPMENT)}")
        return refused(Power.KEEP_EQUIPMENT)


class ModificationDecision(Fact):
    """What was decided on a modification, by whom, and why."""

    modification = models.OneToOneField(Modification, models.PROTECT, related_name="decision")
    approves = models.BooleanField()
    voids = models.BooleanField()  # whether the warranty ends when it is carried out
    reason = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="modification_is_decided_for_a_reason")]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="decided_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                {decided_by_who_may(Power.KEEP_EQUIPMENT)}
                IF NEW.by_id = (SELECT asked_by_id FROM equipment_modification WHERE id = NEW.modification_id) THEN
                    RAISE EXCEPTION 'pgtrigger: nobody decides what he asked for himself';
                END IF;
                RETURN NEW;
                """,  # noqa: S608 (our own words)
            ),
        ]

    def __str__(self) -> str:
        return f"decision on modification {self.modification_id}"
