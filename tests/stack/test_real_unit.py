"""`DEMONSTRATION=0 make run`: a real unit from nothing on this machine, and no way to mix it with the demonstration."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from smu.environment import ROOT
from smu.stack.environment import any_port
from tests.stack.conftest import QUIET, Started

Start = Callable[..., Started]
PASSWORD = "four herons over the quiet harbour"
ONLY = "postgres,redis,web,sealer"


class Window:
    """A browser without JavaScript: it keeps cookies, sends forms with their token, and follows to the next page."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=30)
        self.page = self.client.get("/")

    def send(self, path: str, **typed: Any) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.client.get(path).text)
        assert token, f"no form at {path}"
        self.page = self.client.post(path, data={**typed, "csrfmiddlewaretoken": token.group(1)})
        return self.page.url.path


def code(seed: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30 + steps))


def set_up(window: Window, key: str) -> str:
    """From the first page to the Commander's home; the seed of his second factor."""
    assert window.page.url.path == "/setup/"
    assert window.send("/setup/", key=key) == "/setup/agency/"
    agency = {
        "name": "Harbour City Police Department",
        "short_name": "Harbour City Police",
        "zone": "America/Chicago",
        "languages": ["en", "es"],
        "emergency_number": "911",
        "non_emergency_number": "312-555-0100",
    }
    assert window.send("/setup/agency/", **agency) == "/setup/commander/"
    commander = {"name": "Capt. Ana Ruiz", "number": "1001", "username": "aruiz", "email": "aruiz@harbour.example"}
    assert window.send("/setup/commander/", **commander) == "/setup/password/"
    assert window.send("/setup/password/", password=PASSWORD, again=PASSWORD) == "/setup/second-factor/"
    letters = re.search(r"into the app: <code>([A-Z2-7 ]+)</code>", window.page.text)
    assert letters
    seed = letters.group(1).replace(" ", "")
    assert window.send("/setup/second-factor/", code=code(seed)) == "/setup/recovery-codes/"
    assert window.send("/setup/recovery-codes/") == "/"
    return seed


def test_from_nothing_to_home_out_and_in_again_and_never_as_the_demonstration(start: Start, data: Path) -> None:
    port = any_port()
    stack = start("--port", str(port), "--only", ONLY, DEMONSTRATION="0").until_running(150)
    seed = begin(stack, port)
    run = stack.run
    stack.stop()

    again = start("--port", str(port), "--only", ONLY, DEMONSTRATION="0").until_running(90)
    assert "and sign in" in until_said(again, "Ctrl-C")
    window = Window(f"http://localhost:{port}")
    assert window.page.url.path == "/sign-in/"
    assert window.send("/sign-in/", login="aruiz", password=PASSWORD) == "/sign-in/code/"
    assert window.send("/sign-in/code/", code=code(seed, 1)) == "/"
    environment = {**QUIET, **run["environment"], "DEMONSTRATION": "1"}
    refused = subprocess.run(
        [sys.executable, "manage.py", "seal", "--once"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr.startswith("This database holds a real unit")
    assert "Traceback" not in refused.stderr
    again.stop()

    wrong = start("--port", str(port), "--only", "postgres,redis,sandbox,web")
    said = wrong.process.communicate(timeout=150)[0]
    assert wrong.process.returncode == 1
    assert "This database holds a real unit, and the demonstration does not start on it" in said


def begin(stack: Started, port: int) -> str:
    """Set the unit up with the key that the console shows, and sign out."""
    said = until_said(stack, "Ctrl-C")
    key = re.search(r"^ +((?:[0-9A-Z]{5}-){4}[0-9A-Z]{5})$", said, re.MULTILINE)
    assert key, said
    assert f"http://localhost:{port}/setup/" in said
    for log in (stack.data / "logs").iterdir():
        assert key.group(1) not in log.read_text(errors="replace"), "the key is shown at the console alone"
    window = Window(f"http://localhost:{port}")
    seed = set_up(window, key.group(1))
    assert "Harbour City Police" in window.page.text
    assert unescape("Capt. Ana Ruiz, Section Commander") in window.page.text
    assert httpx.get(f"http://localhost:{port}/setup/").status_code == 404
    assert not (ROOT / str(stack.data).lstrip("/")).exists(), "mails lie under DATA, not beside the project's files"
    assert window.send("/sign-out/") == "/sign-in/"
    assert window.client.get("/").url.path == "/sign-in/"
    return seed


def until_said(stack: Started, words: str) -> str:
    """What it printed, up to the line with `words`, or to its end."""
    assert stack.process.stdout is not None
    said = ""
    for line in stack.process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def test_on_the_folder_of_a_demonstration_no_real_unit_starts(start: Start, data: Path) -> None:
    stack = start("--only", "postgres").until_running()
    stack.stop()
    refused = start("--only", "postgres", DEMONSTRATION="0")
    said = refused.said()
    assert refused.process.returncode == 1
    assert "is the demonstration's. A real unit begins in a folder of its own" in said
