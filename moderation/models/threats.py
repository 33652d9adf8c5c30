"""Threats (S.O.P. 4, level 8): raised by one key, told until acknowledged, decided by a Supervisor or above."""

from __future__ import annotations

import hashlib
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from members.authority import refused
from members.canonical import canonical
from members.facts import Fact, Narrow
from members.models import Member, Notification
from members.powers import Power
from members.states import Refused, Stateful
from moderation.models.comments import Comment
from moderation.models.grades import Grade, Level

# A clause changed afterwards is a new grade of the same threat (ruling 2): only so does a threat get another grade.
_OF_LEVEL_8 = """
IF NOT EXISTS (
    SELECT FROM moderation_grade
    WHERE id = NEW.grade_id AND comment_id = NEW.comment_id AND level = 8
    AND (TG_OP = 'INSERT' OR id = OLD.grade_id OR supersedes_id = OLD.grade_id)
) THEN
    RISE_ 'pgtrigger: a threat is of one grade of level 8 of its comment';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")

_CLOSED_BY_DECISION = """
IF NOT EXISTS (SELECT FROM moderation_threatdecision WHERE threat_id = NEW.id) THEN
    RAISE EXCEPTION 'pgtrigger: a threat is closed by a decision';
END IF;
RETURN NEW;
"""

_WARNED_WHILE_IT_STANDS = """
IF NOT EXISTS (
    SELECT FROM moderation_case AS stands JOIN moderation_threat AS threat ON threat.grade_id = stands.grade_id
    WHERE threat.id = NEW.threat_id AND stands.level = 8
) THEN
    RAISE EXCEPTION 'pgtrigger: the poster is warned of a level 8 that stands';
END IF;
RETURN NEW;
"""

_RAISED = """
IF NOT EXISTS (SELECT FROM moderation_threat WHERE grade_id = NEW.grade_id) THEN
    RAISE EXCEPTION 'pgtrigger: a level 8 that stands is a threat, told to a supervisor';
END IF;
RETURN NEW;
"""


def raised_with_its_grade() -> pgtrigger.Trigger:
    """The wall on cases: no level 8 stands of which there is no threat."""
    return pgtrigger.Trigger(
        name="level_8_is_a_threat",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("grade_id", "level"),
        condition=pgtrigger.Q(new__level=8),
        func=_RAISED,
    )


class ThreatQuerySet(models.QuerySet["Threat"]):
    """Questions about threats."""

    def visible_to(self, member: Member) -> ThreatQuerySet:
        """Every member of the unit, and those who read what it does, see what was raised and decided."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def raised(self) -> ThreatQuerySet:
        """Those that nobody has acknowledged yet."""
        return self.filter(state=Threat.State.RAISED)

    def undecided(self) -> ThreatQuerySet:
        """Those of which nobody has decided what follows."""
        return self.exclude(state=Threat.State.DECIDED)


class Threat(Narrow, Stateful):
    """Where the unit stands with one level 8. It stays open until a Supervisor or above closes it, also when its grade
    was taken back meanwhile (ruling 2).
    """

    class State(models.TextChoices):
        """Alerts end with the acknowledgement; the threat with the decision."""

        RAISED = "raised", "not acknowledged"
        ACKNOWLEDGED = "acknowledged", "acknowledged, not decided"
        DECIDED = "decided", "decided"

    MOVES = {
        State.RAISED: {State.ACKNOWLEDGED, State.DECIDED},
        State.ACKNOWLEDGED: {State.DECIDED},
    }
    VERBS = {"acknowledge": State.ACKNOWLEDGED}

    grade = models.OneToOneField(Grade, models.PROTECT, related_name="threat")
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="threats")
    state = models.CharField(max_length=20, choices=State, default=State.RAISED, editable=False)
    raised_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    acknowledged_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    by_link = models.BooleanField(default=False)  # acknowledged through an alert's link, without signing in
    decided_at = models.DateTimeField(null=True)
    next_alert_at = models.DateTimeField(null=True, default=timezone.now)
    round = models.IntegerField(default=0)  # of alerts, told so far

    objects = ThreatQuerySet.as_manager()

    class Meta:
        verbose_name = "threat"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_alert_at"], condition=Q(state="raised"), name="threat_raised"),
            models.Index(fields=["id"], condition=~Q(state="decided"), name="threat_undecided"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="raised", acknowledged_by__isnull=True, next_alert_at__isnull=False)
                | Q(
                    state__in=["acknowledged", "decided"],
                    acknowledged_by__isnull=False,
                    acknowledged_at__isnull=False,
                    next_alert_at__isnull=True,
                ),
                name="threat_is_told_until_acknowledged",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", decided_at__isnull=False)
                | (Q(decided_at__isnull=True) & ~Q(state="decided")),
                name="threat_says_when_it_was_decided",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_of_a_level_8",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("grade_id"),
                func=_OF_LEVEL_8,
            ),
            pgtrigger.Trigger(
                name="is_closed_by_a_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="decided"),
                func=_CLOSED_BY_DECISION,
            ),
            pgtrigger.Protect(
                name="does_not_open_again",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.state = 'decided' AND NEW.state <> 'decided')"
                    " OR (OLD.state = 'acknowledged' AND NEW.state = 'raised'))"
                ),
            ),
            pgtrigger.ReadOnly(name="was_raised_as_it_was", fields=["comment", "raised_by", "raised_at"]),
        ]

    def __str__(self) -> str:
        return f"threat {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("threat", args=[self.pk])

    # --- who may ---

    def may_acknowledge(self, member: Member) -> bool:
        """A Supervisor or above."""
        return member.may(Power.DECIDE_THREATS)

    may_decide = may_acknowledge

    def refusal(self) -> Refused:
        """Who decides about threats."""
        return refused(Power.DECIDE_THREATS)

    # --- what stands ---

    @property
    def stands(self) -> bool:
        """Whether its grade is still the comment's current one; else it was taken back, or graded otherwise."""
        case = self.comment.case
        return case.level == Level.THREATENING and case.grade_id == self.grade_id

    @property
    def taken_back(self) -> Grade | None:
        """The grade that superseded it, with who gave it; None while it stands."""
        return Grade.objects.select_related("by").filter(supersedes=self.grade_id).first()


