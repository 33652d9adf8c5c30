"""Two officers and a member without a role, workers that die, a platform that fails, edits and deletions, in any order.

Hypothesis looks for a sequence after which something is hidden that was not retained, an answer stands twice, or the
platform's truth is not what was decided (4.R, 4.L1–4.L8; rulings 2, 6, 7, 26). Played by test_interleavings.py.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from accounts import orders as steps
from accounts.orders import carry_out
from accounts.platforms.contract import RemoteComment, Sight
from accounts.reconciling import late
from members.models import Member
from members.states import Invalid, Refused, WrongState
from moderation.changes import Look, follow
from moderation.decisions import Decision
from moderation.models import Comment, CommentOrder, QueueEntry
from moderation.models.grades import ANSWERABLE
from moderation.models.queue import Taken
from tests.faults.ground import CARRYING, DECIDING
from tests.moderation.acts import SOURCE, case_of, decision, order_with, time_passes
from tests.moderation.at_rest import check, come_to_rest
from tests.pretended import Pretended

REFUSALS = (Refused, WrongState, Invalid, Taken)
FAULTS = ("", "", "applied", "applied", "lost", "429", "unreachable", "not_possible", "expired_token", "refused", "bug")

people = st.sampled_from([0, 0, 1, 1, 2])
which = st.sampled_from([0, 1])
levels = st.sampled_from([1, 2, 3, 6, 7, 7, 8, 8])
deciding = st.sampled_from([None, None, None, None, *DECIDING])
faults = st.lists(st.sampled_from(FAULTS), max_size=2)
nth = st.integers(0, 4)


@dataclass(frozen=True)
class Meanwhile:
    """What happens to the comment while a worker is at a step. Drawn beforehand: no draw may depend on the clock."""

    step: str
    act: str
    who: int
    level: int


@dataclass(frozen=True)
class Work:
    """A worker's attempt: what the platform does to it, where the worker dies, what happens meanwhile."""

    faults: list[str]
    dies: str | None
    meanwhile: Meanwhile | None


acts = st.sampled_from(["grade", "grade", "undo", "undo", "edit", "answer", "time"])
busy = st.sampled_from(["claimed", "before_call", "before_call", "after_call", "after_call"])
meanwhiles = st.builds(Meanwhile, busy, acts, st.sampled_from([0, 1]), levels)
works = st.builds(Work, faults, st.sampled_from([None, None, *CARRYING]), st.one_of(st.none(), meanwhiles, meanwhiles))


class Killed(BaseException):
    """The process dies here."""


@dataclass
class World:
    """What the machine plays with; the members and the rest stand, the comments are new for each play."""

    members: list[Member]
    make_comment: Callable[..., Comment]
    other_connection: psycopg.Connection[Any]


