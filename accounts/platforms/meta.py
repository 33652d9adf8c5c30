"""What Facebook and Instagram share: one host, Page tokens, usage headers, errors (facts.md 1.4 to 1.6, 2.4)."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from accounts.platforms.api_client import DAY, ApiClient
from accounts.platforms.contract import Gone, Limit, NotPossible, PlatformError, RateLimited, TokenExpired, Uncertain
from accounts.platforms.fields import flag, inside, number
from accounts.platforms.http import Answer, Ask, Bearer, Transient, until

_TOKEN_DEAD = {102, 104, 190}
_BUSY = {1, 2}
_LIMITS = {4, 17, 32, 341, 613, *range(80000, 80015)}
_FORBIDDEN = {3, 10, 283, *range(200, 300)}
_BY_HAND = {368, 551, 10900, 10903, 10904}
_REGAIN = timedelta(minutes=5)  # where the platform does not say how long


class MetaClient(ApiClient):
    """Signs with the Page token and, where the app has a secret, with proof of it."""

    items = "data"

    def ask(self, name: str, method: str, path: str, **content: Any) -> Answer:
        """Sign with the token and, where the app has a secret, with proof of it."""
        params = dict(content.get("params") or {})
        if self.credentials.app_secret:
            params["appsecret_proof"] = self._proof()
        return self.send(
            Ask(
                name,
                method,
                f"{settings.META_GRAPH_BASE}/{path}",
                params=params,
                form=content.get("form"),
                auth=Bearer(self.credentials.access_token),
            )
        )

    def _proof(self) -> str:
        key, token = self.credentials.app_secret.encode(), self.credentials.access_token.encode()
        return hmac.new(key, token, hashlib.sha256).hexdigest()

    def note_limits(self, answer: Answer) -> None:
        """Both usage headers speak in percent; the fullest of their counts is what matters."""
        for usage in _usages(answer):
            counts = [number(usage.get(key)) or 0 for key in ("call_count", "total_cputime", "total_time")]
            self.on_limit(Limit("*", used=max(counts), resets_at=_regained(usage)))

    def refuse(self, answer: Answer, body: dict[str, Any]) -> None:
        """By the code of the error (facts.md 1.4)."""
        error = body.get("error")
        code = number(inside(error, "code"))
        if code is None:
            return
        subcode = number(inside(error, "error_subcode"))
        spoken = f"{code}/{subcode}" if subcode else str(code)
        write = answer.ask.is_write
        if code in _TOKEN_DEAD:
            raise TokenExpired("Meta does not accept the token any more.", code=spoken)
        if code in _LIMITS or answer.status == 429:
            waits = [when for usage in _usages(answer) if (when := _regained(usage))]
            when = max(waits, default=datetime.now(UTC) + _REGAIN)
            raise RateLimited("Meta asks for a pause.", until=min(when, until(DAY)), code=spoken)
        if _is_gone(code, subcode, error):
            raise Gone("It is not there any more, or not shown to us.", code=spoken)
        if code == 506:
            raise Uncertain("Meta says that this was sent before.", code=spoken)
        if code in _BUSY or answer.status >= 500 or flag(inside(error, "is_transient")):
            raise (Uncertain if write else Transient)("Meta is busy or in trouble.", code=spoken)
        if code in _BY_HAND:
            raise NotPossible("Meta refuses this as unwanted: an officer should look.", code=spoken)
        if code in _FORBIDDEN:
            raise NotPossible("Meta does not permit our application to do this.", code=spoken)
        raise PlatformError(f"Meta refused the request ({spoken}).", code=spoken, permanent=True)


def _is_gone(code: int, subcode: int | None, error: Any) -> bool:
    """100 with subcode 33; old versions of the API send no subcode and only say it."""
    said = inside(error, "message")
    return (
        code == 100 and (subcode == 33 or (isinstance(said, str) and "does not exist, cannot" in said))
    ) or code == 803


def _usages(answer: Answer) -> list[dict[str, Any]]:
    found: list[Any] = []
    for name in ("x-business-use-case-usage", "x-app-usage"):
        try:
            said = json.loads(answer.headers.get(name, "{}"))
        except ValueError:
            continue
        listed = said.values() if name != "x-app-usage" and isinstance(said, dict) else [[said]]
        found += [usage for usages in listed if isinstance(usages, list) for usage in usages]
    return [usage for usage in found if isinstance(usage, dict) and usage]


def _regained(usage: dict[str, Any]) -> datetime | None:
    minutes = number(usage.get("estimated_time_to_regain_access"))
    return datetime.now(UTC) + timedelta(minutes=min(minutes, 1440)) if minutes else None
