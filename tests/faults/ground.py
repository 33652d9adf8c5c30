"""Where faults are injected: acts on comments that stand on a real sandbox, children that die at a hook, and the tally.

The sandbox's truth decides what came of the acts: the unit's own rows are never taken as proof.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

from django.db import connections
from django.db.models import F
from django.utils import timezone

from accounts import orders as steps
from accounts.models import Account
from accounts.orders import carry_out
from accounts.reconciling import Reconciler
from members.models import Member
from moderation.models import Comment, CommentOrder, RetainedRecord
from tests.moderation.acts import case_of, decision, order_with
from tests.moderation.conftest import Stage

DECIDING = ("decided", "retained", "ordered", "committed")
CARRYING = ("claimed", "before_call", "after_call", "recorded")
READABLE = ("facebook", "instagram", "youtube")  # X does not tell whether a reply is hidden, so that asking is no help


@dataclass
class Tally:
    """What one scenario did and lost; one JSON line."""

    name: str
    injected: int = 0
    acts: int = 0
    hidden_but_not_retained: int = 0
    lost_acts: int = 0
    doubled_effects: int = 0
    recoveries: list[float] = field(default_factory=list)  # seconds from the fault to the recorded outcome
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether nothing was hidden without its record, lost or done twice."""
        return not (self.hidden_but_not_retained or self.lost_acts or self.doubled_effects)

    def line(self) -> str:
        """The figures as a JSON object."""
        recoveries = sorted(self.recoveries)
        p95 = recoveries[max(0, int(len(recoveries) * 0.95 + 0.999) - 1)] if recoveries else None
        figures = {
            "faults_injected": self.injected,
            "acts": self.acts,
            "hidden_but_not_retained": self.hidden_but_not_retained,
            "lost_acts": self.lost_acts,
            "doubled_effects": self.doubled_effects,
            "recovery_p95_s": None if p95 is None else round(p95, 1),
        }
        return json.dumps({"name": self.name, **figures, **self.more, "holds": self.holds})


@dataclass
class Ground:
    """Comments on all four platforms, and an officer who acts on them."""

    stage: Stage
    accounts: dict[str, Account]
    make_comment: Callable[..., Comment]
    officer: Member

    def __post_init__(self) -> None:
        for account in self.accounts.values():
            self.without_limits(account)
            self.stage.post(account, id=f"{account.remote_id}_post")

    def without_limits(self, account: Account) -> None:
        """X lets hide fifty replies in a quarter of an hour: an order then waits, which is right and no fault."""
        told = {"handle": account.handle, "name": account.name, "page_id": account.page_id, "tier": account.tier}
        secrets = ("access_token", "refresh_token", "client_id", "client_secret")
        told |= {name: getattr(account.credential, name) for name in secrets}
        path = f"/accounts/{account.platform}/{account.remote_id}"
        self.stage.control.put(path, json=told | {"rate_limit": {"*": 10_000_000}}).raise_for_status()

    def comments(self, count: int, platforms: tuple[str, ...] = (*READABLE, "x")) -> list[Comment]:
        """So many comments that wait, each known to its platform."""
        made = []
        for platform in islice(cycle(platforms), count):
            account = self.accounts[platform]
            text = "Come out and you will see." if len(made) % 2 else "I shall be there."
            remote = self.stage.comment(account, text, f"{account.remote_id}_post")
            made.append(self.make_comment(text, account=account, remote_id=remote))
        return made

    def act(self, comment: Comment, verb: str, *, key: str) -> None:
        """What an officer does: hide by level 8, or answer a question. The same key is the same click."""
        if verb == "hide":
            case_of(comment).grade_as(decision(comment, 8, key=key), by=self.officer)
        else:
            answer = f"Thank you, we looked into it ({key})."
            case_of(comment).grade_as(decision(comment, 3, key=key, reply=answer, grade_seen=None), by=self.officer)

    # --- what became of it ---

    def judge(self, tally: Tally, comments: list[Comment], verb: str, before: dict[str, int] | None = None) -> None:
        """Hold the platforms' truth against what was acknowledged; every comment of `comments` was.

        `before` is `hides_so_far` before the acts: a platform that lets itself be asked was told to hide each once.
        """
        truth = self.stage.control.get("/truth").json()
        retained = set(RetainedRecord.objects.values_list("comment_id", flat=True))
        calls = dict.fromkeys(truth, 0)
        for comment in comments:
            platform = comment.account.platform
            standing = truth[platform]["comments"]
            if verb == "hide":
                hidden = is_hidden(standing[comment.remote_id])
                calls[platform] += hidden
                tally.lost_acts += not hidden
                tally.hidden_but_not_retained += hidden and comment.pk not in retained
            else:
                answers = [one for one in standing.values() if one["ours"] and one["parent"] == comment.remote_id]
                tally.lost_acts += not answers
                tally.doubled_effects += max(0, len(answers) - 1)
        if before is not None:
            told = self.hides_so_far()
            for platform in READABLE:
                tally.doubled_effects += max(0, told[platform] - before[platform] - calls[platform])
        tally.acts += len(comments)

    def hides_so_far(self) -> dict[str, int]:
        """How many times each platform hid something because it was told to."""
        calls = self.stage.control.get("/calls").json()
        done = [call["platform"] for call in calls if call["call"] == "hide" and call["status"] in (200, 204)]
        return {platform: done.count(platform) for platform in self.accounts}


