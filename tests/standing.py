"""Accounts that stand, made quickly by the road that there is: requested, approved, established."""

from __future__ import annotations

import itertools
from typing import Any

from django.db import transaction

from accounts.handles import key_of
from accounts.models import Account, AccountRequest, GoalServed, RequestDecision, Role
from members.models import Member
from members.powers import Position

_numbers = itertools.count(1)


def commander_of(using: str = "default") -> Member:
    """The Commander, made when there is none."""
    found = Member.objects.using(using).filter(position=Position.COMMANDER, is_active=True).first()
    if found is None:
        number = next(_numbers)
        fields = {"number": f"c{number}", "name": "The Commander", "position": Position.COMMANDER}
        found = Member.objects.db_manager(using).create_user(f"commander{number}", **fields)
    return found


def approved_request(platform: str, handle: str, *, using: str = "default", **fields: Any) -> AccountRequest:
    """A request as it stands when the Commander has approved it and nothing is connected yet."""
    commander = commander_of(using)
    others = Member.objects.using(using).serving().of_the_unit().exclude(pk=commander.pk)
    said = {"name": "Bayside Police Department", "purpose": "To inform.", "values_statement": "Open to everybody."}
    request = AccountRequest(
        platform=platform,
        handle=handle,
        handle_key=key_of(platform, handle),
        requested_by=others.first() or commander,
        **(said | fields),
    )
    request.save(using=using)
    GoalServed.objects.using(using).create(request=request, goal="G", how="Questions are answered there.")
    RequestDecision.objects.using(using).create(
        request=request, verdict="approved", reasons="It serves goal G.", by=commander
    )
    AccountRequest.objects.using(using).filter(pk=request.pk).update(state="approved")
    request.state = AccountRequest.State.APPROVED
    return request


def standing_account(platform: str, remote_id: str, *, using: str = "default", **fields: Any) -> Account:
    """An account of the department, connected, its main administrator the Commander."""
    fields = {"name": "Bayside Police Department"} | fields
    with transaction.atomic(using=using):
        request = approved_request(platform, fields.get("handle") or f"u{remote_id}", using=using)
        account = Account(request=request, platform=platform, remote_id=remote_id, **fields)
        account.save(using=using)
        AccountRequest.objects.using(using).filter(pk=request.pk).update(state="connected")
        main = {"account": account, "member": commander_of(using), "kind": Role.Kind.MAIN_ADMINISTRATOR}
        Role.objects.using(using).create(**main)
    return account
