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


# What `free_for` and `in_order` say, and the taking of what they find; what is renewed is not logged again.
_TAKE = """
WITH free AS MATERIALIZED (
    SELECT comment_id, held_by_id, lease_until FROM moderation_queueentry entry
    WHERE (held_by_id IS NULL OR lease_until < %s OR held_by_id = %s) {read} {among}
    ORDER BY urgency, at, comment_id LIMIT 1
    FOR NO KEY UPDATE OF entry SKIP LOCKED
), taken AS (
    UPDATE moderation_queueentry entry SET held_by_id = %s, lease_until = %s
    FROM free WHERE entry.comment_id = free.comment_id
    RETURNING {fields}
), logged AS (
    INSERT INTO members_logentry (at, by_id, verb, subject_type, subject_id, act)
    SELECT %s, %s, 'claim', 'moderation.comment', comment_id::text, %s
    FROM free WHERE NOT coalesce(held_by_id = %s AND lease_until > %s, false)
)
SELECT taken.* {quick} FROM taken
"""

# What only others read waits for them (ruling 17): for some minutes, and never what may be a threat or an emergency.
# The agency's first language is everybody's. The languages that somebody reads are looked up once a claim.
_READ = """AND (urgency = 0 OR at < %s OR language NOT IN (
    SELECT unnest(languages) FROM members_member WHERE is_active
    EXCEPT SELECT unnest(%s::varchar[])
    EXCEPT SELECT coalesce((SELECT languages[1] FROM members_agency), 'en')
))"""

# A claim is a lease: should the database fall in the half second after it, the comment is merely free again. So nobody
# waits for the disk here; only where the claim is a transaction of its own, for what else is committed must be safe.
_QUICK = ", set_config('synchronous_commit', 'off', true)"


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

        One statement, since every officer's every comment begins with it.
        """
        only, chosen = "", ()
        if among is not None and among.query.where:
            try:
                sql, chosen = among.order_by().values("pk").query.sql_with_params()
            except EmptyResultSet:
                return None
            only = f"AND comment_id IN ({sql})"
        require(by, Power.GRADE_COMMENTS)
        now = timezone.now()
        until = now + timedelta(minutes=settings.CLAIM_MINUTES)
        fields = [field.attname for field in cls._meta.concrete_fields]
        quick = "" if connection.in_atomic_block else _QUICK
        read = "" if any_language else _READ
        patience: list[Any] = (
            [] if any_language else [now - timedelta(minutes=settings.LANGUAGE_MINUTES), list(by.languages)]
        )
        columns = ", ".join(f"entry.{name}" for name in fields)
        statement = _TAKE.format(among=only, read=read, fields=columns, quick=quick)
        given: list[Any] = [now, by.pk, *patience, *chosen, by.pk, until, now, by.pk, current_act(), by.pk, now]
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            row = cursor.fetchone()
        if row is None:
            return None
        entry = cls.from_db(connection.alias, fields, row[: len(fields)])
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
