"""What held when it was approved is asked once more before it is sent: each failure a row that somebody sees."""

from __future__ import annotations

import pytest

from accounts.kinds import read_order
from accounts.orders import carry_out
from accounts.platforms.capabilities import Capability, Way
from content import listing, rechecking
from content.media import rules
from content.media.noting import Person, note_person
from content.models import PublicationOrder
from tests.content.acts import approve, ordered, showing, submitted
from tests.content.pictures import in_library, photo, saved
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


@pytest.mark.sop("2.C", "2.D")
def test_a_name_that_was_listed_since_stops_it(order, there, officer):
    listing.add("Coffee", "victim", by=officer)
    assert run(order) == ("failed", "name", False)
    assert there.calls == []


def with_a_photo(facebook, officer, commander, **more):
    shown = in_library(saved(photo()), "cup.jpg", officer)
    return shown, ordered(facebook, by=officer, commander=commander, pictures=showing(shown), **more)


@pytest.mark.sop("2.D")
def test_who_was_noted_since_and_is_not_blurred_stops_it(facebook, officer, commander, there):
    shown, order = with_a_photo(facebook, officer, commander)
    note_person(shown, Person("undercover", where="left", blurred=True), by=officer)
    assert run(order) == ("failed", "rules", False)
    assert there.calls == []


@pytest.mark.sop("2.D")
def test_what_the_rules_of_pictures_refuse_by_now_stops_it(facebook, officer, commander, there, monkeypatch):
    _, order = with_a_photo(facebook, officer, commander)
    monkeypatch.setattr(rules, "LONGEST_ALT", 3)
    assert run(order) == ("failed", "rules", False)


@pytest.mark.sop("2.G")
def test_a_file_that_was_not_made_of_the_library_is_not_sent(facebook, officer, commander, there, monkeypatch):
    _, order = with_a_photo(facebook, officer, commander)
    file = order.publication.files.get()
    file.rendering = None
    with pytest.raises(rechecking.NotAsApproved) as refusal:
        rechecking._require_rights(file)
    assert refusal.value.code == "unmarked"


def test_it_goes_out_where_everything_still_holds(order, there):
    assert run(order) == ("done", "", True)
