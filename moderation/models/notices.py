"""Notices: what a poster is told when the ladder is climbed, or climbed down again (4.S, 4.L7; rulings 3, 4).

A notice goes out by an order of its own, a public reply or a private message, and its outcome is that order's. Where
nobody could be told, or somebody left it out, the row says why: that is an outcome too.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.orders import Order
from accounts.platforms.contract import Kind as CommentKind
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from moderation.models.breaches import Breach
from moderation.models.comments import Comment
from moderation.models.grades import HIDEABLE, Grade, Level
from moderation.models.measures import Measure
from moderation.models.orders import CommentOrder

if TYPE_CHECKING:
    from moderation.models.cases import Case

_ITS_ORDER = """
IF NEW.order_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM moderation_commentorder carrier WHERE carrier.id = NEW.order_id AND carrier.verb = 'reply'
        AND carrier.comment_id = NEW.comment_id AND carrier.text = NEW.text
) OR NEW.measure_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM moderation_measure carrier WHERE carrier.id = NEW.measure_id AND carrier.verb = 'message'
        AND carrier.comment_id = NEW.comment_id AND carrier.text = NEW.text
) THEN
    RISE_ 'pgtrigger: a notice goes out as it was written, about this comment';
END IF;
IF NEW.breach_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM moderation_breach breach WHERE breach.id = NEW.breach_id AND breach.comment_id = NEW.comment_id
) THEN
    RISE_ 'pgtrigger: a notice tells of a breach by this comment';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices."""

    def visible_to(self, member: Member) -> NoticeQuerySet:
        """Every member of the unit (ruling 5)."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def told(self) -> NoticeQuerySet:
        """Those that were delivered, or stand where the public sees them."""
        return self.filter(Q(order__state="done") | Q(measure__state="done"))

    def under_way(self) -> NoticeQuerySet:
        """Those that may still be told, and nobody has said that they cannot."""
        open_states = [Order.State.WAITING, *Order.ON_THE_WAY, Order.State.BY_HAND]
        carried = Q(order__state__in=open_states) | Q(measure__state__in=open_states)
        return self.filter(carried, because="")

    def unsettled(self, grade: Grade | None) -> NoticeQuerySet:
        """Those of `grade` whose message is not done, and of which nobody has said why not."""
        return self.filter(grade=grade, because="", measure__isnull=False).exclude(
            measure__state__in=[Order.State.DONE, Order.State.WITHDRAWN]
        )

    def being_told(self) -> NoticeQuerySet:
        """Those that a worker has, or whose outcome is not known."""
        on_the_way = list(Order.ON_THE_WAY)
        return self.filter(Q(order__state__in=on_the_way) | Q(measure__state__in=on_the_way))

    def with_outcome(self) -> NoticeQuerySet:
        """With what the outcome is read from."""
        return self.select_related("comment", "order__account", "measure__account", "grade__clause", "by")


