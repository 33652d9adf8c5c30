"""All that an item says anywhere, at its fields, and what the language check finds there (2.C, 2.D)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from content import language_check, listing
from content.language_check import Finding
from content.manuscript import Manuscript, Place, Version
from content.problems import Problem
from members.models.agency import agency

Names = list[re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """One text at one field of the page."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at a field, and why the author lets it stay; empty: he has not said."""

    field: str
    finding: Finding
    stays: str


def parts(written: Manuscript) -> list[Part]:
    """Every text of it that somebody will read or hear."""
    goes: list[Version | Place] = [*written.versions, *written.places]
    shared = [Part("text", written.text)] if not goes or any(one.text is None for one in goes) else []
    of_versions = [
        Part(f"version-{one.account}", text) for one in written.versions for text in (one.text or "", one.title)
    ]
    of_places = [Part(f"place-{number}", one.text or "") for number, one in enumerate(written.places)]
    of_pictures = [Part(f"picture-{one.asset}", text) for one in written.pictures for text in (one.alt, one.captions)]
    found = [*shared, *of_versions, *of_places, *of_pictures, Part("source", written.source.credit)]
    return [part for part in found if part.text.strip()]


def in_text(text: str, names: Names, ours: frozenset[str] | None = None) -> list[Finding]:
    """All that is found in one text; numbers of ours are no finding."""
    ours = own_numbers() if ours is None else ours
    found = [one for one in language_check.findings(text) if one.kind != "phone" or _digits(one.words) not in ours]
    return language_check.without_overlaps([*found, *listing.names_in(text, names)])


def found_in(written: Manuscript) -> list[Found]:
    """All that is found in it, each words of a kind once a field."""
    names, ours = listing.patterns(), own_numbers()
    seen: dict[tuple[str, str], Found] = {}
    for part in parts(written):
        for one in in_text(part.text, names, ours):
            seen.setdefault((part.field, one.key), Found(part.field, one, written.stays.get(one.key, "").strip()))
    return list(seen.values())


def of_the_language(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """A listed name goes out nowhere; of everything else that was found the author says why it stays (2.C)."""
    for one in found_in(manuscript):
        if one.finding.hard:
            yield Problem(one.field, f"A name stands here that {listing.SAYS}.")
        elif not one.stays:
            yield Problem(
                f"stays-{one.finding.key}", f"“{one.finding.words}” {one.finding.says}: change it, or say why it stays."
            )


def own_numbers() -> frozenset[str]:
    """The digits of the numbers that the agency gives out itself."""
    ours = agency()
    return frozenset(_digits(number) for number in (ours.emergency_number, ours.non_emergency_number) if number)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))[-10:]
