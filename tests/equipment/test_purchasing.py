"""A proposal: written, handed in whole, decided by another on exactly what was handed in (3.3)."""

from dataclasses import replace
from decimal import Decimal

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from equipment import purchasing
from equipment.models import Proposal, ProposalDecision, ProposalLine, ProposalVersion
from equipment.purchasing import Line, Offer
from members.models import Notification, TrailEntry
from members.powers import Power
from members.states import Invalid, Refused, WrongState
from tests.equipment.purchases import approved, decided, drawn, hand_in, kept, ordered, proposal, submitted, wish

pytestmark = [pytest.mark.sop("3.3"), pytest.mark.django_db]
State = Proposal.State


def refused_by_the_database(statement, *values):
    """The statement raises, and nothing of it stands."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


class TestWriting:
    def test_a_version_holds_all_that_a_reader_sees(self, supervisor):
        made = proposal(supervisor)
        assert (made.state, made.version.number, made.version.total) == ("draft", 1, Decimal("5293.20"))
        assert purchasing.stands_as_written(made.version)
        assert TrailEntry.objects.about(made).get().verb == "write"

    def test_a_change_is_another_version_and_the_same_again_is_none(self, supervisor, commander):
        made = proposal(supervisor)
        same = purchasing.wish_of(made.version)
        purchasing.write(same, by=supervisor, proposal=made, on=1)
        assert made.versions.count() == 1
        changed = replace(same, reason="One was stolen.")
        now = purchasing.write(changed, by=commander, proposal=made, on=1)
        assert (now.version.number, now.version.by) == (2, commander)
        assert made.versions.get(number=1).reason != "One was stolen."

    def test_of_two_who_change_the_same_version_the_second_is_told(self, supervisor, commander):
        made = proposal(supervisor)
        purchasing.write(wish(commander, title="Three cameras"), by=commander, proposal=made, on=1)
        with pytest.raises(WrongState, match="Ruth Keller acted first"):
            purchasing.write(wish(supervisor, title="Four cameras"), by=supervisor, proposal=made, on=1)

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"title": " "}, "in a few words"),
            ({"description": "x" * 5001}, "5,000"),
            ({"lines": [Line("Card", 1, Decimal(1))] * 41}, "at most 40 lines"),
            ({"quotes": [Offer("A", Decimal(1), chosen=True)] * 2}, "Choose one of the quotes"),
            ({"lines": [Line("Satellite", 500, Decimal("9999999999"))]}, "ten billion"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, supervisor, said, sentence):
        with pytest.raises(Invalid, match=sentence):
            proposal(supervisor, **said)
        assert not Proposal.objects.exists()

    def test_who_keeps_no_equipment_proposes_nothing(self, officer, specialist, auditor):
        for member in (officer, specialist, auditor):
            with pytest.raises(Refused, match="Supervisor"):
                purchasing.write(wish(member), by=member)

    def test_another_version_is_written_only_while_it_is_open(self, supervisor):
        made = submitted(supervisor)
        with pytest.raises(WrongState):
            purchasing.write(wish(supervisor, title="More"), by=supervisor, proposal=made, on=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            ProposalVersion.objects.create(
                proposal=made, number=2, title="More", document=b"{}", digest=b"", by=supervisor
            )

    def test_nothing_is_added_to_a_version_that_stands(self, supervisor):
        made = proposal(supervisor)
        with pytest.raises(DatabaseError), transaction.atomic():
            ProposalLine.objects.create(version=made.version, number=9, what="Boat", count=1, cost=1)


class TestHandingIn:
    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"description": ""}, "technically"),
            ({"reason": ""}, "reason and the purpose"),
            ({"alternatives": " "}, "alternatives"),
            ({"lines": []}, "how many of what"),
            ({"quotes": []}, "supplier's quote"),
            ({"quotes": [Offer("Bay Photo", Decimal(1), chosen=True)]}, "own paper"),
            ({"quotes": [Offer("Bay Photo", Decimal(1), file="kept")]}, "quote to buy by"),
        ],
    )
    def test_all_that_the_clause_demands(self, supervisor, said, sentence):
        if said.get("quotes") and said["quotes"][0].file == "kept":
            said = {"quotes": [replace(said["quotes"][0], file=kept(supervisor))]}
        made = proposal(supervisor, **said)
        with pytest.raises(Invalid, match=sentence):
            hand_in(made, supervisor)
        if said.get("alternatives") != " ":  # blanks are seen by the application alone
            refused_by_the_database("UPDATE equipment_proposal SET state = 'submitted' WHERE id = %s", made.pk)

    def test_who_could_decide_is_told_and_who_wrote_it_is_not(self, supervisor, commander, officer, hand_over):
        hand_over(commander, officer, Power.APPROVE_PROPOSALS)
        hand_over(commander, supervisor, Power.APPROVE_PROPOSALS)
        submitted(supervisor)
        told = set(Notification.objects.values_list("member", flat=True))
        assert told == {commander.pk, officer.pk}
        assert "$5,293.20" in Notification.objects.first().sentence

    def test_it_can_be_taken_back_before_the_decision(self, supervisor, commander):
        made = submitted(supervisor)
        purchasing.take_back(made, by=supervisor)
        with pytest.raises(WrongState):
            decided(Proposal.objects.get(pk=made.pk), commander)


class TestDeciding:
    def test_approved_on_the_digest_of_what_was_seen(self, supervisor, commander):
        made = decided(submitted(supervisor), commander)
        decision = made.version.decision
        assert made.state == "approved"
        assert (decision.by, bytes(decision.digest)) == (commander, bytes(made.version.digest))
        entry = TrailEntry.objects.about(made).get(verb="approve")
        assert entry.decision_digest == made.version.seen_as
        assert Notification.objects.filter(member=supervisor, sentence__contains="was approved").exists()

    def test_something_else_was_looked_at(self, supervisor, commander):
        made = submitted(supervisor)
        before = made.version.seen_as
        purchasing.take_back(made, by=supervisor)
        purchasing.write(wish(supervisor, title="Ten cameras"), by=supervisor, proposal=made, on=1)
        made = Proposal.objects.get(pk=made.pk)
        hand_in(made, supervisor)
        with pytest.raises(Invalid, match="not what you looked at"):
            purchasing.decide(made, "approve", by=commander, seen_as=before)

    def test_a_line_that_was_forged_past_the_rules_is_noticed(self, supervisor, commander):
        made = submitted(supervisor)
        with pgtrigger.ignore("equipment.ProposalLine:written_with_its_version"):
            ProposalLine.objects.create(version=made.version, number=9, what="Boat", count=1, cost=1)
        with pytest.raises(Invalid, match="not what you looked at"):
            decided(made, commander)

    def test_nobody_decides_what_he_wrote_or_changed(self, supervisor, commander, officer, hand_over):
        made = proposal(commander)
        hand_in(made, supervisor)
        with pytest.raises(Refused, match="wrote or changed himself"):
            decided(made, commander)
        hand_over(commander, officer, Power.APPROVE_PROPOSALS)
        assert decided(Proposal.objects.get(pk=made.pk), officer).state == "approved"

    def test_who_handed_it_in_does_not_decide(self, supervisor, commander, officer, hand_over):
        hand_over(commander, supervisor, Power.APPROVE_PROPOSALS)
        made = proposal(commander)
        hand_in(made, supervisor)
        with pytest.raises(Refused, match="wrote or changed himself"):
            decided(Proposal.objects.get(pk=made.pk), supervisor)
        assert "Now: nobody." in purchasing.why_not(Proposal.objects.get(pk=made.pk), supervisor)

    def test_a_commanding_officer_is_no_designee(self, supervisor, commanding_officer):
        made = submitted(supervisor)
        with pytest.raises(Refused, match="Section Commander or a designee approves an equipment proposal"):
            decided(made, commanding_officer)

    def test_the_database_holds_it_too(self, supervisor, commander, officer):
        made = submitted(supervisor)
        given = {"version": made.version, "digest": made.version.digest, "verdict": "approve"}
        for by, more in (
            (supervisor, {}),  # he wrote it
            (officer, {}),  # it is not his
            (commander, {"digest": b"another"}),
            (commander, {"verdict": "decline"}),  # without a reason
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                ProposalDecision.objects.create(**given | more, by=by)
        for state in ("approved", "declined", "returned", "drawn", "ordered", "received", "withdrawn"):
            refused_by_the_database("UPDATE equipment_proposal SET state = %s WHERE id = %s", state, made.pk)

    def test_returned_it_is_changed_and_handed_in_again(self, supervisor, commander):
        made = decided(submitted(supervisor), commander, "return", "Get a second quote.")
        with pytest.raises(Invalid, match="as it was returned"):
            hand_in(made, supervisor)
        now = purchasing.write(wish(supervisor, title="One camera"), by=supervisor, proposal=made, on=1)
        hand_in(now, supervisor)
        assert decided(Proposal.objects.get(pk=made.pk), commander).state == "approved"

    @pytest.mark.parametrize("verdict", ["return", "decline"])
    def test_turned_down_for_a_reason_alone(self, supervisor, commander, verdict):
        made = submitted(supervisor)
        with pytest.raises(Invalid):
            decided(made, commander, verdict, " ")
        assert decided(made, commander, verdict, "Too dear.").version.decision.reason == "Too dear."

    def test_of_two_decisions_the_second_is_told_who_acted_first(self, supervisor, commander):
        made = submitted(supervisor)
        decided(made, commander, "decline", "Too dear.")
        with pytest.raises(WrongState, match="Ruth Keller acted first"):
            decided(made, commander)


class TestEnding:
    def test_withdrawn_for_a_reason_until_the_order_is_drawn_up(self, supervisor, commander):
        for made in (proposal(supervisor), submitted(supervisor), approved(supervisor, commander)):
            with pytest.raises(Invalid, match="Say why"):
                purchasing.withdraw(made, by=supervisor, reason="")
            purchasing.withdraw(made, by=supervisor, reason="The city lends us two.")
            assert Proposal.objects.get(pk=made.pk).end.reason == "The city lends us two."
            refused_by_the_database("UPDATE equipment_proposal SET state = 'draft' WHERE id = %s", made.pk)
        with pytest.raises(WrongState):
            purchasing.withdraw(drawn(supervisor, commander), by=supervisor, reason="No.")

    def test_what_was_ordered_is_proposed_anew_and_decided_anew(self, supervisor, commander):
        before = ordered(supervisor, commander)
        made = purchasing.propose_anew(before, by=supervisor)
        assert (made.follows, made.state, made.version.number) == (before, "draft", 1)
        assert bytes(made.version.digest) == bytes(before.version.digest)
        with pytest.raises(WrongState):
            decided(made, commander)
