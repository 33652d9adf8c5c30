"""What a period brought and what became of it; response clocks by office hours; the sheet to be signed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Account
from moderation.activity import activity
from moderation.clocks import clock_of, is_open, office_seconds
from tests.moderation.acts import grade, work

ZONE = ZoneInfo("America/New_York")


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[arg-type, misc]


# --- clocks


@pytest.mark.sop("D.1")
@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        (local(2026, 11, 16, 10), local(2026, 11, 16, 12), 2),
        (local(2026, 11, 20, 16), local(2026, 11, 23, 10), 2),  # Friday afternoon to Monday morning
        (local(2026, 11, 21, 1), local(2026, 11, 22, 23), 0),  # a weekend
        (local(2026, 11, 16, 3), local(2026, 11, 16, 23), 8),
        (local(2026, 10, 30, 16), local(2026, 11, 2, 10), 2),  # over the night on which the clocks go back
        (local(2026, 11, 16, 12), local(2026, 11, 16, 10), 0),
    ],
)
def test_office_hours_are_counted_by_the_clock_on_the_wall(since, until, hours):
    assert office_seconds(since.astimezone(UTC), until.astimezone(UTC), ZONE) == hours * 3600


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(MOMENTS, MOMENTS, MOMENTS)
def test_office_hours_add_up_and_never_exceed_the_time_that_passed(first, second, third):
    first, second, third = sorted((first, second, third))
    whole = office_seconds(first, third, ZONE)
    parts = office_seconds(first, second, ZONE) + office_seconds(second, third, ZONE)
    # An hour of an autumn night is counted twice by the clocks, outside office hours.
    assert abs(whole - parts) < 2
    assert 0 <= whole <= (third - first).total_seconds() + 2


def test_the_office_is_open_from_monday_to_friday_nine_to_five():
    assert is_open(local(2026, 11, 16, 9), ZONE)
    assert not is_open(local(2026, 11, 16, 17), ZONE)
    assert not is_open(local(2026, 11, 21, 12), ZONE)


def test_a_clock_tells_the_half_and_all_but_one_in_twenty():
    came = local(2026, 11, 16, 10)
    found = clock_of([(came, came + timedelta(minutes=number)) for number in range(1, 101)], ZONE)
    assert (found.count, found.half, found.most) == (100, 51 * 60, 96 * 60)
    assert clock_of([], ZONE).half is None


# --- figures


@pytest.fixture
def day(make_comment, officer, platform):
    """One of each: thanked, left standing, hidden, gone before it was answered, waiting."""
    thanked, left, hidden = make_comment("Thanks"), make_comment("You all lie"), make_comment("You animals")
    make_comment("Still here?")
    grade(thanked, 1, officer, reply="Thank you!")
    grade(left, 6, officer)
    grade(hidden, 7, officer)
    for comment in (thanked, left, hidden):
        comment.orders.update(not_before=timezone.now())
        work(comment)
    return timezone.now()


@pytest.mark.django_db
@pytest.mark.sop("C.6", "C.11", "4.L6")
def test_a_level_6_left_standing_is_addressed_and_what_waits_is_not(day):
    found = activity(list(Account.objects.all()), day - timedelta(hours=1), day + timedelta(hours=1))
    total = found.total
    assert (total.received, total.waiting, total.addressed, total.outstanding) == (4, 1, 3, 0)
    assert (total.answered, total.left_standing, total.hidden, found.waiting_now) == (1, 1, 1, 1)
    assert found.by_level[6].left_standing == 1
    assert sum(row.received for row in found.by_account.values()) == total.received
    assert sum(row.received for row in found.by_level.values()) == total.received


@pytest.mark.django_db
def test_a_period_counts_what_came_within_it(day):
    accounts = list(Account.objects.all())
    assert activity(accounts, day - timedelta(days=2), day - timedelta(days=1)).total.received == 0


@pytest.mark.django_db
@pytest.mark.sop("E.2")
@pytest.mark.parametrize("query", ["", "?since=2026-01-01&until=2026-02-01", "?since=nonsense", "?since=9999-12-31"])
def test_the_sheet_is_a_page_a_pdf_and_a_file(browser_of, commanding_officer, day, query):
    browser = browser_of(commanding_officer)
    assert browser.get(reverse("activity") + query).status_code == 200
    pdf = browser.get(reverse("activity_pdf") + query)
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert browser.get(reverse("activity_csv") + query).status_code == 200


@pytest.mark.django_db
def test_the_sheet_holds_no_word_of_the_publics(browser_of, commanding_officer, day):
    browser = browser_of(commanding_officer)
    text = browser.get(reverse("activity")).content.decode()
    assert "You animals" not in text
    assert "You all lie" not in text
