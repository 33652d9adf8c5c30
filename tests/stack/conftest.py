"""A stack of a test's own: the supervisor as `make run` starts it, with the servers only."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from smu.environment import ROOT
from smu.stack import warden

QUIET = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


class Started:
    """A supervisor that was started on `data`."""

    def __init__(
        self, data: Path, *words: str, user: int | None = None, python: str = sys.executable, **environment: str
    ) -> None:
        self.data = data
        self.process = subprocess.Popen(
            [python, "-m", "smu.stack", "--data", str(data), *words],
            cwd=ROOT,
            env={**QUIET, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )

    @property
    def run(self) -> dict[str, Any]:
        """What its run.json says now."""
        return json.loads((self.data / "run.json").read_text())

    @property
    def pids(self) -> dict[str, int]:
        return self.run["pids"]

    def until_running(self, seconds: float = 20.0) -> Started:
        """Wait for its own run.json; fail with what was printed if the supervisor ends first."""
        wait_until(lambda: self.has_written() or self.process.poll() is not None, seconds)
        assert self.process.poll() is None, self.said()
        return self

    def has_written(self) -> bool:
        """Whether the run.json there is of this start, not of one that was killed."""
        try:
            return self.pids["supervisor"] == self.process.pid
        except FileNotFoundError:
            return False

    def said(self) -> str:
        """What it printed, to its end."""
        return self.process.communicate(timeout=30)[0]

    def stop(self) -> str:
        """Ask it to stop, and return what it printed."""
        self.process.send_signal(signal.SIGINT)
        return self.said()

    def kill(self) -> None:
        """End the supervisor as the kernel would, with no warning."""
        self.process.kill()
        self.process.wait()


def wait_until(true: Callable[[], Any], seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.03)


def query(address: str, words: str = "SELECT 1") -> Any:
    """The first value that `words` yields, None when the server does not answer."""
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(address, connect_timeout=3) as connection:
        return connection.execute(words).fetchone()[0]


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """An empty DATA. Whatever still runs on it afterwards is ended."""
    # pytest's own folder is closed to everybody else, and so would be the database's user's way in.
    folder = Path("/tmp") / f"smu-test-{tmp_path.parent.name}-{tmp_path.name}"[:60]
    folder.mkdir()
    yield folder
    warden.end(str(folder), patience=5)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., Started]]:
    """Start a stack on `data`: the servers only, unless said otherwise."""
    begun: list[Started] = []

    def start_one(*words: str, on: Path = data, **more: Any) -> Started:
        begun.append(Started(on, *(words or ("--only", "postgres,redis")), **more))
        return begun[-1]

    yield start_one
    for one in begun:
        if one.process.poll() is None:
            one.process.terminate()
            one.process.communicate(timeout=30)
