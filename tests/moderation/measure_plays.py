"""Members who order and propose, workers that die, a platform that fails, grades given anew, in any order.

Hypothesis looks for a sequence after which somebody is written to twice or at level 6 or 8, something is deleted or
banned that two did not want, or something is said while the account is suspended (S.O.P. 1; ruling 26). Played by
test_measure_interleavings.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import psycopg
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from accounts import orders as steps
from accounts.kinds import read_order
from accounts.models import Account
from accounts.orders import Order, carry_out
from accounts.platforms.contract import Ref
from accounts.reconciling import late
from members.models import Member
from members.states import Invalid, Refused, WrongState
from members.transferring import transfer
from moderation import bans, measures, second_looks
from moderation.models import Comment, CommentOrder, Measure, Proposal, ReplyDraft
from moderation.models.grades import ANSWERABLE, HIDEABLE
from moderation.models.queue import Taken
from tests.cast import a_post
from tests.faults.ground import CARRYING
from tests.moderation.acts import case_of, decision, edit, turn_back
from tests.moderation.measures_at_rest import check, come_to_rest
from tests.pretended import Pretended, Standing

REFUSALS = (Refused, WrongState, Invalid, Taken)
FAULTS = ("", "", "applied", "applied", "lost", "429", "unreachable", "not_possible", "expired_token", "refused", "bug")
SPEAKING = ("message", "comment", "edit_own", "reply")

OFFICER, COMMANDER, SUPERVISOR, DEPUTY, LEAVING, ADVISER = range(6)
anybody = st.sampled_from([OFFICER, OFFICER, COMMANDER, SUPERVISOR, DEPUTY, LEAVING, ADVISER])
above = st.sampled_from([COMMANDER, COMMANDER, DEPUTY, SUPERVISOR, OFFICER])
which = st.sampled_from([0, 1])
levels = st.sampled_from([1, 3, 3, 6, 7, 7, 8])
nth = st.integers(0, 3)
decisions = st.sampled_from(["approve", "approve", "approve", "decline", "withdraw"])


@dataclass(frozen=True)
class Work:
    """A worker's attempt: what the platform does to it, where the worker dies, what happens while it is at a step."""

    faults: list[str]
    dies: str | None
    step: str
    meanwhile: str | None
    level: int


works = st.builds(
    Work,
    st.lists(st.sampled_from(FAULTS), min_size=1, max_size=2),
    st.sampled_from([None, None, None, *CARRYING]),
    st.sampled_from(["claimed", "claimed", "after_call"]),
    st.sampled_from([None, None, "grade", "undo", "edit", "suspend", "time"]),
    levels,
)


class Killed(BaseException):
    """The process dies here."""


@dataclass
class World:
    """What the machine plays with. `members` in the order of the constants above, but who leaves: he is new."""

    members: list[Member]
    make_member: Callable[[], Member]
    make_comment: Callable[..., Comment]
    other_connection: psycopg.Connection[Any]


