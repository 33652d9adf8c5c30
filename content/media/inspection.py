"""What a given file is, found out where it can do no harm."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.media.running import ask


@dataclass(frozen=True)
class Inspected:
    """A file that can be taken. Measures are upright; `carries` says what it tells beside its pixels, in words."""

    kind: str
    mime: str
    width: int
    height: int
    seconds: float | None
    sound: bool
    carries: tuple[str, ...]


def inspect(path: Path, name: str, *, still: Path, field: str = "given") -> Inspected:
    """What the file at `path`, called `name`, is; a small picture of it is written to `still`.

    Raises Invalid with `field`: empty, broken, cut off, too large, two things at once, wrongly named, of another sort.
    """
    found = ask({"act": "look", "path": str(path), "name": name, "still": str(still)}, field)["found"]
    return Inspected(**{**found, "carries": tuple(found["carries"])})
