"""Bookings and skills in the browser's eyes: forms that keep what was typed, sentences where they belong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from equipment import bookings, skills
from equipment.bookings import Span
from equipment.models import Booking, Item, Kit, Skill, SkillProof
from members.models import Member

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def form(**more: Any) -> dict[str, Any]:
    start = timezone.now() + timedelta(days=2)
    given = {
        "since": typed(start),
        "until": typed(start + timedelta(hours=4)),
        "purpose": "Parade",
        "key": str(uuid4()),
    }
    return given | more


def booked(items: list[Item], member: Member, days: float = 2) -> Booking:
    start = timezone.now() + timedelta(days=days)
    span = Span(start, start + timedelta(hours=4))
    return bookings.book(items, by=member, to=member, span=span, purpose="Parade", key=uuid4())


@pytest.mark.sop("F.VB", "3.1")
def test_a_kit_is_booked_for_an_event_and_a_missing_skill_is_said(
    browser_of: Browser, kit: Kit, camera: Item, officer: Member, supervisor: Member
) -> None:
    skills.demand(camera.kind, [Skill.objects.get(letter="B")], by=supervisor)
    browser = browser_of(officer)
    page = browser.get(reverse("add_booking"), {"item": camera.pk}).content.decode()
    assert f'name="kit" value="{kit.pk}" checked' in page
    given = form(kit=kit.pk, event="Coffee with a Cop", member=officer.pk)
    answer = browser.post(reverse("add_booking"), given, follow=True)
    assert "was not assessed in “B Operate recording devices”" in answer.content.decode()
    made = Booking.objects.get()
    assert (made.event, made.things.count()) == ("Coffee with a Cop", 3)
    assert "Coffee with a Cop" in browser.get(camera.get_absolute_url()).content.decode()


@pytest.mark.sop("F.VB")
def test_looking_keeps_what_was_typed_and_books_nothing(
    browser_of: Browser,
    make_item: Callable[..., Item],
    camera: Item,
    lens: Item,
    officer: Member,
    other_officer: Member,
) -> None:
    other = booked([lens], other_officer)
    given = form(item=[camera.pk], q="lens", look="1", member=officer.pk)
    page = browser_of(officer).post(reverse("add_booking"), given).content.decode()
    assert f'value="{camera.pk}" checked' in page
    assert 'value="Parade"' in page
    assert f"booked for {other_officer.name}" in page
    answer = browser_of(officer).post(reverse("add_booking"), form(item=[lens.pk], member=officer.pk))
    assert answer.status_code == 422
    assert f"{other_officer.name} has" in answer.content.decode()
    assert Booking.objects.get() == other


@pytest.mark.parametrize(
    "wrong", [{"since": "soon"}, {"member": "1e9"}, {"key": "x"}, {"item": "\x00"}, {"purpose": ""}]
)
def test_rubbish_is_refused_with_a_sentence(browser_of: Browser, officer: Member, wrong: dict[str, str]) -> None:
    answer = browser_of(officer).post(reverse("add_booking"), form(member=officer.pk) | wrong)
    assert answer.status_code == 422
    assert not Booking.objects.exists()


def test_the_calendar_its_feed_and_its_file(
    browser_of: Browser, camera: Item, officer: Member, auditor: Member
) -> None:
    made = booked([camera], officer)
    day = timezone.localtime(made.since).date()
    for member, movable in ((officer, True), (auditor, False)):
        browser = browser_of(member)
        assert camera.tag in browser.get(reverse("bookings"), {"month": f"{day:%Y-%m}"}).content.decode()
        asked = {"start": day.isoformat(), "end": (day + timedelta(days=31)).isoformat()}
        [event] = browser.get(reverse("bookings_feed"), asked).json()["events"]
        assert (event["id"], event["editable"]) == (str(made.pk), movable)
    file = b"".join(browser.get(reverse("bookings"), {"format": "csv"}))  # type: ignore[arg-type]
    assert camera.tag in file.decode()
    assert browser.get(reverse("bookings_feed"), {"start": "x"}).status_code == 422
    assert browser.get(reverse("bookings"), {"month": "9999-12"}).status_code == 200


def test_dragged_to_another_day_it_keeps_its_hours(
    browser_of: Browser, camera: Item, officer: Member, other_officer: Member
) -> None:
    made = booked([camera], officer)
    clock = timezone.localtime(made.since).strftime("%H:%M")
    day = timezone.localtime(made.since).date() + timedelta(days=3)
    address, mark = reverse("move_booking", args=[made.pk]), int(made.since.timestamp())
    script = {"headers": {"accept": "application/json"}}
    answer = browser_of(officer).post(address, {"day": day.isoformat(), "on": mark}, **script)  # type: ignore[arg-type]
    made.refresh_from_db()
    assert json.loads(answer.content) == {"on": int(made.since.timestamp())}
    assert timezone.localtime(made.since).strftime("%H:%M") == clock
    assert timezone.localtime(made.since).date() == day
    for given, status in (
        ({"day": day.isoformat(), "on": mark}, 409),
        ({"day": "x", "on": int(made.since.timestamp())}, 422),
    ):
        answer = browser_of(officer).post(address, given, **script)  # type: ignore[arg-type]
        assert (answer.status_code, bool(answer.json()["sentence"])) == (status, True)
    assert browser_of(other_officer).post(address, {"day": day.isoformat(), "on": mark}).status_code == 403


@pytest.mark.sop("3.7", "3.1")
def test_taken_from_its_page_in_one_step_where_the_skill_is_there(
    browser_of: Browser, camera: Item, officer: Member, supervisor: Member
) -> None:
    skill = Skill.objects.get(letter="B")
    skills.demand(camera.kind, [skill], by=supervisor)
    made = booked([camera], officer, days=0.1)
    given = {"place": "field", "vehicle": "", "due_back": typed(made.until), "key": str(uuid4())}
    address = reverse("take_booking", args=[made.pk])
    refused = browser_of(officer).post(address, given)
    assert refused.status_code in (403, 422)
    assert "was not assessed" in refused.content.decode()
    answer = browser_of(supervisor).post(address, given | {"waiver": "He learns it today, beside me."}, follow=True)
    assert "Checked out to" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == Booking.State.TAKEN
    assert camera.handovers.get().waived


def test_cancelled_and_left_out_on_its_page(
    browser_of: Browser, camera: Item, lens: Item, officer: Member, supervisor: Member
) -> None:
    made = booked([camera, lens], officer)
    browser_of(officer).post(reverse("drop_booked", args=[made.pk, lens.pk]))
    assert made.things.filter(stands=True).get().item == camera
    cancel = reverse("cancel_booking", args=[made.pk])
    assert browser_of(supervisor).post(cancel).status_code == 422
    browser_of(supervisor).post(cancel, {"reason": "Needed downtown."})
    page = browser_of(officer).get(made.get_absolute_url()).content.decode()
    assert "Needed downtown." in page


@pytest.mark.sop("3.1")
def test_the_matrix_and_one_members_skills(
    browser_of: Browser, officer: Member, supervisor: Member, commanding_officer: Member, auditor: Member
) -> None:
    skill, today = Skill.objects.get(letter="D"), timezone.localdate()
    address = reverse("member_skills", args=[officer.pk])
    given = {"skill": skill.pk, "on": today.isoformat(), "assessor": commanding_officer.pk, "training": "=cmd",
             "expires_on": (today + timedelta(days=30)).isoformat()}  # fmt: skip
    assert browser_of(officer).post(address, given).status_code == 403
    wrong = browser_of(supervisor).post(address, given | {"on": (today + timedelta(days=1)).isoformat()})
    assert wrong.status_code == 422
    assert "still to come" in wrong.content.decode()
    browser_of(supervisor).post(address, given)
    proof = SkillProof.objects.get()
    page = browser_of(auditor).get(reverse("skills")).content.decode()
    assert "tag-warn" in page
    assert officer.name in page
    file = b"".join(browser_of(auditor).get(reverse("skills"), {"format": "csv"})).decode()  # type: ignore[arg-type]
    assert "'=cmd" in file
    withdraw = reverse("withdraw_proof", args=[proof.pk])
    assert browser_of(supervisor).post(withdraw).status_code == 422
    browser_of(supervisor).post(withdraw, {"reason": "It was another.", "mistake": "on"})
    assert "It was another." in browser_of(officer).get(address).content.decode()


@pytest.mark.sop("3.1")
def test_what_things_need_and_the_units_own_skills(
    browser_of: Browser, camera: Item, supervisor: Member, officer: Member
) -> None:
    browser = browser_of(supervisor)
    browser.post(reverse("add_skill"), {"name": "Fly the drone"})
    drone = Skill.objects.get(letter="")
    assert browser.post(reverse("add_skill"), {"name": "fly the drone"}).status_code == 422
    needs = reverse("skill_demands")
    browser.post(needs, {"kind": camera.kind_id, "skills": [drone.pk]})
    assert "Fly the drone" in browser_of(officer).get(camera.get_absolute_url()).content.decode()
    assert browser.post(needs, {"kind": "x"}).status_code == 422
    assert browser_of(officer).post(needs, {"kind": camera.kind_id}).status_code == 403
    browser.post(reverse("end_skill", args=[drone.pk]))
    assert "Fly the drone" not in browser_of(officer).get(needs).content.decode()
