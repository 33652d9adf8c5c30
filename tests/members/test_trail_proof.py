"""The proof of single entries: on their page, and taken out for somebody who trusts nobody here (ruling 20)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import LogEntry, Member, Seal, TrailEntry, Unsealed
from members.proof import checks_of, standing_of
from members.sealing import seal
from members.verification import seals_over
from tests.members.conftest import Trail, ledger_named
from tests.members.test_trail_page import text_of

Browser = Callable[[Member], Client]
Nine = tuple[Trail, list[int]]

pytestmark = pytest.mark.sop("F.I")


def holds(trail: Trail, row: int) -> list[bool | None]:
    return [check.holds for check in checks_of(trail.ledger, row)]


def test_an_untouched_entry_holds_up_to_what_is_noted_outside(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    for row in rows:
        assert holds(trail, row) == [True, True, True, True]
    assert "leads to seal 3, noted outside" in checks_of(trail.ledger, rows[4])[3].says
    assert "leads to seal 1, noted outside" in checks_of(trail.ledger, rows[0])[3].says, "the first of the day"


def test_what_was_done_to_it_is_said(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    trail.tamper("UPDATE members_trailentry SET verb = 'undo' WHERE id = %s", rows[4])
    assert holds(trail, rows[4]) == [False, True, True, True]
    assert holds(trail, rows[3]) == [True, True, True, True]
    trail.tamper("DELETE FROM members_trailentry WHERE id = %s", rows[3])
    assert holds(trail, rows[3]) == [False, True, True, True]
    trail.tamper("UPDATE members_seal SET digests = sha256(digests) || digests WHERE number = 3")
    assert holds(trail, rows[4])[3] is False, "the chain from its seal on is broken"
    assert holds(trail, rows[7])[:2] == [False, False]
    trail.tamper("DELETE FROM members_seal WHERE number = 3")
    trail.tamper("DELETE FROM members_trailentry WHERE id = ANY(%s)", rows[6:])
    assert "broken at seal 3" in checks_of(trail.ledger, rows[4])[3].says or holds(trail, rows[4])[3] is False


def test_an_entry_that_waits_is_not_suspected_and_one_that_waits_for_nothing_is(trail: Trail) -> None:
    first, second = trail.enter(2)
    assert holds(trail, first) == [None]
    Unsealed.objects.filter(row=second).delete()
    assert holds(trail, second) == [False]


def test_without_a_head_outside_nothing_is_claimed_of_it(trail_of_nine: Nine, heads: Path) -> None:
    trail, rows = trail_of_nine
    for file in filter(Path.is_file, heads.rglob("*")):
        file.unlink()
    assert holds(trail, rows[0]) == [True, True, True, None]


def test_the_seal_over_a_row_is_found_and_of_two_the_first(trail_of_nine: Nine) -> None:
    trail, rows = trail_of_nine
    found = seals_over("trail", [*rows, 999_999_999])
    assert [found[row].number for row in rows] == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert len(found) == 9
    assert seals_over("log", rows) == {}
    trail.tamper("UPDATE members_seal SET rows = rows || %s::bigint WHERE number = 3", rows[0])
    assert seals_over("trail", rows[:1])[rows[0]].number == 1


def test_the_page_says_how_far_the_trail_is_sealed(
    trail_of_nine: Nine, heads: Path, browser_of: Browser, supervisor: Member
) -> None:
    trail, _ = trail_of_nine
    client = browser_of(supervisor)
    assert "with seal 3; the head outside the database agrees" in client.get(reverse("trail")).content.decode()
    trail.enter()
    assert "1 entry waits" in client.get(reverse("trail")).content.decode()
    late = standing_of(trail.ledger, timezone.now() + timedelta(minutes=2))
    assert (late.number, late.agrees, late.late, late.waiting) == (3, True, True, 1)
    trail.tamper("DELETE FROM members_seal WHERE number = 3")
    assert "the database does not hold it so" in client.get(reverse("trail")).content.decode()
    (heads / "trail.head").unlink()
    assert "No head is kept outside" in client.get(reverse("trail")).content.decode()


def test_an_entry_is_verified_before_ones_eyes(trail_of_nine: Nine, browser_of: Browser, supervisor: Member) -> None:
    trail, rows = trail_of_nine
    client = browser_of(supervisor)
    assert "number 2" in client.get(reverse("trail_entry", args=[rows[4]])).content.decode()
    page = client.post(reverse("verify_entry", args=[rows[4]])).content.decode()
    assert "The entry is as seal 2 covers it." in page
    assert "Does not hold" not in page
    trail.tamper("UPDATE members_trailentry SET verb = 'undo' WHERE id = %s", rows[4])
    fragment = client.post(reverse("verify_entry", args=[rows[4]]), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Does not hold:" in fragment


@pytest.mark.django_db
def test_anothers_entry_is_not_there_for_an_officer(
    browser_of: Browser, officer: Member, other_officer: Member, auditor: Member
) -> None:
    entry = TrailEntry.objects.create(by=other_officer, verb="grade", subject_type="", subject_id="")
    read = LogEntry.objects.create(by=other_officer, verb="read", subject_type="", subject_id="")
    for name, verify, one in (("trail_entry", "verify_entry", entry), ("read_entry", "verify_read", read)):
        assert browser_of(officer).get(reverse(name, args=[one.pk])).status_code == 404
        assert browser_of(officer).post(reverse(verify, args=[one.pk])).status_code == 404
        assert browser_of(other_officer).get(reverse(name, args=[one.pk])).status_code == 200
        assert browser_of(auditor).post(reverse(verify, args=[one.pk])).status_code == 200
    assert browser_of(auditor).get(f"/trail/{2**64}/").status_code == 404


# --- for somebody outside ---


def recipe() -> str:
    """The program that docs/operations.md gives to those who check."""
    text = (settings.BASE_DIR / "docs/operations.md").read_text()
    return re.search(r"```python\n(.*?)```", text, re.DOTALL).group(1)  # type: ignore[union-attr]


def checked_outside(tmp_path: Path, exported: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "check.py").write_text(recipe())
    (tmp_path / "trail.jsonl").write_text(exported)
    command = [sys.executable, "-I", "check.py", "trail.jsonl"]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)


@pytest.fixture
def exported(trail_of_nine: Nine, browser_of: Browser, supervisor: Member) -> str:
    trail, _ = trail_of_nine
    TrailEntry.objects.create(by=supervisor, verb="päivä \u2028 “quoted” \\", subject_type="", subject_id="\t\x7f😀")
    trail.seal()
    trail.enter()
    return text_of(browser_of(supervisor).get(reverse("trail"), {"format": "json"}))


def test_the_recipe_has_about_twenty_lines() -> None:
    assert len([line for line in recipe().splitlines() if line.strip()]) <= 24


def test_somebody_outside_recomputes_all_of_it(exported: str, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in exported.splitlines()]
    assert lines[0]["ledger"] == "trail"
    assert len([line for line in lines if "entry" in line]) == 11
    assert sorted(line["seal"] for line in lines if "seal" in line) == [1, 2, 3, 4]
    answer = checked_outside(tmp_path, exported)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "10 entries agree, 1 not sealed yet" in answer.stdout


@pytest.mark.parametrize("part", ["verb", "digest of the seal", "previous", "rows"])
def test_and_finds_what_was_altered(exported: str, tmp_path: Path, part: str) -> None:
    lines = [json.loads(line) for line in exported.splitlines()]
    if part == "verb":
        next(line for line in lines if "entry" in line and line["under"] == 2)["entry"]["verb"] = "undo"
    else:
        broken = next(line for line in lines if line.get("seal") == 2)
        if part == "rows":
            broken["rows"].reverse()
        else:
            broken["previous" if part == "previous" else "digest"] = "00" * 32
    answer = checked_outside(tmp_path, "\n".join(json.dumps(line) for line in lines))
    assert answer.returncode == 1
    assert "does not agree" in answer.stdout


def test_the_day_file_outside_has_one_line_a_day(trail: Trail, heads: Path) -> None:
    import time_machine

    begin = timezone.now().replace(hour=12)
    for hours in (0, 1, 13, 14, 37):
        with time_machine.travel(begin + timedelta(hours=hours), tick=False):
            trail.enter()
            trail.seal()
    days = (heads / "trail.days").read_text().splitlines()
    assert [line.split()[1] for line in days] == ["1", "3", "5"]
    assert len({line.split()[0] for line in days}) == 3
    assert trail.findings() == []
    assert Seal.objects.filter(ledger="trail").count() == 5
    assert seal(ledger_named("trail")) == 0
