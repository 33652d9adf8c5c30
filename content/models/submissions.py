"""What was handed in for approval, to the byte, and what was decided on it (2.0, 2.E).

A submission holds all that goes out: the words of every version, the digests of the rendered files with their
descriptions, hashtags, links, accounts and the window of time. The verdict is given on its digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from content.models.items import Item, Revision
from members.deciding import decided_by_who_may
from members.facts import Fact
from members.models import Member
from members.powers import Power

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from content.models.publications import Publication

_BY_ANOTHER = """
IF NEW.digest <> (SELECT digest FROM content_submission WHERE id = NEW.submission_id) THEN
    RAISE EXCEPTION 'pgtrigger: a verdict is on exactly what was handed in';
END IF;
IF NEW.verdict = 'approve' AND (
    EXISTS (SELECT FROM content_submission handed JOIN content_item item ON item.id = handed.item_id
        WHERE handed.id = NEW.submission_id AND NEW.by_id IN (handed.asked_by_id, item.written_by_id))
    OR EXISTS (SELECT FROM content_submission handed JOIN content_revision revision ON revision.item_id = handed.item_id
        WHERE handed.id = NEW.submission_id AND revision.by_id = NEW.by_id)
    OR EXISTS (SELECT FROM content_submission handed JOIN content_item item ON item.id = handed.item_id
        JOIN content_idea idea ON idea.id = item.idea_id
        WHERE handed.id = NEW.submission_id AND idea.by_id = NEW.by_id)
) THEN
    RAISE EXCEPTION 'pgtrigger: who wrote or changed it does not approve it';
END IF;
IF NEW.verdict = 'approve' AND clock_timestamp() > (
    SELECT ends_at + interval '1 minute' FROM content_submission WHERE id = NEW.submission_id
) THEN
    RAISE EXCEPTION 'pgtrigger: its time is over';
END IF;
RETURN NEW;
"""
_SCENE = f"""
IF (SELECT active_scene FROM content_submission WHERE id = NEW.submission_id) THEN
    {decided_by_who_may(Power.APPROVE_ACTIVE_SCENES)}
ELSE
    {decided_by_who_may(Power.APPROVE_CONTENT)}
END IF;
RETURN NEW;
"""  # noqa: S608  (nothing of it comes from outside)


class Submission(Fact):
    """An item as it is to go out, handed in for approval."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="submissions")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    document = models.BinaryField()  # canonical JSON
    digest = models.BinaryField()  # SHA-256 of it
    active_scene = models.BooleanField()
    expedited = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)  # to the approver
    at = models.DateTimeField(default=timezone.now)

    publications: RelatedManager[Publication]
    verdict: Verdict

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="window_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"submission {self.pk} of item {self.item_id}"

    @property
    def seen_as(self) -> str:
        """Its digest as a page shows it and a form brings it back."""
        return bytes(self.digest).hex()


class Verdict(Fact):
    """What was decided on a submission. The digest says on exactly what."""

    class Kind(models.TextChoices):
        """What the Commander or designee can say."""

        APPROVE = "approve", "approved"
        RETURN = "return", "returned"
        DECLINE = "decline", "declined"

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="verdict")
    verdict = models.CharField(max_length=10, choices=Kind)
    digest = models.BinaryField()
    confirmed = ArrayField(models.CharField(max_length=1), default=list)  # the criteria that the approver ticked
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="approve") | Q(confirmed=list("ABCDEFG")), name="approved_means_all_criteria"
            ),
            models.CheckConstraint(condition=Q(verdict="approve") | ~Q(reason=""), name="no_verdict_without_a_reason"),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="another_decides_on_exactly_this",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_BY_ANOTHER,
            ),
            pgtrigger.Trigger(
                name="verdict_of_who_may", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_SCENE
            ),
        ]

    def __str__(self) -> str:
        return f"verdict on submission {self.submission_id}"
