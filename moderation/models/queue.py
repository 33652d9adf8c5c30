"""Two narrow tables beside the wide one (idea 7): what waits, and what can be searched."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account
from members.authority import require
from members.models import LogEntry, Member
from members.models.trail import current_act
from members.powers import Power
from moderation.bands import Band
from moderation.models.comments import Comment
from moderation.models.taking import take, take_among


class Taken(Exception):
    """Another member holds the comment (409). Says who, and until when."""

    def __init__(self, holder: Member, until: Any) -> None:
        self.holder = holder
        self.until = until
        super().__init__(f"{holder.name} is working on this comment.")


class Urgency(models.IntegerChoices):
    """The order of the queue; smaller is sooner. Set by the rules of triage, which order and never act."""

    THREAT = 0, "may be a threat or an emergency"
    OFFENCE = 1, "may break the terms"
    CONCERN = 2, "asks for help or an answer"
    ORDINARY = 3, "ordinary"


class QueueQuerySet(models.QuerySet["QueueEntry"]):
    """Questions to the queue."""

    def visible_to(self, member: Member) -> QueueQuerySet:
        """Every member grades (F.V)."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def free_for(self, member: Member) -> QueueQuerySet:
        """What `member` could take now: unclaimed, lapsed, or his own."""
        return self.filter(Q(held_by__isnull=True) | Q(lease_until__lt=timezone.now()) | Q(held_by=member))

    def in_order(self) -> QueueQuerySet:
        """By urgency, then age."""
        return self.order_by("urgency", "at", "comment_id")


class QueueEntry(models.Model):
    """A comment that waits for its grade. Gone when graded."""

    # Those of a fixed width first, the widest before the others: no byte between them is empty.
    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="queue_entry")
    at = models.DateTimeField()  # when it was posted, else received
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    held_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="holds", db_index=False)
    lease_until = models.DateTimeField(null=True)
    urgency = models.SmallIntegerField(choices=Urgency, default=Urgency.ORDINARY)
    suspected = models.SmallIntegerField(null=True)  # the level that triage suspects
    by_model = models.BooleanField(default=False, db_default=False)  # the learned model suspects it, not the rules
    language = models.TextField(blank=True)
    because = models.TextField(blank=True)
    band = models.TextField(blank=True, choices=Band, default="", db_default="")

    objects = QueueQuerySet.as_manager()

    class Meta:
        # The claim columns stay out of every index, so that claiming is a cheap (HOT) update.
        indexes = [models.Index(fields=["urgency", "at", "comment"], name="queue_order")]

    def __str__(self) -> str:
        return f"queue entry of comment {self.comment_id}"

    @property
    def holder(self) -> Member | None:
        """Who holds it now; None when nobody does or the lease has run out."""
        if self.held_by is not None and self.lease_until is not None and self.lease_until > timezone.now():
            return self.held_by
        return None

    @classmethod
    def claim_next(
        cls, *, by: Member, among: QueueQuerySet | None = None, any_language: bool = False
    ) -> QueueEntry | None:
        """Take the most urgent, oldest free comment for `by`. None when nothing waits. Never waits for a lock.

        What he does not read and others do waits LANGUAGE_MINUTES for them, unless `any_language` or it is urgent
        (ruling 17). Raises Refused to who reads only.
        """
        only, chosen = "", ()
        if among is not None and among.query.where:
            try:
                only, chosen = among.order_by().values("pk").query.sql_with_params()
            except EmptyResultSet:
                return None
        require(by, Power.GRADE_COMMENTS)
        now = timezone.now()
        given = {
            "now": now,
            "member": by.pk,
            "since": now - timedelta(minutes=settings.LANGUAGE_MINUTES),
            "reads": list(by.languages),
            "until": now + timedelta(minutes=settings.CLAIM_MINUTES),
            "act": current_act(),
        }
        fields = [field.attname for field in cls._meta.concrete_fields]
        if only or any_language:
            row = take_among(given, fields, only, chosen, any_language=any_language)
        else:
            row = take(given, fields)
        if row is None:
            return None
        entry = cls.from_db(connection.alias, fields, row)
        entry.held_by = by
        return entry

    @classmethod
    def claim(cls, comment_id: int, *, by: Member) -> QueueEntry:
        """Take this comment, or renew one's own claim. Raises Refused, Taken, or DoesNotExist when it waits no more."""
        require(by, Power.GRADE_COMMENTS)
        with transaction.atomic():
            entry = cls.objects.select_for_update(of=("self",)).select_related("held_by").get(pk=comment_id)
            holder = entry.holder
            if holder is not None and holder != by:
                raise Taken(holder, entry.lease_until)
            entry.hold(by)
        return entry

    def hold(self, by: Member) -> None:
        """Note the claim or renew it. Needs the row locked."""
        renewed = self.held_by_id == by.pk and self.holder is not None
        self.held_by = by
        self.lease_until = timezone.now() + timedelta(minutes=settings.CLAIM_MINUTES)
        type(self).objects.filter(pk=self.pk).update(held_by=by, lease_until=self.lease_until)
        if not renewed:
            self._log("claim", by)

    def release(self, *, by: Member) -> None:
        """Give the comment back to the queue. Nothing happens when `by` does not hold it. Raises Refused to readers."""
        require(by, Power.GRADE_COMMENTS)
        if type(self).objects.filter(pk=self.pk, held_by=by).update(held_by=None, lease_until=None):
            self._log("release", by)

    def _log(self, verb: str, by: Member) -> None:
        LogEntry.objects.create(by=by, verb=verb, subject_type="moderation.comment", subject_id=str(self.pk))


class SearchEntry(models.Model):
    """The stored tsvector of a comment's author and (truncated) text, by the newest version."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="search_entry")
    at = models.DateTimeField()
    vector = SearchVectorField()
    grants = ("SELECT", "INSERT", "UPDATE")

    class Meta:
        indexes = [
            # What is still to be sorted in takes no more than this many kilobytes, and is read through by every search.
            GinIndex(fields=["vector"], name="search_words", gin_pending_list_limit=512),
            models.Index(fields=["at"], name="search_newest"),  # grows at its end, and is read backwards
        ]

    def __str__(self) -> str:
        return f"search entry of comment {self.comment_id}"
