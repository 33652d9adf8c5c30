"""The neutrality audit (LR-2, LR-4): a monthly sample of grades, given again blind by a second member; topics of posts.

What is found before a plaintiff reckons it can be put right.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Post
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from moderation.models.comments import Comment
from moderation.models.grades import HIDEABLE, Grade, Level


class PostTopic(Fact):
    """What a post of ours is about, as a member named it; the last word stands (C.4)."""

    class Topic(models.TextChoices):
        """The purposes that content serves."""

        PREVENTION = "prevention", "crime prevention"
        OUTREACH = "outreach", "community outreach"
        POLICE_MATTER = "police_matter", "police matter"
        MEMBER = "member", "member highlight"
        REPOST = "repost", "outside story"
        EMERGENCY = "emergency", "emergency"

    post = models.ForeignKey(Post, models.PROTECT, related_name="topics")
    topic = models.CharField(max_length=20, choices=Topic)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        indexes = [models.Index(fields=["post", "-id"])]

    def __str__(self) -> str:
        return f"topic of post {self.post_id}"


class Audit(Fact):
    """One month's sample. Anybody who has the seed draws the same: the grades in the order of SHA-256(seed:grade)."""

    month = models.DateField(unique=True)  # its first day
    seed = models.CharField(max_length=64)
    population = models.IntegerField()  # grades of the month that stood when it was drawn
    size = models.IntegerField()
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # null: by the calendar

    class Meta(Fact.Meta):
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(condition=Q(size__lte=F("population")), name="sample_is_of_its_population"),
            models.CheckConstraint(condition=Q(month__day=1), name="audit_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"neutrality audit of {self.month:%B %Y}"


class AuditItemQuerySet(models.QuerySet["AuditItem"]):
    """Questions about the sampled grades."""

    def open(self) -> AuditItemQuerySet:
        """Those that nobody has graded again."""
        return self.filter(again__isnull=True)

    def for_(self, member: Member) -> AuditItemQuerySet:
        """Those that `member` may grade again blind: he neither graded, cleared nor reviewed them."""
        if not member.may(Power.GRADE_COMMENTS):
            return self.none()
        rows = self.open().exclude(graded_by=member).exclude(grade__clearance__decided_by=member)
        return rows.exclude(grade__review__decided_by=member)


class AuditItem(Narrow):
    """One sampled grade, and the level that a second member gives without having seen the first."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="items")
    number = models.IntegerField()
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="+")
    level = models.SmallIntegerField(choices=Level)  # as it stood
    graded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    again = models.SmallIntegerField(choices=Level, null=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    objects = AuditItemQuerySet.as_manager()

    class Meta:
        ordering = ["audit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "grade"], name="a_grade_is_sampled_once"),
            models.CheckConstraint(condition=~Q(by=F("graded_by")), name="nobody_grades_his_own_again"),
            models.CheckConstraint(
                condition=Q(again__isnull=True, by__isnull=True, at__isnull=True)
                | Q(again__isnull=False, again__in=Level.values, by__isnull=False, at__isnull=False),
                name="graded_again_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="sample_stands_as_drawn", fields=["audit", "number", "grade", "comment", "level", "graded_by"]
            ),
            pgtrigger.Protect(
                name="is_graded_again_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.again IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.number} of {self.audit}"

    @property
    def agrees(self) -> bool:
        """Whether both gave the same level."""
        return self.level == self.again

    @property
    def agrees_on_hiding(self) -> bool:
        """Whether both would have left it, or both would have hidden it."""
        return (self.level in HIDEABLE) == (self.again in HIDEABLE)
