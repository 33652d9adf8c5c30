"""From an approved request to an account (1.1): nothing else becomes one.

Who signs in at the platform, and how, is `accounts.connecting`; here the account is made, with those who administer it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.handles import key_of
from accounts.models import Account, AccountRequest, Role
from accounts.models.requests import taken
from accounts.transfer import heir
from members.authority import refused
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState, record


@dataclass(frozen=True)
class Found:
    """The account as the platform shows it to whoever signed in there."""

    remote_id: str
    name: str
    handle: str = ""
    page_id: str = ""
    tier: str = ""


def may_establish(member: Member) -> bool:
    """The Commander or designee, main administrator of every account (1.2)."""
    return member.may(Power.ADMINISTER_ACCOUNTS)


def establish(request: AccountRequest, found: Found, *, by: Member) -> Account:
    """The account that was approved, with its administrators and editors; main administrator is the Commander (1.2).

    Raises Refused; Invalid when it is another account than was approved, or one that the department has already;
    WrongState when the request is not approved, or not any more. Call it in the transaction that stores its tokens.
    """
    if not may_establish(by):
        raise refused(Power.ADMINISTER_ACCOUNTS)
    if not is_asked_for(request, found):
        shown = found.handle or found.name
        raise Invalid(f"Approved is {request.handle}; this is {shown}. Another account needs a request of its own.")
    with transaction.atomic():
        standing = AccountRequest.objects.select_for_update().get(pk=request.pk)
        if standing.state != AccountRequest.State.APPROVED:
            raise WrongState(request, "connect")
        account = _made(request, found)
        record("connect", account, by=by, after=account.state)
        _appoint(account, request, by=by)
        request.become(request.State.CONNECTED, verb="connect", by=by)
    return account


def is_asked_for(request: AccountRequest, found: Found) -> bool:
    """Whether the account found is the one that was approved, by its handle, its id, or else its name alone."""
    if request.handle_key == f"id:{found.remote_id}":
        return True
    if found.handle:
        return key_of(request.platform, found.handle) == request.handle_key
    return found.name.casefold().strip() == request.name.casefold().strip()


def _made(request: AccountRequest, found: Found) -> Account:
    try:
        with transaction.atomic():
            return Account.objects.create(
                request=request,
                platform=request.platform,
                remote_id=found.remote_id,
                handle=found.handle,
                name=found.name,
                page_id=found.page_id,
                tier=found.tier,
            )
    except IntegrityError as error:
        same = Account.objects.filter(platform=request.platform, remote_id=found.remote_id).first()
        if same is not None:
            raise Invalid(f"{same} is an account of the department already.", "handle") from error
        raise taken(request.platform, key_of(request.platform, found.handle)) or error from error


def _appoint(account: Account, request: AccountRequest, *, by: Member) -> None:
    main = heir(by)
    decided_by = request.decision.by if hasattr(request, "decision") else None
    proposed = request.roles.exclude(member=main).select_related("member")
    named: list[tuple[Member, str, Member | None]] = [(main, Role.Kind.MAIN_ADMINISTRATOR, main)]
    named += [(one.member, one.kind, decided_by) for one in proposed if one.member.serves()]
    for member, kind, given_by in named:
        said = {"given_by": given_by, "reason": "As the request was approved."}
        role = Role.objects.create(account=account, member=member, kind=kind, **said)
        record("appoint", role, by=by, after=role.kind)
