"""Overdue, in a trunk overnight, with somebody who left: what stands out, and who is told (3.7, 1.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from equipment import reminding
from equipment.inventory import mark
from equipment.models import Custody, Handover, Item
from members import waiting
from members.models import Member, Notification
from members.transferring import consequences, transfer

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.7")]


def out(item: Item, member: Member, *, since: timedelta, due: timedelta, place: str = "field") -> Custody:
    """As it went out some time ago."""
    at = timezone.now() - since
    vehicle = "4711" if place == "trunk" else ""
    said = {"item": item, "place": place, "vehicle": vehicle, "due_back": at + due}
    begun = Handover.objects.create(way="out", taker=member, key=uuid4(), by=member, at=at, purpose="Parade", **said)
    return Custody.objects.create(holder=member, begun=begun, since=at, accepted_at=at, **said)


def sentences(member: Member) -> list[str]:
    return list(Notification.objects.filter(member=member).order_by("id").values_list("sentence", flat=True))


def test_what_is_overdue_or_was_in_a_trunk_is_minded_once_a_day(
    camera: Item, lens: Item, battery: Item, officer: Member, supervisor: Member
) -> None:
    out(camera, officer, since=timedelta(days=1), due=timedelta(hours=2))
    out(lens, officer, since=timedelta(days=2), due=timedelta(days=9), place="trunk")
    out(battery, officer, since=timedelta(minutes=5), due=timedelta(days=1), place="trunk")
    assert reminding.remind() == 2
    assert [camera.tag in one or lens.tag in one for one in sentences(officer)] == [True, True]
    assert "Daniel Diaz (2)" in sentences(supervisor)[-1]
    assert reminding.remind() == 0
    Custody.objects.update(reminded_at=timezone.now() - timedelta(days=1))
    assert reminding.remind() == 2


def test_what_is_lost_is_looked_for_and_not_asked_back(camera: Item, lens: Item, officer: Member) -> None:
    out(camera, officer, since=timedelta(days=1), due=timedelta(hours=2))
    out(lens, officer, since=timedelta(days=2), due=timedelta(days=9), place="trunk")
    for item in (camera, lens):
        mark(item, "lost", by=officer, reason="Fell into the bay.")
    assert reminding.remind() == 0
    assert not Custody.objects.standing_out().exists()


def test_one_walk_counts_what_three_questions_find(
    make_item: Callable[..., Item], officer: Member, supervisor: Member, transferred: Member
) -> None:
    late, long, day = timedelta(hours=2), timedelta(days=9), timedelta(days=2)
    cases = [
        *((officer, "field", late, False), (officer, "field", long, False), (officer, "trunk", long, False)),
        *((officer, "trunk", late, False), (officer, "trunk", late, True), (transferred, "field", late, False)),
        (transferred, "field", late, True),
    ]
    for number, (member, place, due, missing) in enumerate(cases):
        item = make_item(f"Thing {number}")
        out(item, member, since=day, due=due, place=place)
        if missing:
            mark(item, "lost", by=supervisor, reason="Fell into the bay.")
    asked = Custody.objects.all()
    found = {"overdue": asked.overdue().count(), "overnight": asked.overnight().count()}
    found["left"] = asked.of_who_left().count()
    assert asked.what_stands_out() == found == {"overdue": 3, "overnight": 2, "left": 2}


def test_very_many_are_not_counted_to_the_last(
    camera: Item, lens: Item, officer: Member, browser_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    for item in (camera, lens):
        out(item, officer, since=timedelta(days=2), due=timedelta(hours=2))
    for module in ("members.waiting", "equipment.models.custody"):
        monkeypatch.setattr(f"{module}.MOST", 2)
    assert "1+ overdue." in browser_of(officer).get(reverse("custody")).content.decode()


def test_it_stands_out_at_home_and_in_the_list(
    camera: Item, lens: Item, officer: Member, supervisor: Member, browser_of: Callable[..., Client]
) -> None:
    out(camera, officer, since=timedelta(days=1), due=timedelta(hours=2))
    out(lens, officer, since=timedelta(days=2), due=timedelta(days=9), place="trunk")
    mine = {line.word: line.count for line in waiting.lines_for(officer)}
    assert (mine["Equipment to return"], mine["In a trunk overnight"]) == (1, 1)
    all_ = {line.word: line.count for line in waiting.lines_for(supervisor)}
    assert (all_["Equipment overdue"], all_["Equipment in a trunk overnight"]) == (1, 1)
    desk = browser_of(supervisor)
    link = f'<a href="{reverse("label", args=[camera.code])}">{camera.tag}</a>'
    for show in ("", "stands_out", "all"):
        assert link in desk.get(reverse("custody"), {"show": show}).content.decode()
    assert camera.tag not in desk.get(reverse("custody"), {"show": "mine"}).content.decode()
    assert camera.tag not in desk.get(reverse("custody"), {"of": supervisor.pk}).content.decode()
    rows = b"".join(desk.get(reverse("custody"), {"format": "csv"}).streaming_content).decode()
    assert camera.tag in rows


@pytest.mark.sop("1.3")
def test_what_a_member_has_who_leaves_is_named_and_asked_back(
    camera: Item, officer: Member, supervisor: Member, commander: Member
) -> None:
    out(camera, officer, since=timedelta(minutes=1), due=timedelta(days=1))
    assert any(camera.tag in one for one in consequences(officer))
    transfer(officer, by=commander, reason="Back to patrol.")
    assert any("Ask it back" in one for one in sentences(supervisor))
    assert "Equipment to ask back" in {line.word for line in waiting.lines_for(supervisor)}
    assert Custody.objects.of_who_left().get().item == camera
