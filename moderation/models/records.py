"""Retained records (4.R): made before the platform is told to hide, never changed, sealed, verifiable."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import Clause
from members.canonical import Covered, Hashed, Hex, content_of
from members.facts import Fact
from members.models import Member
from members.models.seals import notes_for_the_sealer
from members.powers import Power
from moderation.models.comments import Comment
from moderation.models.grades import Grade


class RecordQuerySet(models.QuerySet["RetainedRecord"]):
    """Questions about retained records."""

    def visible_to(self, member: Member) -> RecordQuerySet:
        """Members of the unit; each read is logged (F.I)."""
        return self if member.may(Power.READ_UNIT) else self.none()


class RetainedRecord(Fact):
    """That a comment was retained: when, by whom, for which grade, under which clause; and the document's digest.

    Ids, digest and chain stay for ever; the document lies beside it, where only disposal can empty it (ruling 13).
    """

    ledger: ClassVar[str] = "records"
    COVERED: ClassVar[Covered] = {
        "id": "id",
        "comment": "comment_id",
        "grade": "grade_id",
        "clause": "clause_id",
        "version": "version",
        "digest": Hex("digest"),
        "by": "by_id",
        "made_at": "made_at",
    }

    id = models.BigAutoField(primary_key=True)
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="records")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="records")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    version = models.IntegerField()  # of the comment
    digest = models.BinaryField()  # SHA-256 of the document
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = RecordQuerySet.as_manager()
    payload: RetainedPayload

    class Meta(Fact.Meta):
        triggers = [*Fact.Meta.triggers, notes_for_the_sealer("records")]

    def __str__(self) -> str:
        return f"record {self.pk}"

    def sealed_content(self) -> dict[str, Any]:
        """What the seal covers, as plain JSON."""
        return content_of(self, self.COVERED)


class RetainedPayload(Fact):
    """The document itself: canonical JSON (RFC 8785), as bytes."""

    record = models.OneToOneField(RetainedRecord, models.PROTECT, primary_key=True, related_name="payload")
    document = models.BinaryField()

    def __str__(self) -> str:
        return f"document of record {self.record_id}"

    @property
    def content(self) -> dict[str, Any]:
        """The document, read."""
        content: dict[str, Any] = json.loads(bytes(self.document))
        return content

    def is_untouched(self) -> bool:
        """Whether the document still has the digest that was sealed."""
        return hashlib.sha256(bytes(self.document)).digest() == bytes(self.record.digest)


class RetainedAddition(Fact):
    """What came after the record was made: an avatar, an attachment, or that it cannot be had, and why."""

    ledger: ClassVar[str] = "additions"
    COVERED: ClassVar[Covered] = {
        "id": "id",
        "record": "record_id",
        "kind": "kind",
        "source": Hashed("source"),
        "media_type": "media_type",
        "digest": Hex("digest"),
        "unavailable": "unavailable",
        "at": "at",
    }

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(RetainedRecord, models.PROTECT, related_name="additions")
    kind = models.TextField()  # avatar, attachment
    source = models.TextField(blank=True)  # the address it came from
    media_type = models.TextField(blank=True)
    content = models.BinaryField(null=True)
    digest = models.BinaryField(null=True)
    unavailable = models.TextField(blank=True)  # the reason, when there is no content
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        triggers = [*Fact.Meta.triggers, notes_for_the_sealer("additions")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(content__isnull=False, digest__isnull=False, unavailable="")
                | (models.Q(content__isnull=True) & ~models.Q(unavailable="")),
                name="addition_is_here_or_says_why_not",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of record {self.record_id}"

    def sealed_content(self) -> dict[str, Any]:
        """What the seal covers, as plain JSON: the content by its digest."""
        return content_of(self, self.COVERED)
