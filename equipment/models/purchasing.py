"""Proposals (3.3): what is to be bought, why and for how much, written by one member and decided by another.

A version is all that a reader of the proposal sees; it is never changed. What was decided is decided on the digest of
one version, and what is ordered is that version and no other.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from equipment.models.files import KeptFile
from equipment.models.kits import Kind
from equipment.models.purchasing_rules import DECIDED_BY_ANOTHER, STATE_MEANS, WRITTEN_AT_ONCE, WRITTEN_WHILE_OPEN
from members.authority import holds, only, refused
from members.deciding import decided_by_who_may
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Refused, Stateful

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from equipment.models.ordering import PurchaseOrder


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions about proposals."""

    def visible_to(self, member: Member) -> ProposalQuerySet:
        """Every member reads what the unit proposes to buy."""
        return self if member.may(Power.READ_UNIT) else self.none()


class Proposal(Narrow, Stateful):
    """A proposal on its road to things that lie on the shelf."""

    class State(models.TextChoices):
        """Where it is."""

        DRAFT = "draft", "being written"
        SUBMITTED = "submitted", "to be decided"
        RETURNED = "returned", "returned"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"
        APPROVED = "approved", "approved"
        DRAWN = "drawn", "purchase order drawn up"
        SENT = "sent", "with the Budget Unit"
        ORDERED = "ordered", "ordered"
        RECEIVED = "received", "received"
        CLOSED = "closed", "closed before all was received"

    MOVES = {
        State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.DRAFT, State.RETURNED, State.DECLINED, State.APPROVED, State.WITHDRAWN},
        State.RETURNED: {State.SUBMITTED, State.WITHDRAWN},
        State.APPROVED: {State.DRAWN, State.WITHDRAWN},
        State.DRAWN: {State.SENT, State.CLOSED},
        State.SENT: {State.ORDERED, State.CLOSED},
        State.ORDERED: {State.RECEIVED, State.CLOSED},
    }
    VERBS: ClassVar[dict[str, str]] = {
        "submit": State.SUBMITTED,
        "take_back": State.DRAFT,
        "decide": State.APPROVED,
        "withdraw": State.WITHDRAWN,
        "draw_up": State.DRAWN,
        "send": State.SENT,
        "place": State.ORDERED,
        "receive": State.RECEIVED,
        "close": State.CLOSED,
    }
    OPEN = (State.DRAFT, State.RETURNED)  # in which it is written
    OVER = (State.DECLINED, State.WITHDRAWN, State.RECEIVED, State.CLOSED)

    title = models.CharField(max_length=120)  # of the version that stands
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    version = models.ForeignKey("ProposalVersion", models.PROTECT, null=True, related_name="+")  # the one that stands
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")  # proposed anew

    objects = ProposalQuerySet.as_manager()
    versions: RelatedManager[ProposalVersion]
    end: ProposalEnd

    class Meta:
        verbose_name = "proposal"
        indexes = [models.Index(fields=["state", "-id"], name="proposal_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="proposal_is_handed_in_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="proposal_is_his_who_wrote_it", fields=["asked_by", "made_at", "follows"]),
            pgtrigger.Trigger(
                name="state_means_what_was_done",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=STATE_MEANS,
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("purchase", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Whether nothing follows any more."""
        return self.state in self.OVER

    @property
    def order(self) -> PurchaseOrder | None:
        """The purchase order of it, once it is drawn up."""
        from equipment.models.ordering import PurchaseOrder

        return PurchaseOrder.objects.filter(version=self.version_id).select_related("by", "file").first()

    @staticmethod
    def may_write(member: Member) -> bool:
        """The Supervisor, and those above him."""
        return holds(member, Power.KEEP_EQUIPMENT)

    may_submit = may_take_back = may_withdraw = may_write
    may_draw_up = may_send = may_place = may_receive = may_close = may_write

    def writers(self) -> set[int]:
        """Who wrote or changed it, or handed it in: none of them decides."""
        found = {*self.versions.values_list("by", flat=True), self.asked_by_id}
        return found | ({self.submitted_by_id} if self.submitted_by_id else set())

    def may_decide(self, member: Member) -> bool:
        """Commander or designee, who had no hand in it."""
        return holds(member, Power.APPROVE_PROPOSALS) and member.pk not in self.writers()

    def refusal(self, member: Member) -> Refused:
        """Why `member` does not decide, and who does."""
        if holds(member, Power.APPROVE_PROPOSALS):
            return Refused(f"Nobody decides what he wrote or changed himself. {only(Power.APPROVE_PROPOSALS)}")
        return refused(Power.APPROVE_PROPOSALS)


class ProposalVersion(Fact):
    """All that stands in a proposal at one time. Its digest covers every word, figure and file."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)  # technical (3.3)
    reason = models.TextField(blank=True)  # reason and purpose (3.3)
    alternatives = models.TextField(blank=True)  # what else was looked at, and why not
    freight = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal)  # and other charges
    total = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal)
    document = models.BinaryField()  # canonical JSON of the whole
    digest = models.BinaryField()  # SHA-256 of it
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    lines: RelatedManager[ProposalLine]
    quotes: RelatedManager[Quote]
    files: RelatedManager[ProposalFile]
    decision: ProposalDecision

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="one_proposal_version_a_number"),
            models.CheckConstraint(condition=~Q(title=""), name="proposal_has_a_title"),
            models.CheckConstraint(condition=Q(freight__gte=0, total__gte=F("freight")), name="proposal_costs"),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="written_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=WRITTEN_WHILE_OPEN,
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of proposal {self.proposal_id}"

    @property
    def seen_as(self) -> str:
        """Its digest as a page shows it and a form brings it back."""
        return bytes(self.digest).hex()

    @property
    def chosen(self) -> Quote | None:
        """The quote by which it is to be bought."""
        return next((one for one in self.quotes.all() if one.chosen), None)


