"""The organization chart: the chain of command as the members stand, or stood, with what is vacant and who acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.chart import Box, chart_at
from members.models import Member, OneTime
from members.models.joining import new_token
from members.positions import change_position
from members.transferring import transfer

BrowserOf = Callable[[Member], Client]
pytestmark = pytest.mark.sop("B.1")


def drawn(box: Box | None = None) -> Any:
    """The chart as nested lists of names; a vacant box as its position."""
    box = box or chart_at().top
    name = box.standing.member.name if box.standing else box.position
    return [name, *map(drawn, box.below)] if box.below else name


def names(box: Box) -> set[str]:
    own = {box.standing.member.name} if box.standing else set()
    return own.union(*(names(one) for one in box.below))


def test_each_stands_below_the_one_he_reports_to(cast: list[Member]) -> None:
    assert drawn() == [
        "Ruth Keller",
        ["Grace Nakamura", ["Amara Cole", "Chidi Okafor", "Daniel Diaz", "Lovelie Moreau"]],
    ]


def test_a_position_in_which_nobody_serves_is_drawn_as_vacant(cast: list[Member], commander: Member) -> None:
    transfer(cast[5], by=commander, reason="Rotation.")
    transfer(cast[1], by=commander, reason="Rotation.")
    assert drawn() == [
        "Ruth Keller",
        ["Amara Cole", "Chidi Okafor", "Daniel Diaz", "specialist"],
        "commanding_officer",
    ]


def test_without_members_the_five_boxes_of_tab_e_are_there(db: None) -> None:
    assert drawn() == ["commander", ["commanding_officer", ["supervisor", "officer", "specialist"]]]


def test_without_a_commander_the_acting_one_stands_beside_the_empty_box(cast: list[Member], hand_over: Any) -> None:
    commander, acting, *_ = cast
    hand_over(commander, acting)
    assert chart_at().top.acting.designee == acting
    Member.objects.filter(pk=commander.pk).update(is_active=False, state=Member.State.LEFT)  # by a hand in the database
    chart = chart_at()
    assert chart.top.standing is None
    assert chart.top.acting.designee == acting
    assert names(chart.top) == {one.name for one in cast[1:]}


def test_nobody_is_lost_whoever_he_reports_to(
    cast: list[Member], transferred: Member, make_member: Callable[..., Member]
) -> None:
    make_member(name="Nobody's", reports_to=None)
    make_member(name="Ghost's", reports_to=transferred)
    assert names(chart_at().top) == {one.name for one in cast} | {"Nobody's", "Ghost's"}
    assert chart_at().count == 8


def test_outsiders_are_listed_apart_and_those_gone_or_only_invited_nowhere(
    cast: list[Member], auditor: Member, custodian: Member, transferred: Member, make_member: Callable[..., Member]
) -> None:
    make_member("legal_adviser", name="Over", serves_until=timezone.now() - timedelta(minutes=1))
    make_member(name="Invited", is_active=False, state="invited")
    chart = chart_at()
    assert [one.member for one in chart.outside] == [auditor, custodian]
    assert names(chart.top) == {one.name for one in cast}


def test_on_a_day_in_the_past_it_is_as_it_was_then(cast: list[Member], commander: Member, make_member: Any) -> None:
    start = timezone.now()
    with time_machine.travel(start + timedelta(days=10)):
        change_position(
            cast[3],
            by=commander,
            position="supervisor",
            sworn=True,
            reports_to=Member.objects.get(pk=cast[1].pk),
            reason="Promotion.",
        )
    with time_machine.travel(start + timedelta(days=20)):
        transfer(Member.objects.get(pk=cast[4].pk), by=Member.objects.get(pk=commander.pk), reason="Rotation.")

    def seen(days: int) -> Any:
        return drawn(chart_at(start + timedelta(days=days)).top)

    before = ["Ruth Keller", ["Grace Nakamura", ["Amara Cole", "Chidi Okafor", "Daniel Diaz", "Lovelie Moreau"]]]
    between = ["Ruth Keller", ["Grace Nakamura", ["Amara Cole", "Chidi Okafor", "Lovelie Moreau"], "Daniel Diaz"]]
    after = ["Ruth Keller", ["Grace Nakamura", ["Amara Cole", "Lovelie Moreau", "officer"], "Daniel Diaz"]]
    assert (seen(5), seen(15), seen(25)) == (before, between, after)
    with time_machine.travel(start + timedelta(days=30)):
        assert drawn() == after


def test_who_was_invited_is_of_the_past_from_the_day_he_joined(
    cast: list[Member], make_member: Callable[..., Member]
) -> None:
    start = timezone.now()
    late = make_member(name="Late", reports_to=cast[2])
    OneTime.objects.create(
        kind=OneTime.Kind.INVITATION,
        member=late,
        digest=new_token()[1],
        sent_to=late.email,
        expires_at=start + timedelta(days=7),
        used_at=start + timedelta(days=3),
    )
    assert "Late" not in names(chart_at(start + timedelta(days=2)).top)
    assert "Late" in names(chart_at(start + timedelta(days=4)).top)


# --- the page ---


def test_every_member_sees_it_and_the_auditor_too(
    browser_of: BrowserOf, stranger: Client, cast: list[Member], auditor: Member
) -> None:
    for member in [*cast, auditor]:
        page = browser_of(member).get(reverse("chart")).content.decode()
        for one in cast:
            assert one.name in page
    assert stranger.get(reverse("chart")).status_code == 302


def test_a_name_is_never_taken_for_markup(browser_of: BrowserOf, cast: list[Member]) -> None:
    Member.objects.filter(pk=cast[3].pk).update(name="<script>bad()</script>")
    assert "<script>bad" not in browser_of(cast[0]).get(reverse("chart")).content.decode()


@pytest.mark.parametrize(("on", "status"), [("2020-01-01", 200), ("", 200), ("9999-99-99", 422), ("x", 422)])
def test_any_day_can_be_asked_for_and_rubbish_is_said(
    browser_of: BrowserOf, cast: list[Member], on: str, status: int
) -> None:
    assert browser_of(cast[0]).get(reverse("chart"), {"on": on}).status_code == status


def test_today_and_days_to_come_are_the_chart_as_it_stands(browser_of: BrowserOf, cast: list[Member]) -> None:
    for days in (0, 400):
        on = timezone.localdate() + timedelta(days=days)
        assert browser_of(cast[0]).get(reverse("chart"), {"on": on}).context["day"] is None


def test_it_costs_few_queries_however_many_members(
    browser_of: BrowserOf, cast: list[Member], make_member: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        make_member(reports_to=cast[2])
    with django_assert_max_num_queries(3):
        chart_at()
    with django_assert_max_num_queries(6):
        chart_at(timezone.now() + timedelta(minutes=1))
