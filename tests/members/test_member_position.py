"""Positions and reporting lines (E.1): who changes them, what is refused, what follows for those under him."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from members import chain, membership, positions
from members.models import Member, Notification, OneTime, TrailEntry
from members.powers import Position, Power
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("E.1", "B.1")]


def change(member: Member, by: Member, **other: Any) -> None:
    """Change what is said otherwise; the rest stays as it is."""
    place = {
        "position": member.position,
        "sworn": member.sworn,
        "reports_to": member.reports_to,
        "serves_until": member.serves_until,
        "reason": "The unit grows.",
    }
    positions.change_position(member, by=by, **(place | other))


def last_entry(member: Member) -> tuple[str, str, str]:
    entry = TrailEntry.objects.about(member).order_by("-id")[0]
    return entry.verb, entry.before, entry.after


def superior_of(member: Member) -> Member | None:
    return Member.objects.get(pk=member.pk).reports_to


def test_a_position_changes_with_history_trail_and_word_to_both(commander, commanding_officer, supervisor, officer):
    change(officer, commander, position=Position.SUPERVISOR, reports_to=commanding_officer)
    assert last_entry(officer) == ("change_position", "officer", "supervisor")
    history = officer.postings.order_by("id").values_list("position", "reports_to", "by", "reason")
    assert list(history) == [
        ("officer", supervisor.pk, None, ""),
        ("supervisor", commanding_officer.pk, commander.pk, "The unit grows."),
    ]
    told = Notification.objects.filter(sentence__startswith="Daniel Diaz is Supervisor")
    assert {one.member for one in told} == {officer, supervisor, commanding_officer}


def test_powers_follow_the_position_at_once(commander, commanding_officer, officer):
    assert not officer.may(Power.DECIDE_THREATS)
    change(officer, commander, position=Position.SUPERVISOR, reports_to=commanding_officer)
    assert Member.objects.get(pk=officer.pk).may(Power.DECIDE_THREATS)


def test_nobody_moves_the_commander_out_of_the_command(commander, commanding_officer, supervisor, hand_over):
    hand_over(commander, commanding_officer)
    with pytest.raises(Invalid, match="the unit is never without one"):
        change(commander, commanding_officer, position=Position.OFFICER, reports_to=supervisor)
    change(commander, commanding_officer, sworn=False)
    assert Member.objects.get(pk=commander.pk).position == Position.COMMANDER


def test_a_reporting_line_changes_alone(commander, commanding_officer, officer, make_member):
    other = make_member(Position.SUPERVISOR, name="Oto", reports_to=commanding_officer)
    before = officer.reports_to
    change(officer, commander, reports_to=other)
    assert last_entry(officer) == ("change_reporting_line", f"member {before.pk}", f"member {other.pk}")


def test_sworn_or_civilian_changes_alone(commander, specialist):
    change(specialist, commander, sworn=True)
    assert last_entry(specialist) == ("change_standing", "civilian", "sworn")


def test_nobody_changes_his_own_and_a_designee_not_the_commanders(commander, supervisor, officer, hand_over):
    with pytest.raises(Refused, match="Nobody changes his own membership"):
        change(commander, commander, sworn=False)
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    with pytest.raises(Refused, match="Nobody changes his own"):
        change(officer, officer, position=Position.SPECIALIST)
    with pytest.raises(Refused, match="nor changes a Commander's membership"):
        change(commander, officer, sworn=False)
    change(supervisor, officer, sworn=False)
    hand_over(commander, supervisor)
    change(commander, supervisor, sworn=False)


def test_an_officer_changes_nobody(officer, other_officer):
    with pytest.raises(Refused, match="Only the Section Commander or a designee"):
        change(other_officer, officer, sworn=False)


def test_a_change_has_a_reason(commander, officer):
    with pytest.raises(Invalid, match="Say why") as refused:
        change(officer, commander, sworn=False, reason="  ")
    assert refused.value.field == "reason"


def test_what_changes_nothing_is_said_to(commander, officer):
    with pytest.raises(Invalid, match="Nothing is different"):
        change(officer, commander)


def test_of_two_who_looked_at_the_same_place_the_second_is_told(commander, commanding_officer, officer):
    seen = 0
    change(officer, commander, position=Position.SUPERVISOR, reports_to=commanding_officer, seen=seen)
    with pytest.raises(WrongState, match="Ruth Keller acted first"):
        change(officer, commander, sworn=False, seen=seen)
    change(officer, commander, sworn=False, seen=officer.postings.first().pk)


def test_who_has_left_is_not_moved(commander, transferred):
    with pytest.raises(WrongState):
        change(transferred, commander, sworn=False)


@pytest.mark.parametrize(
    ("whom", "sentence"),
    [
        ("officer", "Nobody reports to himself"),
        ("transferred", "Terry Gone has left the unit"),
        ("auditor", "stands outside the chain of command"),
        ("other_officer", "reports to the Supervisor or the Commanding Officer or the Section Commander, and Chidi"),
        ("commanding_officer", r"choose Amara Cole\. A rank is passed over while nobody serves"),
        (None, r"Everybody but the Commander reports to somebody\. Choose whom: Amara"),
    ],
)
def test_a_superior_serves_above_and_is_the_nearest(request, commander, officer, supervisor, whom, sentence):
    superior = request.getfixturevalue(whom) if whom else None
    with pytest.raises(Invalid, match=sentence) as refused:
        change(officer, commander, position=Position.SPECIALIST, reports_to=superior)
    assert refused.value.field == "reports_to"
    change(officer, commander, position=Position.SPECIALIST, reports_to=supervisor)


def test_who_is_invited_only_is_no_superior_of_who_serves(commander, commanding_officer, officer):
    coming, _ = membership.invite(
        by=commander,
        username="new",
        number="1",
        name="Neda New",
        email="new@bayside.example",
        position=Position.SUPERVISOR,
        sworn=True,
        reports_to=commanding_officer,
    )
    with pytest.raises(Invalid, match="Neda New is invited and has not joined yet"):
        change(officer, commander, reports_to=coming)


def test_a_vacant_rank_is_passed_over(commander, make_member):
    officer = make_member(reports_to=None)
    change(officer, commander, reports_to=commander)
    assert superior_of(officer) == commander


def test_a_circle_is_refused_with_who_stands_in_it(commander, commanding_officer, supervisor, officer):
    with pytest.raises(Invalid, match="Daniel Diaz reports to Amara Cole, by one or more steps"):
        change(supervisor, commander, reports_to=officer)


def test_a_circle_that_only_the_database_sees_becomes_a_sentence(supervisor, officer):
    with pytest.raises(Invalid, match="would close into a circle"), chain.in_words():
        Member.objects.filter(pk=supervisor.pk).update(reports_to=officer)


def test_there_is_no_second_commander(commander, officer):
    with pytest.raises(Invalid, match="Ruth Keller is the Commander, and there is one") as refused:
        change(officer, commander, position=Position.COMMANDER, reports_to=None)
    assert refused.value.field == "position"


def test_the_commander_reports_to_nobody_here(commander, supervisor, officer, hand_over):
    hand_over(commander, supervisor)
    with pytest.raises(Invalid, match="reports to nobody in the unit"):
        change(commander, supervisor, reports_to=officer)


def test_under_a_new_commander_come_those_who_had_nobody_above(commander, commanding_officer, supervisor, hand_over):
    hand_over(commander, supervisor)
    Member.objects.filter(pk=commander.pk).update(is_active=False, state="left")
    Member.objects.filter(pk=commanding_officer.pk).update(reports_to=None)
    change(commanding_officer, supervisor, position=Position.COMMANDER, reports_to=None)
    assert superior_of(supervisor) == commanding_officer


def test_who_can_report_to_him_no_more_passes_to_the_next_above(
    commander, commanding_officer, supervisor, officer, make_member
):
    other = make_member(Position.SUPERVISOR, name="Oto", reports_to=commanding_officer)
    change(supervisor, commander, position=Position.OFFICER, reports_to=other)
    assert superior_of(officer) == commanding_officer
    assert last_entry(officer)[0] == "change_reporting_line"
    assert officer.postings.first().by == commander


def test_who_still_stands_below_stays(commander, commanding_officer, supervisor, officer):
    Member.objects.filter(pk=supervisor.pk).update(reports_to=commander)
    Member.objects.filter(pk=commanding_officer.pk).update(is_active=False, state="left")
    change(Member.objects.get(pk=supervisor.pk), commander, position=Position.COMMANDING_OFFICER)
    assert superior_of(officer) == supervisor


def test_to_stand_outside_the_chain_is_for_a_period_and_ends_the_line(commander, supervisor, officer, hand_over):
    until = timezone.now() + timedelta(days=30)
    with pytest.raises(Invalid, match="still to come"):
        change(supervisor, commander, position=Position.AUDITOR, reports_to=None)
    handed = hand_over(commander, supervisor, Power.APPROVE_CONTENT)
    with pytest.raises(Invalid, match="is a designee"):
        change(supervisor, commander, position=Position.AUDITOR, reports_to=None, serves_until=until)
    type(handed).objects.filter(pk=handed.pk).update(ended_at=timezone.now(), ended_by=commander)
    change(
        Member.objects.get(pk=supervisor.pk),
        commander,
        position=Position.AUDITOR,
        reports_to=None,
        serves_until=until,
    )
    assert superior_of(officer) != supervisor


@pytest.mark.sop("F.I")
def test_a_period_is_prolonged_by_the_commander_alone(commander, auditor, officer, hand_over):
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    later = timezone.now() + timedelta(days=200)
    with pytest.raises(Refused, match="names the auditor"):
        change(auditor, officer, serves_until=later)
    with pytest.raises(Invalid, match="still to come"):
        change(auditor, commander, serves_until=timezone.now())
    change(auditor, commander, serves_until=later)
    assert Member.objects.get(pk=auditor.pk).serves_until == later
    assert last_entry(auditor)[0] == "change_period"


def test_ones_own_telephone_and_languages_are_ones_own_to_change(officer, other_officer):
    positions.change_details(officer, by=officer, phone="305 555 0100", languages=["en", "ht"])
    assert (officer.phone, officer.languages) == ("305 555 0100", ["en", "ht"])
    with pytest.raises(Refused):
        positions.change_details(officer, by=other_officer, phone="1", languages=[])


def test_an_address_is_changed_by_who_manages_members(commander, officer):
    with pytest.raises(Refused):
        positions.change_details(officer, by=officer, phone="", languages=[], email="mine@elsewhere.example")
    positions.change_details(officer, by=commander, phone="", languages=[], email="dd@bayside.example")
    assert officer.email == "dd@bayside.example"
    assert last_entry(officer)[0] == "change_email"
    with pytest.raises(Invalid, match="Somebody has this e-mail"):
        positions.change_details(officer, by=commander, phone="", languages=[], email=commander.email.upper())
    with pytest.raises(Invalid, match="needs an e-mail"):
        positions.change_details(officer, by=commander, phone="", languages=[], email="")


@pytest.mark.parametrize("kind", OneTime.Kind.values)
def test_links_sent_to_a_former_address_open_nothing_any_more(commander, officer, supervisor, kind):
    later = timezone.now() + timedelta(hours=1)
    of_officer, anothers = (
        OneTime.objects.create(
            kind=kind, member=one, digest=bytes([one.pk % 256]), sent_to=one.email, by=commander, expires_at=later
        )
        for one in (officer, supervisor)
    )
    positions.change_details(officer, by=commander, phone="305 555 0100", languages=[], email=officer.email)
    assert set(OneTime.objects.open()) == {of_officer, anothers}
    positions.change_details(officer, by=commander, phone="", languages=[], email="dd@bayside.example")
    assert set(OneTime.objects.open()) == {anothers}


def test_who_changes_his_telephone_does_not_bring_a_former_address_back(commander, officer):
    as_his_page_read_it = Member.objects.get(pk=officer.pk)
    positions.change_details(officer, by=commander, phone="", languages=[], email="dd@bayside.example")
    positions.change_details(as_his_page_read_it, by=as_his_page_read_it, phone="305 555 0100", languages=[])
    officer.refresh_from_db()
    assert (officer.email, officer.phone) == ("dd@bayside.example", "305 555 0100")


def test_the_commander_changes_her_own_address_for_nobody_else_could(commander, officer, hand_over):
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    with pytest.raises(Refused):
        positions.change_details(commander, by=officer, phone="", languages=[], email="taken@over.example")
    positions.change_details(commander, by=commander, phone="", languages=[], email="rk@bayside.example")
    assert commander.email == "rk@bayside.example"


def test_a_designee_does_not_move_who_acts_as_commander(commander, supervisor, officer, hand_over):
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    hand_over(commander, supervisor)
    with pytest.raises(Refused, match="nor changes a Commander's membership"):
        change(supervisor, officer, sworn=False)
    change(supervisor, commander, sworn=False)


def test_what_somebody_was_before_he_left_binds_nobody(commander, supervisor, officer, hand_over, make_member):
    former = make_member(Position.COMMANDER, is_active=False)
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    assert membership.take_back(former, by=officer, position="officer", sworn=True, reports_to=supervisor)
