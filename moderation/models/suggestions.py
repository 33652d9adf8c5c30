"""What triage suggested and what members chose first; the learned models; when a suggestion is shown (ruling 19)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from members.authority import require
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, record
from moderation.bands import URGENT, Band
from moderation.models.grades import Grade, Level

if TYPE_CHECKING:
    from moderation.models.queue import QueueEntry, QueueQuerySet

ON_A_CARD = (*URGENT, Band.MEDIA)  # bands that stand on the desk before anybody has graded


class Showing(Fact):
    """Whether members see what triage suspects before their own first choice or after it. The newest row is in force.

    Bands of danger (`URGENT`) and the order of the queue are the same either way.
    """

    class When(models.TextChoices):
        """The two ways to work."""

        BEFORE = "before", "before their own choice"
        AFTER = "after", "after their own choice"

    when = models.CharField(max_length=10, choices=When)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(when__in=["before", "after"]), name="shown_before_or_after"),
        ]

    def __str__(self) -> str:
        return f"suggestions are shown {self.get_when_display()}"

    @classmethod
    def in_force(cls) -> str:
        """When a suggestion is shown; before, until somebody says otherwise."""
        newest = cls.objects.order_by("-pk").values_list("when", flat=True).first()
        return newest or cls.When.BEFORE

    @classmethod
    def choose(cls, when: str, *, by: Member) -> None:
        """Show suggestions before or after, for the whole unit. Raises Refused, Invalid. The same again is no act."""
        require(by, Power.UPDATE_GRADING)
        if when not in cls.When.values:
            raise Invalid("Suggestions are shown before a member's own choice or after it.", "when")
        with transaction.atomic():
            before = cls.in_force()
            if before == when:
                return
            chosen = cls.objects.create(when=when, by=by)
            record("set", chosen, by=by, before=before, after=when)


class LearnedModel(Fact):
    """A linear model learned from this unit's own grades, kept whole whether it serves or not. Nothing of it acts.

    `weights` is JSON: the levels, and for each of the hashed features that matter one weight a level. No word of a
    comment stands in it. `held_out` says how it did on grades that it had not seen, beside the rules alone.
    """

    version = models.IntegerField(unique=True)
    trained_at = models.DateTimeField(default=timezone.now)
    rows = models.IntegerField()
    counts = models.JSONField()  # grades learned from, by level
    held_out = models.JSONField()
    weights = models.JSONField()
    digest = models.BinaryField()  # SHA-256 of the weights as canonical JSON
    serves = models.BooleanField()  # whether it may suggest
    why = models.TextField()  # why it serves, or why not

    class Meta(Fact.Meta):
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"learned model {self.version}"


class Reading(Narrow):
    """How far the model in force has read what waits: one row, moved on by the task that reads."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    model = models.ForeignKey(LearnedModel, models.PROTECT, related_name="+")
    upto = models.BigIntegerField()  # the newest comment that need not be read again

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_reading")]

    def __str__(self) -> str:
        return f"read up to comment {self.upto}"


class Suggested(Fact):
    """What triage suspected of a comment when a member graded it; agreement is measured from this.

    `shown`: the member saw it before he chose, and may have followed it.
    """

    class Source(models.TextChoices):
        """Who suspected it."""

        RULES = "rules", "the rules"
        MODEL = "model", "the learned model"

    grade = models.OneToOneField(Grade, models.PROTECT, primary_key=True, related_name="suggested")
    suspected = models.SmallIntegerField(choices=Level, null=True)
    band = models.TextField(blank=True, choices=Band)
    source = models.CharField(max_length=10, choices=Source)
    shown = models.BooleanField()

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(source__in=["rules", "model"]), name="suggested_by_rules_or_model"),
        ]

    def __str__(self) -> str:
        return f"suggested {self.suspected} before grade {self.grade_id}"


def shows(band: str, when: str) -> bool:
    """Whether a member sees what is suspected before he has graded, of `band`, `when` being the setting in force."""
    return when == Showing.When.BEFORE or band in URGENT


# One statement, since each grade pays for it: what stood in the queue, and whether it was seen there.
_KEEP = """
WITH gone AS (
    DELETE FROM moderation_queueentry WHERE comment_id = %s RETURNING suspected, band, by_model
)
INSERT INTO moderation_suggested (grade_id, suspected, band, source, shown)
SELECT %s, suspected, band, CASE WHEN by_model THEN 'model' ELSE 'rules' END,
    suspected IS NOT NULL AND (band = ANY(%s)
        OR (SELECT "when" FROM moderation_showing ORDER BY id DESC LIMIT 1) IS DISTINCT FROM 'after')
FROM gone
RETURNING suspected, band, source, shown
"""


def keep_out_of_the_queue(grade: Grade) -> None:
    """Take the comment out of the queue, and keep what was suggested of it while it waited there for `grade`."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [grade.comment_id, grade.pk, list(URGENT)])
        row = cursor.fetchone()
    if row is not None:
        suspected, band, source, shown = row
        grade.suggested = Suggested(grade=grade, suspected=suspected, band=band, source=source, shown=shown)


def bands_to_ask_for(when: str = "") -> list[tuple[str, str]]:
    """The bands by which the queue is narrowed: those that the screens show before a choice.

    `when`: the setting in force, where it was read already.
    """
    before = (when or Showing.in_force()) == Showing.When.BEFORE
    return [(value, str(word)) for value, word in Band.choices if value and (before or value in ON_A_CARD)]


def as_shown(entries: QueueQuerySet, level: int | None, band: str) -> QueueQuerySet:
    """Those of `entries` that members see as suspected of `level` (0: of nothing; None: any) and taken for `band`.

    So what is shown only after one's own choice is not told by what the list leaves out.
    """
    before = Showing.in_force() == Showing.When.BEFORE
    shown = Q(suspected__isnull=False) if before else Q(suspected__isnull=False, band__in=URGENT)
    if level is not None:
        entries = entries.filter(shown, suspected=level) if level else entries.exclude(shown)
    if band:
        entries = entries.filter(band=band) if before or band in ON_A_CARD else entries.none()
    return entries


def veil(entries: Iterable[QueueEntry], when: str = "") -> None:
    """Take what is suspected off `entries` in memory, where members see it only after their own choice.

    `when`: the setting in force, where it was read already.
    """
    when = when or Showing.in_force()
    for entry in entries:
        if not shows(entry.band, when):
            entry.suspected, entry.because = None, ""
