"""The unit as it runs, for browser tests: a web server and a sandbox as real processes beside the test."""

from __future__ import annotations

import functools
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from smu.stack.environment import any_port, python
from smu.stack.service import Service
from smu.stack.unit import answers

# What the browser's camera sees: a film of JPEG pictures, one behind the other, which a test puts there first.
CAMERA = Path(tempfile.gettempdir()) / f"smu-test-camera-{os.getpid()}.mjpeg"
CHROMIUM = Path("/usr/bin/chromium")


@dataclass(frozen=True)
class LiveUnit:
    """Where the running unit and its sandbox are."""

    web: str
    sandbox: str


def running(service: Service, seconds: float = 20.0) -> Iterator[Service]:
    """Within, `service` runs and answers; fails with the end of its log when it does not."""
    service.log = settings.PLACES.logs / f"{service.name}-{settings.WORKER}.log"
    service.spawn()
    until = time.monotonic() + seconds
    try:
        while not service.is_ready():
            if service.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{service.name} does not answer. Its log ends:\n{service.last_words(30)}")
            time.sleep(0.03)
        yield service
    finally:
        service.ask_to_stop()
        service.see_ended()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[str]:
    """The address of a fresh sandbox, always on this worker's port: the settings name it for every platform."""
    address = settings.SANDBOX_URL
    words = ["--port", str(settings.SANDBOX_PORT), "--state", str(tmp_path / "sandbox.sqlite3")]
    service = Service("sandbox", python("-m", "sandbox", *words), dict(os.environ))
    service.answers = functools.partial(answers, f"{address}/_sandbox/health")
    for _ in running(service):
        yield address


@pytest.fixture(scope="session")
def live_web(django_db_setup: None) -> Iterator[str]:
    """The address of a web server on this worker's database, with the demonstration's sign-in page."""
    port = any_port()
    words = ["-m", "gunicorn", "-k", "asgi", "-w", "1", "--graceful-timeout", "1", "--no-control-socket"]
    command = python(*words, "--bind", f"127.0.0.1:{port}", "smu.asgi:application")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DEMONSTRATION": "1"}
    service = Service("web", command, environment)
    service.answers = functools.partial(answers, f"http://127.0.0.1:{port}/health/")
    for _ in running(service):
        yield f"http://localhost:{port}"


@pytest.fixture
def live_unit(transactional_db: None, broker: Any, sandbox: str, live_web: str) -> LiveUnit:
    """A running unit on this test's database, which is cloned anew afterwards."""
    return LiveUnit(web=live_web, sandbox=sandbox)


@pytest.fixture(scope="session")
def worker(django_db_setup: None) -> Iterator[None]:
    """A Celery worker on this worker's database and broker, for both queues."""
    words = ["-P", "threads", "-c", "2", "-Q", "ordinary,urgent", "--without-gossip", "--without-mingle", "-l", "INFO"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    service = Service("worker", python("-m", "celery", "-A", "smu", "worker", *words), environment)
    service.answers = functools.partial(service.logged, b" ready.")
    for _ in running(service):
        yield


@pytest.fixture
def live_worker(live_unit: LiveUnit, worker: None) -> LiveUnit:
    """A running unit whose orders are carried out, as in `make run`."""
    return live_unit


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, without calls of its own to the outside. A machine without it fails, and does not skip."""
    if not CHROMIUM.is_file():
        pytest.fail(f"The browser tests need {CHROMIUM}: apt-get install chromium", pytrace=False)
    # The browser's driver keeps an event loop in this thread; Django's ORM is safe here all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    words = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    words += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    words += [f"--use-file-for-fake-video-capture={CAMERA}"]
    return {"executable_path": str(CHROMIUM), "args": words, "headless": "--headed" not in sys.argv}
