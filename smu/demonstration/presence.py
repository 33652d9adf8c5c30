"""The agency's four accounts, in the database and on the sandbox, and what each side signs in with."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import Account, Credential, PollState, Role
from accounts.platforms.contract import WITH_API
from members.models import Member
from members.states import record
from smu.demonstration import life, read
from smu.environment import data_dir
from smu.stack.keys import write_private

SECRETS = ("access_token", "refresh_token", "client_secret", "app_secret")


def kept() -> dict[str, Any]:
    """What was agreed with the sandbox at the first load and is repeated at every later one (DATA/sandbox.json).

    `loaded_at` is in milliseconds: the texts' ages count back from it. `credentials` holds the first tokens of each
    account; the sandbox keeps the rotated ones alive when it is told the same first ones again.
    """
    path = data_dir() / "sandbox.json"
    if not path.is_file():
        agreed = {
            "loaded_at": int(time.time() * 1000),
            "credentials": {
                platform: {
                    "client_id": f"unit-{secrets.token_hex(6)}",
                    **{name: secrets.token_urlsafe(32) for name in SECRETS},
                }
                for platform in WITH_API
            },
        }
        write_private(path, json.dumps(agreed, indent=1))
    agreed = json.loads(path.read_text())
    return dict(agreed)


def load_accounts() -> list[Account]:
    """Connect the accounts that are not there yet, with their administrators and editors."""
    credentials = kept()["credentials"]
    with transaction.atomic():
        accounts = [_load(one, credentials[one["platform"]]) for one in read("accounts")]
        for one in read("members"):
            member = Member.objects.get(username=one["username"])
            for account in accounts:
                _appoint(member, account, one)
    return accounts


def accounts_on_the_sandbox() -> dict[tuple[str, str], dict[str, Any]]:
    """What the sandbox is told of each account, by platform and remote id."""
    credentials = kept()["credentials"]
    return {
        (one["platform"], one["remote_id"]): {
            "handle": one["handle"],
            "name": one["name"],
            "page_id": one.get("page_id", ""),
            "tier": one.get("tier", ""),
            "spelling": settings.X_SPELLING,
            **credentials[one["platform"]],
        }
        for one in read("accounts")
    }


def _load(one: dict[str, Any], credential: dict[str, str]) -> Account:
    wanted = {name: one.get(name, "") for name in ("handle", "name", "page_id", "tier")}
    account = Account.objects.filter(platform=one["platform"], remote_id=one["remote_id"]).first()
    if account is None:
        request = life.approved(one)
        account = Account.objects.create(
            request=request, platform=one["platform"], remote_id=one["remote_id"], **wanted
        )
        record("connect", account, by=None)
        request.become(request.State.CONNECTED, verb="connect", by=None)
    PollState.objects.get_or_create(account=account)
    standing = Credential.objects.filter(account=account).first()
    # The client's secret is the part that no refresh changes: where it is ours, so are the tokens.
    if standing is None or standing.client_id != credential["client_id"]:
        Credential.objects.update_or_create(account=account, defaults=credential)
    return account


def _appoint(member: Member, account: Account, one: dict[str, Any]) -> None:
    if account.platform in one["administrator_of"]:
        kind = Role.Kind.MAIN_ADMINISTRATOR
    elif account.platform in one["editor_of"]:
        kind = Role.Kind.EDITOR
    else:
        return
    role, made = Role.objects.get_or_create(account=account, member=member, until=None, defaults={"kind": kind})
    if made:
        record("appoint", role, by=None)