class Interleavings(RuleBasedStateMachine):
    """One play: two comments, one on Facebook and one on Instagram."""

    world: World
    numbers = itertools.count(1)

    @initialize(first=levels, second=levels)
    def begin(self, first: int, second: int) -> None:
        self.platform = Pretended()
        self.not_retained: list[str] = []  # raised there, it would only make a failed attempt of the hide
        self.platform.before_hide = self.is_retained
        self.in_place = self.platform.in_place()
        self.in_place.__enter__()
        self.comments = [self.world.make_comment(platform=name) for name in ("facebook", "instagram")]
        self.texts = [comment.text for comment in self.comments]
        self.clicks: list[tuple[int, int, Decision]] = []  # pages open in a browser: who, on which, what the form holds
        self.pages: list[tuple[int, Look]] = []  # answers of the platform that were read and not yet taken in
        self.grade(0, 0, first, answered=True, dies=None)
        self.grade(1, 1, second, answered=False, dies=None)

    def is_retained(self, remote_id: str) -> None:
        """Asked on another connection: what is not committed is not there."""
        sql = """SELECT FROM moderation_retainedrecord r JOIN moderation_comment c ON c.id = r.comment_id
                 WHERE c.remote_id = %s"""
        if self.world.other_connection.execute(sql, [remote_id]).fetchone() is None:
            self.not_retained.append(remote_id)

    # --- members ---

    def fill_in(self, who: int, which: int, level: int, *, answered: bool) -> None:
        """Open the comment's page and fill in its form."""
        number = next(self.numbers)
        filled = decision(self.comments[which], level, key=f"key-{number}", reason="Looked at again.")
        if answered and level in ANSWERABLE:
            reference = " {reference}" if level == 7 else ""
            filled = replace(filled, reply=f"Answer {number}.{reference}")
        self.clicks.append((who, which, filled))

    def grade(self, who: int, which: int, level: int, *, answered: bool, dies: str | None) -> None:
        self.fill_in(who, which, level, answered=answered)
        self.click(-1, dies)

    @rule(who=people, which=which, level=levels, answered=st.booleans(), dies=deciding, work=works)
    def decide(self, who: int, which: int, level: int, answered: bool, dies: str | None, work: Work) -> None:
        """What is ordered is taken at once."""
        self.grade(who, which, level, answered=answered, dies=dies)
        self.time_passes(3)
        self.work(0, work)

    @rule(who=people, which=which, level=levels, answered=st.booleans())
    def open_a_page(self, who: int, which: int, level: int, answered: bool) -> None:
        """It is clicked later, or never."""
        self.fill_in(who, which, level, answered=answered)

    @rule(back=st.sampled_from([-1, -2, -3]), dies=deciding)
    def click(self, back: int, dies: str | None) -> None:
        """A page that was opened some time ago, or was clicked before."""
        if len(self.clicks) < -back:
            return
        who, which, filled = self.clicks[back]
        self.do(lambda: case_of(self.comments[which]).grade_as(filled, by=self.world.members[who]), dies)

    @rule(who=people, which=which, work=works)
    def take_it_back(self, who: int, which: int, work: Work) -> None:
        self.undo(who, which)
        self.work(0, work)

    def undo(self, who: int, which: int) -> None:
        self.do(lambda: case_of(self.comments[which]).undo(by=self.world.members[who]))

    @rule(who=people, which=which)
    def answer(self, who: int, which: int) -> None:
        number = next(self.numbers)
        by = self.world.members[who]
        said = {"by": by, "key": f"key-{number}", "rests": SOURCE}
        self.do(lambda: case_of(self.comments[which]).reply(f"Answer {number}.", **said))

    @rule(who=people, which=which, nth=nth, verb=st.sampled_from(["address", "claim", "retry", "withdraw"]))
    def look_after_it(self, who: int, which: int, nth: int, verb: str) -> None:
        comment, by = self.comments[which], self.world.members[who]
        orders = list(comment.orders.order_by("-pk"))
        if verb == "address":
            self.do(lambda: case_of(comment).address(by=by, reason="By telephone."))
        elif verb == "claim":
            with suppress(QueueEntry.DoesNotExist):
                self.do(lambda: QueueEntry.claim(comment.pk, by=by))
        elif orders:
            self.do(lambda: getattr(orders[nth % len(orders)], verb)(by=by))

    def do(self, act: Callable[[], Any], dies: str | None = None) -> None:
        """An act of a member, who may be refused; the process may die at a hook."""

        def reached(step: str) -> None:
            if step == dies:
                raise Killed

        before, steps.reached = steps.reached, reached
        try:
            act()
        except (*REFUSALS, Killed):
            pass
        finally:
            steps.reached = before

    # --- workers ---

    @rule(nth=nth, work=works)
    def work(self, nth: int, work: Work) -> None:
        """A worker takes an order, due or not, of a platform that may fail; at one of its steps somebody else acts."""
        orders = CommentOrder.objects.filter(comment__in=self.comments, state__in=CommentOrder.UNENDED)
        if not orders:
            return
        order = orders.order_by("-pk")[nth % orders.count()]
        self.platform.faults = list(work.faults)
        meanwhile = work.meanwhile

        def reached(step: str) -> None:
            if meanwhile is not None and step == meanwhile.step:
                steps.reached = lambda step: None
                self.happens(meanwhile, self.comments.index(order.comment))
                steps.reached = reached
            if step == work.dies:
                raise Killed

        steps.reached = reached
        try:
            with suppress(Killed):
                carry_out(order_with(order.pk))
        finally:
            steps.reached = lambda step: None
            self.platform.faults = []

    def happens(self, meanwhile: Meanwhile, which: int) -> None:
        """To the comment that the worker is busy with."""
        who = meanwhile.who
        match meanwhile.act:
            case "grade":
                self.grade(who, which, meanwhile.level, answered=False, dies=None)
            case "undo":
                self.undo(who, which)
            case "edit":
                self.edit(which)
            case "answer":
                self.answer(who, which)
            case "time":
                self.time_passes(28)

    @rule()
    def reconcile(self) -> None:
        """All goes well for a while."""
        self.time_passes(4)
        mine = {comment.pk for comment in self.comments}
        for order in late():
            if isinstance(order, CommentOrder) and order.comment_id in mine:
                carry_out(order_with(order.pk))

    @rule(seconds=st.sampled_from([3, 28, 601]))
    def time_passes(self, seconds: int) -> None:
        for comment in self.comments:
            time_passes(comment, seconds)

    # --- the public, and what is read of it ---

    @rule(which=which, what=st.sampled_from(["edit", "edit", "read", "delete"]))
    def look_at_the_platform(self, which: int, what: str) -> None:
        """Somebody edits or deletes, or nobody does anything; the page that is read is taken in at once or later."""
        if what == "edit":
            self.edit(which)
        elif what == "delete":
            self.platform.gone.add(self.comments[which].remote_id)
        self.read_a_page(which)

    def edit(self, which: int) -> None:
        self.texts[which] = f"Edited {next(self.numbers)}."
        self.read_a_page(which)
        self.take_in(-1)

    def read_a_page(self, which: int) -> None:
        remote_id = self.comments[which].remote_id
        sight = Sight.HIDDEN if remote_id in self.platform.hidden else Sight.VISIBLE
        if remote_id in self.platform.gone:
            sight = Sight.GONE
        text = "" if sight == Sight.GONE else self.texts[which]
        item = RemoteComment(remote_id, text, sight=sight)
        self.pages.append((which, Look(item, hashlib.sha256(text.encode()).digest(), timezone.now())))

    @rule(back=st.sampled_from([-1, -2]))
    def take_in(self, back: int) -> None:
        if len(self.pages) >= -back:
            which, look = self.pages[back]
            with transaction.atomic():
                follow(self.comments[which].pk, look, lambda _: {})

    def teardown(self) -> None:
        if not hasattr(self, "comments"):
            return
        try:
            self.platform.faults = []
            come_to_rest(self.comments)
            for comment in self.comments:
                check(comment, self.platform)
            assert not self.not_retained, "hidden before it was retained"
        finally:
            self.in_place.__exit__(None, None, None)


def play(world: World, examples: int, *, derandomize: bool) -> None:
    """Play so many times; with `derandomize` the same plays each time."""
    Interleavings.world = world
    run_state_machine_as_test(
        Interleavings,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=derandomize,
            suppress_health_check=list(HealthCheck),
        ),
    )
