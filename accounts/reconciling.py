"""The reconciler: a plain process on PostgreSQL that finds the orders which the broker or a worker lost (ruling 24).

It hints late orders to the broker again, and carries out itself what is still late: soon what is urgent, at once while
the broker is down; the rest when no worker has come for half a minute (Celery's dies of a broker that goes twice;
tried). It needs no Redis. Workers may do the same at the same time: an order is claimed in the database.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog
from django.db import DatabaseError, connections
from django.db.models import Q
from django.utils import timezone

from accounts import blindness, hints
from accounts.kinds import kinds, read_order
from accounts.orders import Order, carry_out
from members.hooks import ask

log = structlog.get_logger()

EVERY = 1.0  # seconds between two looks
GRACE, URGENT_GRACE = timedelta(seconds=3), timedelta(seconds=1)  # the broker's own time to bring an order to a worker
HINT_AGAIN = 10.0  # seconds
CARRIES_AFTER = timedelta(seconds=3)  # an urgent order later than this is not left to the broker any more
CARRIES_ALL_AFTER = timedelta(seconds=30)  # nor is any other later than this
WATCH_EVERY = 15.0  # seconds between two looks whether every account is still read
MOST = 200  # orders looked at in one go, the urgent ones first
HANDS = 8  # urgent orders carried out at once: a platform that hangs must not hold the others'
OTHER_HANDS = 2

Name = tuple[str, int]  # an order's kind and key


def late() -> list[Order]:
    """Orders that should be in a worker's hands by now: waiting or uncertain past their time, or left by a dead one."""
    now = timezone.now()
    young = Q(urgent=True, not_before__gt=now - URGENT_GRACE) | Q(urgent=False, not_before__gt=now - GRACE)
    found: list[Order] = []
    for kind in kinds():
        theirs = kind.objects.due().exclude(young).select_related(*kind.RELATED)
        found += theirs.order_by("-urgent", "not_before")[:MOST]
    return sorted(found, key=lambda order: (not order.urgent, order.not_before))[:MOST]


def _name(order: Order) -> Name:
    return order._meta.label, order.pk


class Reconciler:
    """Looks for late orders again and again. `hint` sends one to the broker; False when the broker is down."""

    def __init__(self, hint: Callable[[Order], bool] = hints.hint) -> None:
        self.hint = hint
        self.hinted: dict[Name, float] = {}
        self.watched_at = float("-inf")
        self.broker_is_down = False
        self.in_hand: set[Name] = set()
        self.lock = threading.Lock()
        self.hands = ThreadPoolExecutor(HANDS, thread_name_prefix="urgent")
        self.other_hands = ThreadPoolExecutor(OTHER_HANDS, thread_name_prefix="ordinary")

    def run(self, until: threading.Event, every: float = EVERY) -> None:
        """Look every second until told to stop. A database that does not answer is waited for."""
        while not until.wait(every):
            try:
                self.look()
                self.watch()
                ask("ALSO_RECONCILED")
            except DatabaseError as error:
                log.warning("reconciler_waits_for_the_database", error=type(error).__name__)
            finally:
                connections.close_all()
        self.close()

    def close(self) -> None:
        """Finish the calls in hand; what has not begun stays as it is, for the next reconciler or a worker."""
        for hands in (self.hands, self.other_hands):
            hands.shutdown(wait=True, cancel_futures=True)

    def look(self) -> int:
        """One look; gives how many orders were late."""
        orders = late()
        self._hint(orders)
        for order in orders:
            if _is_too_late(order) or (order.urgent and self.broker_is_down):
                self._take(order)
        return len(orders)

    def watch(self) -> None:
        """See whether an account has gone blind: here too, since this process needs no broker."""
        now = time.monotonic()
        if now - self.watched_at >= WATCH_EVERY:
            self.watched_at = now
            blindness.look()

    def _hint(self, orders: list[Order]) -> None:
        """Hint each at most every ten seconds. With the broker down one try is enough: each may take its time."""
        now = time.monotonic()
        late_still = {_name(order) for order in orders}
        self.hinted = {name: when for name, when in self.hinted.items() if name in late_still}
        again = [order for order in orders if now - self.hinted.get(_name(order), float("-inf")) >= HINT_AGAIN]
        for order in again:
            self.broker_is_down = not self.hint(order)
            if self.broker_is_down:
                break
            self.hinted[_name(order)] = now
        if again:
            log.info("late_orders", count=len(orders), broker_is_down=self.broker_is_down)

    def _take(self, order: Order) -> None:
        with self.lock:
            if _name(order) in self.in_hand:
                return
            self.in_hand.add(_name(order))
        (self.hands if order.urgent else self.other_hands).submit(self._carry_out, _name(order))

    def _carry_out(self, name: Name) -> None:
        try:
            order = read_order(*name)
            if carry_out(order):
                log.info("carried_out_by_the_reconciler", order=name, state=str(order.state))
        except DatabaseError as error:
            log.warning("order_left", order=name, error=type(error).__name__)
        finally:
            connections.close_all()
            with self.lock:
                self.in_hand.discard(name)


def _is_too_late(order: Order) -> bool:
    """Whether it is not left to a worker any more. What a dead one left has waited for its whole lease already."""
    left = order.state == Order.State.SENDING
    since = order.lease_until if left and order.lease_until else order.not_before
    if order.urgent:
        return left or timezone.now() - since > CARRIES_AFTER
    return timezone.now() - since > CARRIES_ALL_AFTER
