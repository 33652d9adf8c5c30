"""Handing over: by the Commander or an acting one, for a period; refused with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from members import handing_over
from members.authority import holders, only
from members.models import Designation, Member, Notification, TrailEntry
from members.powers import MATRIX, OUTSIDE, Position, Power
from members.states import Invalid, Refused, WrongState

DAY = timedelta(days=1)

Give = Callable[..., Designation]


def anew(member: Member) -> Member:
    """As the next request reads him."""
    return Member.objects.get(pk=member.pk)


@pytest.fixture
def give(commander: Member, officer: Member) -> Give:
    """`give(power="", until=…)`: by the Commander to the officer, from now for a week, unless said otherwise."""

    def given(power: Power | str = Power.APPROVE_CONTENT, **said: Any) -> Designation:
        now = timezone.now()
        said = {"by": commander, "designee": officer, "since": now, "until": now + 7 * DAY, "reason": "Leave."} | said
        if power:
            return handing_over.designate(power=power, **said)
        return handing_over.appoint_acting(**said)

    return given


@pytest.mark.sop("2.0")
def test_the_commander_hands_one_power_to_a_designee_for_a_period(give: Give, officer: Member) -> None:
    assert not officer.may(Power.APPROVE_CONTENT)
    given = give(reason=" On leave until Monday. ")
    assert given.reason == "On leave until Monday."
    assert anew(officer).may(Power.APPROVE_CONTENT)
    assert not anew(officer).may(Power.APPROVE_ACTIVE_SCENES)


def test_what_is_given_stands_on_the_trail(give: Give, commander: Member) -> None:
    given, appointed = give(), give("", since=timezone.now() + DAY)
    entries = list(TrailEntry.objects.filter(subject_type="members.designation").order_by("id"))
    assert [(entry.verb, entry.after, entry.by) for entry in entries] == [
        ("designate", "in force", commander),
        ("appoint", "to come", commander),
    ]
    assert [entry.subject_id for entry in entries] == [str(given.pk), str(appointed.pk)]


def test_the_designee_is_told_and_the_commander_who_did_it_is_not(give: Give, officer: Member) -> None:
    given = give()
    (told,) = Notification.objects.all()
    assert told.member == officer
    assert told.kind == "authority"
    assert told.sentence.startswith("Daniel Diaz approves content from ")
    assert told.path == f"/designations/{given.pk}/"


def test_the_commander_is_told_what_an_acting_one_hands_over(
    give: Give, hand_over: Give, commander: Member, supervisor: Member, officer: Member
) -> None:
    hand_over(commander, supervisor)
    give(by=supervisor)
    assert set(Notification.objects.values_list("member", flat=True)) == {officer.pk, commander.pk}


@pytest.mark.parametrize("position", [position for position in Position if position != Position.COMMANDER])
def test_nobody_else_hands_anything_over(
    give: Give, make_member: Callable[..., Member], position: Position, commander: Member
) -> None:
    other = make_member(position)
    with pytest.raises(Refused, match=r"Only the Section Commander hands over a power.* Now: Ruth Keller") as refusal:
        give(by=other)
    assert [holder.member for holder in refusal.value.able] == [commander]
    with pytest.raises(Refused, match=r"Only the Section Commander appoints an acting Commander. Now: Ruth Keller"):
        give("", by=other)


@pytest.mark.parametrize("power", [power for power in Power if not MATRIX[power].or_designee])
def test_a_row_that_does_not_say_or_designee_is_not_handed_over(give: Give, power: Power) -> None:
    with pytest.raises(Invalid, match="No designation reaches") as refusal:
        give(power)
    assert refusal.value.field == "power"
    assert ("acting Commander" in str(refusal.value)) == MATRIX[power].held(Position.COMMANDER)


def test_a_power_that_there_is_not_is_not_handed_over(give: Give) -> None:
    with pytest.raises(Invalid, match="Choose what is handed over"):
        give("rule_the_world")


@pytest.mark.parametrize(
    ("since", "until", "field", "words"),
    [
        (-2 * DAY, -DAY, "since", "nothing is handed over backwards"),
        (timedelta(0), -timedelta(minutes=1), "until", "has gone by: choose an end that lies ahead"),
        (2 * DAY, DAY, "until", "end before it begins"),
        (DAY, DAY, "until", "end before it begins"),
        (-2 * DAY, DAY, "since", "nothing is handed over backwards"),
        (timedelta(0), 367 * DAY, "until", "366 days are the longest"),
    ],
)
@pytest.mark.parametrize("power", [Power.APPROVE_CONTENT, ""])
def test_a_period_that_makes_no_sense_is_refused_with_what_to_do(
    give: Give, since: timedelta, until: timedelta, field: str, words: str, power: str
) -> None:
    now = timezone.now()
    with pytest.raises(Invalid, match=words) as refusal:
        give(power, since=now + since, until=now + until)
    assert refusal.value.field == field
    assert not Designation.objects.exists()


def test_a_beginning_that_went_by_while_the_form_lay_open_is_now(give: Give) -> None:
    before = timezone.now()
    given = give(since=before - timedelta(minutes=10))
    assert given.since >= before


def test_the_setting_tightens_how_long_a_designation_lasts(give: Give, settings: Any) -> None:
    settings.LONGEST_DESIGNATION = 30
    with pytest.raises(Invalid, match="30 days are the longest"):
        give(until=timezone.now() + 31 * DAY)
    assert give(until=timezone.now() + 30 * DAY)


def test_nobody_hands_anything_to_himself(give: Give, hand_over: Give, commander: Member, officer: Member) -> None:
    with pytest.raises(Invalid, match="Nobody hands anything over to himself"):
        give(designee=commander)
    hand_over(commander, officer)
    with pytest.raises(Invalid, match="Nobody hands anything over to himself"):
        give(by=officer)


@pytest.mark.parametrize("power", [Power.APPROVE_CONTENT, ""])
def test_only_who_serves_in_the_unit_can_be_a_designee(
    give: Give, make_member: Callable[..., Member], transferred: Member, power: str
) -> None:
    invited = make_member(is_active=False, state=Member.State.INVITED)
    with pytest.raises(Invalid, match="is invited and has not joined yet"):
        give(power, designee=invited)
    with pytest.raises(Invalid, match="Terry Gone is of the unit no more"):
        give(power, designee=transferred)
    for position in sorted(OUTSIDE):
        with pytest.raises(Invalid, match="stands outside the chain of command"):
            give(power, designee=make_member(position))


def test_the_commander_is_nobodys_designee(
    give: Give, hand_over: Give, commander: Member, officer: Member, supervisor: Member
) -> None:
    hand_over(commander, officer)
    with pytest.raises(Invalid, match="Ruth Keller is the Section Commander"):
        give(by=officer, designee=commander)
    assert give(by=officer, designee=supervisor)


def test_who_holds_it_by_position_needs_no_designation(give: Give, commanding_officer: Member, officer: Member) -> None:
    with pytest.raises(Invalid, match="Grace Nakamura holds this already, as Commanding Officer"):
        give(Power.UPDATE_GRADING, designee=commanding_officer)
    assert give(Power.UPDATE_GRADING, designee=officer)


def test_who_holds_it_by_another_designation_at_that_time_needs_none(give: Give, other_officer: Member) -> None:
    first = give()
    with pytest.raises(Invalid, match="Daniel Diaz approves content already, from"):
        give(until=timezone.now() + DAY)
    assert give(since=first.until, until=first.until + DAY)
    assert give(Power.APPROVE_HASHTAGS)
    assert give(designee=other_officer)


def test_an_acting_commander_needs_no_designation_in_his_period(give: Give) -> None:
    acting = give("")
    with pytest.raises(Invalid, match="Daniel Diaz is acting Commander already"):
        give(until=timezone.now() + DAY)
    assert give(since=acting.until, until=acting.until + DAY)


@pytest.mark.sop("E.1")
def test_there_is_one_acting_commander_at_a_time(give: Give, supervisor: Member) -> None:
    first = give("")
    with pytest.raises(Invalid, match=r"Daniel Diaz is acting Commander from .* one at a time"):
        give("", designee=supervisor, since=first.until - timedelta(minutes=1), until=first.until + DAY)
    assert give("", designee=supervisor, since=first.until, until=first.until + DAY)


def test_an_appointment_that_was_ended_makes_room_for_another(
    give: Give, commander: Member, supervisor: Member
) -> None:
    first = give("")
    handing_over.end(first, by=commander, reason="Back early.")
    assert give("", designee=supervisor)


def test_an_acting_commander_neither_prolongs_his_own_appointment_nor_passes_it_on(
    give: Give, commander: Member, officer: Member, supervisor: Member
) -> None:
    acting = give("")
    with pytest.raises(Refused, match="Only the Section Commander appoints"):
        give("", by=officer, designee=officer, since=acting.until, until=acting.until + DAY)
    with pytest.raises(Refused, match="Only the Section Commander appoints"):
        give("", by=officer, designee=supervisor, since=acting.until, until=acting.until + DAY)
    assert give("", by=commander, designee=officer, since=acting.until, until=acting.until + DAY)


@pytest.mark.parametrize("power", [Power.APPROVE_CONTENT, ""])
def test_a_reason_is_asked_for(give: Give, power: str) -> None:
    with pytest.raises(Invalid, match="Say why") as refusal:
        give(power, reason="  ")
    assert refusal.value.field == "reason"


# --- ending ---


def test_what_is_ended_is_worth_nothing_at_once(give: Give, commander: Member, officer: Member) -> None:
    given = give()
    assert anew(officer).may(Power.APPROVE_CONTENT)
    handing_over.end(given, by=commander, reason="Back early.")
    assert not anew(officer).may(Power.APPROVE_CONTENT)
    assert given.ended_by == commander
    assert given.end_reason == "Back early."
    entry = TrailEntry.objects.get(verb="end")
    assert (entry.before, entry.after, entry.by) == ("in force", "ended", commander)


def test_what_is_to_come_can_be_called_off(give: Give, commander: Member, officer: Member) -> None:
    given = give("", since=timezone.now() + DAY)
    handing_over.end(given, by=commander, reason="Not needed.")
    assert TrailEntry.objects.get(verb="end").before == "to come"
    assert anew(officer).handed == []


def test_the_designee_lays_it_down_and_the_commander_is_told(give: Give, commander: Member, officer: Member) -> None:
    given = give("")
    handing_over.end(given, by=officer, reason="On sick leave.")
    told = Notification.objects.get(member=commander)
    assert told.sentence == "Daniel Diaz no longer is acting Commander: laid down."


def test_an_acting_commander_ends_what_the_commander_gave(
    give: Give, hand_over: Give, commander: Member, supervisor: Member, officer: Member
) -> None:
    given = give()
    hand_over(commander, supervisor)
    handing_over.end(given, by=supervisor, reason="Misused.")
    assert not anew(officer).may(Power.APPROVE_CONTENT)


def test_nobody_else_ends_it(give: Give, supervisor: Member, commander: Member, officer: Member) -> None:
    given = give()
    with pytest.raises(Refused, match="Now: Ruth Keller"):
        handing_over.end(given, by=supervisor, reason="Why not.")
    officer.is_active = False
    officer.state = Member.State.LEFT
    officer.save()
    with pytest.raises(Refused):
        handing_over.end(given, by=officer, reason="Gone.")
    with pytest.raises(Invalid, match="Say why it ends"):
        handing_over.end(given, by=commander, reason="")


def test_of_two_who_end_it_the_second_learns_who_did(give: Give, commander: Member, officer: Member) -> None:
    given = give()
    seen = Designation.objects.get(pk=given.pk)
    handing_over.end(given, by=commander, reason="Back early.")
    with pytest.raises(WrongState, match=r"Ruth Keller acted first \(end\)"):
        handing_over.end(seen, by=officer, reason="No more.")


def test_what_has_run_out_is_not_ended(commander: Member, officer: Member, hand_over: Give) -> None:
    now = timezone.now()
    gone = hand_over(commander, officer, Power.APPROVE_CONTENT, since=now - 2 * DAY, until=now - DAY)
    with pytest.raises(WrongState):
        handing_over.end(gone, by=commander, reason="Too late.")


def test_a_refusal_names_designees_beside_those_of_the_position(give: Give, commander: Member, officer: Member) -> None:
    given = give()
    assert [holder.designation for holder in holders(Power.APPROVE_CONTENT)] == [None, given]
    assert only(Power.APPROVE_CONTENT).startswith(
        "Only the Section Commander or a designee approves content."
        " Now: Ruth Keller (Section Commander), Daniel Diaz (designee until "
    )
    handing_over.end(given, by=commander, reason="Back early.")
    assert only(Power.APPROVE_CONTENT).endswith("Now: Ruth Keller (Section Commander).")


@pytest.mark.parametrize(
    ("power", "whose"),
    [
        (Power.UPDATE_GRADING, "the Section Commander, the Commanding Officer or a designee"),
        (Power.DECIDE_THREATS, "the Supervisor or one above"),
        (Power.TERMINATE_ACCOUNTS, "the Section Commander"),
        (Power.APPROVE_OVERTIME, "the Commanding Officer or one above"),
        (Power.READ_TRAIL, "the Supervisor, one above or the auditor"),
        (Power.GRADE_COMMENTS, "a member of the unit"),
        (
            Power.DEVELOP_CONTENT,
            "the Supervisor, the Social Media Broadcast Specialist, a sworn member or one above",
        ),
        (Power.PROPOSE_DISPOSAL, "the records custodian"),
    ],
)
def test_a_refusal_says_whose_it_is_by_the_matrix(db: None, power: Power, whose: str) -> None:
    assert only(power) == f"Only {whose} {power.label}. Now: nobody."
