"""The trail: every act leaves an entry, in the act's own transaction (architecture.md, idea 3).

An entry says who, when, which verb, on what, from which state to which, and names the decision's row by id and digest.
It never holds the text of a message, a reason or a poster's name (ruling 14): those could not be redacted later.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, cast

from django.db import models
from django.utils import timezone

from members.canonical import Covered, content_of
from members.facts import Fact
from members.models.leaving import acts_no_more
from members.models.member import Member
from members.models.seals import notes_for_the_sealer
from members.powers import Power

READS = ("read", "verify", "download", "export")  # verbs of the log: what was looked at, not claimed

_act: ContextVar[uuid.UUID | None] = ContextVar("act", default=None)


@contextmanager
def one_act(act: uuid.UUID | None = None) -> Iterator[uuid.UUID]:
    """Everything recorded inside bears one id: what a single click did, also later in a worker (`act` passed on)."""
    current = act or uuid.uuid4()
    token = _act.set(current)
    try:
        yield current
    finally:
        _act.reset(token)


def current_act() -> uuid.UUID:
    """The id of the act in hand, or a fresh one outside any."""
    return _act.get() or uuid.uuid4()


def _read_by(rows: models.QuerySet[Any], member: Member) -> Any:
    """All of `rows` to those who read them by their position; to everybody else, what he did himself."""
    if member.may(Power.READ_TRAIL):
        return rows
    return rows.filter(by=member) if member.is_active else rows.none()


class TrailQuerySet(models.QuerySet["TrailEntry"]):
    """Questions to the trail."""

    def visible_to(self, member: Member) -> TrailQuerySet:
        """The whole unit's to those who read it by their position; to everybody else, what he did himself."""
        return cast("TrailQuerySet", _read_by(self, member))

    def about(self, subject: models.Model) -> TrailQuerySet:
        """What was done to `subject`."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def by(self, member: Member) -> TrailQuerySet:
        """What `member` did."""
        return self.filter(by=member)


class LogQuerySet(models.QuerySet["LogEntry"]):
    """Questions to the log."""

    def visible_to(self, member: Member) -> LogQuerySet:
        """As the trail: the whole unit's by position, else one's own."""
        return cast("LogQuerySet", _read_by(self, member))

    def reads(self) -> LogQuerySet:
        """What was read and taken out (F.I); not who held which comment."""
        return self.filter(verb__in=READS)


class Entry(Fact):
    """What the trail and the quieter log have in common."""

    ledger: ClassVar[str]
    COVERED: ClassVar[Covered] = {
        "id": "id",
        "at": "at",
        "by": "by_id",
        "verb": "verb",
        "subject": ("subject_type", "subject_id"),
        "act": "act",
    }

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # null: the system
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    act = models.UUIDField(default=current_act)

    class Meta(Fact.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"

    def sealed_content(self) -> dict[str, Any]:
        """What the seal covers, as plain JSON."""
        return content_of(self, self.COVERED)


class TrailEntry(Entry):
    """One act, sealed about a second later."""

    ledger: ClassVar[str] = "trail"
    COVERED: ClassVar[Covered] = {
        **Entry.COVERED,
        "states": ("before", "after"),
        "decision": ("decision_type", "decision_id", "decision_digest"),
    }

    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    decision_type = models.CharField(max_length=60, blank=True)
    decision_id = models.CharField(max_length=60, blank=True)
    decision_digest = models.CharField(max_length=64, blank=True)

    objects = TrailQuerySet.as_manager()

    class Meta(Entry.Meta):
        triggers = [*Fact.Meta.triggers, notes_for_the_sealer("trail"), acts_no_more()]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"]),
            # Each by time, in which the trail is read: what is asked of one summer is not sought through all years.
            models.Index(
                fields=["by", "at", "id", "verb"]
            ),  # the verb is judged in it: what he never did is not sought
            models.Index(fields=["verb", "at", "id"]),
            models.Index(fields=["subject_type", "at", "id"]),
            models.Index(fields=["at", "id"]),
            models.Index(fields=["act"]),
        ]


class LogEntry(Entry):
    """A claim or a read: worth keeping, too frequent for the trail (ruling 20). Sealed less often."""

    ledger: ClassVar[str] = "log"

    objects = LogQuerySet.as_manager()

    class Meta(Entry.Meta):
        triggers = [*Fact.Meta.triggers, notes_for_the_sealer("log"), acts_no_more()]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"]),
            # Claims are many and looked for beside their comment: the page of reads does not wade through them.
            models.Index(fields=["at", "id"], condition=models.Q(verb__in=READS), name="log_reads"),
            models.Index(fields=["by", "at", "id"], condition=models.Q(verb__in=READS), name="log_reads_by"),
            models.Index(fields=["act"], condition=models.Q(verb__in=READS), name="log_reads_act"),
        ]
