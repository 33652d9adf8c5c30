"""The child process, asked: whatever becomes of it, what comes back is an answer or a sentence."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from members.states import Invalid

log = structlog.get_logger()

SECONDS = {"look": 90, "make": 90, "film": 1500}  # by the clock; the processor's time is limited in the child itself
# Nothing of ours; and no more threads and heaps than address space is given for, however many processors there are.
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",
}
_CRASHED = "The file could not be read: it is damaged, or of a sort that our programs do not know. Export it anew."
_TOO_LONG = "The file takes too long to be made ready: give a shorter or smaller one."


def ask(question: dict[str, Any], field: str) -> dict[str, Any]:
    """The child's answer to `question`. Raises Invalid with `field`: the file is refused, or its reading failed.

    The child gets no word of the environment: no address of the database, no key.
    """
    kind = "film" if question["act"] == "make" and question.get("moves") else question["act"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "content.media.child"],
            input=json.dumps(question).encode(),
            capture_output=True,
            timeout=SECONDS[kind],
            cwd=settings.BASE_DIR,
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        log.warning("media.too_long", act=kind)
        raise Invalid(_TOO_LONG, field) from error
    if done.returncode != 0:
        log.warning("media.child_ended", act=kind, code=done.returncode, said=_last_line(done.stderr))
        raise Invalid(_CRASHED, field)
    said: dict[str, Any] = json.loads(done.stdout)
    if "sentence" in said:
        raise Invalid(said["sentence"], field)
    return said


def _last_line(said: bytes) -> str:
    """The name of what went wrong, without what a stranger's file may have put behind it."""
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1].partition(":")[0][:80] if lines else ""


def scratch() -> Path:
    """Where files lie that are not kept yet: beside the kept ones, so that keeping is a renaming."""
    folder = Path(settings.MEDIA_ROOT) / "coming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def alone(what: str) -> Iterator[bool]:
    """Whether nobody else is at `what` now; while it is True, nobody else will be. Falls with the process."""
    with (scratch() / f"lock-{what}").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
