"""How an account is connected: the department signs in at the platform and lets this product speak for it (OAuth 2).

One Login per platform. `Grant` is what a code was exchanged for; of the `Choice`s that it opens a person takes one.
Nothing here knows who asked or keeps anything: that is `accounts.connecting`. Imports no models.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from accounts.platforms.contract import Credentials


@dataclass(frozen=True, slots=True)
class App:
    """What the department registered at the platform for this product. Its secret is never printed."""

    client_id: str = ""
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """What the platform gave for a code. `scopes` are those that were granted, which may be fewer than asked."""

    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_at: datetime | None = None
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """An account that a grant lets us speak for. `lacks`: why it cannot be connected all the same, in a sentence."""

    remote_id: str
    name: str
    handle: str = ""
    page_id: str = ""  # Instagram: the Page it is linked to
    access_token: str = field(default="", repr=False)  # where the account has one of its own (a Page's)
    lacks: str = ""


class Login(ABC):
    """The sign-in at one platform."""

    platform: str
    asked: tuple[str, ...]  # scopes
    needed: frozenset[str]  # without these the account is not connected
    pkce: bool = True

    @property
    def app(self) -> App:
        """What is registered; empty ids where nothing is."""
        return App(**settings.PLATFORM_APPS[self.platform])

    @abstractmethod
    def address(self, *, state: str, challenge: str, redirect_uri: str) -> str:
        """Where the member is sent. `challenge` is the S256 of PKCE's verifier, ignored where the platform has none."""

    @abstractmethod
    def exchange(self, code: str, *, verifier: str, redirect_uri: str) -> Grant:
        """The grant for a code. Raises PlatformError: TokenExpired for a code that is spent, wrong or too old."""

    @abstractmethod
    def choices(self, grant: Grant) -> list[Choice]:
        """The accounts that the grant opens. Raises PlatformError."""

    def credentials(self, grant: Grant, choice: Choice, *, tier: str = "") -> Credentials:
        """What a client signs in with for the chosen account."""
        return Credentials(
            remote_id=choice.remote_id,
            handle=choice.handle,
            access_token=choice.access_token or grant.access_token,
            refresh_token=grant.refresh_token,
            client_id=self.app.client_id,
            client_secret=self.app.client_secret,
            app_secret=self.app.client_secret,
            page_id=choice.page_id,
            tier=tier,
            expires_at=None if choice.access_token else grant.expires_at,  # of the token that is kept
        )

    @abstractmethod
    def revoke(self, credentials: Credentials) -> None:
        """Give the token back when the account is terminated. Raises PlatformError."""
