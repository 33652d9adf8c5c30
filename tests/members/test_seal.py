"""The seals over the trail: nothing that is done to a sealed row, or to a seal, stays unnoticed (ruling 20)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from members.models import LogEntry, TrailEntry, Unsealed
from members.sealing import HeadDiffers, ledgers, read_head, seal
from members.verification import Finding, Verification, seal_over
from tests.members.conftest import Trail, ledger_named

Nine = tuple[Trail, list[int]]


def named(findings: list[Finding]) -> set[tuple[str, int | None, int | None]]:
    return {(finding.kind, finding.row, finding.seal) for finding in findings}


def test_what_is_sealed_and_untouched_gives_no_finding(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    assert trail.findings() == []
    assert not Unsealed.objects.filter(ledger="trail").exists()
    assert seal_over("trail", rows[4]).number == 2


def test_what_waits_for_its_seal_is_counted_and_not_suspected(trail_of_nine: Nine) -> None:
    trail, _ = trail_of_nine
    trail.enter(2)
    verification = Verification(trail.ledger)
    assert list(verification) == []
    assert (verification.seals, verification.rows, verification.waiting) == (3, 9, 2)


def test_an_altered_row_is_named(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    trail.tamper("UPDATE members_trailentry SET verb = 'undo' WHERE id = %s", rows[4])
    assert named(trail.findings()) == {("altered", rows[4], None)}
    assert f"Trail entry {rows[4]} was altered" in str(trail.findings()[0])


@pytest.mark.parametrize("column", ["at", "by_id", "subject_type", "subject_id", "act", "before", "decision_digest"])
def test_no_column_of_a_sealed_row_can_be_altered_unseen(trail_of_nine: Nine, officer: Any, column: str) -> None:
    trail, rows = trail_of_nine
    new = {
        "at": "now() - interval '1 day'",
        "by_id": str(officer.pk),
        "act": "gen_random_uuid()",
    }.get(column, "'other'")
    trail.tamper(f"UPDATE members_trailentry SET {column} = {new} WHERE id = %s", rows[0])
    assert named(trail.findings()) == {("altered", rows[0], None)}


def test_a_deleted_row_is_named(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    trail.tamper("DELETE FROM members_trailentry WHERE id = %s", rows[3])
    assert named(trail.findings()) == {("missing", rows[3], None)}


def test_a_row_deleted_before_it_was_sealed_is_named_then_and_ever_after(trail: Trail) -> None:
    row, _ = trail.enter(2)
    trail.tamper("DELETE FROM members_trailentry WHERE id = %s", row)
    assert named(trail.findings()) == {("missing", row, None)}
    assert trail.seal() == 2
    assert named(trail.findings()) == {("missing", row, None)}


def test_a_row_slipped_in_is_named(trail_of_nine: Nine) -> None:
    trail, _ = trail_of_nine
    trail.tamper(
        "INSERT INTO members_trailentry (id, at, verb, subject_type, subject_id, act, before, after, decision_type,"
        " decision_id, decision_digest) VALUES (777, now(), 'grade', '', '', gen_random_uuid(), '', '', '', '', '')"
    )
    assert named(trail.findings()) == {("slipped_in", 777, None)}


def test_a_row_whose_note_was_taken_away_is_named(trail: Trail) -> None:
    (row,) = trail.enter()
    Unsealed.objects.all().delete()  # the app's role may do this: it seals
    assert named(trail.findings()) == {("slipped_in", row, None)}


def test_two_rows_that_changed_places_are_named(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    first, second = rows[0], rows[8]
    trail.tamper("UPDATE members_trailentry SET id = -1 WHERE id = %s", first)
    trail.tamper("UPDATE members_trailentry SET id = %s WHERE id = %s", first, second)
    trail.tamper("UPDATE members_trailentry SET id = %s WHERE id = -1", second)
    assert named(trail.findings()) == {("altered", first, None), ("altered", second, None)}


def test_an_altered_seal_is_named(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    trail.tamper("UPDATE members_seal SET rows = rows[1:2] || 99::bigint WHERE number = 2")
    assert {("broken_seal", None, 2), ("slipped_in", rows[5], None)} <= named(trail.findings())


def test_a_deleted_seal_is_named(trail_of_nine: Nine) -> None:
    trail, _ = trail_of_nine
    trail.tamper("DELETE FROM members_seal WHERE number = 2")
    assert ("broken_seal", None, 2) in named(trail.findings())


def test_seals_that_changed_places_are_named(trail_of_nine: Nine) -> None:
    trail, _ = trail_of_nine
    for old, new in ((2, -1), (3, 2), (-1, 3)):
        trail.tamper("UPDATE members_seal SET number = %s WHERE number = %s", new, old)
    assert {("broken_seal", None, 2), ("broken_seal", None, 3)} <= named(trail.findings())


def test_a_cut_tail_is_named_by_the_head_outside(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    trail.tamper("DELETE FROM members_seal WHERE number = 3")
    trail.tamper("DELETE FROM members_trailentry WHERE id = ANY(%s)", rows[6:])
    assert named(trail.findings()) == {("cut", None, 3)}


def test_nothing_is_sealed_over_a_cut_tail(trail_of_nine: Nine) -> None:
    trail, _ = trail_of_nine
    trail.tamper("DELETE FROM members_seal WHERE number = 3")
    trail.enter()
    with pytest.raises(HeadDiffers):
        trail.seal()
    assert read_head("trail").number == 3


def test_a_chain_forged_anew_differs_from_the_head_outside(trail_of_nine: Nine, heads: Path) -> None:
    trail, rows = trail_of_nine
    trail.tamper("UPDATE members_trailentry SET verb = 'undo' WHERE id = %s", rows[0])
    head, days = heads / "trail.head", heads / "trail.days"
    kept = head.read_text(), days.read_text()
    trail.tamper("DELETE FROM members_seal")
    trail.tamper("INSERT INTO members_unsealed (ledger, row) SELECT 'trail', id FROM members_trailentry ORDER BY id")
    head.unlink()
    days.unlink()
    trail.seal()
    head.write_text(kept[0])
    days.write_text(kept[1])
    assert {("broken_seal", None, 1), ("cut", None, 3)} <= named(trail.findings())


def test_a_lost_head_is_told_and_begun_anew_only_by_order(trail_of_nine: Nine, heads: Path) -> None:
    trail, _ = trail_of_nine
    (heads / "trail.head").unlink()
    assert named(trail.findings()) == {("no_head", None, None)}
    trail.enter()
    with pytest.raises(HeadDiffers):
        trail.seal()
    call_command("seal", new_head="trail", stdout=StringIO())
    assert trail.seal() == 1
    assert trail.findings() == []


def test_a_head_that_is_behind_after_a_kill_is_no_alarm(trail_of_nine: Nine, heads: Path) -> None:
    trail, _ = trail_of_nine
    before = (heads / "trail.head").read_text()
    trail.enter()
    trail.seal()
    (heads / "trail.head").write_text(before)  # killed between the commit and the head
    assert trail.findings() == []
    trail.enter()
    assert trail.seal() == 1
    assert read_head("trail").number == 5


def test_an_act_that_is_not_committed_is_not_sealed(trail: Trail, app_connection: psycopg.Connection) -> None:
    app_connection.execute(
        "INSERT INTO members_trailentry (at, verb, subject_type, subject_id, act, before, after, decision_type,"
        " decision_id, decision_digest) VALUES (now(), 'late', '', '', gen_random_uuid(), '', '', '', '', '')"
    )
    trail.enter()
    assert trail.seal() == 1
    app_connection.commit()
    assert trail.seal() == 1, "the entry with the smaller id, committed later, has a seal of its own"
    assert trail.findings() == []


@pytest.mark.parametrize("name", ["trail", "log", "records"])
def test_every_ledger_of_the_settings_notes_its_rows(name: str) -> None:
    triggers = [trigger.name for trigger in ledger_named(name).model._meta.triggers]  # type: ignore[attr-defined]
    assert "is_to_be_sealed" in triggers


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["members_trailentry", "members_logentry", "members_seal"])
def test_the_apps_role_may_not_alter_trail_log_or_seals(table: str, statement: str) -> None:
    TrailEntry.objects.create(verb="grade", subject_type="", subject_id="")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format(table))
    assert TrailEntry.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", ["members_trailentry", "members_logentry", "members_seal"])
def test_the_owner_meets_the_trigger(trail_of_nine: Nine, table: str, statement: str) -> None:
    trail, _ = trail_of_nine
    LogEntry.objects.create(verb="read", subject_type="", subject_id="")
    with pytest.raises(psycopg.errors.RaiseException, match="pgtrigger"):
        trail.owner.execute(statement.format(table))


def test_two_sealers_at_once_make_one_chain(trail: Trail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("members.sealing.BATCH", 3)
    trail.enter(60)

    def seal_all() -> int:
        counts = list(iter(trail.seal, 0))
        connection.close()
        return sum(counts)

    with ThreadPoolExecutor(2) as sealers:
        sealed = [running.result() for running in [sealers.submit(seal_all) for _ in range(2)]]
    assert sum(sealed) == 60
    assert trail.findings() == []


def test_verify_trail_ends_with_one_and_names_what_was_tampered_with(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    said = StringIO()
    call_command("verify_trail", stdout=said)
    assert "trail: 9 rows under 3 seals, 0 not sealed yet." in said.getvalue()
    trail.tamper("UPDATE members_trailentry SET verb = 'undo' WHERE id = %s", rows[4])
    with pytest.raises(CommandError) as refused:
        call_command("verify_trail", stdout=said)
    assert refused.value.returncode == 1
    assert f"trail: Trail entry {rows[4]} was altered after it was sealed." in said.getvalue()


def test_the_log_is_sealed_less_often_than_the_trail() -> None:
    every = {ledger.name: ledger.every for ledger in ledgers()}
    assert every["trail"] == every["records"] == 1
    assert every["log"] == 30


def test_a_ledger_larger_than_a_batch_is_sealed_in_several(trail: Trail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("members.sealing.BATCH", 4)
    trail.enter(10)
    assert [seal(trail.ledger) for _ in range(4)] == [4, 4, 2, 0]
    assert trail.findings() == []
