"""Whether the Terms of Use are displayed on, or linked from, an account (4.T): what each look at it found."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.account import Account
from accounts.models.terms import Terms
from members.facts import Fact
from members.models import Member


class TermsCheckQuerySet(models.QuerySet["TermsCheck"]):
    """Questions about checks."""

    def last_of(self, accounts: models.QuerySet[Account] | list[Account]) -> dict[int, TermsCheck]:
        """The last check of each account, without its picture."""
        rows = self.filter(account__in=accounts).defer("picture").select_related("by", "terms")
        return {one.account_id: one for one in rows.order_by("account_id", "-id").distinct("account_id")}


class TermsCheck(Fact):
    """One look at one account: by the platform's API, or by a member, who gives a picture of what he saw."""

    class How(models.TextChoices):
        """By what."""

        API = "api", "by the platform's API"
        PICTURE = "picture", "by a member, with a picture"

    class Result(models.TextChoices):
        """What was found."""

        DISPLAYED = "displayed", "displayed"
        LINKED = "linked", "linked"
        MISSING = "missing", "neither displayed nor linked"

    account = models.ForeignKey(Account, models.PROTECT, related_name="terms_checks", db_index=False)
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="+")  # in force at the time
    how = models.CharField(max_length=10, choices=How)
    result = models.CharField(max_length=10, choices=Result)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    picture = models.BinaryField(null=True)  # the file as it was given: it is proof, nothing is taken out of it
    mime = models.CharField(max_length=20, blank=True)
    digest = models.BinaryField(default=b"")  # SHA-256 of the picture

    objects = TermsCheckQuerySet.as_manager()

    class Meta(Fact.Meta):
        ordering = ["-id"]
        indexes = [models.Index(fields=["account", "-id"], name="terms_check_last")]
        constraints = [
            models.CheckConstraint(
                condition=Q(how="api", by__isnull=True, picture__isnull=True)
                | Q(how="picture", by__isnull=False, picture__isnull=False),
                name="terms_seen_by_a_member_are_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"check of the terms on account {self.account_id}"

    def is_good(self, in_force: Terms | None) -> bool:
        """Whether what was found still shows the public the terms in force: a displayed text shows its own version."""
        if self.result == self.Result.MISSING or in_force is None:
            return False
        return self.result == self.Result.LINKED or self.terms_id == in_force.pk

    def is_overdue(self, now: datetime | None = None) -> bool:
        """Whether it is so long ago that somebody must look again."""
        return self.at <= (now or timezone.now()) - timedelta(days=settings.TERMS_CHECK_DAYS)
