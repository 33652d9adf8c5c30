"""What the unit shows of webhooks, and what it notices when they do not come (C.11)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import subscribing
from accounts.models import Account, WebhookSubscription
from accounts.platforms.contract import NotPossible, PlatformError, Subscription
from members.models import LogEntry, Member, TrailEntry
from moderation import webhooks
from moderation.models import WebhookDelivery, WebhookWork
from moderation.polling import _Poll
from tests.moderation.deliveries import change, deliver, page_body, send
from tests.moderation.pages import a_page, an_item

pytestmark = [pytest.mark.django_db, pytest.mark.sop("1.1", "C.11")]

Browser = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.live.delivered", lambda: None)


@pytest.fixture
def given_up(facebook: Account) -> WebhookDelivery:
    send("facebook", page_body(change(text="A secret wish")))
    WebhookWork.objects.update(state="failed", trouble="Taking this in failed inside this program (KeyError).")
    return WebhookDelivery.objects.get()


# --- the pages --------------------------------------------------------------------------------------------------------


def test_the_page_counts_what_came_by_kind_and_what_became_of_it(
    facebook: Account, officer: Member, browser_of: Browser
) -> None:
    strange = page_body({"item": "hologram", "verb": "projected", "post_id": "9000_1"})
    deliver("facebook", page_body(change(), change(comment="555_2")), strange, page_body(change(), account="4711"))
    shown = browser_of(officer).get("/accounts/webhooks/").content.decode()
    for words in ("feed comment add", "taken in", "feed hologram projected", "not understood", "4711", "not ours"):
        assert words in shown


def test_what_was_given_up_is_looked_at_by_who_settles_what_was_set_aside(
    given_up: WebhookDelivery, supervisor: Member, officer: Member, browser_of: Browser
) -> None:
    path = f"/accounts/webhooks/{given_up.pk}/"
    shown = browser_of(supervisor).get(path)
    assert "A secret wish" in shown.content.decode()
    assert browser_of(supervisor).get(f"{path}bytes/").content == given_up.raw
    assert LogEntry.objects.filter(subject_id=str(given_up.pk)).count() == 2
    assert browser_of(officer).get(path).status_code == 403
    listed = browser_of(officer).get("/accounts/webhooks/").content.decode()
    assert "Taking this in failed" in listed
    assert path not in listed


def test_what_was_given_up_is_taken_in_anew_once(
    given_up: WebhookDelivery, facebook: Account, supervisor: Member, officer: Member, browser_of: Browser
) -> None:
    path = f"/accounts/webhooks/{given_up.pk}/again/"
    assert browser_of(officer).post(path).status_code == 403
    assert browser_of(supervisor).post(path).status_code == 302
    assert TrailEntry.objects.filter(verb="take_in_anew", by=supervisor).count() == 1
    assert webhooks.process_due() == 1
    assert facebook.comments.count() == 1
    assert browser_of(supervisor).post(path).status_code == 409


def test_the_page_of_an_account_says_how_its_subscription_stands(
    facebook: Account, officer: Member, browser_of: Browser
) -> None:
    page = f"/accounts/{facebook.pk}/"
    assert "not subscribed" in browser_of(officer).get(page).content.decode()
    row = WebhookSubscription.objects.create(account=facebook, active=True, active_since=timezone.now())
    assert "What happens is told at once" in browser_of(officer).get(page).content.decode()
    WebhookSubscription.objects.filter(pk=row.pk).update(missed_in_a_row=3, missed=3)
    assert "says that it tells us, but polling found 3" in browser_of(officer).get(page).content.decode()


# --- what a webhook missed --------------------------------------------------------------------------------------------


def poll_brings(account: Account, *items: Any) -> None:
    """What a poll does with a page."""
    from accounts.models import PollState

    _Poll(PollState.objects.get(account=account), timezone.now())._take(a_page(*items))


def test_what_only_a_poll_brought_long_after_counts_as_missed(facebook: Account) -> None:
    now = timezone.now()
    row = WebhookSubscription.objects.create(account=facebook, active=True, active_since=now - timedelta(minutes=30))
    late = [an_item(f"c{n}", posted_at=now - timedelta(minutes=10)) for n in range(3)]
    fresh = an_item("fresh", posted_at=now - timedelta(minutes=1))
    before = an_item("before", posted_at=now - timedelta(minutes=40))
    ours = an_item("ours", posted_at=now - timedelta(minutes=10), ours=True)
    poll_brings(facebook, *late, fresh, before, ours)
    poll_brings(facebook, *late)  # again: nothing new
    row.refresh_from_db()
    assert (row.missed, row.missed_in_a_row, row.silent) == (3, 3, True)


def test_what_a_webhook_told_first_is_not_missed(facebook: Account) -> None:
    now = timezone.now()
    WebhookSubscription.objects.create(account=facebook, active=True, active_since=now - timedelta(minutes=30))
    deliver("facebook", page_body(change(comment="555_1")))
    poll_brings(
        facebook, an_item("555_1", "Thank you.", post_remote_id="9000_555", posted_at=now - timedelta(minutes=9))
    )
    assert WebhookSubscription.objects.get().missed == 0


def test_nothing_is_missed_where_nobody_promised_to_tell(x: Account, facebook: Account) -> None:
    old = timezone.now() - timedelta(minutes=10)
    since = timezone.now() - timedelta(minutes=30)
    WebhookSubscription.objects.create(account=facebook, active=False, active_since=since)
    WebhookSubscription.objects.create(account=x, active=True, active_since=since)
    poll_brings(facebook, an_item("c1", posted_at=old))
    poll_brings(x, an_item("c2", posted_at=old, kind="reply", parent_remote_id="9"))  # X tells of direct answers only
    assert not WebhookSubscription.objects.exclude(missed=0).exists()


# --- keeping subscribed -----------------------------------------------------------------------------------------------


class Teller:
    """A client that answers as told, and notes what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asked = list(answers), []  # type: ignore[var-annotated]

    def _answer(self, name: str) -> Subscription:
        self.asked.append(name)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def subscription(self) -> Subscription:
        return self._answer("subscription")

    def subscribe(self, callback_url: str) -> Subscription:
        return self._answer(f"subscribe {callback_url}")


