"""The clients of the four platforms' APIs: one module each, one contract (`contract.Client`)."""

from __future__ import annotations

from collections.abc import Callable

from accounts.platforms.client import Client, Renewing
from accounts.platforms.contract import Credentials, Limit, Platform
from accounts.platforms.facebook import Facebook
from accounts.platforms.instagram import Instagram
from accounts.platforms.x import X
from accounts.platforms.youtube import YouTube

_CLIENTS: dict[str, type[Client]] = {
    Platform.FACEBOOK: Facebook,
    Platform.INSTAGRAM: Instagram,
    Platform.X: X,
    Platform.YOUTUBE: YouTube,
}


def client_for(
    platform: str,
    credentials: Credentials,
    *,
    limits: Callable[[Limit], None] | None = None,
    renewed: Callable[[Credentials], None] | None = None,
    renewing: Renewing | None = None,
) -> Client:
    """The client that speaks for an account of `platform`. Raises LookupError for a platform without an API."""
    try:
        return _CLIENTS[platform](credentials, limits=limits, renewed=renewed, renewing=renewing)
    except KeyError:
        raise LookupError(f"No client speaks to “{platform}”.") from None
