"""Tokens kept alive (C.1): renewed before they run out, asked about daily, missed at once when the platform takes one.

A token that lives for hours is renewed ahead of time, so that nobody has to wait for it. What the platform says of one
is asked once a day: of an end that nothing but signing in again puts off, those who administer are told 14 days before.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Gap, PollState, TokenCheck
from accounts.models.tokens import WARN_AHEAD
from accounts.platforms.contract import NotPossible, PlatformError, TokenExpired, TokenFacts
from accounts.platforms.logins import login_for
from accounts.platforms.oauth import RefreshingClient
from members.days import spoken
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import WrongState
from members.waiting import Line, Waits, counted

log = structlog.get_logger()

RENEW_AHEAD = timedelta(minutes=15)  # of two hours (X) or one (YouTube); looked for every five minutes
ASK_EVERY = timedelta(days=1)


def lose(account: Account) -> bool:
    """The platform refused the token of `account`: it needs reconnecting, and a gap began with its last good reading.

    Those who administer it are told, once. False when another worker has renewed the token meanwhile: then nothing is
    lost. Raises WrongState when it is known already.
    """
    with transaction.atomic():
        if not account.lose_token():
            return False
        read = PollState.objects.filter(account=account).values_list("last_ok_at", flat=True).first()
        if Gap.objects.begin(account, since=read or account.connected_at, why=Gap.Why.TOKEN):
            said = f"{account} needs reconnecting: the platform refused the token. Until then nothing is read or sent."
            tell(account.administered_by(), Kind.ACCOUNTS, said, reverse("account", args=[account.pk]))
    return True


def to_renew() -> list[int]:
    """The accounts whose access token runs out soon and can be renewed."""
    soon = timezone.now() + RENEW_AHEAD
    accounts = Account.objects.open().exclude(state=Account.State.NEEDS_RECONNECTING)
    found = accounts.filter(credential__expires_at__lt=soon).select_related("credential")
    return [account.pk for account in found if account.credential.refresh_token]


def renew(account_id: int) -> None:
    """Renew one account's token, unless another worker has meanwhile. A refusal is a lost token; the rest waits."""
    account = Account.objects.select_related("credential").get(pk=account_id)
    client = account.client()
    if not isinstance(client, RefreshingClient) or account.credential.lasts(RENEW_AHEAD):
        return
    try:
        client.refresh()
    except TokenExpired:
        with suppress(WrongState):
            lose(account)
    except PlatformError as error:
        log.warning("token_not_renewed", account=account_id, error=type(error).__name__, code=error.code)


def to_ask_about() -> list[int]:
    """The accounts whose token nobody has asked about for a day."""
    stale = Q(token_check__isnull=True) | Q(token_check__checked_at__isnull=True)
    stale |= Q(token_check__checked_at__lt=timezone.now() - ASK_EVERY)
    accounts = Account.objects.open().exclude(state=Account.State.NEEDS_RECONNECTING)
    return list(accounts.filter(stale, credential__isnull=False).values_list("pk", flat=True))


def ask_about(account_id: int) -> None:
    """Ask the platform about one account's token, keep what it says, and warn of its end. What fails waits a day."""
    account = Account.objects.select_related("credential").get(pk=account_id)
    TokenCheck.objects.get_or_create(account=account)
    try:
        facts = account.client().token_facts()
    except NotPossible:
        facts = TokenFacts(valid=True)  # the platform says nothing: a refusal is met by the next reading
    except PlatformError as error:
        log.info("token_not_asked", account=account_id, error=type(error).__name__, code=error.code)
        facts = None
    if facts is not None and not facts.valid:
        with suppress(WrongState):
            lose(account)
    if facts is not None:
        _keep(account, facts)
    TokenCheck.objects.filter(pk=account.pk).update(checked_at=timezone.now())
    _warn(account)


def _keep(account: Account, facts: TokenFacts) -> None:
    """The end of a token that is renewed by itself is no end. Where the platform tells no scopes, none lack."""
    needed = login_for(account.platform).needed
    TokenCheck.objects.filter(pk=account.pk).update(
        ends_at=None if account.credential.refresh_token else facts.expires_at,
        scopes=sorted(facts.scopes),
        lacks=sorted(needed - facts.scopes) if facts.scopes else [],
    )


def _warn(account: Account) -> None:
    """Tell those who administer the account of its token's end, once for each end."""
    ends = TokenCheck.objects.get(pk=account.pk).ends_at
    if ends is None or ends > timezone.now() + WARN_AHEAD:
        return
    with transaction.atomic():
        untold = TokenCheck.objects.filter(pk=account.pk, ends_at=ends).exclude(warned_of=ends)
        if untold.update(warned_of=ends):
            said = f"The access to {account} ends on {spoken(ends)}. Connect it again before that."
            tell(account.administered_by(), Kind.ACCOUNTS, said, reverse("reconnect", args=[account.pk]))


def ending_soon(member: Member) -> Line | None:
    """Tokens that end within 14 days unless somebody signs in again."""
    ending = TokenCheck.objects.ending().order_by("ends_at")
    first = ending.select_related("account").first()
    if first is None or first.ends_at is None:
        return None
    says = f"The access to {first.account} ends on {spoken(first.ends_at)}: connect it again before that."
    address = reverse("reconnect", args=[first.pk])
    return Line("Accesses that end soon", counted(ending), address, tone="warn", icon="plug-connected", says=says)


LINES = (Waits(ending_soon, power=Power.ADMINISTER_ACCOUNTS),)
