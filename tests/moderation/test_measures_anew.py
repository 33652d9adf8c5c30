"""What is decided anew while a measure is under way: nobody is written to twice, nothing is deleted that is shown."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts import orders as steps
from accounts.kinds import read_order
from accounts.orders import carry_out
from members.states import Invalid, WrongState
from moderation import bans, measures
from moderation.models import Measure, Proposal
from tests.moderation.acts import case_of, edit, grade, work
from tests.moderation.climbing import propose_ban

pytestmark = [pytest.mark.sop("1.FB"), pytest.mark.django_db]


def anew(order):
    return read_order("moderation.Measure", order.pk)


def carried_out(order):
    Measure.objects.filter(pk=order.pk).update(not_before=timezone.now())
    carry_out(anew(order))
    return anew(order)


def write_to(comment, by, text="Call us."):
    return measures.message(comment, text, by=by, key=uuid.uuid4().hex)


@pytest.fixture
def asked(make_comment, officer, platform):
    comment = make_comment("When do you open?")
    grade(comment, 3, by=officer, reply="At 9.")
    return comment


@pytest.fixture
def hidden(make_comment, officer, platform):
    comment = make_comment("An insult.")
    grade(comment, 7, by=officer)
    work(comment)
    assert case_of(comment).hidden
    return comment


def proposed(comment, by, act="delete"):
    if act == "ban":
        return propose_ban(comment, by)
    return measures.propose(act, comment.account, by=by, reason="It came back.", comment=comment)


def approved(proposal, by):
    return measures.approve(Proposal.objects.get(pk=proposal.pk), by=by, why="It harms.")


def test_a_message_that_failed_after_it_may_have_arrived_is_not_written_anew(asked, officer, platform):
    order = write_to(asked, officer)
    platform.faults = ["applied"]
    assert carried_out(order).state == "uncertain"
    platform.faults = ["refused"]
    assert carried_out(order).state == "failed"
    with pytest.raises(Invalid, match="ordered already"):
        write_to(asked, officer, "Please call us.")
    assert "message" not in measures.offered(asked, officer)
    with pytest.raises(Invalid, match="may have arrived"):
        anew(order).withdraw(by=officer)
    assert "withdraw" not in anew(order).verbs_for(officer)
    anew(order).retry(by=officer)
    assert carried_out(order).state == "done"
    assert len(platform.messages) == 1


def test_a_message_that_failed_for_certain_is_written_anew(asked, officer, platform):
    platform.faults = ["refused"]
    assert carried_out(write_to(asked, officer)).state == "failed"
    assert carried_out(write_to(asked, officer, "Please call us.")).state == "done"


def test_what_may_have_taken_effect_and_came_to_hands_can_be_tried_again(asked, officer, platform):
    order = write_to(asked, officer)
    platform.faults = ["applied"]
    carried_out(order)
    platform.faults = ["not_possible"]
    assert carried_out(order).state == "by_hand"
    anew(order).retry(by=officer)
    assert carried_out(order).state == "done"
    assert len(platform.messages) == 1


@pytest.mark.sop("4.L6", "4.L8")
@pytest.mark.parametrize("fault", ["refused", "not_possible", "429"])
def test_a_new_grade_takes_back_the_message_that_waits_for_a_person(asked, officer, platform, fault):
    order = write_to(asked, officer)
    platform.faults = [fault]
    assert carried_out(order).state in {"failed", "by_hand", "waiting"}
    grade(asked, 8, by=officer)
    assert anew(order).state == "withdrawn"
    with pytest.raises(WrongState):
        anew(order).confirm(by=officer, proof="Sent from the inbox.")


def test_a_comment_that_was_edited_is_graded_before_its_author_is_written_to(asked, officer, platform):
    order = write_to(asked, officer)
    edit(asked)
    assert carried_out(order).state == "withdrawn"
    with pytest.raises(Invalid, match="grade it again"):
        write_to(asked, officer)
    with pytest.raises(DatabaseError, match="not answered"), transaction.atomic():
        Measure.objects.create(key="x", account=asked.account, verb="message", comment=asked, text="Hello")
    assert not platform.messages


def test_who_wrote_in_private_is_answered_there(make_comment, officer, platform):
    comment = make_comment("When do you open?", kind="message")
    grade(comment, 3, by=officer, reply="At 9.")
    with pytest.raises(Invalid, match="answer it there"):
        write_to(comment, officer)


@pytest.mark.parametrize("level", [1, 6, None])
def test_what_was_graded_anew_is_not_deleted(hidden, officer, commander, supervisor, platform, level):
    proposal = proposed(hidden, commander)
    if level is None:
        case_of(hidden).undo(by=officer)
    else:
        grade(hidden, level, by=officer)
    with pytest.raises(Invalid, match="retained and hidden"):
        approved(proposal, supervisor)
    assert Proposal.objects.get(pk=proposal.pk).state == "proposed"
    with pytest.raises(Invalid, match="retained and hidden"):
        proposed(hidden, commander)
    assert hidden.remote_id not in platform.gone


def test_what_was_graded_anew_after_the_approval_is_not_deleted(hidden, officer, commander, supervisor, platform):
    order = approved(proposed(hidden, commander), supervisor)
    grade(hidden, 1, by=officer)
    assert anew(order).state == "withdrawn"
    work(hidden)
    assert hidden.remote_id not in platform.gone
    grade(hidden, 7, by=officer)
    work(hidden)
    again = approved(proposed(hidden, commander), supervisor)
    with pytest.raises(Invalid, match="approved already"):
        proposed(hidden, commander)
    assert carried_out(again).state == "done"
    assert hidden.remote_id in platform.gone


def test_what_a_worker_has_in_hand_is_not_deleted_when_it_was_graded_anew(
    hidden, officer, commander, supervisor, platform, monkeypatch
):
    order = approved(proposed(hidden, commander), supervisor)

    def meanwhile(step):
        if step == "claimed":
            monkeypatch.setattr(steps, "reached", lambda name: None)
            grade(hidden, 1, by=officer)

    monkeypatch.setattr(steps, "reached", meanwhile)
    assert carried_out(order).state == "withdrawn"
    assert hidden.remote_id not in platform.gone


def test_the_database_too_deletes_only_what_is_hidden(hidden, officer, commander, supervisor):
    proposal = proposed(hidden, commander)
    proposal.decide("approved", verb="approve", by=supervisor, why="It harms.")
    case = case_of(hidden)
    case.hidden = False
    case.save(update_fields=["hidden"])
    rest = {"account": hidden.account, "comment": hidden, "proposal": proposal, "record": proposal.record}
    with pytest.raises(DatabaseError, match="is deleted"), transaction.atomic():
        Measure.objects.create(key="y", verb="delete", **rest)


def test_a_deletion_settles_what_was_owed(hidden, commander, supervisor, platform):
    case_of(hidden).see("visible", at=timezone.now())
    assert case_of(hidden).state == "outstanding"
    assert carried_out(approved(proposed(hidden, commander), supervisor)).state == "done"
    assert case_of(hidden).state == "addressed"


def test_one_deletion_is_open_at_a_time(hidden, commander):
    first = proposed(hidden, commander)
    with pytest.raises(Invalid, match="proposed already"):
        proposed(hidden, commander)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            act="delete",
            account=hidden.account,
            comment=hidden,
            record=first.record,
            reason="x",
            proposed_by=commander,
        )


@pytest.fixture
def lifted(hidden, commander, supervisor, other_officer, hand_over, platform):
    """A ban that was put off, and its end decided after it."""
    hand_over(commander, other_officer, "administer_accounts")

    def decide(fault):
        platform.faults = [fault]
        proposal = proposed(hidden, other_officer, act="ban")
        bans.waive(proposal, by=commander, why="It goes on elsewhere.")
        ban = approved(proposal, commander)
        carried_out(ban)
        lift = measures.propose("unban", hidden.account, by=other_officer, reason="Time.", poster=hidden.poster)
        return ban, approved(lift, supervisor)

    return decide


@pytest.mark.parametrize("fault", ["unreachable", "refused", "not_possible", "applied", "lost", "bug"])
def test_the_last_word_on_a_poster_stands(lifted, platform, fault):
    ban, lift = lifted(fault)
    for _ in range(3):
        carried_out(lift)
        carried_out(ban)
    assert anew(lift).state == "done"
    assert anew(ban).state in {"done", "withdrawn"}
    assert not platform.banned


def test_a_suspension_stops_what_a_worker_has_in_hand(asked, officer, commander, platform, monkeypatch):
    order = write_to(asked, officer)

    def meanwhile(step):
        if step == "claimed":
            monkeypatch.setattr(steps, "reached", lambda name: None)
            type(asked.account).objects.get(pk=asked.account_id).suspend("Somebody signed in.", by=commander)

    monkeypatch.setattr(steps, "reached", meanwhile)
    order = carried_out(order)
    assert (order.state, order.outcome_code) == ("waiting", "suspended")
    assert not platform.messages
