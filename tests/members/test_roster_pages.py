"""The roster's pages: now, the week with its gaps, setting and taking off; days of 23 and 25 hours (Tab D)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from members import roster
from members.days import midnight
from members.models import Member, Watch
from members.roster import set_watch, uncovered
from members.roster_week import monday_of, week_of

Browser = Callable[[Member], Client]

pytestmark = pytest.mark.sop("D.1")

NOW = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)  # a Monday, 10:00 in the agency's zone
HOUR = timedelta(hours=1)
QUARTERS = {23: 92, 24: 96, 25: 100}


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def typed(member: Member, /, **other: Any) -> dict[str, Any]:
    return {"member": member.pk, "day": "2026-06-02", "since": "14:00", "until": "22:00", "weeks": "1"} | other


def page_of(client: Client, **asked: str) -> str:
    answer = client.get(reverse("roster"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_everybody_reads_who_watches_and_who_is_called(
    browser_of: Browser, commander: Member, officer: Member, supervisor: Member, auditor: Member
) -> None:
    assert "Nobody is on watch." in page_of(browser_of(officer))
    Member.objects.filter(pk=supervisor.pk).update(phone="+1 305 555 0100")
    set_watch(officer, NOW, NOW + 8 * HOUR, by=commander)
    for member in (officer, auditor):
        page = page_of(browser_of(member))
        assert "Police Officer, until" in page
        assert 'href="tel:+1 305 555 0100"' in page
        assert "superior of Daniel Diaz, who is on watch" in page
        assert "Add a watch" not in page
    assert "Add a watch" in page_of(browser_of(commander))


@pytest.mark.django_db
def test_gaps_are_shown_and_lead_whoever_decides_to_the_form_filled_in(
    browser_of: Browser, commander: Member, officer: Member
) -> None:
    set_watch(officer, NOW, NOW + 8 * HOUR, by=commander)
    assert "<b>18:00–24:00</b> nobody" in page_of(browser_of(officer))
    page = page_of(browser_of(commander))
    link = reverse("set_watch") + "?since=2026-06-01T22%3A00%3A00%2B00%3A00"
    assert link in page
    form = browser_of(commander).get(f"{link}&until=2026-06-02T04%3A00%3A00%2B00%3A00").content.decode()
    assert 'value="2026-06-01"' in form
    assert 'value="18:00"' in form
    assert 'value="00:00"' in form


@pytest.mark.django_db
def test_a_watch_is_set_over_night_and_seen_on_both_days(
    browser_of: Browser, commander: Member, officer: Member
) -> None:
    client = browser_of(commander)
    answer = client.post(reverse("set_watch"), typed(officer, since="22:00", until="06:00"), follow=True)
    assert answer.redirect_chain == [("/roster/?week=2026-06-01", 302)]
    assert "Daniel Diaz is on the roster and has been told." in answer.content.decode()
    watch = Watch.objects.get()
    assert (watch.since, watch.until) == (NOW + 36 * HOUR, NOW + 44 * HOUR)
    days = week_of(date(2026, 6, 1)).days
    assert [len(day.watches) for day in days] == [0, 1, 1, 0, 0, 0, 0]


@pytest.mark.django_db
def test_it_is_repeated_on_the_days_that_are_marked(browser_of: Browser, commander: Member, officer: Member) -> None:
    client = browser_of(commander)
    client.post(reverse("set_watch"), typed(officer, weekdays=["0", "2", "4"], weeks="2"))
    days = [timezone.localtime(watch.since).date() for watch in Watch.objects.order_by("since")]
    assert [f"{day:%a %d}" for day in days] == ["Wed 03", "Fri 05", "Mon 08", "Wed 10", "Fri 12", "Mon 15"]
    answer = client.post(reverse("set_watch"), typed(officer, day="2026-06-01", weekdays=["1", "2"], weeks="1"))
    assert answer.status_code == 422
    assert "already: take that off first" in answer.content.decode()
    assert Watch.objects.count() == 6, "none where one is refused"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"member": ""}, "Choose who is on watch."),
        ({"member": "999999"}, "Select a valid choice"),
        ({"day": "2026-05-30"}, "has gone by"),
        ({"day": "rubbish"}, "Enter a valid date"),
        ({"since": "25:00"}, "Enter a valid time"),
        ({"weeks": "99", "weekdays": ["1"]}, "less than or equal to 24"),
        ({"weekdays": ["8"]}, "Select a valid choice"),
        ({"day": "2027-03-14", "since": "02:30", "until": "06:00"}, "There is no 02:30 on 14 Mar"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_stays_typed(
    browser_of: Browser, commander: Member, officer: Member, other: dict[str, Any], says: str
) -> None:
    answer = browser_of(commander).post(reverse("set_watch"), typed(officer, **other))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert 'value="22:00"' in page or "until" in other
    assert not Watch.objects.exists()


@pytest.mark.django_db
def test_nobody_else_sets_or_takes_off(
    browser_of: Browser, commander: Member, supervisor: Member, officer: Member
) -> None:
    watch = set_watch(officer, NOW, NOW + HOUR, by=commander)
    client = browser_of(supervisor)
    assert client.get(reverse("set_watch")).status_code == 403
    assert client.post(reverse("set_watch"), typed(officer)).status_code == 403
    assert "Take off the roster" not in client.get(reverse("watch", args=[watch.pk])).content.decode()
    answer = client.post(reverse("take_off", args=[watch.pk]))
    assert answer.status_code == 403
    assert "Now: Ruth Keller" in answer.content.decode()


@pytest.mark.django_db
def test_a_watch_is_taken_off_on_its_page(browser_of: Browser, commander: Member, officer: Member) -> None:
    watch = set_watch(officer, NOW, NOW + HOUR, by=commander)
    client = browser_of(commander)
    assert "Take off the roster" in client.get(reverse("watch", args=[watch.pk])).content.decode()
    answer = client.post(reverse("take_off", args=[watch.pk]), follow=True)
    assert "was taken off the roster and has been told" in answer.content.decode()
    again = client.post(reverse("take_off", args=[watch.pk]))
    assert again.status_code == 409
    assert "taken off" in client.get(reverse("watch", args=[watch.pk])).content.decode()
    assert client.get(reverse("watch", args=[watch.pk + 1])).status_code == 404


@pytest.mark.django_db
def test_one_that_is_over_is_not_taken_off(browser_of: Browser, commander: Member, officer: Member) -> None:
    watch = Watch.objects.create(member=officer, since=NOW - 2 * HOUR, until=NOW - HOUR, by=commander)
    answer = browser_of(commander).post(reverse("take_off", args=[watch.pk]))
    assert answer.status_code == 422
    assert "This watch is over" in answer.content.decode()


@pytest.mark.django_db
def test_the_week_comes_as_a_spreadsheet_with_its_gaps(browser_of: Browser, commander: Member, officer: Member) -> None:
    set_watch(officer, NOW, NOW + 8 * HOUR, by=commander)
    answer = browser_of(officer).get(reverse("roster"), {"format": "csv"})
    content: Any = answer.getvalue() if hasattr(answer, "getvalue") else answer.content
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == "from,until,who,number,set by"
    assert lines[1].startswith("2026-06-01T00:00:00-04:00,2026-06-01T10:00:00-04:00,nobody")
    assert lines[2].startswith(f"2026-06-01T10:00:00-04:00,2026-06-01T18:00:00-04:00,Daniel Diaz,{officer.number},Ruth")
    assert len(lines) == 10


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "rubbish", "2026-02-30", "0001-01-01", "9999-12-31", "2026-06-03"])
def test_the_address_names_a_week_by_any_day_and_rubbish_is_this_week(
    browser_of: Browser, officer: Member, asked: str
) -> None:
    assert "Jun 1 – Jun 7, 2026" in page_of(browser_of(officer), week=asked)


def test_one_turns_from_week_to_week() -> None:
    assert monday_of("2026-11-01") == date(2026, 10, 26)
    assert monday_of("") == date(2026, 6, 1)


# --- clocks that change ---


@pytest.mark.django_db
@pytest.mark.parametrize(("monday", "hours"), [("2027-03-08", 23), ("2026-10-26", 25), ("2026-06-01", 24)])
def test_a_day_is_as_long_as_it_is(
    browser_of: Browser, commander: Member, officer: Member, monday: str, hours: int
) -> None:
    week = week_of(date.fromisoformat(monday))
    sunday = week.days[6]
    assert sunday.hours == hours
    assert [sum(cell.width for cell in lane) for lane in sunday.lanes] == [QUARTERS[hours]]
    assert sum(width for width, _ in sunday.marks) == QUARTERS[hours]
    assert sunday.gaps[0].until - sunday.gaps[0].since == hours * HOUR
    page = page_of(browser_of(officer), week=monday)
    assert (f"{hours} hours: the clocks change" in page) == (hours != 24)


MOMENTS = st.integers(0, 8 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(
    st.sampled_from([date(2027, 3, 8), date(2026, 10, 26), date(2026, 6, 1)]),
    st.lists(st.tuples(MOMENTS, st.integers(1, 25 * 60)), max_size=12),
)
@settings(deadline=None, max_examples=150)
def test_every_minute_is_watched_or_a_gap_and_never_both(monday: date, chosen: list[tuple[timedelta, int]]) -> None:
    begin, end = midnight(monday).astimezone(UTC), midnight(monday + timedelta(days=7)).astimezone(UTC)
    spans = [(begin + after, begin + after + timedelta(minutes=length)) for after, length in chosen]
    open_spans = uncovered(spans, begin, end)
    assert all(begin <= a < b <= end for a, b in open_spans)
    assert all(b < c for (_, b), (c, _) in pairwise(open_spans))
    minute = begin
    while minute < end:
        watched = any(a <= minute < b for a, b in spans)
        assert watched != any(a <= minute < b for a, b in open_spans)
        minute += timedelta(minutes=7)
    local = [(timezone.localtime(a), timezone.localtime(b)) for a, b in spans]
    assert uncovered(local, timezone.localtime(begin), timezone.localtime(end)) == open_spans, "in whatever zone"


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.times().map(lambda at: at.replace(second=0, microsecond=0)))
@settings(deadline=None)
def test_a_moment_is_what_the_clock_on_the_wall_shows_or_there_is_none(day: date, hour: time) -> None:
    try:
        begins, ends = (roster.moment_at(day, hour, ends=last) for last in (False, True))
    except roster.Invalid:
        assert day.month == 3
        assert hour.hour == 2
        return
    assert timezone.localtime(begins).replace(tzinfo=None, fold=0) == datetime.combine(day, hour)
    assert timezone.localtime(ends).replace(tzinfo=None, fold=0) == datetime.combine(day, hour)
    assert ends - begins == (
        HOUR if day.month == 11 and day.weekday() == 6 and day.day <= 7 and hour.hour == 1 else 0 * HOUR
    )


@pytest.mark.django_db
def test_lanes_hold_every_watch_of_the_day(commander: Member, cast: list[Member]) -> None:
    for n, member in enumerate(cast):
        set_watch(member, NOW + n * HOUR + timedelta(minutes=7), NOW + (n + 3) * HOUR, by=commander)
    day = week_of(date(2026, 6, 1)).days[0]
    drawn = [cell.watch.pk for lane in day.lanes for cell in lane if cell.watch]
    assert sorted(drawn) == sorted(watch.pk for watch in day.watches)
    assert {sum(cell.width for cell in lane) for lane in day.lanes} == {96}
    assert len(day.lanes) == 4, "three side by side, and the gaps"
