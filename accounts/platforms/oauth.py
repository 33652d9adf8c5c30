"""Access tokens that live for hours: refreshed once when they are refused, and kept before they are used."""

from __future__ import annotations

import time
from abc import abstractmethod
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.platforms.api_client import ApiClient
from accounts.platforms.contract import Credentials, PlatformError, TokenExpired
from accounts.platforms.fields import number
from accounts.platforms.http import Answer, Ask, Bearer, judge_status, send

_SOON = timedelta(seconds=30)
_LATE = 3.0  # seconds that a refresh may take before a write; with the write's own they stay within an order's lease


class RefreshingClient(ApiClient):
    """Adds the refresh of OAuth 2 to a client. Where refresh tokens rotate, a lost one means signing in again."""

    @abstractmethod
    def request(self, name: str, method: str, path: str, content: dict[str, Any], auth: Bearer) -> Ask:
        """The platform's request."""

    @abstractmethod
    def refresh_request(self) -> Ask:
        """The request for a new access token."""

    def ask(self, name: str, method: str, path: str, **content: Any) -> Answer:
        """Send a request; refresh a token that is refused (or about to be) and send it once more.

        A refused request had no effect, so that sending a write again is safe, unless the refresh took so long that
        another worker may have taken the order: then PlatformError, and the order is tried anew. Raises TokenExpired.
        """
        started = time.monotonic()
        expires_at = self.credentials.expires_at
        can_refresh = bool(self.credentials.refresh_token)
        if can_refresh and expires_at and expires_at < datetime.now(UTC) + _SOON:
            self.refresh()
            can_refresh = False
            _require_time(method, started)
        try:
            return self.send(self.request(name, method, path, content, Bearer(self.credentials.access_token)))
        except TokenExpired:
            if not can_refresh:
                raise
        self.refresh()
        _require_time(method, started)
        return self.send(self.request(name, method, path, content, Bearer(self.credentials.access_token)))

    def refresh(self) -> None:
        """Get a new access token, hand it to `on_renewed`, and only then use it. Raises TokenExpired.

        Alone: where refresh tokens rotate, each is good once, and of two workers who send the same one the second would
        be told that the account is lost. Whoever comes second finds what the first has stored, and uses that.
        """
        with self.renewing() as stored:
            if stored.access_token == self.credentials.access_token:
                stored = self._renewed()
                self.on_renewed(stored)
        self.credentials = stored

    def _renewed(self) -> Credentials:
        answer = send(self.refresh_request(), _judge_refresh)
        values = answer.object()
        token, refresh = values.get("access_token"), values.get("refresh_token")
        if not isinstance(token, str) or not token:
            raise PlatformError("The answer to the refresh of the token could not be understood.", code="unreadable")
        seconds = number(values.get("expires_in"))
        return replace(
            self.credentials,
            access_token=token,
            refresh_token=refresh if isinstance(refresh, str) and refresh else self.credentials.refresh_token,
            expires_at=datetime.now(UTC) + timedelta(seconds=min(seconds, 10**9)) if seconds else None,
        )


def _require_time(method: str, started: float) -> None:
    if method != "GET" and time.monotonic() - started > _LATE:
        raise PlatformError("The token had to be renewed first.", code="renewed")


def _judge_refresh(answer: Answer) -> None:
    if 400 <= answer.status < 500 and answer.status not in (408, 429):
        code = answer.object().get("error")
        raise TokenExpired("The account must be connected again.", code=code[:40] if isinstance(code, str) else "")
    judge_status(answer)
