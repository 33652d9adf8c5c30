"""What another hand did to a post of ours on its platform: seen, and settled by a person (ruling 6)."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Post
from members.authority import holds
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful


class PostDifference(Narrow, Stateful):
    """A post of ours does not stand as it was approved."""

    class Kind(models.TextChoices):
        """What was seen."""

        CHANGED = "changed", "its text is another"
        GONE = "gone", "it is gone"

    class State(models.TextChoices):
        """A person's task."""

        OPEN = "open", "to be settled"
        SETTLED = "settled", "settled"

    MOVES = {State.OPEN: {State.SETTLED}}
    VERBS: ClassVar[dict[str, str]] = {"settle": State.SETTLED}

    post = models.ForeignKey(Post, models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=10, choices=Kind)
    approved = models.TextField()  # the text as it should stand
    seen = models.TextField(blank=True)  # as it stood when it was noticed
    state = models.CharField(max_length=20, choices=State, default=State.OPEN, editable=False)
    noticed_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)  # who did it and why, and what was done about it
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["post", "kind"], condition=Q(state="open"), name="one_difference_a_kind"),
            models.CheckConstraint(
                condition=Q(state="open") | (~Q(note="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="settled_says_how",
            ),
        ]
        indexes = [models.Index(fields=["state"], condition=Q(state="open"), name="differences_open")]
        triggers = [
            pgtrigger.ReadOnly(
                name="difference_stands_as_seen", fields=["post", "kind", "approved", "seen", "noticed_at"]
            ),
            pgtrigger.Protect(
                name="settled_stays_settled",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state = 'settled'"),
            ),
        ]

    def __str__(self) -> str:
        return f"difference of post {self.post_id}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("difference", args=[self.pk])

    def may_settle(self, member: Member) -> bool:
        """Whoever develops content, and whoever approves it."""
        return holds(member, Power.DEVELOP_CONTENT) or holds(member, Power.APPROVE_CONTENT)


class PostLook(Narrow):
    """When a post of ours was last looked at by itself: a list that leaves it out says too little."""

    post = models.OneToOneField(Post, models.PROTECT, primary_key=True, related_name="look")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"look at post {self.post_id}"
