"""The Comment Grading System of S.O.P. 4: its levels as versioned data, and the grades given under it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Clause
from members.facts import Fact
from members.models import Member
from moderation.models.comments import Comment


class Level(models.IntegerChoices):
    """The eight levels (4.L1–4.L8)."""

    POSITIVE = 1, "Positive"
    NEUTRAL = 2, "Neutral"
    QUESTION = 3, "Question"
    CONCERNED = 4, "Concerned"
    MISGUIDED = 5, "Misguided"
    NEGATIVE = 6, "Negative"
    OFFENSIVE = 7, "Offensive"
    THREATENING = 8, "Threatening"


HIDEABLE = (Level.OFFENSIVE, Level.THREATENING)
ANSWERABLE = (Level.POSITIVE, Level.NEUTRAL, Level.QUESTION, Level.CONCERNED, Level.MISGUIDED, Level.OFFENSIVE)


@dataclass(frozen=True)
class Demand:
    """What a level demands of the unit. What must never change is code, not data."""

    reply: str  # required, optional, forbidden
    hide: bool
    says: str


DEMANDS: dict[int, Demand] = {
    Level.POSITIVE: Demand("required", hide=False, says="Thank them, with their first name."),
    Level.NEUTRAL: Demand("optional", hide=False, says="Addressed when graded; a reply is optional."),
    Level.QUESTION: Demand("required", hide=False, says="Get the facts, then reply to the question."),
    Level.CONCERNED: Demand("required", hide=False, says="Acknowledge publicly and say that we will message them."),
    Level.MISGUIDED: Demand("required", hide=False, says="Get the facts and post them on the comment board."),
    Level.NEGATIVE: Demand("forbidden", hide=False, says="Recorded as heard and left standing; no reply, no hiding."),
    Level.OFFENSIVE: Demand("optional", hide=True, says="Hide, naming the clause, and contact the poster."),
    Level.THREATENING: Demand(
        "forbidden", hide=True, says="Hidden at once and retained; a supervisor decides what follows."
    ),
}


class GradingSystemQuerySet(models.QuerySet["GradingSystem"]):
    """Questions to the versions of the grading system."""

    def in_force(self) -> GradingSystem | None:
        """The version in force now (4.0)."""
        return self.filter(effective_from__lte=timezone.now()).order_by("-version").first()


class GradingSystem(Fact):
    """One version of the Comment Grading System; every grade keeps the version it was given under (4.0)."""

    version = models.IntegerField(unique=True)
    effective_from = models.DateTimeField()

    objects = GradingSystemQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Comment Grading System, version {self.version}"


class GradingLevel(Fact):
    """One row of a version's table: the words an officer grades by."""

    system = models.ForeignKey(GradingSystem, models.PROTECT, related_name="levels")
    level = models.SmallIntegerField(choices=Level)
    name = models.TextField()
    description = models.TextField()
    example = models.TextField()
    response = models.TextField()

    class Meta(Fact.Meta):
        ordering = ["level"]
        constraints = [models.UniqueConstraint(fields=["system", "level"], name="one_row_a_level")]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


class Grade(Fact):
    """A member's judgement of one version of a comment. Never edited: a later grade supersedes it, with its reason.

    `level` null takes the grade before it back (undo): the comment waits again.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField("idempotency key", max_length=80, unique=True)  # the form's: a double click is one grade
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="grades")
    version = models.IntegerField(default=1)  # of the comment, as the member saw it
    level = models.SmallIntegerField(choices=Level, null=True)
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)  # the words relied on, as they stand in the text
    reason = models.TextField(blank=True)
    system = models.ForeignKey(GradingSystem, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="grades")
    at = models.DateTimeField(default=timezone.now)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                # A null compared is null, and a check lets null pass: each side says first whether the level is there.
                condition=Q(level__isnull=True, supersedes__isnull=False)
                | Q(level__isnull=False, level__in=Level.values),
                name="grade_is_one_of_the_eight_levels",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=False, level__in=HIDEABLE, clause__isnull=False)
                | Q(level__isnull=True, clause__isnull=True)
                | (Q(level__isnull=False) & ~Q(level__in=HIDEABLE) & Q(clause__isnull=True)),
                name="only_and_always_7_and_8_name_a_clause",
            ),
            # One first grade a comment, each superseded once: so there is one current grade.
            models.UniqueConstraint(
                fields=["comment"], condition=Q(supersedes__isnull=True), name="one_first_grade_a_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"grade {self.level} of comment {self.comment_id}"
