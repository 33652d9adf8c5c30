"""Orders: calls to a platform as rows, committed with the decision and carried out afterwards (idea 6, ruling 21).

A worker claims the row, calls with no transaction open, and records the outcome. Killed anywhere, it leaves a row that
the reconciler finds. A call whose outcome is not known is `uncertain`: the platform is asked before anything is sent
twice.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, PlatformLimit
from accounts.platforms.contract import (
    Client,
    Gone,
    NotPossible,
    PlatformError,
    RateLimited,
    Sent,
    TokenExpired,
    Uncertain,
)
from members.facts import Narrow
from members.models import Member
from members.models.trail import current_act, one_act
from members.states import Stateful, WrongState

log = structlog.get_logger()

LEASE = timedelta(seconds=27)  # longer than one call (connect 5 s, read 20 s); renewed just before it
RECONNECT = timedelta(seconds=60)  # how soon to look again at an account that needs reconnecting
RETRIES = (2, 5, 15, 60, 180, 600)  # seconds before the next attempt; after the last, the order has failed


def _nothing(step: str) -> None:
    """Stands where the fault tests put a kill."""


# Called with the name of each step of an order's life; the fault tests replace it in a forked child (ruling 26).
reached: Callable[[str], None] = _nothing


class OrderQuerySet(models.QuerySet[Any]):
    """Questions about orders."""

    def due(self) -> OrderQuerySet:
        """Those that a worker may take now: waiting past their time, or left by a worker that died."""
        now = timezone.now()
        return self.filter(
            Q(state__in=[Order.State.WAITING, Order.State.UNCERTAIN], not_before__lte=now)
            | Q(state=Order.State.SENDING, lease_until__lt=now)
        )

    def unfinished(self) -> OrderQuerySet:
        """Those whose outcome is still open, an officer's task included."""
        return self.exclude(state__in=[Order.State.DONE, Order.State.WITHDRAWN])

    def by_hand(self) -> OrderQuerySet:
        """An officer's tasks: what the platform does not let an application do."""
        return self.filter(state=Order.State.BY_HAND)


class Order(Narrow, Stateful):
    """A call to a platform, ordered by a decision."""

    class State(models.TextChoices):
        """An order's life."""

        WAITING = "waiting", "waiting"
        SENDING = "sending", "being sent"
        UNCERTAIN = "uncertain", "outcome not known"
        BY_HAND = "by_hand", "to be done by hand"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        WITHDRAWN = "withdrawn", "withdrawn"

    MOVES = {
        State.WAITING: {State.SENDING, State.WITHDRAWN, State.BY_HAND, State.FAILED},
        State.SENDING: {State.DONE, State.FAILED, State.UNCERTAIN, State.WAITING, State.BY_HAND, State.SENDING},
        State.UNCERTAIN: {State.SENDING, State.FAILED, State.BY_HAND},
        State.BY_HAND: {State.DONE, State.WITHDRAWN},
        State.FAILED: {State.WAITING, State.BY_HAND, State.WITHDRAWN},
    }

    key = models.CharField("idempotency key", max_length=100, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING, editable=False)
    urgent = models.BooleanField(default=False)
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    sent = models.BooleanField(default=False)  # a call may have reached the platform: ask before calling again
    outcome = models.TextField(blank=True)  # what came of it, or went wrong, in a sentence
    outcome_code = models.CharField(max_length=100, blank=True)
    remote_id = models.TextField(blank=True)  # of the thing of ours that the call made
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    act = models.UUIDField(default=current_act)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        abstract = True

    # --- what each kind of order says ---

    @property
    @abstractmethod
    def call_name(self) -> str:
        """The platform's call, as limits name it."""

    @abstractmethod
    def call(self, client: Client) -> Sent | None:
        """Do it. Raises PlatformError."""

    @abstractmethod
    def true_already(self, client: Client) -> Sent | bool:
        """Ask the platform whether it is done already (the thing of ours, or True), before doing it again."""

    def may_go(self) -> bool:
        """Whether what must come first has come (another order, say)."""
        return True

    def gone(self, error: Gone) -> None:
        """The thing acted on is not there any more: by default a failure that somebody sees."""
        self.end(self.State.FAILED, outcome=str(error), code=error.code or "gone")

    def finished(self) -> None:
        """Called in the transaction that ends the order, for what hangs on it."""

    # --- its life ---

    def claim(self) -> bool:
        """Take the order for this worker. False when another has it or its time has not come."""
        now = timezone.now()
        if self.state == self.State.SENDING and not (self.lease_until and self.lease_until < now):
            return False
        if not self.may_go():
            return False
        try:
            self.become(
                self.State.SENDING,
                verb="send",
                by=None,
                expecting={"attempts": self.attempts},
                lease_until=now + LEASE,
                attempts=self.attempts + 1,
            )
        except WrongState:
            return False
        return True

    def end(self, state: str, *, outcome: str = "", code: str = "", **changes: Any) -> None:
        """Record what came of the call. A worker that lost its lease finds the row taken, and leaves it."""
        with transaction.atomic():
            self.become(
                state,
                verb={self.State.DONE: "done", self.State.WAITING: "put_off"}.get(self.State(state), str(state)),
                by=None,
                expecting={"attempts": self.attempts},
                outcome=outcome,
                outcome_code=code[:100],
                lease_until=None,
                **({"done_at": timezone.now()} if state == self.State.DONE else {}),
                **changes,
            )
            self.finished()

    def put_off(self, outcome: str, *, code: str = "", state: str | None = None, **changes: Any) -> None:
        """Try again later, by the table of retries; after the last, it has failed and somebody sees it."""
        if self.attempts > len(RETRIES):
            self.end(self.State.FAILED, outcome=outcome, code=code)
            return
        wait = timedelta(seconds=RETRIES[self.attempts - 1])
        self.end(
            state or self.State.WAITING, outcome=outcome, code=code, not_before=timezone.now() + wait, **changes
        )

    def about_to_call(self) -> bool:
        """Note that a call may reach the platform from now on, and renew the lease. False when the order was lost."""
        self.sent = True
        self.lease_until = timezone.now() + LEASE
        mine = type(self)._base_manager.filter(pk=self.pk, state=self.State.SENDING, attempts=self.attempts)
        return bool(mine.update(sent=True, lease_until=self.lease_until))


