"""Who administers an account and who writes for it (1.2): named and ended by the Commander or designee, with reasons.

A role whose period has run out counts no more from that moment on; its row is closed when the member is named anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Account, Role
from members.authority import is_commander, require
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

RAN_OUT = "Its period ran out."
TO_NAME = (Role.Kind.ADMINISTRATOR, Role.Kind.EDITOR)


def name(
    account: Account, member: Member, kind: str, *, by: Member, reason: str, ends_at: datetime | None = None
) -> Role:
    """Make `member` administrator or editor of the account, in place of what he was there.

    Raises Refused (nobody names himself), Invalid, WrongState (terminated, or somebody named him just now).
    """
    _may_change(account, by, "name")
    if member.pk == by.pk:
        raise Refused("Nobody names himself; the main administrator is appointed.")
    if kind not in TO_NAME:
        raise Invalid("Choose administrator or editor.", "kind")
    if not member.may(Power.ACT_ON_ACCOUNTS):
        raise Invalid(f"{member.name} does not serve in the unit, or only reads.", "member")
    if ends_at is not None and ends_at <= timezone.now():
        raise Invalid("That moment is past: give one to come, or none.", "ends_at")
    reason = _reason(reason)
    with _alone(account):
        present = close_what_ran_out(account, member)
        if present is not None:
            if present.kind == Role.Kind.MAIN_ADMINISTRATOR:
                raise Invalid(f"{member.name} is the main administrator: appoint another first.", "member")
            _end(present, reason, by=by)
        role = Role.objects.create(
            account=account, member=member, kind=kind, ends_at=ends_at, reason=reason, given_by=by
        )
        record("appoint", role, by=by, after=role.kind)
        said = f"{by.name} named you {role.get_kind_display()} of {account}."
        tell([member], Kind.ACCOUNTS, said, account.address, but=by)
    return role


def end(role: Role, *, by: Member, reason: str) -> None:
    """End a role before its time. Raises Refused, Invalid (the main administrator's passes on), WrongState."""
    _may_change(role.account, by, "end_role")
    if role.kind == Role.Kind.MAIN_ADMINISTRATOR:
        raise Invalid("An account always has a main administrator: appoint another, and this role ends with it.")
    reason = _reason(reason)
    with _alone(role.account):
        _end(Role.objects.get(pk=role.pk), reason, by=by)
        said = f"{by.name} ended your role as {role.get_kind_display()} of {role.account}."
        tell([role.member], Kind.ACCOUNTS, said, role.account.address, but=by)


def appoint_main(account: Account, member: Member, *, by: Member, reason: str) -> Role:
    """Make `member` main administrator: the Commander or designee, nobody else (1.2).

    Raises Refused (only the Commander appoints himself), Invalid, WrongState.
    """
    _may_change(account, by, "appoint")
    if member.pk == by.pk and not is_commander(by):
        raise Refused("Nobody but the Commander appoints himself.")
    if not member.may(Power.ADMINISTER_ACCOUNTS):
        raise Invalid(f"The main administrator is the Commander or designee; {member.name} is neither.", "member")
    reason = _reason(reason)
    with _alone(account):
        main = account.roles.filter(kind=Role.Kind.MAIN_ADMINISTRATOR, until__isnull=True).first()
        if main is not None and main.member_id == member.pk:
            raise Invalid(f"{member.name} is the main administrator already.", "member")
        if main is not None:
            _end(main, reason, by=by)
        lesser = close_what_ran_out(account, member)
        if lesser is not None:
            _end(lesser, reason, by=by)
        role = Role.objects.create(
            account=account, member=member, kind=Role.Kind.MAIN_ADMINISTRATOR, reason=reason, given_by=by
        )
        record("appoint", role, by=by, after=role.kind)
        tell([member], Kind.ACCOUNTS, f"You are main administrator of {account}.", account.address, but=by)
    return role


def close_what_ran_out(account: Account, member: Member) -> Role | None:
    """Write into his role's row that it ended, if its period ran out; the role that he still has, if any."""
    role = Role.objects.select_for_update().filter(account=account, member=member, until__isnull=True).first()
    if role is None or role.ends_at is None or role.ends_at > timezone.now():
        return role
    Role.objects.filter(pk=role.pk).update(until=F("ends_at"), end_reason=RAN_OUT)
    record("end_role", role, by=None, before=role.kind, after="ended")
    return None


@contextmanager
def _alone(account: Account) -> Iterator[None]:
    """One change of an account's roles at a time; of two the second sees what the first has done."""
    try:
        with transaction.atomic():
            standing = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
            if standing.state == Account.State.CLOSED:
                raise WrongState(account, "appoint")
            yield
    except IntegrityError as error:  # a transfer gave or ended a role meanwhile
        raise WrongState(account, "appoint") from error


def _end(role: Role, reason: str, *, by: Member) -> None:
    """Raises WrongState when it has ended already."""
    ended = Role.objects.filter(pk=role.pk, until__isnull=True)
    if not ended.update(until=timezone.now(), end_reason=reason):
        raise WrongState(role, "end_role")
    record("end_role", role, by=by, before=role.kind, after="ended")


def _may_change(account: Account, by: Member, verb: str) -> None:
    require(by, Power.ADMINISTER_ACCOUNTS)
    if account.state == Account.State.CLOSED:
        raise WrongState(account, verb)


def _reason(given: str) -> str:
    given = given.strip()
    if not given:
        raise Invalid("Say why: the reason stands beside the role.", "reason")
    return given
