"""`make run` without the unit's own processes: what starts, what is refused, what happens when something is killed."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import psycopg
import redis

from smu.stack import warden
from tests.stack.conftest import Started, query, wait_until

Start = Callable[..., Started]


def test_the_run_file_is_private_and_leads_to_the_servers_and_goes_when_they_stop(start: Start, data: Path) -> None:
    stack = start().until_running()
    run = stack.run
    assert stat.S_IMODE((data / "run.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((data / "secrets.json").stat().st_mode) == 0o600
    assert query(run["database_url"], "SELECT current_user") == "smu_app"
    assert query(run["database_owner_url"], "SELECT current_user") == "smu_owner"
    assert redis.Redis.from_url(run["redis_url"]).ping()
    assert run["environment"]["DATABASE_URL"] == run["database_url"]
    assert set(run["pids"]) == {"supervisor", "postgres", "redis"}
    said = stack.stop()
    assert stack.process.returncode == 0
    assert said.index("redis        stopped") < said.index("Stopped:")
    assert not (data / "run.json").exists()
    assert not warden.marked(str(data))


def test_nobody_enters_the_database_without_a_password(start: Start) -> None:
    run = start().until_running().run
    socket_folder = run["cluster"].removesuffix("/cluster")
    assert query(f"postgresql://smu_app:guessed@/smu?host={socket_folder}") is None
    assert query(f"postgresql://postgres@/smu?host={socket_folder}") is None
    assert query(run["database_url"]) == 1


def test_the_app_role_starts_with_no_right_to_make_or_change_anything(start: Start) -> None:
    run = start().until_running().run
    rights = "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication FROM pg_roles WHERE rolname = "
    assert query(run["database_url"], rights + "'smu_app'") is False
    assert query(run["database_url"], rights + "'smu_owner'") is False
    assert query(run["database_url"], "SELECT has_schema_privilege('public', 'CREATE')") is False
    assert query(run["database_owner_url"], "SELECT has_schema_privilege('public', 'CREATE')") is True


def test_a_second_start_on_the_same_data_is_refused_with_a_sentence(start: Start) -> None:
    first = start().until_running()
    second = start()
    assert f"already runs on {first.data}" in second.said()
    assert second.process.returncode == 1
    assert query(first.run["database_url"]) == 1


def test_a_taken_port_is_refused_with_a_sentence(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        stack = start("--port", str(port))
        assert f"Port {port} is taken by another program." in stack.said()
        assert stack.process.returncode == 1


def test_an_unknown_process_is_refused_with_a_sentence(start: Start) -> None:
    assert "There is no process postgress." in start("--only", "postgress,redis").said()


def test_killing_the_supervisor_leaves_no_orphan_and_the_next_start_recovers(start: Start, data: Path) -> None:
    stack = start().until_running()
    with redis.Redis.from_url(stack.run["redis_url"]) as client:
        client.set("kept", "yes")
    with psycopg.connect(stack.run["database_owner_url"]) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS n")
    stack.kill()
    again = start().until_running()
    assert query(again.run["database_owner_url"], "SELECT n FROM kept") == 7
    assert redis.Redis.from_url(again.run["redis_url"]).get("kept") == b"yes"
    again.kill()
    wait_until(lambda: not warden.marked(str(data)))


def test_killing_supervisor_and_warden_and_all_leaves_a_folder_that_starts_again(start: Start, data: Path) -> None:
    stack = start().until_running()
    run, everything = stack.run, warden.marked(str(data))
    assert set(everything) >= {run["pids"]["postgres"], run["pids"]["redis"]}
    stack.process.kill()
    for pid in [*wardens(data), *everything]:
        os.kill(pid, signal.SIGKILL)
    stack.process.wait()
    assert query(start().until_running().run["database_url"]) == 1


def test_a_killed_server_is_started_again_and_the_run_file_names_the_new_process(start: Start) -> None:
    stack = start().until_running()
    before = stack.pids
    for name in ("postgres", "redis"):
        os.kill(before[name], signal.SIGKILL)
    wait_until(lambda: stack.pids["postgres"] != before["postgres"] and stack.pids["redis"] != before["redis"])
    wait_until(lambda: query(stack.run["database_url"]) == 1)
    assert redis.Redis.from_url(stack.run["redis_url"]).ping()
    said = stack.stop()
    assert "postgres     was ended by signal 9; starting again in 0.5 s" in said


def test_a_killed_warden_is_replaced_so_that_the_supervisor_may_die_next(start: Start, data: Path) -> None:
    stack = start().until_running()
    (first,) = wardens(data)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: wardens(data) not in ([], [first]))
    stack.kill()
    wait_until(lambda: not warden.marked(str(data)) and not wardens(data))


def test_servers_named_in_the_environment_are_not_started(start: Start, data: Path) -> None:
    named = {"DATABASE_URL": "postgresql://app@db/unit", "DATABASE_OWNER_URL": "postgresql://owner@db/unit"}
    stack = start(**named, REDIS_URL="redis://broker/0").until_running()
    assert set(stack.pids) == {"supervisor"}
    assert stack.run["database_url"] == named["DATABASE_URL"]
    assert stack.run["environment"]["CELERY_BROKER_URL"] == "redis://broker/0"
    assert stack.run["environment"]["APP_ROLE"] == "app"


def test_a_real_database_without_its_owner_is_refused_with_a_sentence(start: Start) -> None:
    assert "DATABASE_OWNER_URL must be too" in start(DATABASE_URL="postgresql://app@db/unit").said()


def test_the_stack_stops_with_the_process_that_it_was_started_for(start: Start, data: Path) -> None:
    short = os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "600")
    stack = start("--only", "redis", "--until", str(short)).until_running()
    os.kill(short, signal.SIGKILL)
    os.waitpid(short, 0)
    assert "Stopped:" in stack.said()


def wardens(data: Path) -> list[int]:
    """The wardens of the stack on `data`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:  # ended while it was looked at
                continue
            if any(word.endswith(b"warden.py") for word in words) and os.fsencode(data) in words:
                found.append(int(entry.name))
    return found


def test_a_setting_of_the_database_can_be_named(start: Start) -> None:
    run = (
        start("--only", "postgres", "--throwaway", "--setting", "fsync=on", "--setting", "work_mem=32MB")
        .until_running()
        .run
    )
    assert query(run["database_url"], "SHOW fsync") == "on"
    assert query(run["database_url"], "SHOW work_mem") == "32MB"
    assert query(run["database_url"], "SHOW full_page_writes") == "off"
