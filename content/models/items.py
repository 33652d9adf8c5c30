"""An item of content on its road, every revision of it, and who found it accurate (2.0, F.VC).

The item is a narrow row; what was written, found accurate, handed in and decided are facts beside it (ruling 18). The
item points at its revision and at the submission that stands: as soon as it points at another, what was approved binds
nobody any more.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from content import manuscript
from content.manuscript import Manuscript
from members.authority import holds
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from content.models.placements import Placement
    from content.models.submissions import Submission

_APPROVED = """
IF NOT EXISTS (
    SELECT FROM content_submission handed JOIN content_verdict verdict ON verdict.submission_id = handed.id
    WHERE handed.id = NEW.submission_id AND handed.item_id = NEW.id AND handed.revision_id = NEW.revision_id
        AND verdict.verdict = 'approve' AND verdict.digest = handed.digest
) THEN
    RAISE EXCEPTION 'pgtrigger: only what another member approved in exactly this form is scheduled or published';
END IF;
RETURN NEW;
"""
_OF_ANOTHER = """
IF EXISTS (
    SELECT FROM content_item item
    WHERE item.id = NEW.item_id AND NEW.by_id IN (item.written_by_id, item.handed_in_by_id)
) OR EXISTS (
    SELECT FROM content_item item JOIN content_revision written ON written.item_id = item.id
    WHERE item.id = NEW.item_id AND written.number <= item.handed_in_on AND written.by_id = NEW.by_id
) THEN
    RAISE EXCEPTION 'pgtrigger: nobody finds his own text accurate';
END IF;
RETURN NEW;
"""


class Purpose(models.TextChoices):
    """What an item is for (C.4)."""

    PREVENTION = "prevention", "crime prevention"
    OUTREACH = "outreach", "outreach"
    MATTER = "matter", "police matter"
    HIGHLIGHT = "highlight", "member highlight"
    REPOST = "repost", "re-post"
    EMERGENCY = "emergency", "emergency"


class ItemQuerySet(models.QuerySet["Item"]):
    """Questions about items."""

    def visible_to(self, member: Member) -> ItemQuerySet:
        """Every member of the unit sees what is being written."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def under_way(self) -> ItemQuerySet:
        """Those that are neither out nor ended."""
        return self.filter(state__in=Item.UNDER_WAY)


