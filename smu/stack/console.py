"""What the supervisor says to the person at the terminal: one line an event, and sentences when it refuses."""

from __future__ import annotations

import sys
import time


class Refused(Exception):
    """The stack cannot start as asked; its message is the sentence for the person who asked."""


class Stopped(Exception):
    """The stack is to stop; its message says why."""


def say(line: str = "") -> None:
    """Write one line to the terminal. A terminal that has gone away is no reason to stop."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError:
        pass


def event(name: str, what: str) -> None:
    """Write what happened to the process `name`, with the time of day."""
    say(f"{time.strftime('%H:%M:%S')}  {name:<12} {what}")
