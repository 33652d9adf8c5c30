"""`make run` with the unit's own processes: what answers, what is written down, what is left when it is killed."""

from __future__ import annotations

import os
import signal
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from smu.stack import warden
from smu.stack.environment import any_port, free
from tests.stack.conftest import Started, query, wait_until

Start = Callable[..., Started]


def test_the_unit_answers_as_the_app_role_and_leaves_nothing_when_its_supervisor_is_killed(
    start: Start, data: Path
) -> None:
    port = any_port()
    words = ("--throwaway", "--port", str(port), "--only", "postgres,redis,sandbox,web,urgent,beat")
    stack = start(*words).until_running(60)
    run = stack.run
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/") as response:
        assert response.status == 200
    environment = Path(f"/proc/{run['pids']['web']}/environ").read_bytes()
    assert b"DATABASE_OWNER_URL" not in environment
    assert b"DATABASE_URL=" + run["database_url"].encode() in environment
    assert {"username", "name", "position", "password", "totp_secret"} <= set(run["members"][0])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query(run["database_url"], "UPDATE members_trailentry SET verb = 'other' RETURNING 1")
    marked = warden.marked(str(data))
    assert set(marked) > set(run["pids"].values()) - {stack.process.pid}  # the web's worker process is one more

    os.kill(run["pids"]["web"], signal.SIGKILL)
    wait_until(lambda: stack.pids["web"] != run["pids"]["web"])
    wait_until(lambda: not free(port))

    stack.kill()
    wait_until(lambda: not warden.marked(str(data)))
    assert free(port)
    wait_until(lambda: not (data / "run.json").exists())
