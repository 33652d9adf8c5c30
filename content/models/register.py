"""The register of campaigns and hashtags (2.F): each asked for by one member and decided by another, for a period.

A tag that is wanted again, for another time, is another row. What the register was asked for is never rewritten.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from members.authority import only, refused
from members.deciding import decided_by_who_may
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Refused, Stateful


def _approved_means_a_decision(table: str, column: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="approved_means_a_decision",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.state = 'approved'"),
        func=f"""
        IF NOT EXISTS (SELECT FROM {table} WHERE {column} = NEW.id AND approves) THEN
            RAISE EXCEPTION 'pgtrigger: approved means that another member decided so';
        END IF;
        RETURN NEW;
        """,
    )


def _decided_by_another(table: str, column: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="decided_by_another",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
        {decided_by_who_may(Power.APPROVE_HASHTAGS)}
        IF NEW.by_id = (SELECT asked_by_id FROM {table} WHERE id = NEW.{column}) THEN
            RAISE EXCEPTION 'pgtrigger: nobody decides what he asked for himself';
        END IF;
        RETURN NEW;
        """,  # noqa: S608 (both names are this module's own)
    )


Row = TypeVar("Row", bound="Registered")


class RegisteredQuerySet(models.QuerySet[Row]):
    """Questions that campaigns and hashtags share."""

    def visible_to(self, member: Member) -> Self:
        """Every member of the unit reads the register."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def waiting(self) -> Self:
        """Those that nobody has decided yet."""
        return self.filter(state=Registered.State.ASKED)

    def in_force(self, on: date) -> Self:
        """Approved, and within their period on that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), state=Registered.State.APPROVED, since__lte=on)


class Registered(Narrow, Stateful):
    """What stands in the register: for a period, asked for by one, decided by another (2.F)."""

    class State(models.TextChoices):
        """Decided once; what was approved can be ended before its period is over."""

        ASKED = "asked", "asked for"
        APPROVED = "approved", "approved"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "taken back"
        ENDED = "ended", "ended"

    MOVES = {
        State.ASKED: {State.APPROVED, State.DECLINED, State.WITHDRAWN},
        State.APPROVED: {State.ENDED},
    }
    VERBS: ClassVar[dict[str, str]] = {
        "approve": State.APPROVED,
        "decline": State.DECLINED,
        "withdraw": State.WITHDRAWN,
        "end": State.ENDED,
    }

    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    since = models.DateField()
    until = models.DateField(null=True)  # the last day; none: until it is ended
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def in_force(self, on: date) -> bool:
        """Whether it is approved, and within its period on that day."""
        return self.state == self.State.APPROVED and self.since <= on and (self.until is None or on <= self.until)

    def may_approve(self, member: Member) -> bool:
        """Commander or designee; nobody decides what he asked for himself."""
        return member.may(Power.APPROVE_HASHTAGS) and member.pk != self.asked_by_id

    may_decline = may_approve

    def may_withdraw(self, member: Member) -> bool:
        """Whoever asked."""
        return member.pk == self.asked_by_id

    @staticmethod
    def may_end(member: Member) -> bool:
        """Whoever could approve it: an end protects, so nobody is too near to it."""
        return member.may(Power.APPROVE_HASHTAGS)

    def refusal(self, member: Member) -> Refused:
        """Why `member` does not decide, and who does."""
        if member.pk == self.asked_by_id and member.may(Power.APPROVE_HASHTAGS):
            return Refused(f"Nobody decides what he asked for himself. {only(Power.APPROVE_HASHTAGS)}")
        return refused(Power.APPROVE_HASHTAGS)


class RegisterDecision(Fact):
    """What was decided on one of them, by whom, and why."""

    approves = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        abstract = True


class CampaignQuerySet(RegisteredQuerySet["Campaign"]):
    """Questions about campaigns."""


class Campaign(Registered):
    """What several posts serve together, for a time: its aim, whom it is for, and its hashtags."""

    name = models.CharField(max_length=120)
    aim = models.TextField()
    audience = models.TextField(blank=True)  # whom it is for

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(aim=""), name="campaign_has_name_and_aim"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="campaign_ends_after_it_begins"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="campaign_stands_as_asked", exclude=["state"]),
            _approved_means_a_decision("content_campaigndecision", "campaign_id"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("campaign", args=[self.pk])


class CampaignDecision(RegisterDecision):
    """What was decided on a campaign."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="decision")

    class Meta(RegisterDecision.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=Q(approves=True) | ~Q(reason=""), name="campaign_is_declined_for_a_reason")
        ]
        triggers = [*Fact.Meta.triggers, _decided_by_another("content_campaign", "campaign_id")]

    def __str__(self) -> str:
        return f"decision on campaign {self.campaign_id}"


class HashtagQuerySet(RegisteredQuerySet["Hashtag"]):
    """Questions about hashtags."""


class Hashtag(Registered):
    """A hashtag for a period, of a campaign or of none. `key` is how platforms compare tags: without case."""

    tag = models.CharField(max_length=100)  # without the sign, in capitals as it is to be read aloud (LR-19)
    key = models.CharField(max_length=100)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="hashtags")
    why = models.TextField(blank=True)  # what it is for, where no campaign says so

    objects = HashtagQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-id"]
        indexes = [models.Index(fields=["key", "state"], name="hashtag_key")]
        constraints = [
            models.CheckConstraint(condition=Q(tag__regex=r"^\w*[^\W\d]\w*$"), name="hashtag_is_one_word"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="hashtag_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["key"], condition=Q(state="asked"), name="a_hashtag_is_asked_for_once"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="hashtag_stands_as_asked", exclude=["state"]),
            _approved_means_a_decision("content_hashtagdecision", "hashtag_id"),
        ]

    def __str__(self) -> str:
        return f"#{self.tag}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("hashtag", args=[self.pk])


class HashtagDecision(RegisterDecision):
    """What was decided on a hashtag."""

    hashtag = models.OneToOneField(Hashtag, models.PROTECT, related_name="decision")

    class Meta(RegisterDecision.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=Q(approves=True) | ~Q(reason=""), name="hashtag_is_declined_for_a_reason")
        ]
        triggers = [*Fact.Meta.triggers, _decided_by_another("content_hashtag", "hashtag_id")]

    def __str__(self) -> str:
        return f"decision on hashtag {self.hashtag_id}"


class HashtagLook(Fact):
    """That a member looked how others use a tag, where, and what he saw: before it is approved, and later again."""

    hashtag = models.ForeignKey(Hashtag, models.PROTECT, related_name="looks")
    seen = models.TextField()
    fits = models.BooleanField(default=True)  # false: it stands for something that ours must not stand beside
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(seen=""), name="look_says_what_was_seen")]

    def __str__(self) -> str:
        return f"look {self.pk} at hashtag {self.hashtag_id}"
