"""Refresh tokens that are good once: however many workers renew at the same moment, the account stays connected."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import Account, Credential
from accounts.platforms import oauth
from accounts.platforms.contract import PlatformError

WORKERS = 16


@pytest.fixture
def account(transactional_db: None, x: Account, sandbox: str) -> Account:
    """An account on X that the sandbox knows, with a token that has run out."""
    app = settings.PLATFORM_APPS["x"]
    Credential.objects.filter(account=x).update(
        client_id=app["client_id"], expires_at=timezone.now() - timedelta(seconds=1)
    )
    credential = Credential.objects.get(account=x)
    credential.client_secret = app["client_secret"]
    credential.save()
    order = {
        "handle": x.handle,
        "name": x.name,
        "tier": "enterprise",
        "access_token": credential.access_token,
        "refresh_token": credential.refresh_token,
        **app,
    }
    httpx.put(f"{sandbox}/_sandbox/accounts/x/{x.remote_id}", json=order, trust_env=False).raise_for_status()
    return Account.objects.get(pk=x.pk)


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each of `acts` gave or raised, in a thread of its own, all let go at the same moment."""
    gate = threading.Barrier(len(acts))
    found: list[Any] = []

    def work(act: Callable[[], Any]) -> None:
        gate.wait(30)
        try:
            found.append(act())
        except Exception as error:  # noqa: BLE001 (what each met is what the test is about)
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def refreshes(sandbox: str) -> int:
    """How often the platform was asked for a new token."""
    told = httpx.get(f"{sandbox}/_sandbox/calls?platform=x", trust_env=False).json()
    calls = told["calls"] if isinstance(told, dict) else told
    return sum(one["call"] == "token" or str(one.get("path", "")).endswith("/oauth2/token") for one in calls)


def test_of_sixteen_workers_one_renews_and_none_is_disconnected(account: Account, sandbox: str) -> None:
    def worker() -> Callable[[], Any]:
        client = Account.objects.get(pk=account.pk).client()  # all of them read the token before one renews it

        def speak() -> str:
            client.refresh()
            return client.credentials.access_token

        return speak

    tokens = at_once([worker() for _ in range(WORKERS)])
    stored = Credential.objects.get(pk=account.pk)
    assert tokens == [stored.access_token] * WORKERS
    assert refreshes(sandbox) == 1
    assert Account.objects.get(pk=account.pk).state == Account.State.ACTIVE
    assert len(list(Account.objects.get(pk=account.pk).client().poll({}))) > 0  # the platform takes it


def test_who_renews_next_uses_the_refresh_token_that_was_stored(account: Account, sandbox: str) -> None:
    for _ in range(3):
        Account.objects.get(pk=account.pk).client().refresh()
    assert refreshes(sandbox) == 3
    assert list(Account.objects.get(pk=account.pk).client().poll({}))


def test_whoever_is_killed_between_the_platforms_answer_and_the_commit_leaves_an_account_to_reconnect(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one window in which a rotated token is lost; it is seen at the next renewal, and said."""

    class Killed(BaseException):
        pass

    before = Credential.objects.get(pk=account.pk).refresh_token
    answered = oauth.RefreshingClient._renewed

    def dies(client: Any) -> Any:
        answered(client)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(oauth.RefreshingClient, "_renewed", dies)
        with pytest.raises(Killed):
            account.client().refresh()
    assert Credential.objects.get(pk=account.pk).refresh_token == before
    with pytest.raises(oauth.TokenExpired):
        Account.objects.get(pk=account.pk).client().refresh()


def test_a_renewal_that_hangs_holds_the_others_for_a_while_and_no_longer(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.models.credentials.LONGEST_WAIT", 1)
    with account.credential.held(account):
        (found,) = at_once([lambda: Account.objects.get(pk=account.pk).client().refresh()])
    assert isinstance(found, PlatformError)
    assert found.code == "renewing"
    assert not found.permanent
