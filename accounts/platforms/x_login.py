"""How an account on X is connected: OAuth 2.0 with PKCE, as a confidential client (facts.md 3.4).

A code lives 30 seconds. The access token lives two hours; the refresh token that `offline.access` brings rotates.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings

from accounts.platforms.capabilities.x import ENTERPRISE
from accounts.platforms.contract import Credentials, Platform, PlatformError, TokenExpired, Uncertain
from accounts.platforms.fields import inside, loose_id, loose_text, number
from accounts.platforms.http import Answer, Ask, Bearer, judge_status, send
from accounts.platforms.login import Choice, Grant, Login
from accounts.platforms.x_api import token_request

# Without these nothing can be read, answered or hidden, or everything ends after two hours.
NEEDED = ("tweet.read", "tweet.write", "tweet.moderate.write", "users.read", "offline.access")
# Without these posts with files, private messages and the list of blocked accounts stay an officer's task.
ALSO = ("media.write", "dm.read", "dm.write", "block.read")
BLOCKING = "block.write"  # X knows it on the Enterprise tier only; asked for elsewhere it would refuse the sign-in


class XLogin(Login):
    """The member who signs in at X chooses the account there, so that a grant opens one."""

    platform = Platform.X
    needed = frozenset(NEEDED)

    def __init__(self) -> None:
        self.asked = NEEDED + ALSO + ((BLOCKING,) if settings.X_TIER == ENTERPRISE else ())

    def address(self, *, state: str, challenge: str, redirect_uri: str) -> str:
        """X wants the challenge of every client, also of one that has a secret."""
        query = {
            "response_type": "code",
            "client_id": self.app.client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(self.asked),
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{settings.X_AUTHORIZE_URL}?{urlencode(query)}"

    def exchange(self, code: str, *, verifier: str, redirect_uri: str) -> Grant:
        """What was granted stands in the answer; it may be less than was asked."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        told = _certainly(token_request("token", form, self.app.client_id, self.app.client_secret)).object()
        access = loose_text(told.get("access_token"))
        if not access:
            raise PlatformError("X's answer to the sign-in could not be understood.", code="unreadable")
        seconds = number(told.get("expires_in"))
        return Grant(
            access_token=access,
            refresh_token=loose_text(told.get("refresh_token")),
            expires_at=datetime.now(UTC) + timedelta(seconds=min(seconds, 10**9)) if seconds else None,
            scopes=frozenset(loose_text(told.get("scope")).split()),
        )

    def choices(self, grant: Grant) -> list[Choice]:
        """The account that the member signed in with."""
        ask = Ask("get_author", "GET", f"{settings.X_BASE}/2/users/me", auth=Bearer(grant.access_token))
        me = inside(send(ask, _judge_me).json(), "data")
        name, handle = loose_id(inside(me, "id")), loose_text(inside(me, "username"))
        if not name:
            raise PlatformError("X does not say whose sign-in this is.", code="unreadable")
        return [Choice(name, loose_text(inside(me, "name")) or handle or "Account without a name", handle)]

    def revoke(self, credentials: Credentials) -> None:
        """Of both tokens. One that is no good any more is given back already."""
        for kind in ("refresh_token", "access_token"):
            token = getattr(credentials, kind)
            if not token:
                continue
            form = {"token": token, "token_type_hint": kind}
            client = (credentials.client_id or self.app.client_id, credentials.client_secret or self.app.client_secret)
            send(token_request("revoke", form, *client, path="revoke"), _judge_revocation)


def _certainly(ask: Ask) -> Answer:
    """Of a code whose answer is lost nobody knows whether it is spent: then the member signs in anew."""
    try:
        return send(ask, _judge_code)
    except Uncertain as error:
        raise PlatformError("X did not answer. Sign in again.", code=error.code) from None


def _judge_code(answer: Answer) -> None:
    name = loose_text(answer.object().get("error"))[:40]
    if answer.status == 401 or name in ("invalid_client", "unauthorized_client"):
        said = "X does not know this product: its client id or secret is wrong."
        raise PlatformError(said, code=name or "401", permanent=True)
    if answer.status == 400:
        raise TokenExpired("X does not accept this sign-in (any more). Sign in again.", code=name or "400")
    judge_status(answer)


def _judge_me(answer: Answer) -> None:
    if answer.status == 401:
        raise TokenExpired("X does not accept the sign-in any more. Sign in again.", code="401")
    if answer.status == 403:
        raise PlatformError("X does not let this sign-in read its account.", code="403", permanent=True)
    judge_status(answer)


def _judge_revocation(answer: Answer) -> None:
    """A token that X does not know (any more) is as good as given back."""
    if answer.status != 400 or answer.object().get("error") != "invalid_request":
        judge_status(answer)