def carry_out(order: Order) -> bool:
    """Claim `order`, call the platform, record the outcome. False when it was not this worker's to carry out.

    Never raises for what a platform does: every outcome is a state that somebody sees.
    """
    if not order.claim():
        return False
    reached("claimed")
    with one_act(order.act):
        try:
            _attempt(order)
        except WrongState:
            log.warning("order_lost", order=order.pk)  # the lease ran out; whoever took it over goes on
    reached("recorded")
    return True


def _attempt(order: Order) -> None:
    """One attempt at a claimed order, every failure turned into the state that fits it."""
    account = order.account
    until = PlatformLimit.pause_of(account, order.call_name)
    if until is not None:
        order.end(order.State.WAITING, outcome="The platform asked for a pause.", code="paused", not_before=until)
        return
    if account.state != Account.State.ACTIVE:
        _wait_for_reconnection(order)
        return
    client = account.client(
        limits=lambda limit: PlatformLimit.note(account, limit), renewed=account.credential.keep_renewed
    )
    try:
        _ask_then_call(order, client)
    except RateLimited as error:
        PlatformLimit.block(account, call=order.call_name, until=error.until)
        order.end(order.State.WAITING, outcome=str(error), code=error.code, not_before=error.until)
    except TokenExpired as error:
        account.lose_token()
        _wait_for_reconnection(order, error.code)
    except NotPossible as error:
        order.end(order.State.BY_HAND, outcome=str(error), code=error.code)
    except Uncertain as error:
        order.put_off(str(error), code=error.code, state=order.State.UNCERTAIN)
    except Gone as error:
        order.gone(error)
    except PlatformError as error:
        if error.permanent:
            order.end(order.State.FAILED, outcome=str(error), code=error.code)
        else:
            order.put_off(str(error), code=error.code)


def _ask_then_call(order: Order, client: Client) -> None:
    """Ask first where an earlier call may have taken effect; else call."""
    if order.sent:
        answer = order.true_already(client)
        if answer:
            remote_id = answer.remote_id if isinstance(answer, Sent) else ""
            order.end(order.State.DONE, outcome="It had taken effect already.", remote_id=remote_id)
            return
    if not order.about_to_call():
        return
    reached("before_call")
    sent = order.call(client)
    reached("after_call")
    order.end(order.State.DONE, remote_id=sent.remote_id if sent else "")


def _wait_for_reconnection(order: Order, code: str = "") -> None:
    order.end(
        order.State.WAITING,
        outcome="The account needs reconnecting.",
        code=code or "needs_reconnecting",
        not_before=timezone.now() + RECONNECT,
    )
