"""Coverage: by account and hour who was on watch, whether it was read, what came and waited (C.11, D.1)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models.tallies import Blindness, CallTally, hour_of
from members.models import Watch
from moderation.coverage import Cell, coverage
from tests.moderation.acts import grade

pytestmark = [pytest.mark.django_db, pytest.mark.sop("C.11", "D.1")]


def hour_before(account, grid):
    """The cell of the last hour that has ended."""
    now = timezone.now()
    cells = dict(grid.rows)[account]
    at = [number for number, hour in enumerate(grid.hours) if hour.begins + timedelta(hours=1) <= now][-1]
    return grid.hours[at], cells[at]


@pytest.fixture
def noon():
    local = timezone.localtime().replace(hour=12, minute=30, second=0, microsecond=0)
    with time_machine.travel(local, tick=False):
        yield local


def test_an_hour_that_was_read_and_watched_says_so(noon, facebook, officer, commander):
    Watch.objects.create(member=officer, since=noon - timedelta(hours=5), until=noon + timedelta(hours=2), by=commander)
    CallTally.objects.create(
        account=facebook, hour=hour_of(timezone.now() - timedelta(hours=1)), call="list_comments", calls=9, errors=1
    )
    hour, cell = hour_before(facebook, coverage([facebook], timezone.localdate()))
    assert (hour.watchers, hour.covered, cell.word, cell.calls) == ((officer.name,), True, "read", 8)


def test_a_gap_in_the_watch_and_a_blind_hour_stand_out(noon, facebook, officer, commander):
    Watch.objects.create(
        member=officer, since=noon - timedelta(minutes=60), until=noon + timedelta(hours=2), by=commander
    )
    Blindness.objects.create(account=facebook, since=noon - timedelta(hours=2), reason="Refused.")
    hour, cell = hour_before(facebook, coverage([facebook], timezone.localdate()))
    assert (hour.covered, cell.blind, cell.word) == (False, True, "not read")


@pytest.mark.parametrize(
    ("cell", "short", "says"),
    [
        (Cell(0, 0, 4, blind=False), "–", "read; 0 came, 0 waited"),
        (Cell(3, 2, 0, blind=False), "3 / 2", "no reading counted; 3 came, 2 waited"),
        (Cell(0, 2, 4, blind=True), "0 / 2", "not read; 0 came, 2 waited"),
        (Cell(0, None, 0, blind=False), "–", "to come"),
        (Cell(5, None, 1, blind=False), "5", "5 came so far"),
    ],
)
def test_a_cell_is_short_to_the_eye_and_says_it_all_to_who_asks(cell, short, says):
    assert (cell.short, cell.says) == (short, says)


def test_what_waited_at_an_hours_end_is_reckoned_back(noon, facebook, officer, make_comment):
    first, _second = make_comment("One"), make_comment("Two")
    grade(first, 2, officer)
    grid = coverage([facebook], timezone.localdate())
    _, cell = hour_before(facebook, grid)
    # Both came in the hour that runs, and one left it: in the hour before, nothing waited.
    assert (cell.came, cell.waiting) == (0, 0)


def test_a_night_on_which_the_clocks_change_has_its_own_number_of_hours(facebook):
    assert len(coverage([facebook], date(2026, 11, 1)).hours) == 25
    assert len(coverage([facebook], date(2027, 3, 14)).hours) == 23


def test_the_page_and_the_file_answer_and_a_day_out_of_reach_is_today(browser_of, officer, facebook):
    browser = browser_of(officer)
    for query in ("", "?day=2020-01-01", "?day=nonsense", "?day=9999-12-31"):
        assert browser.get(reverse("coverage") + query).status_code == 200
    assert browser.get(reverse("coverage_csv")).status_code == 200
