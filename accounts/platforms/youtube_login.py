"""How a YouTube channel is connected: Google's sign-in (facts.md 4.4).

While the consent screen is in “Testing” Google's refresh tokens end after 7 days: the unit's is to be published first.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from accounts.platforms.contract import Credentials, Platform, PlatformError, TokenExpired, Uncertain
from accounts.platforms.fields import inside, loose_text, number
from accounts.platforms.http import Answer, Ask, Bearer, judge_status, send
from accounts.platforms.login import Choice, Grant, Login

# Everything but live chats; uploads are covered too.
SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"


class YouTubeLogin(Login):
    """The channel itself is chosen at Google, so that a grant opens one."""

    platform = Platform.YOUTUBE
    asked = (SCOPE,)
    needed = frozenset({SCOPE})

    def address(self, *, state: str, challenge: str, redirect_uri: str) -> str:
        """`offline` and `consent` together are what brings a refresh token, at every sign-in anew."""
        query = {
            "client_id": self.app.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": " ".join(self.asked),
            "access_type": "offline",
            "prompt": "consent",
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{settings.GOOGLE_AUTHORIZE_URL}?{urlencode(query)}"

    def exchange(self, code: str, *, verifier: str, redirect_uri: str) -> Grant:
        """Raises PlatformError also where Google gave no refresh token: such a sign-in would end within the hour."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self.app.client_id,
            "client_secret": self.app.client_secret,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        told = _certainly(Ask("token", "POST", settings.GOOGLE_TOKEN_URL, form=form)).object()
        access, refresh = loose_text(told.get("access_token")), loose_text(told.get("refresh_token"))
        if not access:
            raise PlatformError("Google's answer to the sign-in could not be understood.", code="unreadable")
        if not refresh:
            raise PlatformError("Google gave no lasting token. Sign in again.", code="no-refresh-token", permanent=True)
        seconds = number(told.get("expires_in"))
        return Grant(
            access_token=access,
            refresh_token=refresh,
            expires_at=datetime.now(UTC) + timedelta(seconds=min(seconds, 10**9)) if seconds else None,
            scopes=frozenset(loose_text(told.get("scope")).split()),
        )

    def choices(self, grant: Grant) -> list[Choice]:
        """None where the Google account has no channel."""
        params = {"part": "snippet", "mine": "true", "maxResults": "50"}
        url = f"{settings.YOUTUBE_BASE}/channels"
        answer = send(Ask("get_author", "GET", url, params=params, auth=Bearer(grant.access_token)), _judge_channels)
        items = answer.object().get("items")
        found = [_choice(item) for item in (items if isinstance(items, list) else [])]
        return [choice for choice in found if choice.remote_id]

    def revoke(self, credentials: Credentials) -> None:
        """Of the refresh token, which takes the access tokens with it. One that is no good any more is given back."""
        token = credentials.refresh_token or credentials.access_token
        if not token:
            return
        send(Ask("revoke", "POST", settings.GOOGLE_REVOKE_URL, form={"token": token}), _judge_revocation)


def _certainly(ask: Ask) -> Answer:
    """Of a code whose answer is lost nobody knows whether it is spent: then the member signs in anew."""
    try:
        return send(ask, _judge_code)
    except Uncertain as error:
        raise PlatformError("Google did not answer. Sign in again.", code=error.code) from None


def _judge_code(answer: Answer) -> None:
    name = loose_text(answer.object().get("error"))[:40]
    if name == "invalid_grant":
        raise TokenExpired("Google does not accept this sign-in (any more). Sign in again.", code=name)
    if name == "redirect_uri_mismatch":
        said = "Google does not know the address of this product: it has to be registered there."
        raise PlatformError(said, code=name, permanent=True)
    if name in ("invalid_client", "unauthorized_client"):
        said = "Google does not know this product: its client id or secret is wrong."
        raise PlatformError(said, code=name, permanent=True)
    judge_status(answer)


def _judge_channels(answer: Answer) -> None:
    reason = loose_text(inside(answer.json(), "error", "errors", 0, "reason"))
    if answer.status == 401:
        raise TokenExpired("Google does not accept the sign-in any more. Sign in again.", code=reason or "401")
    if answer.status == 403:
        raise PlatformError("Google does not let this sign-in read its channel.", code=reason or "403", permanent=True)
    judge_status(answer)


def _judge_revocation(answer: Answer) -> None:
    """A token that Google does not know (any more) is as good as given back."""
    if answer.status != 400 or answer.object().get("error") != "invalid_token":
        judge_status(answer)


def _choice(item: Any) -> Choice:
    snippet = inside(item, "snippet")
    handle = loose_text(inside(snippet, "customUrl")).lstrip("@")
    name = loose_text(inside(snippet, "title"))
    return Choice(loose_text(inside(item, "id")), name or handle or "Channel without a name", handle)