class Notice(Narrow):
    """What the poster of a comment is told, once for each kind and grade."""

    class Kind(models.TextChoices):
        """What it says."""

        FIRST = "first", "first notice"
        SECOND = "second", "second notice"
        WARNING = "warning", "warning"
        APOLOGY = "apology", "apology"
        BAN_LIFTED = "ban_lifted", "end of the ban"

    class Way(models.TextChoices):
        """How the poster is told."""

        PRIVATE = "private", "private message"
        PUBLIC = "public", "public reply"
        NONE = "none", "not at all"

    class Outcome(models.TextChoices):
        """What came of it."""

        PENDING = "pending", "on its way"
        BY_HAND = "by_hand", "to be done by hand"
        DELIVERED = "delivered", "delivered"
        VISIBLE = "visible", "publicly visible"
        COULD_NOT = "could_not", "could not be notified"
        WITHDRAWN = "withdrawn", "withdrawn"

    OF_BREACH: ClassVar[tuple[str, ...]] = (Kind.FIRST, Kind.SECOND)

    kind = models.CharField(max_length=10, choices=Kind)
    reference = models.CharField(max_length=12, unique=True)  # what the poster appeals by; readable aloud
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="notices")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="notices")
    breach = models.ForeignKey(Breach, models.PROTECT, null=True, related_name="notices")
    language = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    way = models.CharField(max_length=10, choices=Way)
    order = models.OneToOneField(CommentOrder, models.PROTECT, null=True, related_name="notice")
    measure = models.OneToOneField(Measure, models.PROTECT, null=True, related_name="notice")
    because = models.TextField(blank=True)  # why the poster was not told
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    left_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # who wrote `because`, and when
    left_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "grade"], name="one_notice_a_kind_and_grade"),
            models.CheckConstraint(
                condition=Q(way="none", order__isnull=True, measure__isnull=True) & ~Q(because="")
                | (Q(way="public", measure__isnull=True) & ~Q(text=""))
                | (Q(way="private") & ~Q(text="") & (Q(order__isnull=True) | Q(measure__isnull=True))),
                name="notice_goes_one_way_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[ACDEFHJKMNPQRTUVWXY34679]{10}$"), name="reference_can_be_read_aloud"
            ),
            models.CheckConstraint(
                condition=Q(because="", left_by__isnull=True, left_at__isnull=True)
                | (~Q(because="") & Q(left_at__isnull=False)),
                name="who_is_not_told_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="notice_stands_as_written",
                fields=["kind", "reference", "comment", "grade", "breach", "language", "text", "way", "by", "at"],
            ),
            pgtrigger.Trigger(
                name="notice_goes_out_as_written",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("order_id", "measure_id"),
                func=_ITS_ORDER,
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    def is_wanted(self, case: Case) -> bool:
        """Whether what it says is still so: a breach under its own grade and version, a threat, a comment shown."""
        if self.kind in self.OF_BREACH:
            return case.grade_id == self.grade_id and case.version == self.grade.version
        if self.kind == self.Kind.WARNING:
            return case.level == Level.THREATENING
        return self.kind == self.Kind.BAN_LIFTED or case.level not in HIDEABLE

    def get_absolute_url(self) -> str:
        """The comment's page, whose timeline shows it."""
        return reverse("comment", args=[self.comment_id])

    @property
    def carrier(self) -> CommentOrder | Measure | None:
        """The order that carries it to the platform."""
        return self.order or self.measure

    @property
    def is_public(self) -> bool:
        """Whether everybody can read it, its reference too."""
        return self.way == self.Way.PUBLIC and self.comment.kind != CommentKind.MESSAGE

    @property
    def outcome(self) -> str:
        """One of Outcome: what came of its order, or that nobody was told."""
        carrier = self.carrier
        if carrier is not None and carrier.state == Order.State.DONE:
            return self.Outcome.VISIBLE if self.is_public else self.Outcome.DELIVERED
        if self.because:
            return self.Outcome.COULD_NOT
        if carrier is None:
            return self.Outcome.PENDING
        outcomes: dict[Any, str] = {
            Order.State.BY_HAND: self.Outcome.BY_HAND,
            Order.State.FAILED: self.Outcome.COULD_NOT,
            Order.State.WITHDRAWN: self.Outcome.WITHDRAWN,
        }
        return outcomes.get(carrier.state, self.Outcome.PENDING)

    @property
    def outcome_says(self) -> str:
        """In words, with the reason where the poster could not be notified."""
        says = str(self.Outcome(self.outcome).label)
        if self.outcome != self.Outcome.COULD_NOT:
            return says
        carrier = self.carrier
        return f"{says}, because: {self.because or (carrier.outcome if carrier else '') or 'the platform refused it'}"

    @property
    def can_be_given_up(self) -> bool:
        """Whether a person may say why the poster is not notified: it waits, for its time or for a hand, or failed."""
        carrier, idle = self.carrier, {Order.State.WAITING, Order.State.BY_HAND, Order.State.FAILED}
        return not self.because and carrier is not None and carrier.state in idle

    @property
    def told_at(self) -> datetime | None:
        """When the poster was told; None while he was not."""
        carrier = self.carrier
        return carrier.done_at if carrier is not None and carrier.state == Order.State.DONE else None
