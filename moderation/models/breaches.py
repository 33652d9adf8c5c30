"""Breaches of the Terms of Use, by poster and platform (4.S, ruling 3): facts, counted once for each comment.

A breach that was undone, regraded or overturned has a withdrawal beside it, and counts for nothing from then on.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Account, Clause
from accounts.platforms.contract import Platform
from members.facts import Fact
from members.models import Member
from members.powers import Power
from moderation.models.comments import Comment, Poster
from moderation.models.grades import HIDEABLE, Grade

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from moderation.models.notices import Notice

_COUNTED_ONCE = """
IF NOT EXISTS (
    SELECT FROM moderation_grade grade JOIN moderation_case standing ON standing.comment_id = grade.comment_id
    JOIN moderation_comment comment ON comment.id = grade.comment_id
    WHERE grade.id = NEW.grade_id AND grade.comment_id = NEW.comment_id AND standing.grade_id = grade.id
        AND grade.level IN (7, 8) AND grade.clause_id = NEW.clause_id AND (grade.level = 7 OR EXISTS (
            SELECT FROM moderation_threat threat JOIN moderation_threatdecision decided ON decided.threat_id = threat.id
            WHERE threat.grade_id = grade.id AND decided.kind = 'warn'
        ))
        AND comment.account_id = NEW.account_id AND comment.poster_id IS NOT DISTINCT FROM NEW.poster_id
        AND NOT comment.ours
) THEN
    RISE_ 'pgtrigger: a breach rests on the comment''s current grade: a level 7, or an 8 whose poster is warned';
END IF;
IF EXISTS (
    SELECT FROM moderation_breach breach WHERE breach.comment_id = NEW.comment_id
        AND NOT EXISTS (SELECT FROM moderation_breachwithdrawal taken WHERE taken.breach_id = breach.id)
) THEN
    RISE_ 'pgtrigger: one comment is one breach';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")


# What a ban rests on (4.S, ruling 3): two breaches that count, the second written after the poster was told of the
# first; or the Commander's waiver. `proposal` is the row of the ban that is proposed.
LADDER_OR_WAIVER = """(
    EXISTS (SELECT FROM moderation_waiver waiver WHERE waiver.proposal_id = proposal.id)
    OR EXISTS (
        SELECT FROM moderation_breach one
        JOIN moderation_breach another ON another.poster_id = one.poster_id AND another.platform = one.platform
            AND another.comment_id <> one.comment_id
        JOIN moderation_notice notice ON notice.breach_id = one.id
        LEFT JOIN moderation_commentorder reply ON reply.id = notice.order_id AND reply.state = 'done'
        LEFT JOIN moderation_measure message ON message.id = notice.measure_id AND message.state = 'done'
        WHERE one.poster_id = proposal.poster_id
            AND one.platform = (SELECT platform FROM accounts_account account WHERE account.id = proposal.account_id)
            AND COALESCE(reply.done_at, message.done_at) < another.written_at
            AND LEAST(one.written_at, another.written_at) > now() - interval '730 days'
            AND NOT EXISTS (
                SELECT FROM moderation_breachwithdrawal taken WHERE taken.breach_id IN (one.id, another.id)
            )
    )
)"""


class BreachQuerySet(models.QuerySet["Breach"]):
    """Questions about breaches."""

    def visible_to(self, member: Member) -> BreachQuerySet:
        """Every member of the unit: breaches are what a poster's page may hold on any platform (ruling 5)."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def standing(self) -> BreachQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawal__isnull=True)

    def in_force(self, at: datetime | None = None) -> BreachQuerySet:
        """Those that count at `at` (now, if not said): not withdrawn, and not lapsed (ruling 3)."""
        since = (at or timezone.now()) - settings.STRIKES_LAPSE_AFTER
        return self.standing().filter(written_at__gt=since)


class Breach(Fact):
    """That a comment broke a clause: whose, where, when it was written, and by which grade that was said.

    `poster` is null where the platform does not say who wrote it: kept, and counted for nobody.
    """

    poster = models.ForeignKey(Poster, models.PROTECT, null=True, related_name="breaches")
    platform = models.CharField(max_length=20, choices=Platform)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="breaches")
    grade = models.OneToOneField(Grade, models.PROTECT, related_name="breach")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()  # when the poster wrote it: what came before he was told is no second breach
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)  # when it was counted

    objects = BreachQuerySet.as_manager()
    withdrawal: BreachWithdrawal
    notices: RelatedManager[Notice]

    class Meta(Fact.Meta):
        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["poster", "written_at"])]
        constraints = [models.CheckConstraint(condition=Q(written_at__lte=F("at")), name="breach_is_not_of_the_future")]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="one_breach_a_comment", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_COUNTED_ONCE
            ),
        ]

    def __str__(self) -> str:
        return f"breach {self.pk}"

    @property
    def lapses_at(self) -> datetime:
        """From then on it counts no more."""
        return self.written_at + settings.STRIKES_LAPSE_AFTER

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was undone, regraded or overturned."""
        return hasattr(self, "withdrawal")

    @property
    def counts(self) -> bool:
        """Whether it counts now."""
        return not self.is_withdrawn and self.lapses_at > timezone.now()


class BreachWithdrawal(Fact):
    """That a breach counts no more, why, and by whose act."""

    class Why(models.TextChoices):
        """What became of the grade that it rested on."""

        UNDONE = "undone", "undone"
        REGRADED = "regraded", "graded anew"
        OVERTURNED = "overturned", "overturned"

    breach = models.OneToOneField(Breach, models.PROTECT, related_name="withdrawal")
    why = models.TextField(choices=Why)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=["undone", "regraded", "overturned"]), name="withdrawal_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"withdrawal of breach {self.breach_id}"


assert HIDEABLE == (7, 8)  # noqa: S101  (the trigger above names them)
