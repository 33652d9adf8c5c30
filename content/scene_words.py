"""Words that suggest an active scene or police activity in progress: then the question of 2.E is asked again."""

from __future__ import annotations

import re

from content.words.folding import fold

_SUGGESTS = re.compile(
    r"\b(?:on (?:the )?scene|at the scene|crime scene|active (?:scene|investigation|shooter|incident|search)|"
    r"perimeter|stand-?off|barricaded?|hostage|suspects? (?:is|are|at large|in custody|remains?|fled)|suspect|"
    r"avoid (?:the|this) area|stay (?:away|inside|indoors)|shelter in place|lock-?down|evacuat\w+|"
    r"(?:officers|units|detectives|k-?9)(?: \w+)? (?:are|is) (?:\w+ )?(?:responding|working|searching|en route)|"
    r"responding to|en route|in progress|ongoing (?:investigation|situation|incident|search)|developing|breaking|"
    r"police activity|swat|shots fired|shooting|stabbing|homicide|bomb|pursuit|manhunt|searching for|"
    r"road(?:s|way)? (?:is |are )?closed|scene is active|"
    r"en (?:el lugar|la escena)|perimetro|sospechos[oa]s?|evit[ea]n? (?:el area|la zona)|tiroteo|rehen(?:es)?|"
    r"actividad policial|sispek|evite zon|sou plas|tire)\b"
)


def suggested(texts: list[str]) -> list[str]:
    """The words in `texts` that suggest it, each once, as they are written there in small letters."""
    found = [match[0] for text in texts for match in _SUGGESTS.finditer(fold(text).lower())]
    return list(dict.fromkeys(found))
