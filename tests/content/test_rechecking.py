"""What held when it was approved is asked once more before it is sent: each failure a row that somebody sees."""

from __future__ import annotations

import pytest

from accounts.kinds import read_order
from accounts.orders import carry_out
from accounts.platforms.capabilities import Capability, Way
from content import rechecking
from content.models import PublicationOrder
from tests.content.acts import approve, submitted
from tests.pretended import Pretended

pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.0", "C.8")]


@pytest.fixture
def there(no_hints):
    pretended = Pretended()
    with pretended.in_place():
        yield pretended


@pytest.fixture
def order(officer, specialist, commander, facebook, there):
    (made,) = approve(submitted(facebook, by=officer, reviewer=specialist), by=commander)
    return made


def run(order):
    carry_out(read_order("content.PublicationOrder", order.pk))
    found = PublicationOrder.objects.get(pk=order.pk)
    return found.state, found.outcome_code, found.sent


def test_a_hashtag_that_is_not_approved_any_more_stops_it(order, there, monkeypatch):
    monkeypatch.setattr(rechecking.hashtags, "problems", lambda text, on: ["#Coffee was ended: it is used no more."])
    assert run(order) == ("failed", "hashtag", False)
    assert there.calls == []


def test_what_the_platform_takes_by_now_is_asked(order, there, monkeypatch):
    shorter = Capability(Way.API, limit=5)
    monkeypatch.setattr(PublicationOrder, "cell", property(lambda self: shorter))
    assert run(order) == ("failed", "too-long", False)


def test_it_goes_out_where_everything_still_holds(order, there):
    assert run(order) == ("done", "", True)
