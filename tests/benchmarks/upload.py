"""`upload.video`: a video of 500 MB through the web server as a unit runs it, cut three times and gone on with.

The parts come as the page's own script sends them. A cut ends the connection in the middle of a part; then the page
asks how far the file has come. Memory is the highest that any process of the web server held.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks.machine import Machine
from tests.benchmarks.peak import peak_of
from tests.benchmarks.report import Figure
from tests.benchmarks.web import cookie_of, server

SIZE, MOST_MB, FLAT_MB = 500_000_000, 150.0, 30.0
CUTS = (0.2, 0.5, 0.8)


def upload(machine: Machine, rows: int) -> Iterator[Figure]:
    """The figure; the rows asked for do not matter."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    machine.fresh("ours")
    media = machine.places.data / "media"
    os.environ["MEDIA_ROOT"] = settings.MEDIA_ROOT = str(media)
    cookie = _member()
    connection.close()
    with tempfile.TemporaryDirectory(prefix="smu-bench-") as folder:
        path = Path(folder) / "long.mp4"
        digest = _long_video(path)
        with server(machine) as port:
            sender = Sender(port, cookie)
            before = memory(port)
            began = time.perf_counter()
            done, cuts = sender.send(path, digest)
            took = time.perf_counter() - began
            peak = memory(port)
    kept = media / digest[:2] / digest
    whole = kept.exists() and kept.stat().st_size == SIZE and done.get("state") == "kept"
    connection.close()
    yield Figure(
        name="upload.video",
        rows=1,
        value=peak,
        unit="MB, highest of a web process",
        limit=None,
        naive=SIZE / 1e6,
        ratio_to_limit=None,
        ratio_to_naive=peak / (SIZE / 1e6),
        target=f"<= {MOST_MB:g} MB, at most {FLAT_MB:g} MB more than before; gone on with after each cut, whole",
        holds=peak <= MOST_MB and peak - before <= FLAT_MB and whole and cuts == len(CUTS),
        peak_memory_mb=peak,
        more={
            "before_mb": before,
            "megabytes": SIZE / 1e6,
            "seconds": took,
            "megabytes_a_second": SIZE / 1e6 / took,
            "cuts": cuts,
            "whole": whole,
        },
    )


def _member() -> str:
    from members.models import Agency, Member

    ours = {"name": "Bayside Police Department", "short_name": "Bayside Police", "languages": ["en"]}
    Agency.objects.create(zone="America/New_York", **ours)
    fields = {"number": "1", "name": "Officer", "position": "officer", "languages": ["en"]}
    Member.objects.create_user(username="officer", **fields)
    return cookie_of("officer")


def _long_video(path: Path) -> str:
    """A video with a box of noise behind it, of exactly SIZE bytes; its SHA-256."""
    from tests.content.pictures import video

    whole = video(path, seconds=2.0)
    rest = SIZE - len(whole)
    digest = hashlib.sha256(whole)
    noise = os.urandom(1 << 20)
    with path.open("ab") as file:
        head = rest.to_bytes(4, "big") + b"free"
        digest.update(head)
        file.write(head)
        rest -= 8
        while rest > 0:
            part = noise[: min(rest, len(noise))]
            digest.update(part)
            file.write(part)
            rest -= len(part)
    return digest.hexdigest()


class Sender:
    """The page's script, in so far as the server sees it."""

    def __init__(self, port: int, cookie: str, page: str = "/content/media/add/") -> None:
        self.port, self.cookie = port, cookie
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        self.token = self.location = ""
        form = self._ask("GET", page)[1].decode()
        self.token = form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    def send(self, path: Path, digest: str) -> tuple[dict[str, Any], int]:
        """All of the file; the answer to its end, and how often it was cut."""
        at = self._json("POST", "/content/media/uploads/", urlencode({"name": path.name, "size": SIZE}))
        left, cuts = list(CUTS), 0
        with path.open("rb") as file:
            while at["offset"] < SIZE:
                file.seek(at["offset"])
                part = file.read(at["part"])
                address = f"{at['at']}?offset={at['offset']}"
                if left and at["offset"] / SIZE > left[0]:
                    left.pop(0)
                    self._cut(address, part)
                    cuts += 1
                    at = self._json("GET", at["at"])
                    continue
                at = self._json("POST", address, part, "application/octet-stream")
        return self._json("POST", at["finish"], urlencode({"digest": digest})), cuts

    def follow(self, path: str, body: bytes | None = None, kind: str = "") -> bytes:
        """The page that is asked for, or to which what was sent leads. Raises ValueError for any other answer."""
        status, said = self._ask("GET" if body is None else "POST", path, body, kind)
        if status == 302:
            return self.follow(self.location)
        if status != 200:
            raise ValueError(f"{path}: {status}")
        return said

    def _cut(self, address: str, part: bytes) -> None:
        """Half of a part, and the line is dead."""
        headers = {**self._headers("application/octet-stream"), "Content-Length": str(len(part))}
        self.connection.request("POST", address, io.BytesIO(part[: len(part) // 2]), headers)
        self.connection.close()

    def _json(self, method: str, path: str, body: bytes | str | None = None, kind: str = "") -> dict[str, Any]:
        status, said = self._ask(method, path, body, kind)
        if status >= 400:
            raise ValueError(f"{path}: {status}")
        answer: dict[str, Any] = json.loads(said)
        return answer

    def _ask(self, method: str, path: str, body: bytes | str | None = None, kind: str = "") -> tuple[int, bytes]:
        self.connection.request(method, path, body, self._headers(kind or "application/x-www-form-urlencoded"))
        answer = self.connection.getresponse()
        said = answer.read()
        self.location = answer.getheader("Location", "")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and "csrf" in value.partition("=")[0]:
                self.cookie = f"{self.cookie.partition('; ')[0]}; {value.partition(';')[0]}"
        return answer.status, said

    def _headers(self, kind: str) -> dict[str, str]:
        return {"Host": "localhost", "Cookie": self.cookie, "X-CSRFToken": self.token, "Content-Type": kind}


def memory(port: int) -> float:
    """The highest peak of the server's processes."""
    mine = f"127.0.0.1:{port}".encode()
    processes = [
        path.parent.name for path in Path("/proc").glob("[0-9]*/cmdline") if mine in path.read_bytes().split(b"\0")
    ]
    return max(peak_of(number) for number in processes)
