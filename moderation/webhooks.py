"""Deliveries: what a platform sent by itself becomes comments, once, in whatever order it came (ruling 34).

The view keeps a body and answers; here a worker claims it, finds whose each change is, and lets it through the same
client and intake as a poll's answer. A change tells how things stood at its moment. Where that may not be how they
stand (an edit, a deletion, a hide), or where it tells too little, the comment is looked at directly. Whatever fails is
tried again; a worker killed anywhere leaves a delivery that the reconciler finds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError
from django.utils import timezone

from accounts import tokens
from accounts.models import Account, PlatformLimit, WebhookSubscription
from accounts.platforms import client_for, webhooks
from accounts.platforms.contract import (
    Credentials,
    Kind,
    Page,
    Platform,
    PlatformError,
    RateLimited,
    Ref,
    RemoteComment,
    Sight,
    TokenExpired,
    Unreadable,
)
from accounts.platforms.webhooks import Told
from members.states import WrongState
from moderation import pace
from moderation.intake import take_in
from moderation.looking import seen_now
from moderation.models import Comment, CommentOrder, WebhookCount, WebhookDelivery, WebhookWork

log = structlog.get_logger()

MOST_TRIES = 12  # the last some two hours after the first
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=20)
RENEW = timedelta(seconds=30)  # how often the lease is renewed
A_SECOND = timedelta(seconds=1)  # what the platforms' times are rounded down to
CALL = "webhook"

Outcome = WebhookCount.Outcome
Key = tuple[str, str, str, str]


def process_due() -> int:
    """Take in every delivery that is due, one after the other; gives how many."""
    count = 0
    while (work := WebhookWork.claim_next()) is not None:
        process(work)
        count += 1
    return count


def process(work: WebhookWork) -> None:
    """Take in one delivery, under its lease. What fails is put off, or given up after `MOST_TRIES`."""
    delivery = _Delivery(work)
    try:
        delivery.take()
    except DatabaseError:
        raise  # nothing can be noted; the lease runs out, and it is tried again
    except Exception as error:  # noqa: BLE001 (a body that a reader trips over must not end all taking in)
        log.warning("delivery_failed", delivery=work.pk, error=type(error).__name__)
        delivery.put_off(f"Taking this in failed inside this program ({type(error).__name__}).")


class _Later(Exception):
    """What is told is still to be looked at, not before `until`."""

    def __init__(self, sentence: str, until: datetime) -> None:
        super().__init__(sentence)
        self.until = until


class _Delivery:
    """One delivery on its way in."""

    def __init__(self, work: WebhookWork) -> None:
        self.work = work
        self.delivery: WebhookDelivery = work.delivery
        self.counts: Counter[Key] = Counter()
        self.heard: Counter[Account] = Counter()
        self.later: _Later | None = None
        self.troubles: list[str] = []
        self.accounts: dict[tuple[str, str], Account] = {}

    def take(self) -> None:
        """Every change in it, then how it went."""
        body = webhooks.cut(self.delivery.sender, self.delivery.raw)
        self.troubles += [body.trouble] if body.trouble else []
        self.accounts = _accounts_of(body.told)
        renewed_at = timezone.now()
        for place, told in enumerate(body.told):
            self._take(told, place)
            if timezone.now() - renewed_at > RENEW:
                renewed_at = timezone.now()
                if not self.work.renew():
                    return  # another worker has it
        self._end()

    def _end(self) -> None:
        if self.later is not None and self.work.tries < MOST_TRIES:
            self.work.put_off(self.later.until, str(self.later))
            return
        if self.later is not None:
            self.troubles.append(str(self.later))
        self.work.finish(counts=dict(self.counts), trouble=" ".join(dict.fromkeys(self.troubles)))
        for account, count in self.heard.items():
            WebhookSubscription.heard(account, count, self.delivery.received_at)

    def put_off(self, sentence: str) -> None:
        """Try it again later, or never more."""
        if self.work.tries < MOST_TRIES:
            self.work.put_off(_next_try(self.work.tries), sentence)
        else:
            self.work.finish(counts={}, trouble=sentence, given_up=True)

    # --- one change ---

    def _take(self, told: Told, place: int) -> None:
        account = self.accounts.get((told.platform, told.remote_id))
        self.counts[_key(told, account)] += 1
        if account is None:
            return
        self.heard[account] += 1
        if told.platform == Platform.X and told.field == "oauth.revoke":
            _lose_token(account, told)
            return
        page = self._page(account, told)
        at = _moment(told, self.delivery.received_at, place)
        try:
            self._store(account, told, page, at)
        except _Later as later:
            if self.later is None or later.until < self.later.until:
                self.later = later

    def _page(self, account: Account, told: Told) -> Page:
        """What the change tells, with its bytes where they stand in the delivery."""
        client = client_for(account.platform, Credentials(account.remote_id, handle=account.handle))
        try:
            page = client.read(told.body, call=CALL, received_at=self.delivery.received_at)
        except Unreadable as unreadable:
            page = unreadable.page
            self.troubles.append(str(unreadable))
        page.comments = [replace(one, offset=told.place(one.offset)) for one in page.comments]
        page.posts = [replace(one, offset=told.place(one.offset)) for one in page.posts]
        page.bad = [replace(one, offset=told.place(one.offset)) for one in page.bad]
        page.digest, page.size, page.body = bytes(self.delivery.digest), self.delivery.size, None
        page.headers = self.delivery.headers
        return page

    def _store(self, account: Account, told: Told, page: Page, at: datetime) -> None:
        """Take the page in, and what a direct look shows. Raises _Later where a look is still to be made."""
        later: _Later | None = None
        looks: dict[str, Page] = {}
        for comment in [one for one in page.comments if is_thin(account, one)]:
            try:
                seen = _look(account, comment, self.work.tries)
            except _Later as wait:
                later = wait
                if not _says_anything(comment) and self.work.tries < MOST_TRIES:
                    page.comments.remove(comment)  # it names a comment and nothing else: there is nothing to show yet
                continue
            if seen is not None and not _is_out_of_reach(account, comment, seen):
                looks[comment.remote_id] = seen
                if _is_all_in(comment, seen):
                    page.comments.remove(comment)
        tally = take_in(account, page, at=at, delivery=self.delivery)
        for seen in looks.values():
            take_in(account, seen)
        _confirm(account, page.comments)
        if told.is_late_news or tally.changed:
            self._see_again(account, [one for one in page.comments if one.remote_id not in looks])
        if later is not None:
            raise later

    def _see_again(self, account: Account, comments: list[RemoteComment]) -> None:
        """News of what is here may have come out of turn: what stands on the platform decides. Raises _Later."""
        names = [one.remote_id for one in comments if not one.ours]
        here = set(Comment.objects.filter(account=account, remote_id__in=names).values_list("remote_id", flat=True))
        for comment in comments:
            if comment.remote_id in here and (seen := _look(account, comment, self.work.tries)) is not None:
                take_in(account, seen)


# --- whose it is, and when it was -------------------------------------------------------------------------------------


def _accounts_of(told: tuple[Told, ...]) -> dict[tuple[str, str], Account]:
    """Our accounts that the changes are about, by platform and the platform's id."""
    names = {one.remote_id for one in told if one.remote_id}
    found = Account.objects.open().filter(remote_id__in=names).select_related("credential")
    return {(account.platform, account.remote_id): account for account in found}


