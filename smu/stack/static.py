"""The front end's files, collected for the web server: only when one of them changed, since it takes seconds."""

from __future__ import annotations

import hashlib
from pathlib import Path

from smu.environment import ROOT

# The settings name what is collected; the packages of the requirements bring files of their own.
SOURCES = ("static", "node_modules/@tabler/core/dist", "requirements/embedded.txt", "smu/settings.py")
# Of the kit only its style sheet and script are used; the rest names files that it does not bring.
UNUSED = ("libs", "types", "img", "tabler-*", "*.rtl.*", "*.esm.*")
COMMAND = ("manage.py", "collectstatic", "--no-input", *(word for name in UNUSED for word in ("--ignore", name)))
STAMP = "sources.sha256"


def is_current(collected: Path) -> bool:
    """Whether `collected` was made from the files as they are."""
    stamp = collected / STAMP
    return stamp.is_file() and stamp.read_text() == _digest()


def note(collected: Path) -> None:
    """Note which files `collected` was made from."""
    (collected / STAMP).write_text(_digest())


def _digest() -> str:
    found = hashlib.sha256()
    for source in SOURCES:
        path = ROOT / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                seen = file.stat()
                found.update(f"{file.relative_to(ROOT)} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return found.hexdigest()