class Item(Narrow, Stateful):
    """Something that the department is to say: one purpose, a version for each account."""

    class State(models.TextChoices):
        """The road of 2.0."""

        DRAFT = "draft", "draft"
        REVIEW = "review", "accuracy review"
        RENDERING = "rendering", "being rendered"
        APPROVAL = "approval", "waits for approval"
        SCHEDULED = "scheduled", "scheduled"
        PUBLISHED = "published", "published"
        RETURNED = "returned", "returned"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"
        EXPIRED = "expired", "expired"

    MOVES = {
        State.DRAFT: {State.REVIEW, State.RENDERING, State.WITHDRAWN},
        State.REVIEW: {State.RENDERING, State.RETURNED, State.DRAFT, State.WITHDRAWN},
        State.RENDERING: {State.APPROVAL, State.RETURNED, State.DRAFT, State.WITHDRAWN},
        State.APPROVAL: {
            State.SCHEDULED, State.RETURNED, State.DECLINED, State.DRAFT, State.WITHDRAWN, State.EXPIRED,
        },
        State.SCHEDULED: {State.PUBLISHED, State.DRAFT, State.WITHDRAWN, State.EXPIRED},
        State.RETURNED: {State.DRAFT, State.WITHDRAWN},
        State.EXPIRED: {State.DRAFT, State.WITHDRAWN},
    }  # fmt: skip
    VERBS: ClassVar[dict[str, str]] = {
        "hand_in": State.REVIEW,
        "confirm_accuracy": State.RENDERING,
        "send_back": State.RETURNED,
        "decide": State.SCHEDULED,
        "withdraw": State.WITHDRAWN,
    }
    FROM: ClassVar[dict[str, set[str]]] = {
        "hand_in": {State.DRAFT},
        "confirm_accuracy": {State.REVIEW},
        "send_back": {State.REVIEW},
        "decide": {State.APPROVAL},
    }
    UNDER_WAY = (State.DRAFT, State.REVIEW, State.RENDERING, State.APPROVAL, State.SCHEDULED, State.RETURNED)
    # In these it can be written on; from the later ones that takes it back to a draft, and voids what was decided.
    WRITABLE = (*UNDER_WAY, State.EXPIRED)

    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20, choices=Purpose)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    revision = models.ForeignKey("content.Revision", models.PROTECT, null=True, related_name="+")
    submission = models.ForeignKey("content.Submission", models.PROTECT, null=True, related_name="+")
    # As the revision has them, for lists and the calendar.
    campaign = models.ForeignKey("content.Campaign", models.PROTECT, null=True, related_name="items")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    idea = models.ForeignKey("content.Idea", models.PROTECT, null=True, related_name="items")
    wanted_by = models.DateTimeField(null=True)  # when it should be ready to be decided
    urgent = models.BooleanField(default=False)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    handed_in_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    handed_in_on = models.IntegerField(null=True)  # the number of the revision: later ones correct it in the review
    handed_in_note = models.TextField(blank=True)  # to the approver
    returned_because = models.TextField(blank=True)  # or declined, or not rendered: the last reason given
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    objects = ItemQuerySet.as_manager()
    revisions: RelatedManager[Revision]
    submissions: RelatedManager[Submission]
    placements: RelatedManager[Placement]

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="items_by_state"),
            models.Index(fields=["starts_at"], name="items_by_day", condition=Q(starts_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="item_has_a_purpose"),
            models.CheckConstraint(
                condition=~Q(state__in=["approval", "scheduled", "published"]) | Q(submission__isnull=False),
                name="what_is_decided_was_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
                name="published_at_a_moment",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="item_stays_whose_it_is", fields=["idea", "written_by", "created_at"]),
            pgtrigger.Protect(
                name="published_stays_published",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state IN ('published', 'declined', 'withdrawn')"),
            ),
            pgtrigger.Trigger(
                name="scheduled_means_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.state IN ('scheduled', 'published')"),
                func=_APPROVED,
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("item", args=[self.pk])

    @property
    def manuscript(self) -> Manuscript:
        """What it says now."""
        return self.revision.manuscript if self.revision else Manuscript(title=self.title, purpose=self.purpose)

    def editors(self) -> set[int]:
        """The keys of all who wrote it, changed a word of it, handed it in or had the idea: none approves it (2.0)."""
        found = {self.written_by_id, self.handed_in_by_id, *self.revisions.values_list("by_id", flat=True)}
        if self.idea is not None:
            found.add(self.idea.by_id)
        return {one for one in found if one is not None}

    def drafters(self) -> set[int]:
        """The keys of those who wrote it up to its being handed in: to none of them is it another's text (F.VC)."""
        drafted = self.revisions.filter(number__lte=self.handed_in_on or 0).values_list("by_id", flat=True)
        return {self.written_by_id, *([self.handed_in_by_id] if self.handed_in_by_id else []), *drafted}

    @property
    def needs_commander(self) -> bool:
        """Whether what was handed in concerns an active scene: then the Commander decides alone (2.E)."""
        return self.submission is not None and self.submission.active_scene

    # --- who may ---

    def verbs_for(self, member: Member) -> list[str]:
        """As Stateful says, each verb in the states where it means something."""
        return [verb for verb in super().verbs_for(member) if verb not in self.FROM or self.state in self.FROM[verb]]

    def may_save(self, member: Member) -> bool:
        """Sworn members, Supervisor and Specialist develop content."""
        return holds(member, Power.DEVELOP_CONTENT)

    may_hand_in = may_save

    def may_confirm_accuracy(self, member: Member) -> bool:
        """The Specialist, or one above; nobody of his own text."""
        return holds(member, Power.REVIEW_ACCURACY) and member.pk not in self.drafters()

    may_send_back = may_confirm_accuracy

    def may_decide(self, member: Member) -> bool:
        """Commander or designee, of an active scene the Commander alone; nobody who wrote or changed it (2.0, 2.E)."""
        power = Power.APPROVE_ACTIVE_SCENES if self.needs_commander else Power.APPROVE_CONTENT
        return holds(member, power) and member.pk not in self.editors()

    def may_withdraw(self, member: Member) -> bool:
        """Whoever wrote it, handed it in, or could decide it."""
        return member.pk in {self.written_by_id, self.handed_in_by_id} or holds(member, Power.APPROVE_CONTENT)


class Revision(Fact):
    """An item as one member left it. Its number counts within the item."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    document = models.BinaryField()  # the manuscript, canonical JSON
    digest = models.BinaryField()  # SHA-256 of it
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_revision_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of item {self.item_id}"

    @property
    def manuscript(self) -> Manuscript:
        """What it says."""
        return manuscript.read(json.loads(bytes(self.document)))


class AccuracyReview(Fact):
    """That a member read a revision for accuracy and found it right, or what was wrong (F.VC)."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="reviews")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reviews")
    accurate = models.BooleanField()
    note = models.TextField(blank=True)
    digest = models.BinaryField()  # of the revision
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(accurate=True) | ~Q(note=""), name="what_is_wrong_is_said"),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="accurate_says_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_OF_ANOTHER,
            ),
        ]

    def __str__(self) -> str:
        return f"accuracy review of item {self.item_id}"
