"""One process that the supervisor keeps: what to run, when it answers, how it stops."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from smu.stack.places import Account

PR_SET_PDEATHSIG = 1
LARGEST_LOG = 10_000_000
SETTLED = 2.5  # seconds after which a process that was to fail at its start has failed
_libc = ctypes.CDLL(None)


@dataclass(eq=False)
class Service:
    """A process of the stack.

    `answers` says whether it does its work (None: it gives no sign); `before` is called ahead of every start.
    """

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    answers: Callable[[], bool] | None = None
    before: Callable[[], None] | None = None
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    log: Path = Path(os.devnull)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = 0.0
    _log_start: int = 0

    def is_ready(self) -> bool:
        """Whether the process lives and does its work now; of one that gives no sign, whether it got over its start."""
        if self.process is None or self.poll() is not None:
            return False
        return self.answers() if self.answers else time.monotonic() - self.started > SETTLED

    def spawn(self) -> None:
        """Start the process in a session of its own, tied to this one: the kernel ends it when this one ends."""
        if self.before:
            self.before()
        if self.log.is_file() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            self.started = time.monotonic()
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd="/" if self.account else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
                preexec_fn=_tied_to(os.getpid(), self.stop_signal),  # noqa: PLW1509  # the supervisor has no threads
            )

    def poll(self) -> int | None:
        """The code that the process ended with, None while it runs. What is left of its group is killed at its end."""
        if self.process is None:
            return None
        running_before = self.process.returncode is None
        code = self.process.poll()
        if code is not None and running_before:
            self.signal_group(signal.SIGKILL)
        return code

    def ask_to_stop(self) -> None:
        """Send the stop signal to the process; its own children are its own affair."""
        if self.process is not None:
            self.process.send_signal(self.stop_signal)

    def see_ended(self) -> float:
        """Wait for the end, at most `patience` seconds; then kill. Returns the seconds waited."""
        begun = time.monotonic()
        if self.process is not None:
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                self.signal_group(signal.SIGKILL)
                self.process.wait()
            self.signal_group(signal.SIGKILL)
        return time.monotonic() - begun

    def signal_group(self, number: signal.Signals) -> None:
        """Signal every process of the group that the process leads, if any is left."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except (ProcessLookupError, PermissionError):
                return

    def logged(self, words: bytes) -> bool:
        """Whether the process wrote `words` to its log since it was last started."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return words in log.read()

    def last_words(self, lines: int = 12) -> str:
        """The end of what it logged, for a person who is to find out why it failed."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def _tied_to(parent: int, end: signal.Signals) -> Callable[[], None]:
    """What a forked child does before it becomes its program: it asks the kernel for `end` when `parent` ends.

    Popen changes the user before it calls this, as it must: the change would clear the kernel's note.
    """

    def tie() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        _libc.prctl(PR_SET_PDEATHSIG, int(end), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie
