"""Connecting an account (1.1, 1.2): the department signs in at the platform, and this product may speak for it.

Begun by whoever administers the accounts, for a request that was approved or an account that stands; ended within ten
minutes in the same session, by a code that is good once. Whatever fails leaves no account, no token and a sentence.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from accounts import government_use
from accounts.established import connect, found_of, reconnect
from accounts.establishing import is_asked_for
from accounts.models import Account, AccountRequest, Connecting
from accounts.models.connecting import digest_of
from accounts.platforms.contract import WITH_API, Platform, PlatformError, TokenExpired
from accounts.platforms.login import Choice, Grant, Login
from accounts.platforms.logins import login_for
from members import authority
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState, record

# What has to be set before an account of the platform can be connected (docs/operations.md).
SETTINGS = {
    Platform.FACEBOOK: ("META_APP_ID", "META_APP_SECRET"),
    Platform.INSTAGRAM: ("META_APP_ID", "META_APP_SECRET"),
    Platform.X: ("X_CLIENT_ID", "X_CLIENT_SECRET"),
    Platform.YOUTUBE: ("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"),
}
LONGEST_CUT_OFF = 365  # days
NOT_OURS = "This sign-in was not begun here, or not by you in this session. Nothing was connected."
SPENT = "This sign-in has come back already: what a platform answers is good once. Begin again."
OVER = "This sign-in took longer than ten minutes. Nothing was connected; begin again."
DENIED = "The access was declined at the platform. Nothing was connected."
BROKE_OFF = "The connecting broke off inside this product. Nothing was connected; begin again."


@dataclass(frozen=True)
class Sent:
    """A sign-in that has begun, and where the member goes for it."""

    attempt: Connecting
    address: str


def missing_settings(platform: str) -> list[str]:
    """The settings without which an account of this platform cannot be connected."""
    app = settings.PLATFORM_APPS[platform]
    values = (app["client_id"], app["client_secret"])
    return [name for name, value in zip(SETTINGS[Platform(platform)], values, strict=True) if not value]


# --- going there ----------------------------------------------------------------------------------------------------


def begin(
    subject: AccountRequest | Account, *, by: Member, session: str, redirect_uri: str, cut_off_days: int | None = None
) -> Sent:
    """Begin the sign-in for an approved request, or for an account that is to be connected again.

    `session` is what only this session of the member knows. Raises Refused, WrongState (not approved, terminated),
    Invalid (nothing registered at the platform, its terms not acknowledged, days out of range).
    """
    authority.require(by, Power.ADMINISTER_ACCOUNTS)
    _require_standing(subject)
    _require_ready(subject.platform)
    days = settings.QUEUE_CUT_OFF_DAYS if cut_off_days is None else cut_off_days
    if not 0 <= days <= LONGEST_CUT_OFF:
        raise Invalid(f"Choose between 0 and {LONGEST_CUT_OFF} days.", "cut_off_days")
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    attempt = Connecting.objects.create(
        request=subject if isinstance(subject, AccountRequest) else None,
        account=subject if isinstance(subject, Account) else None,
        member=by,
        platform=subject.platform,
        state_digest=digest_of(state),
        session_digest=digest_of(session),
        verifier=verifier,
        redirect_uri=redirect_uri,
        cut_off_days=days,
    )
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    address = login_for(subject.platform).address(state=state, challenge=challenge, redirect_uri=redirect_uri)
    return Sent(attempt, address)


def _require_standing(subject: AccountRequest | Account) -> None:
    if isinstance(subject, AccountRequest):
        if subject.state != AccountRequest.State.APPROVED:
            raise WrongState(subject, "connect")
    elif subject.state == Account.State.CLOSED:
        raise WrongState(subject, "reconnect")


def _require_ready(platform: str) -> None:
    if platform not in WITH_API:
        raise Invalid(f"{Platform(platform).label} has no interface by which an account could be connected.")
    if missing := missing_settings(platform):
        raise Invalid(f"Nothing is registered at the platform yet: set {' and '.join(missing)} first.")
    if not government_use.is_settled(platform):
        raise Invalid("The Commander has to acknowledge X's terms on government use first.")


# --- coming back ----------------------------------------------------------------------------------------------------


def come_back(platform: str, told: Mapping[str, str], *, by: Member, session: str) -> Connecting:
    """The browser is back from the platform with what it was `told`: exchange the code, and connect or offer a choice.

    What it returns has ended, or waits for a choice. Raises Refused; Invalid for a state that is not this member's in
    this session, or has come back before (on the trail both: somebody may try to slip an account in).
    """
    authority.require(by, Power.ADMINISTER_ACCOUNTS)
    attempt = _recognised(platform, told.get("state", ""), by=by, session=session)
    if attempt.state != Connecting.State.SENT:
        record("come_back_twice", attempt, by=by)
        raise Invalid(SPENT)
    if attempt.is_over:
        attempt.fail(OVER)
        return attempt
    if told.get("error") or not told.get("code"):
        attempt.fail(DENIED, verb="decline")
        return attempt
    verifier = attempt.verifier
    try:
        attempt.become(Connecting.State.RETURNED, verb="return", by=by, verifier="", returned_at=timezone.now())
    except WrongState:  # the same answer came twice at once, and the other was faster
        record("come_back_twice", attempt, by=by)
        raise Invalid(SPENT) from None
    _exchange(attempt, told["code"], verifier)
    return attempt


def _recognised(platform: str, state: str, *, by: Member, session: str) -> Connecting:
    """The sign-in that a state belongs to, sought by its digest: how long that takes says nothing of the state."""
    found = Connecting.objects.filter(platform=platform, state_digest=digest_of(state)).first()
    if found is None or not found.is_of(by, session):
        record("wrong_state", found or by, by=by)
        raise Invalid(NOT_OURS)
    return found


def _exchange(attempt: Connecting, code: str, verifier: str) -> None:
    login = login_for(attempt.platform)
    try:
        grant = login.exchange(code, verifier=verifier, redirect_uri=attempt.redirect_uri)
        choices = [] if login.needed - grant.scopes else login.choices(grant)
    except TokenExpired:
        attempt.fail("The platform did not take its own code: it was used before, or is too old. Begin again.")
    except PlatformError as error:
        attempt.fail(f"The platform could not be asked: {error} Nothing was connected; begin again.")
    except Exception:
        attempt.fail(BROKE_OFF)
        raise
    else:
        _offer(attempt, login, grant, choices)


def _offer(attempt: Connecting, login: Login, grant: Grant, choices: list[Choice]) -> None:
    """Connect what was asked for where there is no doubt which account that is; else let the member choose."""
    missing = sorted(login.needed - grant.scopes)
    if missing:
        attempt.fail(f"These permissions are needed and were not granted: {', '.join(missing)}. Nothing was connected.")
    elif not choices:
        attempt.fail(f"This sign-in opens no account on {attempt.get_platform_display()}. Nothing was connected.")
    elif attempt.account is not None:
        _reconnect(attempt, login, grant, choices)
    else:
        usable = [one for one in choices if not trouble_of(one, attempt)]
        if not usable:
            attempt.fail(f"{trouble_of(choices[0], attempt)} Nothing was connected.")
        elif len(choices) == 1:
            _connect(attempt, grant, usable[0])
        else:
            kept = {"grant": _plain(grant), "choices": [asdict(one) for one in choices]}
            attempt.become(Connecting.State.CHOOSING, verb="offer", by=attempt.member, kept=json.dumps(kept))


def _plain(grant: Grant) -> dict[str, object]:
    until = grant.expires_at.isoformat() if grant.expires_at else None
    return asdict(grant) | {"scopes": sorted(grant.scopes), "expires_at": until}


def _reconnect(attempt: Connecting, login: Login, grant: Grant, choices: list[Choice]) -> None:
    account = attempt.account
    if account is None:
        raise WrongState(attempt, "reconnect")
    ours = next((one for one in choices if one.remote_id == account.remote_id), None)
    if ours is None:
        attempt.fail(f"The sign-in was for another account than {account}. Sign in for this one; nothing was changed.")
    elif ours.lacks:
        attempt.fail(f"{ours.lacks} Nothing was changed.")
    else:
        reconnect(attempt, login.credentials(grant, ours, tier=tier_of(account.platform)), ours)


# --- choosing -------------------------------------------------------------------------------------------------------


def offered(attempt: Connecting) -> tuple[Grant, list[Choice]]:
    """What the grant opens. Raises WrongState when nothing is to be chosen (any more)."""
    if attempt.state != Connecting.State.CHOOSING:
        raise WrongState(attempt, "choose")
    kept = json.loads(attempt.kept)
    until = kept["grant"]["expires_at"]
    grant = Grant(
        **kept["grant"]
        | {
            "scopes": frozenset(kept["grant"]["scopes"]),
            "expires_at": datetime.fromisoformat(until) if until else None,
        }
    )
    return grant, [Choice(**one) for one in kept["choices"]]


def choose(attempt: Connecting, remote_id: str, *, by: Member, session: str) -> None:
    """Connect one of the accounts that the sign-in opens.

    Raises Refused, WrongState, Invalid (none such, or not to be connected: another can be chosen).
    """
    authority.require(by, Power.ADMINISTER_ACCOUNTS)
    if not attempt.is_of(by, session):
        record("wrong_state", attempt, by=by)
        raise Invalid(NOT_OURS)
    grant, choices = offered(attempt)
    if attempt.is_over:
        attempt.fail(OVER)
        raise Invalid(OVER)
    chosen = next((one for one in choices if one.remote_id == remote_id), None)
    if chosen is None:
        raise Invalid("Choose one of the accounts.", "choice")
    if trouble := trouble_of(chosen, attempt):
        raise Invalid(trouble, "choice")
    _connect(attempt, grant, chosen)


def trouble_of(choice: Choice, attempt: Connecting) -> str:
    """Why this account cannot be connected, in a sentence; empty when it can."""
    if choice.lacks:
        return choice.lacks
    standing = Account.objects.filter(platform=attempt.platform, remote_id=choice.remote_id).first()
    if standing is not None and standing.state == Account.State.CLOSED:
        return "This account was terminated here; what it was stays as it stood, and it is not connected again."
    if standing is not None:
        return f"{choice.name} is connected already."
    request = attempt.request
    if request is not None and not is_asked_for(request, found_of(choice, "")):
        shown = choice.handle or choice.name
        return f"Approved is {request.handle}; this is {shown}. Another account needs a request of its own."
    return ""


def tier_of(platform: str) -> str:
    """What the department pays the platform for, where that changes what is possible."""
    return settings.X_TIER if platform == Platform.X else ""


def _connect(attempt: Connecting, grant: Grant, choice: Choice) -> None:
    credentials = login_for(attempt.platform).credentials(grant, choice, tier=tier_of(attempt.platform))
    try:
        connect(attempt, credentials, choice)
    except Invalid as taken:  # by somebody who was faster
        attempt.refresh_from_db()
        attempt.fail(f"{taken} Nothing was connected.")


def end_overdue() -> int:
    """Sign-ins that nobody came back from, or chose in, end; what they kept is wiped. How many there were."""
    ended = 0
    for attempt in Connecting.objects.overdue():
        try:
            attempt.fail(OVER if attempt.state != Connecting.State.RETURNED else BROKE_OFF, verb="expire")
        except WrongState:
            continue  # it ended by itself meanwhile
        ended += 1
    return ended
