"""Our posts beside what was approved: tied to their publication, and what another hand did to them (ruling 6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.kinds import read_order
from accounts.models import Post
from accounts.orders import carry_out
from content import publishing, standing
from content.models import PostDifference, PublicationOrder
from members.models import Notification
from members.states import Invalid, Refused, WrongState
from tests.content.acts import approve, orders_of, submitted
from tests.pretended import Pretended

pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.0", "C.8")]


@pytest.fixture
def there(no_hints):
    pretended = Pretended()
    with pretended.in_place():
        yield pretended


@pytest.fixture
def out(officer, specialist, commander, facebook, there):
    """An item that stands on Facebook: the order, and its post."""
    (order,) = approve(submitted(facebook, by=officer, reviewer=specialist), by=commander)
    carry_out(read_order("content.PublicationOrder", order.pk))
    return read_order("content.PublicationOrder", order.pk), Post.objects.get(account=facebook)


def seen(post, text):
    Post.objects.filter(pk=post.pk).update(text=text)


def test_item_and_post_lead_to_each_other(out, officer, browser_of):
    order, post = out
    assert standing.order_of(post) == order
    assert standing.posts_of([order]) == {order.pk: post}
    browser = browser_of(officer)
    assert reverse("post", args=[post.pk]) in browser.get(order.item.get_absolute_url()).text
    assert order.item.get_absolute_url() in browser.get(reverse("post", args=[post.pk])).text


def test_a_text_that_another_hand_changed_is_noticed_once_and_told(out, officer, commander):
    _, post = out
    seen(post, "Coffee with a Cop. ")
    assert standing.compare() == 0  # platforms trim
    seen(post, "Free coffee!")
    assert (standing.compare(), standing.compare()) == (1, 0)
    found = PostDifference.objects.get()
    assert (found.kind, found.approved, found.seen) == ("changed", "Coffee with a Cop.", "Free coffee!")
    told = Notification.objects.filter(path=found.get_absolute_url())
    assert {one.member for one in told} >= {officer, commander}
    standing.settle(found, by=officer, how="The Specialist corrected the hour there.")
    assert standing.compare() == 0  # as it was settled
    seen(post, "Free tea!")
    assert standing.compare() == 1


def test_what_we_changed_ourselves_is_no_difference(out, officer, commander, there):
    _, post = out
    change = publishing.write_change(post, by=officer, does="edit_post", text="Tea with a Cop.")
    edit = publishing.approve(change, by=commander, seen_as=change.seen_as)
    seen(post, "Tea with a Cop.")
    assert standing.compare() == 0  # it is under way
    carry_out(read_order("content.PublicationOrder", edit.pk))
    assert standing.compare() == 0
    seen(post, "Coffee with a Cop.")
    assert standing.compare() == 1  # put back by another hand
    assert PostDifference.objects.get().approved == "Tea with a Cop."


def old_enough(order):
    PublicationOrder.objects.filter(pk=order.pk).update(done_at=timezone.now() - timedelta(hours=7))


def test_a_post_that_is_gone_is_noticed_and_looked_at_no_more_often_than_needed(out, there):
    order, post = out
    assert standing.look_at_posts() == 0  # it is only just out
    old_enough(order)
    assert standing.look_at_posts() == 0
    there.gone.add(post.remote_id)
    assert standing.look_at_posts() == 0  # looked at a moment ago
    post.look.at -= timedelta(hours=7)
    post.look.save()
    assert standing.look_at_posts() == 1
    assert PostDifference.objects.get().kind == "gone"


def test_what_we_took_away_ourselves_is_no_difference(out, officer, commander, there):
    order, post = out
    end = publishing.write_change(post, by=officer, does="delete_post")
    carry_out(read_order("content.PublicationOrder", publishing.approve(end, by=commander, seen_as=end.seen_as).pk))
    old_enough(order)
    assert standing.look_at_posts() == 0


def test_a_look_that_fails_notices_nothing(out, there):
    order, _ = out
    old_enough(order)
    there.faults = ["429"]
    assert standing.look_at_posts() == 0
    assert not PostDifference.objects.exists()


@pytest.mark.parametrize(
    ("platform", "shown", "same"),
    [
        ("x", "Coffee with a Cop. https://t.co/abc", True),
        ("x", "Coffee with nobody.", False),
        ("youtube", "Coffee with a Cop.", True),
        ("youtube", "Another title", False),
        ("facebook", "Coffee with a Cop.\nhttps://bayside.example/", True),
        ("facebook", "Coffee with a Cop.\nhttps://elsewhere.example/", False),
        ("instagram", "Coffee with a Cop.\r\n", True),
    ],
)
def test_each_platform_shows_a_text_in_its_own_way(out, request, platform, shown, same):
    order, _ = out
    order.account = request.getfixturevalue(platform)
    order.publication.link = "https://bayside.example/"
    assert standing.is_as_approved(order, shown) == same


def test_a_post_made_by_hand_is_tied_when_polling_brings_it(officer, specialist, commander, facebook, there):
    item = submitted(facebook, by=officer, reviewer=specialist)
    (order,) = approve(item, by=commander)
    there.faults = ["not_possible"]
    carry_out(read_order("content.PublicationOrder", order.pk))
    read_order("content.PublicationOrder", order.pk).confirm(by=officer, proof="Seen there.")
    now = timezone.now()
    facts = {"account": facebook, "permalink": "https://facebook.example/1", "posted_at": now}
    Post.objects.create(remote_id="another", text="Something else.", **facts)
    assert standing.tie_what_was_done_by_hand() == 0
    post = Post.objects.create(remote_id="by-hand", text="Coffee with a Cop.", **facts)
    assert standing.tie_what_was_done_by_hand() == 1
    assert standing.order_of(post) == orders_of(item)[0]


def test_who_may_settles_it_and_says_how_and_it_stays(out, officer, legal_adviser):
    _, post = out
    seen(post, "Free coffee!")
    standing.compare()
    found = PostDifference.objects.get()
    with pytest.raises(Refused):
        standing.settle(found, by=legal_adviser, how="Fine.")
    with pytest.raises(Invalid):
        standing.settle(found, by=officer, how=" ")
    standing.settle(found, by=officer, how="Put back.")
    with pytest.raises(WrongState):
        standing.settle(PostDifference.objects.get(), by=officer, how="Again.")
    with pytest.raises(DatabaseError), transaction.atomic():
        PostDifference.objects.update(note="Nobody.")


@pytest.mark.sop("1.FB")
def test_two_items_with_the_same_text_on_one_account_have_a_post_each(officer, specialist, commander, facebook, there):
    """Both are in doubt: the one post that stands is the outcome of one of them, and the other is sent."""
    orders = [approve(submitted(facebook, by=officer, reviewer=specialist), by=commander)[0] for _ in range(2)]
    for fault, order in zip(("applied", "lost"), orders, strict=True):
        there.faults = [fault]
        carry_out(read_order("content.PublicationOrder", order.pk))
    for order in (*orders, *orders):
        PublicationOrder.objects.filter(pk=order.pk).update(not_before=timezone.now())
        carry_out(read_order("content.PublicationOrder", order.pk))
    found = PublicationOrder.objects.filter(pk__in=[order.pk for order in orders])
    assert {order.state for order in found} == {"done"}
    assert {order.remote_id for order in found} == {post.remote_id for post in there.posts}
    assert len(there.posts) == 2
