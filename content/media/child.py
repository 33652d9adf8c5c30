"""The process in which strangers' files are opened: `python -m content.media.child`, one question, one answer, as JSON.

It has no database, no settings, no secret; memory, time on the processor and the length of what it writes are limited
before the first codec is loaded. What it cannot do it says in a sentence; what kills it, its parent says.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

MEGABYTE = 1 << 20
# Address space, seconds on the processor, bytes of a file that it writes. A video's threads reserve more than they use.
LIMITS = {"image": (1024 * MEGABYTE, 60, 200_000_000), "video": (3072 * MEGABYTE, 1500, 2_000_000_000)}


def limit(kind: str) -> None:
    """Bind this process, for good."""
    memory, seconds, length = LIMITS[kind]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, length))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        os.nice(5)  # whoever asks for a page goes first


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What came of one question: `found` or `made`, or `sentence`."""
    from content.media.refusing import Unreadable
    from content.media.sniffing import VIDEOS, sort_of

    try:
        path = Path(asked["path"])
        sort = sort_of(path, asked["name"])
        limit("video" if sort in VIDEOS or asked.get("moves") else "image")
        if asked["act"] == "look":
            if sort in VIDEOS:
                from content.media import filming

                return {"found": asdict(filming.look(path, sort, Path(asked["still"])))}
            from content.media import looking

            return {"found": asdict(looking.look(path, sort, Path(asked["still"])))}
        return {"made": asdict(_made(asked, path, sort))}
    except Unreadable as refusal:
        return {"sentence": str(refusal)}
    except MemoryError:
        return {"sentence": "The file takes more memory than one is given: save it smaller."}


def _made(asked: dict[str, Any], path: Path, sort: Any) -> Any:
    from content.media.painting import Recipe, paint
    from content.media.stamping import Text

    given = asked["recipe"]
    recipe = Recipe(
        tuple(tuple(part) for part in given["blurs"]),
        tuple(given["crop"]) if given["crop"] else None,
        given["longest"],
        given["most_bytes"],
    )
    text = Text(asked["text"], bytes.fromhex(asked["logo"])) if asked["text"] else None
    into, still = Path(asked["into"]), Path(asked["still"])
    if asked.get("moves"):
        from content.media.filming import film

        return film(path, sort, recipe, text, into, still)
    return paint(path, sort, recipe, text, into, still)


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
