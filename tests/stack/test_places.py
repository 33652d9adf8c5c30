"""Where the stack's things lie, and as whom its database runs."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis

from smu.environment import ROOT
from smu.stack.places import LONGEST_SOCKET_PATH, POSTGRES_SOCKET, settle
from tests.stack.conftest import Started, query

Start = Callable[..., Started]
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can start it as somebody else")
NOBODY = pwd.getpwnam("nobody").pw_uid


def modes_above(path: Path) -> list[tuple[str, str]]:
    """The permissions and owner of each folder above `path`."""
    return [(str(parent), f"{parent.stat().st_mode:o} {parent.stat().st_uid}") for parent in path.parents]


@pytest.fixture
def private_home(data: Path) -> Path:
    """A folder that only root may enter."""
    home = data / "home"
    home.mkdir(mode=0o700)
    return home


@AS_ROOT
def test_under_a_private_home_the_database_lies_outside_and_no_permission_changes(
    start: Start, private_home: Path
) -> None:
    data = private_home / "unit"
    stack = start("--only", "postgres", on=data)
    outside: Path | None = None
    above = modes_above(data)
    try:
        run = stack.until_running().run
        outside = Path(run["cluster"]).parent.parent
        assert not outside.is_relative_to(private_home)
        assert query(run["database_url"]) == 1
        assert modes_above(data) == above
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert Path(run["server_files"]).is_relative_to(outside)
        assert owner_of_process(run["pids"]["postgres"]) != 0
        stack.stop()
        assert query(start("--only", "postgres", on=data).until_running().run["database_url"]) == 1
    finally:
        stack.process.poll()
        if outside:
            shutil.rmtree(outside)


@AS_ROOT
def test_started_by_root_the_database_runs_as_another_user_and_nothing_above_data_changes(
    start: Start, data: Path
) -> None:
    above = modes_above(data / "x")[1:]
    run = start("--only", "postgres").until_running().run
    assert owner_of_process(run["pids"]["postgres"]) != 0
    assert Path(run["cluster"]).is_relative_to(data)
    assert stat.S_IMODE(Path(run["cluster"]).parent.stat().st_mode) == 0o700
    assert modes_above(data / "x")[1:] == above


@AS_ROOT
def test_without_root_it_runs_as_whoever_starts_it(start: Start, data: Path) -> None:
    os.chown(data, NOBODY, NOBODY)
    python, environment = python_for(NOBODY)
    run = start(user=NOBODY, python=python, **environment).until_running().run
    assert {owner_of_process(pid) for pid in run["pids"].values()} == {NOBODY}
    assert query(run["database_url"]) == 1
    assert redis.Redis.from_url(run["redis_url"]).ping()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_long_path_gets_short_private_socket_folders(start: Start, data: Path) -> None:
    deep = data / ("a" * 50) / ("b" * 50)
    stack = start(on=deep)
    run = stack.until_running().run
    assert query(run["database_url"]) == 1
    assert redis.Redis.from_url(run["redis_url"]).ping()
    folder = Path(run["database_url"].partition("host=")[2].partition("&")[0])
    assert len(str(folder / POSTGRES_SOCKET)) <= LONGEST_SOCKET_PATH
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    stack.stop()
    for path in settle(deep).removable:
        shutil.rmtree(path, ignore_errors=True)


def test_a_path_with_a_space_works(start: Start, data: Path) -> None:
    stack = start("--only", "postgres", on=data / "my unit")
    run = stack.until_running().run
    with psycopg.connect(run["database_url"]) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    words = [sys.executable, "-c", "from django.db import connection; connection.ensure_connection()"]
    subprocess.run(words, env={**run["environment"], "PYTHONPATH": str(ROOT)}, check=True)


def owner_of_process(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def python_for(uid: int) -> tuple[str, dict[str, str]]:
    """A Python that the user `uid` may run, with this environment's packages."""
    packages = Path(psycopg.__file__).parent.parent
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        words, environment = [python, "-c", "import psycopg, smu.stack"], {"PYTHONPATH": f"{ROOT}:{packages}"}
        try:
            tried = subprocess.run(words, env=environment, cwd="/", user=uid, group=uid, extra_groups=[], check=False)
        except PermissionError:
            continue
        if tried.returncode == 0:
            return python, environment
    pytest.skip("other users cannot reach this checkout or any Python of its version")
