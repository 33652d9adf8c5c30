"""The agency's four accounts, in the database and on the sandbox, and what each side signs in with."""

from __future__ import annotations

import json
import secrets
import time
from datetime import UTC, datetime
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

TOKENS = ("access_token", "refresh_token")


def kept() -> dict[str, Any]:
    """What was agreed with the sandbox at the first load and is repeated at every later one (DATA/sandbox.json).

    `loaded_at` is in milliseconds: the texts' ages count back from it. `credentials` holds the first tokens of each
    account; the sandbox keeps the rotated ones alive when it is told the same first ones again.
    """
    path = data_dir() / "sandbox.json"
    if not path.is_file():
        first: dict[str, Any] = {
            "loaded_at": int(time.time() * 1000),
            "credentials": {platform: {name: secrets.token_urlsafe(32) for name in TOKENS} for platform in WITH_API},
        }
        # The account on Instagram is reached through the Page that it is linked to, by the Page's own token.
        first["credentials"]["instagram"] = dict(first["credentials"]["facebook"])
        write_private(path, json.dumps(first, indent=1))
    agreed: dict[str, Any] = json.loads(path.read_text())
    for platform, tokens in agreed["credentials"].items():
        tokens.update(_of_our_app(platform))
    return agreed


def _of_our_app(platform: str) -> dict[str, str]:
    """What this product is registered as: of the accounts that stand, and of those that are connected by hand."""
    app = settings.PLATFORM_APPS[platform]
    return {**app, "app_secret": app["client_secret"]}


def load_accounts() -> list[Account]:
    """Connect the accounts that are not there yet, with their administrators and editors."""
    agreed = kept()
    at = datetime.fromtimestamp(agreed["loaded_at"] / 1000, UTC)
    with transaction.atomic():
        life.load_periscope()
        accounts = [_load(one, agreed["credentials"][one["platform"]], at) for one in read("accounts")]
        for one in read("members"):
            member = Member.objects.get(username=one["username"])
            for account in accounts:
                _appoint(member, account, one)
    return accounts


def accounts_on_the_sandbox() -> dict[tuple[str, str], dict[str, Any]]:
    """What the sandbox is told of each account, by platform and remote id: with those that nobody connected yet."""
    credentials = kept()["credentials"]
    ours = {platform: _of_our_app(platform) for platform in WITH_API}
    connected = read("accounts")
    return {
        (one["platform"], one["remote_id"]): {
            "handle": one["handle"],
            "name": one["name"],
            "page_id": one.get("page_id", ""),
            "tier": one.get("tier", ""),
            "spelling": settings.X_SPELLING,
            **(credentials if one in connected else ours)[one["platform"]],
        }
        for one in [*connected, *read("unconnected")]
    }


def _load(one: dict[str, Any], credential: dict[str, str], agreed_at: datetime) -> Account:
    wanted = {name: one.get(name, "") for name in ("handle", "name", "page_id", "tier")}
    account = Account.objects.filter(platform=one["platform"], remote_id=one["remote_id"]).first()
    if account is None:
        request = life.approved(one)
        account = Account.objects.create(
            request=request, platform=one["platform"], remote_id=one["remote_id"], **wanted
        )
        record("connect", account, by=None)
        request.become(request.State.CONNECTED, verb="connect", by=None)
        life.note_former_names(account)
    elif account.state == Account.State.CLOSED:
        return account  # somebody tried out what happens then
    PollState.objects.get_or_create(account=account)
    standing = Credential.objects.filter(account=account).first()
    # Tokens that are younger than what was agreed are those, or what they were renewed to; the app may have changed.
    agreed_since = standing is None or standing.changed_at < agreed_at
    defaults = credential if agreed_since else _of_our_app(account.platform)
    Credential.objects.update_or_create(account=account, defaults=defaults)
    return account


def _appoint(member: Member, account: Account, one: dict[str, Any]) -> None:
    if account.state == Account.State.CLOSED or account.roles.filter(member=member).exists():
        return  # what somebody has changed by hand is left as it is
    kinds = {
        "main_administrator_of": Role.Kind.MAIN_ADMINISTRATOR,
        "administrator_of": Role.Kind.ADMINISTRATOR,
        "editor_of": Role.Kind.EDITOR,
    }
    kind = next((kind for name, kind in kinds.items() if account.platform in one[name]), None)
    if kind is None:
        return
    role = Role.objects.create(account=account, member=member, kind=kind)
    record("appoint", role, by=None)
