"""Preparing, judging and approving the end of an account (1.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import Account, Credential, FollowerNotice, Role, Termination, TerminationApproval
from accounts.models.terminations import LEAST_DAYS, MOST_DAYS, may_prepare
from accounts.platforms.contract import Credentials, PlatformError
from accounts.platforms.logins import login_for
from members.authority import holders, only, require
from members.days import spoken
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

log = structlog.get_logger()
SHA256 = re.compile(r"[0-9a-f]{64}")
_WIPED: dict[str, Any] = {"access_token": "", "refresh_token": "", "client_secret": "", "app_secret": ""}
_KEPT = Q(account__state=Account.State.CLOSED) & ~Q(**_WIPED)  # of a terminated account, and not wiped yet


@dataclass(frozen=True)
class Condition:
    """One thing that must hold before an account ends; `says` what is there, or what is missing."""

    word: str
    holds: bool
    says: str


@dataclass(frozen=True)
class Prepared:
    """What a termination rests on, as it is filled in; only the ground must be there from the beginning."""

    ground: str
    ground_text: str
    alternative: str = ""
    notice_days: int = 30
    archive_digest: str = ""
    archive_gone: str = ""


def prepare(account: Account, said: Prepared, *, by: Member) -> Termination:
    """Begin the termination of an account. Raises Refused, Invalid, WrongState (terminated, or begun already)."""
    _require(by)
    if account.state == Account.State.CLOSED:
        raise WrongState(account, "terminate")
    fields = _checked(said)
    try:
        with transaction.atomic():
            termination = Termination.objects.create(account=account, prepared_by=by, **fields)
            record("prepare", termination, by=by, after=termination.state)
            told = (holder.member for holder in holders(Power.TERMINATE_ACCOUNTS))
            tell(told, Kind.ACCOUNTS, f"{by.name} prepares the termination of {account}.", termination.address, but=by)
    except IntegrityError as error:
        raise WrongState(account, "terminate") from error
    return termination


def change(termination: Termination, said: Prepared, *, by: Member) -> None:
    """Fill in what was missing. Raises Refused, Invalid, WrongState (approved or withdrawn meanwhile)."""
    _require(by)
    fields = _checked(said)
    with transaction.atomic():
        if not Termination.objects.open().filter(pk=termination.pk).update(**fields):
            raise WrongState(termination, "prepare")
        record("prepare", termination, by=by)


def give_notice(
    termination: Termination, *, link: str, published_at: datetime, wording: str, by: Member
) -> FollowerNotice:
    """Write down a notice that the followers were given. Raises Refused, Invalid, WrongState."""
    _require(by)
    if not _leads_somewhere(link):
        raise Invalid("Give the address at which the notice can be read, beginning with https.", "link")
    if published_at > timezone.now():
        raise Invalid("That moment is to come: write the notice down when it is published.", "published_at")
    if not wording.strip():
        raise Invalid("Give the words of the notice.", "wording")
    with transaction.atomic():
        if not Termination.objects.open().select_for_update().filter(pk=termination.pk).exists():
            raise WrongState(termination, "give_notice")
        notice = FollowerNotice.objects.create(
            termination=termination, link=link, published_at=published_at, wording=wording.strip(), by=by
        )
        record("give_notice", termination, by=by)
    return notice


def _leads_somewhere(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:  # "https://[" and the like
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def withdraw(termination: Termination, *, by: Member) -> None:
    """The account stays after all. Raises Refused, WrongState."""
    _require(by)
    termination.become(Termination.State.WITHDRAWN, verb="withdraw", by=by)


def conditions(termination: Termination) -> list[Condition]:
    """Every condition of S.O.P. 1 with whether it holds now; what moderation knows of the account is asked of it."""
    first, ends = termination.first_notice(), termination.notice_ends()
    over = ends is not None and ends <= timezone.now()
    runs = f"It is over on {spoken(ends)}." if ends else "It begins with the first notice."
    found = [
        Condition(
            "Ground", holds=True, says=f"{termination.get_ground_display().capitalize()}: {termination.ground_text}"
        ),
        Condition("Followers notified", first is not None, f"First on {spoken(first)}." if first else "No notice yet."),
        Condition("Notice period", over, f"{termination.notice_days} days. {runs}"),
        Condition(
            "Opportunity to migrate", bool(termination.alternative), termination.alternative or "Say where they can go."
        ),
        _archived(termination),
    ]
    return found + [one for path in settings.TERMINATION_CONDITIONS for one in import_string(path)(termination)]


def _archived(termination: Termination) -> Condition:
    if termination.archive_digest:
        says = f"SHA-256 {termination.archive_digest}"
    elif termination.archive_gone:
        says = f"There is no file: {termination.archive_gone}"
    else:
        says = "Give the SHA-256 of the archive that the platform makes, or say why there is none."
    return Condition("Archive", bool(termination.archive_digest or termination.archive_gone), says)


def approve(termination: Termination, *, reasons: str, by: Member) -> TerminationApproval:
    """End the account: its roles end, its tokens are given back; what it received stays readable (1.4).

    Raises Refused (the Commander alone), Invalid (each condition that is missing is said), WrongState.
    """
    require(by, Power.TERMINATE_ACCOUNTS)
    if not reasons.strip():
        raise Invalid("Give the reasons: they stand with the approval.", "reasons")
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=termination.account_id)
        standing = Termination.objects.select_for_update().get(pk=termination.pk)
        if standing.state != Termination.State.PREPARED:
            raise WrongState(termination, "approve")
        missing = [one for one in conditions(standing) if not one.holds]
        if missing:
            raise Invalid("Missing: " + " ".join(f"{one.word}: {one.says}" for one in missing))
        try:
            with transaction.atomic():
                approval = TerminationApproval.objects.create(termination=standing, reasons=reasons.strip(), by=by)
        except IntegrityError as error:  # he left, or is Commander no more, this moment
            raise WrongState(termination, "approve") from error
        standing.become(Termination.State.APPROVED, verb="approve", by=by, decision=approval)
        told = [holder.member for holder in account.who_acts()]
        account.become(Account.State.CLOSED, verb="terminate", by=by, decision=approval)
        _end_roles(account, by=by)
        tell(told, Kind.ACCOUNTS, f"{account} is terminated. Its records stay.", termination.address, but=by)
        transaction.on_commit(lambda: let_go(account), robust=True)
    termination.state = standing.state
    return approval


def let_go(account: Account) -> None:
    """Give the tokens of a terminated account back to the platform, and wipe them here, whatever it answers.

    A renewal on its way is waited for: the token that it brings is the one to give back.
    """
    with transaction.atomic():
        credential = Credential.objects.select_for_update(of=("self",)).filter(_KEPT, account=account).first()
        if credential is None:
            return
        kept = credential.spoken(account)
        Credential.objects.filter(pk=credential.pk).update(**_WIPED, expires_at=None)
        record("let_go", account, by=None)
    if kept.access_token:
        _give_back(account, kept)


def let_go_of_all() -> None:
    """The same for each account whose end was approved while the letting go broke off: no secret outlives it."""
    for account in Account.objects.filter(pk__in=Credential.objects.filter(_KEPT).values("account")):
        let_go(account)


def _give_back(account: Account, kept: Credentials) -> None:
    """Not waited for: what the platform will not take back opens nothing here any more."""
    try:
        revoke: Callable[[Credentials], None] = login_for(account.platform).revoke
        revoke(kept)
    except (PlatformError, KeyError) as error:
        log.warning("token_not_given_back", account=account.pk, error=type(error).__name__)
        told = (holder.member for holder in holders(Power.TERMINATE_ACCOUNTS))
        says = f"{account}: the platform did not confirm that its token is void. Take this product's access away there."
        tell(told, Kind.ACCOUNTS, says, account.address)


def _end_roles(account: Account, *, by: Member) -> None:
    for role in Role.objects.select_for_update().filter(account=account, until__isnull=True):
        Role.objects.filter(pk=role.pk).update(until=timezone.now(), end_reason="The account was terminated.")
        record("end_role", role, by=by, before=role.kind, after="ended")


def _require(by: Member) -> None:
    if not may_prepare(by):
        raise Refused(only(Power.MANAGE_ACCOUNTS))


def _checked(said: Prepared) -> dict[str, Any]:
    digest = re.sub(r"\s", "", said.archive_digest).lower()
    if said.ground not in Termination.Ground.values:
        raise Invalid("Choose the ground: S.O.P. 1 knows two.", "ground")
    if not said.ground_text.strip():
        raise Invalid("Say what the ground rests on.", "ground_text")
    if not LEAST_DAYS <= said.notice_days <= MOST_DAYS:
        raise Invalid(f"The notice period has {LEAST_DAYS} to {MOST_DAYS} days.", "notice_days")
    if digest and not SHA256.fullmatch(digest):
        raise Invalid("A SHA-256 has 64 characters, 0 to 9 and a to f.", "archive_digest")
    return {
        "ground": said.ground,
        "ground_text": said.ground_text.strip(),
        "alternative": said.alternative.strip(),
        "notice_days": said.notice_days,
        "archive_digest": digest,
        "archive_gone": said.archive_gone.strip(),
    }
