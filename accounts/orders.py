"""Orders: calls to a platform as rows, committed with the decision and carried out afterwards (idea 6, ruling 21).

A worker claims the row, calls with no transaction open, and records the outcome. Killed anywhere, it leaves a row that
the reconciler finds. A call whose outcome is not known is `uncertain`: the platform is asked before anything is sent
twice.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar

import structlog
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import hints
from accounts.models import Account, PlatformLimit
from accounts.platforms.capabilities import Capability, capability
from accounts.platforms.client import Client
from accounts.platforms.contract import Gone, NotPossible, PlatformError, RateLimited, Sent, TokenExpired, Uncertain
from accounts.tallying import tallied
from accounts.tokens import lose
from members.facts import Narrow
from members.models import Member
from members.models.trail import current_act, one_act
from members.states import Invalid, Refused, Stateful, WrongState

log = structlog.get_logger()

LEASE = timedelta(seconds=27)  # longer than one call (connect 5 s, read 20 s); renewed just before it
RECONNECT = timedelta(seconds=15)  # how soon to look again at an account that needs reconnecting
UNCONNECTED = "The account needs reconnecting."
SUSPENDED = "The account is suspended: nothing is said in its name until it is active again."
CLOSED = "The account is closed."
RETRIES = (2, 5, 15, 60, 180, 600)  # seconds before the next attempt (Order.put_off)


class Rests(Exception):
    """What is wanted must not be sent just now: it is looked at again at `until`. That is no failure."""

    def __init__(self, sentence: str, *, until: datetime, code: str) -> None:
        super().__init__(sentence)
        self.until = until
        self.code = code


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

    # Waiting means: certainly not done yet. What may have been done is uncertain until the platform has been asked.
    MOVES = {
        State.WAITING: {State.SENDING, State.WITHDRAWN},
        State.SENDING: set(State.values),  # to itself, when a worker died and another takes the order over
        State.UNCERTAIN: {State.SENDING},
        State.BY_HAND: {State.DONE, State.WAITING, State.UNCERTAIN, State.WITHDRAWN},
        State.FAILED: {State.DONE, State.WAITING, State.UNCERTAIN, State.WITHDRAWN},
    }

    # A worker's own moves stand in MOVES too; a person has these.
    VERBS = {"confirm": State.DONE, "retry": State.WAITING, "withdraw": State.WITHDRAWN}
    FROM: ClassVar[dict[str, set[str]]] = {
        "confirm": {State.BY_HAND, State.FAILED},
        "retry": {State.BY_HAND, State.FAILED},
        "withdraw": {State.WAITING, State.BY_HAND, State.FAILED},
    }

    OPEN = (State.WAITING, State.SENDING, State.UNCERTAIN, State.BY_HAND)
    ON_THE_WAY = (State.SENDING, State.UNCERTAIN)  # may have reached the platform, or may at any moment

    key = models.CharField("idempotency key", max_length=100, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING, editable=False)
    urgent = models.BooleanField(default=False)
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(
        default=0
    )  # only ever counted up: it tells a worker whether the order is still its own
    failures = models.IntegerField(default=0)  # calls that failed in a row; a pause that the platform asks for is none
    sent = models.BooleanField(default=False)  # a call may have reached the platform: ask before calling again
    outcome = models.TextField(blank=True)  # what came of it, or went wrong, in a sentence
    outcome_code = models.CharField(max_length=100, blank=True)
    remote_id = models.TextField(blank=True)  # of the thing of ours that the call made
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    act = models.UUIDField(default=current_act)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()
    RELATED: ClassVar[tuple[str, ...]] = ("account",)  # read with it by whoever carries it out
    says = ""  # what the call itself has to say of what it did
    lease: ClassVar[timedelta] = LEASE  # after it another worker takes the order over
    retries: ClassVar[tuple[int, ...]] = RETRIES

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

    def asks_first(self) -> bool:
        """Whether it may be done already, so that the platform is asked before it is told."""
        return self.sent

    def speaks(self) -> bool:
        """Whether it says something in the department's name: that rests while the account is suspended."""
        return True

    def may_go(self) -> bool:
        """Whether what must come first has come (another order, say)."""
        return True

    def is_wanted(self) -> bool:
        """Whether the decision that the order rests on still stands. What is not wanted is asked about, never sent."""
        return True

    def why_unwanted(self) -> str:
        """What is said of it where it is not."""
        return "What it rested on was decided anew before it was sent."

    def require_sendable(self) -> None:
        """Asked before it is sent. Raises PlatformError for what must not be sent (any more): a person sees it."""

    def gone(self, error: Gone) -> None:
        """The thing acted on is not there any more: by default a failure that somebody sees."""
        self.end(self.State.FAILED, outcome=str(error), code=error.code or "gone")

    def hold(self) -> None:
        """Lock what `finished` will change, before the order itself: who decides locks in this sequence too."""

    def finished(self) -> None:
        """Called in the transaction that ends the order, for what hangs on it."""

    @abstractmethod
    def get_absolute_url(self) -> str:
        """The page where a person sees it and does what is his to do."""

    @abstractmethod
    def door(self, verb: str) -> str:
        """The address that takes a person's form: `confirm`, `retry` or `withdraw`."""

    @property
    def act_name(self) -> str:
        """Its row in the table of capabilities: by default named as the call."""
        return self.call_name

    @property
    def cell(self) -> Capability:
        """What the account's platform lets an application do of this, and the steps by hand."""
        return capability(self.account.platform, self.act_name, self.account.tier)

    # --- what a person does with it ---

    def verbs_for(self, member: Member) -> list[str]:
        """As Stateful says; but never what only a worker does."""
        return [verb for verb in super().verbs_for(member) if self.state in self.FROM[verb]]

    def may_confirm(self, member: Member) -> bool:
        """Whoever may act on the account may say that it was done by hand."""
        return self.account.may_act(member)

    def may_retry(self, member: Member) -> bool:
        """The same."""
        return self.may_confirm(member)

    def may_withdraw(self, member: Member) -> bool:
        """The same."""
        return self.may_confirm(member)

    def refusal(self, does: str) -> Refused:
        """What is raised for a person who may not do what `does` says."""
        return self.account.refused(does)

    def confirm(self, *, by: Member, proof: str) -> None:
        """It was done by hand on the platform's own site; `proof` says where it can be seen.

        Raises Refused, Invalid (no proof), WrongState.
        """
        self._require(self.may_confirm(by), "says that it was done by hand")
        if not proof.strip():
            raise Invalid("Say where it can be seen, or what the platform showed.", "proof")
        self._act("confirm", self.State.DONE, by, outcome=f"By hand: {proof}", done_at=timezone.now())

    def retry(self, *, by: Member) -> None:
        """Try an order again that failed, or that the platform did not let us carry out."""
        self._require(self.may_retry(by), "has it tried again")
        state = self.State.UNCERTAIN if self.sent else self.State.WAITING
        self._act("retry", state, by, failures=0, not_before=timezone.now())
        hints.ordered(self)

    def withdraw(self, *, by: Member) -> None:
        """Take back what has not been sent, or failed, or waits for a hand."""
        self._require(self.may_withdraw(by), "takes it back")
        self._act("withdraw", self.State.WITHDRAWN, by)

    def _act(self, verb: str, state: str, by: Member, **changes: Any) -> None:
        if self.state not in self.FROM[verb]:
            raise WrongState(self, verb)
        with transaction.atomic():
            self.hold()
            self.become(state, verb=verb, by=by, **changes)
            self.finished()

    def _require(self, allowed: bool, does: str) -> None:
        if not allowed:
            raise self.refusal(does)

    # --- its life ---

    def is_due(self) -> bool:
        """Whether a worker may take it now: its time has come, or the worker that had it died."""
        now = timezone.now()
        if self.state == self.State.SENDING:
            return self.lease_until is None or self.lease_until < now
        return self.state in {self.State.WAITING, self.State.UNCERTAIN} and self.not_before <= now and self.may_go()

    def is_hindered(self) -> bool:
        """Whether the platform asked for a pause or the account is not connected: the order is then looked at later.

        That is no attempt, uses none up and leaves no entry on the trail.
        """
        until = PlatformLimit.pause_of(self.account, self.call_name)
        if until is not None:
            self._postpone(until, "The platform asked for a pause.", "paused")
        elif self.account.state == Account.State.NEEDS_RECONNECTING:
            self._postpone(timezone.now() + RECONNECT, UNCONNECTED, "needs_reconnecting")
        elif self.account.state == Account.State.SUSPENDED and self.speaks():
            self._postpone(timezone.now() + RECONNECT, SUSPENDED, "suspended")
        else:
            return False
        return True

    def _postpone(self, until: datetime, outcome: str, code: str) -> None:
        time = "lease_until" if self.state == self.State.SENDING else "not_before"
        self._mine().update(outcome=outcome, outcome_code=code, **{time: until})

    def claim(self) -> bool:
        """Take the order for this worker. False when another has it or its time has not come."""
        if not self.is_due():
            return False
        try:
            self.become(
                self.State.SENDING,
                verb="send",
                by=None,
                # The lease too: its holder may have renewed it since this row was read.
                expecting={"attempts": self.attempts, "lease_until": self.lease_until},
                lease_until=timezone.now() + self.lease,
                attempts=self.attempts + 1,
            )
        except WrongState:
            return False
        return True

    def end(self, state: str, *, outcome: str = "", code: str = "", **changes: Any) -> None:
        """Record what came of the call. Raises WrongState when the lease ran out and another worker has the order."""
        if state == self.State.DONE:
            changes["done_at"] = timezone.now()
        with transaction.atomic():
            self.hold()
            self.become(
                state,
                verb={self.State.DONE: "done", self.State.WAITING: "put_off"}.get(self.State(state), str(state)),
                by=None,
                expecting={"attempts": self.attempts},
                outcome=outcome,
                outcome_code=code[:100],
                lease_until=None,
                sent=self.sent,
                **changes,
            )
            self.finished()

    def pause(self, until: datetime, outcome: str, *, code: str = "") -> None:
        """Try again at `until`. No failure: the platform said when."""
        self.end(self._open_state(), outcome=outcome, code=code, not_before=until)

    def put_off(self, outcome: str, *, code: str = "") -> None:
        """Try again later, by the table of retries. After the last it has failed and somebody sees it.

        An urgent order never gives up for a failure that may pass: it goes on at the last interval.
        """
        if self.gives_up():
            self.end(self.State.FAILED, outcome=outcome, code=code)
            return
        until = timezone.now() + timedelta(seconds=self.retries[min(self.failures, len(self.retries) - 1)])
        self.end(self._open_state(), outcome=outcome, code=code, not_before=until, failures=self.failures + 1)

    def gives_up(self) -> bool:
        """Whether it is tried no more after a failure that may pass."""
        return self.failures >= len(self.retries) and not self.urgent

    def _open_state(self) -> str:
        return self.State.UNCERTAIN if self.sent else self.State.WAITING

    def about_to_call(self) -> bool:
        """Note that a call may reach the platform from now on, and renew the lease. False when the order was lost.

        Raises Rests where it must not be sent just now.
        """
        self.sent = True
        self.lease_until = timezone.now() + self.lease
        return bool(self._mine().update(sent=True, lease_until=self.lease_until))

    def _mine(self) -> models.QuerySet[Any]:
        """This row, unless it changed since it was read."""
        orders = type(self).objects.filter(pk=self.pk)
        return orders.filter(state=self.state, attempts=self.attempts)


