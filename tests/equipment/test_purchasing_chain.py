"""Proposals, decisions, orders, deliveries and forgeries in whatever order (3.3).

Hypothesis looks for a sequence after which something was approved by who wrote it, ordered as it was not approved, or
received without being in the inventory.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from equipment import purchasing, purchasing_mail, purchasing_orders
from equipment.models import Proposal
from equipment.purchasing import Line, Wish
from members.models import Member
from members.states import Invalid, Refused, WrongState
from tests.equipment.acts import kind
from tests.equipment.purchases import PDF, came, mailed, receipt, wish

REFUSALS = (Refused, WrongState, Invalid)
people = st.sampled_from(["supervisor", "supervisor", "commander", "commander", "designee", "officer"])
counts = st.lists(st.integers(0, 3), min_size=1, max_size=2)
MUST_BE_EMPTY = {
    "approved by who wrote it, or on something else": """
        SELECT proposal.id FROM equipment_proposal proposal
        LEFT JOIN equipment_proposaldecision decided ON decided.version_id = proposal.version_id
        LEFT JOIN equipment_proposalversion written ON written.id = proposal.version_id
        WHERE proposal.state IN ('approved', 'drawn', 'sent', 'ordered', 'received', 'closed') AND (
            decided.verdict IS DISTINCT FROM 'approve' OR decided.digest <> written.digest
            OR decided.by_id IN (proposal.asked_by_id, proposal.submitted_by_id)
            OR decided.by_id IN (SELECT by_id FROM equipment_proposalversion WHERE proposal_id = proposal.id)
        )
    """,
    "ordered as it was not approved": """
        SELECT bought.id FROM equipment_purchaseorder bought
        JOIN equipment_proposaldecision decided ON decided.id = bought.decision_id
        JOIN equipment_proposalversion written ON written.id = bought.version_id
        JOIN equipment_proposal proposal ON proposal.id = written.proposal_id
        WHERE decided.verdict <> 'approve' OR decided.version_id <> written.id OR proposal.version_id <> written.id
            OR bought.digest <> decided.digest OR bought.digest <> written.digest OR bought.total <> written.total
    """,
    "ordered without the Budget Unit": """
        SELECT proposal.id FROM equipment_proposal proposal WHERE state IN ('ordered', 'received') AND NOT EXISTS (
            SELECT FROM equipment_purchaseorder bought
            JOIN equipment_ordersending sent ON sent.order_id = bought.id AND sent.sent_at IS NOT NULL
            JOIN equipment_orderplacing placed ON placed.order_id = bought.id
            WHERE bought.version_id = proposal.version_id
        )
    """,
    "more received than ordered": """
        SELECT line.id FROM equipment_proposalline line JOIN equipment_deliveredline came ON came.line_id = line.id
        GROUP BY line.id HAVING sum(came.count) > line.count
    """,
    "received, and not in the inventory with its receipt": """
        SELECT came.id FROM equipment_deliveredline came JOIN equipment_proposalline line ON line.id = came.line_id
        JOIN equipment_delivery delivery ON delivery.id = came.delivery_id
        WHERE (SELECT count(*) FROM equipment_receiveditem got
            JOIN equipment_receiptline paid ON paid.item_id = got.item_id AND paid.receipt_id = delivery.receipt_id
            WHERE got.delivered_id = came.id) <> CASE WHEN line.kind_id IS NULL THEN 0 ELSE came.count END
    """,
    "received, and not all came": """
        SELECT proposal.id FROM equipment_proposal proposal
        JOIN equipment_proposalline line ON line.version_id = proposal.version_id
        WHERE proposal.state = 'received' AND line.count <> (
            SELECT coalesce(sum(count), 0) FROM equipment_deliveredline WHERE line_id = line.id
        )
    """,
}
FORGERIES = (
    "UPDATE equipment_proposal SET state = 'approved' WHERE state IN ('draft', 'submitted', 'returned', 'declined')",
    "UPDATE equipment_proposal SET state = 'approved' WHERE state = 'withdrawn'",
    "UPDATE equipment_proposal SET state = 'ordered' WHERE state IN ('approved', 'drawn')",
    "UPDATE equipment_proposal SET state = 'received' WHERE state IN ('approved', 'drawn', 'sent', 'ordered')",
    "UPDATE equipment_proposal SET version_id = (SELECT max(id) FROM equipment_proposalversion)",
    "UPDATE equipment_proposal SET asked_by_id = %(officer)s",
    "UPDATE equipment_proposalline SET count = count + 1",
    "UPDATE equipment_purchaseorder SET total = total + 1",
    "UPDATE equipment_proposaldecision SET verdict = 'approve'",
    "DELETE FROM equipment_receiveditem",
    """INSERT INTO equipment_proposaldecision (version_id, verdict, digest, reason, by_id, at)
       SELECT id, 'approve', digest, '', %(supervisor)s, now()
       FROM equipment_proposalversion ORDER BY id DESC LIMIT 1""",
    """INSERT INTO equipment_proposalline (version_id, number, what, maker, model, count, cost)
       SELECT version_id, 99, 'Boat', '', '', 1, 1 FROM equipment_proposal WHERE version_id IS NOT NULL LIMIT 1""",
    """INSERT INTO equipment_deliveredline (delivery_id, line_id, count)
       SELECT delivery.id, line.id, 1 FROM equipment_delivery delivery
       JOIN equipment_purchaseorder bought ON bought.id = delivery.order_id
       JOIN equipment_proposalline line ON line.version_id = bought.version_id
       WHERE line.kind_id IS NOT NULL LIMIT 1""",
)


class Chain(RuleBasedStateMachine):
    """One play: one proposal after another, on a road of their own."""

    people: dict[str, Member]
    wish: Wish

    @initialize(further=st.integers(0, 7))
    def begin_the_play(self, further):
        self.keys: list[int] = []
        self.seen: dict[int, str] = {}  # what a page that lies open shows
        self.write("supervisor", 2, anew=True)
        for _ in range(further):
            self.all_goes_well()

    def do(self, act):
        with suppress(*REFUSALS), transaction.atomic():
            act()
            look_at_the_end()

    def one(self) -> Proposal:
        return Proposal.objects.select_related("version").get(pk=self.keys[-1])

    def member(self, who) -> Member:
        return Member.objects.get(pk=self.people[who].pk)

    @rule(who=people, count=st.integers(1, 3), anew=st.booleans())
    def write(self, who, count, anew):
        lines = [Line("Camera", count, 10, kind("Camera")), Line("Cards", 1, 5)]
        said = replace(self.wish, lines=lines)

        def act():
            found = None if anew else self.one()
            on = found.version.number if found else 0
            made = purchasing.write(said, by=self.member(who), proposal=found, on=on)
            if anew:
                self.keys.append(made.pk)

        self.do(act)

    @rule(who=people)
    def submit(self, who):
        self.do(lambda: purchasing.submit(self.one(), by=self.member(who), on=self.one().version.number))

    @rule(who=people)
    def take_back(self, who):
        self.do(lambda: purchasing.take_back(self.one(), by=self.member(who)))

    @rule()
    def look_at_the_page(self):
        self.seen[self.keys[-1]] = self.one().version.seen_as

    @rule(who=people, verdict=st.sampled_from(["approve", "approve", "return", "decline"]), old=st.booleans())
    def decide(self, who, verdict, old):
        seen = self.seen.get(self.keys[-1], "") if old else self.one().version.seen_as
        self.do(lambda: purchasing.decide(self.one(), verdict, by=self.member(who), seen_as=seen, reason="So."))

    @rule(who=people)
    def draw_up(self, who):
        self.do(lambda: purchasing_orders.draw_up(self.one(), by=self.member(who)))

    @rule(who=people, by_mail=st.booleans())
    def send(self, who, by_mail):
        if by_mail:
            self.do(lambda: mailed(self.one(), self.member(who)))
            purchasing_mail.send_due()
        else:
            self.do(lambda: purchasing_orders.hand_over(self.one(), by=self.member(who), to="Mrs. Alvarez"))

    @rule(who=people)
    def place(self, who):
        self.do(lambda: purchasing_orders.place(self.one(), by=self.member(who)))

    @rule(who=people, counts=counts)
    def receive(self, who, counts):
        def act():
            found, by = self.one(), self.member(who)
            given = {"by": by, "on": timezone.localdate(), "key": uuid.uuid4()}
            purchasing_orders.receive(found, came(found, *counts), lambda: receipt(found, by), **given)

        self.do(act)

    @rule(who=people, verb=st.sampled_from([purchasing.withdraw, purchasing_orders.close]))
    def end(self, who, verb):
        self.do(lambda: verb(self.one(), by=self.member(who), reason="No money."))

    @rule()
    def all_goes_well(self):
        """One step further on the road, by who may."""
        match self.one().state:
            case "draft" | "returned":
                self.submit("supervisor")
            case "submitted":
                self.decide("commander", "approve", old=False)
                self.decide("designee", "approve", old=False)
            case "approved":
                self.draw_up("supervisor")
            case "drawn":
                self.send("supervisor", by_mail=False)
            case "sent":
                self.place("supervisor")
            case "ordered":
                rest = purchasing_orders.wanting(self.one().order)
                lines = self.one().version.lines.all()
                self.receive("supervisor", [rest.get(line.pk, 0) for line in lines])
            case _:
                self.write("supervisor", 2, anew=True)

    @rule(statement=st.sampled_from(FORGERIES))
    def forge(self, statement):
        with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, {name: member.pk for name, member in self.people.items()})
            look_at_the_end()

    def check_invariants(self, *args, **kwargs):
        super().check_invariants(*args, **kwargs)
        if not hasattr(self, "keys"):
            return
        with connection.cursor() as cursor:
            for what, statement in MUST_BE_EMPTY.items():
                cursor.execute(statement)
                assert not cursor.fetchall(), what


def look_at_the_end():
    """Ask now what the database asks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.sop("3.3")
@pytest.mark.django_db
def test_what_is_received_was_ordered_as_another_approved_it(
    supervisor, commander, officer, make_member, hand_over, monkeypatch
):
    designee = make_member(name="Dee Sign", username="designee")
    hand_over(commander, designee, "approve_proposals")
    Chain.people = {"supervisor": supervisor, "commander": commander, "officer": officer, "designee": designee}
    Chain.wish = wish(supervisor, freight=0)
    monkeypatch.setattr("equipment.purchasing_sheet.sheet", lambda *_, **__: PDF)
    few = hypothesis_settings(
        max_examples=8,
        stateful_step_count=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Chain, settings=few)
