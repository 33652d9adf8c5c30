"""What nobody does alone: to delete another's comment, to ban who wrote it, to lift a ban (clauses.md, second table).

An administrator of the account proposes, a second person decides. A ban is the Commander's, with his reason in writing.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Role
from members.authority import refused
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, Stateful
from moderation.models.breaches import LADDER_OR_WAIVER
from moderation.models.comments import Comment, Poster
from moderation.models.records import RetainedRecord

_RESTS_ON_THE_LADDER = """
IF NOT EXISTS (SELECT FROM (SELECT NEW.*) proposal WHERE LADDER_OR_WAIVER_) THEN
    RISE_ 'pgtrigger: a ban rests on a second breach after a notified first, or on the Commander''s waiver';
END IF;
IF (SELECT platform FROM accounts_account account WHERE account.id = NEW.account_id) = 'youtube' AND NOT EXISTS (
    SELECT FROM moderation_case standing WHERE standing.comment_id = NEW.comment_id AND (
        EXISTS (SELECT FROM moderation_review review WHERE review.grade_id = standing.grade_id AND state = 'upheld')
        OR EXISTS (SELECT FROM moderation_threat threat WHERE threat.grade_id = standing.grade_id AND state = 'decided')
    )
) THEN
    RISE_ 'pgtrigger: what nothing brings back comes after the second review';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION").replace("LADDER_OR_WAIVER_", LADDER_OR_WAIVER)

_LOOKED_AT_AGAIN = """
IF NEW.review_on > (NEW.proposed_at + interval '366 days')::date THEN
    RAISE EXCEPTION 'pgtrigger: a ban is looked at again within a year';
END IF;
RETURN NEW;
"""


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions about proposals."""

    def visible_to(self, member: Member) -> ProposalQuerySet:
        """Every member of the unit sees what was proposed and decided."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def open(self) -> ProposalQuerySet:
        """Those that nobody has decided yet."""
        return self.filter(state=Proposal.State.PROPOSED)


class Proposal(Narrow, Stateful):
    """One act that two must want, about one comment or one poster on one account."""

    class Act(models.TextChoices):
        """Named as the platform clients' calls."""

        DELETE = "delete", "delete the comment for good"
        BAN = "ban", "ban the poster"
        UNBAN = "unban", "lift the ban"

    class State(models.TextChoices):
        """Decided once."""

        PROPOSED = "proposed", "waits for a second person"
        APPROVED = "approved", "approved"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    MOVES = {State.PROPOSED: {State.APPROVED, State.DECLINED, State.WITHDRAWN}}
    VERBS = {"approve": State.APPROVED, "decline": State.DECLINED, "withdraw": State.WITHDRAWN}

    act = models.CharField(max_length=10, choices=Act)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="proposals")  # what it rests on
    poster = models.ForeignKey(Poster, models.PROTECT, null=True, related_name="proposals")
    record = models.ForeignKey(RetainedRecord, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED, editable=False)
    reason = models.TextField()
    review_on = models.DateField(null=True)  # when a ban is looked at again; none is for good (LR-5)
    proposed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)  # why, in the words of who decided

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_has_a_reason"),
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="nobody_decides_his_own_proposal"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"])
                | (Q(state__in=["approved", "declined"], decided_by__isnull=False, decided_at__isnull=False))
                & ~Q(decision_reason=""),
                name="proposal_is_decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(act="delete", comment__isnull=False, record__isnull=False)
                | Q(act__in=["ban", "unban"], poster__isnull=False),
                name="proposal_names_what_it_is_about",
            ),
            models.CheckConstraint(
                condition=~Q(act="ban") | Q(review_on__isnull=False), name="ban_has_a_date_of_review"
            ),
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(act="delete", state="proposed"),
                name="one_open_deletion_a_comment",
            ),
            models.UniqueConstraint(
                fields=["account", "poster"],
                condition=Q(act__in=["ban", "unban"], state="proposed"),
                name="one_open_proposal_a_poster",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_was_proposed_stands",
                exclude=["state", "decided_by", "decided_at", "decision_reason"],
            ),
            pgtrigger.Trigger(
                name="ban_rests_on_the_ladder",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__act="ban", new__state="approved"),
                func=_RESTS_ON_THE_LADDER,
            ),
            pgtrigger.Trigger(
                name="ban_is_looked_at_within_a_year",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__review_on__isnull=False),
                func=_LOOKED_AT_AGAIN,
            ),
            pgtrigger.Protect(
                name="is_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'proposed'"),
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("proposal", args=[self.pk])

    # --- who may ---

    def may_decide(self, member: Member) -> bool:
        """A second person, who took no part: of a ban the Commander or designee, else an administrator or above."""
        if member.pk == self.proposed_by_id:
            return False
        if self.act == self.Act.BAN:
            return member.may(Power.APPROVE_BANS)
        took_part = self.comment is not None and self.comment.grades.filter(by=member).exists()
        if self.act == self.Act.DELETE and took_part:
            return False
        return member.may(Power.APPROVE_DELETIONS) or administers(member, self.account)

    may_approve = may_decline = may_decide

    def may_withdraw(self, member: Member) -> bool:
        """Whoever proposed it."""
        return member.pk == self.proposed_by_id

    # --- verbs ---

    def decline(self, *, by: Member, why: str) -> None:
        """Leave it. Raises Refused, Invalid (no reason), WrongState."""
        self.decide(self.State.DECLINED, verb="decline", by=by, why=why)

    def withdraw(self, *, by: Member) -> None:
        """Take it back before it is decided. Raises Refused, WrongState."""
        if not self.may_withdraw(by):
            raise Refused("Only who proposed this takes it back.")
        self.become(self.State.WITHDRAWN, verb="withdraw", by=by)

    def decide(self, state: str, *, verb: str, by: Member, why: str) -> None:
        """Approved, or declined. What follows from an approval is ordered by `measures.approve`, in its transaction."""
        if not self.may_decide(by):
            raise self._refusal(by)
        if not why.strip():
            raise Invalid("Write down why: it is kept with the decision.", "why")
        self.become(
            state,
            verb=verb,
            by=by,
            decided_by=by,
            decided_at=timezone.now(),
            decision_reason=why.strip(),
        )

    def _refusal(self, member: Member) -> Refused:
        if member.pk == self.proposed_by_id:
            return Refused("Nobody decides what he proposed himself: a second person does.")
        if self.act == self.Act.BAN:
            return refused(Power.APPROVE_BANS)
        if self.comment is not None and self.comment.grades.filter(by=member).exists():
            return Refused("You graded this comment: somebody who took no part decides.")
        return refused(Power.APPROVE_DELETIONS)


def administers(member: Member, account: Account) -> bool:
    """Whether `member` is an administrator of this account, or the Commander or designee, who is main one of each."""
    if not member.may(Power.BAN):
        return False
    kinds: list[Any] = [Role.Kind.MAIN_ADMINISTRATOR, Role.Kind.ADMINISTRATOR]
    standing = account.roles.filter(Role.STANDING, member=member, kind__in=kinds)
    return member.may(Power.ADMINISTER_ACCOUNTS) or standing.exists()
