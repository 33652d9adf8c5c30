"""The supervisor: starts services, watches them, starts again what dies, stops all in order.

No process outlives it, however it ends. The kernel ties each child to it; the warden sees to children of children.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from smu.stack import warden
from smu.stack.console import Refused, Stopped, event
from smu.stack.service import Service

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
STEADY_AFTER = 60.0  # seconds alive, after which a death counts as the first again
STARTER_ENDED = "the process that started it has ended"
GIVEN_UP_AFTER = 3  # deaths before it ever answered


class Supervisor:
    """Keeps the services of the stack on `data`. To be made and used in the main thread of a process without threads:
    the kernel ties children to the thread that forked them.

    `lock` is the descriptor that holds the stack's lock, shared with the warden, so that no second start comes between.
    `until` is a process with whose end the stack stops too.
    """

    def __init__(self, data: Path, logs: Path, *, lock: int, until: int | None = None) -> None:
        self.data = data
        self.logs = logs
        self.batches: list[tuple[Service, ...]] = []
        self.changed: Callable[[], None] | None = None
        self._lock = lock
        self._until = None if until is None else _handle(until)
        self._warden: subprocess.Popen[bytes] | None = None
        signal.pthread_sigmask(signal.SIG_BLOCK, [*STOP_SIGNALS, signal.SIGCHLD])
        self._keep_warden()

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, *services: Service) -> None:
        """Start `services`; they are watched from now on, and will be stopped together."""
        self.batches.append(services)
        for service in services:
            self._spawn(service)

    @property
    def services(self) -> list[Service]:
        """All that were started, in that order."""
        return [service for batch in self.batches for service in batch]

    def wait(self, *services: Service, seconds: float = 60.0) -> None:
        """Watch until all `services` answer. Raises Refused with the end of its log when one does not."""
        deadline = time.monotonic() + seconds
        waiting = list(services)
        while waiting:
            for service in [one for one in waiting if one.is_ready()]:
                waiting.remove(service)
                event(service.name, f"answers after {time.monotonic() - service.started:.1f} s")
            for service in waiting:
                if service.deaths >= GIVEN_UP_AFTER or time.monotonic() > deadline:
                    raise Refused(
                        f"{service.name} does not answer. Its log, {service.log}, ends:\n{service.last_words()}"
                    )
            if waiting:
                self.tick(0.05)

    def run(self, name: str, command: Sequence[str], environment: dict[str, str]) -> None:
        """Run one command to its end. Raises Refused with the end of its log when it fails."""
        once = Service(name, command, environment)
        self._spawn(once)
        try:
            while once.poll() is None:
                self.tick(0.2)
        finally:
            once.signal_group(signal.SIGKILL)
        if once.poll():
            raise Refused(f"{name} failed. Its log, {once.log}, ends:\n{once.last_words()}")
        event(name, f"done in {time.monotonic() - once.started:.1f} s")

    def watch(self) -> None:
        """Keep everything running until somebody asks to stop (raises Stopped)."""
        while True:
            self.tick(0.5)

    def tick(self, seconds: float) -> None:
        """Wait at most `seconds` for something to happen, and see to it. Raises Stopped when asked to stop."""
        caught = signal.sigtimedwait([*STOP_SIGNALS, signal.SIGCHLD], seconds)
        if caught is not None and caught.si_signo in STOP_SIGNALS:
            raise Stopped(f"asked to by {signal.Signals(caught.si_signo).name}")
        if self._until is not None and select.select([self._until], [], [], 0)[0]:
            raise Stopped(STARTER_ENDED)
        self._keep_warden()
        for service in self.services:
            self._look_after(service)

    def stop(self) -> None:
        """Stop everything, the last started first; what does not end in its time is killed."""
        while self.batches:
            running = [service for service in self.batches.pop() if service.process and service.poll() is None]
            for service in running:
                service.ask_to_stop()
            for service in running:
                event(service.name, f"stopped after {service.see_ended():.1f} s")
        if self._warden is not None and self._warden.poll() is None:
            self._warden.kill()
            self._warden.wait()

    def _spawn(self, service: Service) -> None:
        service.log = self.logs / f"{service.name}.log"
        service.environment = {**os.environ, **service.environment, warden.MARK: str(self.data)}
        service.spawn()
        service.due = 0.0
        if self.changed:
            self.changed()

    def _look_after(self, service: Service) -> None:
        """Note a death and when to start again; start again what is due."""
        now = time.monotonic()
        if service.due:
            if now >= service.due:
                event(service.name, "starting again")
                self._spawn(service)
            return
        code = service.poll()
        if code is None:
            return
        service.deaths = 1 if now - service.started > STEADY_AFTER else service.deaths + 1
        delay = min(FIRST_DELAY * 2 ** (service.deaths - 1), LONGEST_DELAY)
        service.due = now + delay
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        event(service.name, f"{how}; starting again in {delay:g} s, see {service.log}")

    def _keep_warden(self) -> None:
        if self._warden is not None and self._warden.poll() is None:
            return
        self._warden = subprocess.Popen(
            [sys.executable, "-I", "-S", warden.__file__, str(self.data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={},
            pass_fds=[self._lock],
            start_new_session=True,
        )


def _handle(pid: int) -> int:
    """A descriptor that is readable when the process `pid` has ended. Raises Stopped when it has already."""
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        raise Stopped(STARTER_ENDED) from None