def _key(told: Told, account: Account | None) -> Key:
    """What the change is counted under."""
    words = told.words[:120]
    if account is None:
        return (told.platform[:40], words, Outcome.STRANGER, told.remote_id[:80])
    if not told.known:
        return (told.platform, words, Outcome.UNKNOWN, "")
    return (told.platform, words, Outcome.TAKEN if told.is_speech else Outcome.QUIET, "")


def _moment(told: Told, received_at: datetime, place: int) -> datetime:
    """When things stood as told: as the platform says, to the second, and never after it was received.

    Of changes in one second, and in one body, the later one stands later.
    """
    step = timedelta(microseconds=place)
    if told.at is None:
        return received_at + step
    end = told.at if told.at.microsecond else told.at + A_SECOND - timedelta(milliseconds=1)
    return min(end, received_at) + step


def _next_try(tries: int) -> datetime:
    return timezone.now() + min(FIRST_WAIT * (1 << min(tries, 12)), LONGEST_WAIT)


# --- what is told too little of ---------------------------------------------------------------------------------------


def is_thin(account: Account, comment: RemoteComment) -> bool:
    """Whether the platform tells more of it when it is asked: time, text, or who wrote it (facts.md 2.3, 3.3)."""
    if comment.ours or comment.sight == Sight.GONE or comment.kind == Kind.MESSAGE:
        return False
    if not _says_anything(comment):
        return True
    if account.platform == Platform.INSTAGRAM:
        return True  # its webhooks bear no time
    author = comment.author
    return account.platform == Platform.X and bool(author and not author.name and not author.handle)


