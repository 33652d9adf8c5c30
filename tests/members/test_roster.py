"""The roster of the watch: who is on it, when nobody is, who is called; set by whoever decides the schedule (Tab D)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from members import roster
from members.models import Designation, Member, Notification, TrailEntry, Watch
from members.powers import Power
from members.roster import call_list, gaps, on_watch, set_watch, set_watches, take_off
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("D.1")]

NOW = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)  # a Monday, 10:00 in the agency's zone
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def names(power: Power = Power.DECIDE_THREATS, at: datetime | None = None) -> list[str]:
    return [one.member.name for one in call_list(power, at)]


# --- setting ---


def test_the_commander_puts_a_member_on_watch_who_is_told(commander: Member, officer: Member) -> None:
    watch = set_watch(officer, NOW + HOUR, NOW + 9 * HOUR, by=commander)
    assert (watch.member, watch.by, watch.since, watch.until) == (officer, commander, NOW + HOUR, NOW + 9 * HOUR)
    told = Notification.objects.get(member=officer, kind="roster")
    assert told.sentence == "You are on watch from 1 Jun 11:00 until 1 Jun 19:00: set by Ruth Keller."
    assert told.path == f"/roster/{watch.pk}/"
    entry = TrailEntry.objects.get(verb="set_watch")
    assert (entry.by, entry.subject_id, entry.after) == (commander, str(watch.pk), "on the roster")


def test_a_designee_sets_it_too_and_nobody_else(
    commander: Member, supervisor: Member, officer: Member, hand_over: Callable[..., Designation]
) -> None:
    with pytest.raises(Refused, match="Only the Section Commander or a designee decides the account monitoring"):
        set_watch(officer, NOW, NOW + HOUR, by=supervisor)
    hand_over(commander, supervisor, Power.DECIDE_MONITORING)
    assert set_watch(officer, NOW, NOW + HOUR, by=supervisor).by == supervisor


def test_who_puts_himself_on_watch_is_not_told_of_it(commander: Member) -> None:
    set_watch(commander, NOW, NOW + HOUR, by=commander)
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        (1, 1, "ends after it begins"),
        (2, 1, "ends after it begins"),
        (1, 26, "24 hours at the longest"),
        (-9, -1, "has gone by: nobody is put on watch afterwards"),
        (-2, 6, "has gone by: begin now or later"),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(
    commander: Member, officer: Member, since: int, until: int, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        set_watch(officer, NOW + since * HOUR, NOW + until * HOUR, by=commander)
    assert not Watch.objects.exists()


def test_a_beginning_that_went_by_while_the_form_lay_open_is_now(commander: Member, officer: Member) -> None:
    assert set_watch(officer, NOW - HOUR / 2, NOW + HOUR, by=commander).since == NOW


def test_somebody_on_watch_then_is_not_put_on_watch_again(
    commander: Member, officer: Member, other_officer: Member
) -> None:
    first = set_watch(officer, NOW + HOUR, NOW + 9 * HOUR, by=commander)
    with pytest.raises(Invalid, match=r"Daniel Diaz is on watch from 1 Jun 11:00 until 1 Jun 19:00 already"):
        set_watch(officer, NOW + 8 * HOUR, NOW + 10 * HOUR, by=commander)
    set_watch(officer, NOW + 9 * HOUR, NOW + 10 * HOUR, by=commander)
    set_watch(other_officer, NOW + HOUR, NOW + 9 * HOUR, by=commander)
    take_off(first, by=commander)
    set_watch(officer, NOW + 8 * HOUR, NOW + 9 * HOUR, by=commander)


def test_who_does_not_serve_or_stands_outside_is_not_put_on_watch(
    commander: Member, transferred: Member, auditor: Member, make_member: Callable[..., Member]
) -> None:
    invited = make_member(state="invited", is_active=False)
    for member, says in (
        (transferred, "no more"),
        (auditor, "stands outside the chain of command"),
        (invited, "not joined yet"),
    ):
        with pytest.raises(Invalid, match=says):
            set_watch(member, NOW, NOW + HOUR, by=commander)


def test_several_are_set_all_or_none_and_told_of_once(commander: Member, officer: Member) -> None:
    week = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=8)) for n in range(5)]
    made = set_watches(officer, week, by=commander)
    assert len(made) == 5
    assert "and 4 times more until 5 Jun 18:00" in Notification.objects.get(member=officer).sentence
    with pytest.raises(Invalid, match="already"):
        set_watches(officer, [(NOW + timedelta(days=9), NOW + timedelta(days=9, hours=1)), week[0]], by=commander)
    assert Watch.objects.count() == 5
    with pytest.raises(Invalid, match="between one watch and"):
        set_watches(officer, week * 30, by=commander)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_the_same_at_once_one_is_told_of_the_other(commander: Member, officer: Member) -> None:
    begun, outcomes = Barrier(2), []

    def setting() -> None:
        begun.wait()
        try:
            outcomes.append(set_watch(officer, NOW + HOUR, NOW + 2 * HOUR, by=commander))
        except Invalid as error:
            outcomes.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=setting) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Watch.objects.count() == 1
    assert sum("already" in str(outcome) for outcome in outcomes) == 1


def test_where_only_the_constraint_sees_the_other_it_is_said_as_kindly(
    commander: Member, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_watch(officer, NOW + HOUR, NOW + 2 * HOUR, by=commander)
    found = Watch.objects.standing
    answers = iter([Watch.objects.none(), found()])
    monkeypatch.setattr(type(Watch.objects.all()), "standing", lambda self: next(answers))
    monkeypatch.setattr(type(Watch.objects), "standing", lambda self: next(answers))
    with pytest.raises(Invalid, match="is on watch from 1 Jun 11:00"):
        set_watch(officer, NOW + HOUR, NOW + 2 * HOUR, by=commander)


# --- taking off ---


def test_a_watch_is_taken_off_by_whoever_decides_the_roster_and_its_member_told(
    commander: Member, supervisor: Member, officer: Member
) -> None:
    watch = set_watch(officer, NOW, NOW + 8 * HOUR, by=commander)
    with pytest.raises(Refused):
        take_off(watch, by=supervisor)
    take_off(watch, by=commander)
    assert watch.withdrawn_by == commander
    assert on_watch() == []
    said = Notification.objects.filter(member=officer).latest("pk").sentence
    assert said == "You are not on watch from 1 Jun 10:00 until 1 Jun 18:00: taken off by Ruth Keller."
    with pytest.raises(WrongState, match="Ruth Keller acted first"):
        take_off(Watch.objects.get(), by=commander)


def test_what_is_over_stays_as_it_was(commander: Member, officer: Member) -> None:
    watch = Watch.objects.create(member=officer, since=NOW - 9 * HOUR, until=NOW - HOUR, by=commander)
    with pytest.raises(Invalid, match="is over"):
        take_off(watch, by=commander)


def test_hours_kept_before_it_was_taken_off_are_not_lost(commander: Member, officer: Member) -> None:
    watch = set_watch(officer, NOW, NOW + 8 * HOUR, by=commander)
    with time_machine.travel(NOW + 3 * HOUR, tick=False):
        take_off(watch, by=commander)
    assert gaps(NOW, NOW + 8 * HOUR) == [(NOW + 3 * HOUR, NOW + 8 * HOUR)]
    assert Watch.objects.get().ends == NOW + 3 * HOUR


# --- who watches, and when nobody does ---


def test_on_watch_is_who_serves_and_whose_hours_these_are(
    commander: Member, officer: Member, other_officer: Member
) -> None:
    set_watch(officer, NOW, NOW + 2 * HOUR, by=commander)
    set_watch(other_officer, NOW + HOUR, NOW + 3 * HOUR, by=commander)
    at = [[one.member.name for one in on_watch(NOW + n * HOUR)] for n in range(4)]
    assert at == [["Daniel Diaz"], ["Daniel Diaz", "Chidi Okafor"], ["Chidi Okafor"], []]
    Member.objects.filter(pk=officer.pk).update(is_active=False, state="left")
    assert on_watch(NOW) == []


def test_gaps_are_the_hours_between_and_around(commander: Member, officer: Member, other_officer: Member) -> None:
    assert gaps(NOW, NOW + HOUR) == [(NOW, NOW + HOUR)]
    set_watch(officer, NOW + HOUR, NOW + 3 * HOUR, by=commander)
    set_watch(other_officer, NOW + 2 * HOUR, NOW + 4 * HOUR, by=commander)
    set_watch(officer, NOW + 5 * HOUR, NOW + 9 * HOUR, by=commander)
    assert gaps(NOW, NOW + 8 * HOUR) == [(NOW, NOW + HOUR), (NOW + 4 * HOUR, NOW + 5 * HOUR)]
    assert gaps(NOW + HOUR, NOW + 4 * HOUR) == []
    assert gaps(NOW, NOW) == []


def test_hours_to_come_of_somebody_who_has_left_are_a_gap_and_past_ones_are_not(
    commander: Member, officer: Member
) -> None:
    Watch.objects.create(member=officer, since=NOW - 2 * HOUR, until=NOW - HOUR, by=commander)
    Watch.objects.create(member=officer, since=NOW + HOUR, until=NOW + 2 * HOUR, by=commander)
    Member.objects.filter(pk=officer.pk).update(is_active=False, state="left")
    assert gaps(NOW - 2 * HOUR, NOW + 2 * HOUR) == [(NOW - HOUR, NOW + 2 * HOUR)]


# --- who is called ---


def test_first_those_on_watch_then_their_superiors_then_whoever_holds_the_power(
    cast: list[Member], make_member: Callable[..., Member]
) -> None:
    commander, commanding_officer, _, officer, *_ = cast
    make_member("supervisor", name="Beth Abel", reports_to=commanding_officer)
    assert names() == ["Amara Cole", "Beth Abel", "Grace Nakamura", "Ruth Keller"]
    set_watch(officer, NOW, NOW + HOUR, by=commander)
    assert names() == ["Amara Cole", "Grace Nakamura", "Ruth Keller", "Beth Abel"], "an officer decides on no threat"
    set_watch(commanding_officer, NOW, NOW + HOUR, by=commander)
    assert names() == ["Grace Nakamura", "Amara Cole", "Ruth Keller", "Beth Abel"]
    assert names(at=NOW + HOUR) == ["Amara Cole", "Beth Abel", "Grace Nakamura", "Ruth Keller"]
    assert call_list(Power.DECIDE_THREATS)[0].why == "on watch until 1 Jun 11:00"


def test_of_those_on_watch_the_nearest_to_the_work_is_called_first(cast: list[Member]) -> None:
    commander, commanding_officer, supervisor, *_ = cast
    for member in (commander, commanding_officer, supervisor):
        set_watch(member, NOW, NOW + HOUR, by=commander)
    assert names() == ["Amara Cole", "Grace Nakamura", "Ruth Keller"]


def test_a_designee_is_called_for_the_power_that_he_holds(
    cast: list[Member], hand_over: Callable[..., Designation]
) -> None:
    commander, _, _, officer, other_officer, _ = cast
    hand_over(commander, officer, Power.APPROVE_CONTENT)
    set_watch(officer, NOW, NOW + HOUR, by=commander)
    set_watch(other_officer, NOW, NOW + HOUR, by=commander)
    assert names(Power.APPROVE_CONTENT) == ["Daniel Diaz", "Ruth Keller"]


def test_nobody_is_called_twice_and_whoever_left_not_at_all(cast: list[Member], transferred: Member) -> None:
    commander = cast[0]
    for member in cast:
        set_watch(member, NOW, NOW + HOUR, by=commander)
    for power in Power:
        called = [one.member.pk for one in call_list(power)]
        assert len(called) == len(set(called))
        assert transferred.pk not in called


@pytest.mark.parametrize("power", list(Power))
def test_while_a_commander_serves_somebody_is_called(commander: Member, power: Power) -> None:
    assert names(power)[-1:] == ["Ruth Keller"]


# --- clocks that change ---


def test_a_night_without_its_second_hour_is_said_to(commander: Member) -> None:
    with pytest.raises(Invalid, match=r"There is no 02:30 on 14 Mar: the clocks go forward") as refused:
        roster.moment_at(date(2027, 3, 14), time(2, 30))
    assert refused.value.field == "since"


def test_an_hour_that_a_night_has_twice_begins_the_first_time_and_ends_the_second() -> None:
    begins = roster.moment_at(date(2026, 11, 1), time(1, 30))
    ends = roster.moment_at(date(2026, 11, 1), time(1, 30), ends=True)
    assert ends - begins == HOUR


def test_a_day_of_25_hours_is_one_watch_of_24_hours_by_the_clock(commander: Member, officer: Member) -> None:
    since, until = (roster.moment_at(date(2026, 11, day), time(0)) for day in (1, 2))
    watch = set_watch(officer, since, until, by=commander)
    assert watch.until - watch.since == 25 * HOUR


# --- the home page ---


def test_home_says_when_ones_watch_is(commander: Member, officer: Member) -> None:
    assert roster.my_watch(officer).count == 0
    set_watch(officer, NOW + HOUR, NOW + 2 * HOUR, by=commander)
    line = roster.my_watch(officer)
    assert (line.word, line.count, line.says) == ("Your next watch", 1, "From 1 Jun 11:00 until 1 Jun 12:00.")
    with time_machine.travel(NOW + HOUR, tick=False):
        assert roster.my_watch(officer).word == "You are on watch"


def test_home_tells_whoever_decides_the_roster_of_hours_without_a_watch(commander: Member, officer: Member) -> None:
    line = roster.gaps_ahead(commander)
    assert (line.count, line.tone) == (1, "bad")
    assert line.says == "Now, until 8 Jun 10:00: nobody is on watch."
    Watch.objects.create(member=officer, since=NOW, until=NOW + timedelta(days=7), by=commander)
    assert roster.gaps_ahead(commander).count == 0
    assert timezone.now() == NOW