def _part_of_a_version() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="written_with_its_version", when=pgtrigger.Before, operation=pgtrigger.Insert, func=WRITTEN_AT_ONCE
    )


class ProposalLine(Fact):
    """What is to be bought: so many of one thing, at a price each."""

    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="lines")
    number = models.IntegerField()
    what = models.CharField(max_length=120)
    maker = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=80, blank=True)
    kind = models.ForeignKey(Kind, models.PROTECT, null=True, related_name="+")  # none: used up, or no thing at all
    count = models.IntegerField()
    cost = models.DecimalField(max_digits=12, decimal_places=2)  # dollars for each

    class Meta(Fact.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_line_a_number"),
            models.CheckConstraint(
                condition=~Q(what="") & Q(count__range=(1, 500)) & Q(cost__gte=0), name="line_says_how_many_of_what"
            ),
        ]
        triggers = [*Fact.Meta.triggers, _part_of_a_version()]

    def __str__(self) -> str:
        return self.what

    @property
    def total(self) -> Decimal:
        """What all of them cost."""
        return self.cost * self.count


class Quote(Fact):
    """What a supplier asks, with his own paper."""

    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="quotes")
    number = models.IntegerField()
    supplier = models.CharField(max_length=120)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    on = models.DateField(null=True)  # the day of the quote
    chosen = models.BooleanField(default=False)
    file = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")

    class Meta(Fact.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_quote_a_number"),
            models.UniqueConstraint(fields=["version"], condition=Q(chosen=True), name="one_quote_is_chosen"),
            models.CheckConstraint(condition=~Q(supplier="") & Q(amount__gte=0), name="quote_of_a_supplier"),
        ]
        triggers = [*Fact.Meta.triggers, _part_of_a_version()]

    def __str__(self) -> str:
        return f"quote of {self.supplier}"


class ProposalFile(Fact):
    """Another paper or picture that the proposal rests on."""

    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="files")
    file = models.ForeignKey(KeptFile, models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        ordering = ["pk"]
        triggers = [*Fact.Meta.triggers, _part_of_a_version()]

    def __str__(self) -> str:
        return str(self.file)


class ProposalDecision(Fact):
    """What was decided on a version, by another member than those who wrote it. The digest says on exactly what."""

    class Verdict(models.TextChoices):
        """What the Commander or designee can say."""

        APPROVE = "approve", "approved"
        RETURN = "return", "returned"
        DECLINE = "decline", "declined"

    version = models.OneToOneField(ProposalVersion, models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict)
    digest = models.BinaryField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="approve") | ~Q(reason=""), name="proposal_is_turned_down_for_a_reason"
            ),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="another_decides_on_exactly_this",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"{decided_by_who_may(Power.APPROVE_PROPOSALS)}{DECIDED_BY_ANOTHER}",
            ),
        ]

    def __str__(self) -> str:
        return f"decision on {self.version}"


class ProposalEnd(Fact):
    """Why a proposal was withdrawn, or its order closed before all was received."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="end")
    reason = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="proposal_ends_for_a_reason")]

    def __str__(self) -> str:
        return f"end of proposal {self.proposal_id}"
