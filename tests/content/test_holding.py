"""“Hold everything”: nothing is sent until it is let go, item by item or all at once (ruling 11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import orders as steps
from accounts.kinds import read_order
from accounts.orders import carry_out
from content import expiring, holding, publishing
from content.models import Hold, Item, PublicationOrder, Release
from content.models.holds import standing_hold
from members.states import Invalid, Refused, WrongState
from tests.cast import a_post
from tests.content.acts import approve, move_window, orders_of, submitted
from tests.pretended import Pretended, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.0", "C.8")]


@pytest.fixture
def there(no_hints):
    pretended = Pretended()
    with pretended.in_place():
        yield pretended


def run(order):
    carry_out(read_order("content.PublicationOrder", order.pk))
    return PublicationOrder.objects.get(pk=order.pk)


def test_nothing_is_sent_while_everything_is_held_and_what_is_let_go_goes_out(
    officer, specialist, commander, supervisor, facebook, x, there
):
    one = submitted(facebook, by=officer, reviewer=specialist)
    other = submitted(x, by=officer, reviewer=specialist)
    (first,), (second,) = approve(one, by=commander), approve(other, by=commander)
    hold = holding.hold(by=supervisor, why="Shots fired downtown.")
    assert [run(order).outcome_code for order in (first, second)] == ["held", "held"]
    assert [each.item for each in holding.held(hold)] == [one, other]
    with pytest.raises(Refused, match="approves content"):
        holding.release(hold, by=supervisor, submission=one.submission)
    holding.release(hold, by=commander, submission=one.submission)
    assert [run(order).state for order in (first, second)] == ["done", "waiting"]
    with pytest.raises(WrongState):
        holding.release(hold, by=commander, submission=one.submission)
    holding.lift(hold, by=commander)
    assert run(second).state == "done"
    assert len(there.posts) == 2
    assert standing_hold() is None


def test_a_hold_placed_while_a_worker_has_it_comes_before_the_call(
    officer, specialist, commander, facebook, there, monkeypatch
):
    (order,) = approve(submitted(facebook, by=officer, reviewer=specialist), by=commander)
    placed = []

    def hold(step):
        if step == "claimed" and not placed:
            placed.append(holding.hold(by=commander, why="Wait."))

    monkeypatch.setattr(steps, "reached", hold)
    found = run(order)
    assert (found.state, found.outcome_code, found.sent, there.posts) == ("waiting", "held", False, [])


def test_the_database_lets_nothing_be_sent_while_everything_is_held(officer, specialist, commander, facebook):
    (order,) = approve(submitted(facebook, by=officer, reviewer=specialist), by=commander)
    hold = holding.hold(by=commander, why="Wait.")
    with pytest.raises(DatabaseError, match="everything is held"), transaction.atomic():
        PublicationOrder.objects.filter(pk=order.pk).update(state="sending", sent=True)
    with pytest.raises(DatabaseError, match="approve_content"), transaction.atomic():
        Release.objects.create(hold=hold, by=officer)
    with pytest.raises(DatabaseError, match="who approves"), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).update(state="lifted")
    with pytest.raises(DatabaseError, match="one_hold_at_a_time"), transaction.atomic():
        Hold.objects.create(by=commander, why="Again.")


def test_taking_a_post_away_is_not_held_and_changing_it_is(officer, commander, facebook, there):
    post = a_post(facebook)
    there.posts.append(there_stands(post))
    hold = holding.hold(by=commander, why="Wait.")
    edit = publishing.write_change(post, by=officer, does="edit_post", text="New.")
    change = publishing.approve(edit, by=commander, seen_as=edit.seen_as)
    assert run(change).outcome_code == "held"
    end = publishing.write_change(post, by=officer, does="delete_post")
    assert run(publishing.approve(end, by=commander, seen_as=end.seen_as)).state == "done"
    holding.release(hold, by=commander, publication=edit)
    assert run(change).outcome_code != "held"


def there_stands(post):
    return Standing(post.remote_id, "", post.text, timezone.now())


def test_content_of_an_active_scene_is_let_go_by_the_commander_alone(
    officer, specialist, commander, other_officer, hand_over, facebook, there
):
    item = submitted(facebook, by=officer, reviewer=specialist, active_scene=True)
    approve(item, by=commander)
    hand_over(commander, other_officer, "approve_content")
    hold = holding.hold(by=other_officer, why="Wait.")
    with pytest.raises(Refused, match="active crime scene"):
        holding.release(hold, by=other_officer, submission=item.submission)
    with pytest.raises(Refused, match="active crime scene"):
        holding.lift(hold, by=other_officer)
    holding.lift(hold, by=commander)
    assert run(orders_of(item)[0]).state == "done"


def test_who_holds_says_why_and_holds_once(officer, commander, supervisor):
    with pytest.raises(Refused):
        holding.hold(by=officer, why="No.")
    with pytest.raises(Invalid):
        holding.hold(by=supervisor, why=" ")
    holding.hold(by=supervisor, why="Wait.")
    with pytest.raises(WrongState):
        holding.hold(by=commander, why="Wait.")


def test_the_page_holds_and_lets_go(client, browser_of, officer, specialist, commander, facebook, there):
    item = submitted(facebook, by=officer, reviewer=specialist, text="Tea with a Cop.")
    (order,) = approve(item, by=commander)
    browser = browser_of(commander, fresh=True)
    assert browser.post(reverse("hold_everything"), {"why": ""}).status_code == 422
    assert browser.post(reverse("hold_everything"), {"why": "Shots fired."}).status_code == 302
    page = browser.get(reverse("item", args=[item.pk])).text
    assert "Everything is held" in page
    assert "Shots fired." in page
    assert "Everything is held" not in browser.get(reverse("queue")).text
    held = browser.get(reverse("held")).text
    assert item.title in held
    mine = browser_of(officer)
    assert mine.post(reverse("let_go", args=[order.pk])).status_code == 403
    assert browser.post(reverse("let_go", args=[order.pk])).status_code == 302
    assert run(order).state == "done"
    assert browser.post(reverse("lift_hold")).status_code == 302
    assert "Everything is held" not in browser.get(reverse("held")).text


def test_what_runs_out_while_it_is_held_asks_again(officer, specialist, commander, facebook, there):
    item = submitted(facebook, by=officer, reviewer=specialist)
    (order,) = approve(item, by=commander)
    hold = holding.hold(by=commander, why="Wait.")
    assert run(order).outcome_code == "held"
    move_window(item, timedelta(days=2))
    expiring.look()
    assert Item.objects.get(pk=item.pk).state == "expired"
    holding.lift(hold, by=commander)
    assert run(order).state == "withdrawn"
    assert not there.posts
