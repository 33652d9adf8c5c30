"""Two at once, and what the database itself refuses: tried with connections of their own, as the app's role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from members import handing_over, transferring
from members.models import Designation, Member
from members.powers import TO_HAND_OVER, Power
from members.states import Invalid, Refused, WrongState
from tests.members.test_member_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("E.1")]
DAY = timedelta(days=1)

Give = Callable[..., Designation]


def appoint(by: Member, to: Member) -> Callable[[], Designation]:
    now = timezone.now()
    return lambda: handing_over.appoint_acting(by=by, designee=to, since=now, until=now + DAY, reason="Leave.")


def designate(by: Member, to: Member, power: Power = Power.APPROVE_CONTENT) -> Callable[[], Designation]:
    now = timezone.now()
    return lambda: handing_over.designate(by=by, power=power, designee=to, since=now, until=now + DAY, reason="Leave.")


# --- two at once ---


def test_of_two_tabs_that_appoint_an_acting_commander_one_wins(
    commander: Member, supervisor: Member, officer: Member
) -> None:
    answers = at_once(appoint(commander, supervisor), appoint(commander, officer))
    given = Designation.objects.get()
    (refusal,) = (answer for answer in answers if isinstance(answer, Exception))
    assert isinstance(refusal, Invalid)
    assert str(refusal).startswith(f"{given.designee.name} is acting Commander from ")


def test_a_double_click_hands_a_power_over_once(commander: Member, officer: Member) -> None:
    answers = at_once(*[designate(commander, officer)] * 4)
    assert Designation.objects.count() == 1
    assert sum(isinstance(answer, Invalid) for answer in answers) == 3


def test_commander_and_acting_commander_hand_the_same_over_once(
    commander: Member, supervisor: Member, officer: Member, hand_over: Give
) -> None:
    hand_over(commander, supervisor)
    answers = at_once(designate(commander, officer), designate(supervisor, officer))
    assert sum(isinstance(answer, Invalid) for answer in answers) == 1
    assert Designation.objects.filter(power=Power.APPROVE_CONTENT).count() == 1


def test_of_four_who_end_it_at_once_one_does_and_the_others_learn_who(
    commander: Member, officer: Member, hand_over: Give
) -> None:
    given = hand_over(commander, officer)

    def end(by: Member) -> Callable[[], Any]:
        row = Designation.objects.get(pk=given.pk)
        return lambda: handing_over.end(row, by=by, reason="Back.") or "ended"

    answers = at_once(end(commander), end(officer), end(commander), end(officer))
    given.refresh_from_db()
    assert given.ended_by is not None
    late = [answer for answer in answers if answer != "ended"]
    assert len(late) == 3
    for answer in late:
        assert isinstance(answer, WrongState | Refused)


@pytest.mark.sop("1.3")
@pytest.mark.parametrize("power", [Power.APPROVE_CONTENT, ""])
def test_nothing_outlives_a_transfer_that_happens_at_the_same_moment(
    commander: Member, supervisor: Member, officer: Member, power: str
) -> None:
    give = designate(commander, officer) if power else appoint(commander, officer)
    leave = lambda: transferring.transfer(officer, by=commander, reason="To Patrol.")  # noqa: E731
    at_once(give, leave)
    assert not Designation.objects.filter(designee=officer, ended_at__isnull=True).exists()
    assert not Member.objects.get(pk=officer.pk).is_active


def test_who_acts_as_commander_and_is_ended_at_the_same_moment_hands_over_before_it_or_not_at_all(
    commander: Member, supervisor: Member, officer: Member, hand_over: Give
) -> None:
    acting = hand_over(commander, supervisor)
    answers = at_once(
        designate(supervisor, officer), lambda: handing_over.end(acting, by=commander, reason="Back.") or "ended"
    )
    acting.refresh_from_db()
    given = Designation.objects.filter(by=supervisor).first()
    assert answers[1] == "ended"
    if given is None:
        assert isinstance(answers[0], Refused)
    else:
        assert acting.ended_at is not None
        assert given.at <= acting.ended_at


# --- what the database refuses, whoever asks ---


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("power", "approve_hashtags"),
        ("power", ""),
        ("since", "now() - interval '9 days'"),
        ("until", "now() + interval '90 days'"),
        ("designee_id", "by_id"),
        ("by_id", "designee_id"),
        ("reason", "'another'"),
        ("at", "now()"),
    ],
)
def test_what_was_given_stands_as_it_was_given(
    commander: Member, officer: Member, hand_over: Give, app_connection: psycopg.Connection, column: str, value: str
) -> None:
    given = hand_over(commander, officer, Power.APPROVE_CONTENT)
    value = f"'{value}'" if column == "power" else value
    with pytest.raises(psycopg.errors.RaiseException, match="Cannot update rows"):
        app_connection.execute(f"UPDATE members_designation SET {column} = {value} WHERE id = %s", [given.pk])


def test_an_end_is_written_once(
    commander: Member, officer: Member, hand_over: Give, app_connection: psycopg.Connection
) -> None:
    given = hand_over(commander, officer)
    handing_over.end(given, by=commander, reason="Back.")
    for change in ("ended_at = NULL", "ended_at = now()", "end_reason = 'another'"):
        with pytest.raises(psycopg.errors.RaiseException, match="pgtrigger"):
            app_connection.execute(f"UPDATE members_designation SET {change} WHERE id = %s", [given.pk])
        app_connection.rollback()


def test_a_designation_is_never_deleted(
    commander: Member, officer: Member, hand_over: Give, app_connection: psycopg.Connection
) -> None:
    hand_over(commander, officer)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("DELETE FROM members_designation")


@pytest.mark.parametrize("power", [power for power in Power if power not in TO_HAND_OVER] + ["rule_the_world"])
def test_a_power_that_is_not_handed_over_cannot_stand_in_a_row(
    commander: Member, officer: Member, hand_over: Give, power: str
) -> None:
    with pytest.raises(IntegrityError, match="designation_of_a_power_that_says_so"), transaction.atomic():
        hand_over(commander, officer, power)


def test_nobody_stands_as_his_own_designee(commander: Member, hand_over: Give) -> None:
    with pytest.raises(IntegrityError, match="nobody_designates_himself"), transaction.atomic():
        hand_over(commander, commander, Power.APPROVE_CONTENT)


def test_a_period_has_a_length(commander: Member, officer: Member, hand_over: Give) -> None:
    now = timezone.now()
    for until in (now, now - DAY):
        with pytest.raises(IntegrityError, match="designation_ends_after_it_begins"), transaction.atomic():
            hand_over(commander, officer, Power.APPROVE_CONTENT, since=now, until=until)


def test_two_acting_commanders_cannot_stand_in_one_moment(
    commander: Member, officer: Member, supervisor: Member, hand_over: Give
) -> None:
    first = hand_over(commander, officer)
    with pytest.raises(IntegrityError, match="one_acting_commander_at_a_time"), transaction.atomic():
        hand_over(commander, supervisor, since=first.until - timedelta(seconds=1), until=first.until + DAY)
    hand_over(commander, supervisor, since=first.until, until=first.until + DAY)


def test_an_end_that_was_written_makes_room_from_that_moment_on(
    commander: Member, officer: Member, supervisor: Member, hand_over: Give
) -> None:
    first = hand_over(commander, officer)
    handing_over.end(first, by=commander, reason="Back.")
    first.refresh_from_db()
    assert first.ended_at is not None
    with pytest.raises(IntegrityError, match="one_acting_commander"), transaction.atomic():
        hand_over(commander, supervisor, since=first.ended_at - timedelta(seconds=1))
    hand_over(commander, supervisor, since=first.ended_at)
