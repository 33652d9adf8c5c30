"""The last 24 hours of each account (C.1, c 10): calls, errors, what came in, how late, and when it could not be read.

Everything for a page of accounts comes by one query a kind of thing, however many accounts there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max, Sum
from django.utils import timezone

from accounts.audience import Audience, audience_of
from accounts.figures import Day, days_of
from accounts.models import Account, Blindness, CallTally, Credential, FailureTally, Gap, Newest, WebhookSubscription
from accounts.models.tallies import hour_of
from accounts.platforms.contract import Platform

HOURS = 24
RENEWED_BY_ITSELF = (Platform.X, Platform.YOUTUBE)  # their tokens live for hours; what counts is the refresh token
WARNED_AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Hour:
    """One hour of one account. `blind`: minutes in which it could not be read."""

    at: datetime
    calls: int = 0
    errors: int = 0
    new: int = 0
    blind: int = 0


@dataclass(frozen=True)
class Trouble:
    """One kind of failure in these hours."""

    kind: str
    code: str
    count: int
    last_at: datetime
    sentence: str


@dataclass
class Hours:
    """What is known of an account's last 24 hours; the last of `hours` is the one that runs."""

    account: Account
    since: datetime
    now: datetime
    hours: list[Hour] = field(default_factory=list)
    blind: list[tuple[datetime, datetime]] = field(default_factory=list)
    standing: Blindness | None = None
    gaps: list[Gap] = field(default_factory=list)  # of which nobody has read yet what they missed
    troubles: list[Trouble] = field(default_factory=list)
    day: Day = field(default_factory=Day)
    newest: Newest | None = None
    webhook: WebhookSubscription | None = None
    audience: Audience | None = None
    expires_at: datetime | None = None
    calls: int = 0
    errors: int = 0
    retries: int = 0
    milliseconds: int = 0

    @property
    def mean(self) -> int | None:
        """Milliseconds a call took on average."""
        return self.milliseconds // self.calls if self.calls else None

    @property
    def lag(self) -> timedelta | None:
        """By how much the newest that the platform showed is newer than the newest stored; zero when all is here.

        None when nothing was shown in these hours, so that there is nothing to compare.
        """
        if self.newest is None or self.newest.seen_at < self.since or self.newest.posted_at < self.since:
            return None
        if self.day.newest is None:
            return self.now - self.newest.posted_at
        return max(self.newest.posted_at - self.day.newest, timedelta())

    @property
    def renewed_by_itself(self) -> bool:
        """Whether the token is renewed without a person."""
        return self.account.platform in RENEWED_BY_ITSELF

    @property
    def expires_soon(self) -> bool:
        """Whether somebody must connect the account again before long."""
        return not self.renewed_by_itself and self.expires_at is not None and self.expires_at < self.now + WARNED_AHEAD

    @property
    def blind_minutes(self) -> int:
        """In all, of these hours."""
        return round(sum((until - since).total_seconds() for since, until in self.blind) / 60)


def hours_of(accounts: Sequence[Account], now: datetime | None = None) -> dict[int, Hours]:
    """By account. Ten queries, however many accounts."""
    now = now or timezone.now()
    since = hour_of(now) - timedelta(hours=HOURS - 1)
    found = {account.pk: Hours(account, since, now) for account in accounts}
    _add_what_is_known(found)
    _add_blindness(found, since, now)
    _add_troubles(found, since)
    for key, day in days_of(accounts, since).items():
        found[key].day = day
    calls = _calls(found, since)
    for key, one in found.items():
        one.hours = [_hour(one, since + timedelta(hours=number), calls[key]) for number in range(HOURS)]
    return found


def _add_what_is_known(found: dict[int, Hours]) -> None:
    for newest in Newest.objects.filter(account__in=found):
        found[newest.pk].newest = newest
    for webhook in WebhookSubscription.objects.filter(account__in=found):
        found[webhook.pk].webhook = webhook
    for gap in Gap.objects.unfilled().filter(account__in=found).order_by("since"):
        found[gap.account_id].gaps.append(gap)
    for key, expires_at in Credential.objects.filter(account__in=found).values_list("pk", "expires_at"):
        found[key].expires_at = expires_at
    for key, audience in audience_of([one.account for one in found.values()]).items():
        found[key].audience = audience


def _add_blindness(found: dict[int, Hours], since: datetime, now: datetime) -> None:
    for one in Blindness.objects.since(since).filter(account__in=found).order_by("since"):
        hours = found[one.account_id]
        hours.blind.append((max(one.since, since), one.until or now))
        if one.until is None:
            hours.standing = one


def _add_troubles(found: dict[int, Hours], since: datetime) -> None:
    rows = FailureTally.objects.filter(account__in=found, hour__gte=since)
    last = {(one.account_id, one.kind, one.code): one.sentence for one in rows.order_by("last_at")}
    summed = rows.values("account", "kind", "code").annotate(met=Sum("count"), latest=Max("last_at"))
    for row in summed.order_by("-latest"):
        sentence = last[row["account"], row["kind"], row["code"]]
        trouble = Trouble(row["kind"], row["code"], row["met"], row["latest"], sentence)
        found[row["account"]].troubles.append(trouble)


def _calls(found: dict[int, Hours], since: datetime) -> dict[int, dict[datetime, tuple[int, int]]]:
    """Calls and errors by the hour; the sums go to the accounts at once."""
    calls: dict[int, dict[datetime, tuple[int, int]]] = defaultdict(dict)
    rows = CallTally.objects.filter(account__in=found, hour__gte=since).values("account", "hour")
    for row in rows.annotate(c=Sum("calls"), e=Sum("errors"), r=Sum("retries"), ms=Sum("milliseconds")):
        calls[row["account"]][row["hour"]] = (row["c"], row["e"])
        one = found[row["account"]]
        one.calls += row["c"]
        one.errors += row["e"]
        one.retries += row["r"]
        one.milliseconds += row["ms"]
    return calls


def _hour(one: Hours, at: datetime, calls: dict[datetime, tuple[int, int]]) -> Hour:
    made, failed = calls.get(at, (0, 0))
    end = at + timedelta(hours=1)
    blind = sum(max((min(until, end) - max(since, at)).total_seconds(), 0) for since, until in one.blind)
    return Hour(at, made, failed, one.day.by_hour.get(at, 0), round(blind / 60))


@dataclass(frozen=True)
class CallOfTheDay:
    """One kind of call in these hours."""

    call: str
    calls: int
    errors: int
    retries: int
    mean: int


def calls_of(account: Account, since: datetime) -> list[CallOfTheDay]:
    """By call, for the account's own page: those made most often first."""
    rows = CallTally.objects.filter(account=account, hour__gte=since).values("call")
    summed = rows.annotate(c=Sum("calls"), e=Sum("errors"), r=Sum("retries"), ms=Sum("milliseconds")).order_by("-c")
    return [CallOfTheDay(row["call"], row["c"], row["e"], row["r"], row["ms"] // max(row["c"], 1)) for row in summed]
