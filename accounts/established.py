"""What stands beside an account once a platform lets us speak for it: its token, its place in polling, its past."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.establishing import Found, establish
from accounts.models import Account, Connecting, Credential, PollState, Takeover, TokenCheck
from accounts.platforms.contract import Credentials
from accounts.platforms.login import Choice
from members.states import WrongState, record


def found_of(choice: Choice, tier: str) -> Found:
    """The account as it was found at the sign-in."""
    return Found(choice.remote_id, choice.name, choice.handle, choice.page_id, tier)


def connect(attempt: Connecting, credentials: Credentials, choice: Choice) -> Account:
    """Connect the account that `attempt` was for: account, roles and token, all of it or nothing.

    Raises Invalid where it is not the one approved or the department has it already, Refused, WrongState when the
    sign-in or the request ended meanwhile.
    """
    if attempt.request is None:
        raise WrongState(attempt, "connect")
    with transaction.atomic():
        attempt.become(Connecting.State.CONNECTED, verb="use", by=attempt.member, kept="", verifier="")
        account = establish(attempt.request, found_of(choice, credentials.tier), by=attempt.member)
        account.cut_off_days = attempt.cut_off_days
        if not account.handle and not attempt.request.handle_key.startswith("id:"):
            account.handle = attempt.request.handle  # Facebook tells the name of a Page alone
        account.save(update_fields=["cut_off_days", "handle"])
        keep(account, credentials)
        PollState.objects.create(account=account)
        Takeover.objects.create(account=account)
    return account


def reconnect(attempt: Connecting, credentials: Credentials, choice: Choice) -> None:
    """The account can be spoken for again: its new token is kept, and it is read at once.

    A suspension is not lifted by it. Raises WrongState when the sign-in ended or the account was terminated meanwhile.
    """
    with transaction.atomic():
        attempt.become(Connecting.State.CONNECTED, verb="use", by=attempt.member, kept="", verifier="")
        account = Account.objects.select_for_update().get(sign_ins=attempt.pk)
        before = account.state
        if before == Account.State.CLOSED:
            raise WrongState(account, "reconnect")
        changes: dict[str, Any] = {"page_id": choice.page_id or account.page_id, "tier": credentials.tier}
        after = Account.State.ACTIVE if before == Account.State.NEEDS_RECONNECTING else before
        Account.objects.filter(pk=account.pk).update(**changes, state=after)
        record("reconnect", account, by=attempt.member, before=before, after=after)
        keep(account, credentials)
        PollState.objects.update_or_create(account=account, defaults={"next_at": timezone.now(), "failures": 0})


def keep(account: Account, credentials: Credentials) -> None:
    """Store what the account signs in with, encrypted; what was said of an earlier token holds no more."""
    kept = ("access_token", "refresh_token", "client_id", "client_secret", "app_secret", "expires_at")
    values = {name: getattr(credentials, name) for name in kept}
    Credential.objects.update_or_create(account=account, defaults=values)
    unasked: dict[str, Any] = {"checked_at": None, "ends_at": None, "warned_of": None, "lacks": [], "scopes": []}
    TokenCheck.objects.update_or_create(account=account, defaults=unasked)
