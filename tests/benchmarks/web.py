"""The web server as a unit runs it, and one person's browser before it."""

from __future__ import annotations

import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from smu.stack import static
from smu.stack.environment import any_port, python
from smu.stack.postgres import APP
from smu.stack.unit import answers
from tests.benchmarks.machine import ROOT, Machine

WORKERS = 2


@contextmanager
def server(
    machine: Machine,
    *,
    settings: str = "smu.settings",
    application: str = "smu.asgi:application",
    database: str = "ours",
) -> Iterator[int]:
    """Within, a server over the database answers at the port given."""
    port = any_port()
    ours = {"DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": machine.cluster.url(APP, database)}
    environment = {
        **os.environ, **ours, "SECURE_SSL_REDIRECT": "0", "STATIC_ROOT": str(machine.places.data / "static"),
    }  # fmt: skip
    if settings == "smu.settings":
        subprocess.run(python(*static.COMMAND), cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    kind = ["-k", "asgi"] if "asgi" in application else []
    words = ["-m", "gunicorn", *kind, "-w", str(WORKERS), "--timeout", "900", "--no-control-socket"]
    command = python(*words, "--bind", f"127.0.0.1:{port}", application)
    web = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not answers(f"http://localhost:{port}/health/"):
            if web.poll() is not None or time.monotonic() > until:
                raise TimeoutError("The web server does not answer.")
            time.sleep(0.05)
        yield port
    finally:
        web.terminate()
        web.wait()


class Browser:
    """Asks for pages over one connection and tells how long each took, in milliseconds."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.headers = {"Host": "localhost", "Connection": "keep-alive", "Cookie": cookie}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=900)

    def get(self, path: str) -> tuple[float, str]:
        """How long the page took, to its last byte, and the page. Raises ValueError for any other answer than one."""
        for attempt in range(2):
            began = time.perf_counter()
            try:
                self.connection.request("GET", path, headers=self.headers)
                answer = self.connection.getresponse()
                text = answer.read().decode()
            except (http.client.HTTPException, OSError):  # the server closed it between two requests
                self.connection.close()
                if attempt:
                    raise
                continue
            if answer.status != 200:
                raise ValueError(f"{path}: {answer.status}")
            return (time.perf_counter() - began) * 1000, text
        raise AssertionError


def cookie_of(username: str) -> str:
    """The cookie of a member who has just signed in."""
    from django.conf import settings
    from django.test import Client

    from members.models import Member
    from tests.cast import BACKEND, give_second_factor

    member = Member.objects.get(username=username)
    give_second_factor(member)
    client = Client(headers={"host": "localhost"})
    client.force_login(member, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def part(times: list[float], of: float) -> float:
    """The value below which that part of the times lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * of))]
