"""Writing, approving, holding, expiring, faults, deaths and clocks that jump, in whatever order (ruling 26).

Hypothesis looks for a sequence after which something reached the platform that another member had not approved in
exactly that form, outside its window, twice, while everything was held, or while the account was suspended (2.0, C.8).
"""

from __future__ import annotations

import itertools
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from accounts import orders as steps
from accounts.kinds import read_order
from accounts.models import Account, Role
from accounts.orders import Order, carry_out
from accounts.reconciling import late
from content import deciding, expiring, holding, items
from content.manuscript import CRITERIA
from content.models import Item, Publication, PublicationOrder
from content.models.holds import standing_hold
from members.models import Member
from members.states import Invalid, Refused, WrongState
from members.transferring import transfer
from tests.content.acts import manuscript, move_window
from tests.faults.ground import CARRYING
from tests.moderation.acts import turn_back
from tests.moderation.measures_at_rest import check_trail, settle_orders
from tests.pretended import Pretended, Standing

REFUSALS = (Refused, WrongState, Invalid, items.Overtaken)
FAULTS = ("", "", "applied", "applied", "lost", "429", "unreachable", "not_possible", "expired_token", "refused", "bug")
OFFICER, SPECIALIST, COMMANDER, DEPUTY, LEAVING, ADVISER = range(6)
anybody = st.sampled_from([OFFICER, OFFICER, SPECIALIST, COMMANDER, DEPUTY, LEAVING, ADVISER])
reviewers = st.sampled_from([SPECIALIST, SPECIALIST, COMMANDER, OFFICER])
above = st.sampled_from([COMMANDER, COMMANDER, DEPUTY, OFFICER])
nth = st.integers(0, 3)
faults = st.lists(st.sampled_from(FAULTS), max_size=2)
dies = st.sampled_from([None, None, None, *CARRYING])
meanwhiles = st.sampled_from([None, None, "suspend", "time", "hold", "write", "expire"])
jumps = st.sampled_from([0, 0, 0, 0, -7200, 7200])
# Asked on another connection as the platform is called: what is not committed is not there.
STANDS_APPROVED = """
SELECT count(*) FROM content_publicationorder sent
JOIN content_publication written ON written.id = sent.publication_id
JOIN content_submission handed ON handed.id = written.submission_id
JOIN content_item item ON item.id = handed.item_id
JOIN content_verdict verdict ON verdict.submission_id = handed.id
WHERE sent.id = %s AND sent.sent AND written.text = %s AND written.state = 'approved'
    AND verdict.verdict = 'approve' AND verdict.digest = handed.digest
    AND verdict.by_id <> handed.asked_by_id
    AND verdict.by_id NOT IN (SELECT changed.by_id FROM content_revision changed WHERE changed.item_id = item.id)
    AND item.submission_id = handed.id AND item.revision_id = handed.revision_id AND item.state = 'scheduled'
    AND clock_timestamp() BETWEEN handed.starts_at - interval '1 minute' AND handed.ends_at + interval '1 minute'
    AND NOT EXISTS (
        SELECT FROM content_hold held WHERE held.state = 'in_force' AND NOT EXISTS (
            SELECT FROM content_release gone WHERE gone.hold_id = held.id AND gone.submission_id = handed.id
        )
    )
    AND (SELECT state FROM accounts_account WHERE id = sent.account_id) <> 'suspended'
"""
FORGERIES = (
    "UPDATE content_item SET state = 'published', published_at = now() WHERE state IN ('draft', 'review', 'approval')",
    "UPDATE content_item SET state = 'scheduled' WHERE state IN ('draft', 'review', 'approval') RETURNING id",
    "UPDATE content_publication SET state = 'approved' WHERE state = 'written'",
    "UPDATE content_publication SET text = 'Forged.'",
    "UPDATE content_submission SET ends_at = ends_at + interval '1 day'",
    "DELETE FROM content_hold",
    "UPDATE content_hold SET state = 'lifted'",
)


class Killed(BaseException):
    """The process dies here."""


class Interleavings(RuleBasedStateMachine):
    """One play: the items of one account."""

    numbers = itertools.count(1)
    people: list[Member]
    make_member = None
    account: Account
    other_connection = None

    @initialize()
    def begin_the_play(self):
        self.platform = Pretended(_numbers=self.numbers)  # no platform gives an id twice
        self.broken: list[str] = []  # what carrying out would make a failed attempt of, were it raised there
        self.platform.before = self.note_what_is_broken
        self.in_place = self.platform.in_place()
        self.in_place.__enter__()
        self.members = [*self.people[:LEAVING], self.make_member(), *self.people[LEAVING:]]
        self.items: list[int] = []
        self.carried = 0
        self.approved_at_once(0, again=False)

    def note_what_is_broken(self, call, ref):
        text = PublicationOrder.objects.get(pk=self.carried).text
        if not self.other_connection.execute(STANDS_APPROVED, [self.carried, text]).fetchone()[0]:
            self.broken.append(f"{call}: {text}")

    def do(self, act):
        with suppress(*REFUSALS):
            return act()

    def member(self, who):
        return Member.objects.get(pk=self.members[who].pk)

    def item(self, nth):
        if not self.items:
            return None
        chosen = self.items[-1 - nth % len(self.items)]
        return Item.objects.select_related("revision", "submission", "written_by").get(pk=chosen)

    # --- the road ---

    @rule(who=anybody, later=st.sampled_from([0, 0, 0, 3600]), again=st.booleans())
    def begin(self, who, later, again):
        """Two members may have the same thought: the same text twice is two posts."""
        known = self.item(0)
        text = known.manuscript.text if again and known else f"Coffee with a Cop ({next(self.numbers)})."
        starts_at = timezone.now() + timedelta(seconds=later)
        written = manuscript(self.account, text=text, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
        made = self.do(lambda: items.begin(written, by=self.member(who)))
        if made is not None:
            self.items.append(made.pk)

    @rule(nth=nth, who=anybody, restore=st.booleans())
    def write(self, nth, who, restore):
        item = self.item(nth)
        if item is None:
            return
        now = timezone.now()
        text = f"Coffee with a Cop ({next(self.numbers)})."
        window = {"starts_at": now, "ends_at": now + timedelta(hours=1)} if restore else {}
        written = replace(item.manuscript, text=text, **window)
        self.do(lambda: items.save(item, written, by=self.member(who), on=item.revision.number))

    @rule(nth=nth, who=anybody, reviewer=reviewers, stops=st.sampled_from([False, False, True]))
    def hand_in(self, nth, who, reviewer, stops):
        item = self.item(nth)
        if item is None:
            return
        on = item.revision.number
        self.do(lambda: items.hand_in(item, by=self.member(who), on=on))
        if not stops:
            self.do(lambda: items.confirm_accuracy(self.item(nth), by=self.member(reviewer), on=on))

    @rule(nth=nth, who=above, verb=st.sampled_from(["approve", "approve", "approve", "return", "decline", "wrong"]))
    def decide(self, nth, who, verb):
        item = self.item(nth)
        if item is None or item.submission is None:
            return
        seen_as = item.submission.seen_as if verb != "wrong" else "0" * 64
        verdict = "approve" if verb == "wrong" else verb
        told = {"seen_as": seen_as, "reason": "Not now.", "confirmed": CRITERIA}
        self.do(lambda: deciding.decide(item, verdict, by=self.member(who), **told))

    @rule(nth=nth, who=anybody)
    def withdraw(self, nth, who):
        item = self.item(nth)
        if item is not None:
            self.do(lambda: items.withdraw(item, by=self.member(who)))

    @rule(later=st.sampled_from([0, 0, 3600]), again=st.booleans())
    def approved_at_once(self, later, again):
        """What takes Hypothesis long to find by itself."""
        self.begin(OFFICER, later, again=again)
        self.hand_in(0, OFFICER, SPECIALIST, stops=False)
        self.decide(0, COMMANDER, "approve")

    # --- what holds it back ---

    @rule(who=above)
    def hold(self, who):
        self.do(lambda: holding.hold(by=self.member(who), why="Wait."))

    @rule(nth=nth, who=above, everything=st.booleans())
    def let_go(self, nth, who, everything):
        hold, item = standing_hold(), self.item(nth)
        if hold is None:
            return
        if everything:
            self.do(lambda: holding.lift(hold, by=self.member(who)))
        elif item is not None and item.submission is not None:
            self.do(lambda: holding.release(hold, by=self.member(who), submission=item.submission))

    @rule(jump=jumps)
    def expire(self, jump):
        with self.clock(jump):
            expiring.look()

    @rule(nth=nth, by=st.sampled_from([1800, 3500, 5400]))
    def its_time_passes(self, nth, by):
        item = self.item(nth)
        if item is not None and item.submission_id is not None:
            move_window(item, timedelta(seconds=by))

    @rule(who=above, resume=st.booleans())
    def suspend_or_resume(self, who, resume):
        account = Account.objects.get(pk=self.account.pk)
        self.do(lambda: (account.resume if resume else account.suspend)("So.", by=self.member(who)))

    @rule()
    def leave(self):
        self.do(lambda: transfer(self.member(LEAVING), by=self.member(COMMANDER), to="Patrol", reason="Rotation."))

    @rule(which=st.sampled_from(FORGERIES))
    def forge(self, which):
        """Straight into the database as the app's role: nothing may come of it."""
        before = self.marked()
        with suppress(Exception):
            self.other_connection.execute(which)
        assert self.marked() == before, which

    def marked(self):
        """What the database says is approved, out, and held."""
        told = "SELECT id, state, text FROM content_publication ORDER BY id"
        out = "SELECT id, state FROM content_item WHERE state IN ('scheduled', 'published') ORDER BY id"
        held = "SELECT id, state FROM content_hold ORDER BY id"
        ends = "SELECT id, ends_at FROM content_submission ORDER BY id"
        return [self.other_connection.execute(asked).fetchall() for asked in (told, out, held, ends)]

    # --- persons and workers ---

    @rule(who=anybody, nth=nth, verb=st.sampled_from(["retry", "retry", "withdraw", "confirm"]))
    def look_after_it(self, who, nth, verb):
        found = list(self.ordered().order_by("-pk"))
        if not found:
            return
        order, by = read_order("content.PublicationOrder", found[nth % len(found)].pk), self.member(who)
        if verb == "confirm":
            self.do(lambda: (order.confirm(by=by, proof="Seen there."), self.by_hand(order)))
        else:
            self.do(lambda: getattr(order, verb)(by=by))

    def by_hand(self, order):
        """Who confirms has done it, where it was not done already."""
        if order.text not in [one.text for one in self.platform.posts]:
            self.platform.posts.append(Standing(f"hand-{next(self.numbers)}", "", order.text, timezone.now()))

    def ordered(self):
        return PublicationOrder.objects.filter(publication__submission__item__in=self.items)

    def clock(self, jump):
        """Within, the application's clock goes wrong by so many seconds."""
        true = timezone.now
        return mock.patch("django.utils.timezone.now", side_effect=lambda: true() + timedelta(seconds=jump))

    @rule(nth=nth, faults=faults, dies=dies, meanwhile=meanwhiles, jump=jumps)
    def work(self, nth, faults, dies, meanwhile, jump):
        """A worker takes an order, due or not; something happens after it claimed it; its clock may be wrong."""
        unended = self.ordered().filter(state__in=["waiting", *Order.ON_THE_WAY]).order_by("-pk")
        if not unended:
            return
        order = unended[nth % len(unended)]
        self.platform.faults = list(faults)

        def reached(step):
            if step == "claimed":
                self.meanwhile(meanwhile, nth)
            if step == dies:
                raise Killed

        steps.reached = reached
        try:
            with suppress(Killed), self.clock(jump):
                self.carry(order.pk)
        finally:
            steps.reached = lambda step: None
            self.platform.faults = []

    def meanwhile(self, what, nth):
        match what:
            case "suspend":
                self.suspend_or_resume(COMMANDER, resume=False)
            case "time":
                self.time_passes(1801)
            case "hold":
                self.hold(COMMANDER)
            case "write":
                self.write(nth, OFFICER, restore=True)
            case "expire":
                expiring.look()

    def carry(self, key):
        self.carried = key
        carry_out(read_order("content.PublicationOrder", key))

    @rule()
    def all_goes_well(self):
        self.time_passes(4)
        for order in late():
            if isinstance(order, PublicationOrder):
                self.carry(order.pk)

    @rule(seconds=st.sampled_from([3, 601, 1801]))
    def time_passes(self, seconds):
        turn_back(self.ordered(), seconds)

    # --- what holds in the end ---

    def teardown(self):
        if not hasattr(self, "members"):
            return
        try:
            self.platform.faults = []
            self.suspend_or_resume(COMMANDER, resume=True)
            if standing_hold() is not None:
                holding.lift(standing_hold(), by=self.member(COMMANDER))
            with mock.patch("tests.moderation.measures_at_rest.carry_out", lambda order: self.carry(order.pk)):
                for _ in range(30):
                    settle_orders(self.ordered())
            self.check()
            assert not self.broken, self.broken
        finally:
            self.in_place.__exit__(None, None, None)
            self.suspend_or_resume(COMMANDER, resume=True)

    def check(self):
        """The platform's truth is what was approved and ordered, once each, or a person sees why not."""
        orders = list(self.ordered().select_related("publication", "publication__submission__item"))
        assert {one.state for one in orders} <= {"done", "withdrawn", "by_hand", "failed"} | self.too_early(orders)
        stands = {one.remote_id: one.text for one in self.platform.posts}
        named = [one.remote_id for one in orders if one.remote_id]
        assert max(Counter(named).values(), default=0) <= 1, "a post is the outcome of two orders"
        for order in orders:
            if order.remote_id:
                assert stands.get(order.remote_id) == order.text, f"said to be done, and does not stand: {order.text}"
            check_trail(order)
        for text, times in Counter(stands.values()).items():
            could = [(one.state, one.sent) for one in orders if one.text == text]
            assert times <= len(could), f"stands more often than it was approved: {text} {could}"
        for publication in Publication.objects.filter(submission__item__in=self.items):
            approved = hasattr(publication, "approval")
            assert approved == (publication.state == "approved") == hasattr(publication, "order")
        for item in Item.objects.filter(pk__in=self.items, state="published"):
            assert "done" in {one.state for one in orders if one.publication.submission_id == item.submission_id}

    def too_early(self, orders):
        """What waits for its hour may wait on."""
        now = timezone.now()
        return {"waiting"} if any(one.publication.submission.starts_at > now for one in orders) else set()


@pytest.mark.sop("2.0", "C.8", "1.FB")
def test_in_whatever_order_it_happens_only_what_another_approved_goes_out_in_its_time_and_once(
    make_member, officer, specialist, commander, other_officer, legal_adviser, facebook, hand_over, app_connection,
    no_hints, monkeypatch,
):  # fmt: skip
    monkeypatch.setattr("accounts.hints.send", lambda *words, **more: True)
    app_connection.autocommit = True
    hand_over(commander, other_officer, "administer_accounts")
    hand_over(commander, other_officer, "approve_content")

    def somebody_who_leaves():
        member = make_member()
        Role.objects.create(account=facebook, member=member, kind=Role.Kind.EDITOR)
        return member

    Interleavings.people = [officer, specialist, commander, other_officer, legal_adviser]
    Interleavings.make_member = staticmethod(somebody_who_leaves)
    Interleavings.account, Interleavings.other_connection = facebook, app_connection
    run_state_machine_as_test(
        Interleavings,
        settings=hypothesis_settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
