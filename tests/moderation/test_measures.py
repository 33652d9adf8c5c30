"""What a member orders beside grading: private messages, comments of our own, deletions and bans (S.O.P. 1)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.kinds import read_order
from accounts.models import Role
from accounts.orders import carry_out
from members.states import Invalid, Refused, WrongState
from moderation import bans, measures
from moderation.models import Measure, Proposal
from tests.cast import a_post
from tests.moderation.acts import case_of, grade, looked_at
from tests.moderation.climbing import propose_ban

pytestmark = pytest.mark.sop("1.FB")
KEY = "0d5e4a2e-0000-4000-8000-000000000001"


def anew(order):
    return read_order("moderation.Measure", order.pk)


@pytest.fixture
def asked(make_comment, officer):
    """A question, graded, of a poster of the public."""
    comment = make_comment("When do you open?")
    grade(comment, 3, by=officer, reply="At 9.")
    return comment


def test_what_is_left_to_hands_is_not_said_to_be_on_its_way(instagram, officer, make_comment, browser_of):
    asked = make_comment("When do you open?", account=instagram)
    grade(asked, 3, by=officer)
    ours = make_comment("We open at 9.", account=instagram, ours=True, parent_remote_id=asked.remote_id)
    form = {"text": "We open at 10.", "key": KEY, "verb": "edit_own"}
    said = browser_of(officer).post(f"/comments/{ours.pk}/order/edit_own/", form, follow=True).content.decode()
    assert "it is to be done by hand" in said
    assert "on its way" not in said
    carry_out(anew(Measure.objects.get()))
    task = browser_of(officer).get("/by-hand/").content.decode()
    assert "We open at 9." in task, "what is to be changed"
    assert "We open at 10." in task, "into what"


def test_a_private_message_goes_to_who_commented_once(asked, officer, platform):
    order = measures.message(asked, "Call us.", by=officer, key=KEY)
    assert measures.message(asked, "Call us.", by=officer, key=KEY).pk == order.pk
    with pytest.raises(Invalid, match="ordered already"):
        measures.message(asked, "Call us again.", by=officer, key=KEY[:-1] + "2")
    assert carry_out(anew(order))
    assert anew(order).state == "done"
    assert [one.text for one in platform.messages] == ["Call us."]
    assert "message" not in measures.offered(asked, officer)


def test_a_message_that_may_have_gone_out_is_not_sent_twice(asked, officer, platform):
    order = measures.message(asked, "Call us.", by=officer, key=KEY)
    platform.faults.append("applied")
    carry_out(anew(order))
    assert anew(order).state == "uncertain"
    Measure.objects.update(not_before=timezone.now())
    carry_out(anew(order))
    assert anew(order).state == "done"
    assert len(platform.messages) == 1


def test_who_is_not_graded_or_must_not_be_answered_is_not_written_to(make_comment, officer):
    comment = make_comment("You are useless.")
    with pytest.raises(Invalid, match="Grade the comment first"):
        measures.message(comment, "Hello", by=officer, key=KEY)
    grade(comment, 6, by=officer)
    with pytest.raises(Invalid, match="not answered"):
        measures.message(comment, "Hello", by=officer, key=KEY)
    with pytest.raises(DatabaseError, match="not answered"), transaction.atomic():
        Measure.objects.create(key="x", account=comment.account, verb="message", comment=comment, text="Hello")


def test_after_seven_days_a_person_writes_by_hand(make_comment, officer, platform):
    comment = make_comment("When do you open?", posted_at=timezone.now() - timedelta(days=8))
    grade(comment, 3, by=officer, reply="At 9.")
    order = measures.message(comment, "Call us.", by=officer, key=KEY)
    carry_out(anew(order))
    assert anew(order).state == "by_hand"
    assert not platform.messages
    anew(order).confirm(by=officer, proof="Sent from the inbox, 10:32")
    assert anew(order).state == "done"


def test_without_a_role_nobody_speaks_for_the_account(asked, legal_adviser, auditor):
    for member in (legal_adviser, auditor):
        with pytest.raises(Refused):
            measures.message(asked, "Call us.", by=member, key=KEY)


def test_a_suspended_account_says_nothing_until_it_is_active(asked, officer, commander, platform):
    order = measures.message(asked, "Call us.", by=officer, key=KEY)
    asked.account.suspend("Somebody else signed in.", by=commander)
    assert not carry_out(anew(order))
    assert anew(order).outcome_code == "suspended"
    assert not platform.messages


def test_our_own_comments_are_written_changed_and_taken_away(facebook, officer, supervisor, make_comment, platform):
    post = a_post(facebook)
    carry_out(anew(looked_at(measures.comment_under(post, "We open at 9.", by=officer, key=KEY), by=supervisor)))
    assert [one.text for one in platform.own] == ["We open at 9."]
    ours = make_comment("We open at 9.", ours=True, remote_id=platform.own[0].remote_id)
    with pytest.raises(Invalid, match="not ours"):
        measures.edit_own(make_comment("theirs"), "changed", by=officer, key=KEY)
    carry_out(anew(looked_at(measures.edit_own(ours, "We open at 10.", by=officer, key=KEY), by=supervisor)))
    assert [one.text for one in platform.own] == ["We open at 10."]
    carry_out(anew(measures.delete_own(ours, by=officer, key=KEY)))
    assert not platform.own
    assert case_of(ours).sight == "gone"


@pytest.fixture
def hidden(make_comment, officer, platform):
    """A level 7, retained and hidden."""
    comment = make_comment("An insult.")
    grade(comment, 7, by=officer)
    for order in comment.orders.all():
        carry_out(order)
    assert case_of(comment).hidden
    return comment


def test_a_comment_is_deleted_by_two_after_it_was_retained_and_hidden(hidden, commander, supervisor, officer, platform):
    with pytest.raises(Refused, match="Only an administrator"):
        measures.propose("delete", hidden.account, by=officer, reason="It came back.", comment=hidden)
    proposal = measures.propose("delete", hidden.account, by=commander, reason="It came back.", comment=hidden)
    with pytest.raises(Refused, match="Nobody decides what he proposed"):
        measures.approve(proposal, by=commander, why="Yes")
    with pytest.raises(Refused, match="You graded"):
        measures.approve(proposal, by=officer, why="Yes")
    with pytest.raises(Invalid, match="Write down why"):
        measures.approve(proposal, by=supervisor, why=" ")
    order = measures.approve(proposal, by=supervisor, why="It harms.")
    carry_out(anew(order))
    assert hidden.remote_id in platform.gone
    assert hidden.records.get().additions.filter(kind="deleted").exists()
    with pytest.raises(WrongState):
        Proposal.objects.get(pk=proposal.pk).decline(by=supervisor, why="no")


def test_what_is_not_retained_is_not_deleted(make_comment, commander, facebook):
    comment = make_comment("An opinion.")
    with pytest.raises(Invalid, match="retained and hidden first"):
        measures.propose("delete", facebook, by=commander, reason="No.", comment=comment)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(act="delete", account=facebook, comment=comment, reason="x", proposed_by=commander)


def test_no_order_without_an_approval(hidden, commander, supervisor):
    proposal = measures.propose("delete", hidden.account, by=commander, reason="Why.", comment=hidden)
    with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
        Measure.objects.create(
            key="y", account=hidden.account, verb="delete", comment=hidden, proposal=proposal, record=proposal.record
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            state="approved", decided_by=commander, decided_at=timezone.now(), decision_reason="me"
        )


def test_a_ban_is_the_commanders_and_can_be_lifted(hidden, commander, supervisor, make_member, platform):
    administrator = make_member()
    Role.objects.create(account=hidden.account, member=administrator, kind="administrator")
    proposal = propose_ban(hidden, administrator)
    with pytest.raises(Refused):
        measures.approve(proposal, by=supervisor, why="Yes")
    bans.waive(proposal, by=commander, why="No notice could be delivered; three breaches.")
    order = measures.approve(proposal, by=commander, why="No notice could be delivered; three breaches.")
    carry_out(anew(order))
    assert platform.banned == {hidden.poster.remote_id}
    lift = measures.propose("unban", hidden.account, by=administrator, reason="Time is up.", poster=hidden.poster)
    carry_out(anew(measures.approve(lift, by=supervisor, why="Agreed.")))
    assert not platform.banned