class ThreatAlert(Fact):
    """That one member was told of a threat: why he, in which round, and by which notification."""

    threat = models.ForeignKey(Threat, models.PROTECT, related_name="alerts")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    why = models.TextField()  # "on watch until 7:00", "superior of …"
    round = models.IntegerField()
    notification = models.OneToOneField(Notification, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["threat", "member", "round"], name="one_alert_a_member_and_round")
        ]

    def __str__(self) -> str:
        return f"alert {self.round} of threat {self.threat_id}"


class ThreatDecision(Fact):
    """What a Supervisor or above decided to follow a threat. One act may decide several; more may follow later."""

    class Kind(models.TextChoices):
        """The four of S.O.P. 4, level 8, as screens.md names them."""

        REFER = "refer", "referred to investigators"
        PRESERVE = "preserve", "preservation requested from the platform"
        WARN = "warn", "poster warned"
        NO_FURTHER_ACTION = "no_further_action", "no further action"

    threat = models.ForeignKey(Threat, models.PROTECT, related_name="decisions")
    key = models.CharField("idempotency key", max_length=100, unique=True)  # the form's, with the kind
    kind = models.CharField(max_length=20, choices=Kind)
    case_number = models.CharField(max_length=60, blank=True)  # of the department, of a referral
    referred_to = models.CharField(max_length=200, blank=True)  # the section or the investigator
    address = models.TextField(blank=True)  # the platform's, for law enforcement
    reference = models.CharField(max_length=100, blank=True)  # ours, of the preservation request
    requested_on = models.DateField(null=True)  # when preservation was requested
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="refer") | (~Q(case_number="") & ~Q(referred_to="")),
                name="referral_of_a_threat_has_a_case_number",
            ),
            models.CheckConstraint(
                condition=~Q(kind="preserve") | (~Q(address="") & Q(requested_on__isnull=False)),
                name="preservation_says_of_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["warn", "no_further_action"]) | ~Q(reason=""),
                name="what_is_not_pursued_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["refer", "preserve", "warn", "no_further_action"]),
                name="threat_is_decided_in_a_known_way",
            ),
            models.UniqueConstraint(
                fields=["threat"], condition=Q(kind="warn"), name="poster_is_warned_once_of_a_threat"
            ),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="warned_while_it_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__kind="warn"),
                func=_WARNED_WHILE_IT_STANDS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of threat {self.threat_id}"

    def content(self) -> dict[str, Any]:
        """What was decided, as plain JSON."""
        return {
            "threat": self.threat_id,
            "kind": str(self.kind),
            "case_number": self.case_number,
            "referred_to": self.referred_to,
            "address": self.address,
            "reference": self.reference,
            "requested_on": self.requested_on.isoformat() if self.requested_on else "",
            "reason": self.reason,
            "by": self.by_id,
            "at": self.at.isoformat(),
        }

    @property
    def digest(self) -> bytes:
        """What the sealed trail keeps of it: its words stand only here (ruling 14)."""
        return hashlib.sha256(canonical(self.content())).digest()