def carry_out(order: Order) -> bool:
    """Claim `order`, call the platform, record the outcome. False when there was nothing to carry out now.

    `order` is freshly read, and no transaction is open. Never raises for what a platform or its client does: every
    outcome is a state that somebody sees.
    """
    with one_act(order.act):
        if not order.is_due() or order.is_hindered() or not order.claim():
            return False
        reached("claimed")
        try:
            with tallied(order.account):
                _attempt(order)
        except Rests as rest:
            order.pause(rest.until, str(rest), code=rest.code)
        except WrongState:
            log.warning("order_lost", order=order.pk)  # the lease ran out; whoever took it over goes on
        reached("recorded")
    return True


def _attempt(order: Order) -> None:
    """One attempt at a claimed order, every failure turned into the state that fits it."""
    account = order.account
    if account.state == Account.State.CLOSED:
        order.end(order.State.FAILED, outcome=CLOSED, code="closed")
        return
    try:
        client = account.client(limits=lambda limit: PlatformLimit.note(account, limit))
        _ask_then_call(order, client)
    except (WrongState, Rests):
        raise
    except RateLimited as error:
        PlatformLimit.block(account, call=error.call, until=error.until)
        order.pause(error.until, str(error), code=error.code)
    except TokenExpired as error:
        _wait_for_a_token(order, error)
    except NotPossible as error:
        order.end(order.State.BY_HAND, outcome=str(error), code=error.code)
    except Gone as error:
        order.gone(error)
    except PlatformError as error:
        if error.permanent:
            order.end(order.State.FAILED, outcome=str(error), code=error.code)
        else:
            order.put_off(str(error), code=error.code)
    except Exception as error:  # noqa: BLE001  (a fault of ours must not hide the order from people)
        # The name alone: the exception's text could hold an address with a token, or the message.
        log.error("order_broke", order=order.pk, error=type(error).__name__)
        order.put_off("The call broke off inside this product; it is tried again.", code=type(error).__name__)


