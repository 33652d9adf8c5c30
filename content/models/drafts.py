"""What stands around a draft: remarks on it, who reads it just now, and who has seen which revision."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from content.models.items import Item, Revision
from members.facts import Fact, Narrow
from members.models import Member

LEASE = timedelta(minutes=30)  # after that nobody is said to be reviewing it any more


class DraftComment(Fact):
    """A colleague's remark on a revision of an item; the public never sees it."""

    LONGEST = 5000

    item = models.ForeignKey(Item, models.PROTECT, related_name="remarks")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="remark_says_something")]

    def __str__(self) -> str:
        return f"remark {self.pk} on item {self.item_id}"


class Look(Fact):
    """That a member who may decide had a revision on his screen: from there on he is shown what changed."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="looks")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["member", "revision"], name="first_look_at_a_revision")]

    def __str__(self) -> str:
        return f"look at revision {self.revision_id}"


class Reviewing(Narrow):
    """That a member says he is reviewing an item, for a while: so that no second one begins the same work."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="reviewing")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    until = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="reviewing_said_once")]

    def __str__(self) -> str:
        return f"review of item {self.item_id} under way"
