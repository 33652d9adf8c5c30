"""Sees to it that the Terms of Use are displayed on, or linked from, each account (4.T): by API, or by a member."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

import structlog
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, PlatformLimit, Terms, TermsCheck
from accounts.models.filters import may_keep
from accounts.platforms.contract import NotPossible, PlatformError, RateLimited
from accounts.tallying import tallied
from members.models import Member
from members.pictures import proof_of
from members.states import Invalid, record

log = structlog.get_logger()
EVERY = timedelta(days=1)  # by API: a profile is edited in a minute
LARGEST_PICTURE = 8_000_000  # bytes
MOST_PIXELS = 40_000_000
MIMES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}

Result = TermsCheck.Result


# --- by the platform's API ---


def addresses() -> list[str]:
    """Under which the public finds the terms: our own page, and what the agency has agreed on beside it."""
    return [f"{settings.UNIT_URL.rstrip('/')}{reverse('terms')}", *settings.TERMS_LINKS]


def found_in(presented: str, terms: Terms) -> TermsCheck.Result:
    """What a profile shows the public of `terms`: the whole text, a link to it, or neither."""
    shown = _plain_words(presented)
    if all(_plain_words(part) in shown for part in [terms.preamble, *(one.text for one in terms.clauses.all())]):
        return Result.DISPLAYED
    return Result.LINKED if any(_links(presented, address) for address in addresses()) else Result.MISSING


def _links(text: str, address: str) -> bool:
    """Whether the address itself stands there, in any spelling that leads to it; not one that only begins like it."""
    bare = re.escape(_bare(address))
    return re.search(rf"(?<![\w.@/-])(?:https?://)?(?:www\.)?{bare}/?(?![\w/-]|\.\w)", text, re.IGNORECASE) is not None


def _bare(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address.strip(), flags=re.IGNORECASE).rstrip("/")


def _plain_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def check_due(now: datetime | None = None) -> int:
    """Look at every account whose last look by API is a day ago; how many could be looked at."""
    now = now or timezone.now()
    terms = Terms.objects.in_force()
    if terms is None:
        return 0
    recent = TermsCheck.objects.filter(how=TermsCheck.How.API, at__gt=now - EVERY).values("account")
    asked = Account.objects.open().filter(credential__isnull=False).exclude(pk__in=recent)
    asked = asked.exclude(state=Account.State.NEEDS_RECONNECTING)
    return sum(check_by_api(account, terms) is not None for account in asked.select_related("credential"))


def check_by_api(account: Account, terms: Terms) -> TermsCheck | None:
    """Read what the account says of itself, and keep what that shows. None where no application can, or not now."""
    if PlatformLimit.pause_of(account, "presented") is not None:
        return None
    try:
        with tallied(account):
            presented = account.client(limits=lambda limit: PlatformLimit.note(account, limit)).presented()
    except RateLimited as error:
        PlatformLimit.block(account, call=error.call, until=error.until)
        return None
    except NotPossible:
        return None  # a member looks
    except PlatformError as error:
        log.info("terms_not_checked", account=account.pk, error=type(error).__name__, code=error.code)
        return None
    result = found_in(presented, terms)
    with transaction.atomic():
        check = TermsCheck.objects.create(account=account, terms=terms, how=TermsCheck.How.API, result=result)
        record("check_terms", account, by=None, after=result)
    return check


# --- by a member ---


def may_check(member: Member, account: Account) -> bool:
    """Who speaks through the account, or manages the accounts day to day."""
    return may_keep(member, account)


def check_by_eye(account: Account, *, by: Member, result: str, picture: BinaryIO, note: str = "") -> TermsCheck:
    """Keep what `by` saw on the platform, with the picture as proof, byte for byte.

    Raises Refused; Invalid where no terms are in force, the account is closed, or the file is no picture or too large.
    """
    if not may_check(by, account):
        raise account.refused("says whether the terms are shown there")
    terms = Terms.objects.in_force()
    if terms is None:
        raise Invalid("No Terms of Use are in force yet: there is nothing to show.")
    if account.state == Account.State.CLOSED:
        raise Invalid("The account is terminated: nobody reads terms there any more.")
    given, mime = proof_of(picture)
    with transaction.atomic():
        check = TermsCheck.objects.create(
            account=account,
            terms=terms,
            how=TermsCheck.How.PICTURE,
            result=result,
            by=by,
            note=note.strip(),
            picture=given,
            mime=mime,
            digest=hashlib.sha256(given).digest(),
        )
        record("check_terms", account, by=by, after=result, decision=check)
    return check


# --- how every account stands ---


@dataclass(frozen=True)
class Standing:
    """How one account stands: its last check, if any, against the version in force."""

    account: Account
    last: TermsCheck | None
    terms: Terms | None

    @property
    def tone(self) -> str:
        """Good, warn or bad."""
        if self.last is None or not self.last.is_good(self.terms):
            return "bad"
        return "warn" if self.last.is_overdue() else "good"

    @property
    def word(self) -> str:
        """In words."""
        if self.last is None:
            return "never checked"
        if self.last.result != Result.MISSING and not self.last.is_good(self.terms):
            return "an earlier version is displayed"
        return str(self.last.get_result_display()) + (", check overdue" if self.last.is_overdue() else "")

    @property
    def waits(self) -> bool:
        """Whether somebody must look, or put the terms there."""
        return self.tone != "good"


def standings(accounts: Sequence[Account]) -> list[Standing]:
    """Of each account: two queries for all."""
    last = TermsCheck.objects.last_of(list(accounts))
    terms = Terms.objects.in_force()
    return [Standing(account, last.get(account.pk), terms) for account in accounts]
