"""Ideas and newsworthy items (C.2, F.VA): from members, from the department by the public page, in answer to a call."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from content.models.calls import Letter
from members.facts import Fact, Narrow
from members.kept_files import place_of
from members.models import Member
from members.powers import Power
from members.states import Stateful

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from content.models.items import Item

_LETTERS = "ACDEFHJKMNPQRTUVWXY34679"  # none is read or heard for another


def new_reference() -> str:
    """A code by which somebody without an account follows what becomes of his idea."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Questions about ideas."""

    def visible_to(self, member: Member) -> IdeaQuerySet:
        """Every member of the unit sees what was suggested."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def new(self) -> IdeaQuerySet:
        """Those that nobody has taken or declined, the oldest at the head."""
        return self.filter(state=Idea.State.NEW).order_by("received_at", "pk")


class Idea(Narrow, Stateful):
    """Something that could become content. Each becomes a draft, or is declined with a reason its sender reads."""

    class State(models.TextChoices):
        """Decided once."""

        NEW = "new", "new"
        TAKEN = "taken", "became a draft"
        DECLINED = "declined", "declined"

    class Way(models.TextChoices):
        """How it came."""

        MEMBER = "member", "from a member"
        PAGE = "page", "by the public page"
        CALL = "call", "in answer to a call"

    MOVES = {State.NEW: {State.TAKEN, State.DECLINED}}
    VERBS: ClassVar[dict[str, str]] = {"take": State.TAKEN, "decline": State.DECLINED}

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    way = models.CharField(max_length=10, choices=Way)
    state = models.CharField(max_length=10, choices=State, default=State.NEW, editable=False)
    title = models.CharField(max_length=150)
    happens_on = models.DateField(null=True)  # the day of what it is about
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="ideas")
    name = models.CharField(max_length=120, blank=True)  # as somebody outside the unit gave it; nobody checks it
    part = models.CharField(max_length=120, blank=True)  # of the department
    email = models.EmailField(blank=True)  # where he wants to be told what became of it
    received_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)  # why it was declined: whoever has the reference reads it
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = IdeaQuerySet.as_manager()
    texts: RelatedManager[IdeaText]
    files: RelatedManager[IdeaFile]
    items: RelatedManager[Item]

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["received_at", "id"], condition=Q(state="new"), name="idea_new")]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(reference=""), name="idea_has_title_and_reference"),
            models.CheckConstraint(
                condition=Q(way="member", by__isnull=False, letter__isnull=True)
                | Q(way="page", by__isnull=True, letter__isnull=True)
                | Q(way="call", by__isnull=True, letter__isnull=False),
                name="idea_names_where_it_came_from",
            ),
            models.CheckConstraint(
                condition=Q(state="new", decided_by__isnull=True, decided_at__isnull=True, answer="")
                | Q(state="taken", decided_by__isnull=False, decided_at__isnull=False)
                | Q(state="declined", decided_by__isnull=False, decided_at__isnull=False) & ~Q(answer=""),
                name="idea_is_declined_for_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_was_suggested_stands", exclude=["state", "answer", "decided_by", "decided_at"]
            ),
            pgtrigger.Protect(
                name="idea_is_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'new'"),
            ),
        ]

    def __str__(self) -> str:
        return f"idea {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page, for members."""
        return reverse("idea", args=[self.pk])

    @property
    def from_whom(self) -> str:
        """Who suggested it, in words."""
        if self.by is not None:
            return self.by.name
        if self.letter is not None:
            return str(self.letter.contact)
        return ", ".join(part for part in (self.name, self.part) if part) or "somebody who gave no name"

    @staticmethod
    def may_take(member: Member) -> bool:
        """Whoever develops content."""
        return member.may(Power.DEVELOP_CONTENT)

    may_decline = may_take


class IdeaText(Fact):
    """What was written to an idea: first the idea itself, then what its sender added, or the unit asked him."""

    LONGEST = 5000

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="texts")
    text = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # none: whoever has the reference
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="idea_text_is_not_empty")]

    def __str__(self) -> str:
        return f"text {self.pk} of idea {self.idea_id}"


class IdeaFile(Fact):
    """A file that came with an idea, as it came. Its bytes lie under their SHA-256 in settings.MEDIA_ROOT.

    Nothing of it was looked into: it is served as a download, and inspected when it is to become content.
    """

    LONGEST_NAME = 150

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="files")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=LONGEST_NAME)  # as its sender called it
    mime = models.CharField(max_length=60)
    size = models.BigIntegerField()  # bytes
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="idea_file_lies_in_its_place"),
            models.CheckConstraint(condition=~Q(name="") & Q(size__gt=0), name="idea_file_has_a_name_and_bytes"),
        ]

    def __str__(self) -> str:
        return f"file {self.pk} of idea {self.idea_id}"

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return place_of(self.digest)
