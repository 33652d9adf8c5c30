"""What belongs to a member's own desk, and what was done from it: given back, named in a note, graded at once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.facts import Fact
from members.models import Member
from members.powers import Power
from moderation.models.comments import Comment
from moderation.models.grades import Grade, Level
from moderation.models.notes import Note


class OwnDesk(models.Model):
    """How a member has set up his desk. No row: as it comes."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="own_desk")
    keys = models.JSONField(default=dict)  # the key as it comes → the member's own (WCAG 2.1.4)
    blurs = models.BooleanField(default=False)  # pictures of the public always begin blurred, not only doubtful ones

    def __str__(self) -> str:
        return f"desk of {self.member_id}"


class SavedFilter(models.Model):
    """A filter of the stream that a member keeps, as the address says it."""

    LIMIT: ClassVar[int] = 20  # a member; more would not be found again above the stream

    member = models.ForeignKey(Member, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=40)
    query = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["member", "name"], name="one_filter_a_name"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="filter_says_something"),
        ]

    def __str__(self) -> str:
        return self.name


class GivenBackQuerySet(models.QuerySet["GivenBack"]):
    """Questions about comments that went back to the queue."""

    def visible_to(self, member: Member) -> GivenBackQuerySet:
        """What the unit skipped is the unit's to read."""
        return self if member.may(Power.READ_UNIT) else self.none()


class GivenBack(Fact):
    """A held comment that went back ungraded: skipped by who held it, or released by a Supervisor or above."""

    class Reason(models.TextChoices):
        """Why; one key each. Nobody has to say."""

        NOT_SAID = "", "not said"
        LANGUAGE = "language", "I do not read it well enough"
        UNSURE = "unsure", "not sure of the level"
        FACTS = "facts", "somebody else knows the facts"
        CONCERNED = "concerned", "I know who wrote it, or it is about me"
        RATHER_NOT = "rather_not", "I had rather not take this one"
        OTHER = "other", "something else"

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="given_back")
    held_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    skipped = models.BooleanField()  # by its holder, who went on with the next
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = GivenBackQuerySet.as_manager()

    class Meta(Fact.Meta):
        indexes = [models.Index(fields=["skipped", "-id"], name="given_back_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(skipped=True, by=F("held_by")) | (Q(skipped=False) & ~Q(by=F("held_by"))),
                name="skipped_by_holder_released_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.comment_id} given back"


class Mention(Fact):
    """A member named in a note: he was told."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="mentions")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["note", "member"], name="named_once_a_note")]

    def __str__(self) -> str:
        return f"mention in note {self.note_id}"


class GroupAct(Fact):
    """Near copies graded in one sitting: never a level 6 or 8 (S.O.P. 4)."""

    level = models.SmallIntegerField(choices=Level)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=80, unique=True)  # of the form, so that a double click is one act

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=Q(level__in=[1, 2, 3, 4, 5, 7]), name="no_group_of_6_or_8")]

    def __str__(self) -> str:
        return f"group act {self.pk}"


class Grouped(Fact):
    """One comment's own grade, given with a group."""

    act = models.ForeignKey(GroupAct, models.PROTECT, related_name="members")
    grade = models.OneToOneField(Grade, models.PROTECT, related_name="grouped")

    def __str__(self) -> str:
        return f"grade {self.grade_id} of group act {self.act_id}"