def steps_of(verb: str) -> tuple[str, ...]:
    """The hooks of one verb. An answer has no record to retain."""
    return tuple(step for step in (*DECIDING, *CARRYING) if (verb, step) != ("reply", "retained"))


def is_hidden(standing: dict[str, Any]) -> bool:
    """Whether the public does not see it. YouTube holds it for review."""
    return bool(standing["hidden"]) or standing.get("status") in ("heldForReview", "rejected")


def dies_at(step: str, work: Callable[[], object]) -> bool:
    """Do `work` in a forked child that SIGKILLs itself at the hook. False when it never came there."""
    connections.close_all()  # a child must not talk through its parent's connections
    pid = os.fork()
    if pid == 0:
        try:
            steps.reached = lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == step else None
            work()
        finally:
            os._exit(3)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def work_by_hint(order: CommentOrder) -> bool:
    """A worker in place of the broker: it carries out what it is hinted at."""
    carry_out(order_with(order.pk))
    return True


def finish(comments: list[Comment], seconds: float = 60.0) -> None:
    """Let a reconciler in this process end every order, the clock turned on for it."""
    watch = Reconciler(hint=work_by_hint)
    open_orders = CommentOrder.objects.filter(comment__in=comments, state__in=["waiting", "sending", "uncertain"])
    until = time.monotonic() + seconds
    while open_orders.exists() and time.monotonic() < until:
        turn_the_clock(open_orders)
        watch.hinted.clear()
        watch.look()
    watch.close()


def turn_the_clock(orders: Any) -> None:
    """As if half a minute had passed for these orders."""
    by = timedelta(seconds=30)
    orders.update(not_before=F("not_before") - by, lease_until=F("lease_until") - by)


def kill_rounds(ground: Ground, verb: str, step: str, rounds: int) -> tuple[Tally, dict[int, datetime]]:
    """Kill a child at one hook of one verb so many times, each on a comment of its own. Who clicked clicks again."""
    tally = Tally(f"kill {verb} at {step}")
    deaths: dict[int, datetime] = {}
    for comment in ground.comments(rounds):
        key = f"{verb}-{comment.pk}"
        if step in DECIDING:
            tally.injected += dies_at(step, lambda: ground.act(comment, verb, key=key))  # noqa: B023
        ground.act(comment, verb, key=key)
        if step in CARRYING:
            order = comment.orders.get()
            tally.injected += dies_at(step, lambda: carry_out(order_with(order.pk)))  # noqa: B023
        deaths[comment.pk] = timezone.now()
    return tally, deaths
