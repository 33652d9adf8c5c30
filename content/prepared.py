"""Whether a message says what was prepared for emergencies, and read for accuracy then (C.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.manuscript import Manuscript
from content.models import Purpose, Template

_FIELD = re.compile(r"\{[a-z_ ]{1,40}\}")
MOST_FILLED_IN = 200  # characters in place of one field


def is_as_prepared(manuscript: Manuscript) -> bool:
    """Whether all of it is a prepared message in force, but for what its fields are filled in with.

    Nobody has read a picture or a link for accuracy: with one it goes the whole road.
    """
    if manuscript.purpose != Purpose.EMERGENCY or manuscript.prepared is None:
        return False
    if manuscript.pictures or any(version.link.strip() for version in manuscript.versions):
        return False
    found = Template.objects.in_use().filter(pk=manuscript.prepared, purpose=Purpose.EMERGENCY).first()
    text = found.in_force if found else None
    return text is not None and all(_says(text.text, said) for said in manuscript.texts())


def _says(prepared: str, said: str) -> bool:
    """Whether `said` is `prepared` with each field filled in; a field left open in braces is no text to be sent.

    Walked from field to field with every place where one may end: a pattern would try all their combinations.
    """
    said = " ".join(said.split())
    first, *fixed = [" ".join(part.split()) for part in _FIELD.split(prepared)]
    ends = {len(first)} if said.startswith(first) else set()
    for part in fixed:
        ends = {after for end in ends for after in _ends_of(said, end, part)}
    return len(said) in ends


def _ends_of(said: str, begins: int, part: str) -> Iterator[int]:
    """Where `part` may end in `said` behind a field that is filled in from `begins` on."""
    for at in range(begins + 1, min(begins + MOST_FILLED_IN + 2, len(said)) + 1):
        if said[at - 1] in "{}":
            return
        if not said[begins:at].strip():
            continue
        for blank in (0, 1):
            if said.startswith(" " * blank + part, at):
                yield at + blank + len(part)
