"""Our posts on the platforms, as they stand there: what the public comments on."""

from __future__ import annotations

from django.db import models

from accounts.models.account import Account
from members.facts import Narrow


class Post(Narrow):
    """A post of ours, as last seen."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    remote_id = models.TextField()
    text = models.TextField(blank=True)
    posted_at = models.DateTimeField(null=True)
    permalink = models.TextField(blank=True)
    image_url = models.TextField(blank=True)
    comments = models.IntegerField(null=True)  # as the platform counts them
    seen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "remote_id"], name="one_post_a_remote_id")]

    def __str__(self) -> str:
        return f"post {self.remote_id}"
