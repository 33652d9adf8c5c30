"""`poll.faults`: three calls in ten fail while comments come and officers answer; afterwards nothing may be missing.

Three accounts a platform on the real sandbox over HTTP, with the unit's own workers, beat and reconciler. For five
minutes (BENCH_SECONDS) three of ten calls of each platform, reads and writes alike, meet a fault of chance: an error, a
request to wait, an answer that comes too late or never though the platform did what was asked, a cut connection,
garbage. Then the faults end, and the unit has as long as it needs, at most a quarter of an hour.

What stands on the platforms decides (`/_sandbox/truth`): each comment of the public is here once, each of an officer's
answers stands there once. An answer that was left to an officer to give by hand is not lost: it is counted by itself.
Replies to old threads of YouTube are left out: a reading looks for those every quarter of an hour, faults or none.
"""

from __future__ import annotations

import random
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.benchmarks.machine import Machine
from tests.benchmarks.polled import Polled, at_work, load, polled, seconds
from tests.benchmarks.report import Figure
from tests.benchmarks.towns import PLATFORMS, Town, comment_of, settle

ACCOUNTS = 12
SHARE = 0.3
TICK = 0.1
COMMENTS_A_SECOND, ANSWERS_A_SECOND = 0.7, 0.5
LONGEST_SETTLING = 900.0
# How often each, and what else is ordered. The client waits twenty seconds: the longer of the two outlasts that.
FAULTS: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (30, "500", {}),
    (5, "429", {"reset": 5}),
    (5, "applied_then_timeout", {"seconds": 25}),
    (15, "applied_then_timeout", {"seconds": 0.5}),
    (20, "cut", {}),
    (15, "garbage", {}),
    (10, "truncated", {}),
)


@dataclass
class Days:
    """What happened: faults by platform and kind, what the public said, what officers answered."""

    unit: Polled
    towns: list[Town]
    dice: random.Random = field(default_factory=lambda: random.Random(300))
    calls: Counter[str] = field(default_factory=Counter)
    injected: Counter[tuple[str, str]] = field(default_factory=Counter)
    said: list[tuple[Town, str]] = field(default_factory=list)  # account, id of the comment
    answered: dict[int, str] = field(default_factory=dict)  # our comment's key, text of the answer
    refused: Counter[str] = field(default_factory=Counter)  # answers that the product did not take

    def spoil(self) -> None:
        """Order as many faults as the calls since the last look are short of."""
        for call in self.unit.look_at_calls():
            self.calls[call["platform"]] += 1
        for platform in PLATFORMS:
            so_far = sum(n for (where, _), n in self.injected.items() if where == platform)
            while self.calls[platform] * SHARE - so_far > self.dice.random():
                _, fault, more = self.dice.choices(FAULTS, [weight for weight, *_ in FAULTS])[0]
                order = {"platform": platform, "call": "*", "fault": fault, "times": 1, **more}
                self.unit.told("POST", "/faults", order)
                self.injected[platform, f"{fault} {more['seconds']} s" if "seconds" in more else fault] += 1
                so_far += 1

    def say(self) -> None:
        """Somebody comments on one of the newest posts, or answers somebody."""
        town = self.dice.choice(self.towns)
        theirs = [name for where, name in self.said if where is town]
        text = f"When does the station open? I ask for the {len(self.said) + 1}th time."
        if theirs and town.platform != "youtube" and self.dice.random() < 0.2:
            parent = self.dice.choice(theirs)
            order = comment_of(town, town.posts[0], text, parent=parent)
        else:
            order = comment_of(town, town.posts[0], text)
        self.said.append((town, self.unit.told("POST", "/comments", order)["id"]))

    def answer(self, officers: list[Any]) -> None:
        """An officer takes a comment that waits, finds it a question and answers it."""
        from members.states import Invalid, Refused, WrongState
        from moderation.models import Comment
        from tests.moderation.acts import case_of, decision

        waiting = Comment.objects.filter(queue_entry__isnull=False, ours=False).exclude(pk__in=self.answered)
        comment = waiting.order_by("?").select_related("account").first()
        if comment is None:
            return
        text = f"We open at eight ({uuid.uuid4().hex[:12]})."
        try:
            filled = decision(comment, 3, reply=text, grade_seen=None)
            case_of(comment).grade_as(filled, by=self.dice.choice(officers))
        except (Invalid, Refused, WrongState) as error:
            self.refused[type(error).__name__] += 1
        else:
            self.answered[comment.pk] = text


def faults(machine: Machine, rows: int) -> Iterator[Figure]:
    """Whatever `rows` says: BENCH_SECONDS (300) says how long."""
    from django.db import connection

    import smu.celery  # noqa: F401  (orders are hinted to the workers from here)

    connection.close()
    with polled(machine) as unit:
        towns = settle(unit, ACCOUNTS, datetime.now(UTC))
        unit.watch()
        officers = officers_of_all()
        with at_work(unit, urgent=True):
            read_once()
            unit.look_at_calls()
            days = Days(unit, towns)
            began = time.time()
            _live(days, officers, seconds(300))
            unit.told("DELETE", "/faults")
            settled = _come_to_rest(days)
        yield _figure(days, time.time() - began, settled)
    connection.close()


