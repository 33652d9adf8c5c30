"""Appeals by the public against a hide or a block, decided by somebody who took no part (LR-6; clauses.md)."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from members.authority import refused
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Refused, Stateful, WrongState
from moderation.models.comments import Comment, Poster
from moderation.models.grades import Grade, Level
from moderation.models.measures import Measure
from moderation.models.proposals import Proposal
from moderation.models.reviews import LEAVES_STANDING, Review

_TOOK_NO_PART = """
IF EXISTS (SELECT FROM moderation_grade one WHERE one.comment_id = NEW.comment_id AND one.by_id = NEW.decided_by_id)
    OR EXISTS (
        SELECT FROM moderation_review one
        WHERE one.comment_id = NEW.comment_id AND one.decided_by_id = NEW.decided_by_id
    )
    OR EXISTS (
        SELECT FROM moderation_clearance one
        WHERE one.comment_id = NEW.comment_id AND one.decided_by_id = NEW.decided_by_id
    )
    OR EXISTS (
        SELECT FROM moderation_proposal one
        WHERE one.comment_id = NEW.comment_id AND NEW.decided_by_id IN (one.proposed_by_id, one.decided_by_id)
    )
    OR EXISTS (
        SELECT FROM moderation_threatdecision decision JOIN moderation_threat one ON one.id = decision.threat_id
        WHERE one.comment_id = NEW.comment_id AND decision.by_id = NEW.decided_by_id
    )
    OR EXISTS (
        SELECT FROM moderation_waiver waiver JOIN moderation_proposal one ON one.id = waiver.proposal_id
        WHERE one.comment_id = NEW.comment_id AND waiver.by_id = NEW.decided_by_id
    )
    OR EXISTS (
        SELECT FROM moderation_commentorder one WHERE one.comment_id = NEW.comment_id AND one.by_id = NEW.decided_by_id
    )
    OR EXISTS (
        SELECT FROM moderation_measure one WHERE one.comment_id = NEW.comment_id AND one.by_id = NEW.decided_by_id
    )
THEN
    RISE_ 'pgtrigger: an appeal is decided by a member who took no part in what it is about';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")

_LETTERS = "ACDEFHJKMNPQRTUVWXY34679"  # as of a notice's reference: none is read or heard for another


