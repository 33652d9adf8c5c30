"""Health of the accounts (C.1): calls by the hour, what came in and how late, blindness told once, and one page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audience, blindness
from accounts.hours import hours_of
from accounts.models import (
    Account,
    AudienceCount,
    Blindness,
    CallTally,
    FailureTally,
    Gap,
    Newest,
    PlatformLimit,
    PollState,
)
from accounts.models.tallies import hour_of
from accounts.platforms.contract import Counts as Numbers
from accounts.platforms.contract import Gone, NotPossible, PlatformError, RateLimited
from accounts.platforms.counting import counting
from accounts.tallying import forget_old, tallied
from members.models import Notification, TrailEntry, Watch
from members.waiting import lines_for
from tests.standing import standing_account

pytestmark = pytest.mark.sop("C.1")


def reads(account: Any, **fields: Any) -> None:
    PollState.objects.filter(account=account).update(**fields)


@pytest.fixture
def read(accounts: Any) -> Any:
    """All accounts were read just now."""
    PollState.objects.update(last_ok_at=timezone.now(), next_at=timezone.now() + timedelta(minutes=1))
    return accounts


def terminate(account: Any) -> None:
    """As if every condition were met: how that is done has tests of its own."""
    with pgtrigger.ignore("accounts.Account:moves_by_decisions"):
        Account.objects.filter(pk=account.pk).update(state=Account.State.CLOSED)


def call(name: str, error: Exception | None = None, *, again: bool = False) -> None:
    try:
        with counting(name, again=again):
            if error is not None:
                raise error
    except PlatformError:
        pass


# --- counting ---


def test_calls_failures_and_repetitions_are_added_up_by_the_hour(facebook: Any, x: Any) -> None:
    for _ in range(2):
        with tallied(facebook):
            call("list_posts")
            call("list_posts", PlatformError("The platform answered 500.", code="500"))
            call("list_posts", again=True)
            call("hide")
    with tallied(x):
        call("list_posts")
    row = CallTally.objects.get(account=facebook, call="list_posts")
    assert (row.calls, row.errors, row.retries) == (6, 2, 2)
    assert row.hour == hour_of(timezone.now())
    assert CallTally.objects.get(account=facebook, call="hide").calls == 2
    assert CallTally.objects.get(account=x).calls == 1
    failure = FailureTally.objects.get()
    assert (failure.account, failure.kind, failure.code, failure.count) == (facebook, "PlatformError", "500", 2)
    assert failure.sentence == "The platform answered 500."


def test_a_thing_that_is_gone_is_an_answer_and_no_error(facebook: Any) -> None:
    with tallied(facebook):
        call("get_comment", Gone("It is not there any more."))
    assert (CallTally.objects.get().calls, CallTally.objects.get().errors) == (1, 0)
    assert not FailureTally.objects.exists()


def test_a_poll_writes_its_count_with_two_statements_at_most(facebook: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2), tallied(facebook):
        for number in range(200):
            call(f"call_{number % 5}", PlatformError("No.") if number % 2 else None)
    with django_assert_num_queries(0), tallied(facebook):
        pass


def test_what_was_counted_is_kept_when_the_work_breaks_off(facebook: Any) -> None:
    def breaks_off() -> None:
        with tallied(facebook):
            call("list_posts")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    assert CallTally.objects.get().calls == 1


def test_old_hours_are_forgotten_and_others_kept(facebook: Any, settings: Any) -> None:
    now = timezone.now()
    for days in (0, settings.TALLIES_KEPT_DAYS - 1, settings.TALLIES_KEPT_DAYS + 1):
        CallTally.objects.create(account=facebook, hour=now - timedelta(days=days), call="list_posts")
    assert forget_old() == 1
    assert CallTally.objects.count() == 2


# --- the last 24 hours ---


def test_what_came_in_by_the_hour_and_how_late_it_came(make_comment: Any, facebook: Any) -> None:
    now = timezone.now()
    for minutes in range(1, 21):
        make_comment(received_at=now, posted_at=now - timedelta(minutes=minutes))
    make_comment("Ours.", ours=True)
    make_comment("From long ago.", received_at=now, posted_at=now - timedelta(days=30))
    make_comment("Yesterday.", received_at=now - timedelta(hours=30), posted_at=now - timedelta(hours=30))
    found = hours_of([facebook])[facebook.pk]
    assert found.hours[-1].new == found.day.count == 21
    assert found.day.late_half == pytest.approx(10.5 * 60)
    assert found.day.late_most == pytest.approx(19.05 * 60)


def test_what_the_platform_showed_and_we_do_not_hold_is_lag(make_comment: Any, facebook: Any, x: Any) -> None:
    now = timezone.now()
    comment = make_comment(posted_at=now - timedelta(minutes=40))
    Newest.note(facebook, comment.posted_at, now)
    assert hours_of([facebook])[facebook.pk].lag == timedelta()
    Newest.note(facebook, now - timedelta(minutes=10), now)
    assert hours_of([facebook])[facebook.pk].lag == timedelta(minutes=30)
    Newest.note(facebook, now - timedelta(hours=9), now)
    assert Newest.objects.get().posted_at == now - timedelta(minutes=10), "an older page says nothing new"
    assert hours_of([x])[x.pk].lag is None, "nothing was shown: there is nothing to compare"


def test_blind_minutes_stand_in_the_hours_they_lie_in(facebook: Any) -> None:
    now = timezone.now()
    start = hour_of(now) - timedelta(hours=3)
    Blindness.objects.create(
        account=facebook, since=start + timedelta(minutes=50), until=start + timedelta(minutes=130)
    )
    found = hours_of([facebook], now)[facebook.pk]
    assert [hour.blind for hour in found.hours[-4:]] == [10, 60, 10, 0]
    assert found.blind_minutes == 80


# --- blindness ---


def told(member: Any) -> list[str]:
    return list(Notification.objects.filter(member=member).order_by("pk").values_list("sentence", flat=True))


def test_an_account_that_is_not_read_any_more_is_told_of_once_to_those_it_concerns(
    read: Any, commander: Any, officer: Any, other_officer: Any, facebook: Any
) -> None:
    now = timezone.now()
    Watch.objects.create(member=officer, since=now - timedelta(hours=1), until=now + timedelta(hours=1), by=commander)
    reads(facebook, last_ok_at=now - timedelta(minutes=14), trouble="Facebook answered 500.")
    assert blindness.look() == 0
    reads(facebook, last_ok_at=now - timedelta(minutes=16))
    assert blindness.look() == 1
    assert [blindness.look() for _ in range(3)] == [0, 0, 0]
    for member in (commander, officer):
        assert len(told(member)) == 1
        assert "Facebook baysidepd has not been read since" in told(member)[0]
        assert "Facebook answered 500." in told(member)[0]
    assert told(other_officer) == [], "neither on watch nor an administrator"
    reads(facebook, last_ok_at=timezone.now(), trouble="")
    assert blindness.look() == 1
    assert "is read again" in told(officer)[1]
    assert Blindness.objects.get().until is not None
    verbs = TrailEntry.objects.about(facebook).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["go_blind", "see_again"]


def test_a_rest_that_was_planned_is_no_blindness(read: Any, facebook: Any) -> None:
    now = timezone.now()
    reads(facebook, last_ok_at=now - timedelta(hours=1), next_at=now + timedelta(minutes=5))
    assert blindness.look() == 0
    reads(facebook, trouble="Reading pauses.")
    assert blindness.look() == 1


def test_a_dead_token_blinds_and_a_terminated_account_does_not(read: Any, facebook: Any, x: Any) -> None:
    now = timezone.now()
    for account in (facebook, x):
        reads(account, last_ok_at=now - timedelta(hours=1), next_at=now - timedelta(hours=1))
    facebook.lose_token()
    terminate(x)
    assert blindness.look() == 1
    assert Blindness.objects.get().account == facebook


def test_a_terminated_account_is_blind_no_more_and_nobody_is_told_that_it_sees(read: Any, facebook: Any) -> None:
    reads(facebook, last_ok_at=timezone.now() - timedelta(hours=1), trouble="Off.")
    blindness.look()
    before = Notification.objects.count()
    terminate(facebook)
    blindness.look()
    assert not Blindness.objects.standing().exists()
    assert Notification.objects.count() == before


def test_the_database_knows_one_blindness_at_a_time(facebook: Any) -> None:
    Blindness.objects.create(account=facebook, since=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Blindness.objects.create(account=facebook, since=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Blindness.objects.update(until=timezone.now() - timedelta(days=1))


def test_the_process_that_needs_no_broker_looks_too(read: Any, facebook: Any) -> None:
    from accounts.reconciling import Reconciler

    reads(facebook, last_ok_at=timezone.now() - timedelta(hours=1), trouble="Off.")
    watch = Reconciler(hint=lambda order: False)
    watch.watch()
    assert Blindness.objects.standing().count() == 1
    watch.close()


# --- followers and posts ---


class Says:
    """A client that answers, or raises, what it is told to."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Says:
        return self

    def counts(self) -> Any:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_the_audience_is_counted_once_a_day(accounts: Any, monkeypatch: Any) -> None:
    says = Says(Numbers(followers=1200, posts=80))
    monkeypatch.setattr("accounts.models.Account.client", says)
    assert (audience.count_all(), audience.count_all()) == (4, 0)
    assert says.asked == 4
    assert AudienceCount.objects.filter(followers=1200, posts=80).count() == 4


