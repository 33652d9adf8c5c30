"""One stack on one `DATA`: the lock that says so, and what is cleared away after one that was killed."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from smu.stack import warden
from smu.stack.console import Refused, say

PATIENCE = 20.0


def take(data: Path) -> int:
    """Take the lock of `data` and return its open descriptor: it is held until the last process with it ends.

    Raises Refused when a stack runs there. After one that was killed, waits until its warden has ended what was left,
    and ends itself what still bears the stack's mark (the warden may have been killed as well).
    """
    descriptor = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + PATIENCE
    while not _taken(descriptor):
        holder = int(os.pread(descriptor, 20, 0) or b"0")
        if _runs(holder) or time.monotonic() > until:
            os.close(descriptor)
            raise Refused(f"The unit already runs on {data} (process {holder}). Stop it there, or choose another DATA.")
        time.sleep(0.1)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    if warden.marked(str(data)):
        say("Ending what a killed start left behind.")
        warden.end(str(data))
    (data / "run.json").unlink(missing_ok=True)
    return descriptor


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _runs(pid: int) -> bool:
    """Whether the process `pid` lives. A killed one that nobody has reaped yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state not in "ZX"
