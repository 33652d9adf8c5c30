"""Writing, approving, suspending, faults and deaths in whatever order: only what another approved goes out, and once.

Hypothesis looks for a sequence after which something stands that nobody approved, stands twice, or was said while the
account was suspended (2.0, C.8, S.O.P. 1; ruling 26).
"""

from __future__ import annotations

import itertools
from collections import Counter
from contextlib import suppress

import pytest
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from accounts import orders as steps
from accounts.kinds import read_order
from accounts.models import Account, Post, Role
from accounts.orders import Order, carry_out
from accounts.reconciling import late
from content import publishing
from content.models import Publication, PublicationOrder
from members.models import Member
from members.states import Invalid, Refused, WrongState
from members.transferring import transfer
from tests.faults.ground import CARRYING
from tests.moderation.acts import turn_back
from tests.moderation.measures_at_rest import check_trail, settle_orders
from tests.pretended import Pretended, Standing

REFUSALS = (Refused, WrongState, Invalid)
FAULTS = ("", "", "applied", "applied", "lost", "429", "unreachable", "not_possible", "expired_token", "refused", "bug")
OFFICER, COMMANDER, DEPUTY, LEAVING, ADVISER = range(5)
anybody = st.sampled_from([OFFICER, OFFICER, COMMANDER, DEPUTY, LEAVING, ADVISER])
above = st.sampled_from([COMMANDER, COMMANDER, DEPUTY, OFFICER])
nth = st.integers(0, 3)
faults = st.lists(st.sampled_from(FAULTS), max_size=2)
dies = st.sampled_from([None, None, None, *CARRYING])
meanwhiles = st.sampled_from([None, None, "suspend", "time"])


class Killed(BaseException):
    """The process dies here."""


