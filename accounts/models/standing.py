"""What was decided about an account while it stands: suspended, resumed; and what it was called before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.facts import Fact
from members.models import Member


class Suspension(Fact):
    """That the account falls silent, or speaks again, and why."""

    class Verb(models.TextChoices):
        """There and back."""

        SUSPEND = "suspend", "suspended"
        RESUME = "resume", "resumed"

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="suspensions")
    verb = models.CharField(max_length=10, choices=Verb)
    reason = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="suspension_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.verb} account {self.account_id}"


class AccountName(Fact):
    """What an account, or the platform it stands on, was called before: it is the same account all the while."""

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="former_names")
    platform_name = models.CharField(max_length=60, blank=True)  # "Twitter"; empty: only the account's name changed
    handle = models.TextField(blank=True)
    name = models.TextField(blank=True)
    until = models.DateField()  # the first day on which it was called otherwise
    note = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-until", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(platform_name="") | ~Q(handle="") | ~Q(name=""), name="former_name_says_one"
            )
        ]

    def __str__(self) -> str:
        return f"former name of account {self.account_id}"
