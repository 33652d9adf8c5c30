"""What stood on an account before this product came: bans and hidden comments, taken over (ruling 8)."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.account import Account
from members.facts import Narrow
from members.models import Member
from members.powers import Power


class StandingBanQuerySet(models.QuerySet["StandingBan"]):
    """Questions about bans from before."""

    def visible_to(self, member: Member) -> StandingBanQuerySet:
        """Whoever reads what the unit does; the names of posters go no further."""
        return self if member.may(Power.READ_UNIT) else self.none()


class StandingBan(Narrow):
    """Somebody whom the account had banned before it was connected here: as the platform lists him, or noted by hand.

    The row may name him; the trail never does.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="standing_bans")
    remote_id = models.TextField(blank=True)
    name = models.TextField(blank=True)
    seen_at = models.DateTimeField(default=timezone.now)  # when it was found or noted
    noted_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")  # null: it was listed
    reason = models.TextField(blank=True)  # as far as anybody remembers

    objects = StandingBanQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "remote_id"], condition=~Q(remote_id=""), name="one_standing_ban_a_poster"
            ),
            models.CheckConstraint(condition=~Q(remote_id="", name=""), name="a_standing_ban_is_somebodys"),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="ban_stands_as_found", fields=["account", "remote_id", "seen_at", "noted_by"])
        ]

    def __str__(self) -> str:
        return f"ban {self.pk} on {self.account}"


class Takeover(Narrow):
    """How far the past of an account has been taken over. One row an account, made when it is connected."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="takeover")
    bans_at = models.DateTimeField(null=True, blank=True)  # when its list of bans was read to the end
    bans_by_hand = models.BooleanField(default=False)  # the platform lists nobody: they are noted by hand
    bans_trouble = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    hidden = models.PositiveIntegerField(null=True, blank=True)  # comments that were hidden at the first reading

    def __str__(self) -> str:
        return f"takeover of account {self.pk}"
