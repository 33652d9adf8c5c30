"""What a ban rests on beside its proposal: the Commander's waiver of the ladder, and the reviews that keep it."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.facts import Fact
from members.models import Member
from moderation.models.measures import Measure
from moderation.models.proposals import Proposal

LONGEST = timedelta(days=366)  # until a ban is looked at again: none is for good

_THE_COMMANDERS = """
IF NOT EXISTS (SELECT FROM members_member member WHERE member.id = NEW.by_id AND member.position = 'commander')
    AND NOT EXISTS (
        SELECT FROM members_designation acting WHERE acting.designee_id = NEW.by_id AND acting.power = ''
            AND acting.since <= NEW.at AND acting.until > NEW.at
            AND (acting.ended_at IS NULL OR acting.ended_at > NEW.at)
    )
THEN
    RISE_ 'pgtrigger: the Commander himself waives the ladder';
END IF;
IF NOT EXISTS (SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id
    AND proposal.act = 'ban' AND proposal.state = 'proposed')
THEN
    RISE_ 'pgtrigger: a ban that is proposed is what is waived for';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")


class Waiver(Fact):
    """The Commander's written reason for a ban without the ladder (ruling 3)."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="waiver")
    reason = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason")]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="waiver_is_the_commanders", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_THE_COMMANDERS
            ),
        ]

    def __str__(self) -> str:
        return f"waiver for proposal {self.proposal_id}"


class BanReview(Fact):
    """That a ban was looked at again when its time had come, and kept until another date."""

    ban = models.ForeignKey(Measure, models.PROTECT, related_name="reviews")
    until = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="ban_review_has_a_reason")]

    def __str__(self) -> str:
        return f"review of ban {self.ban_id}"


def latest_review(today: date) -> date:
    """The last day that a ban may be looked at again, counted from `today`."""
    return today + LONGEST
