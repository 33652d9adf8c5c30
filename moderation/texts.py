"""Prepared texts as they are used (ruling 1): approved wordings, filled in, and told from free ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import F, TextField, Value
from django.db.models.functions import StrIndex

from members.models.agency import agency
from members.states import Invalid
from moderation.models.library import FactVersion
from moderation.models.texts import OF_LEVEL, OPENERS, Purpose, Wording
from moderation.replies import first_name

FIELD = re.compile(r"\{([a-z_]+)\}")
NUMBERS = frozenset({"emergency", "non_emergency"})  # the agency's own


def wordings(purpose: str, language: str, *, named: bool) -> list[Wording]:
    """The approved wordings of a purpose in a language, or else in English; empty where none is approved. One query.

    `named`: with the poster's first name where there is such a one; otherwise only those without.
    """
    rows = Wording.objects.approved().filter(purpose=purpose, language__in={language, "en"}).order_by("id")
    return _chosen(list(rows), language, named=named)


def _chosen(rows: list[Wording], language: str, *, named: bool) -> list[Wording]:
    for wanted in dict.fromkeys([language, "en"]):
        own = [one for one in rows if one.language == wanted]
        with_name = [one for one in own if one.named]
        found = with_name if named and with_name else [one for one in own if not one.named]
        if found:
            return found
    return []


def fields_of(text: str) -> set[str]:
    """The fields that stand in a text."""
    return set(FIELD.findall(text))


def filled(wording: Wording, **fields: str) -> str:
    """The wording with its fields filled in; the agency's numbers need not be given.

    Raises Invalid where a field has no value: nothing goes out with a brace in it.
    """
    wanted = fields_of(wording.text)
    values = dict(fields)
    if wanted & NUMBERS:
        ours = agency()
        values = {"emergency": ours.emergency_number, "non_emergency": ours.non_emergency_number} | values
    missing = sorted(name for name in wanted if not values.get(name))
    if missing:
        raise Invalid(f"The prepared text cannot be filled in: {', '.join(missing)} is missing.", "reply")
    return FIELD.sub(lambda found: values[found[1]], wording.text)


def fills(found: Sequence[Wording], *, name: str) -> list[tuple[Wording, str]]:
    """Those wordings that a poster's name and the agency's numbers fill in, with the text that comes of it."""
    return Filler(found).of(name)


class Filler:
    """Fills the same wordings in for one poster after the other, with one look at the agency at most."""

    def __init__(self, found: Sequence[Wording]) -> None:
        self.found = found
        self.values: dict[str, str] = {}
        if any(fields_of(one.text) & NUMBERS for one in found):
            ours = agency()
            self.values = {"emergency": ours.emergency_number, "non_emergency": ours.non_emergency_number}

    def of(self, name: str) -> list[tuple[Wording, str]]:
        """Each wording of which no field stays empty, with its text."""
        values = self.values | {"first_name": first_name(name)}
        whole = [one for one in self.found if all(values.get(field) for field in fields_of(one.text))]
        return [(one, FIELD.sub(lambda hit: values[hit[1]], one.text)) for one in whole]


def is_prepared(text: str, *, level: int | None = None, purpose: str = "", language: str, name: str) -> bool:
    """Whether a reply is approved as it stands: a wording with its fields filled in, and nothing beside it.

    Where an officer finishes a beginning with the facts (levels 3 and 5), it is approved too when what follows is, to
    the letter, the answer and source of a fact that was reviewed and has not run out. Spaces at the ends do not count.
    """
    purpose = purpose or OF_LEVEL.get(level or 0, "")
    if not purpose or not text.strip():
        return False
    said = text.strip()
    rows = Wording.objects.approved().filter(purpose=purpose, language__in={language, "en"})
    texts = {ready for _, ready in fills(list(rows), name=name)}
    if purpose not in OPENERS:
        return said in texts
    rests = {said, *(said.removeprefix(begins).strip() for begins in texts if said.startswith(begins))}
    return any(_is_a_fact(rest) for rest in rests)


def is_only_begun(text: str, *, level: int, language: str, name: str) -> bool:
    """Whether a reply is an approved beginning and nothing more."""
    purpose = OF_LEVEL.get(level, "")
    if purpose not in OPENERS:
        return False
    rows = Wording.objects.approved().filter(purpose=purpose, language__in={language, "en"})
    return text.strip() in {ready for _, ready in fills(list(rows), name=name)}


def _is_a_fact(text: str) -> bool:
    """Whether it is the answer and source of a fact as reviewed."""
    if not text:
        return False
    said = Value(text, output_field=TextField())
    likely = FactVersion.objects.offered().annotate(place=StrIndex(said, F("answer"))).filter(place=1)
    return any(one.piece == text for one in likely)


def purpose_of(level: int) -> Purpose | None:
    """What a level's answer begins with; None where it is not answered."""
    return OF_LEVEL.get(level)
