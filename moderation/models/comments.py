"""Comments and their versions: facts, stored once, never altered. Posters: who wrote them, as far as known."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.functional import cached_property

from accounts.models import Account, Post
from accounts.platforms import addresses
from accounts.platforms.contract import Kind, Platform, Ref
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from moderation.models.received import AsReceived, ReceivedItem, stands_in_one

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from moderation.models.cases import Case
    from moderation.models.measures import Measure
    from moderation.models.proposals import Proposal


class PosterQuerySet(models.QuerySet["Poster"]):
    """Questions about posters."""

    def visible_to(self, member: Member) -> PosterQuerySet:
        """Every member sees what this unit exchanged with a poster (ruling 5)."""
        return self if member.may(Power.READ_UNIT) else self.none()


class Poster(Narrow):
    """A person or account of the public on one platform, under the name last seen."""

    platform = models.CharField(max_length=20, choices=Platform)
    remote_id = models.TextField()
    name = models.TextField(blank=True)
    handle = models.TextField(blank=True)
    avatar_url = models.TextField(blank=True)
    first_seen_at = models.DateTimeField()

    objects = PosterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "remote_id"], name="one_poster_a_remote_id")]

    def __str__(self) -> str:
        return f"poster {self.pk}"

    @property
    def shown(self) -> str:
        """The name to show, or what stands for it when the platform gives none (LR-13)."""
        return self.name or self.handle or f"{Platform(self.platform).label} user"


class Identity(models.TextChoices):
    """How far the platform says who wrote it (LR-13)."""

    FULL = "full", "name and id"
    ID_ONLY = "id_only", "id only"
    NAME_ONLY = "name_only", "name only"
    UNAVAILABLE = "unavailable", "not given by the platform"


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments."""

    def visible_to(self, member: Member) -> CommentQuerySet:
        """Every member of the unit reads what the public wrote to it."""
        return self if member.may(Power.READ_UNIT) else self.none()


CAPTURED = "captured:"  # how the ids begin of comments that a member entered by hand


class Comment(AsReceived, Fact):
    """What somebody wrote to us, as first received. Later edits and deletions are versions."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="comments", db_index=False)
    remote_id = models.TextField()
    kind = models.TextField(choices=Kind)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="received", db_index=False)
    post_remote_id = models.TextField(blank=True)
    parent_remote_id = models.TextField(blank=True)
    poster = models.ForeignKey(Poster, models.PROTECT, null=True, related_name="comments", db_index=False)
    author_name = models.TextField(blank=True)
    author_handle = models.TextField(blank=True)
    author_avatar_url = models.TextField(blank=True)
    ours = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    language = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    address = models.TextField(blank=True)  # `permalink`, as short as the ids beside it allow
    posted_at = models.DateTimeField(null=True)  # null: the platform did not say
    received_at = models.DateTimeField()

    objects = CommentQuerySet.as_manager()
    case: Case
    measures: RelatedManager[Measure]
    proposals: RelatedManager[Proposal]

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(fields=["account", "remote_id"], name="one_comment_a_remote_id"),
            stands_in_one("comment_stands_on_its_bytes"),
        ]
        indexes = [
            # Upwards, as the rows come: an index that grows at its front is left half empty. It is read both ways.
            models.Index(fields=["poster", "id"]),
            models.Index(fields=["post", "id"]),
            # The usual language is found soon enough by walking; of the others there are few.
            models.Index(fields=["language"], condition=~models.Q(language__in=["", "en"]), name="comment_language"),
            # Rows lie in the order in which they came: it costs the insert next to nothing, and finds a day's.
            BrinIndex(fields=["received_at"], name="comment_by_the_day", pages_per_range=16, autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def identity(self) -> str:
        """How far the platform said who wrote it, an Identity: what it said stands in the row itself."""
        named = self.author_name or self.author_handle
        if self.poster_id is None:
            return Identity.NAME_ONLY.value if named else Identity.UNAVAILABLE.value
        return Identity.FULL.value if named else Identity.ID_ONLY.value

    @property
    def is_captured(self) -> bool:
        """Whether a member entered it by hand: no application reaches it there."""
        return self.remote_id.startswith(CAPTURED)

    @property
    def permalink(self) -> str:
        """Its address on the platform, as given; empty where none was."""
        return addresses.whole(
            self.address, remote_id=self.remote_id, post=self.post_remote_id, handle=self.author_handle
        )

    @cached_property
    def item(self) -> ReceivedItem:
        """Its bytes as received."""
        return cast("ReceivedItem", self.bytes_kept())  # there always are some: a constraint

    @property
    def digest(self) -> bytes:
        """SHA-256 of the text, by which an edit is found."""
        return hashlib.sha256(self.text.encode()).digest()

    @property
    def ref(self) -> Ref:
        """How a platform's client names it."""
        return Ref(
            remote_id=self.remote_id,
            post_remote_id=self.post_remote_id,
            parent_remote_id=self.parent_remote_id,
            author_remote_id=self.poster.remote_id if self.poster else "",
            kind=self.kind,
        )

    @property
    def author_shown(self) -> str:
        """The author's name as it stood on this comment, or what stands for it."""
        return self.author_name or self.author_handle or f"{Platform(self.account.platform).label} user"

    @property
    def sort_at(self) -> datetime:
        """Its time in lists: when it was posted, else when it came."""
        return self.posted_at or self.received_at


class CommentVersion(AsReceived, Fact):
    """A later state of a comment as the platform showed it: edited, deleted, there again. Version 1 is the comment."""

    class Change(models.TextChoices):
        """What was seen to have happened."""

        EDITED = "edited", "edited"
        DELETED = "deleted", "deleted"
        RESTORED = "restored", "there again"

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="versions", db_index=False)
    number = models.IntegerField()
    change = models.TextField(choices=Change)
    text = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True)  # as the platform says
    seen_at = models.DateTimeField()
    digest = models.BinaryField()

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=models.Q(number__gte=2), name="first_version_is_the_comment"),
            stands_in_one("version_stands_on_its_bytes", perhaps=True),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of comment {self.comment_id}"

    @cached_property
    def item(self) -> ReceivedItem | None:
        """Its bytes as received; None where it was seen by a look that found nothing there."""
        return self.bytes_kept()
