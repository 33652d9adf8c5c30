"""The warden: a second process that outlives a killed supervisor just long enough to end what that leaves behind.

It holds the reading end of a pipe whose writing end only the supervisor has. End of file means that the supervisor is
gone, by whatever signal. Run by its path, without the project on the path, so that it starts in a blink.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

# In the environment of every process of a stack, with the stack's DATA as its value.
MARK = "SMU_STACK"
PATIENCE = 5.0


def marked(data: str) -> list[int]:
    """The processes of the stack on `data`, but for this one: those whose environment bears its mark."""
    mark = os.fsencode(f"{MARK}={data}")
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def end(data: str, patience: float = PATIENCE) -> None:
    """Ask every process of the stack on `data` to stop; kill what still runs after `patience` seconds."""
    _signal(marked(data), signal.SIGTERM)
    until = time.monotonic() + patience
    while marked(data) and time.monotonic() < until:
        time.sleep(0.05)
    _signal(marked(data), signal.SIGKILL)


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def main() -> None:
    """Wait for the end of standard input, then end the stack on the DATA that is named on the command line."""
    sys.stdin.buffer.read()
    end(sys.argv[1])
    Path(sys.argv[1], "run.json").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