class Interleavings(RuleBasedStateMachine):
    """One play: a post of ours that stands, and what is written beside it."""

    numbers = itertools.count(1)
    people: list[Member]
    make_member = None
    account: Account
    other_connection = None

    @initialize()
    def begin(self):
        self.platform = Pretended()
        self.broken: list[str] = []  # what carrying out would make a failed attempt of, were it raised there
        self.platform.before = self.note_what_is_broken
        self.in_place = self.platform.in_place()
        self.in_place.__enter__()
        number = next(self.numbers)
        self.post = Post.objects.create(account=self.account, remote_id=f"post-{number}", text="Old.")
        self.platform.posts.append(Standing(self.post.remote_id, "", "Old.", timezone.now()))
        self.members = [*self.people[:LEAVING], self.make_member(), *self.people[LEAVING:]]
        self.written: list[int] = []

    def note_what_is_broken(self, call, ref):
        try:
            self.look_before(call, ref)
        except AssertionError as error:
            self.broken.append(f"{call}: {error}")

    def look_before(self, call, ref):
        """Asked on another connection: what is not committed is not there."""
        state = "SELECT state FROM accounts_account WHERE id = %s"
        assert self.other_connection.execute(state, [self.account.pk]).fetchone()[0] != "suspended", call
        approved = """SELECT count(*) FROM content_publication p JOIN content_approval a ON a.publication_id = p.id
                      WHERE p.does = %s AND a.digest = p.digest AND a.by_id <> p.written_by_id AND p.id = ANY(%s)"""
        assert self.other_connection.execute(approved, [call, self.written]).fetchone()[0], call

    def do(self, act):
        with suppress(*REFUSALS):
            return act()

    def member(self, who):
        return Member.objects.get(pk=self.members[who].pk)

    @rule(who=anybody, does=st.sampled_from(["publish", "publish", "publish", "edit_post", "delete_post"]))
    def write(self, who, does):
        text = "" if does == "delete_post" else f"Coffee with a Cop ({next(self.numbers)})."
        about = {"form": "text"} if does == "publish" else {"post": self.post}
        account = Account.objects.get(pk=self.account.pk)
        made = self.do(lambda: publishing.write(account, by=self.member(who), does=does, text=text, **about))
        if made is not None:
            self.written.append(made.pk)

    @rule(who=anybody)
    def write_the_same_again(self, who):
        """Two members have the same thought, or one of them forgot that he wrote it."""
        if not self.written:
            return
        last = Publication.objects.select_related("account", "post").get(pk=self.written[-1])
        same = {"does": last.does, "form": last.form, "post": last.post, "text": last.text}
        made = self.do(lambda: publishing.write(last.account, by=self.member(who), **same))
        if made is not None:
            self.written.append(made.pk)

    @rule(nth=nth, who=above, verb=st.sampled_from(["approve", "approve", "approve", "return", "withdraw", "wrong"]))
    def decide(self, nth, who, verb):
        if not self.written:
            return
        found = Publication.objects.select_related("account").get(pk=self.written[-1 - nth % len(self.written)])
        by = self.member(who)
        match verb:
            case "return":
                self.do(lambda: found.return_it("Shorter.", by=by))
            case "withdraw":
                self.do(lambda: found.withdraw(by=by))
            case _:
                seen_as = found.seen_as if verb == "approve" else "0" * 64
                self.do(lambda: publishing.approve(found, by=by, seen_as=seen_as))

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
        if order.call_name == "publish" and order.text not in [one.text for one in self.platform.posts]:
            self.platform.posts.append(Standing(f"hand-{next(self.numbers)}", "", order.text, timezone.now()))
        if order.call_name == "delete_post":
            self.platform.posts[:] = [one for one in self.platform.posts if one.remote_id != self.post.remote_id]
            self.platform.gone.add(self.post.remote_id)

    @rule(who=above, resume=st.booleans())
    def suspend_or_resume(self, who, resume):
        account = Account.objects.get(pk=self.account.pk)
        self.do(lambda: (account.resume if resume else account.suspend)("So.", by=self.member(who)))

    @rule()
    def leave(self):
        self.do(lambda: transfer(self.member(LEAVING), by=self.member(COMMANDER), to="Patrol", reason="Rotation."))

    # --- workers ---

    def ordered(self):
        return PublicationOrder.objects.filter(publication__in=self.written)

    @rule(nth=nth, faults=faults, dies=dies, meanwhile=meanwhiles)
    def work(self, nth, faults, dies, meanwhile):
        """A worker takes an order, due or not; something happens after it claimed it."""
        unended = self.ordered().filter(state__in=["waiting", *Order.ON_THE_WAY]).order_by("-pk")
        if not unended:
            return
        self.platform.faults = list(faults)

        def reached(step):
            if step == "claimed" and meanwhile == "suspend":
                self.suspend_or_resume(COMMANDER, resume=False)
            if step == "claimed" and meanwhile == "time":
                self.time_passes(1801)
            if step == dies:
                raise Killed

        steps.reached = reached
        try:
            with suppress(Killed):
                carry_out(read_order("content.PublicationOrder", unended[nth % len(unended)].pk))
        finally:
            steps.reached = lambda step: None
            self.platform.faults = []

    @rule()
    def all_goes_well(self):
        self.time_passes(4)
        for order in late():
            if isinstance(order, PublicationOrder) and order.publication_id in self.written:
                carry_out(read_order("content.PublicationOrder", order.pk))

    @rule(seconds=st.sampled_from([3, 601, 1801]))
    def time_passes(self, seconds):
        turn_back(self.ordered(), seconds)

    def teardown(self):
        if not hasattr(self, "members"):
            return
        try:
            self.platform.faults = []
            self.suspend_or_resume(COMMANDER, resume=True)
            for _ in range(30):
                settle_orders(self.ordered())
            self.check()
            assert not self.broken, self.broken
        finally:
            self.in_place.__exit__(None, None, None)
            self.suspend_or_resume(COMMANDER, resume=True)

    def check(self):
        """The platform's truth is what was approved and ordered, or a person sees why not."""
        orders = list(self.ordered().select_related("publication", "publication__post"))
        wanted = Counter(one.text for one in orders if one.call_name == "publish" and one.state != "withdrawn")
        stands = Counter(one.text for one in self.platform.posts if one.remote_id != self.post.remote_id)
        for text, times in stands.items():
            ordered = [(one.state, one.sent) for one in orders if one.text == text and one.call_name == "publish"]
            assert times <= len(ordered), (text, ordered)
        for text in wanted:
            done = [one for one in orders if (one.text, one.call_name, one.state) == (text, "publish", "done")]
            by_hand = [one for one in done if not one.remote_id]
            assert stands[text] >= len(done) - len(by_hand), f"said to be done, and does not stand: {text}"
        for order in orders:
            assert order.state in {"done", "withdrawn", "by_hand", "failed"}
            check_trail(order)
        for publication in Publication.objects.filter(pk__in=self.written):
            approved = hasattr(publication, "approval")
            assert approved == (publication.state == "approved") == hasattr(publication, "order")


@pytest.mark.sop("2.0", "C.8", "1.FB")
def test_in_whatever_order_it_happens_only_what_another_approved_goes_out_and_once(
    make_member, officer, commander, other_officer, legal_adviser, facebook, hand_over, app_connection, no_hints
):
    app_connection.autocommit = True
    hand_over(commander, other_officer, "administer_accounts")
    hand_over(commander, other_officer, "approve_content")

    def somebody_who_leaves():
        member = make_member()
        Role.objects.create(account=facebook, member=member, kind=Role.Kind.EDITOR)
        return member

    Interleavings.people = [officer, commander, other_officer, legal_adviser]
    Interleavings.make_member = staticmethod(somebody_who_leaves)
    Interleavings.account, Interleavings.other_connection = facebook, app_connection
    run_state_machine_as_test(
        Interleavings,
        settings=hypothesis_settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