def _wait_for_a_token(order: Order, error: TokenExpired) -> None:
    """Wait until the account is connected again; or, where another worker has just renewed the token, for a moment."""
    lost = True
    with suppress(WrongState):  # another order found it out first
        lost = lose(order.account)
    if lost:
        order.pause(timezone.now() + RECONNECT, UNCONNECTED, code=error.code or "needs_reconnecting")
    else:
        order.pause(timezone.now(), "The token had just been renewed; it is tried again.", code="renewed")


def _ask_then_call(order: Order, client: Client) -> None:
    """Ask first where an earlier call may have taken effect; else call."""
    if order.asks_first():
        answer = order.true_already(client)
        if answer:
            remote_id = answer.remote_id if isinstance(answer, Sent) else ""
            order.end(order.State.DONE, outcome="It had taken effect already.", remote_id=remote_id)
            return
    if not order.is_wanted():
        order.end(order.State.WITHDRAWN, outcome=order.why_unwanted())
        return
    order.require_sendable()
    if not _account_lets(order):
        return
    if not order.about_to_call():
        log.warning("order_lost", order=order.pk)
        return
    reached("before_call")
    try:
        sent = order.call(client)
    except PlatformError as error:
        order.sent = isinstance(error, Uncertain)  # any other answer is a definite no
        raise
    reached("after_call")
    order.end(order.State.DONE, outcome=order.says, remote_id=sent.remote_id if sent else "")


def _account_lets(order: Order) -> bool:
    """Whether the account is still as it was when the order was read: somebody may have suspended or ended it since."""
    state = Account.objects.values_list("state", flat=True).get(pk=order.account_id)
    if state == Account.State.CLOSED:
        order.end(order.State.FAILED, outcome=CLOSED, code="closed")
    elif state == Account.State.SUSPENDED and order.speaks():
        order.pause(timezone.now() + RECONNECT, SUSPENDED, code="suspended")
    else:
        return True
    return False
