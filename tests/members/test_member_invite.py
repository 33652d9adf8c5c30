"""Inviting a member, joining, taking back (E.1): who may, what stands in the way, what is told to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from members import membership
from members.models import Designation, Member, Notification, OneTime, TrailEntry
from members.powers import Position, Power
from members.states import Invalid, Refused, WrongState
from tests.cast import let_links_run_out

pytestmark = [pytest.mark.django_db, pytest.mark.sop("E.1")]

SECRET = "seven herons over the causeway"


def newcomer(superior: Member | None, **other: Any) -> dict[str, Any]:
    """What is asked about somebody new: an officer under `superior`, unless said otherwise."""
    return {
        "username": "nwest",
        "number": "7001",
        "name": "Nadia West",
        "email": "nwest@bayside.example",
        "position": Position.OFFICER,
        "sworn": True,
        "reports_to": superior,
        "languages": ["en", "es"],
        "phone": "+1 305 555 0144",
    } | other


@pytest.fixture
def invited(commander: Member, supervisor: Member) -> tuple[Member, str]:
    """Nadia West, invited as an officer under the Supervisor, and the token of her link."""
    return membership.invite(by=commander, **newcomer(supervisor))


def verbs_about(member: Member) -> list[tuple[str, str, str]]:
    return list(TrailEntry.objects.about(member).order_by("id").values_list("verb", "before", "after"))


def test_the_commander_invites_a_member_who_does_not_serve_yet(invited, commander, supervisor):
    member, token = invited
    member.refresh_from_db()
    assert (member.state, member.is_active, member.has_usable_password()) == ("invited", False, False)
    assert verbs_about(member) == [("invite", "", "invited")]
    posting = member.postings.get()
    assert (posting.position, posting.reports_to, posting.by) == (Position.OFFICER, supervisor, commander)
    link = OneTime.objects.get()
    assert token not in str(link.__dict__)
    assert timedelta(days=6, hours=23) < link.expires_at - timezone.now() <= timedelta(days=7)
    assert Notification.objects.get().member == supervisor


def test_a_designee_invites_and_nobody_else_does(commander, supervisor, officer, hand_over):
    with pytest.raises(Refused, match="Only the Section Commander or a designee adds"):
        membership.invite(by=officer, **newcomer(supervisor))
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    assert membership.invite(by=officer, **newcomer(supervisor))[0].pk


def test_a_designation_that_ended_while_the_form_lay_open_invites_nobody(commander, supervisor, officer, hand_over):
    handed = hand_over(commander, officer, Power.MANAGE_MEMBERS)
    assert officer.may(Power.MANAGE_MEMBERS)
    Designation.objects.filter(pk=handed.pk).update(ended_at=timezone.now(), ended_by=commander)
    with pytest.raises(Refused):
        membership.invite(by=officer, **newcomer(supervisor))


@pytest.mark.sop("F.I")
def test_those_outside_the_chain_are_named_by_the_commander_alone_and_for_a_period(commander, officer, hand_over):
    auditor = newcomer(None, position=Position.AUDITOR, sworn=False)
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    with pytest.raises(Refused, match="names the auditor"):
        membership.invite(by=officer, **auditor, serves_until=timezone.now() + timedelta(days=30))
    for until in (None, timezone.now() - timedelta(minutes=1)):
        with pytest.raises(Invalid, match="still to come") as refused:
            membership.invite(by=commander, **auditor, serves_until=until)
        assert refused.value.field == "serves_until"
    member, _ = membership.invite(by=commander, **auditor, serves_until=timezone.now() + timedelta(days=30))
    assert member.outside


def test_a_member_of_the_unit_serves_for_no_period(commander, supervisor):
    with pytest.raises(Invalid, match="serves for no period"):
        membership.invite(by=commander, **newcomer(supervisor), serves_until=timezone.now() + timedelta(days=30))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("username", "RKELLER", "Somebody has this user name"),
        ("username", "two words", "without spaces"),
        ("username", "", "without spaces"),
        ("username", "nul\x00l", "without spaces"),
        ("username", "x" * 151, "150 at most"),
        ("number", "A-17", "Somebody has this number"),
        ("number", "1" * 21, "20 characters at most"),
        ("name", "", "first and last name"),
        ("name", "Nadia\nWest", "cannot be seen"),
        ("name", "Nadia \u202etseW", "cannot be seen"),
        ("name", "N" * 201, "200 characters"),
        ("email", "", "needs an e-mail address"),
        ("email", "nwest", "needs an e-mail address"),
        ("email", "RKeller@Bayside.example", "Somebody has this e-mail"),
        ("phone", "1\r2", "cannot be seen"),
        ("languages", ["english"], "two or three letters"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_what_to_do(commander, supervisor, field, value, sentence):
    Member.objects.filter(pk=supervisor.pk).update(number="a-17")
    with pytest.raises(Invalid, match=sentence) as refused:
        membership.invite(by=commander, **newcomer(supervisor, **{field: value}))
    assert refused.value.field == field
    assert not OneTime.objects.exists()


def test_there_is_one_commander(commander):
    with pytest.raises(Invalid, match="Ruth Keller is the Commander, and there is one"):
        membership.invite(by=commander, **newcomer(None, position=Position.COMMANDER))


def test_a_designee_names_no_commander_where_there_is_none(commander, officer, supervisor, hand_over):
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    Member.objects.filter(pk=commander.pk).update(is_active=False, state="left")
    with pytest.raises(Refused, match="A designee neither names a Commander"):
        membership.invite(by=officer, **newcomer(None, position=Position.COMMANDER))
    hand_over(commander, supervisor)
    assert membership.invite(by=supervisor, **newcomer(None, position=Position.COMMANDER))[0].pk


def test_who_is_invited_joins_once_and_serves(invited, supervisor, commander):
    member, token = invited
    membership.accept(token, SECRET)
    member.refresh_from_db()
    assert member.serves()
    assert member.check_password(SECRET)
    assert verbs_about(member)[-1] == ("join", "invited", "serving")
    assert {one.member for one in Notification.objects.filter(sentence__contains="has joined")} == {
        supervisor,
        commander,
    }
    with pytest.raises(membership.NotOpen, match="has been used"):
        membership.accept(token, SECRET)


def test_a_weak_password_joins_nobody_and_leaves_the_link_good(invited):
    _, token = invited
    with pytest.raises(Invalid, match="15") as refused:
        membership.accept(token, "short")
    assert refused.value.field == "password"
    assert membership.accept(token, SECRET).serves()


@pytest.mark.parametrize("token", ["", "garbage", "\x00", "ü" * 300])
def test_a_token_that_is_none_names_nobody(invited, token):
    with pytest.raises(membership.NotOpen, match="not known") as refused:
        membership.accept(token, SECRET)
    assert "Keller" not in str(refused.value)


def test_an_invitation_is_good_for_seven_days(invited, commander):
    member, token = invited
    let_links_run_out()
    with pytest.raises(membership.NotOpen, match=r"7 days, which are over\. Ask Ruth Keller for a new one"):
        membership.accept(token, SECRET)
    assert membership.accept(membership.send_again(member, by=commander), SECRET).serves()


def test_a_new_link_makes_the_one_before_worthless(invited, commander, officer):
    member, first = invited
    with pytest.raises(Refused):
        membership.send_again(member, by=officer)
    second = membership.send_again(member, by=commander)
    with pytest.raises(membership.NotOpen, match="replaced by a newer one"):
        membership.accept(first, SECRET)
    membership.accept(second, SECRET)
    with pytest.raises(WrongState):
        membership.send_again(member, by=commander)


def test_a_withdrawn_invitation_opens_nothing(invited, commander, officer):
    member, token = invited
    with pytest.raises(Refused):
        membership.withdraw(member, by=officer, reason="")
    membership.withdraw(member, by=commander, reason="Went to another unit.")
    with pytest.raises(membership.NotOpen, match="withdrawn"):
        membership.accept(token, SECRET)
    with pytest.raises(WrongState):
        membership.withdraw(member, by=commander, reason="Twice.")
    assert verbs_about(member)[-1] == ("withdraw", "invited", "left")


def test_who_joins_before_his_superior_reports_to_the_next_above_until_then(commander):
    chief, chiefs_link = membership.invite(
        by=commander, **newcomer(commander, position=Position.SUPERVISOR, name="Amara Cole")
    )
    other = {"username": "ddiaz", "number": "7002", "email": "ddiaz@bayside.example", "name": "Daniel Diaz"}
    officer, link = membership.invite(by=commander, **newcomer(chief, **other))
    membership.accept(link, SECRET)
    officer.refresh_from_db()
    assert officer.reports_to == commander
    assert officer.postings.first().reason == "Until Amara Cole has joined."
    membership.accept(chiefs_link, SECRET)
    officer.refresh_from_db()
    assert officer.reports_to == chief


def test_with_a_withdrawn_superior_the_invited_under_him_report_to_the_next_above(commander):
    chief, _ = membership.invite(by=commander, **newcomer(commander, position=Position.SUPERVISOR))
    other = {"username": "ddiaz", "number": "7002", "email": "ddiaz@bayside.example"}
    officer, _ = membership.invite(by=commander, **newcomer(chief, **other))
    membership.withdraw(chief, by=commander, reason="Stays where he is.")
    officer.refresh_from_db()
    assert officer.reports_to == commander


def test_who_had_left_is_taken_back_with_his_history_and_nothing_he_knew(transferred, commander, supervisor):
    Authenticator.objects.create(user=transferred, type=Authenticator.Type.TOTP, data={"secret": "old"})
    token = membership.take_back(
        transferred, by=commander, position=Position.SPECIALIST, sworn=False, reports_to=supervisor, reason="Is back."
    )
    transferred.refresh_from_db()
    assert (transferred.state, transferred.has_usable_password()) == ("invited", False)
    assert not Authenticator.objects.exists()
    assert list(transferred.postings.order_by("id").values_list("position", flat=True)) == ["officer", "specialist"]
    assert membership.accept(token, SECRET).position == Position.SPECIALIST


def test_who_serves_is_not_taken_back(officer, commander, supervisor):
    with pytest.raises(WrongState):
        membership.take_back(officer, by=commander, position="officer", sworn=True, reports_to=supervisor)


def test_the_trail_holds_no_words_of_an_invitation(invited, commander):
    member, token = invited
    membership.send_again(member, by=commander)
    kept = " ".join(str(entry.__dict__) for entry in TrailEntry.objects.all())
    for secret in (token, member.email, member.name, member.phone):
        assert secret not in kept
