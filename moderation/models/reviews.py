"""The second review of a level 7, afterwards, by a member other than the grader (4.L7; clauses.md, second table).

Level 7 hides the public's words on one member's judgement. A second member reads the same words afresh, within a set
time, and says whether they stay hidden or go back, and as what.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from members.authority import refused
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Refused, Stateful, WrongState
from moderation.models.comments import Comment
from moderation.models.grades import HIDEABLE, Grade, Level

LEAVES_STANDING = [level for level in Level if level not in HIDEABLE]  # what an overturned comment may be instead

_OF_ITS_GRADE = """
IF NOT EXISTS (
    SELECT FROM moderation_grade grade WHERE grade.id = NEW.grade_id AND grade.level = 7
        AND grade.by_id = NEW.grader_id AND grade.comment_id = NEW.comment_id
) THEN
    RISE_ 'pgtrigger: a review is of a level 7 of this comment, and names who gave it';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")

_NOT_CLEARED_BY_HIM = """
IF EXISTS (
    SELECT FROM moderation_clearance asked
    WHERE asked.grade_id = NEW.grade_id AND asked.decided_by_id = NEW.decided_by_id
) THEN
    RISE_ 'pgtrigger: who cleared a hide does not review it';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")


class ReviewQuerySet(models.QuerySet["Review"]):
    """Questions about second reviews."""

    def visible_to(self, member: Member) -> ReviewQuerySet:
        """Every member of the unit sees what is reviewed and what came of it."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def open(self) -> ReviewQuerySet:
        """Those that wait, the one due first at the head."""
        return self.filter(state=Review.State.WAITING).order_by("due_at", "pk")

    def overdue(self) -> ReviewQuerySet:
        """Those that wait past their time."""
        return self.open().filter(due_at__lt=timezone.now())

    def free_for(self, member: Member) -> ReviewQuerySet:
        """Those that `member` may decide: neither graded nor cleared by himself."""
        if not member.may(Power.REVIEW_OFFENSIVE):
            return self.none()
        return self.exclude(grader=member).exclude(grade__clearance__decided_by=member)

    def ask_for(self, grade: Grade) -> Review:
        """Have `grade`, a level 7 that hides, reviewed within the set time; once for each grade."""
        made_at = timezone.now()
        review, _ = self.get_or_create(
            grade=grade,
            defaults={
                "comment_id": grade.comment_id,
                "grader_id": grade.by_id,
                "made_at": made_at,
                "due_at": made_at + timedelta(hours=settings.REVIEW_HOURS),
            },
        )
        return review

    def let_go(self, comment: Comment, *, standing: Grade | None, by: Member) -> None:
        """Whatever waits about grades of `comment` other than the one `standing` is nobody's to review any more."""
        for review in self.filter(comment=comment, state=Review.State.WAITING).exclude(grade=standing):
            with suppress(WrongState):  # it was decided this moment, and that is what superseded the grade
                review.become(Review.State.VOID, verb="void", by=by)


class Review(Narrow, Stateful):
    """One level 7 that hides a comment, and the second member's judgement of it. Void when the grade did not last."""

    class State(models.TextChoices):
        """Decided once."""

        WAITING = "waiting", "waits for a second member"
        UPHELD = "upheld", "stays hidden"
        OVERTURNED = "overturned", "overturned"
        VOID = "void", "not needed any more"

    MOVES = {State.WAITING: {State.UPHELD, State.OVERTURNED, State.VOID}}
    VERBS = {"uphold": State.UPHELD, "overturn": State.OVERTURNED}

    grade = models.OneToOneField(Grade, models.PROTECT, related_name="review")
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="reviews")
    grader = models.ForeignKey(Member, models.PROTECT, related_name="+")  # the grade's; the database holds them equal
    state = models.CharField(max_length=20, choices=State, default=State.WAITING, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # when those who may were told that it is overdue
    level = models.SmallIntegerField(choices=Level, null=True)  # what it is instead, when overturned
    reason = models.TextField(blank=True)
    blind = models.BooleanField(default=True)  # decided before this page had shown the grader's name and reason
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "second review"
        ordering = ["-id"]
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="review_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "void"], decided_by__isnull=True)
                | (Q(state__in=["upheld", "overturned"], decided_by__isnull=False, decided_at__isnull=False))
                & ~Q(reason=""),
                name="review_is_decided_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("grader")), name="nobody_reviews_his_own_grade"),
            models.CheckConstraint(
                # A null level makes the comparison null, which a check lets pass: it is named on each side.
                condition=Q(state="overturned", level__isnull=False, level__in=LEAVES_STANDING)
                | (~Q(state="overturned") & Q(level__isnull=True)),
                name="overturned_review_names_the_right_level",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="review_is_of_its_grade", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_OF_ITS_GRADE
            ),
            pgtrigger.ReadOnly(
                name="what_is_reviewed_stands", fields=["grade", "comment", "grader", "made_at", "due_at"]
            ),
            pgtrigger.Trigger(
                name="review_is_not_by_who_cleared",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__decided_by__isnull=False),
                func=_NOT_CLEARED_BY_HIM,
            ),
            pgtrigger.Protect(
                name="review_is_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'waiting'"),
            ),
        ]

    def __str__(self) -> str:
        return f"second review {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("review", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second member."""
        return self.state == self.State.WAITING

    @property
    def is_overdue(self) -> bool:
        """Whether it waits past its time."""
        return self.is_open and self.due_at < timezone.now()

    # --- who may ---

    def may_decide(self, member: Member) -> bool:
        """A member other than who graded and who cleared it."""
        return member.may(Power.REVIEW_OFFENSIVE) and not self._part_of(member)

    may_uphold = may_overturn = may_decide

    def refusal(self, member: Member) -> Refused:
        """Why `member` does not decide, and who does."""
        return Refused(self._part_of(member)) if self._part_of(member) else refused(Power.REVIEW_OFFENSIVE)

    def _part_of(self, member: Member) -> str:
        if self.grader_id == member.pk:
            return "You graded this comment: another member reviews it (S.O.P. 4, level 7)."
        clearance = getattr(self.grade, "clearance", None)
        if clearance is not None and clearance.decided_by_id == member.pk:
            return "You cleared this hide: another member reviews it (S.O.P. 4, level 7)."
        return ""
