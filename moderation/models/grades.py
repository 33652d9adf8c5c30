"""The Comment Grading System of S.O.P. 4: its levels as versioned data, and the grades given under it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Clause
from members.facts import Fact
from members.models import Member
from moderation.models.comments import Comment

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


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
ANSWERED_FREELY = (Level.POSITIVE, Level.NEUTRAL, Level.QUESTION, Level.CONCERNED, Level.MISGUIDED)
ANSWERABLE = (*ANSWERED_FREELY, Level.OFFENSIVE)  # of a level 7 by the notices of the ladder, and nothing else (4.S)


@dataclass(frozen=True)
class Demand:
    """What a level demands of the unit under one version of the system.

    That 1 to 6 are never hidden, 6 knows no act and 8 waits for nobody stands in the code and in the database's walls,
    whatever a version says.
    """

    reply: str  # required, optional, forbidden
    hide: bool
    contact: bool  # the poster is contacted: a notice, or a private message
    source: bool  # an answer names what it rests on
    referral: bool  # a section that is responsible may be asked
    supervisor: bool
    second_look: bool  # a free text is looked at by another member before it is sent (ruling 1)
    says: str  # in a line, what the officer does


SOP_TABLE: list[dict[str, Any]] = json.loads((Path(__file__).parent.parent / "grading.json").read_text())["levels"]
# The S.O.P.'s own: what holds before a version is in force, and what the first version says.
DEMANDS: dict[int, Demand] = {
    row["level"]: Demand(**{field.name: row[field.name] for field in fields(Demand)}) for row in SOP_TABLE
}


def demand_of(level: int) -> Demand:
    """What `level` demands by the version in force; by the S.O.P.'s own table while none is. One query."""
    row = GradingLevel.objects.in_force(level)
    return row.demand if row is not None else DEMANDS[level]


class GradingSystemQuerySet(models.QuerySet["GradingSystem"]):
    """Questions to the versions of the grading system."""

    def in_force(self) -> GradingSystem | None:
        """The version in force now (4.0)."""
        return self.filter(effective_from__lte=timezone.now()).order_by("-version").first()


class GradingSystem(Fact):
    """One version of the Comment Grading System; every grade keeps the version it was given under (4.0).

    Versions follow each other in number and in time, and each has its eight levels from the beginning.
    """

    version = models.IntegerField(unique=True)
    effective_from = models.DateTimeField()
    written_at = models.DateTimeField(db_default=TransactionNow())  # the transaction that also wrote its levels

    objects = GradingSystemQuerySet.as_manager()
    levels: RelatedManager[GradingLevel]

    class Meta(Fact.Meta):
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="systems_follow_each_other",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM moderation_gradingsystem
                        WHERE version >= NEW.version OR effective_from > NEW.effective_from
                    ) THEN
                        RAISE EXCEPTION 'a version of the grading system is in force after the one before it'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="system_has_its_eight_levels",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT count(*) FROM moderation_gradinglevel WHERE system_id = NEW.id) <> 8 THEN
                        RAISE EXCEPTION 'a version of the grading system has eight levels'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Comment Grading System, version {self.version}"


# Which version is in force is asked each time; its rows are facts, and read once a process. Its number alone would not
# tell it from another database's.
_IN_FORCE = """
SELECT id, written_at FROM moderation_gradingsystem WHERE effective_from <= %s ORDER BY version DESC LIMIT 1
"""
_read: dict[tuple[int, datetime], dict[int, GradingLevel]] = {}


class GradingLevelQuerySet(models.QuerySet["GradingLevel"]):
    """Questions to the rows of the table."""

    def in_force(self, level: int) -> GradingLevel | None:
        """The row of `level` in the version in force, with its version; None while none is. One small query."""
        with connection.cursor() as cursor:
            cursor.execute(_IN_FORCE, [timezone.now()])
            system = cursor.fetchone()
        if system is None:
            return None
        rows = _read.get(system)
        if rows is None:
            rows = {row.level: row for row in self.filter(system=system[0]).select_related("system")}
            if len(rows) == len(Level):  # else it is being written at this moment
                _read[system] = rows
        return rows.get(level)


class GradingLevel(Fact):
    """One row of a version's table: the words that an officer grades by, and what is demanded."""

    class Reply(models.TextChoices):
        """Whether the level is answered."""

        REQUIRED = "required", "required"
        OPTIONAL = "optional", "optional"
        FORBIDDEN = "forbidden", "forbidden"

    system = models.ForeignKey(GradingSystem, models.PROTECT, related_name="levels")
    level = models.SmallIntegerField(choices=Level)
    name = models.TextField()
    description = models.TextField()
    example = models.TextField()
    response = models.TextField()
    says = models.TextField()
    reply = models.CharField(max_length=10, choices=Reply)
    hide = models.BooleanField()
    contact = models.BooleanField()
    source = models.BooleanField()
    referral = models.BooleanField()
    supervisor = models.BooleanField()
    second_look = models.BooleanField()

    objects = GradingLevelQuerySet.as_manager()

    class Meta(Fact.Meta):
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["system", "level"], name="one_row_a_level"),
            models.CheckConstraint(
                condition=Q(level__in=Level.values, reply__in=["required", "optional", "forbidden"])
                & ~Q(name="")
                & ~Q(says=""),
                name="level_is_one_of_the_eight",
            ),
            models.CheckConstraint(
                condition=Q(level__in=HIDEABLE, hide=True) | (~Q(level__in=HIDEABLE) & Q(hide=False)),
                name="7_and_8_hide_and_no_other_does",
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.NEGATIVE)
                | Q(
                    reply="forbidden", contact=False, source=False, referral=False, supervisor=False, second_look=False
                ),
                name="6_demands_no_act",
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.THREATENING)
                | Q(reply="forbidden", contact=False, supervisor=True, second_look=False),
                name="8_waits_for_nobody_and_a_supervisor_decides",
            ),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="level_comes_with_its_system",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM moderation_gradingsystem
                        WHERE id = NEW.system_id AND written_at = transaction_timestamp()
                    ) THEN
                        RAISE EXCEPTION 'a version of the grading system is never altered: no level is added to it'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"

    @property
    def demand(self) -> Demand:
        """What this row demands."""
        return Demand(**{field.name: getattr(self, field.name) for field in fields(Demand)})


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

    @cached_property
    def demand(self) -> Demand:
        """What its level demands by the version that it was given under. An undo's row has no level and no demand."""
        assert self.level is not None  # noqa: S101  (for the type checker)
        return GradingLevel.objects.get(system=self.system_id, level=self.level).demand

    @property
    def hides_on(self) -> bool:
        """Whether a colleague's grade, or a level 7, hid what this one hides too: an undo would lose that hide."""
        grade = self
        while grade.supersedes is not None and grade.supersedes.level in HIDEABLE:
            grade, by = grade.supersedes, grade.by_id
            if grade.by_id != by or grade.level == Level.OFFENSIVE:
                return True
        return False
