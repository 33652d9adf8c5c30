"""The end of a window: nothing goes out late, and somebody is told (ruling 11)."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from accounts.kinds import read_order
from accounts.orders import carry_out
from content import expiring, items, placing
from content.anew import begin as begin_anew
from content.manuscript import Place, Version
from content.models import Item, Placement, PublicationOrder
from content.models.orders import TIME_IS_OVER
from members.models import Notification
from members.states import Invalid, WrongState
from tests.content.acts import approve, move_window, orders_of, submitted
from tests.pretended import Pretended

pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.0", "2.H")]
LATER = timedelta(days=2)


@pytest.fixture
def there(no_hints):
    pretended = Pretended()
    with pretended.in_place():
        yield pretended


def over(item):
    move_window(item, LATER)


def anew(item):
    return Item.objects.select_related("submission", "revision").get(pk=item.pk)


def run(order):
    carry_out(read_order("content.PublicationOrder", order.pk))
    return PublicationOrder.objects.get(pk=order.pk)


def test_what_nobody_decided_in_time_expires_and_its_author_and_the_approvers_are_told(
    officer, specialist, commander, facebook
):
    item = submitted(facebook, by=officer, reviewer=specialist)
    expiring.look()
    assert anew(item).state == "approval"
    over(item)
    expiring.look()
    assert anew(item).state == "expired"
    assert {publication.state for publication in item.submission.publications.all()} == {"withdrawn"}
    told = Notification.objects.filter(path=item.get_absolute_url(), sentence__contains="its time is over")
    assert {one.member for one in told} >= {officer, commander}
    expiring.look()
    assert told.count() == told.values("member").distinct().count()


def test_what_was_not_sent_in_time_is_withdrawn_with_a_sentence_and_can_be_handed_in_anew(
    officer, specialist, commander, facebook, x, there
):
    item = submitted(facebook, x, by=officer, reviewer=specialist)
    orders = approve(item, by=commander)
    over(item)
    expiring.look()
    assert anew(item).state == "expired"
    assert {(order.state, order.outcome) for order in orders_of(item)} == {("withdrawn", TIME_IS_OVER)}
    assert [run(order).state for order in orders] == ["withdrawn", "withdrawn"]
    assert not there.posts
    found = anew(item)
    items.save(found, found.manuscript, by=officer, on=1)  # nothing changed: still expired
    assert anew(item).state == "expired"


def test_partly_out_it_is_published_and_the_rest_ends_with_a_sentence_that_somebody_sees(
    officer, specialist, commander, facebook, x, there
):
    item = submitted(facebook, x, by=officer, reviewer=specialist)
    first, second = approve(item, by=commander)
    assert run(first).state == "done"
    over(item)
    expiring.look()
    assert anew(item).state == "published"
    assert PublicationOrder.objects.get(pk=second.pk).outcome == TIME_IS_OVER
    assert Notification.objects.filter(member=officer, sentence__contains=f"not published on {second.account}").exists()
    assert [post.text for post in there.posts] == ["Coffee with a Cop."]


def test_a_worker_that_comes_late_sends_nothing_and_one_that_left_it_in_doubt_asks_first(
    officer, specialist, commander, facebook, x, there
):
    item = submitted(facebook, x, by=officer, reviewer=specialist)
    late, doubtful = approve(item, by=commander)
    there.faults = ["applied"]
    assert run(doubtful).state == "uncertain"
    over(item)
    assert (run(late).state, run(late).outcome) == ("withdrawn", TIME_IS_OVER)
    PublicationOrder.objects.filter(pk=doubtful.pk).update(not_before=timezone.now())
    assert run(doubtful).state == "done"  # it had taken effect in its time
    assert len(there.posts) == 1
    assert anew(item).state == "published"


def test_an_approval_that_comes_late_is_refused(officer, specialist, commander, facebook):
    item = submitted(facebook, by=officer, reviewer=specialist)
    over(item)
    with pytest.raises(Invalid, match="time is over"):
        approve(anew(item), by=commander)
    expiring.look()
    with pytest.raises(WrongState):
        approve(anew(item), by=commander)
    assert not PublicationOrder.objects.exists()


def test_a_clock_that_jumps_ends_nothing_and_sends_nothing_early(officer, specialist, commander, facebook, there):
    tomorrow = timezone.now() + timedelta(days=1)
    item = submitted(
        facebook, by=officer, reviewer=specialist, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=1)
    )
    (order,) = approve(item, by=commander)
    with mock.patch("django.utils.timezone.now", return_value=tomorrow + timedelta(hours=2)):
        expiring.look()
    assert anew(item).state == "scheduled"
    with mock.patch("django.utils.timezone.now", return_value=tomorrow + timedelta(minutes=1)):
        assert run(order).outcome_code == "clock"  # the database's clock disagrees
    PublicationOrder.objects.filter(pk=order.pk).update(not_before=timezone.now() - timedelta(days=3))
    assert run(order).outcome_code == "early"
    assert (anew(item).state, PublicationOrder.objects.get(pk=order.pk).sent, there.posts) == ("scheduled", False, [])


@pytest.mark.sop("2.A")
def test_what_waits_for_a_hand_is_left_to_it_and_confirmed_or_taken_back(
    officer, specialist, commander, facebook, there
):
    places = (Place("Bayside Library", text="Come for coffee."), Place("Chamber of Commerce"))
    item = submitted(facebook, by=officer, reviewer=specialist, places=places)
    approve(item, by=commander)
    over(item)
    expiring.look()
    assert anew(item).state == "scheduled"
    one, other = Placement.objects.filter(item=item).order_by("pk")
    with pytest.raises(Invalid, match="where it can be seen"):
        placing.confirm(one, by=officer, proof=" ")
    placing.confirm(one, by=officer, proof="https://library.example/news/7")
    assert anew(item).state == "scheduled"
    placing.take_back(other, by=officer)
    assert anew(item).state == "published"


@pytest.mark.sop("2.A")
def test_taken_back_after_its_time_an_item_is_expired(officer, specialist, commander, there):
    item = submitted(by=officer, reviewer=specialist, places=(Place("Bayside Library"),))
    approve(item, by=commander)
    over(item)
    expiring.look()
    placing.take_back(Placement.objects.get(item=item), by=officer)
    assert anew(item).state == "expired"


def test_what_is_missing_of_an_item_that_is_out_begins_anew_alone(browser_of, officer, specialist, commander, auditor):
    places = (Place("Bayside Library", text="Come for coffee."), Place("Chamber of Commerce"))
    item = submitted(by=officer, reviewer=specialist, places=places)
    approve(item, by=commander)
    one, other = Placement.objects.filter(item=item).order_by("pk")
    placing.confirm(one, by=officer, proof="https://library.example/news/7")
    with pytest.raises(WrongState):
        begin_anew(anew(item), by=officer)
    placing.take_back(other, by=officer)
    item = anew(item)
    assert "Begin anew for what is missing" in browser_of(officer).get(item.get_absolute_url()).content.decode()
    assert "Begin anew" not in browser_of(auditor).get(item.get_absolute_url()).content.decode()
    answer = browser_of(officer).post(f"{item.get_absolute_url()}anew/")
    made = Item.objects.get(state="draft")
    assert answer["Location"] == f"{made.get_absolute_url()}edit/"
    written = made.manuscript
    assert ([place.site for place in written.places], written.versions) == (["Chamber of Commerce"], ())
    assert (written.starts_at, written.ends_at, written.active_scene, dict(written.criteria)) == (None, None, None, {})


def test_who_is_told_of_an_item_partly_out_is_told_to_begin_anew(officer, specialist, commander, facebook, x, there):
    item = submitted(facebook, x, by=officer, reviewer=specialist)
    first, late = approve(item, by=commander)
    assert run(first).state == "done"
    over(item)
    expiring.look()
    assert "Begin anew for what is missing." in Notification.objects.latest("pk").sentence
    assert begin_anew(anew(item), by=officer).manuscript.versions == (Version(late.account_id),)
