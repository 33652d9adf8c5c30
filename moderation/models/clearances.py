"""A second person before a level 7 is hidden: under clause (d), and under a clause that the legal adviser has flagged.

Clause (d) asks what the post was about, others may be vague or take sides (LR-2, LR-8): so a Supervisor or above other
than the grader looks first (clauses.md, second table). Flags bind level 7 only; level 8 waits for nobody (ruling 2).
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from members.authority import refused
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, Stateful
from moderation.models.comments import Comment
from moderation.models.grades import Grade

OFF_TOPIC = "d"  # the clause on the post's topic: always cleared first (LR-2), flagged or not

_CLEARED = """
IF NEW.verb = 'hide' AND NEW.level = 7 AND EXISTS (
    SELECT FROM accounts_clause clause WHERE clause.id = NEW.clause_id AND (
        clause.letter = 'd' OR EXISTS (
            SELECT FROM moderation_clauseflag flag WHERE flag.letter = clause.letter AND flag.lifted_at IS NULL
        )
    )
) AND NOT EXISTS (
    SELECT FROM moderation_clearance asked
    WHERE asked.grade_id = NEW.grade_id AND asked.comment_id = NEW.comment_id AND asked.state = 'cleared'
) THEN
    RISE_ 'pgtrigger: under this clause a Supervisor or above clears the hide first';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")


def cleared_first() -> pgtrigger.Trigger:
    """The wall on the orders to hide: none of level 7 under such a clause before it is cleared."""
    return pgtrigger.Trigger(
        name="flagged_clause_is_cleared_first",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__verb="hide", new__level=7),
        func=_CLEARED,
    )


class ClauseFlag(Narrow):
    """That no comment of level 7 is hidden under a lettered clause before a Supervisor has cleared it (LR-8).

    By the letter, so that it also binds the next version of the terms until the legal adviser lifts it.
    """

    letter = models.CharField(max_length=1)
    reason = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="flag_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="flag_is_lifted_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(lifted_at__isnull=True), name="one_standing_flag_a_letter"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="flag_stands_as_raised", fields=["letter", "reason", "by", "at"]),
            pgtrigger.Protect(
                name="flag_is_lifted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.lifted_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"flag on clause ({self.letter})"


def is_being_asked(grade_id: int | None) -> bool:
    """Whether this grade waits to be cleared: until then it hides nothing, and nobody is told of it."""
    return Clearance.objects.filter(grade=grade_id, state=Clearance.State.ASKED).exists()


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    """Questions about clearances."""

    def visible_to(self, member: Member) -> ClearanceQuerySet:
        """Every member of the unit sees what was asked and decided."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def open(self) -> ClearanceQuerySet:
        """Those that wait for a Supervisor."""
        return self.filter(state=Clearance.State.ASKED)


class Clearance(Narrow, Stateful):
    """The second person's yes or no to one level 7, before anything is hidden. The record is made when it is asked."""

    class State(models.TextChoices):
        """Decided once; void when the grade was superseded before."""

        ASKED = "asked", "waits for a Supervisor"
        CLEARED = "cleared", "cleared"
        REFUSED = "refused", "refused"
        VOID = "void", "not needed any more"

    MOVES = {State.ASKED: {State.CLEARED, State.REFUSED, State.VOID}}
    VERBS = {"clear": State.CLEARED, "refuse": State.REFUSED}

    grade = models.OneToOneField(Grade, models.PROTECT, related_name="clearance")
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="clearances")
    flag = models.ForeignKey(ClauseFlag, models.PROTECT, null=True, related_name="+")  # null: clause (d) itself
    subject = models.TextField(blank=True)  # what our post is about, for clause (d)
    notice = models.TextField(blank=True)  # the notice that the grader wants sent with the hide
    state = models.CharField(max_length=20, choices=State, default=State.ASKED, editable=False)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = "clearance"
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(state="asked"), name="clearance_asked")]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="nobody_clears_his_own_grade"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "void"], decided_by__isnull=True)
                | (
                    Q(state__in=["cleared", "refused"], decided_by__isnull=False, decided_at__isnull=False) & ~Q(why="")
                ),
                name="clearance_is_decided_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="clearance_stands_as_asked",
                fields=["grade", "comment", "flag", "subject", "notice", "asked_by", "asked_at"],
            ),
            pgtrigger.Protect(
                name="clearance_is_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'asked'"),
            ),
        ]

    def __str__(self) -> str:
        return f"clearance {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("clearance", args=[self.pk])

    def may_clear(self, member: Member) -> bool:
        """A Supervisor or above other than the grader."""
        return member.pk != self.asked_by_id and member.may(Power.CLEAR_FLAGGED_CLAUSES)

    may_refuse = may_clear

    def require(self, by: Member) -> None:
        """Raises Refused to whoever does not decide this."""
        if by.pk == self.asked_by_id:
            raise Refused("You graded this comment: another Supervisor or above clears it.")
        if not self.may_clear(by):
            raise refused(Power.CLEAR_FLAGGED_CLAUSES)

    def decide(self, state: str, *, verb: str, by: Member, why: str) -> None:
        """Cleared or refused; what follows is done by `clearing`, in its transaction.

        Raises Refused, Invalid (no reason), WrongState.
        """
        self.require(by)
        if not why.strip():
            raise Invalid("Write down why: it is kept with the decision.", "reason")
        self.become(state, verb=verb, by=by, decided_by=by, decided_at=timezone.now(), why=why.strip())
