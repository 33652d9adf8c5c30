"""One sign-in at a platform, by which an account is connected or connected again: begun here, ended once."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.account import Account
from accounts.models.requests import AccountRequest
from accounts.platforms.contract import WITH_API, Platform
from members.deciding import decided_by_who_may
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.secrets import SecretField
from members.states import Stateful

LIFE = timedelta(minutes=10)


def in_ten_minutes() -> object:
    """The end of a sign-in that begins now."""
    return timezone.now() + LIFE


def digest_of(secret: str) -> bytes:
    """What is stored of a secret that only has to be recognised."""
    return hashlib.sha256(secret.encode()).digest()


class ConnectingQuerySet(models.QuerySet["Connecting"]):
    """Questions about sign-ins."""

    def visible_to(self, member: Member) -> ConnectingQuerySet:
        """Each his own, while he may connect accounts: what it opens is nobody else's."""
        return self.filter(member=member) if member.may(Power.ADMINISTER_ACCOUNTS) else self.none()

    def overdue(self) -> ConnectingQuerySet:
        """Those that nobody came back from in time, or chose in."""
        return self.exclude(state__in=Connecting.ENDED).filter(expires_at__lt=timezone.now())


class Connecting(Narrow, Stateful):
    """One such sign-in, of one member in one session, for one approved request or one account that stands."""

    class State(models.TextChoices):
        """Where it is. A code is exchanged once: whoever moves the row to `returned` does it."""

        SENT = "sent", "at the platform"
        RETURNED = "returned", "back from the platform"
        CHOOSING = "choosing", "to be chosen from"
        CONNECTED = "connected", "connected"
        FAILED = "failed", "ended without an account"

    MOVES = {
        State.SENT: {State.RETURNED, State.FAILED},
        State.RETURNED: {State.CHOOSING, State.CONNECTED, State.FAILED},
        State.CHOOSING: {State.CONNECTED, State.FAILED},
    }
    ENDED = (State.CONNECTED, State.FAILED)

    request = models.ForeignKey(AccountRequest, models.PROTECT, null=True, related_name="sign_ins")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="sign_ins")  # to connect again
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    platform = models.CharField(max_length=20, choices=Platform)
    state = models.CharField(max_length=30, choices=State, default=State.SENT, editable=False)
    state_digest = models.BinaryField(unique=True)  # of OAuth's `state`: it is recognised, never shown again
    session_digest = models.BinaryField()
    verifier = SecretField(blank=True)  # PKCE's, until the code is exchanged
    redirect_uri = models.TextField()
    cut_off_days = models.PositiveSmallIntegerField(default=7)
    kept = SecretField(blank=True)  # the grant and what it opens, while somebody chooses
    says = models.TextField(blank=True)  # why it failed
    begun_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_ten_minutes)
    returned_at = models.DateTimeField(null=True, blank=True)

    objects = ConnectingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "sign-in at a platform"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(request__isnull=False, account__isnull=True)
                | Q(request__isnull=True, account__isnull=False),
                name="sign_in_is_for_a_request_or_an_account",
            ),
            models.CheckConstraint(condition=Q(platform__in=WITH_API), name="sign_in_is_where_there_is_one"),
            models.CheckConstraint(condition=Q(state="sent") | Q(verifier=""), name="verifier_is_used_once"),
            models.CheckConstraint(condition=Q(state="choosing") | Q(kept=""), name="tokens_wait_only_for_a_choice"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(says=""), name="a_sign_in_fails_for_a_reason"),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="sign_in_stands_as_begun",
                exclude=["state", "verifier", "kept", "says", "returned_at"],
            ),
            pgtrigger.Protect(
                name="sign_in_goes_forward",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('connected', 'failed') OR (OLD.state <> 'sent' AND NEW.state = 'sent')"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"sign-in at {self.get_platform_display()}"

    def is_of(self, member: Member, session: str) -> bool:
        """Whether it was begun by this member in this session; compared in constant time."""
        same_session = hmac.compare_digest(bytes(self.session_digest), digest_of(session))
        return same_session and self.member_id == member.pk

    @property
    def is_over(self) -> bool:
        """Whether its time has run out."""
        return self.expires_at <= timezone.now()

    def fail(self, why: str, *, verb: str = "refuse") -> None:
        """It ends without an account, for this reason; nothing of what the platform gave is kept. Raises WrongState."""
        self.become(self.State.FAILED, verb=verb, by=self.member, says=why, verifier="", kept="")


class Acknowledgement(Fact):
    """The Commander has read a platform's terms on use by a government, in the version shown, and takes them on."""

    platform = models.CharField(max_length=20, choices=Platform)
    version = models.CharField(max_length=20)
    digest = models.BinaryField()  # of the text as it was shown
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["platform", "version", "digest"], name="terms_are_acknowledged_once"),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="the_commander_takes_them_on",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"{decided_by_who_may(Power.DESIGNATE)} RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform}'s terms, version {self.version}"
