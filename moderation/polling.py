"""Polling (C.11): which accounts are due, and one account read through its client into intake.

An account is claimed by a lease, so that it is read by one worker at a time and one account never waits for another.
A poll that fails leaves a sentence on the account's PollState and comes back later; nothing of it is lost, since the
client's memory only ever holds what was stored.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import DatabaseError
from django.db.models import F, Q
from django.utils import timezone

from accounts import tokens
from accounts.models import Account, Gap, Newest, PlatformLimit, PollState, Takeover
from accounts.platforms.client import Client
from accounts.platforms.contract import Limit, Page, PlatformError, RateLimited, Sight, TokenExpired, Unreadable
from accounts.tallying import tallied
from members.states import WrongState
from moderation import missed, pace
from moderation.intake import take_in
from moderation.looking import seen_now
from moderation.models import Comment

log = structlog.get_logger()

LEASE = timedelta(minutes=3)  # longer than a worker needs from one page to the next
RENEW = timedelta(seconds=30)  # how often the lease is renewed and the client's memory saved
WHOLE = timedelta(days=1)  # how often everything young enough is re-read (ruling 7)
WHOLE_AGAIN = timedelta(hours=1)  # how soon after a re-reading that failed
FAILING = 5  # readings that failed in a row: some minutes, by `pace.back_off`; then it is a gap
LONG_GAP = timedelta(hours=1)  # after one, everything young enough is re-read
MOST_LOOKS = 200  # direct looks at comments that did not appear any more, in one poll

SPARED = "Reading pauses: what is left of the platform's limit is kept for officers."


def due() -> list[int]:
    """The accounts whose next poll has come, each claimed by a lease so that it is read once."""
    now = timezone.now()
    ready = PollState.objects.filter(_free(now), next_at__lte=now, account__in=Account.objects.open())
    ready = ready.filter(account__credential__isnull=False).order_by("next_at")
    return [state.pk for state in ready.only("pk") if _claim(state.pk, now)]


def _free(now: datetime) -> Q:
    return Q(lease_until__isnull=True) | Q(lease_until__lt=now)


def _claim(account_id: int, now: datetime) -> bool:
    claimable = PollState.objects.filter(_free(now), pk=account_id, next_at__lte=now)
    return bool(claimable.update(lease_until=now + LEASE, next_at=now))


def poll(account_id: int) -> None:
    """Read one account; what fails leaves a sentence on its PollState.

    Does nothing when another worker reads it, as when the broker delivers the same task twice.
    """
    now = timezone.now()
    not_begun = Q(last_started_at__isnull=True) | Q(last_started_at__lt=F("next_at"))
    mine = PollState.objects.filter(_free(now) | not_begun, pk=account_id, account__in=Account.objects.open())
    if mine.update(last_started_at=now, lease_until=now + LEASE):
        state = PollState.objects.select_related("account__credential").get(pk=account_id)
        with tallied(state.account):
            _Poll(state, now).run()


class _Poll:
    """One reading of one account, under its lease."""

    def __init__(self, state: PollState, started: datetime) -> None:
        self.state = state
        self.account: Account = state.account
        self.started = started
        self.lease_until: datetime | None = started + LEASE
        self.renewed_at = started
        self.memory: dict[str, Any] = state.memory
        self.tally: Counter[str] = Counter()
        self.spent = 0  # units of a daily quota
        self.newest: datetime | None = None  # when the newest thing of the public's that was shown was written
        self.met: set[str] = set()  # ids of the comments that this poll has shown
        # The client goes on where it stopped; but a reply under an old thread it may only find by reading all again.
        self.gap = Gap.objects.filter(account=self.account).unfilled().order_by("since").first()
        long_gap = self.gap is not None and started - self.gap.since > LONG_GAP
        self.whole = state.last_whole_at is not None and (long_gap or started - state.last_whole_at > WHOLE)

    def run(self) -> None:
        """Read, then note how it went and when to come again."""
        until = pace.pause_until(self.account, self.started)
        if until is not None:
            self._end(next_at=until, trouble=self.state.trouble or SPARED)
            return
        try:
            self._read()
        except RateLimited as error:
            PlatformLimit.block(self.account, call=error.call, until=error.until)
            self._end(next_at=error.until, trouble=str(error))
        except TokenExpired as error:
            self._lose_token()
            self._fail(error)
        except PlatformError as error:
            self._fail(error)
        except DatabaseError:
            raise  # nothing can be noted; the lease runs out and the account is read again
        except Exception as error:  # noqa: BLE001 (a client that trips over an answer must not end all polling)
            self._fail(PlatformError(f"Reading failed inside this program ({type(error).__name__})."))
        else:
            self._succeed()

    # --- reading ---

    def _read(self) -> None:
        client = self.account.client(limits=self._note)
        for page in client.poll(self.memory, whole=self.whole):
            self._take(page)
            if page.whole_of:
                self._look_for_absent(client, page.whole_of)
            if not self._keep_lease():
                log.warning("poll_lost", account=self.account.pk)
                return

    def _note(self, limit: Limit) -> None:
        self.spent += limit.spent
        PlatformLimit.note(self.account, limit)

    def _take(self, page: Page) -> None:
        tally = take_in(self.account, page)
        if tally.new:
            missed.note(self.account, page)
        self.met.update(item.remote_id for item in page.comments)
        written = [item.posted_at for item in page.comments if item.posted_at and not item.ours]
        self.newest = max([*written, *([self.newest] if self.newest else [])], default=None)
        self.tally.update(new=tally.new, changed=tally.changed, known=tally.known, aside=tally.aside)

    def _keep_lease(self) -> bool:
        """Renew the lease from time to time, and save what the client remembers. False when it was lost."""
        now = timezone.now()
        if now - self.renewed_at < RENEW:
            return True
        self.renewed_at = now
        return self._save(now + LEASE, memory=self.memory)

    def _look_for_absent(self, client: Client, posts: tuple[str, ...]) -> None:
        """Look directly at the comments of wholly read posts that did not appear, before saying that they are gone."""
        stored = Comment.objects.filter(account=self.account, post_remote_id__in=posts, received_at__lt=self.started)
        names = stored.exclude(case__sight=Sight.GONE).order_by("-id").values_list("pk", "remote_id")
        absent = [pk for pk, name in names.iterator() if name not in self.met]
        for comment in Comment.objects.select_related("poster").filter(pk__in=absent[:MOST_LOOKS]):
            try:
                self._take(seen_now(client, comment.ref))
            except (RateLimited, TokenExpired):
                raise
            except PlatformError:
                continue  # the platform says nothing of it: tomorrow it is asked again
            if not self._keep_lease():
                return

    # --- how it went ---

    def _succeed(self) -> None:
        if self.account.state == Account.State.NEEDS_RECONNECTING:
            self.account.regain_token()
        now = timezone.now()
        if self.state.last_ok_at is None:
            hidden = Comment.objects.filter(account=self.account, ours=False, case__sight=Sight.HIDDEN).count()
            Takeover.objects.filter(account=self.account).update(hidden=hidden)
        if self.gap:
            Gap.objects.fill(self.account, at=now)
        changes: dict[str, Any] = {"last_ok_at": now, "failures": 0}
        if self.tally["new"] or self.tally["changed"]:
            changes["last_new_at"] = self.state.last_new_at = now
        if self.whole or self.state.last_whole_at is None:
            changes["last_whole_at"] = self.started
        log.info("polled", account=self.account.pk, **self.tally)
        self._end(next_at=now + pace.rest(self.account, self.state.last_new_at, now, spent=self.spent), **changes)

    def _fail(self, error: PlatformError) -> None:
        """Come back later, the later the longer it fails."""
        if isinstance(error, Unreadable):
            self._take(error.page)
        failures = self.state.failures + 1
        if failures >= FAILING:
            since = self.state.last_ok_at or self.account.connected_at
            Gap.objects.begin(self.account, since=since, why=Gap.Why.FAILING)
        again = {"last_whole_at": self.started - WHOLE + WHOLE_AGAIN} if self.whole else {}
        log.warning("poll_failed", account=self.account.pk, error=type(error).__name__, code=error.code)
        next_at = timezone.now() + pace.back_off(failures)
        self._end(next_at=next_at, failures=failures, trouble=str(error), **again)

    def _lose_token(self) -> None:
        try:
            tokens.lose(self.account)
        except WrongState:
            self.account.refresh_from_db()  # an order met the same refusal, or the account was closed meanwhile

    def _end(self, *, next_at: datetime, trouble: str = "", **changes: Any) -> None:
        if self.newest is not None:
            Newest.note(self.account, self.newest, timezone.now())
        self._save(None, memory=self.memory, next_at=next_at, trouble=trouble, **changes)

    def _save(self, lease_until: datetime | None, **changes: Any) -> bool:
        """Write to the state while the lease is ours. Whoever lost it leaves the row to its successor."""
        mine = PollState.objects.filter(pk=self.state.pk, lease_until=self.lease_until)
        self.lease_until = lease_until
        return bool(mine.update(lease_until=lease_until, **changes))