def officers_of_all() -> list[Any]:
    """Two officers who are editors of everything, and what they grade by."""
    from accounts.models import Account, Role
    from members.models import Member
    from members.powers import Position
    from smu.demonstration.documents import load_grading_system, load_terms

    load_terms()
    load_grading_system()
    made = []
    for number in (1, 2):
        fields = {"number": f"o{number}", "name": f"Officer {number}", "position": Position.OFFICER, "sworn": True}
        made.append(Member.objects.create_user(f"officer{number}", **fields))
    for account in Account.objects.all():
        for officer in made:
            Role.objects.create(account=account, member=officer, kind=Role.Kind.EDITOR)
    return made


def read_once() -> None:
    from accounts.models import PollState

    until = time.monotonic() + 300
    while PollState.objects.filter(last_ok_at__isnull=True).exists():
        if time.monotonic() > until:
            raise TimeoutError("The accounts were not all read once within five minutes.")
        time.sleep(0.5)


def _live(days: Days, officers: list[Any], long: float) -> None:
    until = time.monotonic() + long
    while time.monotonic() < until:
        days.spoil()
        if days.dice.random() < COMMENTS_A_SECOND * TICK:
            days.say()
        if days.dice.random() < ANSWERS_A_SECOND * TICK:
            days.answer(officers)
        time.sleep(TICK)


def _come_to_rest(days: Days) -> float:
    """Wait until everything said is here and every order has ended; gives how long that took."""
    from moderation.models import Comment, CommentOrder

    begun = time.monotonic()
    said = {(town.pk, name) for town, name in days.said}
    while time.monotonic() - begun < LONGEST_SETTLING:
        here = set(Comment.objects.values_list("account_id", "remote_id"))
        if said <= here and not CommentOrder.objects.filter(state__in=CommentOrder.UNENDED).exists():
            break
        time.sleep(0.5)
    return time.monotonic() - begun


def _figure(days: Days, took: float, settled: float) -> Figure:
    from moderation.models import Comment, CommentOrder

    truth = days.unit.told("GET", "/truth")
    towns = {(town.platform, town.remote_id): town.pk for town in days.towns}
    here = Counter(Comment.objects.filter(ours=False).values_list("account_id", "remote_id"))
    texts = Counter(Comment.objects.filter(ours=False, text__contains="th time.").values_list("text", flat=True))
    there, answers = set(), Counter[str]()
    for platform in PLATFORMS:
        for name, one in truth[platform]["comments"].items():
            if one["ours"]:
                answers[one["text"]] += 1
            else:
                there.add((towns[platform, one["account"]], name))
    missing = sum(one not in here for one in there)
    doubled = sum(n - 1 for n in here.values()) + sum(n - 1 for n in texts.values()) + len(here.keys() - there)
    states = dict(Counter(CommentOrder.objects.values_list("state", flat=True)))
    standing = [sum(n for found, n in answers.items() if text in found) for text in days.answered.values()]
    by_hand = states.get("by_hand", 0) + states.get("failed", 0)
    lost = standing.count(0) - by_hand
    doubled_replies = sum(n - 1 for n in standing if n > 1)
    ended = sum(days.unit.ended().values(), Counter[str]())
    calls, injected = sum(days.calls.values()), sum(days.injected.values())
    return Figure(
        name="poll.faults",
        rows=len(days.said),
        value=float(missing),
        unit="comments missing",
        limit=0.0,
        naive=None,
        ratio_to_limit=None,
        ratio_to_naive=None,
        target="comments missing 0, doubled 0, replies doubled 0, lost 0",
        holds=missing == 0 and doubled == 0 and doubled_replies == 0 and lost <= 0 and injected > 0,
        peak_memory_mb=0.0,
        more={
            "seconds": round(took),
            "calls": calls,
            "faults_injected": injected,
            "share_of_calls": injected / max(1, calls),
            "faults_by_kind": dict(_sum(kind for (_, kind), n in days.injected.items() for _ in range(n))),
            "faults_by_platform": dict(_sum(where for (where, _), n in days.injected.items() for _ in range(n))),
            "readings_well": ended["well"],
            "readings_failed": ended["failed"],
            "comments_that_came": len(days.said),
            "comments_doubled": doubled,
            "replies": len(days.answered),
            "replies_doubled": doubled_replies,
            "replies_lost": lost,
            "replies_left_to_officers": by_hand,
            "replies_not_taken": dict(days.refused),
            "orders_by_state": states,
            "settled_after_s": round(settled, 1),
            "load": load(),
        },
    )


def _sum(names: Iterator[str]) -> Counter[str]:
    return Counter(names)