def _says_anything(comment: RemoteComment) -> bool:
    return bool(comment.text or comment.attachments)


def _is_out_of_reach(account: Account, comment: RemoteComment, seen: Page) -> bool:
    """Whether Meta shows us nothing of what mentions us elsewhere: there "gone" and "not for you" are one answer."""
    gone = any(one.sight == Sight.GONE for one in seen.comments)
    return gone and comment.kind == Kind.MENTION and account.platform != Platform.X


def _is_all_in(comment: RemoteComment, seen: Page) -> bool:
    """Whether what was seen tells the same and more, so that the webhook's own words need no second place."""
    return any(
        one.remote_id == comment.remote_id
        and one.sight != Sight.GONE
        and (one.text == comment.text or not _says_anything(comment))
        for one in seen.comments
    )


def _look(account: Account, comment: RemoteComment, tries: int) -> Page | None:
    """The comment as it stands now; None where the platform does not let us look. Raises _Later."""
    if account.state == Account.State.NEEDS_RECONNECTING or not hasattr(account, "credential"):
        return None  # polling says so, and reads everything again afterwards
    until = pace.pause_until(account, timezone.now())
    if until is not None:
        raise _Later("To be looked at when the platform's limit allows it.", until)
    author = comment.author.remote_id if comment.author else ""
    ref = Ref(comment.remote_id, comment.post_remote_id, comment.parent_remote_id, author, comment.kind)
    client = account.client(limits=lambda limit: PlatformLimit.note(account, limit))
    try:
        return seen_now(client, ref)
    except RateLimited as error:
        PlatformLimit.block(account, call=error.call, until=error.until)
        raise _Later(str(error), error.until) from None
    except TokenExpired:
        return None
    except PlatformError as error:
        if error.permanent:
            return None
        raise _Later(str(error), _next_try(tries)) from None


# --- what an event means beside its comment ---------------------------------------------------------------------------


def _confirm(account: Account, comments: list[RemoteComment]) -> None:
    """An act of ours comes back: an order whose outcome is not known can ask now whether it was done."""
    names = {name for one in comments for name in (one.remote_id, one.parent_remote_id, one.post_remote_id) if name}
    State = CommentOrder.State  # noqa: N806 (a class)
    doubtful = CommentOrder.objects.filter(account=account, state=State.UNCERTAIN, comment__remote_id__in=names)
    doubtful.filter(not_before__gt=timezone.now()).update(not_before=timezone.now())


def _lose_token(account: Account, told: Told) -> None:
    """Our permission was taken back: nothing works until the account is connected again.

    Nothing is changed where it was connected again since: the event came late.
    """
    credential = getattr(account, "credential", None)
    if credential is None or (told.at is not None and credential.changed_at > told.at + A_SECOND):
        return
    try:
        tokens.lose(account)
    except WrongState:
        log.info("token_was_lost_before", account=account.pk)