@pytest.mark.parametrize("answer", [NotPossible("Never."), PlatformError("No."), Numbers()])
def test_where_the_platform_does_not_tell_nothing_is_written(accounts: Any, monkeypatch: Any, answer: Any) -> None:
    monkeypatch.setattr("accounts.models.Account.client", Says(answer))
    assert audience.count_all() == 0
    assert not AudienceCount.objects.exists()


def test_a_pause_that_the_platform_asks_for_is_kept(x: Any, monkeypatch: Any) -> None:
    until = timezone.now() + timedelta(minutes=5)
    says = Says(RateLimited("Wait.", until=until, call="counts"))
    monkeypatch.setattr("accounts.models.Account.client", says)
    audience.count_all()
    asked = says.asked
    audience.count_all()
    assert PlatformLimit.objects.filter(call="counts", blocked_until=until).count() == asked == says.asked


def test_the_change_is_told_over_thirty_days(facebook: Any) -> None:
    today = timezone.localdate()
    for days, followers in ((45, 900), (30, 1000), (29, 1010), (0, 1200)):
        AudienceCount.objects.create(account=facebook, day=today - timedelta(days=days), followers=followers)
    found = audience.audience_of([facebook])[facebook.pk]
    assert (found.last.followers, found.followers_change, found.since) == (1200, 200, today - timedelta(days=30))
    assert found.posts_change is None


