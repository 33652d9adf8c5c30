"""What starts looks first whether the database holds what it was started for; a refusal is one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from members.models import Agency, Member
from smu.demonstration import read
from smu.environment import ROOT
from smu.stack.environment import any_port
from smu.starting import wrong_unit

GUNICORN = ["-m", "gunicorn", "-k", "asgi", "-w", "1", "--no-control-socket", "--bind", f"127.0.0.1:{any_port()}"]
PROCESSES = {
    "web": [*GUNICORN, "smu.asgi:application"],
    "worker": ["-m", "celery", "-A", "smu", "worker", "-P", "threads", "-c", "1"],
    "beat": ["-m", "celery", "-A", "smu", "beat", "-s", "SCHEDULE", "--pidfile="],
    "sealer": ["manage.py", "seal", "--once"],
}


def launched(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment}
    command = [sys.executable, *words]
    return subprocess.run(command, check=False, env=given, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.fixture
def agency(transactional_db: None) -> Callable[..., Agency]:
    def stored(*, demonstration: bool) -> Agency:
        fields = {"name": "Harbour City", "short_name": "Harbour", "zone": "America/New_York", "languages": ["en"]}
        return Agency.objects.create(demonstration=demonstration, **fields)

    return stored


@pytest.mark.parametrize("process", PROCESSES)
def test_nothing_of_a_real_unit_starts_on_the_demonstrations_database(
    agency: Callable[..., Agency], broker: Any, process: str, tmp_path: Path
) -> None:
    agency(demonstration=True)
    refused = launched(*[str(tmp_path / "schedule") if word == "SCHEDULE" else word for word in PROCESSES[process]])
    assert refused.returncode == 3, refused.stderr
    assert "This database holds the demonstration, and a real unit does not start on it" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_nothing_of_the_demonstration_starts_on_a_real_units_database(agency: Callable[..., Agency]) -> None:
    agency(demonstration=False)
    refused = launched(*PROCESSES["sealer"], DEMONSTRATION="1")
    assert refused.returncode == 3
    assert refused.stderr.startswith("This database holds a real unit")


def test_each_starts_on_its_own(agency: Callable[..., Agency]) -> None:
    agency(demonstration=False)
    started = launched(*PROCESSES["sealer"])
    assert (started.returncode, "sealed" in started.stdout) == (0, True), started.stderr


def test_migrations_run_wherever_they_are_asked_to(agency: Callable[..., Agency]) -> None:
    agency(demonstration=True)
    assert launched("manage.py", "migrate", "--plan").returncode == 0


def test_a_missing_setting_is_a_sentence_without_a_traceback() -> None:
    given = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    for words in (PROCESSES["sealer"], PROCESSES["web"]):
        command = [sys.executable, *words]
        refused = subprocess.run(
            command, check=False, env={**given, "DATA": "/nonexistent"}, cwd=ROOT, capture_output=True, text=True
        )
        assert refused.returncode == 3
        assert "SECRET_KEY is not set" in refused.stderr
        assert "Traceback" not in refused.stderr


def asked(flag: list[tuple[bool]], members: list[tuple[str, str, str]]) -> Iterator[Any]:
    """A database that holds this."""
    return lambda query: flag if "members_agency" in query else members  # type: ignore[return-value]


FICTIONAL = [(one["username"], one["number"], one["name"]) for one in read("members")]


def test_members_of_the_demonstration_are_known_without_its_agency_too() -> None:
    assert "fictional" in wrong_unit(asked([], FICTIONAL[:1]), demonstration=False)
    assert "fictional" in wrong_unit(asked([(False,)], FICTIONAL[2:3]), demonstration=False)
    assert wrong_unit(asked([], FICTIONAL), demonstration=True) == ""


def test_a_real_member_may_have_a_name_of_the_demonstration(db: None, commander: Member) -> None:
    username, number, name = FICTIONAL[0]
    assert wrong_unit(asked([(False,)], [(username, "1", name), ("other", number, name)]), demonstration=False) == ""


def test_an_empty_database_is_anybodys() -> None:
    for demonstration in (True, False):
        assert wrong_unit(asked([], []), demonstration=demonstration) == ""
