"""What retained records are found by: one narrow row beside each (idea 7), of the same words as the comment's own."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Value
from django.db.models.expressions import CombinedExpression

from accounts.models import Account
from content.words.folding import LONGEST, fold, of_author
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from moderation.models.comments import Comment, Poster
from moderation.models.grades import Level
from moderation.models.records import RetainedRecord


def vector_of(name: str, handle: str, text: str) -> CombinedExpression:
    """The words of a comment: its author's with weight A, so that a poster is found apart from who is spoken of."""
    author = SearchVector(Value(of_author(name, handle)), config="simple", weight="A")
    return author + SearchVector(Value(fold(text)), config="simple")


class RecordEntryQuerySet(models.QuerySet["RecordEntry"]):
    """Questions to the narrow rows."""

    def visible_to(self, member: Member) -> RecordEntryQuerySet:
        """As the records themselves: members of the unit."""
        return self if member.may(Power.READ_UNIT) else self.none()


class RecordEntry(Narrow):
    """What one record is searched by. The words follow the poster's edits, and keep what was retained."""

    record = models.OneToOneField(RetainedRecord, models.PROTECT, primary_key=True, related_name="search_entry")
    at = models.DateTimeField()  # when the record was made
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    poster = models.ForeignKey(Poster, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    level = models.SmallIntegerField(choices=Level)
    clause = models.CharField(max_length=1)  # its letter
    vector = SearchVectorField()

    objects = RecordEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("at").desc(), F("record").desc(), name="record_newest"),
            models.Index(fields=["clause", "level"], name="record_clause"),
            GinIndex(fields=["vector"], name="record_words"),
        ]

    def __str__(self) -> str:
        return f"search entry of record {self.record_id}"

    @classmethod
    def of(cls, record: RetainedRecord) -> RecordEntry:
        """Make the entry of a new record. Call in the transaction that makes the record."""
        comment, grade = record.comment, record.grade
        return cls.objects.create(
            record=record,
            at=record.made_at,
            account_id=comment.account_id,
            poster_id=comment.poster_id,
            by_id=record.by_id,
            level=grade.level,
            clause=record.clause.letter,
            vector=_words_of(comment),
        )

    @classmethod
    def follow(cls, comment: Comment) -> None:
        """The poster edited `comment`: its records are found by the new words too."""
        entries = cls.objects.filter(record__comment=comment)
        if entries.exists():
            entries.update(vector=_words_of(comment))


def _words_of(comment: Comment) -> CombinedExpression:
    """The words of every version: the newest first, then those retained; who edits often pushes out only the others."""
    texts = {1: comment.text} | dict(comment.versions.exclude(text="").values_list("number", "text"))
    retained = comment.records.values_list("version", flat=True)
    order = dict.fromkeys([max(texts), *(number for number in retained if number in texts), *sorted(texts)])
    return vector_of(comment.author_name, comment.author_handle, "\n".join(texts[number][:LONGEST] for number in order))
