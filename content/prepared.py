"""Whether a message says what was prepared for emergencies, and read for accuracy then (C.5)."""

from __future__ import annotations

import re

from content.manuscript import Manuscript
from content.models import Purpose, Template

_FIELD = re.compile(r"\{[a-z_ ]{1,40}\}")
MOST_FILLED_IN = 200  # characters in place of one field


def is_as_prepared(manuscript: Manuscript) -> bool:
    """Whether every word of it is that of a prepared message in force, but for what its fields are filled in with."""
    if manuscript.purpose != Purpose.EMERGENCY or manuscript.prepared is None:
        return False
    found = Template.objects.in_use().filter(pk=manuscript.prepared, purpose=Purpose.EMERGENCY).first()
    text = found.in_force if found else None
    return text is not None and all(_says(text.text, said) for said in manuscript.texts())


def _says(prepared: str, said: str) -> bool:
    """Whether `said` is `prepared` with each field filled in; a field left open in braces is no text to be sent."""
    fixed = [re.escape(" ".join(part.split())) for part in _FIELD.split(prepared)]
    pattern = rf"\s*(?:[^{{}}]{{1,{MOST_FILLED_IN}}}?)\s*".join(fixed)
    return re.fullmatch(pattern, " ".join(said.split())) is not None
