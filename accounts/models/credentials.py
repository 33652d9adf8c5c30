"""What an account signs in with, and how of many workers one renews it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import OperationalError, connection, models, transaction
from django.utils import timezone

from accounts.models.account import Account
from accounts.platforms.contract import Credentials, PlatformError
from members.secrets import SecretField

LONGEST_WAIT = 30  # seconds for another worker's renewal: longer than a write to a platform may take
LOCK_NOT_AVAILABLE = "55P03"


class Credential(models.Model):
    """What the account signs in with, encrypted; never shown, never logged."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="credential")
    access_token = SecretField(blank=True)
    refresh_token = SecretField(blank=True)
    client_id = models.TextField(blank=True)
    client_secret = SecretField(blank=True)
    app_secret = SecretField(blank=True)
    expires_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)
    grants = ("SELECT", "INSERT", "UPDATE")

    def __str__(self) -> str:
        return f"credential of account {self.pk}"

    def lasts(self, longer: timedelta) -> bool:
        """Whether the access token is good for longer than that, as far as it is known."""
        return self.expires_at is None or self.expires_at > timezone.now() + longer

    def spoken(self, account: Account) -> Credentials:
        """In the form that a client takes."""
        return Credentials(
            remote_id=account.remote_id,
            handle=account.handle,
            access_token=self.access_token,
            refresh_token=self.refresh_token,
            client_id=self.client_id,
            client_secret=self.client_secret,
            app_secret=self.app_secret,
            page_id=account.page_id,
            tier=account.tier,
            expires_at=self.expires_at,
        )

    @contextmanager
    def held(self, account: Account) -> Iterator[Credentials]:
        """What is stored now, while no other worker renews it; what is renewed within is committed at the end.

        The row's lock is held over the platform's answer: so of many workers one asks, and the others find what it
        got. Whoever is killed after the platform's answer and before the commit loses a rotated refresh token: then
        the account needs reconnecting, which is seen within one poll (docs/operations.md). Raises PlatformError when
        another worker holds it for too long. No transaction may be open: it would put the commit off.
        """
        try:
            with transaction.atomic(durable=True), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}s'")
                stored = Credential.objects.select_for_update(no_key=True).get(pk=self.pk)
                cursor.execute("SET LOCAL lock_timeout = DEFAULT")
                yield stored.spoken(account)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            raise PlatformError("Another worker is renewing the token.", code="renewing") from None

    def keep_renewed(self, renewed: Credentials) -> None:
        """Store refreshed tokens before they are used: a rotating refresh token that is lost cannot be had again."""
        self.access_token = renewed.access_token
        self.refresh_token = renewed.refresh_token
        self.expires_at = renewed.expires_at
        self.save(update_fields=["access_token", "refresh_token", "expires_at", "changed_at"])
