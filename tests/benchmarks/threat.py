"""`threat.hide`: from the one key of level 8 until the comment is hidden on its platform, and a supervisor is told.

Accounts of all platforms on the real sandbox over HTTP, with the unit's own workers, beat and reconciler as in `make
run`. An officer grades comments that were read, one every half second (BENCH_THREATS of them, 60 unless set). The time
runs from the key to the recorded answer of the platform; at the end the platforms' truth says whether each is hidden.

Then the broker is gone: no worker, a broker's address where nobody listens, the reconciler alone. A third as many keys
at once, each hidden within a minute, each alert told again by the reconciler, nothing lost.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from smu.stack.environment import python
from smu.stack.service import Service
from tests.benchmarks.machine import Machine
from tests.benchmarks.poll_faults import officers_of_all, read_once
from tests.benchmarks.polled import Polled, at_work, load, polled, running
from tests.benchmarks.report import Figure
from tests.benchmarks.towns import PLATFORMS, Town, settle

ACCOUNTS = 8  # two a platform: X lets hide fifty replies of an account in a quarter of an hour
THREATS = int(os.environ.get("BENCH_THREATS", "60"))
BETWEEN = 0.5  # seconds from one key to the next
LIMIT, LIMIT_WITHOUT_BROKER = 5.0, 60.0  # seconds
NOBODY = "redis://127.0.0.1:1/0"  # where no broker listens
LONGEST = 180.0


def hide(machine: Machine, rows: int) -> Iterator[Figure]:
    """Whatever `rows` says: BENCH_THREATS says how many keys."""
    from django.db import connection

    import smu.celery  # noqa: F401  (orders are hinted to the workers from here)

    connection.close()
    with polled(machine) as unit:
        towns = settle(unit, ACCOUNTS, datetime.now(UTC))
        officer = officers_of_all()[0]
        _supervisor()
        with at_work(unit, urgent=True):
            read_once()
            waiting = _waiting(THREATS + THREATS // 3)
            first = [_press(one, officer, BETWEEN) for one in waiting[:THREATS]]
            _come_to_rest(first)
        second = _without_a_broker(unit, waiting[THREATS:], officer)
        yield _figure(unit, towns, first, second)
    connection.close()


def _supervisor() -> None:
    from members.models import Member
    from members.powers import Position

    fields = {"number": "s1", "name": "Supervisor", "position": Position.SUPERVISOR, "sworn": True}
    Member.objects.create_user("supervisor", email="supervisor@bayside.example", **fields)


def _waiting(count: int) -> list[Any]:
    """So many comments that wait, the accounts in turn."""
    from moderation.models import Comment

    found = Comment.objects.filter(queue_entry__isnull=False, ours=False).select_related("account").order_by("pk")
    by_account: dict[int, list[Any]] = {}
    for comment in found:
        by_account.setdefault(comment.account_id, []).append(comment)
    in_turn = [one for turn in zip(*by_account.values(), strict=False) for one in turn]
    if len(in_turn) < count:
        raise RuntimeError(f"Only {len(in_turn)} comments were read, {count} are needed.")
    return in_turn[:count]


def _press(comment: Any, officer: Any, pause: float) -> Any:
    """The one key; gives the comment."""
    from tests.moderation.acts import case_of, decision

    begun = time.monotonic()
    case_of(comment).grade_as(decision(comment, 8), by=officer)
    comment.took = time.monotonic() - begun
    time.sleep(pause)
    return comment


def _come_to_rest(comments: list[Any]) -> None:
    from moderation.models import CommentOrder

    until = time.monotonic() + LONGEST
    left = CommentOrder.objects.filter(comment__in=[one.pk for one in comments], state__in=CommentOrder.UNENDED)
    while left.exists() and time.monotonic() < until:
        time.sleep(0.2)


def _without_a_broker(unit: Polled, comments: list[Any], officer: Any) -> list[Any]:
    """The same keys while no worker runs and the broker answers nobody, from here and from the reconciler."""
    from celery import current_app
    from kombu import pools

    from moderation.models import Threat

    current_app.conf.update(broker_url=NOBODY, broker_read_url=NOBODY, broker_write_url=NOBODY)
    pools.reset()
    current_app._pool = current_app.amqp._producer_pool = None  # what it had at hand led to the broker that was
    environment = unit.environment | {"CELERY_BROKER_URL": NOBODY, "REDIS_URL": NOBODY}
    reconciler = Service("reconciler-alone", python("manage.py", "reconcile"), environment)
    with running(unit.machine, reconciler):
        for comment in comments:
            _press(comment, officer, 0)
        numbers = [one.pk for one in comments]
        earlier = datetime.now(UTC) - timedelta(seconds=1)
        Threat.objects.filter(comment__in=numbers).update(next_alert_at=earlier)
        _come_to_rest(comments)
        until = time.monotonic() + 10
        while Threat.objects.filter(comment__in=numbers, round__lt=2).exists() and time.monotonic() < until:
            time.sleep(0.2)
    return comments


def _figure(unit: Polled, towns: list[Town], first: list[Any], second: list[Any]) -> Figure:
    from moderation.models import CommentOrder, Threat

    truth = {platform: unit.told("GET", f"/truth/{platform}")[platform]["comments"] for platform in PLATFORMS}
    seconds: dict[int, float] = {}
    for order in CommentOrder.objects.filter(verb="hide"):
        if order.done_at:
            seconds[order.comment_id] = (order.done_at - order.created_at).total_seconds()
    everyone = [*first, *second]
    standing = [one.pk for one in everyone if not _is_hidden(truth[one.account.platform][one.remote_id])]
    by_hand = CommentOrder.objects.filter(verb="hide", state__in=["by_hand", "failed"]).count()
    threats = Threat.objects.filter(comment__in=[one.pk for one in everyone])
    untold = threats.filter(alerts__isnull=True).count() + len(everyone) - threats.count()
    again = Threat.objects.filter(comment__in=[one.pk for one in second], round__gte=2).count()
    with_broker = sorted(seconds.get(one.pk, LONGEST) + one.took for one in first)
    without = sorted(seconds.get(one.pk, LONGEST) + one.took for one in second)
    p95, worst = _share(with_broker, 0.95), without[-1]
    return Figure(
        name="threat.hide",
        rows=len(everyone),
        value=p95,
        unit="s from the key to hidden on the platform, p95",
        limit=LIMIT,
        naive=None,
        ratio_to_limit=p95 / LIMIT,
        ratio_to_naive=None,
        target=f"p95 ≤ {LIMIT:.0f} s; without a broker each ≤ {LIMIT_WITHOUT_BROKER:.0f} s; none lost, none untold",
        holds=p95 <= LIMIT and worst <= LIMIT_WITHOUT_BROKER and not standing and not untold and again == len(second),
        peak_memory_mb=0.0,
        more={
            "accounts": len(towns),
            "p50_s": _share(with_broker, 0.5),
            "longest_s": with_broker[-1],
            "key_p95_ms": 1000 * _share(sorted(one.took for one in first), 0.95),
            "without_broker_p95_s": _share(without, 0.95),
            "without_broker_longest_s": worst,
            "not_hidden": len(standing),
            "left_to_officers": by_hand,
            "threats_untold": untold,
            "told_again_without_broker": again,
            "load": load(),
        },
    )


def _is_hidden(comment: dict[str, Any]) -> bool:
    return bool(comment.get("hidden"))


def _share(found: list[float], share: float) -> float:
    return found[min(len(found) - 1, int(len(found) * share))]
