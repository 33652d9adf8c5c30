"""The end of an account (1.4): by the Commander alone, for one of two grounds, when every follower could go along.

The conditions are asked for one by one, so that each that is missing is said; the database asks for them again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.account import Account
from members.deciding import decided_by_who_may
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

NOTICE_DAYS = 30  # between the first notice and the end, unless set otherwise
LEAST_DAYS, MOST_DAYS = 7, 365


class TerminationQuerySet(models.QuerySet["Termination"]):
    """Questions about terminations."""

    def visible_to(self, member: Member) -> TerminationQuerySet:
        """Every member of the unit sees which account is to end, and why."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def open(self) -> TerminationQuerySet:
        """Those that are neither approved nor withdrawn."""
        return self.filter(state=Termination.State.PREPARED)


class Termination(Narrow, Stateful):
    """The end of one account, as it is prepared: what it rests on is filled in until the Commander approves it."""

    class State(models.TextChoices):
        """Approved, the account has ended; withdrawn, it stays."""

        PREPARED = "prepared", "being prepared"
        APPROVED = "approved", "approved"
        WITHDRAWN = "withdrawn", "withdrawn"

    class Ground(models.TextChoices):
        """S.O.P. 1 knows two, read as alternatives."""

        INACTIVE = "inactive", "the platform is no longer active"
        GOALS = "goals", "the platform no longer meets the department's goals"

    MOVES = {State.PREPARED: {State.APPROVED, State.WITHDRAWN}}
    VERBS = {"approve": State.APPROVED, "withdraw": State.WITHDRAWN}

    account = models.ForeignKey(Account, models.PROTECT, related_name="terminations")
    ground = models.CharField(max_length=10, choices=Ground)
    ground_text = models.TextField("what it rests on")
    alternative = models.TextField("where the followers can go", blank=True)
    notice_days = models.PositiveSmallIntegerField("notice period in days", default=NOTICE_DAYS)
    archive_digest = models.CharField("SHA-256 of the archive file", max_length=64, blank=True)
    archive_gone = models.TextField("why there is no archive file", blank=True)
    state = models.CharField(max_length=30, choices=State, default=State.PREPARED, editable=False)
    prepared_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)

    objects = TerminationQuerySet.as_manager()
    notices: RelatedManager[FollowerNotice]
    approval: TerminationApproval

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(state="prepared"), name="one_termination_prepared_an_account"
            ),
            models.UniqueConstraint(fields=["account"], condition=Q(state="approved"), name="an_account_ends_once"),
            models.CheckConstraint(condition=~Q(ground_text=""), name="termination_has_its_ground"),
            models.CheckConstraint(
                condition=Q(notice_days__gte=LEAST_DAYS, notice_days__lte=MOST_DAYS), name="notice_period_is_a_period"
            ),
            models.CheckConstraint(
                condition=Q(archive_digest="") | Q(archive_digest__regex=r"^[0-9a-f]{64}$"), name="archive_has_a_digest"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="termination_is_over",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'prepared'"),
            ),
            pgtrigger.ReadOnly(name="termination_keeps_its_account", fields=["account", "prepared_by", "prepared_at"]),
            pgtrigger.Trigger(
                name="approved_with_its_conditions",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.state = 'approved'"),
                func="""
                    IF TG_OP = 'INSERT' OR NEW.alternative = '' OR NEW.archive_digest || NEW.archive_gone = ''
                       OR NOT EXISTS (SELECT FROM accounts_terminationapproval WHERE termination_id = NEW.id)
                       OR NOT EXISTS (SELECT FROM accounts_followernotice
                                      WHERE termination_id = NEW.id AND published_at <=
                                          statement_timestamp() - make_interval(days => NEW.notice_days)) THEN
                        RAISE EXCEPTION 'a condition of the termination is missing';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"termination of {self.account}"

    def may_prepare(self, member: Member) -> bool:
        """Who manages the accounts day to day, and the Commander or designee."""
        return may_prepare(member)

    may_withdraw = may_prepare

    def may_approve(self, member: Member) -> bool:
        """The Commander alone (1.4), or who acts as Commander; no designee."""
        return member.may(Power.TERMINATE_ACCOUNTS)

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("termination", args=[self.pk])

    def first_notice(self) -> datetime | None:
        """When the followers were first told."""
        first: datetime | None = self.notices.aggregate(first=models.Min("published_at"))["first"]
        return first

    def notice_ends(self) -> datetime | None:
        """When the notice period is over; None: nobody was told yet."""
        first = self.first_notice()
        return first + timedelta(days=self.notice_days) if first else None


class FollowerNotice(Fact):
    """A notice to the followers, as it was published: where, when, in which words."""

    termination = models.ForeignKey(Termination, models.PROTECT, related_name="notices")
    link = models.URLField(max_length=500)
    published_at = models.DateTimeField()
    wording = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["published_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(wording="") & ~Q(link=""), name="notice_says_something_somewhere"),
            models.CheckConstraint(condition=Q(published_at__lte=models.F("at")), name="notice_was_published"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk} of termination {self.termination_id}"


class TerminationApproval(Fact):
    """The Commander's prior approval, and why."""

    termination = models.OneToOneField(Termination, models.PROTECT, related_name="approval")
    reasons = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="termination_is_approved_with_reasons")]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="the_commander_ends_it",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"{decided_by_who_may(Power.TERMINATE_ACCOUNTS)} RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"approval of termination {self.termination_id}"


def may_prepare(member: Member) -> bool:
    """Who manages the accounts day to day, and the Commander or designee."""
    return member.may(Power.MANAGE_ACCOUNTS) or member.may(Power.ADMINISTER_ACCOUNTS)
