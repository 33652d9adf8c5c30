"""Referrals: a comment handed to somebody who can act on it or knows, until what came of it is known (4.L3, 4.L4,
4.N, 2.E, E.3). The verbs that open and move them stand in `moderation.referrals`.
"""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful
from moderation.models.comments import Comment
from moderation.models.sections import Section


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Questions about referrals."""

    def visible_to(self, member: Member) -> ReferralQuerySet:
        """Whoever reads comments. That somebody opened a lead is logged (F.I)."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def unfinished(self) -> ReferralQuerySet:
        """Those of which nobody has said yet what came of them."""
        return self.filter(state__in=Referral.UNFINISHED)

    def overdue(self) -> ReferralQuerySet:
        """Unfinished, and past the time by which an answer was due."""
        return self.unfinished().filter(due_at__lt=timezone.now())

    def with_all(self) -> ReferralQuerySet:
        """With what a list and a page show of them."""
        return self.select_related("comment__account", "comment__case", "section", "member", "owner", "opened_by")


class Referral(Narrow, Stateful):
    """One comment handed to a section or a member, followed by its owner, a member of the unit."""

    class Kind(models.TextChoices):
        """What it is for; each has its own due time and its own ends."""

        CONCERN = "concern", "concern"
        QUESTION = "question", "question"
        MEDIA = "media", "media request"
        LEAD = "lead", "lead"
        EMERGENCY = "emergency", "emergency"

    class State(models.TextChoices):
        """Open until answered; over when somebody has said what came of it, and then perhaps open again."""

        OPEN = "open", "open"
        ANSWERED = "answered", "answered"
        RESOLVED = "resolved", "resolved"
        DECLINED = "declined", "declined"

    class Outcome(models.TextChoices):
        """What came of it."""

        HELPED = "helped", "acted on"
        INFORMED = "informed", "the poster was told"
        PASSED_ON = "passed_on", "passed on for good"
        NOTHING_FOUND = "nothing_found", "looked into, nothing to act on"
        NO_ANSWER = "no_answer", "no answer could be had"
        FALSE_ALARM = "false_alarm", "false alarm"
        NOT_OURS = "not_ours", "not for this department"
        WITHDRAWN = "withdrawn", "opened by mistake"

    MOVES = {
        State.OPEN: {State.OPEN, State.ANSWERED, State.RESOLVED, State.DECLINED},
        State.ANSWERED: {State.OPEN, State.ANSWERED, State.RESOLVED, State.DECLINED},
        State.RESOLVED: {State.OPEN},
        State.DECLINED: {State.OPEN},
    }
    VERBS = {
        "answer": State.ANSWERED,
        "resolve": State.RESOLVED,
        "hand_on": State.OPEN,
        "move_due": State.OPEN,
        "log": State.OPEN,
        "reopen": State.OPEN,
    }
    UNFINISHED = (State.OPEN, State.ANSWERED)
    OVER = (State.RESOLVED, State.DECLINED)
    DECLINING = (Outcome.FALSE_ALARM, Outcome.NOT_OURS, Outcome.WITHDRAWN)  # nothing of it was followed
    KEEPS_OPEN = (Kind.CONCERN, Kind.QUESTION, Kind.EMERGENCY)  # the comment's case stays outstanding meanwhile
    LONGEST: ClassVar[int] = 5000  # characters of any text written about it

    key = models.CharField("idempotency key", max_length=100, unique=True)
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN, editable=False)
    asks = models.TextField(blank=True)  # what is asked, in our words
    case_number = models.CharField(max_length=40, blank=True)  # the number alone: nothing of the case itself (LR-21)
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="referrals")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="asked_of")
    owner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="follows")
    due_at = models.DateTimeField()
    opened_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # null: raised by triage
    opened_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(null=True)  # of the last thing that somebody did about it
    came_back_at = models.DateTimeField(null=True)  # a question: back in the queue, answered or overdue
    outcome_kind = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome = models.TextField(blank=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)  # when the section is to be written to; null: nothing to write
    mail_attempts = models.IntegerField(default=0)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__isnull=True) | Q(member__isnull=True), name="referral_goes_to_one"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["lead", "emergency"]) | Q(section__isnull=False) | Q(member__isnull=False),
                name="referral_goes_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind="emergency") | Q(owner__isnull=False, opened_by__isnull=False),
                name="referral_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["open", "answered"], ended_at__isnull=True, ended_by__isnull=True, outcome_kind=""
                )
                | (
                    Q(state__in=["resolved", "declined"], ended_at__isnull=False) & ~Q(outcome_kind="") & ~Q(outcome="")
                ),
                name="referral_ends_with_an_outcome",
            ),
            models.UniqueConstraint(
                fields=["comment", "kind"],
                condition=Q(state__in=["open", "answered"]),
                name="one_open_referral_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="referral_of_owner"),
            models.Index(fields=["due_at"], condition=Q(state__in=["open", "answered"]), name="referral_due"),
            models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="referral_to_write"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="referral_stands_as_opened",
                fields=["key", "comment", "kind", "asks", "opened_by", "opened_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("referral", args=[self.pk])

    @property
    def reference(self) -> str:
        """What we write to a section, so that its answer finds back."""
        return f"R-{self.pk}"

    @property
    def is_unfinished(self) -> bool:
        """Whether nobody has said yet what came of it."""
        return self.state in self.UNFINISHED

    @property
    def is_overdue(self) -> bool:
        """Whether it is unfinished past its time."""
        return self.is_unfinished and self.due_at < timezone.now()

    @property
    def goes_to(self) -> str:
        """Who is asked."""
        asked = self.section or self.member
        return asked.name if asked is not None else "nobody beside its owner"

    # --- who may ---

    def may_log(self, member: Member) -> bool:
        """Every member of the unit: whoever picks up the telephone writes down what was said."""
        return member.may(Power.GRADE_COMMENTS)

    def may_answer(self, member: Member) -> bool:
        """Who is asked; who follows it, for a section; a Supervisor or above."""
        return member.may(Power.GRADE_COMMENTS) and (
            member.pk in {self.member_id, self.owner_id} or member.may(Power.ASSIGN_TASKS)
        )

    def may_resolve(self, member: Member) -> bool:
        """Who follows it, who opened it, a Supervisor or above; of an emergency every member, who is on the spot."""
        if not member.may(Power.GRADE_COMMENTS):
            return False
        mine = member.pk in {self.owner_id, self.opened_by_id}
        return mine or self.kind == self.Kind.EMERGENCY or member.may(Power.ASSIGN_TASKS)

    may_reopen = may_resolve

    def may_hand_on(self, member: Member) -> bool:
        """Who follows it, who opened it, who is asked, a Supervisor or above."""
        return self.may_resolve(member) or (member.pk == self.member_id and member.may(Power.GRADE_COMMENTS))

    may_move_due = may_hand_on

    def verbs_for(self, member: Member) -> list[str]:
        """As Stateful says; but opened again is only what is over, and what is over is not otherwise moved."""
        verbs = super().verbs_for(member)
        return [verb for verb in verbs if (verb == "reopen") == (self.state in self.OVER)]


class ReferralEntry(Fact):
    """One line of a referral's log: what was done about it, by whom, when."""

    class Kind(models.TextChoices):
        """What was done."""

        OPENED = "opened", "opened"
        NOTE = "note", "noted"
        SENT = "sent", "written to the section"
        NOT_SENT = "not_sent", "could not be written to the section"
        DISPATCH = "dispatch", "called dispatch"
        ANSWER = "answer", "answer received"
        HANDED_ON = "handed_on", "handed on"
        DUE_MOVED = "due_moved", "due time moved"
        WROTE_BACK = "wrote_back", "the poster wrote back"
        CAME_BACK = "came_back", "back in the queue"
        RESOLVED = "resolved", "resolved"
        DECLINED = "declined", "closed without following it"
        REOPENED = "reopened", "opened again"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField(blank=True)
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="+")  # handed on to
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # handed on to
    owner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # who follows it from then on
    due_at = models.DateTimeField(null=True)
    happened_at = models.DateTimeField(null=True)  # of a call: when it was made
    number = models.CharField(max_length=40, blank=True)  # of an incident, as dispatch gave it
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="+")  # what the poster wrote back
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "comment"],
                condition=Q(comment__isnull=False),
                name="poster_wrote_back_once_a_comment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of referral {self.referral_id}"
