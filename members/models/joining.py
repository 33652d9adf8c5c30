"""How a member comes in, and comes in again after losing his second factor: one-time links, kept as digests only."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.facts import Narrow
from members.models.member import Member


def new_token() -> tuple[str, bytes]:
    """A token for a link, and its digest, which alone is stored."""
    token = secrets.token_urlsafe(32)
    return token, digest_of_token(token)


def digest_of_token(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


class OneTimeQuerySet(models.QuerySet["OneTime"]):
    """Questions about one-time links."""

    def open(self, at: datetime | None = None) -> OneTimeQuerySet:
        """Those that still open something."""
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at or timezone.now())


class OneTime(Narrow):
    """A link sent to a member by e-mail: good once, for a time, and not after another was sent.

    It stands as it was sent; that it was used, or withdrawn, is written once and never taken back.
    """

    class Kind(models.TextChoices):
        """What the link opens."""

        INVITATION = "invitation", "invitation"
        FACTOR_RESET = "factor_reset", "reset of the second factor"
        UNLOCK = "unlock", "way in after a lockout"

    kind = models.CharField(max_length=20, choices=Kind)
    member = models.ForeignKey(Member, models.PROTECT, related_name="one_time_links")
    digest = models.BinaryField()
    sent_to = models.EmailField()
    # null: the member himself, or the console
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # of a reset: why, and how he made sure whom he speaks to
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OneTimeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="one_link_a_token"),
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_link_a_member_and_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind="factor_reset") | (Q(by__isnull=False) & ~Q(by=models.F("member"))),
                name="nobody_resets_his_own_second_factor",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="link_stands_as_sent", exclude=["used_at", "withdrawn_at"]),
            pgtrigger.Protect(
                name="link_is_over_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.used_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.member}"

    @property
    def opens(self) -> bool:
        """Whether it still opens something."""
        return self.used_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class KnownDevice(Narrow):
    """A browser from which a member has signed in before: a sign-in from any other is told him by e-mail."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="devices")
    digest = models.BinaryField()  # of the token in the browser's cookie
    words = models.CharField(max_length=200)  # "Firefox on Windows"
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "digest"], name="one_device_a_member_and_token")]

    def __str__(self) -> str:
        return f"{self.words} of {self.member}"
