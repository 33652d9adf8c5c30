"""`webhook.accept`: platforms send fifty deliveries a second to the web server as it runs, and a worker takes them in.

Each is timed from the first byte sent to the last byte of the answer, against the moment at which it was due: a server
that falls behind pays for all that waits. One in ten comes twice. Then a thousand forged, altered or foreign ones.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import random
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from smu.stack.environment import any_port, python
from smu.stack.postgres import APP
from smu.stack.unit import answers
from tests.benchmarks.machine import Machine
from tests.benchmarks.report import Figure

A_SECOND, SECONDS = 50, 40
FORGED = 1000
TARGET_MS = 100.0
CLIENTS = 16
SECRET = "the application's secret in the benchmark"
PATH = "/webhooks/facebook/"

_connections = threading.local()


def accept(machine: Machine, rows: int) -> Iterator[Figure]:
    """Two thousand deliveries in forty seconds, whatever `rows` says: the rate is what is asked."""
    from django.db import connection

    connection.close()
    machine.fresh("ours")
    _unit()
    port = any_port()
    environment = {**os.environ, "META_APP_ID": "1", "META_APP_SECRET": SECRET, "SECURE_SSL_REDIRECT": "0"}
    # The server with the unit's own settings: its pool of connections is part of what is measured.
    ours = {"DJANGO_SETTINGS_MODULE": "smu.settings", "DATABASE_URL": machine.cluster.url(APP, "ours")}
    words = ["-m", "gunicorn", "-k", "asgi", "-w", "1", "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    web = subprocess.Popen(python(*words, "smu.asgi:application"), env=environment | ours, stderr=subprocess.DEVNULL)
    worker = subprocess.Popen(python("-m", "tests.benchmarks.webhook"), env=environment)
    try:
        _wait_until(lambda: answers(f"http://localhost:{port}/health/"))
        _send(port, *_signed(_delivery(-1)))
        yield _figure(port)
    finally:
        for process in (worker, web):
            process.terminate()
            process.wait()
        connection.close()


def _figure(port: int) -> Figure:
    bodies = [_delivery(number) for number in range(A_SECOND * SECONDS)]
    due = [body for number, body in enumerate(bodies) for body in ([body, body] if number % 10 == 0 else [body])]
    began = time.perf_counter() + 0.2

    def one(number: int) -> tuple[int, float]:
        at = began + number / A_SECOND
        time.sleep(max(0.0, at - time.perf_counter()))
        status = _send(port, *_signed(due[number]))
        return status, (time.perf_counter() - at) * 1000

    with ThreadPoolExecutor(CLIENTS) as clients:
        told = list(clients.map(one, range(len(due))))
        forged = list(clients.map(lambda number: _send(port, *_forged(number)), range(FORGED)))
    times = sorted(took for _, took in told)
    p50, p95, p99 = (times[int(len(times) * part)] for part in (0.50, 0.95, 0.99))
    lost, taken = _lost(len(bodies) + 1)
    refused = sum(status != 200 for status, _ in told)
    accepted = sum(status == 200 for status in forged)
    return Figure(
        name="webhook.accept",
        rows=len(due),
        value=p95,
        unit="ms, p95",
        limit=None,
        naive=None,
        ratio_to_limit=None,
        ratio_to_naive=None,
        target=f"p95 < {TARGET_MS:g} ms at {A_SECOND} a second, none lost, none of {FORGED} forged ones accepted",
        holds=p95 < TARGET_MS and lost == 0 and refused == 0 and accepted == 0,
        peak_memory_mb=0.0,
        more={
            "p50_ms": p50,
            "p99_ms": p99,
            "lost": lost,
            "refused": refused,
            "forged_accepted": accepted,
            "comments_taken_in": taken,
        },
    )


def _lost(kept: int) -> tuple[int, int]:
    """How many deliveries are not there, each once; and how many comments they have become by a little later."""
    from moderation.models import Comment, WebhookDelivery, WebhookWork

    until = time.monotonic() + 60
    while WebhookWork.objects.filter(state="waiting").exists() and time.monotonic() < until:
        time.sleep(0.2)
    return abs(kept - WebhookDelivery.objects.count()), Comment.objects.count()


def _unit() -> None:
    """A unit with a Commander and one Page."""
    from tests.standing import standing_account

    standing_account("facebook", "9000", handle="baysidepd")


def _delivery(number: int) -> bytes:
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": f"555_{number}",
        "post_id": "9000_555",
        "parent_id": "9000_555",
        "from": {"id": str(number % 400 + 1), "name": f"Poster {number % 400}"},
        "created_time": int(time.time()),
        "message": f"¿Cuándo abre la estación? I have asked {number} times now, and nobody answers.",
    }
    entry = {"id": "9000", "time": int(time.time()), "changes": [{"field": "feed", "value": value}]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def _signed(body: bytes, secret: str = SECRET) -> tuple[bytes, str]:
    return body, "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _forged(number: int) -> tuple[bytes, str]:
    """In turn: a bit turned, written anew, another's secret, no signature."""
    chance = random.Random(number)
    body = _delivery(10_000_000 + number)
    _, true = _signed(body)
    match number % 4:
        case 0:
            place = chance.randrange(len(body))
            return body[:place] + bytes([body[place] ^ 1 << chance.randrange(8)]) + body[place + 1 :], true
        case 1:
            return json.dumps(json.loads(body), ensure_ascii=False).encode(), true
        case 2:
            return _signed(body, f"another application's secret {number}")
        case _:
            return body, chance.choice(["", "sha256=", true[:-1], true.upper(), true.replace("sha256", "sha1")])


def _send(port: int, body: bytes, signature: str) -> int:
    """The status of the answer, over a connection that each client keeps."""
    headers: dict[str, Any] = {"Content-Type": "application/json", "X-Hub-Signature-256": signature}
    headers["Host"] = "localhost"
    for _ in range(2):
        connection = getattr(_connections, "held", None)
        if connection is None:
            connection = _connections.held = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("POST", PATH, body, headers)
            answer = connection.getresponse()
            answer.read()
        except (http.client.HTTPException, OSError):  # the server closed it between two requests
            connection.close()
            _connections.held = None
        else:
            return int(answer.status)
    return 0


def _wait_until(true: Any, seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise TimeoutError("The web server does not answer.")
        time.sleep(0.05)


def _work() -> None:
    """A worker beside the server, as in the unit: takes in what is due until it is told to stop."""
    import django

    django.setup()
    from moderation import webhooks

    while True:
        if not webhooks.process_due():
            time.sleep(0.1)


if __name__ == "__main__":
    _work()
