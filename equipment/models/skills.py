"""Skills (3.1): what members can do, who assessed it and until when it holds, and which kinds of things need which."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, NullIf
from django.utils import timezone

from equipment.models.kits import Kind
from members.deciding import decided_by_who_may
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power


def _recorded_by_who_may(what: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{what}_is_recorded_by_who_may",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"{decided_by_who_may(Power.KEEP_EQUIPMENT)} RETURN NEW;",
    )


class SkillQuerySet(models.QuerySet["Skill"]):
    """Questions about skills."""

    def kept(self) -> SkillQuerySet:
        """Those that are assessed: the S.O.P.'s first."""
        by_letter = NullIf(F("letter"), Value("")).asc(nulls_last=True)
        return self.filter(ended_at__isnull=True).order_by(by_letter, "name")


class Skill(Narrow):
    """One thing that a member can or cannot: A to D of the S.O.P., which stay as they are, and the unit's own."""

    letter = models.CharField(max_length=1, blank=True)  # A to D; the unit's own have none
    name = models.CharField(max_length=80)
    says = models.CharField("what it comprises", max_length=300, blank=True)
    made_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # none: the S.O.P.
    made_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # since when it is assessed no more

    objects = SkillQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter"], condition=~Q(letter=""), name="one_skill_a_letter"),
            models.UniqueConstraint(Lower("name"), condition=Q(ended_at__isnull=True), name="one_skill_a_name"),
            models.CheckConstraint(
                condition=Q(letter="", made_by__isnull=False)
                | Q(letter__in=["A", "B", "C", "D"], ended_at__isnull=True),
                name="skills_of_the_sop_stay",
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="skill_stays_what_was_assessed", exclude=["ended_by", "ended_at"])]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}" if self.letter else self.name


class SkillProofQuerySet(models.QuerySet["SkillProof"]):
    """Questions about assessments."""

    def standing(self) -> SkillProofQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawal__isnull=True)

    def last(self) -> SkillProofQuerySet:  # type: ignore[override]
        """Of each member and skill the one that counts: the newest that stands, run out or not."""
        return self.standing().order_by("member_id", "skill_id", "-on", "-pk").distinct("member_id", "skill_id")


class SkillProof(Fact):
    """That somebody found a member able on a day, after which training, and until when that holds."""

    SOON = 60  # days before it runs out that it is told of

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="proofs")
    member = models.ForeignKey(Member, models.PROTECT, related_name="skill_proofs")
    on = models.DateField("assessed on")
    assessor = models.ForeignKey(Member, models.PROTECT, related_name="+")
    training = models.CharField(max_length=200, blank=True)
    expires_on = models.DateField("holds until", null=True)  # the last day; none: it does not run out
    remark = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = SkillProofQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(member=F("assessor")) & ~Q(member=F("by")), name="nobody_assesses_himself"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("on")), name="proof_runs_out_after_its_day"
            ),
        ]
        indexes = [models.Index(fields=["member", "skill", "-on", "-id"], name="proof_by_member_and_skill")]
        triggers = [*Fact.Meta.triggers, _recorded_by_who_may("proof")]

    def __str__(self) -> str:
        return f"{self.skill} of {self.member}"

    @property
    def withdrawn(self) -> SkillWithdrawal | None:
        """What took it back, if anything did."""
        return getattr(self, "withdrawal", None)

    def holds(self, on: date | None = None) -> bool:
        """Whether it has not run out on that day (today, if not said)."""
        return self.expires_on is None or self.expires_on >= (on or timezone.localdate())

    @property
    def tone(self) -> str:
        """How it is coloured: good, soon to run out, run out."""
        if not self.holds():
            return "bad"
        if self.expires_on is not None and (self.expires_on - timezone.localdate()).days <= self.SOON:
            return "warn"
        return "good"


class SkillWithdrawal(Fact):
    """That an assessment counts no more, and why."""

    proof = models.OneToOneField(SkillProof, models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_of_a_skill_says_why")]
        triggers = [*Fact.Meta.triggers, _recorded_by_who_may("withdrawal")]

    def __str__(self) -> str:
        return self.reason


class SkillDemand(Narrow):
    """That things of a kind go only to who can use them."""

    kind = models.ForeignKey(Kind, models.PROTECT, related_name="demands")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="demands")
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "skill"], condition=Q(ended_at__isnull=True), name="one_demand_a_kind_and_skill"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} needs {self.skill}"