@pytest.fixture
def checked(facebook: Account, monkeypatch: pytest.MonkeyPatch) -> Callable[..., WebhookSubscription]:
    def check(teller: Teller, **fields: Any) -> WebhookSubscription:
        monkeypatch.setattr("accounts.models.Account.client", lambda self, **_: teller)
        WebhookSubscription.objects.update_or_create(account=facebook, defaults=fields)
        subscribing.check(facebook.pk)
        return WebhookSubscription.objects.get()

    return check


STANDS = Subscription(active=True, fields=("feed",), remote_id="5")
NONE = Subscription(active=False, says="Nobody is told.")


def test_an_account_that_is_not_subscribed_is(facebook: Account, checked: Callable[..., WebhookSubscription]) -> None:
    teller = Teller(NONE, STANDS)
    row = checked(teller)
    assert teller.asked == ["subscription", f"subscribe {subscribing.callback_of(facebook)}"]
    assert (row.active, row.fields, row.remote_id, row.active_since is not None) == (True, ["feed"], "5", True)
    assert TrailEntry.objects.filter(verb="subscribe", subject_id=str(facebook.pk)).count() == 1


def test_one_that_stands_is_left_alone(facebook: Account, checked: Callable[..., WebhookSubscription]) -> None:
    teller = Teller(STANDS)
    row = checked(teller, active=True, callback=subscribing.callback_of(facebook))
    assert teller.asked == ["subscription"]
    assert row.next_at > timezone.now() + timedelta(minutes=50)


@pytest.mark.parametrize("fields", [{"missed_in_a_row": 3}, {"callback": "https://where-the-unit-was.example/"}])
def test_one_that_is_silent_or_leads_elsewhere_is_asked_for_again(
    facebook: Account, checked: Callable[..., WebhookSubscription], fields: dict[str, Any]
) -> None:
    teller = Teller(STANDS, STANDS)
    row = checked(teller, **({"active": True, "callback": subscribing.callback_of(facebook)} | fields))
    assert len(teller.asked) == 2
    assert (row.missed_in_a_row, row.callback) == (0, subscribing.callback_of(facebook))


def test_what_fails_is_tried_again_later_and_later(checked: Callable[..., WebhookSubscription]) -> None:
    row = checked(Teller(PlatformError("The callback did not answer.", code="2200")))
    assert (row.active, row.failures, row.says) == (False, 1, "The callback did not answer.")
    again = checked(Teller(PlatformError("The callback did not answer.")), failures=5)
    assert again.next_at - timezone.now() > timedelta(minutes=5)


def test_where_the_platform_tells_nobody_it_is_said(checked: Callable[..., WebhookSubscription]) -> None:
    row = checked(Teller(NotPossible("Our tier is told nothing.")), active=True)
    assert (row.active, row.sentence) == (False, "Our tier is told nothing.")


def test_youtube_and_unconnected_accounts_are_not_asked_for(accounts: dict[str, Account]) -> None:
    Account.objects.filter(pk=accounts["x"].pk).update(state="needs_reconnecting")
    due = subscribing.due()
    assert set(due) == {accounts["facebook"].pk, accounts["instagram"].pk}
