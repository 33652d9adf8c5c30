"""The check-list on the Commander's home: what a new unit lacks, room by room, until nothing is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Terms
from members import readiness
from members.models import Agency, Designation, Member, TrailEntry, Watch
from members.models.agency import agency
from members.powers import Position
from members.states import Invalid, Refused
from moderation.models import GradingSystem

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


@pytest.fixture
def harbour(commander: Member) -> Agency:
    return Agency.objects.create(
        name="Harbour City", short_name="Harbour", zone="America/New_York", languages=["en"], emergency_number="911"
    )


def open_steps() -> set[str]:
    return {step.key for step in readiness.check_list(agency()).open}


def on_watch(member: Member, since: float, until: float) -> Watch:
    """From so many days from now to so many days from now."""
    now = timezone.now()
    return Watch.objects.create(
        member=member, by=member, since=now + timedelta(days=since), until=now + timedelta(days=until)
    )


def test_a_unit_that_has_just_begun_lacks_everything_but_its_commander(harbour: Agency) -> None:
    assert open_steps() == {
        *("numbers", "mark", "watch", "deputy", "terms", "grading"),
        *(f"position:{one}" for one in ("commanding_officer", "supervisor", "officer", "specialist")),
        *(f"platform:{one}" for one in ("facebook", "instagram", "x", "youtube")),
    }


def test_each_step_is_done_when_what_it_asks_for_is_there(
    harbour: Agency, cast: list[Member], accounts: dict[str, Account], terms: Terms, grading_system: GradingSystem
) -> None:
    assert open_steps() == {"numbers", "mark", "watch", "deputy"}
    Agency.objects.update(non_emergency_number="213-555-0100", mark=b"png")
    on_watch(cast[3], -1, 8)
    now = timezone.now()
    Designation.objects.create(
        power="", designee=cast[1], by=cast[0], since=now, until=now + timedelta(days=9), reason="Leave."
    )
    assert open_steps() == set()


def test_an_account_without_a_main_administrator_is_named(
    harbour: Agency, cast: list[Member], accounts: dict[str, Account]
) -> None:
    account = accounts["youtube"]
    with transaction.atomic():  # the database lets nobody commit this
        account.roles.filter(kind="main_administrator").update(until=timezone.now())
        (step,) = [one for one in readiness.check_list(agency()).open if one.key == "administrators"]
        transaction.set_rollback(True)
    assert str(account) in step.says


def test_who_is_invited_only_does_not_fill_a_position(harbour: Agency, make_member: Callable[..., Member]) -> None:
    make_member(Position.SUPERVISOR, is_active=False, state=Member.State.INVITED)
    (step,) = [one for one in readiness.check_list(agency()).open if one.key == "position:supervisor"]
    assert step.says == "Invited, and has not joined yet."


def test_a_gap_in_the_watch_says_when(harbour: Agency, officer: Member, supervisor: Member) -> None:
    on_watch(officer, -1, 3)
    on_watch(supervisor, 2.5, 6)
    (step,) = [one for one in readiness.check_list(agency()).open if one.key == "watch"]
    assert "Nobody is on watch from" in step.says
    assert "watch" in open_steps()
    on_watch(officer, 5.9, 9)
    assert "watch" not in open_steps()


def test_the_commander_leaves_a_position_vacant_knowingly_and_takes_it_up_again(
    browser_of: Browser, commander: Member, harbour: Agency
) -> None:
    window = browser_of(commander)
    step = {"step": "position:specialist"}
    assert "Social Media Broadcast Specialist" in window.get(reverse("home")).content.decode()
    assert window.post(reverse("leave_open"), step)["Location"] == reverse("home")
    assert "position:specialist" not in open_steps()
    assert window.post(reverse("leave_open"), step).status_code == 302, "twice is once"
    window.post(reverse("take_up"), step)
    assert "position:specialist" in open_steps()
    told = TrailEntry.objects.filter(subject_type="members.agency").order_by("id").values_list("verb", "after", "by")
    assert list(told) == [
        ("leave_open", "position:specialist", commander.pk),
        ("take_up", "position:specialist", commander.pk),
    ]


@pytest.mark.parametrize("key", ["terms", "grading", "numbers", "nonsense", ""])
def test_what_a_unit_cannot_do_without_is_not_left_open(
    browser_of: Browser, commander: Member, harbour: Agency, key: str
) -> None:
    assert browser_of(commander).post(reverse("leave_open"), {"step": key}).status_code == 422
    with pytest.raises(Invalid):
        readiness.leave_open(key, by=commander)
    assert agency().left_open == []


def test_nobody_else_sees_it_or_leaves_anything_open(browser_of: Browser, supervisor: Member, harbour: Agency) -> None:
    window = browser_of(supervisor)
    assert "Before the unit is ready" not in window.get(reverse("home")).content.decode()
    assert window.post(reverse("leave_open"), {"step": "mark"}).status_code == 403
    with pytest.raises(Refused, match="Ruth Keller"):
        readiness.leave_open("mark", by=supervisor)


def test_an_acting_commander_sees_it_too(
    browser_of: Browser, commander: Member, supervisor: Member, harbour: Agency, hand_over: Callable[..., Any]
) -> None:
    hand_over(commander, supervisor)
    assert "Before the unit is ready" in browser_of(supervisor).get(reverse("home")).content.decode()


def test_the_list_is_put_away_and_shown_again(browser_of: Browser, commander: Member, harbour: Agency) -> None:
    window = browser_of(commander)
    assert "Before the unit is ready" in window.get(reverse("home")).content.decode()
    window.post(reverse("leave_open"), {"step": "list"})
    shown = window.get(reverse("home")).content.decode()
    assert "Before the unit is ready" not in shown
    assert "put away" in shown
    window.post(reverse("take_up"), {"step": "list"})
    assert "Before the unit is ready" in window.get(reverse("home")).content.decode()


def test_it_goes_when_nothing_is_open(
    browser_of: Browser, commander: Member, harbour: Agency, terms: Terms, grading_system: GradingSystem
) -> None:
    Agency.objects.update(non_emergency_number="213-555-0100")
    for step in readiness.check_list(agency()).open:
        readiness.leave_open(step.key, by=commander)
    shown = browser_of(commander).get(reverse("home")).content.decode()
    assert "Before the unit is ready" not in shown
    assert "put away" not in shown


def test_the_demonstration_has_none(browser_of: Browser, commander: Member, harbour: Agency) -> None:
    Agency.objects.update(demonstration=True)
    assert "Before the unit is ready" not in browser_of(commander).get(reverse("home")).content.decode()


def test_all_that_settings_name_is_there(settings: Any, harbour: Agency) -> None:
    keys = [step.key for step in readiness.check_list(agency()).steps]
    assert len(keys) == len(set(keys)) >= 14
    assert len(settings.READINESS) == 3
