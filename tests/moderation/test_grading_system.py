"""The Comment Grading System is data: versions that follow each other, drawn up, compared, published, never altered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import drafting
from members.models import Member, TrailEntry
from members.powers import Power
from members.states import Invalid, Refused, WrongState
from moderation import grading_writing
from moderation.models import Comment, GradingDraft, GradingSystem
from moderation.models.grades import DEMANDS, GradingLevel, Level, demand_of
from tests.moderation.acts import case_of, grade
from tests.moderation.gradings import next_version

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.0")]
Browser = Callable[..., Client]


@pytest.fixture
def draft(grading_system: GradingSystem, commander: Member) -> GradingDraft:
    return grading_writing.begin(by=commander)


def kept(draft: GradingDraft, by: Member, changes: dict[int, dict[str, Any]], reason: str = "Asked by many.") -> None:
    """Write the draft with `changes` by level."""
    levels = [row | changes.get(row["level"], {}) for row in draft.levels]
    grading_writing.write(draft, by=by, revision=draft.revision, levels=levels, reason=reason)
    draft.refresh_from_db()


def test_the_first_version_is_the_table_of_the_sop(grading_system: GradingSystem) -> None:
    rows = {row.level: row for row in grading_system.levels.all()}
    assert [row.name for row in rows.values()] == [level.label for level in Level]
    assert rows[1].response == "Respond with a thank you and their first name"
    assert {level: row.reply for level, row in rows.items()} == {
        1: "required",
        2: "optional",
        3: "required",
        4: "required",
        5: "required",
        6: "forbidden",
        7: "optional",
        8: "forbidden",
    }
    assert [level for level, row in rows.items() if row.hide] == [7, 8]
    assert [level for level, row in rows.items() if row.source] == [3, 5]
    assert [level for level, row in rows.items() if row.second_look] == [4, 5]
    assert {level: row.demand for level, row in rows.items()} == DEMANDS


@pytest.mark.parametrize(
    ("level", "changes"),
    [
        *((level, {"hide": True}) for level in range(1, 7)),
        (6, {"reply": "optional"}),
        *((6, {name: True}) for name in ("contact", "source", "referral", "supervisor", "second_look")),
        (7, {"hide": False}),
        (8, {"hide": False}),
        (8, {"reply": "optional"}),
        (8, {"supervisor": False}),
        (8, {"contact": True}),
        (8, {"second_look": True}),
        (2, {"reply": "perhaps"}),
        (2, {"says": ""}),
    ],
)
@pytest.mark.sop("4.L6", "4.L8")
def test_what_never_changes_is_a_wall_in_the_database(
    grading_system: GradingSystem, level: int, changes: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        next_version(grading_system, {level: changes})


def test_versions_follow_each_other_in_number_and_in_time(grading_system: GradingSystem) -> None:
    next_version(grading_system)
    now = timezone.now()
    for wrong in [
        {"version": 2, "effective_from": now + timedelta(days=9)},
        {"version": 1, "effective_from": now + timedelta(days=9)},
        {"version": 3, "effective_from": now - timedelta(days=9)},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            GradingSystem.objects.create(**wrong)


def test_a_version_has_its_eight_levels_when_its_act_ends(grading_system: GradingSystem) -> None:
    empty = GradingSystem.objects.create(version=2, effective_from=timezone.now())
    with pytest.raises(IntegrityError, match="eight levels"), transaction.atomic():
        connection.check_constraints()
    rows = list(grading_system.levels.all())
    for row in rows:
        row.pk, row.system = None, empty
    GradingLevel.objects.bulk_create(rows)
    connection.check_constraints()


def test_a_grade_is_judged_by_the_version_in_force_and_keeps_it(
    comment: Comment, make_comment: Callable[..., Comment], officer: Member, grading_system: GradingSystem
) -> None:
    first = grade(comment, 2, officer)
    assert case_of(comment).state == "addressed"
    next_version(grading_system, {2: {"reply": "required"}})
    other = make_comment()
    second = grade(other, 2, officer)
    assert case_of(other).state == "outstanding", "the new version demands a reply"
    assert (first.system.version, second.system.version) == (1, 2)
    case = case_of(comment)
    case.settle()
    assert case.state == "addressed", "what was graded before keeps its version"


def test_a_version_may_forbid_a_reply(comment: Comment, officer: Member, grading_system: GradingSystem) -> None:
    next_version(grading_system, {2: {"reply": "forbidden", "says": "Left as it is."}})
    with pytest.raises(Invalid, match=r"Left as it is\."):
        grade(comment, 2, officer, reply="Thank you.")


def test_what_comes_later_demands_nothing_yet(grading_system: GradingSystem) -> None:
    next_version(grading_system, {2: {"reply": "required"}}, effective_from=timezone.now() + timedelta(days=3))
    assert demand_of(2).reply == "optional"


def test_before_a_version_is_in_force_the_sop_holds(db: None) -> None:
    assert demand_of(1) == DEMANDS[1]


def test_the_commander_draws_up_publishes_and_the_unit_is_told(
    draft: GradingDraft, commander: Member, officer: Member
) -> None:
    kept(draft, commander, {3: {"second_look": True, "response": "Obtain factual information and reply"}})
    places = [place for place, *_ in grading_writing.changes(draft.levels, grading_writing.rows_of(draft.based_on))]
    assert places == ["Level 3: response", "Level 3: free words get a second look"]
    system = grading_writing.publish(draft, by=commander, revision=draft.revision)
    assert (system.version, demand_of(3).second_look) == (2, True)
    assert "version 2" in officer.notifications.latest("pk").sentence
    assert "publish" in TrailEntry.objects.about(system).values_list("verb", flat=True)
    with pytest.raises(WrongState):
        grading_writing.publish(draft, by=commander, revision=draft.revision)


def test_what_is_fixed_stays_though_a_form_says_otherwise(draft: GradingDraft, commander: Member) -> None:
    kept(draft, commander, {6: {"reply": "required", "hide": True}, 1: {"hide": True}, 8: {"supervisor": False}})
    rows = {row["level"]: row for row in draft.levels}
    assert (rows[6]["reply"], rows[6]["hide"], rows[1]["hide"], rows[8]["supervisor"]) == (
        "forbidden",
        False,
        False,
        True,
    )


@pytest.mark.parametrize(
    ("changes", "reason", "begins", "says"),
    [
        ({}, "Because.", None, "says what the version before it says"),
        ({2: {"says": "Addressed."}}, "", None, "Write why"),
        ({2: {"says": "Addressed."}}, "Because.", -1, "before it is published"),
    ],
)
def test_nothing_is_published_without_a_change_a_reason_and_a_day_to_come(
    draft: GradingDraft, commander: Member, changes: Any, reason: str, begins: int | None, says: str
) -> None:
    kept(draft, commander, changes, reason=reason)
    when = timezone.now() + timedelta(days=begins) if begins else None
    with pytest.raises(Invalid, match=says):
        grading_writing.publish(draft, by=commander, revision=draft.revision, effective_from=when)


def test_of_two_who_write_the_second_is_told(
    draft: GradingDraft, commander: Member, commanding_officer: Member
) -> None:
    other = GradingDraft.objects.get(pk=draft.pk)
    kept(draft, commander, {2: {"says": "Addressed."}})
    with pytest.raises(WrongState):
        kept(other, commanding_officer, {2: {"says": "Noted."}})


def test_a_supervisor_may_not_and_a_designee_may(
    grading_system: GradingSystem, supervisor: Member, commander: Member, hand_over: Callable[..., Any]
) -> None:
    with pytest.raises(Refused, match="updates the Comment Grading System"):
        grading_writing.begin(by=supervisor)
    hand_over(commander, supervisor, Power.UPDATE_GRADING)
    assert grading_writing.begin(by=supervisor).by == supervisor


def test_a_draft_ends_once_and_there_is_one(draft: GradingDraft, commander: Member) -> None:
    assert grading_writing.begin(by=commander) == draft
    drafting.drop(draft, by=commander)
    with pytest.raises(WrongState):
        drafting.drop(draft, by=commander)
    assert grading_writing.begin(by=commander) != draft


# --- on the page ---


def typed(draft: GradingDraft, **changes: Any) -> dict[str, Any]:
    """The form as the page would send it."""
    said: dict[str, Any] = {"revision": draft.revision, "reason": "Asked by many."}
    for row in draft.levels:
        for name in (*grading_writing.TEXTS, *grading_writing.DEMANDED):
            if row[name] is not False:
                said[f"{name}_{row['level']}"] = row[name]
    return said | changes


def test_every_member_reads_it_and_only_the_unit_commander_draws_up(
    browser_of: Browser, officer: Member, draft: GradingDraft
) -> None:
    window = browser_of(officer)
    shown = window.get(reverse("grading_system")).content.decode()
    assert "Genuine concern that is negative" in shown
    assert "Go on with the draft" not in shown
    assert window.get(reverse("grading_draft", args=[draft.pk])).status_code == 403
    lines = b"".join(window.get(reverse("grading_system"), {"format": "csv"}).streaming_content).decode()
    assert len(lines.strip().splitlines()) == 9


def test_the_draft_is_written_compared_and_published_with_a_second_factor(
    browser_of: Browser, commander: Member, draft: GradingDraft
) -> None:
    window = browser_of(commander)
    address = reverse("grading_draft", args=[draft.pk])
    said = typed(draft, says_2="Addressed when graded.", second_look_1="on")
    assert window.post(address, said).status_code == 302
    shown = window.get(address).content.decode()
    assert "Level 2: in a line, for the officer" in shown
    assert "<del>" in shown
    stale = browser_of(commander, fresh=False)
    assert GradingSystem.objects.count() == 1
    stale.post(reverse("publish_grading", args=[draft.pk]), {"revision": 2})
    assert GradingSystem.objects.count() == 1, "a second factor first"
    window = browser_of(commander)
    answer = window.post(reverse("publish_grading", args=[draft.pk]), {"revision": 2})
    assert answer.status_code == 302
    system = GradingSystem.objects.get(version=2)
    assert GradingLevel.objects.get(system=system, level=1).second_look
    assert "in force" in window.get(reverse("grading_version", args=[2])).content.decode()


def test_a_level_without_words_is_named_beside_its_field(
    browser_of: Browser, commander: Member, draft: GradingDraft
) -> None:
    answer = browser_of(commander).post(reverse("grading_draft", args=[draft.pk]), typed(draft, says_4=" "))
    assert answer.status_code == 422
    assert "Level 4: write" in answer.content.decode()


def test_before_the_first_version_the_page_says_what_to_do(browser_of: Browser, commander: Member) -> None:
    assert "Read and adopt version 1" in browser_of(commander).get(reverse("grading_system")).content.decode()