# --- the page ---


def test_one_page_shows_all_accounts_what_is_wrong_first(
    read: Any, browser_of: Any, specialist: Any, youtube: Any, make_comment: Any
) -> None:
    make_comment("Waits", platform="youtube")
    with tallied(youtube):
        call("list_comments", PlatformError("YouTube answered 500.", code="500"))
    reads(youtube, last_ok_at=timezone.now() - timedelta(hours=1), trouble="YouTube answered 500.")
    blindness.look()
    answer = browser_of(specialist).get(reverse("account_health"))
    shown = answer.content.decode()
    assert answer.context["shown"][0]["health"].account == youtube
    assert shown.count('<svg class="hours-chart"') == 4
    assert shown.count("By the hour") == 4, "each chart has its table"
    assert "comments may stand there unseen" in shown
    assert "YouTube answered 500." in shown


def test_the_ledger_of_units_is_shown_while_its_day_lasts(
    read: Any, browser_of: Any, specialist: Any, youtube: Any
) -> None:
    limit = PlatformLimit.objects.create(
        account=youtube, call="units", remaining=8_200, used=18, resets_at=timezone.now() + timedelta(hours=3)
    )
    browser = browser_of(specialist)
    assert "8200 left" in browser.get(reverse("account_health")).content.decode().replace(",", "")
    limit.resets_at = timezone.now() - timedelta(minutes=1)
    limit.save()
    assert "left <span" not in browser.get(reverse("account_health")).content.decode()


def test_the_page_asks_the_same_however_many_accounts_there_are(
    read: Any, browser_of: Any, specialist: Any, facebook: Any, django_assert_max_num_queries: Any
) -> None:
    browser = browser_of(specialist)
    browser.get(reverse("account_health"))
    for number in range(30):
        more = standing_account("x", f"more{number}", handle=f"district{number}", name=f"District {number}")
        PollState.objects.create(account=more, last_ok_at=timezone.now())
    with django_assert_max_num_queries(30):
        assert len(browser.get(reverse("account_health")).context["shown"]) == 34


def test_it_comes_as_a_spreadsheet(read: Any, browser_of: Any, specialist: Any) -> None:
    answer = browser_of(specialist).get(reverse("account_health"), {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 5
    assert lines[0].count(",") == lines[1].count(",")


def test_the_accounts_page_shows_its_day(read: Any, browser_of: Any, specialist: Any, facebook: Any) -> None:
    with tallied(facebook):
        call("list_posts")
    shown = browser_of(specialist).get(reverse("account", args=[facebook.pk])).content.decode()
    assert "The last 24 hours" in shown
    assert "list posts" in shown


def test_a_blind_account_stands_at_home(read: Any, specialist: Any, facebook: Any) -> None:
    reads(facebook, trouble="Facebook answered 500.")
    line = next(line for line in lines_for(specialist) if line.word == "Accounts to look at")
    assert line.count == 1


def test_a_gap_that_nobody_has_filled_is_named_and_led_to(
    read: Any, browser_of: Any, specialist: Any, facebook: Any
) -> None:
    now = timezone.now()
    Gap.objects.begin(facebook, since=now - timedelta(hours=2), why=Gap.Why.FAILING)
    browser = browser_of(specialist)
    assert reverse("gaps", args=[facebook.pk]) in browser.get(reverse("account_health")).content.decode()
    Gap.objects.fill(facebook, at=now)
    assert "Not read yet afterwards" not in browser.get(reverse("account_health")).content.decode()