def new_reference() -> str:
    """A code for an appeal whose poster was given none: with it he follows what becomes of it."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def bans_of(poster: Poster) -> list[Measure]:
    """The bans that are the last word on `poster`, one for each account of ours at the most."""
    decided = Measure.objects.filter(poster=poster, verb__in=Measure.BANS).select_related("proposal", "account")
    decided = decided.exclude(state__in=[Measure.State.FAILED, Measure.State.WITHDRAWN])
    last = {measure.account_id: measure for measure in decided.order_by("pk")}
    return [measure for measure in last.values() if measure.verb == Measure.Verb.BAN]


def is_because_of(ban: Measure, comment: Comment) -> bool:
    """Whether `ban` was decided because of this very comment."""
    return ban.proposal is not None and ban.proposal.comment_id == comment.pk


def ban_resting_on(comment: Comment) -> Measure | None:
    """The ban that rests on `comment` and is the last word on its poster; None where there is none."""
    if comment.poster is None:
        return None
    return next((ban for ban in bans_of(comment.poster) if is_because_of(ban, comment)), None)


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Questions about appeals, and what ends one by itself."""

    def visible_to(self, member: Member) -> AppealQuerySet:
        """Every member of the unit sees what was appealed against and decided."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def open(self) -> AppealQuerySet:
        """Those that nobody has decided yet, the oldest at the head."""
        return self.filter(state=Appeal.State.RECEIVED).order_by("received_at", "pk")

    def decided_on(self, grade: Grade) -> AppealQuerySet:
        """Those against `grade` that were upheld or overturned."""
        return self.filter(grade=grade, state__in=Appeal.DECIDED)

    def settle(self, comment: Comment, *, by: Member) -> None:
        """The unit has taken the hide of `comment` back by itself: nothing is left to be decided, unless a ban is."""
        if ban_resting_on(comment) is not None:
            return
        for appeal in self.filter(comment=comment, state=Appeal.State.RECEIVED):
            with suppress(WrongState):  # it was decided this moment, and that is what took the hide back
                appeal.become(Appeal.State.SETTLED, verb="settle", by=by, decided_at=timezone.now())


class Appeal(Narrow, Stateful):
    """That somebody asks for a hidden comment to be put back, or for a block to end; and what was decided.

    What he wrote lies beside it, in `texts`. `answer` is what he is told: whoever has the reference can read it.
    """

    class State(models.TextChoices):
        """Decided once. Inadmissible: it is not about this (advertising, somebody else's reference)."""

        RECEIVED = "received", "waits for a decision"
        UPHELD = "upheld", "the decision stands"
        OVERTURNED = "overturned", "overturned"
        INADMISSIBLE = "inadmissible", "not an appeal"
        WITHDRAWN = "withdrawn", "withdrawn by who sent it"
        SETTLED = "settled", "shown again before it was decided"

    class Way(models.TextChoices):
        """How it came."""

        ONLINE = "online", "by the public page"
        PAPER = "paper", "on paper"
        PHONE = "phone", "by telephone"
        EMAIL = "email", "by e-mail"
        IN_PERSON = "in_person", "in person"

    DECIDED: ClassVar[tuple[str, ...]] = (State.UPHELD, State.OVERTURNED)
    MOVES = {
        State.RECEIVED: {State.UPHELD, State.OVERTURNED, State.INADMISSIBLE, State.WITHDRAWN, State.SETTLED},
    }
    VERBS = {
        "uphold": State.UPHELD,
        "overturn": State.OVERTURNED,
        "dismiss": State.INADMISSIBLE,
        "withdraw": State.WITHDRAWN,
    }

    reference = models.CharField(max_length=40)  # the notice's; or its own, where no notice was given
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="appeals")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="appeals")  # the one appealed against
    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED, editable=False)
    way = models.CharField(max_length=10, choices=Way, default=Way.ONLINE)
    language = models.CharField(max_length=10, default="en")  # of the page that it came by
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # who took it by hand
    level = models.SmallIntegerField(choices=Level, null=True)  # what the comment is instead, when it is put back
    ends_ban = models.BooleanField(default=False)  # the end of the block is proposed
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["reference"], name="appeal_reference"),
            models.Index(fields=["received_at", "id"], condition=Q(state="received"), name="appeal_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(state="received"), name="one_open_appeal_a_comment"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="appeal_has_a_reference"),
            models.CheckConstraint(
                condition=Q(way="online", received_by__isnull=True) | (~Q(way="online") & Q(received_by__isnull=False)),
                name="appeal_by_hand_names_who_took_it",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "settled"], decided_by__isnull=True)
                | (
                    ~Q(state__in=["received", "settled"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="appeal_is_decided_with_an_answer",
            ),
            models.CheckConstraint(
                condition=(Q(state="overturned") & (Q(level__isnull=False, level__in=LEAVES_STANDING)))
                | Q(state="overturned", level__isnull=True, ends_ban=True)
                | (~Q(state="overturned") & Q(level__isnull=True, ends_ban=False)),
                name="overturned_appeal_says_what_is_undone",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_was_appealed_stands",
                fields=["reference", "comment", "grade", "way", "language", "received_at", "received_by"],
            ),
            pgtrigger.Protect(
                name="appeal_is_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'received'"),
            ),
            pgtrigger.Trigger(
                name="appeal_is_decided_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__decided_by__isnull=False),
                func=_TOOK_NO_PART,
            ),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page, for members."""
        return reverse("appeal", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.state == self.State.RECEIVED

    # --- who may ---

    def may_decide(self, member: Member) -> bool:
        """A Supervisor or above who took no part."""
        return member.may(Power.DECIDE_APPEALS) and not self.part_of(member)

    may_uphold = may_overturn = may_dismiss = may_withdraw = may_decide

    def refusal(self, member: Member) -> Refused:
        """Why `member` does not decide, and who does."""
        part = self.part_of(member)
        if part and member.may(Power.DECIDE_APPEALS):
            return Refused(f"You {part}: a Supervisor or above who took no part decides this appeal.")
        return refused(Power.DECIDE_APPEALS)

    def part_of(self, member: Member) -> str:
        """What part `member` had in what is appealed against, as the end of “You …”; empty when he had none."""
        comment = self.comment
        proposals = Proposal.objects.filter(comment=comment)
        found = {
            "graded this comment": comment.grades.filter(by=member),
            "reviewed this grade": Review.objects.filter(comment=comment, decided_by=member),
            "cleared this hide": comment.clearances.filter(decided_by=member),
            "proposed or decided a ban or a deletion here": proposals.filter(
                Q(proposed_by=member) | Q(decided_by=member) | Q(waiver__by=member)
            ),
            "decided on this threat": comment.threats.filter(decisions__by=member),
            "wrote to the poster or had something done here": comment.orders.filter(by=member),
            "wrote to the poster": comment.measures.filter(by=member),
        }
        return next((words for words, rows in found.items() if rows.exists()), "")


class AppealText(Fact):
    """What somebody wrote to have a comment put back. A second text is a second row of the same appeal.

    `code` is told to who wrote it and to nobody else: where the notice stood in public, its reference proves nothing,
    and the answer is read by this alone.
    """

    LONGEST = 5000

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="texts")
    text = models.TextField()
    name = models.TextField(blank=True)  # as he gave it; nobody checks it
    email = models.TextField(blank=True)  # where he wants the answer too
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # who took it down, when by hand
    code = models.CharField(max_length=12, null=True, unique=True)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="appeal_text_is_not_empty")]

    def __str__(self) -> str:
        return f"text {self.pk} of appeal {self.appeal_id}"
