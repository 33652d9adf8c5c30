"""Skills (3.1): assessed by another, until they run out or are withdrawn; and what a thing needs of who takes it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from equipment import skill_matrix, skills
from equipment.booking_waiting import his_running_out, running_out
from equipment.models import Item, Skill, SkillDemand, SkillProof
from members.models import Member, Notification
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.1")]


@pytest.fixture
def recording() -> Skill:
    """B of the S.O.P."""
    return Skill.objects.get(letter="B")


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def assess(member: Member, skill: Skill, by: Member, **more: Any) -> SkillProof:
    more.setdefault("on", ago(1))
    return skills.assess(member, skill, by=by, **more)


def test_the_four_of_the_sop_are_there_and_stay(supervisor: Member, recording: Skill) -> None:
    assert [one.letter for one in Skill.objects.kept()] == ["A", "B", "C", "D"]
    with pytest.raises(Invalid, match="it stays"):
        skills.end_skill(recording, by=supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Skill.objects.filter(pk=recording.pk).update(ended_at=timezone.now())


def test_the_units_own(supervisor: Member, officer: Member) -> None:
    with pytest.raises(Refused):
        skills.add_skill("Fly the drone", by=officer)
    drone = skills.add_skill(" Fly the drone ", by=supervisor)
    for name in ("fly the drone", " "):
        with pytest.raises(Invalid):
            skills.add_skill(name, by=supervisor)
    skills.end_skill(drone, by=supervisor)
    with pytest.raises(WrongState):
        skills.end_skill(drone, by=supervisor)
    drone.refresh_from_db()
    with pytest.raises(Invalid, match="no more"):
        assess(officer, drone, supervisor)
    assert skills.add_skill("Fly the drone", by=supervisor).pk != drone.pk


def test_a_thing_needs_a_skill_until_somebody_else_assessed_it(
    camera: Item, lens: Item, officer: Member, supervisor: Member, recording: Skill
) -> None:
    assert skills.missing(officer, [camera, lens]) == []
    skills.demand(camera.kind, [recording], by=supervisor)
    [one] = skills.missing(officer, [camera, lens])
    assert (one.skill, one.items) == (recording, (camera,))
    assert one.sentence == f"{officer.name} was not assessed in “{recording}”. Needed for: {camera.kind.name}."
    made = assess(officer, recording, supervisor, training="Academy, 16 hours", expires_on=ago(-300))
    assert skills.missing(officer, [camera]) == []
    assert made.assessor == supervisor
    assert [one.skill for one in skills.missing(officer, [camera], on=ago(-301))] == [recording]
    assert Notification.objects.filter(member=officer, sentence__contains=str(recording)).exists()


def test_what_ran_out_says_when(camera: Item, officer: Member, supervisor: Member, recording: Skill) -> None:
    skills.demand(camera.kind, [recording], by=supervisor)
    assess(officer, recording, supervisor, on=ago(400), expires_on=ago(35))
    [one] = skills.missing(officer, [camera])
    assert "ran out on" in one.sentence
    line, his = running_out(supervisor), his_running_out(officer)
    assert line is not None
    assert his is not None
    assert (line.count, line.tone, his.count, his.tone) == (1, "bad", 1, "bad")
    assess(officer, recording, supervisor, expires_on=ago(-30))
    line = running_out(supervisor)
    assert line is not None
    assert line.tone == "warn"
    assess(officer, recording, supervisor, on=ago(0))
    assert (running_out(supervisor), his_running_out(officer)) == (None, None)


def test_nobody_assesses_himself(
    officer: Member,
    other_officer: Member,
    supervisor: Member,
    commanding_officer: Member,
    auditor: Member,
    recording: Skill,
) -> None:
    with pytest.raises(Refused, match="superior"):
        assess(supervisor, recording, supervisor)
    with pytest.raises(Invalid, match="himself"):
        assess(officer, recording, supervisor, assessor=officer)
    with pytest.raises(Refused):
        assess(officer, recording, other_officer)
    with pytest.raises(Invalid, match="outside"):
        assess(officer, recording, supervisor, assessor=auditor)
    assess(supervisor, recording, commanding_officer)
    assess(officer, recording, supervisor, assessor=other_officer)
    given = {"member": officer, "skill": recording, "on": ago(1)}
    with pytest.raises(IntegrityError, match="nobody_assesses_himself"), transaction.atomic():
        SkillProof.objects.create(**given, assessor=officer, by=supervisor)
    with pytest.raises(IntegrityError, match="not his to decide"), transaction.atomic():
        SkillProof.objects.create(**given, assessor=supervisor, by=other_officer)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"on": ago(-1)}, "on"), ({"on": date(1900, 1, 1)}, "on"), ({"on": ago(5), "expires_on": ago(6)}, "expires_on")],
)
def test_days_that_make_no_sense(
    officer: Member, supervisor: Member, recording: Skill, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        assess(officer, recording, supervisor, **more)
    assert refusal.value.field == field


def test_withdrawn(officer: Member, supervisor: Member, recording: Skill) -> None:
    """A skill that was lost does not come back by an older assessment; one recorded by mistake leaves it standing."""
    first = assess(officer, recording, supervisor, on=ago(100))
    wrong = assess(officer, recording, supervisor, on=ago(10))
    with pytest.raises(Invalid, match="why"):
        skills.withdraw(wrong, by=supervisor, reason=" ")
    with pytest.raises(Refused):
        skills.withdraw(wrong, by=officer, reason="No.")
    skills.withdraw(wrong, by=supervisor, reason="It was his partner.", mistake=True)
    assert list(officer.skill_proofs.last()) == [first]
    with pytest.raises(WrongState):
        skills.withdraw(wrong, by=supervisor, reason="Again.")
    assess(officer, recording, supervisor, on=ago(5))
    skills.withdraw(officer.skill_proofs.last().get(), by=supervisor, reason="The camera fell twice.")
    assert list(officer.skill_proofs.last()) == []
    assess(officer, recording, supervisor)
    assert officer.skill_proofs.last().get().on == ago(1)


def test_what_a_kind_needs_is_kept_exactly(camera: Item, officer: Member, supervisor: Member, recording: Skill) -> None:
    editing = Skill.objects.get(letter="D")
    with pytest.raises(Refused):
        skills.demand(camera.kind, [recording], by=officer)
    skills.demand(camera.kind, [recording, editing], by=supervisor)
    skills.demand(camera.kind, [editing], by=supervisor)
    standing = SkillDemand.objects.filter(ended_at__isnull=True)
    assert [one.skill for one in standing] == [editing]
    assert SkillDemand.objects.count() == 2
    kept = list(Skill.objects.kept())
    [needs] = [one for one in skill_matrix.needs(kept) if one.kind == camera.kind]
    assert (needs.skills, needs.suggested) == ([editing], [recording])
    assert next(one for one in skill_matrix.rows(kept) if one.member == officer).cells[1] == (recording, None)
