"""The unit's four accounts on a real sandbox, for whatever speaks to platforms."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import stamina

from accounts.models import Account, Credential
from accounts.platforms import http
from tests.pretended import Pretended

_numbers = itertools.count(1)
CLIENT = {"client_id": "unit", "client_secret": "a-secret-of-the-client"}


@dataclass(frozen=True)
class Stage:
    """The sandbox's control, for one account a platform."""

    control: httpx.Client

    def post(self, account: Account, text: str = "Coffee with a Cop", **fields: Any) -> str:
        """A post of ours; gives its id."""
        return self._add("/posts", account, text, fields)

    def comment(self, account: Account, text: str, post: str, **fields: Any) -> str:
        """A comment by somebody new; gives its id."""
        fields.setdefault("author", {"id": f"80{next(_numbers)}", "name": f"Poster {next(_numbers)}"})
        return self._add("/comments", account, text, {"post": post, **fields})

    def _add(self, path: str, account: Account, text: str, fields: dict[str, Any]) -> str:
        order = {"platform": account.platform, "account": account.remote_id, "text": text, **fields}
        answer = self.control.post(path, json=order)
        answer.raise_for_status()
        return str(answer.json()["id"])

    def edit(self, account: Account, comment: str, text: str) -> None:
        """Its author changes the text."""
        self.control.patch(f"/comments/{account.platform}/{comment}", json={"text": text}).raise_for_status()

    def delete(self, account: Account, comment: str) -> None:
        """Its author deletes it."""
        self.control.delete(f"/comments/{account.platform}/{comment}").raise_for_status()

    def fault(self, account: Account, fault: str, call: str = "*", times: int = 1, **more: Any) -> None:
        """Spoil the next answers of a call."""
        order = {"platform": account.platform, "call": call, "fault": fault, "times": times, **more}
        self.control.post("/faults", json=order).raise_for_status()

    def heal(self) -> None:
        """No fault any more."""
        self.control.delete("/faults").raise_for_status()

    def serve(self, account: Account, call: str, body: bytes, times: int = 1) -> None:
        """Let the next answers of a call be exactly this body."""
        order = {"platform": account.platform, "call": call, "times": times}
        order["body_base64"] = base64.b64encode(body).decode()
        self.control.post("/recorded", json=order).raise_for_status()

    def calls(self, account: Account) -> int:
        """How many requests have come for the platform."""
        return int(sum(self.control.get(f"/truth/{account.platform}").json()[account.platform]["calls"].values()))


@pytest.fixture
def stage(sandbox: str, accounts: dict[str, Account]) -> Iterator[Stage]:
    """The accounts of the standing cast, known to the sandbox; retries happen without pauses between them."""
    http._clients.clear()
    with httpx.Client(base_url=f"{sandbox}/_sandbox", timeout=10) as control, stamina.set_testing(True, attempts=3):
        for account in accounts.values():
            Credential.objects.filter(account=account).update(client_id=CLIENT["client_id"])
            account.credential.client_secret = CLIENT["client_secret"]
            account.credential.save()
            told = {"handle": account.handle, "name": account.name, "page_id": account.page_id, "tier": account.tier}
            tokens = {"access_token": "a-token-of-the-tests", "refresh_token": "a-refresh-token", **CLIENT}
            path = f"/accounts/{account.platform}/{account.remote_id}"
            control.put(path, json=told | tokens).raise_for_status()
        yield Stage(control)


@pytest.fixture
def platform(settings: Any) -> Iterator[Pretended]:
    """A platform in memory behind every account; answers go out at once."""
    settings.UNDO_SECONDS = 0
    with Pretended().in_place() as platform:
        yield platform


@pytest.fixture
def no_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent to the broker or to open screens."""
    monkeypatch.setattr("accounts.hints.hint", lambda order: True)
    monkeypatch.setattr("moderation.live.publish", lambda kind, number: None)