class Interleavings(RuleBasedStateMachine):
    """One play: two comments of one poster and one of our own, on one account."""

    world: World
    numbers = itertools.count(1)

    @initialize(first=st.sampled_from([7, 7, 8]), second=st.sampled_from([1, 3, 7]))
    def begin(self, first: int, second: int) -> None:
        self.platform = Pretended()
        self.broken: list[str] = []  # what carrying out would make a failed attempt of, were it raised there
        self.platform.before = self.note_what_is_broken
        self.in_place = self.platform.in_place()
        self.in_place.__enter__()
        number = next(self.numbers)
        make = self.world.make_comment
        self.comments = [make(author=f"Poster {number}") for _ in range(2)]
        self.account_id = self.comments[0].account_id
        self.own = make("We open at 9.", ours=True)
        self.platform.own.append(Standing(self.own.remote_id, "", self.own.text, timezone.now()))
        self.people = [*self.world.members[:LEAVING], self.world.make_member(), *self.world.members[LEAVING:]]
        self.proposals: list[int] = []
        self.used: list[tuple[int, int, str, str]] = []  # forms that were sent: who, which, text, key
        for which, level in enumerate((first, second)):
            self.grade(OFFICER, which, level)
            self.all_goes_well()

    # --- what must be true whenever the platform is told something ---

    def note_what_is_broken(self, call: str, ref: Ref) -> None:
        try:
            self.look_before(call, ref)
        except AssertionError as error:
            self.broken.append(f"{call}: {error}")

    def look_before(self, call: str, ref: Ref) -> None:
        """Asked on another connection: what is not committed is not there."""
        if call in SPEAKING:
            assert self.one("SELECT state FROM accounts_account WHERE id = %s", self.account_id) != "suspended", call
        comment = next((one for one in self.comments if one.remote_id == ref.remote_id), None)
        if call == "message":
            level = self.one("SELECT level FROM moderation_case WHERE comment_id = %s", comment and comment.pk)
            assert level in ANSWERABLE, level  # of a 7 the notice
        if call == "delete":
            assert comment is not None
            assert ref.remote_id in self.platform.hidden, "deleted while it was shown"
            assert self.one("SELECT level FROM moderation_case WHERE comment_id = %s", comment.pk) in HIDEABLE
            assert self.one("SELECT count(*) FROM moderation_retainedrecord WHERE comment_id = %s", comment.pk)
        if call in ("delete", "ban", "unban"):
            sql = """SELECT count(*) FROM moderation_proposal WHERE act = %s AND state = 'approved'
                     AND decided_by_id <> proposed_by_id AND (comment_id = %s OR poster_id = %s)"""
            assert self.one(sql, call, comment and comment.pk, self.comments[0].poster_id), "nobody approved it"

    def one(self, sql: str, *values: Any) -> Any:
        row = self.world.other_connection.execute(sql, values).fetchone()
        return row[0] if row else None

    # --- members ---

    def do(self, act: Callable[[], Any]) -> Any:
        """An act of a member, who may be refused."""
        with suppress(*REFUSALS):
            return act()

    def member(self, who: int) -> Member:
        return Member.objects.get(pk=self.people[who].pk)

    def comment(self, which: int) -> Comment:
        return Comment.objects.select_related("account", "poster", "case").get(pk=self.comments[which].pk)

    @rule(who=anybody, which=which, level=levels)
    def grade(self, who: int, which: int, level: int) -> None:
        comment = self.comments[which]
        number = next(self.numbers)
        notice = f"Told {number}: {{reference}}" if level == 7 else ""
        filled = decision(comment, level, key=f"key-{number}", reason="Looked at again.", reply=notice)
        self.do(lambda: case_of(comment).grade_as(filled, by=self.member(who)))

    @rule(who=anybody, which=which)
    def undo(self, who: int, which: int) -> None:
        self.do(lambda: case_of(self.comments[which]).undo(by=self.member(who)))

    @rule(who=anybody, which=which, level=st.sampled_from([None, 3, 3]), works=st.lists(works, min_size=2, max_size=3))
    def write_to(self, who: int, which: int, level: int | None, works: list[Work]) -> None:
        """Graded first, mostly; and workers come to it more than once."""
        if level:
            self.grade(OFFICER, which, level)
        number = next(self.numbers)
        self.used.append((who, which, f"Call us ({number}).", f"form-{number}"))
        self.click_again(-1)
        for work in works:
            self.work(0, work)
            self.time_passes(3)

    @rule(back=st.sampled_from([-1, -2]))
    def click_again(self, back: int) -> None:
        """The same form a second time, or by then for the first."""
        if len(self.used) >= -back:
            who, which, text, key = self.used[back]
            self.do(lambda: measures.message(self.comment(which), text, by=self.member(who), key=key))

    @rule(who=anybody, verb=st.sampled_from(["comment", "edit_own", "delete_own"]), work=works)
    def speak(self, who: int, verb: str, work: Work) -> None:
        number = next(self.numbers)
        key, by, text = f"form-{number}", self.member(who), f"We open at {number}."
        own = Comment.objects.select_related("account", "case").get(pk=self.own.pk)
        match verb:
            case "comment":
                self.look_at(self.do(lambda: measures.comment_under(a_post(own.account), text, by=by, key=key)))
            case "edit_own":
                self.look_at(self.do(lambda: measures.edit_own(own, text, by=by, key=key)))
            case "delete_own":
                self.do(lambda: measures.delete_own(own, by=by, key=key))
        self.work(0, work)

    def look_at(self, written: Any) -> None:
        """Somebody else looks at free words, and lets them go out."""
        if isinstance(written, ReplyDraft):
            self.do(lambda: second_looks.approve(written, by=self.member(SUPERVISOR)))

    @rule(who=above, which=which, act=st.sampled_from(["delete", "delete", "ban", "unban"]))
    def propose(self, who: int, which: int, act: str) -> None:
        comment = self.comment(which)
        about: dict[str, Any] = {"comment": comment} if act == "delete" else {"poster": comment.poster}
        if act == "ban":
            about["review_on"] = timezone.localdate() + timedelta(days=30)
        made = self.do(
            lambda: measures.propose(act, comment.account, by=self.member(who), reason="It came back.", **about)
        )
        if made is not None:
            self.proposals.append(made.pk)

    @rule(
        nth=nth, who=above, verb=st.sampled_from(["approve", "approve", "approve", "decline", "withdraw"]), work=works
    )
    def decide(self, nth: int, who: int, verb: str, work: Work) -> None:
        if not self.proposals:
            return
        found = Proposal.objects.get(pk=self.proposals[-1 - nth % len(self.proposals)])
        by = self.member(who)
        match verb:
            case "approve":
                if found.act == "ban" and nth % 2:
                    self.do(lambda: bans.waive(found, by=by, why="It goes on elsewhere."))
                self.do(lambda: measures.approve(found, by=by, why="Agreed."))
            case "decline":
                self.do(lambda: found.decline(by=by, why="Not so."))
            case "withdraw":
                self.do(lambda: found.withdraw(by=by))
        self.work(0, work)

    @rule(who=anybody, nth=nth, verb=st.sampled_from(["retry", "retry", "withdraw", "confirm"]))
    def look_after_it(self, who: int, nth: int, verb: str) -> None:
        for_a_person = self.ordered().filter(state__in=[Order.State.BY_HAND, Order.State.FAILED])
        found = list(for_a_person.order_by("-pk") or self.ordered().order_by("-pk"))
        if not found:
            return
        order, by = read_order("moderation.Measure", found[nth % len(found)].pk), self.member(who)
        if verb == "confirm":
            self.do(lambda: (order.confirm(by=by, proof="Seen there."), self.by_hand(order)))
        else:
            self.do(lambda: getattr(order, verb)(by=by))

    def by_hand(self, order: Measure) -> None:
        """Who confirms has done it, where it was not done already."""
        stands = (order.ref.remote_id if order.comment else order.post.remote_id if order.post else "", order.text)
        among = {"message": self.platform.messages, "comment": self.platform.own}.get(order.verb)
        if among is not None and stands not in [(one.under, one.text) for one in among]:
            among.append(Standing(f"hand-{next(self.numbers)}", *stands, timezone.now()))
        match order.verb:
            case "delete" | "delete_own":
                self.platform.gone.add(order.ref.remote_id)
            case "ban":
                self.platform.banned.add(order.ref.author_remote_id)
            case "unban":
                self.platform.banned.discard(order.ref.author_remote_id)

    @rule(
        act=st.sampled_from(["delete", "delete", "ban", "unban"]),
        which=which,
        who=st.sampled_from([COMMANDER, DEPUTY]),
        second=above,
        between=st.sampled_from([None, None, None, "grade", "undo", "edit", "suspend"]),
        work=works,
    )
    def two_want_it(self, act: str, which: int, who: int, second: int, between: str | None, work: Work) -> None:
        """Proposed and approved at once, but for what happens in between; then a worker takes it."""
        self.propose(who, which, act)
        self.happens(replace(work, meanwhile=between))
        self.decide(0, second, "approve", work)

    @rule(who=above, resume=st.sampled_from([True, True, False]))
    def suspend_or_resume(self, who: int, resume: bool) -> None:
        account = Account.objects.get(pk=self.account_id)
        self.do(lambda: (account.resume if resume else account.suspend)("So.", by=self.member(who)))

    @rule()
    def leave(self) -> None:
        self.do(lambda: transfer(self.member(LEAVING), by=self.member(COMMANDER), to="Patrol", reason="Rotation."))

    # --- workers ---

    def ordered(self) -> Any:
        return Measure.objects.filter(account=self.account_id, created_at__gte=self.own.received_at)

    @rule(nth=nth, work=works)
    def work(self, nth: int, work: Work) -> None:
        """A worker takes an order, due or not, of a platform that may fail; at one of its steps somebody else acts."""
        open_ones = self.ordered().filter(state__in=Measure.UNENDED).order_by("-pk")
        if not open_ones:
            return
        found = open_ones[nth % len(open_ones)]
        self.carry_out(read_order("moderation.Measure", found.pk), work)

    def carry_out(self, order: Order, work: Work) -> None:
        self.platform.faults = list(work.faults)
        happened = []

        def reached(step: str) -> None:
            if step == work.step and work.meanwhile and not happened:
                happened.append(step)
                self.happens(work)
            if step == work.dies:
                raise Killed

        steps.reached = reached
        try:
            with suppress(Killed):
                carry_out(order)
        finally:
            steps.reached = lambda step: None
            self.platform.faults = []

    def happens(self, work: Work) -> None:
        match work.meanwhile:
            case "grade":
                self.grade(OFFICER, 0, work.level)
                self.grade(OFFICER, 1, work.level)
            case "undo":
                self.undo(OFFICER, 0)
                self.undo(OFFICER, 1)
            case "edit":
                edit(self.comments[0])
            case "suspend":
                self.suspend_or_resume(COMMANDER, resume=False)
            case "time":
                self.time_passes(28)

    @rule()
    def all_goes_well(self) -> None:
        """For a while: what is late is carried out, hides and answers too."""
        self.suspend_or_resume(COMMANDER, resume=True)
        self.time_passes(4)
        mine = {comment.pk for comment in self.comments}
        for order in late():
            if isinstance(order, Measure) or (isinstance(order, CommentOrder) and order.comment_id in mine):
                carry_out(read_order(order._meta.label, order.pk))

    @rule(seconds=st.sampled_from([3, 28, 601]))
    def time_passes(self, seconds: int) -> None:
        turn_back(self.ordered(), seconds)
        turn_back(CommentOrder.objects.filter(comment__in=self.comments), seconds)

    # --- the public ---

    @rule(which=which, deletes=st.sampled_from([True, False, False, False]))
    def its_author_acts(self, which: int, deletes: bool) -> None:
        if deletes:
            self.platform.gone.add(self.comments[which].remote_id)
        else:
            edit(self.comments[which], f"Edited {next(self.numbers)}.")

    def teardown(self) -> None:
        if not hasattr(self, "people"):
            return
        try:
            self.platform.faults = []
            self.suspend_or_resume(COMMANDER, resume=True)
            come_to_rest(self.comments, self.ordered())
            check(self.comments, self.ordered(), self.platform)
            assert not self.broken, self.broken
        finally:
            self.in_place.__exit__(None, None, None)
            self.suspend_or_resume(COMMANDER, resume=True)


def play(world: World, examples: int, *, derandomize: bool) -> None:
    """Play so many times; with `derandomize` the same plays each time."""
    Interleavings.world = world
    run_state_machine_as_test(
        Interleavings,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize=derandomize,
            suppress_health_check=list(HealthCheck),
        ),
    )
